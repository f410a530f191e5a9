"""What is known of cells and values before they are looked at is what they are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.program import sage_write
from writer.dataset import Dataset
from writer.model.cells import Cells, cells_of
from writer.model.run import Run, RunSet, Samples, reports_of
from writer.sources import read
from writer.verify.cells import held
from writer.verify.describe import Described
from writer.verify.evidence import Evidence, gather
from writer.verify.groups import dataset_of

VALUES = {"a": (1.0, 2.0, 4.5), "b": (0.004, 0.0251, 0.06), "c": (-3.0, 3.0), "d": (1e7, 3e7)}
"""Samples of four runs: of common sizes, small, with a mean of zero, and large."""

NOTHING = Dataset({}, {}, {})


def run(name: str, values: tuple[float, ...]) -> Run:
    samples = Samples("latency", "ms", f"{name}.x", "", "", "took", "values", values=values)
    empty: dict[str, str] = {}
    return Run(name, "", name, f"{name}.x", "0" * 64, "x", {}, {}, {}, (), (samples,), empty)


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    runs = tuple(run(name, values) for name, values in VALUES.items())
    return gather(RunSet("raw", runs, (), {}), NOTHING)


def same(cells: Cells) -> None:
    """What a row knows of its cells without them is what the cells say."""
    for name in cells:
        cell = cells[name]
        digits = (cell.text or repr(cell.number)) if cell.known else ""
        assert (cells.id(name), cells.text(name), cells.unit(name)) == (cell.id, digits, cell.unit)
        bounds = cells.bounds(name)
        if not cell.known:
            assert bounds is None
        else:
            assert bounds == pytest.approx((cell.span.lo, cell.span.hi), rel=1e-14, abs=1e-300)


def test_cells_of_a_table_that_was_read(demo_dataset: Dataset) -> None:
    rows = [row for table in demo_dataset.experiments.values() for row in table.rows]
    assert sum(len(row.cells) for row in rows) == 83
    for row in rows:
        same(cells_of(row.cells))


def test_cells_of_a_table_made_of_runs(evidence: Evidence) -> None:
    (table,) = dataset_of(evidence.runs, evidence).experiments.values()
    assert [len(row.cells) for row in table.rows] == [9] * len(VALUES)
    for row in table.rows:
        same(cells_of(row.cells))


def test_values_that_no_run_reports(evidence: Evidence) -> None:
    for item in evidence.runs.runs:
        values = evidence.recomputed[item.id]
        assert isinstance(values, Described)
        assert len(values) == len(list(values)) == 9
        assert values.given() == {
            (one.reported.quantity, one.reported.statistic): (one.given, one.measurement.unit)
            for one in values
        }
        reports = reports_of(item)
        assert list(reports) == [one.reported for one in values]
        assert list(reports.named()) == [
            (one.quantity, one.statistic, one.measurement.unit) for one in reports
        ]
        assert reports.texts() == {
            (one.quantity, one.statistic): one.measurement.text for one in reports
        }
        assert [*values.counts()] == [one.count for one in values]


NUMBER = st.builds(
    lambda value, decimals, ulps, shift: f"{value + ulps * 10.0**-decimals + shift:.{decimals}f}",
    st.sampled_from([x for values in VALUES.values() for x in (*values, sum(values) / 3)]),
    st.integers(0, 8),
    st.sampled_from([-1.0, -0.5, -0.4999999, 0.0, 0.4999999, 0.5, 1.0]),
    st.sampled_from([0.0, 0.0, 0.0, 5.0]),
)
"""Digits near what a run gives: right, off by one in the last place, or on the edge."""

DIGITS = st.one_of(NUMBER, NUMBER, st.sampled_from(["", "3", "0", "1e7", "2.5e0", "-0.0", "3."]))


@given(st.lists(st.tuples(DIGITS, DIGITS, DIGITS), min_size=4, max_size=4))
def test_cells_agree_by_their_numbers_where_they_agree_when_looked_at(
    tmp_path_factory: pytest.TempPathFactory,
    evidence: Evidence,
    cells: list[tuple[str, str, str]],
) -> None:
    folder = tmp_path_factory.mktemp("table")
    lines = [",".join((name, *row)) for name, row in zip((*VALUES,), cells, strict=True)]
    (folder / "t.csv").write_text("\n".join(["run,mean,max,count", *lines, ""]), encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(DESCRIPTOR), encoding="utf-8")
    dataset = read(folder, folder)
    bound = evidence.bound_to(dataset)
    found = held(dataset.experiments.values(), bound, intervals=False)
    agreeing, apart, number = found.agreeing, found.apart, found.bound
    looked = tuple(found)
    assert len(looked) == sum(text != "" for row in cells for text in row)
    assert number == sum(item.value is not None for item in looked)
    assert agreeing == sum(item.agrees for item in looked)
    assert apart == tuple(i for i in looked if i.value is not None and not i.agrees)
    assert looked == found[:]


DESCRIPTOR = {
    "resources": [
        {
            "name": "t",
            "path": "t.csv",
            "schema": {
                "fields": [
                    {"name": "run", "type": "string", "role": "factor"},
                    {"name": "mean", "type": "number", "unit": "ms"},
                    {"name": "max", "type": "number", "unit": "s"},
                    {"name": "count", "type": "number", "unit": "samples"},
                ]
            },
            "experiment": {
                "runs": {
                    "path": "{run}",
                    "columns": {
                        name: {"quantity": "latency", "statistic": name}
                        for name in ("mean", "max", "count")
                    },
                }
            },
        }
    ]
}


SETTINGS = '[paper]\ndata = "data"\n[[samples]]\nfiles = "*.csv"\ncolumn = "took"\nunit = "ms"\n\
quantity = "latency"\n'


@pytest.fixture
def ingested(tmp_path: Path) -> Path:
    """A project with three files of samples, two of the same bytes, that was ingested."""
    (tmp_path / "raw").mkdir()
    for name, shift in (("a", 0), ("b", 0), ("c", 5)):
        lines = [str(number * 1.5 + shift) for number in range(40)]
        text = "\n".join(["took", *lines, ""])
        (tmp_path / "raw" / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "sage-write.toml").write_text(SETTINGS, encoding="utf-8")
    cache = {"SAGE_WRITE_CACHE": str(tmp_path / "cache")}
    assert sage_write("ingest", "raw", "-o", "data", cwd=tmp_path, **cache).code == 0
    return tmp_path


def test_files_of_the_same_bytes_are_both_recalled(ingested: Path) -> None:
    cache = {"SAGE_WRITE_CACHE": str(ingested / "cache")}
    done = sage_write("verify", "--runs", "raw", "-f", "json", cwd=ingested, **cache)
    assert (done.code, done.document["recalled"]) == (0, 2)  # two contents of three files
    agree = [cell["agrees"] for cell in done.document["cells"]]
    assert agree == [True] * 27


def test_a_sample_changed_after_ingest_is_found(ingested: Path) -> None:
    file = ingested / "raw" / "b.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("58.5", "59.5"), encoding="utf-8")
    cache = {"SAGE_WRITE_CACHE": str(ingested / "cache")}
    done = sage_write("verify", "--runs", "raw", "-f", "json", cwd=ingested, **cache)
    wrong = {cell["id"] for cell in done.document["cells"] if not cell["agrees"]}
    assert (done.code, done.document["recalled"]) == (1, 2)
    assert {"s/b/latency-max", "s/b/latency-mean"} <= {
        f"s/{'/'.join(w.split('/')[1:])}" for w in wrong
    }
    assert {w.split("/")[1] for w in wrong} == {"b"}


def test_verify_imports_nothing_that_it_does_not_use(ingested: Path) -> None:
    program = (
        "import sys\n"
        "from writer.cli.main import main\n"
        "sys.argv = ['sage-write', 'verify', '--runs', 'raw']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        "heavy = {'duckdb', 'numpy', 'pandas', 'pyarrow', 'scipy', 'rich.progress'}\n"
        "print(code, sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    environment = {"SAGE_WRITE_CACHE": str(ingested / "cache"), "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ingested,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == "0 []\n"
