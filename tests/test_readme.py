"""The README's tour, run as it stands: its commands work and print what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.program import sage_write

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def blocks(heading: str) -> list[str]:
    """The indented blocks of one section."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", section, re.MULTILINE)
    return ["\n".join(line[4:] for line in block.strip("\n").splitlines()) for block in found]


def shows(printed: str, expected: str) -> bool:
    """Whether the words of ``expected`` stand in ``printed``; "..." stands for any."""
    words = " ".join(printed.split())
    parts = [re.escape(" ".join(part.split())) for part in expected.split("...")]
    return re.search(".*".join(part for part in parts if part), words) is not None


def commands(block: str) -> list[tuple[list[str], str]]:
    """Each command of a block with the output shown below it."""
    found: list[tuple[list[str], str]] = []
    for line in block.splitlines():
        plain = line.removeprefix("$ ").split(" && ")[0]
        if plain.startswith("sage-write ") and (
            line.startswith("$") or not found or not found[-1][1]
        ):
            found.append((shlex.split(plain, comments=True)[1:], ""))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return found


@pytest.mark.tex
def test_the_tour_does_what_it_shows(tmp_path: Path) -> None:
    folder = tmp_path
    for block in blocks("Five minutes"):
        for arguments, expected in commands(block):
            main = folder / "main.tex"
            text = main.read_text(encoding="utf-8") if main.is_file() else ""
            if arguments[0] == "check" and expected:
                main.write_text(text.replace("3282", "3382"), encoding="utf-8")
            run = sage_write(*arguments, cwd=folder)
            assert run.code in (0, 1), (arguments, run.err)
            assert shows(run.out, expected), (arguments, run.out)
            if text:
                main.write_text(text, encoding="utf-8")
            if arguments[0] == "init":
                folder = tmp_path / arguments[1]
    assert folder == tmp_path / "paper"


def test_the_invented_value_is_answered_as_shown(demo: Path) -> None:
    opening = README.split("## Two commands")[0].splitlines()
    block = "\n".join(line[4:] for line in opening if line.startswith("    "))
    ((arguments, expected),) = commands(block)
    run = sage_write(*arguments, cwd=demo)
    assert run.code == 0
    assert shows(run.out, expected), run.out


def test_there_are_two_commands_and_the_second_runs_the_tests() -> None:
    install, test = blocks("Two commands")
    assert install.endswith("sage-write build")
    assert test == ".venv/bin/pytest -n auto"


def test_the_picture_is_there(demo: Path) -> None:
    (name,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert (demo / name).read_bytes().startswith(b"\x89PNG")
