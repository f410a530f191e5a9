"""A dataset that ``ingest`` wrote is one that every other command works with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.program import Run, sage_write
from tests.conftest import SHARED

FORMATS = SHARED.parent / "formats"

HYPERFINE = {
    "results": [
        {
            "command": f"sleep {seconds}",
            "mean": seconds + 0.0016,
            "stddev": 0.0002,
            "median": seconds + 0.0016,
            "user": 0.0004,
            "system": 0.0006,
            "min": seconds + 0.0014,
            "max": seconds + 0.0018,
            "times": [seconds + 0.0014, seconds + 0.0016, seconds + 0.0018],
            "exit_codes": [0, 0, 0],
        }
        for seconds in (0.01, 0.02)
    ]
}


def project(folder: Path, runs: Path) -> Path:
    """A fresh project whose data are what ``ingest`` made of ``runs``."""
    folder.mkdir()
    (folder / "sage-write.toml").write_text('[paper]\ndata = "data/runs"\n', encoding="utf-8")
    run = sage_write("ingest", runs, "-o", "data/runs", cwd=folder)
    assert (run.code, run.err) == (0, "")
    return folder


def commands(folder: Path, *, runs: Path) -> dict[str, Run]:
    """What each command makes of the project, without and with the runs."""
    found = {}
    for name, more in (("tables", ()), ("runs", ("--runs", runs))):
        for line in (
            ("audit", "--fail-on", "never"),
            ("section", "results", "-o", "build"),
            ("check", "build/results.tex", "--fail-on", "never"),
        ):
            found[f"{line[0]} {name}"] = sage_write(*line, *more, cwd=folder)
    found["verify runs"] = sage_write("verify", "--runs", runs, cwd=folder)
    return found


@pytest.fixture(params=["hyperfine", "vllm"])
def results(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of results in one format."""
    if request.param == "vllm":
        if not (FORMATS / "vllm").is_dir():
            pytest.skip(f"the public results are not at {FORMATS}")
        return FORMATS / "vllm"
    folder = tmp_path / "hyperfine"
    folder.mkdir()
    (folder / "h.json").write_text(json.dumps(HYPERFINE), encoding="utf-8")
    return folder


def test_every_command_works_on_what_was_ingested(results: Path, tmp_path: Path) -> None:
    found = commands(project(tmp_path / "paper", results), runs=results)
    left = {name: (run.code, run.err) for name, run in found.items()}
    assert left == dict.fromkeys(found, (0, ""))


def test_no_number_of_the_section_is_a_float_as_a_program_dumps_it(
    results: Path, tmp_path: Path
) -> None:
    folder = project(tmp_path / "paper", results)
    assert sage_write("section", "results", "-o", "build", cwd=folder).code == 0
    texts = [path.read_text(encoding="utf-8") for path in (folder / "build").rglob("*.tex")]
    printed = re.findall(r"\\measured\{[^{}]*\}\{((?:[^{}]|\{,\})*)\}", "\n".join(texts))
    digits = [re.sub(r"\{,\}|[.\-]", "", text).lstrip("0") for text in printed]
    assert len(printed) > 20
    assert [text for text in digits if len(text) > 6] == []
