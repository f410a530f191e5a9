"""Change a cell, and the number, the sentence and the limitation follow."""

from __future__ import annotations

import re
from pathlib import Path

from tests.document.rendering import drop_marks, plain, render, replace, set_cell
from writer.cli.project import open_project
from writer.document.render import render_section


def test_the_sentence_names_whoever_is_fastest(copy_of_demo: Path) -> None:
    set_cell(copy_of_demo, "schedulers", {"scheduler": "LoadAware"}, "throughput", "13.38")
    text = plain(render(copy_of_demo).tex)
    assert "LoadAware has the highest throughput, 13.38 tasks/s; Priority has the longest" in text
    assert "Priority has the highest throughput" not in text
    assert "are close in throughput" not in text
    assert "FIFO reaches 9.45 tasks/s, LoadAware 13.38 tasks/s" in text


def test_near_linear_goes_when_the_data_fall_short(copy_of_demo: Path) -> None:
    set_cell(copy_of_demo, "concurrency", {"concurrency": "4"}, "throughput", "5.00")
    text = plain(render(copy_of_demo).tex)
    assert "near-linearly up to concurrency 2, where it is 1.96$\\times$" in text
    set_cell(copy_of_demo, "concurrency", {"concurrency": "2"}, "throughput", "3.00")
    text = plain(render(copy_of_demo).tex)
    assert "near-linearly" not in text
    assert "Throughput grows with every step, from 2.01 tasks/s to 16.61 tasks/s" in text


def test_the_limitation_goes_with_its_cause(copy_of_demo: Path) -> None:
    assert r"\limitation{scaling-inversion/node-scaling/compute}" in render(copy_of_demo).tex
    drop_marks(copy_of_demo, "pipeline=Compute")
    for nodes, value in (("8", "80.10"), ("16", "120.40")):
        levels = {"pipeline": "Compute", "nodes": nodes}
        set_cell(copy_of_demo, "node_scaling", levels, "throughput", value)
    text = render(copy_of_demo).tex
    assert r"\limitation{scaling-inversion/node-scaling/compute}" not in text
    assert r"\limitation{adjusted-value/node-scaling}" not in text
    assert "Compute gains with every step, from 38.34 tasks/s at 1 node to 120.40" in plain(text)


def test_the_numbers_of_a_limitation_follow(copy_of_demo: Path) -> None:
    set_cell(copy_of_demo, "schedulers", {"scheduler": "Priority"}, "avg_latency", "5000.0")
    text = plain(render(copy_of_demo).tex)
    assert "more than the parallelism allows: 63.6 tasks for scheduler Priority (limit: 32)" in text


def test_an_empty_cell_is_a_dash_and_a_limitation(copy_of_demo: Path) -> None:
    set_cell(copy_of_demo, "schedulers", {"scheduler": "FIFO"}, "balance", "")
    section = render(copy_of_demo, "results")
    table = {file.path: file.data.decode() for file in section.files}["tables/schedulers.tex"]
    (row,) = [line for line in table.splitlines() if line.startswith("FIFO")]
    assert row.endswith(r"& --- \\")
    assert r"\limitation{missing-value/schedulers}" in section.tex


def test_an_omitted_experiment_leaves_a_sentence_and_no_number(copy_of_demo: Path) -> None:
    replace(copy_of_demo / "sage-write.toml", 'node_scaling = "discuss"', 'node_scaling = "omit"')
    section = render(copy_of_demo)
    assert section.omitted == ("node_scaling",)
    assert [item.id for item in section.printed if item.id.startswith("node-scaling")] == []
    text = plain(section.tex)
    assert "The experiment Node scaling was run and is left out" in text
    assert re.findall(r"57\.36|18\.51", text) == []


def test_novelty_is_a_citation_or_nothing(copy_of_demo: Path) -> None:
    assert r"\cite" not in render(copy_of_demo).tex
    config = copy_of_demo / "sage-write.toml"
    replace(config, "[paper]\n", '[paper]\nnovelty_citation = "dean_2008,zaharia2016"\n')
    assert r"discussed in \cite{dean_2008,zaharia2016}." in render(copy_of_demo).tex


def test_a_limitation_that_a_template_forgets_is_added(copy_of_demo: Path) -> None:
    path = copy_of_demo / "data" / "templates" / "sections" / "short.tex.j2"
    path.write_text(
        '\\BLOCK{ set e = experiment("schedulers") }\n\\VAR{ cell(e, "throughput", '
        'scheduler="FIFO")|u }\n',
        encoding="utf-8",
    )
    stated = re.findall(r"\\limitation\{([^{}]+)\}", render(copy_of_demo, "short").tex)
    assert sorted(stated) == [
        "littles-law/schedulers",
        "single-trial/schedulers",
        "unmeasured-quantity/schedulers",
    ]


def test_the_discussion_claims_no_cost_where_the_tail_follows_no_order(copy_of_demo: Path) -> None:
    text = plain(render(copy_of_demo).tex)
    assert "costs tail latency" not in text
    assert "the P99 latency follows no order, between 457.9 and 210,654.6 ms." in text
    for level, value in {"1": "10", "2": "20", "4": "40", "8": "80", "16": "160"}.items():
        set_cell(copy_of_demo, "concurrency", {"concurrency": level}, "p99_latency", value)
    text = plain(render(copy_of_demo).tex)
    assert "at concurrency 16 the P99 latency is 160 ms, against 10 ms at concurrency 1." in text


def test_the_discussion_names_the_cost_of_a_delay_only_where_there_is_one(
    copy_of_demo: Path,
) -> None:
    words = "at a delay of 5 s the throughput is 30% lower than with a simultaneous start"
    assert words in plain(render(copy_of_demo).tex).replace("\\%", "%")
    set_cell(copy_of_demo, "start_delay", {"start_delay": "5"}, "throughput", "50.00")
    text = plain(render(copy_of_demo).tex)
    assert "with every step of the delay." in text
    assert "at a delay of 5 s the" not in text


def test_each_paragraph_of_the_limitations_ends_with_what_would_settle_it(
    copy_of_demo: Path,
) -> None:
    section = render(copy_of_demo, "limitations")
    paragraphs = [line for line in section.tex.splitlines() if line.startswith(r"\limitation{")]
    assert len(paragraphs) == 17
    endings = [re.search(r"([^.]+)\.\}$", plain(text)) for text in paragraphs]
    settled = re.compile(r"would (?:show|tell|close|separate|make|give|allow)")
    assert [text for text in endings if text is None or not settled.search(text[1])] == []


def test_what_an_earlier_section_says_is_not_said_again(copy_of_demo: Path) -> None:
    main = render(copy_of_demo)
    project = open_project(copy_of_demo)
    data = (project.dataset, project.audit, project.config)
    brief = render_section("limitations", *data, earlier=main.stated)
    assert r"\limitation{" not in brief.tex
    some = main.stated - {"littles-law/schedulers"}
    rest = render_section("limitations", *data, earlier=some).tex
    assert re.findall(r"\\limitation\{([^}]*)\}", rest) == ["littles-law/schedulers"]
