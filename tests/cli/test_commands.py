"""Every command through the front door: exit codes, JSON by its schema, help."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from tests.cli.program import sage_write
from writer.cli import commands
from writer.cli.cards import cards
from writer.cli.main import make_app
from writer.discover import modules

NAMES = [module.COMMAND.name for module in modules(commands)]


def schema(root: Path, name: str) -> dict[str, object]:
    text = (root / "docs" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded


def test_a_command_imports_no_other_one(demo: Path) -> None:
    code = (
        "import sys\n"
        "from writer.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in sys.modules if name.startswith('writer.cli.commands.')])\n"
    )
    line = [sys.executable, "-c", code, "explain", "STA001"]
    run = subprocess.run(line, cwd=demo, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "['writer.cli.commands.explain']"


def test_the_commands_of_the_issue_are_there() -> None:
    assert NAMES == [
        "audit",
        "bind",
        "build",
        "check",
        "explain",
        "ingest",
        "init",
        "limitations",
        "rules",
        "section",
        "trace",
        "verify",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_help_has_an_example_and_fits_80_columns(name: str, demo: Path) -> None:
    run = sage_write(name, "--help", cwd=demo)
    assert run.code == 0
    assert f"Example: sage-write {name}" in run.out
    assert max(len(line) for line in run.out.splitlines()) <= 80


def test_help_lists_each_command_on_one_line(demo: Path) -> None:
    run = sage_write("--help", cwd=demo)
    listed = run.out.split("Commands:\n")[1].split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == NAMES
    assert not [line for line in listed if line.endswith("...")]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["audit"], 1),
        (["audit", "--fail-on", "never"], 0),
        (["check", "data/abstract.tex"], 0),
        (["trace", "210654.6"], 0),
        (["trace", "600"], 0),
        (["trace", "3.6x"], 0),
        (["trace", "12345678"], 3),
        (["rules"], 0),
        (["explain", "littles-law"], 0),
        (["explain", "QUE001"], 0),
        (["section", "--list"], 0),
    ],
)
def test_json_follows_its_schema(arguments: list[str], code: int, demo: Path) -> None:
    run = sage_write(*arguments, "--format", "json", cwd=demo)
    assert (run.code, run.err) == (code, "")
    name = "section-list" if "--list" in arguments else arguments[0]
    jsonschema.validate(run.document, schema(demo, name))


@pytest.mark.parametrize("name", ["section", "limitations"])
def test_writing_commands_report_what_they_wrote(name: str, demo: Path, tmp_path: Path) -> None:
    run = sage_write(name, "-o", tmp_path, "--format", "json", cwd=demo)
    assert (run.code, run.err) == (0, "")
    jsonschema.validate(run.document, schema(demo, name))
    assert (tmp_path / "provenance.json").is_file()
    written = {Path(path).name for path in run.document["files"]}
    assert Path(run.document["file"]).name in written


@pytest.mark.tex
def test_build_makes_the_pdf_and_counts_its_pages(demo: Path, tmp_path: Path) -> None:
    run = sage_write("build", "-o", tmp_path, "--format", "json", cwd=demo)
    assert (run.code, run.err) == (0, "")
    jsonschema.validate(run.document, schema(demo, "build"))
    assert Path(run.document["pdf"]).read_bytes().startswith(b"%PDF-")
    assert run.document["page_limit"] == 2


def test_build_says_the_section_pages_against_the_limit(demo: Path, tmp_path: Path) -> None:
    run = sage_write("build", "-o", tmp_path, cwd=demo)
    assert "the limit is 2" in run.out


def test_a_plain_number_is_traced_to_its_cell(demo: Path) -> None:
    (match,) = sage_write("trace", "210654.6", "-f", "json", cwd=demo).document["matches"]
    cell = match["measurement"]
    assert (cell["file"], cell["row"], cell["column"]) == ("data/concurrency.csv", 5, "p99_latency")
    assert match["counterpart"]["value"] == 1200.0
    assert match["counterpart"]["grade"] == "adjusted"
    rules = {finding["rule"] for finding in match["findings"]}
    assert "adjusted-value" in rules


def test_an_invented_number_is_known_and_said_to_be_never_printed(demo: Path) -> None:
    run = sage_write("trace", "1200", cwd=demo)
    assert "never printed; measured: 210654.6 ms" in run.out


def test_a_derived_number_is_traced_to_its_parents(demo: Path) -> None:
    matches = sage_write("trace", "57%", "-f", "json", cwd=demo).document["matches"]
    ids = {match["measurement"]["id"]: match for match in matches}
    found = ids["reduction(start-delay/0/p99-latency,start-delay/5/p99-latency)"]
    assert [parent["measurement"]["value"] for parent in found["parents"]] == [77.0, 33.0]


def test_no_traceback_and_exit_2_where_there_is_no_project(tmp_path: Path) -> None:
    run = sage_write("audit", cwd=tmp_path)
    assert run.code == 2
    assert "sage-write.toml" in run.err
    assert "Traceback" not in run.err


def test_an_unknown_rule_is_answered_with_the_nearest_names(demo: Path) -> None:
    run = sage_write("explain", "little-law", cwd=demo)
    assert run.code == 2
    assert "littles-law" in run.err


def test_the_project_is_found_from_a_folder_below(demo: Path) -> None:
    above = sage_write("audit", "-f", "json", cwd=demo).document
    below = sage_write("audit", "-f", "json", cwd=demo / "data").document
    assert below == above


def test_suppressed_findings_are_listed_in_every_report(copy_of_demo: Path) -> None:
    config = copy_of_demo / "sage-write.toml"
    config.write_text(
        config.read_text(encoding="utf-8")
        + '\n[[suppress]]\nrule = "single-trial"\nexperiment = "schedulers"\n'
        'reason = "the paper says so in its setup"\n',
        encoding="utf-8",
    )
    for arguments in (["audit"], ["section", "-o", "out"], ["check", "data/abstract.tex"]):
        run = sage_write(*arguments, cwd=copy_of_demo)
        assert "single-trial in schedulers: the paper says so in its setup" in run.out


def test_interpolate_is_refused_with_the_reason(copy_of_demo: Path) -> None:
    config = copy_of_demo / "sage-write.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace('node_scaling = "discuss"', 'node_scaling = "interpolate"'), encoding="utf-8"
    )
    line = next(
        number
        for number, content in enumerate(config.read_text(encoding="utf-8").splitlines(), 1)
        if content.startswith("node_scaling")
    )
    run = sage_write("section", cwd=copy_of_demo)
    assert run.code == 2
    assert f"sage-write.toml:{line}" in run.err
    assert "not a measurement" in run.err


def test_a_section_edited_by_hand_is_kept(copy_of_demo: Path) -> None:
    assert sage_write("section", "-o", "out", cwd=copy_of_demo).code == 0
    path = copy_of_demo / "out" / "experiments.tex"
    edited = path.read_text(encoding="utf-8") + "My own sentence.\n"
    path.write_text(edited, encoding="utf-8")
    run = sage_write("section", "-o", "out", "-f", "json", cwd=copy_of_demo)
    assert path.read_text(encoding="utf-8") == edited
    assert Path(run.document["file"]).name == "experiments.new.tex"
    assert sage_write("section", "-o", "out", "--force", cwd=copy_of_demo).code == 0
    assert "My own sentence" not in path.read_text(encoding="utf-8")


def test_a_written_section_checks_clean_and_fails_without_a_limitation(copy_of_demo: Path) -> None:
    sage_write("section", "-o", "out", cwd=copy_of_demo)
    clean = sage_write("check", "out/experiments.tex", "-f", "json", cwd=copy_of_demo)
    assert [
        item for item in clean.document["findings"] if item["rule"] == "missing-limitation"
    ] == []
    assert clean.code == 0
    path = copy_of_demo / "out" / "experiments.tex"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if r"\limitation{littles-law" in line)
    path.write_text("".join(lines[:first] + lines[first + 1 :]), encoding="utf-8")
    run = sage_write("check", "out/experiments.tex", "-f", "json", cwd=copy_of_demo)
    assert run.code == 1
    assert "missing-limitation" in {item["rule"] for item in run.document["findings"]}


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ("In a closed loop that would be impossible. ", ""),
        ("would be impossible", "would be a little unusual"),
        ("{2.50}~tasks at", "{1.50}~tasks at"),
        ("No trend and no optimum is claimed", "No optimum is claimed"),
    ],
)
def test_a_weakened_limitation_is_found(strong: str, weak: str, copy_of_demo: Path) -> None:
    sage_write("section", "-o", "out", cwd=copy_of_demo)
    path = copy_of_demo / "out" / "experiments.tex"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(strong, weak, 1), encoding="utf-8")
    run = sage_write("check", "out/experiments.tex", "-f", "json", cwd=copy_of_demo)
    assert run.code == 1
    found = {item["rule"] for item in run.document["findings"]}
    assert "missing-limitation" in found


def test_a_limitation_may_be_said_with_more_words(copy_of_demo: Path) -> None:
    sage_write("section", "-o", "out", cwd=copy_of_demo)
    path = copy_of_demo / "out" / "experiments.tex"
    text = path.read_text(encoding="utf-8")
    more = "In a closed loop that would be impossible. We will look into it."
    path.write_text(
        text.replace("In a closed loop that would be impossible.", more, 1), encoding="utf-8"
    )
    assert sage_write("check", "out/experiments.tex", cwd=copy_of_demo).code == 0


def test_init_makes_a_project_that_works(tmp_path: Path) -> None:
    assert sage_write("init", "paper", cwd=tmp_path).code == 0
    paper = tmp_path / "paper"
    audit = sage_write("audit", "-f", "json", cwd=paper).document
    assert [item for item in audit["findings"] if item["severity"] == "error"] == []
    assert sage_write("section", cwd=paper).code == 0
    check = sage_write("check", "main.tex", "--section", "abstract", cwd=paper)
    assert (check.code, check.err) == (0, "")


def test_init_does_not_touch_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "sage-write.toml").write_text("mine", encoding="utf-8")
    run = sage_write("init", ".", cwd=tmp_path)
    assert run.code == 2
    assert (tmp_path / "sage-write.toml").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["sage-write.toml"]


def test_colour_only_on_a_terminal(demo: Path) -> None:
    assert "\x1b[" not in sage_write("audit", cwd=demo).out


def test_text_fits_80_columns(demo: Path) -> None:
    for arguments in (["audit", "--coverage"], ["rules"], ["check", "data/abstract.tex", "-v"]):
        out = sage_write(*arguments, cwd=demo).out
        assert [line for line in out.splitlines() if len(line) > 80] == []


def test_a_read_only_folder_is_one_message(demo: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    run = sage_write("section", "-o", blocked / "out", cwd=demo)
    assert run.code == 2
    assert "cannot be written" in run.err
    assert "Traceback" not in run.err


def test_trace_names_each_measurement_once(demo: Path) -> None:
    matches = sage_write("trace", "3.6x", "-f", "json", cwd=demo).document["matches"]
    assert [item["measurement"]["id"] for item in matches] == [
        "concurrency/stated/1",
        "ratio(concurrency/4/throughput,concurrency/1/throughput)",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[treatment]\nnode_scalng = "omit"', "[treatment] names 'node_scalng'"),
        (
            '[[request]]\nexperiment = "jobs"\nquantity = "memory"\nasked_by = "a figure"',
            "[[request]] names 'jobs'",
        ),
    ],
)
def test_a_setting_of_no_experiment_is_no_silent_wish(
    line: str, said: str, copy_of_demo: Path
) -> None:
    path = copy_of_demo / "sage-write.toml"
    kept = path.read_text(encoding="utf-8").partition("[treatment]")[0]
    path.write_text(kept + line + "\n", encoding="utf-8")
    at = len(kept.splitlines()) + (2 if line.startswith("[treatment]") else 1)
    run = sage_write("section", cwd=copy_of_demo)
    assert run.code == 2
    assert f"sage-write.toml:{at}: {said}, which is no experiment of the data" in run.err
    assert not (copy_of_demo / "build").exists()


@pytest.mark.parametrize(
    "command",
    [
        ["section"],
        ["limitations"],
        ["build"],
        ["trace", "9.45"],
        ["audit"],
        ["check", "data/abstract.tex"],
    ],
)
def test_every_report_lists_what_is_suppressed(command: list[str], copy_of_demo: Path) -> None:
    path = copy_of_demo / "sage-write.toml"
    text = path.read_text(encoding="utf-8")
    entry = '[[suppress]]\nrule = "single-trial"\nexperiment = "schedulers"\nreason = "see [4]"\n'
    path.write_text(f"{text}\n{entry}", encoding="utf-8")
    assert "single-trial in schedulers: see [4]" in sage_write(*command, cwd=copy_of_demo).out
    run = sage_write(*command, "-f", "json", cwd=copy_of_demo)
    (item,) = run.document["suppressed"]
    assert (item["id"], item["experiment"]) == ("single-trial/schedulers", "schedulers")
    assert "see [4]" in item.values()


def test_only_findings_that_are_stated_are_said_to_be(copy_of_demo: Path) -> None:
    path = copy_of_demo / "sage-write.toml"
    text = path.read_text(encoding="utf-8").replace('"discuss"', '"omit"')
    path.write_text(text, encoding="utf-8")
    run = sage_write("section", "-f", "json", cwd=copy_of_demo)
    stated = run.document["stated"]
    assert [item for item in stated if "node-scaling" in item] == []
    assert f"{len(stated)} findings" in sage_write("section", cwd=copy_of_demo).out


def test_init_into_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "paper").write_text("x", encoding="utf-8")
    run = sage_write("init", "paper", cwd=tmp_path)
    assert run.code == 2
    assert "error: paper: this is a file" in run.err


def test_every_rule_can_be_explained() -> None:
    explained = {
        card.code: CliRunner().invoke(make_app(), ["explain", card.code]) for card in cards()
    }
    assert {code: run.exception for code, run in explained.items()} == dict.fromkeys(explained)
    # an example without a table shows the runs it is made of
    assert (
        """
fires: two jobs with one list of latencies
run    tasks   samples   duration (s)
─────────────────────────────────────
job0   40      40        10
"""
        in explained["PRV003"].output
    )


def test_an_explanation_fills_its_lines_and_names_the_command(demo: Path) -> None:
    run = sage_write("explain", "contradicted-claim", cwd=demo)
    assert (
        "    Each quantity and word of judgement whose sentence names the quantity and\n" in run.out
    )
    assert run.out.splitlines()[-1] == "Next: sage-write check PAPER.tex"
