"""MLflow: a real store that the test fills through MLflow, read from its file and its server."""

from __future__ import annotations

import hashlib
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.program import sage_write
from writer.errors import DataError
from writer.model.run import Run, RunSet
from writer.samples import summarise
from writer.sources import read_runs

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
mlflow = pytest.importorskip("mlflow")
pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

LOSSES = (0.9, 0.5, 0.25, 0.125)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store with three runs: finished, failed with a NaN, deleted."""
    path = tmp_path_factory.mktemp("store") / "mlflow.db"
    client = mlflow.MlflowClient(tracking_uri=f"sqlite:///{path}")
    experiment = client.create_experiment("sweep/a", artifact_location=str(path.parent / "none"))
    good = client.create_run(experiment, run_name="good").info.run_id
    client.log_param(good, "learning_rate", "0.10")
    client.log_param(good, "optimizer", "adam")
    for step, value in reversed(list(enumerate(LOSSES))):
        client.log_metric(good, "loss", value, step=step)
    client.log_metric(good, "p99_latency_ms", 12.5)
    client.set_terminated(good)
    bad = client.create_run(experiment, run_name="bad").info.run_id
    for value in (1.0, float("nan"), 2.0):
        client.log_metric(bad, "loss", value)
    client.set_terminated(bad, status="FAILED")
    client.log_metric(bad, "accuracy", float("inf"))
    client.log_metric(bad, "steps", float("-inf"), step=0)
    client.log_metric(bad, "steps", 3.0, step=1)
    client.delete_run(client.create_run(experiment, run_name="gone").info.run_id)
    return path


@pytest.fixture(scope="module")
def found(store: Path) -> RunSet:
    return read_runs(store.parent)


def named(runs: RunSet, name: str) -> Run:
    (run,) = (run for run in runs.runs if run.name == name)
    return run


def test_each_run_of_the_store_is_one_and_deleted_ones_are_counted(found: RunSet) -> None:
    assert sorted(run.name for run in found.runs) == ["bad", "good"]
    assert {run.group for run in found.runs} == {"mlflow/sweep-a"}
    assert [(item.file, item.reason) for item in found.skipped] == [
        ("mlflow.db", "1 deleted runs left out")
    ]


def test_parameters_are_settings(found: RunSet) -> None:
    settings = named(found, "good").settings
    assert (settings["learning_rate"].value, settings["optimizer"].text) == (0.1, "adam")


def test_a_history_is_samples_in_order_and_its_end_is_reported(found: RunSet) -> None:
    run = named(found, "good")
    (loss,) = run.samples
    assert (loss.quantity, loss.unit, loss.values) == ("loss", "1", LOSSES)
    assert {
        (item.quantity, item.statistic): (item.measurement.value, item.measurement.unit)
        for item in run.reported
        if item.quantity != "duration"
    } == {("loss", "last"): (LOSSES[-1], "1"), ("p99_latency_ms", ""): (12.5, "ms")}
    assert run.problems == ()


def test_a_run_that_failed_says_so(found: RunSet) -> None:
    run = named(found, "bad")
    assert run.observed["status"].text == "FAILED"
    assert {item.quantity: item.values for item in run.samples}["loss"] == (1.0, 2.0)
    messages = [problem.message for problem in run.problems]
    assert any("1 of 3 entries of" in message for message in messages)
    assert any("has the status FAILED" in message for message in messages)


def test_an_infinity_is_no_number_though_mlflow_keeps_one(found: RunSet) -> None:
    run = named(found, "bad")
    assert {item.quantity for item in run.reported} == {"duration", "loss", "steps"}
    assert {item.quantity: item.values for item in run.samples}["steps"] == (3.0,)
    messages = "\n".join(problem.message for problem in run.problems)
    assert "metrics.accuracy' is no finite number: inf" in messages
    assert "1 of 2 entries of" in messages


@pytest.fixture(scope="module")
def nested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as MLflow's own ``start_run(nested=True)`` fills it: two sweeps of two trials."""
    folder = tmp_path_factory.mktemp("nested")
    code = f"""
import mlflow
mlflow.set_tracking_uri("sqlite:///{folder}/mlflow.db")
mlflow.set_experiment("sweep")
for batch in (1, 2):
    with mlflow.start_run(run_name=f"batch-{{batch}}"):
        mlflow.log_param("batch", batch)
        for trial in range(2):
            with mlflow.start_run(run_name=f"trial-{{trial}}", nested=True):
                mlflow.log_param("batch", batch)
                mlflow.log_metric("throughput", 100 * batch + trial)
                for step in range(30):
                    mlflow.log_metric("latency_ms", batch + step / 7, step=step)
        mlflow.log_metric("best", 100 * batch)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=folder, capture_output=True)
    return folder


def test_nested_runs_are_a_group_of_their_own(nested: Path) -> None:
    groups: dict[str, list[str]] = {}
    for run in read_runs(nested).runs:
        groups.setdefault(run.group, []).append(run.name)
    assert groups == {
        "mlflow/sweep": ["batch-1", "batch-2"],
        "mlflow/sweep/nested": [f"batch-{b}.trial-{t}" for b in (1, 2) for t in (0, 1)],
    }


def test_every_command_takes_a_store_with_nested_runs(nested: Path, tmp_path: Path) -> None:
    for line in (
        ("verify", "--runs", nested),
        ("audit", "--fail-on", "never", "--runs", nested),
        ("ingest", nested),
    ):
        run = sage_write(*line, cwd=tmp_path)
        assert (run.code, run.err) == (0, ""), line


def test_runs_that_report_different_values_are_audited(store: Path, tmp_path: Path) -> None:
    run = sage_write("audit", "--fail-on", "never", "--runs", store, cwd=tmp_path)
    assert (run.code, run.err) == (0, "")


def test_the_store_is_not_written_to(store: Path) -> None:
    before = hashlib.sha256(store.read_bytes()).hexdigest()
    found = read_runs(store.parent)
    assert hashlib.sha256(store.read_bytes()).hexdigest() == before == found.files["mlflow.db"]
    assert [path.name for path in store.parent.iterdir()] == ["mlflow.db"]


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE experiments (x)")
        connection.commit()
    before = (tmp_path / "other.db").read_bytes()
    found = read_runs(tmp_path)
    (skipped,) = found.skipped
    assert skipped.reason == "a SQLite database without the tables of an MLflow store"
    assert (tmp_path / "other.db").read_bytes() == before


def test_a_store_of_another_version_is_skipped_with_mlflows_words(
    tmp_path: Path, store: Path
) -> None:
    copy = tmp_path / "mlflow.db"
    copy.write_bytes(store.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'bd07f7e963c5'")
        connection.commit()
    (skipped,) = read_runs(tmp_path).skipped
    assert skipped.reason.startswith("MLflow cannot read it: ")


def test_a_truncated_store_is_skipped(tmp_path: Path, store: Path) -> None:
    (tmp_path / "mlflow.db").write_bytes(store.read_bytes()[:6000])
    (skipped,) = read_runs(tmp_path).skipped
    assert skipped.reason.startswith("not a SQLite database: ")


@pytest.fixture(scope="module")
def server(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real tracking server over a copy of the store."""
    for module in ("flask", "flask_cors", "pandas", "aiohttp"):
        pytest.importorskip(module, reason="MLflow's server does not install here")
    folder = tmp_path_factory.mktemp("server")
    (folder / "mlflow.db").write_bytes(store.read_bytes())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [
        *(sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)),
        *("--backend-store-uri", f"sqlite:///{folder / 'mlflow.db'}", "--workers", "1"),
    ]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
    )
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(120):
        if process.poll() is not None:
            pytest.skip("MLflow's server does not start here")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):  # noqa: S310 - our own
                return
        except OSError:
            time.sleep(0.5)
    pytest.skip("MLflow's server does not answer here")


def test_a_server_gives_the_runs_of_its_store(server: str, found: RunSet) -> None:
    from writer.sources.mlflow_store import read_store

    runs = read_store(server)
    assert [run.id for run in runs.runs] == [run.id.removeprefix("mlflow/") for run in found.runs]
    assert [run.samples[0].values for run in runs.runs] == [
        run.samples[0].values for run in found.runs
    ]
    assert len(summarise(item for run in runs.runs for item in run.samples)) == 3
    assert [item.reason for item in runs.skipped] == ["1 deleted runs left out"]


def test_the_commands_take_a_servers_address(server: str, tmp_path: Path) -> None:
    run = sage_write("ingest", server, "-o", "data", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert "data/datapackage.json: 2 runs in 1 table" in run.out
    assert f"sage-write verify --runs {server}" in run.out
    run = sage_write("verify", "--runs", server, "-f", "json", cwd=tmp_path)
    assert (run.document["root"], run.document["runs"]) == (server, 2)
    assert (run.code, len(run.document["problems"])) == (1, 4)  # of the run that failed


def test_an_address_where_nothing_answers_is_bad_input(tmp_path: Path) -> None:
    run = sage_write("verify", "--runs", "http://127.0.0.1:9/", cwd=tmp_path)
    assert run.code == 2
    assert run.err.startswith("error: http://127.0.0.1:9: MLflow cannot read it: ")
    assert "Traceback" not in run.err


def test_a_server_that_does_not_answer_is_one_error_at_once() -> None:
    from writer.sources.mlflow_store import read_store

    with pytest.raises(DataError) as caught:
        read_store("http://127.0.0.1:9")
    assert caught.value.expected == "an MLflow tracking server"
