"""Work through joblib: in this process, in threads and processes, on Ray and on Dask."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.program import sage_write
from tests.cli.test_runs import SAMPLES, write_run
from writer.errors import ToolError
from writer.fanout import Backend, How, cluster, fan_out

CLUSTERS = [
    pytest.param(backend, marks=getattr(pytest.mark, str(backend)))
    for backend in Backend
    if backend is not Backend.LOCAL
]


def need(backend: Backend) -> None:
    """Skip where the backend's package is missing; ``SAGE_WRITE_REQUIRE`` forbids it."""
    package = {"ray": "ray", "dask": "distributed"}[backend]
    pytest.importorskip(package, reason=f"{package} is not installed")


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("how", How)
def test_results_come_in_the_order_of_the_items(how: How) -> None:
    assert fan_out(square, range(20), how=how) == [n * n for n in range(20)]


def test_an_error_of_the_work_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        fan_out(lambda number: 1 // number, [2, 1, 0])


@pytest.mark.ray
def test_what_ray_says_of_its_workers_is_no_output(capfd: pytest.CaptureFixture[str]) -> None:
    with cluster(Backend.RAY):
        sys.stdout.write("(raylet) A worker died\n")  # as Ray does, from a thread of its own
    assert capfd.readouterr() == ("", "(raylet) A worker died\n")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Runs of two formats: three SAGE results, and eight files of samples."""
    raw = tmp_path / "raw"
    for number in range(3):
        write_run(raw / f"s{number}_metrics.json", [value * (number + 1) for value in SAMPLES])
    for number in range(8):
        lines = [f"{value / 7 + number!r}" for value in SAMPLES]
        (raw / f"g{number}.csv").write_text("\n".join(["took", *lines, ""]), encoding="utf-8")
    (tmp_path / "sage-write.toml").write_text(
        '[paper]\ndata = "data"\n[[samples]]\nfiles = "g*.csv"\ncolumn = "took"\nunit = "ms"\n'
        'quantity = "latency"\n',
        encoding="utf-8",
    )
    assert sage_write("ingest", "raw", "-o", "data", cwd=tmp_path).code == 0
    return tmp_path


@pytest.mark.parametrize("backend", CLUSTERS)
def test_ingest_and_verify_are_the_same_on_every_backend(project: Path, backend: Backend) -> None:
    need(backend)
    names = sorted(path.name for path in (project / "data").iterdir())
    local = sage_write("verify", "--runs", "raw", "-f", "json", cwd=project)
    assert local.code == 0
    assert len(local.document["cells"]) > 0
    other = sage_write(
        *("verify", "--runs", "raw", "--backend", backend, "-f", "json"), cwd=project
    )
    assert (other.code, other.document) == (0, local.document)
    again = sage_write("ingest", "raw", "-o", "data", "--backend", backend, cwd=project)
    assert again.code == 0
    # the names hold the hashes of the contents
    assert sorted(path.name for path in (project / "data").iterdir()) == names


@pytest.mark.parametrize("backend", CLUSTERS)
def test_a_cluster_that_does_not_answer_is_an_error(project: Path, backend: Backend) -> None:
    need(backend)
    address = {"RAY_ADDRESS": "127.0.0.1:9", "DASK_SCHEDULER_ADDRESS": "tcp://127.0.0.1:9"}
    run = sage_write("verify", "--runs", "raw", "--backend", backend, cwd=project, **address)
    assert run.code == 2
    assert f"--backend {backend}: no cluster answers" in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize("backend", ["ray", "dask"])
def test_a_missing_package_is_an_error_that_names_the_extra(
    project: Path, tmp_path: Path, backend: str
) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    name = {"ray": "ray", "dask": "distributed"}[backend]
    (hidden / f"{name}.py").write_text("raise ImportError('hidden')", encoding="utf-8")
    root = Path(__file__).resolve().parent.parent
    run = sage_write(
        *("audit", "--runs", "raw", "--backend", backend),
        cwd=project,
        PYTHONPATH=f"{hidden}:{root}",
    )
    assert run.code == 2
    assert f"pip install 'sage-write[{backend}]'" in run.err


@pytest.mark.parametrize("command", ["verify", "audit", "section", "trace 1", "ingest raw"])
def test_an_unknown_backend_is_an_error(project: Path, command: str) -> None:
    run = sage_write(*command.split(), "--backend", "slurm", cwd=project)
    assert run.code == 2
    assert "slurm" in run.err
    assert all(name in run.err for name in Backend)


def test_missing_joblib_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "joblib", None)
    with pytest.raises(ToolError, match="needs joblib"):
        fan_out(square, [1, 2], Backend.RAY)


def test_results_read_in_processes_are_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from writer.sources import _folder, read_runs

    one = read_runs(project / "raw")
    monkeypatch.setattr(_folder, "HEAVY", 1)
    assert read_runs(project / "raw") == one
    assert json.dumps(dict(one.files))
