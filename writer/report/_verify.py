"""The report of a verification: what was recomputed, and what does not follow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from writer.model.number import digits
from writer.model.run import RunSet
from writer.model.unit import counted
from writer.report._report import Report, View
from writer.verify.held import Borne, Held
from writer.verify.lock import Changes
from writer.verify.methods import DEFINED, Methods, methods_of
from writer.verify.recompute import Recomputed, Status, percentile_of

_MOST = 8
"""Rows shown to people; the JSON has them all."""


def verify_report(
    runs: RunSet,
    values: tuple[Recomputed, ...],
    cells: Held,
    changes: Changes,
    recalled: int = 0,
) -> Report:
    """Counts first, then what does not follow, then what changed.

    Args:
        runs: all that were read.
        values: what they report, recomputed.
        cells: of the tables, held against the runs.
        changes: of files since they were locked.
        recalled: columns of samples that were summarised before, from the same bytes.
    """
    status = Counter(item.status for item in values)
    return Report(
        command="verify",
        document=_Document(
            lambda: {
                "root": runs.root,
                "runs": len(runs.runs),
                "skipped": [{"file": item.file, "reason": item.reason} for item in runs.skipped],
                "problems": [
                    {"file": item.file, "line": item.line, "message": item.message}
                    for item in runs.problems()
                ],
                "recalled": recalled,
                "percentiles": _methods(methods_of(values)),
                "status": {str(name): status[name] for name in Status},
                "values": [_value(item) for item in values],
                "cells": [_cell(item) for item in cells],
                "lock": {
                    "locked": changes.locked,
                    "changed": list(changes.changed),
                    "missing": list(changes.missing),
                    "new": list(changes.new),
                },
            }
        ),
        summary=(
            f"{runs.root}: {counted(len(runs.runs), 'runs')}, "
            f"{counted(len(runs.skipped), 'files')} skipped, "
            f"{counted(len(runs.problems()), 'problems')}",
            f"{counted(len(values), 'reported values')}"
            + (": " if values else "")
            + ", ".join(f"{status[name]} {name}" for name in Status if status[name]),
            *_percentiles(methods_of(values)),
            *((_cells_line(cells.agreeing, cells.bound, len(cells)),) if cells else ()),
            *(
                (
                    f"{counted(recalled, 'columns of samples')} hashed and found summarised "
                    "before; --fresh reads them again",
                )
                if recalled
                else ()
            ),
            _lock_line(changes),
        ),
        views=tuple(_views(runs, values, cells, changes)),
        next_step="sage-write audit --runs PATH says what it means for the tables"
        if runs.runs
        else "sage-write verify --runs PATH, with the folder of your raw results",
    )


class _Document(Mapping[str, Any]):
    """The JSON body, made when it is asked for: it has every value and cell."""

    def __init__(self, make: Callable[[], Mapping[str, Any]]) -> None:
        self._make = make

    @cached_property
    def _body(self) -> Mapping[str, Any]:
        return self._make()

    def __getitem__(self, name: str) -> Any:
        return self._body[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._body)

    def __len__(self) -> int:
        return len(self._body)


def _cells_line(agree: int, bound: int, cells: int) -> str:
    if not bound:
        return f"none of the {counted(cells, 'cells')} of the tables has runs here"
    return (
        f"{agree} of {counted(bound, 'cells')} of the tables follow from the runs; "
        f"{cells - bound} have no runs"
    )


def _percentiles(methods: Methods) -> Iterator[str]:
    """By which method the reported percentiles follow from their samples."""
    if not methods.count:
        return
    parts = [
        f"{count} by the method '{name}'"
        + (f" (as well as by {', '.join(map(repr, also))})" if also else "")
        for name, count in methods.matched.items()
        for also in (methods.also[name],)
    ]
    if methods.none:
        parts.append(f"{methods.none} by no method")
    if methods.unjudged:
        parts.append(f"{methods.unjudged} not recomputed")
    yield f"{counted(methods.count, 'percentiles')}: {', '.join(parts)}"
    named = [*methods.matched, *(name for also in methods.also.values() for name in also)]
    defined = [f"'{name}' is {text}" for name, text in DEFINED.items() if name in named]
    if defined:
        yield "; ".join(defined)


def _methods(methods: Methods) -> dict[str, Any]:
    return {
        "count": methods.count,
        "matched": dict(methods.matched),
        "also": {name: list(also) for name, also in methods.also.items()},
        "no_method": methods.none,
        "not_recomputed": methods.unjudged,
    }


def _lock_line(changes: Changes) -> str:
    if not changes.locked:
        return "no sage-write.lock yet: --lock records the hashes of all files"
    if not changes.any:
        return "every file is as sage-write.lock has it"
    return (
        f"against sage-write.lock: {len(changes.changed)} changed, "
        f"{len(changes.missing)} missing, {len(changes.new)} new"
    )


def _views(
    runs: RunSet, values: tuple[Recomputed, ...], cells: Held, changes: Changes
) -> list[View]:
    found = [
        _view("Does not follow from its samples", ("run", "value", "stated", "gives", "by"), [
            (
                *(item.run, _what(item), _number(item.measurement.value)),
                *(_number(item.corrected), _method(item)),
            )
            for item in values
            if item.status is Status.MISMATCH
        ]),
        _view(
            "In another unit than declared",
            ("run", "values", "stated", "gives", "percentiles by"),
            list(_units(values)),
        ),
        _view("Cells that the runs do not bear out", ("cell", "printed", "runs give"), [
            (item.cell.id, item.cell.text, digits(item.value) if item.value else item.reason)
            for item in cells.apart
        ]),
        _view("Problems", ("file", "what"), [
            (item.file, item.message) for item in runs.problems()
        ]),
        _view("Skipped", ("file", "why"), [
            (item.file, item.reason) for item in runs.skipped if not item.wrong
        ]),
        _view("Changed since locked", ("file", "what"), [
            *((name, "changed") for name in changes.changed),
            *((name, "missing") for name in changes.missing),
            *((name, "new") for name in changes.new),
        ]),
    ]  # fmt: skip
    return [view for view in found if view.rows]


def _view(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> View:
    shown = rows[:_MOST]
    if len(rows) > len(shown):
        more = f"and {len(rows) - len(shown)} more (--format json lists all)"
        shown.append((more, *("" for _ in columns[1:])))
    return View(title, columns, tuple(shown))


def _what(item: Recomputed) -> str:
    return f"{item.reported.statistic} {item.reported.quantity}".strip()


def _units(values: tuple[Recomputed, ...]) -> Iterator[tuple[str, ...]]:
    """One line per run and quantity, with the numbers of the first statistic."""
    groups: dict[tuple[str, str], list[Recomputed]] = defaultdict(list)
    for item in values:
        if item.status is Status.UNIT:
            groups[item.run, item.reported.quantity].append(item)
    for (run, quantity), items in groups.items():
        names = ", ".join(item.reported.statistic for item in items)
        yield (
            *(run, f"{names} {quantity}", _number(items[0].measurement.value)),
            *(_number(items[0].value), ", ".join(methods_of(items).matched)),
        )


def _method(item: Recomputed) -> str:
    """How it was recomputed; no percentile method gives what does not follow."""
    share = percentile_of(item.reported.statistic)
    if share is not None and not item.matches:
        return "no method; linear shown"
    return item.method


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _value(item: Recomputed) -> dict[str, Any]:
    place = item.measurement.provenance
    return {
        "run": item.run,
        "quantity": item.reported.quantity,
        "statistic": item.reported.statistic,
        "unit": item.measurement.unit,
        "reported": item.measurement.value,
        "recomputed": item.corrected,
        "difference": item.difference,
        "status": str(item.status),
        "method": item.method,
        "scale": item.scale,
        "samples": item.count,
        "grade": "raw" if item.status in (Status.RAW, Status.UNIT) else "measured",
        "file": None if place is None else place.file,
        "sha256": None if place is None else place.sha256,
        "key": None if place is None else place.column,
    }


def _cell(item: Borne) -> dict[str, Any]:
    return {
        "id": item.cell.id,
        "printed": item.cell.value,
        "unit": item.cell.unit,
        "recomputed": None if item.value is None else item.value.value,
        "interval": None
        if item.value is None or item.value.interval is None
        else [item.value.interval.lo, item.value.interval.hi],
        "agrees": item.agrees,
        "how": item.reason,
        "runs": item.runs,
        "samples": item.samples,
    }
