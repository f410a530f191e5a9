"""A template that is wrong gives one error with its file and line, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import sage_write
from tests.document.rendering import render, replace, template
from writer.errors import SageWriteError

E = '\\BLOCK{ set e = experiment("concurrency") }\n'
FAULTS = {
    "unknown experiment": (
        'text\n\\VAR{ experiment("nowhere").title }\n',
        2,
        "no experiment 'nowhere'",
    ),
    "unknown column": (E + '\\VAR{ cell(e, "energy", concurrency=4) }', 2, "no quantity 'energy'"),
    "unknown level": (
        E + '\\VAR{ cell(e, "throughput", concurrency=3) }',
        2,
        "no row at concurrency=3",
    ),
    "unknown column of a table": (
        E + '\\VAR{ table(e, "energy").input }',
        2,
        "asks for the column",
    ),
    "unknown figure": (E + '\n\\VAR{ figure("pie", e).include }', 3, "no figure 'pie'"),
    "a figure without its columns": (
        '\\BLOCK{ set e = experiment("node_scaling") }\n\\VAR{ figure("throughput_tail", e).include }',
        2,
        "needs a column of latency",
    ),
    "setup that the paper does not have": (
        "one\n\\VAR{ setup.turbines }",
        2,
        "needs 'turbines', which this paper does not have",
    ),
    "undefined name": ("one\ntwo\n\\VAR{ nobody }", 3, "'nobody' is undefined"),
    "syntax": ("one\n\\BLOCK{ if }", 2, "cannot be read as a template"),
    "bare number": ("one\n\\VAR{ 3 + 4 }", 2, "bare int"),
    "bare value of a measurement": (
        E + '\\VAR{ cell(e, "throughput", concurrency=4).value }',
        2,
        "bare float",
    ),
    "digits as text": (E + '\\VAR{ cell(e, "throughput", concurrency=4).text }', 2, "digits of a"),
    "adjusted value": (
        E + '\\VAR{ e.row(concurrency=8).adjusted["p99_latency"] }',
        2,
        "is an adjusted value and is never printed",
    ),
    "missing value": (
        '\\BLOCK{ set e = experiment("node_scaling") }\n\n'
        '\\VAR{ cell(e, "throughput", pipeline="Mixed", nodes=1) }',
        3,
        "has no value",
    ),
    "nothing": ("\\VAR{ None }", 1, "prints nothing"),
    "a way out of the sandbox": ("\\VAR{ ''.__class__.__mro__ }", 1, ""),
    "text of a number": ("\\VAR{ '%d' % 7 }", 1, "computes with a str"),
}


@pytest.mark.parametrize(("text", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_error_with_its_line(
    text: str, line: int, message: str, copy_of_demo: Path
) -> None:
    template(copy_of_demo, "faulty", text)
    with pytest.raises(SageWriteError) as caught:
        render(copy_of_demo, "faulty")
    error = caught.value
    assert (error.file, error.line) == ("data/templates/sections/faulty.tex.j2", line)
    assert message in error.message


BY_HAND = {
    "an unknown id": ("\\measured{no/such/value}{42}", "carries the unknown id 'no/such/value'"),
    "other digits": (
        "\\measured{concurrency/8/p99-latency}{1200}",
        "1200 is not what was measured of 'concurrency/8/p99-latency'",
    ),
    "digits in words": (
        "\\measured{setup/nodes}{sixteen}",
        "sixteen is not what was measured of 'setup/nodes'",
    ),
    "an adjusted value": (
        "\\measured{concurrency/8/p99-latency.adjusted}{1200.0}",
        "is an adjusted value and is never printed",
    ),
    "more digits than are known": (
        "\\measured{ratio(concurrency/4/throughput,concurrency/1/throughput)}{3.6169}",
        "3.6169 is not what was measured of 'ratio(",
    ),
}


@pytest.mark.parametrize(("text", "message"), BY_HAND.values(), ids=BY_HAND)
def test_a_number_bound_by_hand_is_held_against_its_measurement(
    text: str, message: str, copy_of_demo: Path
) -> None:
    template(copy_of_demo, "faulty", f"one\ntwo {text} three\n")
    with pytest.raises(SageWriteError) as caught:
        render(copy_of_demo, "faulty")
    assert message in caught.value.message
    assert (caught.value.file, caught.value.line) == ("data/templates/sections/faulty.tex.j2", 2)


def test_a_number_bound_by_hand_to_what_was_measured_is_let_through(copy_of_demo: Path) -> None:
    text = (
        "\\measured{concurrency/8/p99-latency}{210{,}654.6}, "
        "\\measured{concurrency/8/p99-latency}{210{,}655}, \\measured{setup/nodes}{16}, "
        "\\measured{ratio(concurrency/4/throughput,concurrency/1/throughput)}{3.6}"
    )
    template(copy_of_demo, "fine", text)
    assert text in render(copy_of_demo, "fine").tex


def test_nothing_is_written_and_no_traceback_shown(copy_of_demo: Path) -> None:
    template(copy_of_demo, "faulty", "\\VAR{ nobody }")
    run = sage_write("section", "faulty", "-o", "out", cwd=copy_of_demo)
    assert run.code == 2
    assert "data/templates/sections/faulty.tex.j2:1" in run.err
    assert "Traceback" not in run.err
    assert not (copy_of_demo / "out").exists()


def test_an_unknown_section_names_those_there_are(demo: Path) -> None:
    for name in ("nothing", "../../etc/passwd"):
        with pytest.raises(SageWriteError) as caught:
            render(demo, name)
        assert caught.value.expected == "one of experiments, limitations, results"


@pytest.mark.tex
def test_latex_characters_in_names_compile(copy_of_demo: Path) -> None:
    odd = r"50% & more_#1 {x} ~ ^ \end $5 < 6"
    escaped = odd.replace("\\", "\\\\")
    descriptor = copy_of_demo / "data" / "datapackage.json"
    replace(descriptor, '"title": "Scheduling strategies"', f'"title": "{escaped}"')
    replace(descriptor, '"network": "Gigabit Ethernet"', f'"network": "{escaped}"')
    table = copy_of_demo / "data" / "schedulers.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("LoadAware", odd), encoding="utf-8")
    marks = copy_of_demo / "data" / "templates" / "sections" / "experiments.tex.j2"
    marks.unlink()
    run = sage_write("build", "results", "-o", "out", "-f", "json", cwd=copy_of_demo)
    assert (run.code, run.err) == (0, "")
    assert run.document["pages"] > 3
