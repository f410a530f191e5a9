"""The one idea: a number is bound to a measurement, or it is not printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.document.rendering import MEASURED, of_demo, plain, render, replace
from writer.cli.project import open_project
from writer.dataset import Dataset, resolve
from writer.document.section import Section
from writer.model.interval import Interval
from writer.model.measurement import Grade

NAMES = ("A100", "Qwen2.5-3B", "Ray 2.9.0", "Python 3.11", "bge-large-en-v1.5", "P99", "99th")
"""Digits that are part of a name or of a unit's name: no measurement."""


@pytest.fixture(scope="module", params=["experiments", "limitations", "results"])
def section(request: pytest.FixtureRequest) -> Section:
    return of_demo(request.param)


def everything(section: Section) -> str:
    tables = (file.data.decode() for file in section.files if file.path.endswith(".tex"))
    return section.tex + "".join(tables)


def test_no_invented_value_is_printed_or_drawn(section: Section, demo_dataset: Dataset) -> None:
    invented = {item.id for item in demo_dataset.cells() if item.grade is Grade.ADJUSTED}
    assert len(invented) == 13
    assert invented & {item.id for item in section.printed} == set()
    assert {item.measurement.grade for item in section.printed} <= {Grade.MEASURED, Grade.DERIVED}


@pytest.mark.parametrize(
    "digits",
    [
        "600",
        "1200",
        "1,200",
        "35.0",
        "25.0",
        "30.0",
        "38.3",
        "130",
        "220",
        "350",
        "3.4",
        "5.7",
        "9.1",
    ],
)
def test_the_digits_of_no_invented_value_stand_in_the_text(digits: str, section: Section) -> None:
    numbers = re.findall(r"(?<![\d.,])[\d,]*\d(?:\.\d+)?(?![\d])", plain(everything(section)))
    assert digits not in numbers


def test_every_number_lies_in_its_measurements_interval(demo: Path, section: Section) -> None:
    project = open_project(demo)
    spoken = {m.id: m for f in project.audit.findings for m in f.measurements()}
    found = MEASURED.findall(everything(section))
    assert found
    for identifier, digits in found:
        item = resolve(project.dataset, identifier) or spoken[identifier]
        text = digits.replace("{,}", "").replace("$-$", "-")
        assert Interval.of_printed(text).meets(item.span), (identifier, digits)


def test_no_digit_stands_outside_a_measurement(section: Section) -> None:
    text = MEASURED.sub("", everything(section))
    text = re.sub(
        r"\\(?:label|ref|input|includegraphics|limitation)(?:\[[^\]]*\])?\{[^{}]*\}", "", text
    )
    text = re.sub(r"\\(?:providecommand|setlength)\{[^\n]*", "", text)
    for name in NAMES:
        text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    assert re.findall(r"[^\n]{0,30}\d[^\n]{0,20}", text) == []


@pytest.mark.parametrize(
    "claim",
    [
        r"lowest overhead",
        r"priority inversion",
        r"linear(?:ly)? (?:in|with|correlated)",
        r"optimal|optimum at|sweet spot",
        r"stabl[ey]|stably",
        r"the first|first of its kind|pioneer",
        r"amorti[sz]ed",
        r"flexib",
        r"significant",
    ],
)
def test_what_the_data_do_not_carry_is_not_written(claim: str, section: Section) -> None:
    text = re.sub(r"Nothing is therefore said about[^.]*\.", "", plain(section.tex))
    assert re.findall(rf"[^.]*(?:{claim})[^.]*", text, re.IGNORECASE) == []


@pytest.mark.parametrize(
    "sentence",
    [
        r"3.6$\times$ that at concurrency 1",
        r"57\% lower than with a simultaneous start",
        r"the throughput is 30\% lower",
        "Priority has the highest throughput, 12.73 tasks/s",
    ],
)
def test_what_the_data_carry_is_written(sentence: str) -> None:
    assert sentence in plain(of_demo().tex)


def test_each_finding_is_stated_once(demo: Path) -> None:
    project = open_project(demo)
    for name in ("experiments", "limitations"):
        stated = re.findall(r"\\limitation\{([^{}]+)\}", of_demo(name).tex)
        ids = [identifier for item in stated for identifier in item.split(",")]
        assert sorted(ids) == sorted(finding.id for finding in project.audit.findings)


@pytest.mark.parametrize("reason", ["set to 1200 ms", "set to 1,200.0", "1200."])
def test_a_reason_does_not_bring_an_invented_value_in(reason: str, copy_of_demo: Path) -> None:
    path = copy_of_demo / "data" / "cells.csv"
    old = "interpolation between the neighbouring levels; the measured latency was called abnormal"
    replace(path, old, reason)
    text = plain(render(copy_of_demo).tex)
    assert re.findall(r"1,?200", text) == []
    assert "(measured: 210,654.6 ms) at concurrency 8." in text
