"""The packaged Experiments section, of results that no template was made for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import sage_write
from tests.cli.test_runs import SAMPLES, write_run
from tests.document.rendering import MEASURED, pdflatex


def _sage(folder: Path) -> None:
    for level in (1, 2, 4):
        samples = [value * (1 + level) for value in SAMPLES]
        write_run(
            folder / "scaling" / f"parallelism_{level}_metrics.json",
            samples,
            p99_latency_ms=max(samples),
            total_duration_sec=20.0 / level,
            throughput_tasks_per_sec=2.0 * level,
            config={"parallelism": level, "task_complexity": "medium", "label": None},
        )


def _hyperfine(folder: Path) -> None:
    results = [
        {"command": name, "mean": sum(times) / 5, "times": times, "exit_codes": [0] * 5}
        for name, times in (
            ("sleep 0.1", [0.101, 0.102, 0.1, 0.103, 0.104]),
            ("sleep 0.2", [0.201, 0.202, 0.2, 0.203, 0.204]),
        )
    ]
    folder.mkdir()
    (folder / "h.json").write_text(json.dumps({"results": results}), encoding="utf-8")


def _pytest_benchmark(folder: Path) -> None:
    benchmarks = [
        {
            "name": f"test_sum[{size}]",
            "fullname": f"bench.py::test_sum[{size}]",
            "params": {"n": size},
            "stats": {"data": data, "rounds": 4, "mean": sum(data) / 4, "max": max(data)},
        }
        for size, data in ((10, [1e-6, 2e-6, 2e-6, 1e-6]), (100, [9e-6, 8e-6, 9e-6, 8e-6]))
    ]
    folder.mkdir()
    document = {"machine_info": {}, "benchmarks": benchmarks, "version": "5.1.0"}
    (folder / "b.json").write_text(json.dumps(document), encoding="utf-8")


def _generic(folder: Path) -> None:
    folder.mkdir()
    lines = [f"{c},{10 * c + n % 7}" for c in (1, 2, 4) for n in range(30)]
    text = "\n".join(("clients,ms", *lines))
    (folder / "latency.csv").write_text(text + "\n", encoding="utf-8")
    (folder.parent / "sage-write.toml").write_text(
        '[[samples]]\nfiles = "latency.csv"\ncolumn = "ms"\nunit = "ms"\n'
        'quantity = "latency"\ngroup = "clients"\n',
        encoding="utf-8",
    )


MADE: dict[str, Any] = {
    "sage": _sage,
    "hyperfine": _hyperfine,
    "pytest-benchmark": _pytest_benchmark,
    "samples": _generic,
}


def _written(tmp_path: Path, kind: str) -> str:
    MADE[kind](tmp_path / "runs")
    run = sage_write("section", "experiments", "--runs", "runs", "-o", "out", cwd=tmp_path)
    assert run.code == 0, run.err
    return (tmp_path / "out" / "experiments.tex").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", MADE)
def test_runs_anywhere_give_the_section(kind: str, tmp_path: Path) -> None:
    tex = _written(tmp_path, kind)
    assert "\\section{Experiments}" in tex
    assert "$n$ is" in tex  # how many samples a row has, in the caption
    assert MEASURED.search(tex)
    assert "None" not in tex


@pytest.mark.tex
@pytest.mark.parametrize("kind", MADE)
def test_it_compiles(kind: str, tmp_path: Path) -> None:
    _written(tmp_path, kind)
    made = pdflatex(tmp_path / "out", "\\input{experiments}")
    assert made.returncode == 0, made.stdout.decode(errors="replace")[-2000:]
    assert "Overfull \\hbox" not in _of_tables(made.stdout.decode(errors="replace"))


def _of_tables(log: str) -> str:
    """The lines of the log that speak of what is wider than the page by more than ten points."""
    wide = re.findall(r"Overfull \\hbox \((\d+)\.\d+pt too wide\)", log)
    return "".join(f"Overfull \\hbox {points}" for points in wide if int(points) > 10)


@pytest.mark.shared
def test_the_results_of_vllm_give_their_latencies(shared: Path, tmp_path: Path) -> None:
    folder = shared.parent / "formats" / "vllm"
    run = sage_write("section", "experiments", "--runs", folder, "-o", "out", cwd=tmp_path)
    assert run.code == 0, run.err
    tex = (tmp_path / "out" / "tables" / "results.tex").read_text(encoding="utf-8")
    assert "ttft" in tex
    assert "tpot" in tex


def test_trends_follow_the_data_and_settings_are_told(tmp_path: Path) -> None:
    tex = MEASURED.sub(lambda match: match[2], _written(tmp_path, "sage"))
    assert "All runs held these settings: task complexity medium." in tex
    assert "The throughput rises with every step, from 2.0" in tex.replace("2~", "2.0~")
    assert "one row per parallelism" in tex
    assert "Also recorded, and not printed here: tasks, completed" in tex


def test_a_figure_stands_beside_the_table_of_a_sweep(tmp_path: Path) -> None:
    tex = _written(tmp_path, "sage")
    assert "Figure~\\ref{fig:scaling} show what was measured" in tex
    assert (tmp_path / "out" / "figures" / "scaling.pdf").is_file()


def test_a_project_with_tables_gets_it_too(tmp_path: Path) -> None:
    assert sage_write("init", "paper", cwd=tmp_path).code == 0
    run = sage_write("section", "experiments", cwd=tmp_path / "paper")
    assert run.code == 0, run.err
    tex = (tmp_path / "paper" / "build" / "experiments.tex").read_text(encoding="utf-8")
    assert "\\limitation{" in tex


def test_the_demo_keeps_the_section_that_is_written_for_it(demo: Path, tmp_path: Path) -> None:
    run = sage_write("section", "experiments", "-o", tmp_path, cwd=demo)
    assert run.code == 0
    assert "Scheduling strategies" in (tmp_path / "experiments.tex").read_text(encoding="utf-8")
