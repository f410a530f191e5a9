"""Runs of an MLflow tracking store: a SQLite file, or a server's address.

Format: MLflow's own client (https://mlflow.org/docs/latest/api_reference), the extra
``mlflow``, imported where it is used. A SQLite file is copied first, since MLflow
writes to a database that it opens. A metric that was logged once is a reported value;
one that was logged more often is samples, and its last value is reported. MLflow
keeps an infinity as the largest float, which here is no finite number. It
records no units: a name that ends like ``_ms`` gives one, any other value has unit 1.
Nested runs are a group of their own beside those that they are nested in.
"""

from __future__ import annotations

import math
import os
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writer.errors import DataError
from writer.model.experiment import Level
from writer.model.run import Reported, Run, RunSet, Samples, Skipped
from writer.sources._notes import Notes
from writer.sources._run_source import (
    Input,
    Reading,
    Recorder,
    RunSource,
    Unreadable,
    file_sha256,
    head,
)

if TYPE_CHECKING:
    import mlflow.entities
    from mlflow import MlflowClient

_NAME = "mlflow"
_MAGIC = b"SQLite format 3\0"
_ENDINGS = (".db", ".sqlite", ".sqlite3")
_TABLES = {"experiments", "runs", "metrics", "params"}
_UNITS = (
    ("ms", ("_ms", "_millis", "_milliseconds")),
    ("us", ("_us", "_microseconds")),
    ("ns", ("_ns", "_nanoseconds")),
    ("s", ("_sec", "_secs", "_seconds")),
    ("MB", ("_megabytes",)),
    ("%", ("_percent", "_percentage")),
)
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?(e-?\d{1,2})?")
_PARENT = "mlflow.parentRunId"
_PAGE = 1000
_TIMEOUT = 20.0


def _claims(item: Input) -> bool:
    return item.path.name.endswith(_ENDINGS) and head(item.path, len(_MAGIC)) == _MAGIC


def _companion(item: Input) -> bool:
    """SQLite's log of changes beside a database."""
    name = item.path.name
    return name.endswith(tuple(end + log for end in _ENDINGS for log in ("-wal", "-shm")))


def _read(item: Input) -> Reading:
    used = {item.shown: file_sha256(item.path)}
    for log in ("-wal", "-shm"):
        beside = item.path.with_name(item.path.name + log)
        if beside.is_file():
            used[item.shown + log] = file_sha256(beside)
    with _copy(item.path) as copy:
        runs, deleted = _store(f"sqlite:///{copy}", item, used[item.shown])
    left = f"{deleted} deleted runs left out" if deleted else ""
    return Reading(tuple(runs), used, left or ("" if runs else "a store without runs"))


def read_store(address: str) -> RunSet:
    """Every run of the tracking server at ``address``, e.g. ``http://localhost:5000``.

    Raises:
        DataError: MLflow is not installed, or the server does not answer as one.
    """
    item = Input(Path(), address)
    try:
        runs, deleted = _store(address, item, "")
    except Unreadable as error:
        raise DataError(str(error), file=address, expected="an MLflow tracking server") from error
    left = (Skipped(address, f"{deleted} deleted runs left out"),) if deleted else ()
    return RunSet(address, tuple(sorted(runs, key=lambda run: run.id)), left, {})


@contextmanager
def _copy(path: Path) -> Iterator[Path]:
    """A copy of a database with what its log holds, if it is one of MLflow's."""
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as given,
        ):
            found = given.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if not {row[0] for row in found} >= _TABLES:
                raise Unreadable("a SQLite database without the tables of an MLflow store")
            copy = Path(folder) / "store.db"
            with closing(sqlite3.connect(copy)) as target:
                given.backup(target)
            yield copy
    except sqlite3.Error as error:
        raise Unreadable(f"not a SQLite database: {error}") from error


def _store(address: str, item: Input, digest: str) -> tuple[list[Run], int]:
    """The active runs of all experiments, and how many were deleted."""
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")  # reading is nobody's business
    try:
        from mlflow import MlflowClient
        from mlflow.entities import ViewType
        from mlflow.exceptions import MlflowException
    except ImportError as error:
        raise Unreadable("needs MLflow: pip install 'sage-write[mlflow]'") from error
    import requests

    try:
        if address.startswith("http"):
            requests.get(address, timeout=_TIMEOUT)  # MLflow would try again for minutes
        client = MlflowClient(tracking_uri=address)
        experiments = {
            one.experiment_id: one.name
            for one in _pages(client.search_experiments, view_type=ViewType.ALL)
        }
        found = {"experiment_ids": list(experiments)}
        active = list(_pages(client.search_runs, **found, run_view_type=ViewType.ACTIVE_ONLY))
        deleted = _pages(client.search_runs, **found, run_view_type=ViewType.DELETED_ONLY)
        names = {run.info.run_id: run.info.run_name or run.info.run_id for run in active}
        runs = [
            _run(client, item, digest, run, experiments[run.info.experiment_id], names)
            for run in active
        ]
        return runs, sum(1 for _ in deleted)
    except (MlflowException, requests.RequestException, ImportError) as error:
        reason = str(error).strip().splitlines()[0][:300] if str(error).strip() else repr(error)
        raise Unreadable(f"MLflow cannot read it: {reason}") from error


def _pages(search: Any, **arguments: Any) -> Iterator[Any]:
    """Every result of a search that comes in pages."""
    token: str | None = None
    while True:
        page = search(**arguments, max_results=_PAGE, page_token=token)
        yield from page
        token = page.token
        if not token:
            return


def _run(
    client: MlflowClient,
    item: Input,
    digest: str,
    run: mlflow.entities.Run,
    experiment: str,
    names: Mapping[str, str],
) -> Run:
    info, data = run.info, run.data
    stem = re.sub(r"\.\w+$", "", item.shown) if digest else ""
    group = "/".join(filter(None, (stem, _step(experiment))))
    name = names[info.run_id]
    parent = data.tags.get(_PARENT)
    if parent:
        group += "/nested"
        name = f"{names.get(parent, parent[:8])}.{name}"
    notes = Notes(
        item, Recorder(f"{group}/{_step(name)}-{info.run_id[:8]}", item.shown, digest, _NAME)
    )
    reported, samples = _metrics(client, run, notes)
    if info.status != "FINISHED":
        told = f"run '{name}' ({info.run_id[:8]}) has the status {info.status}"
        notes.add(told, "runs that did not finish")
    return Run(
        id=notes.recorder.run,
        group=group,
        name=name,
        file=item.shown,
        sha256=digest,
        reader=_NAME,
        settings=_settings(data.params, info.run_id, notes.recorder),
        observed={"status": Level("status", info.status, None)},
        shares={},
        reported=tuple(reported),
        samples=tuple(samples),
        extra={key: str(value)[:2000] for key, value in sorted(data.tags.items())}
        | {"run_id": info.run_id},
        problems=tuple(notes.problems),
        tool="MLflow",
        started="" if info.start_time is None else f"{info.start_time / 1000}",
    )


def _step(name: str) -> str:
    """A name as one step of a path."""
    return name.replace("/", "-").strip() or "unnamed"


def _settings(params: Mapping[str, str], run_id: str, recorder: Recorder) -> dict[str, Level]:
    """The parameters, which MLflow keeps as text; plain numbers become numbers."""
    return {
        key: recorder.level(
            key, float(text) if _NUMBER.fullmatch(text) else text, f"{run_id}.params.{key}"
        )
        for key, text in sorted(params.items())
    }


def _metrics(
    client: MlflowClient, run: mlflow.entities.Run, notes: Notes
) -> tuple[list[Reported], list[Samples]]:
    info = run.info
    reported: list[Reported] = []
    samples: list[Samples] = []
    if info.end_time is not None and info.start_time is not None:
        seconds = (info.end_time - info.start_time) / 1000
        reported += notes.reported("duration", "", seconds, "s", f"{info.run_id}.end_time")
    for key in sorted(run.data.metrics):
        place, unit = f"{info.run_id}.metrics.{key}", _unit(key)
        history = client.get_metric_history(info.run_id, key)
        values = _in_order(history)
        several = len(values) > 1
        reported += notes.reported(
            key, "last" if several else "", _value(run.data.metrics[key]), unit, place
        )
        if several:
            samples += notes.column(key, unit, values, place, "one logged value")
    return reported, samples


def _in_order(history: Sequence[mlflow.entities.Metric]) -> list[float]:
    ordered = sorted(history, key=lambda item: (item.step, item.timestamp))
    return [_value(item.value) for item in ordered]


def _value(logged: float) -> float:
    """As it was logged: MLflow's databases keep an infinity as the largest float."""
    return math.copysign(math.inf, logged) if abs(logged) >= sys.float_info.max else logged


def _unit(name: str) -> str:
    """The unit that a metric's name ends with; 1 without one."""
    return next((unit for unit, ends in _UNITS if name.lower().endswith(ends)), "1")


SOURCE = RunSource(
    name=_NAME,
    expects="MLflow: a tracking store in SQLite (mlflow.db), or a server's http address",
    claims=_claims,
    companion=_companion,
    read=_read,
    read_address=read_store,
)
