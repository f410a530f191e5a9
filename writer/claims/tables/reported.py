"""What reports are told of a quantity that was held against the paper itself."""

from __future__ import annotations

from collections.abc import Mapping

from writer.claims.ruling import Ruling
from writer.claims.tables.cells import digits_of
from writer.claims.tables.decide import Match
from writer.claims.tables.judge import Held
from writer.claims.tables.measured import is_measured
from writer.claims.tables.rounding import is_rounded_up
from writer.claims.tables.wording import COUNT
from writer.latex.project import Paper
from writer.model.claim import Verdict
from writer.model.table import TableCell


def ruling_of(held: Held, paper: Paper) -> Ruling:
    """The verdict in the form that all evidence gives."""
    quantity = held.asked.quantity
    match = held.match or held.against
    if match is not None:
        return Ruling(
            held.verdict,
            "" if held.match is not None else _rule_against(held),
            held.reason,
            "" if held.match is None and match.kind == "cell" else match.formula,
            _evidence(held, match, paper),
            f"{(match.lo + match.hi) / 2:.6g}",
            match.score,
            match.chance if held.match is not None else None,
        )
    if held.likely is not None:
        likely = held.likely
        shown = _evidence(held, likely, paper)
        value = f"{(likely.lo + likely.hi) / 2:.6g}"
        return Ruling(held.verdict, "", held.reason, likely.formula, shown, value)
    if held.printed is not None:
        table, cell = held.printed
        entry = (_entry(cell, table.number, paper),)
        return Ruling(held.verdict, "", held.reason, digits_of(cell), entry, f"{cell.value:.6g}")
    if held.total is not None:
        parts = held.total
        cells = tuple(_entry(cell, parts.table.number, paper) for cell in parts.cells)
        return Ruling(held.verdict, "", held.reason, "sum", cells, f"{parts.value:.6g}")
    if held.verdict is Verdict.CONTRADICTED:
        return Ruling(held.verdict, _rule_against(held), held.reason)
    if held.verdict is Verdict.UNSUPPORTED and (held.aside or not is_measured(quantity)):
        return Ruling(Verdict.NOT_CHECKED, "", held.aside or COUNT)
    rule = "" if held.verdict is Verdict.SUPPORTED else "untraced-number"
    return Ruling(held.verdict, rule, held.reason)


def _rule_against(held: Held) -> str:
    """The rule that tells of a contradicted number."""
    if held.denied:
        return "wrong-direction"
    against = held.against
    if against is not None and is_rounded_up(held.asked.quantity, against.lo, against.hi):
        return "rounding-too-kind"
    return "abstract-body-mismatch"


def _evidence(held: Held, match: Match, paper: Paper) -> tuple[Mapping[str, object], ...]:
    """The cells of the formula, then those that bear it out: of the table, and of others."""
    beside = () if held.beside is None else held.beside.cells
    own = {id(cell) for cell in match.cells}
    also = [(match.table, cell) for cell in (*beside, *held.bearing) if id(cell) not in own]
    also += [(item.table, cell) for item in held.elsewhere for cell in item.cells]
    return (
        *(_entry(cell, match.table, paper) for cell in match.cells),
        *(_entry(cell, table, paper, also=True) for table, cell in also),
    )


def _entry(cell: TableCell, table: int, paper: Paper, *, also: bool = False) -> dict[str, object]:
    place = paper.place(cell.offset)
    return {
        "id": f"table-{table}/{cell.row}/{cell.column}",
        "value": cell.value,
        "unit": cell.unit,
        "text": cell.text,
        "headers": [*cell.rows, *cell.columns],
        "file": place.file,
        "row": place.line,
        "column": str(place.column),
        "also": also,
    }
