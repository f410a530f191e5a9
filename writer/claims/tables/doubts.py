"""What speaks against holding a number against the cells that its words bind best.

A number that is told to be wrong must be: where it may be of another kind than the cells, or where
other cells that the words name give it, they say nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from writer.claims.tables.asked import Asked
from writer.claims.tables.evidence import NAMED, SURELY_OURS, Evidence
from writer.claims.tables.pool import LEVELS
from writer.claims.tables.rounding import claimed
from writer.claims.tables.terms import Context, terms
from writer.model.rates import per_second
from writer.model.unit import unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from writer.claims.tables.decide import Match

    Floats = NDArray[np.float64]

SPELLED = 4
"""Letters of a unit that is a word, "bytes": one of fewer may stand in a caption as a setting, and
is read as a unit where it is one."""

PRECISE = 3
"""So many significant digits tell a cell nearly alone: one of its lines need not be named."""


def is_doubtful(asked: Asked, match: Match, agreeing: Sequence[Match], evidence: Evidence) -> bool:
    """Whether a number may be of another kind than the cells of ``match``, or be given by cells
    that the words name as well, of those ``agreeing`` with it."""
    return (
        not _is_of_rate(asked, match, evidence)
        or not _is_of_unit(asked, match, evidence)
        or _is_given(asked, agreeing, evidence)
        or not _is_told_of(asked, match)
        or _is_rounded_beside(asked, match)
    )


def _is_of_unit(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether a cell, its headers or its caption print the unit of measure that the number has:
    "45 nm" says nothing of cells whose unit is not known, nor does a bare "exactly 16.8" of 9 ms,
    unless both its row and its column are named."""
    symbol = asked.quantity.unit
    if match.kind not in LEVELS or asked.quantity.form != "plain":
        return True
    if not symbol:
        return _is_bare(asked, match, evidence)
    if unit(symbol).dimension.startswith("count:") or per_second(symbol) is not None:
        return True  # "FPS" heads columns whose cells have no unit
    pool = match.pool
    if pool.symbols[int(pool.symbol[match.index])] != "":
        return True
    if len(symbol) < SPELLED or "/" in symbol:
        return False
    said = Context(evidence.short)
    said.add(terms(symbol), 1.0)
    return _is_said(evidence.met(said), match, evidence)


def _is_bare(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether a cell has no unit of measure, or the words name it whole."""
    symbol = match.pool.symbols[int(match.pool.symbol[match.index])]
    dimension = unit(symbol).dimension if symbol else ""
    if dimension in ("", "share", "ratio") or dimension.startswith("count:"):
        return True
    said = evidence.coverage(evidence.met(asked.subject))
    return all(said[line] >= NAMED for line in match.spoken_of)


def _is_rounded_beside(asked: Asked, match: Match) -> bool:
    """Whether a cell of the same row or column is the number but for its last digits, and the
    rounding of a five: "99.25%" beside a cell of 99.2."""
    if match.kind not in LEVELS:
        return False
    told, cell = claimed(asked.quantity), match.cells[0]
    for other in match.paper_table.cells:
        near = other.row == cell.row or (other.column, other.part) == (cell.column, cell.part)
        coarser = other.interval.hi - other.interval.lo > told.hi - told.lo
        if near and other != cell and coarser and told.meets(other.interval):
            return True
    return False


def _is_told_of(asked: Asked, match: Match) -> bool:
    """Whether it is known what the shares of a table are of: where no caption could be read, "By
    bandwidth" may be that of anything."""
    return asked.quantity.form != "percent" or bool(match.paper_table.caption.strip())


def _is_of_rate(asked: Asked, match: Match, evidence: Evidence) -> bool:
    """Whether headers or caption say what the told rate is of: an AUC is no false-alarm rate, and
    "1.7x more bits" no accuracy."""
    if asked.rate is None:
        return True
    return _is_said(evidence.met(asked.rate), match, evidence)


def _is_said(met: Floats, match: Match, evidence: Evidence) -> bool:
    """Whether one of the words that are met stands over a match, or in its caption."""
    pool, index = match.pool, match.index
    said = evidence.gained(met)
    lines = [int(pool.new[index]), int(pool.across[index])]
    named = any(said[line] > 0 for line in lines if line < len(said))
    return named or bool(evidence.captions(met)[int(pool.view[index]) // 2] > 0)


def _is_given(asked: Asked, agreeing: Sequence[Match], evidence: Evidence) -> bool:
    """Whether a cell gives the number whose row and column the words name as well; or whose thing
    they name, where its digits tell it nearly alone."""
    said = evidence.coverage(evidence.met(asked.subject))
    precise = asked.quantity.significant >= PRECISE
    for match in agreeing:
        if not match.is_level:
            continue
        lines = match.spoken_of
        named = [
            bool(said[line] >= NAMED or (asked.ours >= 1.0 and evidence.ours[line] >= SURELY_OURS))
            for line in lines
        ]
        things = [here for here, line in zip(named, lines, strict=True) if evidence.entities[line]]
        if all(named) or (precise and things and all(things)):
            return True
    return False
