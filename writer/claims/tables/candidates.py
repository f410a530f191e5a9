"""Values of a paper's tables that a quantity may be, each with how well its words bind it.

Everything is an array: the score of a candidate is the sum of a score of its table, of
its row and of its column, so that all cells, and all pairs of cells of one line, are
scored at once.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from writer.claims.tables.context import Asked
from writer.claims.tables.grid import Evidence, Grid, Line, Scores
from writer.claims.tables.values import form_of, scale_of, values

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAX_PAIRED = 60
"""Lines of a table that are compared with one another; of longer tables the best bound."""

REFERRED = 2.5
"""What a table gains that the sentence refers to."""

OURS = 0.9
"""What a line gains that is the paper's own, where the sentence speaks of that."""

COUNT_COLUMN = 0.8
"""What a line of bare whole numbers loses for a claim in per cent."""

BESIDE = 2.5
"""What a pair of cells gains that both stand in the same sentence as numbers."""

RATIO_CELL = 1.2
"""What a cell gains that is itself printed as a ratio, for a claim that is one."""

COARSER = 2.1
"""A cell whose digits leave more than so many times the claim's interval open does not
give the claim: a text may round its table, and not the reverse."""

NAMED_BASE = 0.35
"""Least score at which a phrase behind "than" names a line."""


@dataclass(frozen=True, eq=False)
class Chunk:
    """Candidates of one kind from one grid.

    Attributes:
        grid: the table, turned where columns are compared.
        kind: name of the formula, see :mod:`writer.claims.tables.formulas`.
        score, lo, hi: arrays of one shape: (rows, columns) for cells, (new row, base row,
            column) for pairs, (row, group) and (new, base, group) for aggregates.
        groups: the columns that each group holds; empty for cells and pairs.
        aggregate: ``mean``, ``max``, ``min``, ``sum`` or the empty string.
    """

    grid: Grid
    kind: str
    score: Floats
    lo: Floats
    hi: Floats
    groups: tuple[tuple[int, ...], ...] = ()
    aggregate: str = ""
    lines: tuple[int, ...] = ()


def chunks(asked: Asked, evidence: Evidence) -> Iterator[Chunk]:
    """Every candidate for a quantity, in chunks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # NaN stands for no number throughout
        subject = evidence.met(asked.subject)
        base = evidence.met(asked.base) if asked.base is not None else None
        for index, grid in enumerate(evidence.grids):
            scores = evidence.scores(index, subject, base)
            referred = bool(asked.labels & set(grid.table.labels))
            scores = Scores(
                scores.table + (REFERRED if referred else 0.0),
                scores.rows,
                scores.columns,
                scores.base_rows,
                scores.base_columns,
            )
            yield from _of_grid(asked, grid, scores)


def _of_grid(asked: Asked, grid: Grid, scores: Scores) -> Iterator[Chunk]:
    lo, hi, cost = _converted(asked, grid)
    beside = _beside(asked, grid)
    yield from _direct(asked, grid, scores, lo, hi, cost)
    yield from _paired(asked, grid, scores, beside)
    yield from _paired(asked, grid.turned, scores.turned, beside.T)


def _beside(asked: Asked, grid: Grid) -> Floats:
    """1 for cells that another number of the sentence states."""
    import numpy as np

    found = np.zeros(grid.lo.shape)
    for item in asked.beside:
        low, high = item.interval.lo, item.interval.hi
        overlap = np.minimum(grid.hi, high) - np.maximum(grid.lo, low)
        wide = grid.hi - grid.lo
        width = np.minimum(wide, high - low)
        as_precise = wide <= COARSER * (high - low)
        found = np.maximum(found, np.where(as_precise & (overlap > 1e-6 * width), 1.0, 0.0))
    return np.asarray(found)


_READINGS = {
    ("ratio", True): 1.0,
    ("ratio", False): 1.0,
    ("percent", True): 1.0,
    ("percent", False): 0.0,
    ("points", True): 1.0,
    ("points", False): 0.8,
    ("plain", True): 0.8,
    ("plain", False): 0.0,
}
"""What a cell itself costs, by the quantity's form and whether it is a change."""

_DERIVED = {
    ("ratio", True): 0.0,
    ("ratio", False): 0.0,
    ("percent", True): 0.0,
    ("percent", False): 1.3,
    ("points", True): 0.0,
    ("points", False): 0.0,
    ("plain", True): 0.0,
    ("plain", False): 1.6,
}
"""The same for a value derived from two cells."""


_STATED = (
    "improvement",
    "gain",
    "reduction",
    "speedup",
    "saving",
    "decrease",
    "increase",
    "δ",
    "delta",
    "diff",
    "difference",
    "overhead",
    "drop",
    "change",
    "ratio",
    "relative",
    "rel",
)


def _converted(asked: Asked, grid: Grid) -> tuple[Floats, Floats, Floats]:
    """Bounds in the claim's unit, NaN where no conversion fits, and what that costs."""
    import numpy as np

    symbols = [cell.unit for cell in grid.table.cells] or [""]
    known = {symbol: scale_of(symbol, asked) for symbol in set(symbols)}
    scale = np.array([known[symbol][0] for symbol in symbols])
    price = np.array([known[symbol][1] for symbol in symbols])
    taken = np.where(grid.cells >= 0, grid.cells, 0)
    factors = scale[taken]
    return grid.lo * factors, grid.hi * factors, price[taken]


def _direct(
    asked: Asked, grid: Grid, scores: Scores, lo: Floats, hi: Floats, cost: Floats
) -> Iterator[Chunk]:
    import numpy as np

    key = (form_of(asked), asked.compared)
    price = _READINGS[key]
    own = 0.5 * OURS * asked.ours
    if asked.quantity.form == "ratio":
        symbols = np.array([cell.unit == "x" for cell in grid.table.cells] or [False])
        cost = cost - RATIO_CELL * symbols[np.where(grid.cells >= 0, grid.cells, 0)]
    rows = scores.rows + own * np.array([line.ours for line in grid.rows])
    columns = scores.columns + own * np.array([line.ours for line in grid.columns])
    stated = (
        np.array([_is_stated(line) for line in grid.columns])[None, :]
        | np.array([_is_stated(line) for line in grid.rows])[:, None]
    )
    discount = np.where(stated, price, 0.0) if price else 0.0
    score = scores.table + rows[:, None] + columns[None, :] - cost - price + discount
    bare = asked.quantity.form == "percent"
    if bare:
        score = score - COUNT_COLUMN * _counts(grid)
    aggregate = asked.aggregate
    yield Chunk(grid, "cell", score - (0.6 if aggregate == "mean" else 0.0), lo, hi)
    if bare:
        fraction = (grid.lo >= -1) & (grid.hi <= 1.001)
        if fraction.any():
            scaled = np.where(fraction, 100.0, np.nan)
            yield Chunk(grid, "cell*100", score - 0.1, grid.lo * scaled, grid.hi * scaled)
    if asked.compared:
        return
    for turned, low, high, line, across in (
        (grid, lo, hi, rows, columns),
        (grid.turned, lo.T, hi.T, columns, rows),
    ):
        yield from _aggregated(asked, turned, scores.table - price, low, high, line, across)


def _counts(grid: Grid) -> Floats:
    """1 for cells of columns and rows of bare whole numbers: counts, no percentages."""
    import numpy as np

    whole = np.array(
        [cell.unit == "" and not any(c in cell.text for c in ".,%") for cell in grid.table.cells]
        or [False]
    )[np.where(grid.cells >= 0, grid.cells, 0)]
    whole = np.logical_or(whole, grid.cells < 0)
    return np.asarray((whole.all(axis=0)[None, :] | whole.all(axis=1)[:, None]).astype(float))


def _is_stated(line: Line) -> bool:
    return any(unit.joined in _STATED for unit in line.header)


def _aggregated(
    asked: Asked, grid: Grid, table: float, lo: Floats, hi: Floats, rows: Floats, columns: Floats
) -> Iterator[Chunk]:
    """Mean, extremes and sum of a row over groups of comparable columns."""
    import numpy as np

    groups = grid.groups
    if not groups:
        return
    across = np.array([columns[list(group)].mean() for group in groups])
    score = table + rows[:, None] + across[None, :]
    for name, price in _prices(asked).items():
        low = np.stack([_reduce(name, lo[:, list(group)]) for group in groups], axis=1)
        high = np.stack([_reduce(name, hi[:, list(group)]) for group in groups], axis=1)
        yield Chunk(grid, "line", score - price, low, high, groups, name)


def _prices(asked: Asked) -> dict[str, float]:
    """What each way to combine a line costs: little where the sentence says so."""
    if asked.aggregate == "mean":
        return {"mean": 0.0, "median": 0.4, "sum": 0.5}
    if asked.aggregate in ("max", "min"):
        return {
            asked.aggregate: 0.1,
            ("min" if asked.aggregate == "max" else "max"): 0.4,
            "mean": 1.2,
        }
    whole = asked.quantity.form == "plain" and "." not in asked.quantity.text
    return {"mean": 0.9, "max": 0.7, "min": 0.7, **({"sum": 0.7} if whole else {})}


def _reduce(name: str, of: Floats) -> Floats:
    import numpy as np

    if name == "sum":
        return np.asarray(np.where(np.isnan(of).all(axis=-1), np.nan, np.nansum(of, axis=-1)))
    if name == "mean":
        return np.asarray(np.nanmean(of, axis=-1))
    if name == "median":
        return np.asarray(np.nanmedian(of, axis=-1))
    return np.asarray(np.nanmax(of, axis=-1) if name == "max" else np.nanmin(of, axis=-1))


def _paired(asked: Asked, grid: Grid, scores: Scores, beside: Floats) -> Iterator[Chunk]:
    """Values derived from two rows of one column."""
    import numpy as np

    if len(grid.rows) < 2:
        return
    lines = _lines(grid, scores)
    ablated = np.array([grid.rows[i].ablated for i in lines])
    new = scores.rows[lines] + OURS * asked.ours * np.array([grid.rows[i].ours for i in lines])
    new = np.where(ablated, 0.3 * new - 0.3, new)
    base = _base(asked, grid, scores, lines)
    columns = scores.columns
    lo, hi = grid.lo[lines], grid.hi[lines]
    price = _DERIVED[form_of(asked), asked.compared]
    score = scores.table + new[:, None, None] + base[:, :].T[None, :, :] + columns[None, None, :]
    same = np.eye(len(lines), dtype=bool)[:, :, None]
    symbols, kinds = grid.symbols[lines], grid.kinds[lines]
    other = (symbols[:, None, :] != symbols[None, :, :]) | (
        kinds[:, None, None] != kinds[None, :, None]
    )
    told = beside[lines]
    score = score + BESIDE * (told[:, None, :] * told[None, :, :])
    score = np.where(same | other, np.nan, score - price)
    for kind, low, high, cost in values(asked, grid, lo, hi):
        extra = {"mean": 0.6, "max": 0.3, "min": 0.3}.get(asked.aggregate, 0.0)
        yield Chunk(grid, kind, score - cost - extra, low, high, lines=tuple(lines))
        groups = grid.groups
        if not groups or len(lines) > MAX_PAIRED:
            continue
        for name, more in _prices(asked).items():
            if name == "sum":
                continue
            lows = np.stack([_reduce(name, low[:, :, list(group)]) for group in groups], axis=2)
            highs = np.stack([_reduce(name, high[:, :, list(group)]) for group in groups], axis=2)
            marks = np.stack(
                [np.nanmean(score[:, :, list(group)], axis=2) for group in groups], axis=2
            )
            yield Chunk(
                grid, kind, marks - np.nanmin(cost) - more, lows, highs, groups, name, tuple(lines)
            )


def _lines(grid: Grid, scores: Scores) -> list[int]:
    import numpy as np

    if len(grid.rows) <= MAX_PAIRED:
        return list(range(len(grid.rows)))
    best = scores.rows + np.array([line.ours for line in grid.rows])
    if scores.base_rows is not None:
        best = np.maximum(best, scores.base_rows)
    return sorted(int(i) for i in np.argsort(-best, kind="stable")[:MAX_PAIRED])


_PLAIN = frozenset(
    (
        "baseline",
        "vanilla",
        "original",
        "base",
        "none",
        "standard",
        "default",
        "sequential",
        "serial",
        "without",
        "w/o",
        "fp32",
        "full",
        "naive",
        "native",
        "random",
        "single",
        "prior",
        "sota",
        "existing",
    )
)


def _base(asked: Asked, grid: Grid, scores: Scores, lines: Sequence[int]) -> Floats:
    """How likely each line, per column, is what is compared with: shape (columns, lines)."""
    import numpy as np

    rows = [grid.rows[i] for i in lines]
    prior = np.array(
        [
            -0.8 * line.ours * asked.ours
            + (0.3 if any(u.joined in _PLAIN for u in line.header) else 0.0)
            for line in rows
        ]
    )
    named = None if scores.base_rows is None else scores.base_rows[list(lines)]
    if named is not None and named.max(initial=-9.0) > NAMED_BASE:
        score = 1.2 * named + 0.3 * prior
    else:
        share = np.array([1.1 if line.ablated else 0.4 for line in rows])
        score = prior + share * np.maximum(scores.rows[list(lines)], 0.0)
    per = np.repeat(score[None, :], len(grid.columns), axis=0)
    if asked.best_base or (named is None and asked.direction in ("better", "up", "down")):
        per = per + (0.4 if asked.best_base else 0.15) * _is_best(grid, lines)
    return np.asarray(per)


def _is_best(grid: Grid, lines: Sequence[int]) -> Floats:
    """1 for the best line that is not the paper's own, per column; shape (columns, lines)."""
    import numpy as np

    values = (grid.lo + grid.hi)[list(lines)] / 2
    others = np.array([grid.rows[i].ours < 0.5 for i in lines])
    signs = np.array([-1.0 if column.lower else 1.0 for column in grid.columns])
    marked = np.where(others[:, None], values * signs[None, :], -np.inf)
    marked = np.where(np.isnan(marked), -np.inf, marked)
    best = marked.max(axis=0)
    return np.asarray(((marked == best[None, :]) & np.isfinite(marked)).T.astype(float))
