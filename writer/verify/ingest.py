"""Write raw runs as a dataset: tidy CSV or Parquet tables and the descriptor that ``read`` takes.

The tables get names that hold the hash of their content, and the descriptor is
renamed into place last: whoever reads, or whenever this is killed, the dataset is
the old one or the new one, whole.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from writer import __version__
from writer.dataset import Dataset
from writer.errors import DataError
from writer.files import sha256, write_atomic
from writer.model.cells import cells_of
from writer.model.experiment import Column, Experiment, Level, Row
from writer.model.measurement import Grade, slug
from writer.sources._folder import MAKER
from writer.verify.describe import Described
from writer.verify.evidence import Evidence
from writer.verify.recompute import Recomputed, Status
from writer.verify.table_format import TableFormat

DESCRIPTOR = "datapackage.json"

_TABLE = re.compile(r"[^.].*-[0-9a-f]{12}\.(csv|parquet)")
_UNFINISHED = re.compile(r"\.(.+-[0-9a-f]{12}\.(csv|parquet)|datapackage\.json)\.[a-z0-9_]{8}")
"""Temporary names of :func:`writer.files.write_atomic`, of this command's files."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What was written: the descriptor, the tables, and how many runs they hold."""

    descriptor: Path
    tables: tuple[Path, ...]
    runs: int


def ingest(
    dataset: Dataset, evidence: Evidence, folder: Path, form: TableFormat = TableFormat.CSV
) -> Ingested:
    """Write ``dataset`` (one table per group of runs) and a table of all runs to ``folder``.

    Raises:
        ToolError: Parquet needs DuckDB, and it is not installed.
        DataError: the folder holds a descriptor that ``ingest`` did not write.
        PathError: the folder cannot be written.
    """
    _own(folder / DESCRIPTOR)
    if not any(run.reported for run in evidence.runs.runs):
        raise DataError(
            "these runs report no values and hold no samples",
            file=evidence.runs.root,
            expected="results with a summary or with samples",
            hint="'sage-write ingest --formats' lists what is read",
        )
    resources: list[dict[str, Any]] = []
    written: list[Path] = []

    def table(name: str, rows: list[list[str]], fields: list[dict[str, Any]]) -> dict[str, Any]:
        data = _encoded(rows, fields, form)
        path = folder / f"{slug(name)}-{sha256(data)[:12]}.{form}"
        write_atomic(path, data)
        written.append(path)
        return {"path": path.name, **form.properties, "schema": {"fields": fields}}

    for experiment in dataset.experiments.values():
        fields = [_field(experiment, column) for column in experiment.columns]
        held = table(experiment.name, _rows(experiment), fields)
        resources.append(_resource(experiment, held))
    runs = _run_rows(evidence)
    resources.append(_runs_resource(table("runs", runs, list(_run_fields(runs[0])))))
    document = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug(folder.name),
        "title": f"Runs of {evidence.runs.root}",
        "sources": [{"title": MAKER, "version": __version__}],
        "resources": resources,
    }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    write_atomic(folder / DESCRIPTOR, text)
    _remove_old(folder, written)
    return Ingested(folder / DESCRIPTOR, tuple(written), len(evidence.runs.runs))


def _own(path: Path) -> None:
    """Refuse to replace a descriptor that somebody else wrote."""
    if not path.exists():
        return
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        makers = [source.get("title") for source in document.get("sources", [])]
    except (OSError, ValueError, AttributeError, TypeError):
        makers = []
    if MAKER not in makers:
        raise DataError(
            "there is a dataset here that 'ingest' did not write",
            file=str(path),
            hint="name another folder with -o",
        )


def _remove_old(folder: Path, written: list[Path]) -> None:
    """Tables of earlier runs of ``ingest``, whose names end with a hash, and what it left
    unfinished when it was killed."""
    for path in folder.iterdir():
        old = _TABLE.fullmatch(path.name) and path not in written
        if old or _UNFINISHED.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _encoded(rows: list[list[str]], fields: list[dict[str, Any]], form: TableFormat) -> bytes:
    if form is TableFormat.PARQUET:
        from writer.sources._parquet_table import encode

        return encode(rows, frozenset(f["name"] for f in fields if f["type"] == "number"))
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def _rows(experiment: Experiment) -> list[list[str]]:
    """The names of the columns, then the cells."""
    columns = experiment.columns
    rows = [[column.name for column in columns]]
    names = [column.name for column in columns]
    for row in experiment.rows:
        cells = cells_of(row.cells)
        rows.append([cells.text(n) if n in cells else _level(row, n) for n in names])
    return rows


def _level(row: Row, name: str) -> str:
    level = row.levels.get(name) or row.settings.get(name)
    return "" if level is None else level.text


def _resource(experiment: Experiment, table: dict[str, Any]) -> dict[str, Any]:
    mapping = experiment.runs
    info: dict[str, Any] = {
        "measured_by": experiment.measured_by or MAKER,
        "settings": {key: _fact(level) for key, level in experiment.settings.items()},
    }
    if experiment.trials is not None:
        info["trials"] = int(experiment.trials.number)
    if experiment.tasks is not None:
        info["tasks"] = experiment.tasks
    if mapping is not None:
        info["runs"] = {
            "rows": dict(mapping.rows),
            "columns": {
                name: {
                    "quantity": source.quantity,
                    "statistic": source.statistic,
                    "over": source.over,
                }
                for name, source in mapping.columns.items()
            },
        }
    return {
        "name": slug(experiment.name),
        "type": "table",
        "title": experiment.title,
        **table,
        "experiment": info,
    }


def _fact(level: Level | None) -> Any:
    if level is None:
        return None
    if level.measurement is None:
        return level.text
    value = level.value or 0.0
    return {
        "value": int(value) if float(value).is_integer() else value,
        "unit": level.measurement.unit,
        "title": level.measurement.title,
    }


def _field(experiment: Experiment, column: Column) -> dict[str, Any]:
    numeric = column.role == "measurement" or all(
        level.measurement is not None
        for row in experiment.rows
        if (level := row.levels.get(column.name) or row.settings.get(column.name))
    )
    found: dict[str, Any] = {
        "name": column.name,
        "type": "number" if numeric else "string",
        "role": column.role,
        "title": column.title,
    }
    if column.unit:
        found["unit"] = column.unit
    if column.better:
        found["better"] = column.better
    if column.role == "measurement":
        found["measure"] = column.measure
        if column.statistic:
            found["statistic"] = "sd" if column.statistic == "std" else column.statistic
    return found


_RUN_COLUMNS = (
    *("run", "group", "file", "sha256", "reader", "tool", "started", "quantity", "statistic"),
    *("value", "unit", "recomputed", "status", "method", "samples"),
)


def _run_rows(evidence: Evidence) -> list[list[str]]:
    """Tidy: one line per reported value, with its run and its file's hash."""
    rows = [list(_RUN_COLUMNS)]
    for run in evidence.runs.runs:
        head = [run.id, run.group, run.file, run.sha256, run.reader, run.tool, run.started]
        rows += ([*head, *line] for line in _value_lines(evidence.recomputed[run.id]))
    return rows


def _value_lines(values: Sequence[Recomputed]) -> Iterator[tuple[str, ...]]:
    """The columns of each value from ``quantity`` on."""
    if isinstance(values, Described):
        for item, number, count in zip(
            values.statistics(), values.numbers(), values.counts(), strict=True
        ):
            yield (
                *(item.quantity, item.name, "", item.unit, repr(number)),
                *(str(Status.RAW), item.method, str(count)),
            )
        return
    for found in values:
        value, measured = found.corrected, found.measurement
        yield (
            *(found.reported.quantity, found.reported.statistic),
            *("" if measured.grade is Grade.RAW else measured.text, measured.unit),
            *("" if value is None else repr(value), str(found.status)),
            *(found.method, str(found.count)),
        )


_RUN_NUMBERS = frozenset(("value", "recomputed", "samples"))


def _runs_resource(table: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "runs",
        "type": "table",
        "role": "runs",
        "title": "Every value that the runs report, and what was recomputed",
        **table,
    }


def _run_fields(columns: list[str]) -> Iterator[dict[str, str]]:
    for name in columns:
        yield {"name": name, "type": "number" if name in _RUN_NUMBERS else "string"}
