"""``bind`` through the front door: what it changes, what it leaves, what TeX makes of it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.binding import DEFINED, PREAMBLE, REFUSED, SENTENCES, paper, typeset, unbound
from tests.cli.program import Run, sage_write
from tests.cli.test_commands import schema
from writer.audit.runner import audit
from writer.claims.bind import plan, write
from writer.claims.check import ALL, judged_paper
from writer.dataset import Dataset
from writer.errors import PathError

MACRO = "\\providecommand{\\measured}[2]{#2}"


@pytest.fixture
def main(tmp_path: Path) -> Path:
    path = tmp_path / "paper" / "main.tex"
    path.parent.mkdir()
    path.write_text(paper(*SENTENCES), encoding="utf-8")
    return path


def bind(main: Path, demo: Path, *arguments: str) -> Run:
    return sage_write("bind", main.name, "--data", demo / "data", *arguments, cwd=main.parent)


def check(main: Path, data: Path) -> list[dict[str, object]]:
    run = sage_write(
        *("check", main.name, "--data", data, "-s", "all", "-f", "json"), cwd=main.parent
    )
    claims: list[dict[str, object]] = run.document["claims"]
    return claims


def test_without_write_it_shows_the_diff_and_changes_nothing(main: Path, demo: Path) -> None:
    before = {path: path.read_bytes() for path in main.parent.rglob("*")}
    run = bind(main, demo)
    assert (run.code, run.err) == (1, "")
    assert "\n--- main.tex\n+++ main.tex\n@@ " in run.out
    assert "\n-" + SENTENCES[0] + "\n" in run.out
    bound = SENTENCES[0].replace("7.27", "\\measured{concurrency/4/throughput}{7.27}")
    assert f"\n+{bound}\n" in run.out
    assert "\x1b" not in run.out
    assert {path: path.read_bytes() for path in main.parent.rglob("*")} == before


def test_the_diff_is_one_that_patch_applies(main: Path, demo: Path) -> None:
    text = main.read_text(encoding="utf-8").replace("\n\n", "\n  \t\n") + "% last line"
    main.write_text(text, encoding="utf-8")
    diff = bind(main, demo, "-f", "json").document["diff"]
    copy = main.parent / "copy.tex"
    copy.write_text(text, encoding="utf-8")
    subprocess.run(["patch", copy], input=diff, text=True, check=True, capture_output=True)
    assert bind(main, demo, "--write").code == 0
    assert copy.read_bytes() == main.read_bytes() != text.encode()


def test_with_write_every_number_of_the_data_is_bound(main: Path, demo: Path) -> None:
    before = main.read_text(encoding="utf-8")
    run = bind(main, demo, "--write", "-f", "json")
    assert (run.code, run.err) == (0, "")
    jsonschema.validate(run.document, schema(demo, "bind"))
    assert run.document["written"] is True
    assert [item["literal"] for item in run.document["bound"]] == [
        *["7.27"] * 5, "6943.9", "6,943.9", "6{,}943.9", "31{,}147.0", "6\\,943.9", "7024.2",
        "99.8", "4.49", "12.73",
    ]  # fmt: skip
    after = main.read_text(encoding="utf-8")
    assert after.splitlines()[2] == MACRO
    assert after != before == unbound(after)
    assert sorted(path.name for path in main.parent.iterdir()) == ["main.tex"]


def test_bound_twice_is_bound_once(main: Path, demo: Path) -> None:
    first = bind(main, demo, "--write", "-f", "json").document
    once = main.read_bytes()
    again = bind(main, demo, "--write", "-f", "json")
    assert again.code == 0
    assert again.document["already"] == len(first["bound"])
    assert (again.document["bound"], again.document["macro"]) == ([], None)
    assert main.read_bytes() == once


def test_verdicts_stay_and_a_changed_cell_is_seen(
    main: Path, demo: Path, copy_of_demo: Path
) -> None:
    before = check(main, demo / "data")
    assert bind(main, demo, "--write").code == 0
    after = check(main, demo / "data")
    assert [item["verdict"] for item in after] == [item["verdict"] for item in before]
    cells = copy_of_demo / "data" / "schedulers.csv"
    cells.write_text(
        cells.read_text(encoding="utf-8").replace("6943.9", "6993.9"), encoding="utf-8"
    )
    stale = [item for item in check(main, copy_of_demo / "data") if item["verdict"] != "supported"]
    assert {item["rule"] for item in stale} == {"stale-measurement"}
    assert {str(item["text"]).partition(" ")[0] for item in stale} >= {"6943.9", "6,943.9"}


@pytest.mark.parametrize(("sentence", "why"), REFUSED)
def test_what_is_not_certain_is_left(main: Path, demo: Path, sentence: str, why: str) -> None:
    main.write_text(paper(sentence, preamble=PREAMBLE + DEFINED), encoding="utf-8")
    document = bind(main, demo, "-f", "json").document
    told = [item["reason"] for item in document["left"]]
    assert any(why in each for each in told), told
    if why != "is a level measured in":
        assert document["bound"] == []
        assert document["diff"] == ""


@pytest.mark.parametrize(
    "hidden",
    [
        "% {}",
        "\\begin{{verbatim}}\n{}\n\\end{{verbatim}}",
        "\\iffalse {} \\fi",
        "\\[ 7.27 \\]",
        "\\begin{{table}}\\begin{{tabular}}{{l}}7.27\\\\\\end{{tabular}}\\end{{table}}",
        "\\newcommand{{\\z}}{{{}}}\\z",
    ],
)
def test_what_is_no_text_is_not_touched(main: Path, demo: Path, hidden: str) -> None:
    main.write_text(paper(hidden.format(SENTENCES[0]), SENTENCES[5]), encoding="utf-8")
    document = bind(main, demo, "-f", "json").document
    assert [item["literal"] for item in document["bound"]] == ["6943.9"]


def test_inputs_are_bound_in_their_files(main: Path, demo: Path) -> None:
    (main.parent / "parts").mkdir()
    part, latin = main.parent / "parts" / "one.tex", main.parent / "parts" / "two.tex"
    part.write_bytes(f"% one\r\n{SENTENCES[0]}\r\n".encode())
    latin.write_bytes(f"% déjà vu\n{SENTENCES[5]}\n".encode("latin-1"))
    main.write_text(paper("\\input{parts/one}", "\\input{parts/two}"), encoding="utf-8")
    run = bind(main, demo, "--write", "-f", "json")
    assert run.document["files"] == ["main.tex", "parts/one.tex", "parts/two.tex"]
    assert part.read_bytes() == (
        b"% one\r\nAt concurrency 4 the throughput is "
        b"\\measured{concurrency/4/throughput}{7.27}~tasks/s.\r\n"
    )
    assert b"% d\xe9j\xe0 vu\n" in latin.read_bytes()
    assert b"\\measured{schedulers/fifo/p99-latency}{6943.9}" in latin.read_bytes()
    assert MACRO in main.read_text(encoding="utf-8")


def test_files_outside_the_root_are_left(main: Path, demo: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.tex"
    outside.write_text(SENTENCES[0], encoding="utf-8")
    (main.parent / "link.tex").symlink_to(outside)
    main.write_text(paper("\\input{../outside}", "\\input{link}", SENTENCES[5]), encoding="utf-8")
    document = bind(main, demo, "--write", "-f", "json").document
    assert document["files"] == ["main.tex"]
    assert len(document["bound"]) == 1
    assert outside.read_text(encoding="utf-8") == SENTENCES[0]


def test_a_paper_that_has_the_macro_gets_none(main: Path, demo: Path) -> None:
    main.write_text(paper(SENTENCES[0], preamble=PREAMBLE + MACRO + "\n"), encoding="utf-8")
    document = bind(main, demo, "--write", "-f", "json").document
    assert document["macro"] is None
    assert main.read_text(encoding="utf-8").count(MACRO) == 1


@pytest.mark.parametrize(
    "other", ["\\newcommand{\\measured}[1]{\\emph{#1}}", "\\def\\measured#1{#1}"]
)
def test_another_macro_of_that_name_stops_it(main: Path, demo: Path, other: str) -> None:
    text = paper(SENTENCES[0], preamble=PREAMBLE + other + "\n")
    main.write_text(text, encoding="utf-8")
    run = bind(main, demo, "--write")
    assert run.code == 2
    assert "main.tex:3: this defines \\measured as something else" in run.err
    assert main.read_text(encoding="utf-8") == text


def test_a_file_that_changed_meanwhile_is_kept(
    main: Path, demo: Path, demo_dataset: Dataset
) -> None:
    checked = judged_paper(main, main.parent, demo_dataset, audit(demo_dataset), section=ALL)
    made = plan(checked, main.parent)
    main.write_text("mine\n", encoding="utf-8")
    with pytest.raises(PathError, match="changed while it was being read"):
        write(made)
    with pytest.raises(PathError, match="changed while it was being read"):
        plan(checked, main.parent)
    assert main.read_text(encoding="utf-8") == "mine\n"


def test_the_files_mode_is_kept(main: Path, demo: Path) -> None:
    main.chmod(0o640)
    assert bind(main, demo, "--write").code == 0
    assert main.stat().st_mode & 0o777 == 0o640


def test_without_data_there_is_nothing_to_bind_to(main: Path) -> None:
    run = sage_write("bind", main.name, cwd=main.parent)
    assert run.code == 2
    assert "there are no data to bind the numbers to" in run.err


def test_a_paper_without_numbers(main: Path, demo: Path) -> None:
    main.write_text(paper("Nothing."), encoding="utf-8")
    assert bind(main, demo).code == 3


@pytest.mark.parametrize(("answer", "code"), [(b"n\n", 1), (b"y\n", 0)])
def test_on_a_terminal_it_asks_after_the_diff(
    main: Path, demo: Path, answer: bytes, code: int
) -> None:
    before = main.read_bytes()
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "writer", "bind", main.name, "--data", str(demo / "data")],
        cwd=main.parent, stdin=follower, stdout=follower, stderr=follower,
        env={**os.environ, "TERM": "xterm-256color", "NO_COLOR": ""},
    )  # fmt: skip
    os.close(follower)
    os.write(leader, answer)
    shown = b""
    try:
        while chunk := os.read(leader, 4096):
            shown += chunk
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    assert process.wait(timeout=60) == code
    assert shown.index(b"\x1b[32m+At concurrency") < shown.index(b"Write these changes?")
    assert (main.read_bytes() != before) == (code == 0)


@pytest.mark.tex
def test_the_typeset_text_stays_letter_for_letter(main: Path, demo: Path) -> None:
    refused = [sentence for sentence, _ in REFUSED]
    caption = rf"\begin{{figure}}\caption[One]{{{SENTENCES[0]}}}\end{{figure}}"
    text = paper(
        r"\listoffigures\tableofcontents", r"\begin{abstract}", SENTENCES[0], r"\end{abstract}",
        *SENTENCES, *refused, caption, preamble=PREAMBLE + DEFINED,
    )  # fmt: skip
    main.write_text(text, encoding="utf-8")
    before = typeset(main)
    run = bind(main, demo, "--write", "-f", "json")
    assert len(run.document["bound"]) == 17
    assert main.read_text(encoding="utf-8") != text
    assert "7.27" in before[0]
    assert typeset(main) == before


@pytest.mark.tex
def test_the_demo_abstract_stays_letter_for_letter(copy_of_demo: Path) -> None:
    main = copy_of_demo / "main.tex"
    main.write_text(
        "\\documentclass{article}\\begin{document}Before \\input{data/abstract}\\end{document}\n",
        encoding="utf-8",
    )
    before = typeset(main)
    run = sage_write("bind", "data/abstract.tex", "--write", cwd=copy_of_demo)
    assert run.code == 0
    assert "\\measured{concurrency/4/throughput}{7.27}" in (
        copy_of_demo / "data" / "abstract.tex"
    ).read_text(encoding="utf-8")
    assert typeset(main) == before


AROUND = st.sampled_from(
    ["%s", "$%s$", "\\textbf{%s}", "{%s}", "{\\bf %s}", "\\wrapped{%s}", "\\textbf %s", "~%s",
     "\\emph{a \\textbf{%s} b}", "-%s", "(%s)", "x%s", "%sx", "$x_%s$", "$\\sim%s$", "[%s]",
     "\\mbox{%s}", "\\footnote{It is %s.}", "\\cite{x} %s", "\\wrapped{a}%s", "%s--9", "1%s"]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        ("At concurrency 4 the throughput is %s tasks/s.", "7.27"),
        ("With FIFO the P99 latency is %s ms.", "6943.9"),
        ("With FIFO the P99 latency is %s ms.", "6{,}943.9"),
        ("With FIFO the P99 latency is %s ms.", "6\\,943.9"),
        ("With Priority the P99 latency is %s ms.", "31,147.0"),
        ("With LoadAware the load balance is %s\\%%.", "99.8"),
        ("With Priority the P99 latency is %s$\\times$ that of FIFO.", "4.49"),
        ("At concurrency 4 the throughput is about %s tasks/s.", "7.27"),
        ("At concurrency 4 the throughput is %s tasks/s.", "9"),
    ]
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    words, number = draw(WORDS)
    return words % draw(AROUND).replace("%s", number)


def _bound(text: str, folder: Path, dataset: Dataset) -> str:
    main = folder / "random.tex"
    main.write_text(text, encoding="utf-8", newline="")
    checked = judged_paper(main, folder, dataset, audit(dataset), section=ALL)
    made = plan(checked, folder)
    return made.edits[0].after if made.edits else text


@given(st.lists(sentences(), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_binding_adds_the_macro_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
    demo_dataset: Dataset,
    body: list[str],
    newline: str,
) -> None:
    folder = tmp_path_factory.mktemp("random")
    text = paper(*body, preamble=PREAMBLE + DEFINED).replace("\n", newline)
    after = _bound(text, folder, demo_dataset)
    assert unbound(after) == text
    assert ("\\measured{" in after) == (MACRO in after)


@pytest.mark.tex
@settings(max_examples=6)
@given(st.lists(sentences(), min_size=40, max_size=60))
def test_random_papers_are_typeset_the_same(
    tmp_path_factory: pytest.TempPathFactory, demo_dataset: Dataset, body: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("random")
    text = paper(*body, preamble=PREAMBLE + DEFINED)
    after = _bound(text, folder, demo_dataset)
    main = folder / "random.tex"
    before = typeset(main)
    main.write_text(after, encoding="utf-8")
    assert typeset(main) == before
