"""What bold cells of a table mean, told by where they stand.

Few papers say what their marks mean, and they differ: the best of a column, of a part of
it between two rules, of a row. Each such reading is tried on the whole table. One holds
if nearly all marks are then on an extreme, and only what it fails to explain is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from writer.claims.tables.change_headers import CHANGES, says_head
from writer.claims.tables.metrics import less_is_better, lower_is_better, more_is_better
from writer.claims.tables.terms import terms
from writer.model.table import PaperTable, TableCell

ENOUGH = 4
"""So many groups must bear a reading out before it holds."""

SAID = 2
"""The same where the caption says that bold is the best."""

NEARLY_ALL = 0.8
"""Share of the groups with a mark that a reading must explain."""

USEFUL = 0.6
"""A reading that explains so many groups excuses a mark, even if another holds better."""

REFERENCE = 2
"""A row that beats the mark so often, and bears none, is no competitor: an upper bound."""

Key = Callable[[TableCell], tuple[object, ...]]

_OTHER_MEANING = re.compile(
    r"\b(?:bold\w*|boldface|underlin\w+)\b[^.;]*?\b(?:significan\w+|our|ours|proposed|selected|"
    r"default|chosen|worst|used|final|within|significance|improve\w*|outperform\w*|exceed\w*|"
    r"baseline|top|p\s?<|above|below|greater|better than|differ\w*|highlight\w*|equal|recommended|"
    r"correspond\w*|overall|all|each model|key)\b",
    re.IGNORECASE,
)


_SAYS_BEST = re.compile(
    r"\b(?:best|highest|lowest|top)\b[^.;]{0,60}\b(?:bold\w*)|\bbold\w*\b[^.;]{0,60}"
    r"\b(?:best|highest|lowest)\b",
    re.IGNORECASE,
)
_NEAREST = re.compile(
    r"\b(?:smallest|lowest|least)\sabsolute\b|\b(?:closest|nearest)\sto\b", re.IGNORECASE
)
_SAYS_WAY = re.compile(
    r"\b(lower|less|smaller|higher|more|larger)\s(?:values?\s)?(?:is|are)\sbetter"
)
_TARGET = re.compile(r"[\u2248\u2192\u2194]|\b(?:closer|target|ideal)\b")


@dataclass(frozen=True)
class Group:
    """Cells that compete for one mark.

    Attributes:
        cells: in the order of the table.
        lower: whether less is better; None if nothing says.
    """

    cells: tuple[TableCell, ...]
    lower: bool | None

    def best(self, *, lower: bool) -> TableCell:
        """The smallest or the largest cell, the first of equals."""
        pick = min if lower else max
        return pick(self.cells, key=lambda cell: cell.value)

    def is_best(self, cell: TableCell, *, lower: bool) -> bool:
        """Whether nothing in the group is better by more than rounding and spread allow."""
        return reaches(cell, self.best(lower=lower))

    def leads(self, cell: TableCell) -> bool:
        """Whether ``cell`` is best in the direction known, or in one of both."""
        ways = (True, False) if self.lower is None else (self.lower,)
        return any(self.is_best(cell, lower=lower) for lower in ways)


def reaches(cell: TableCell, best: TableCell) -> bool:
    """Whether the two print the same value, within rounding or the cells' own spread."""
    if cell.interval.meets(best.interval):
        return True
    spread = max(cell.spread or 0.0, best.spread or 0.0)
    return abs(cell.value - best.value) <= spread


@dataclass(frozen=True)
class Reading:
    """One way to read a table's marks, and what it explains.

    Attributes:
        groups: those with exactly one mark.
        told: whether each tells anything: of two cells every one is an extreme.
        good: whether the mark of each is on the best.
    """

    groups: tuple[tuple[Group, TableCell], ...]
    told: tuple[bool, ...]
    good: tuple[bool, ...]

    @property
    def score(self) -> float:
        """Share of the telling groups that it explains."""
        return self.explained / max(sum(self.told), 1)

    @property
    def explained(self) -> int:
        """How many telling groups it explains."""
        return sum(told and good for told, good in zip(self.told, self.good, strict=True))

    def holds(self, enough: int) -> bool:
        """Whether it is what the marks of the table mean."""
        if self.explained >= enough and self.score >= NEARLY_ALL:
            return True
        return self.explained >= SAID and sum(self.told) == self.explained + 1 and self._spread()

    def _spread(self) -> bool:
        """Whether every group has a direction, and the marks stand in several lines.

        A small table in which one mark of three is off: marks that are all in one row or one
        column tell which method it is about.
        """
        found = list(self.telling())
        directed = all(group.lower is not None for group, _ in found)
        rows, columns = {mark.row for _, mark in found}, {mark.column for _, mark in found}
        return directed and len(rows) > 1 and len(columns) > 1

    def telling(self) -> Iterator[tuple[Group, TableCell]]:
        """The groups with a mark that tells anything."""
        for item, told in zip(self.groups, self.told, strict=True):
            if told:
                yield item

    def excuses(self, cell: TableCell, *, lower: bool) -> bool:
        """Whether ``cell`` is the best of a group, by a reading that mostly holds."""
        return self.score >= USEFUL and any(
            mark is cell and group.is_best(cell, lower=lower) for group, mark in self.telling()
        )


def other_meaning(table: PaperTable) -> bool:
    """Whether the caption says that the marks do not stand for the greatest or the least."""
    return any(pattern.search(table.caption) for pattern in (_OTHER_MEANING, _NEAREST))


def wrong_marks(
    table: PaperTable, tried: Sequence[Reading]
) -> Iterator[tuple[Group, TableCell, TableCell]]:
    """Each bold cell that is not the best of its group, with the best.

    Args:
        table: with a caption that gives the marks no other meaning.
        tried: its :func:`readings`.
    """
    chosen = holding(table, tried)
    if chosen is None:
        return
    loud = _loud_rows(table)
    for group, mark in chosen.telling():
        lower = _direction(group, mark, chosen)
        if lower is None or group.is_best(mark, lower=lower) or mark.row in loud:
            continue
        if not any(item.excuses(mark, lower=lower) for item in tried):
            yield group, mark, group.best(lower=lower)


def readings(table: PaperTable) -> list[Reading]:
    """Every way to read the bold cells of ``table``; none where too few are bold to tell."""
    if sum(cell.bold for cell in table.cells) < SAID:
        return []
    lines = _Lines.of(table)
    return [_reading(table, key, lines) for key in _keys(table)]


def holding(table: PaperTable, tried: Sequence[Reading]) -> Reading | None:
    """The reading that holds best, if any does."""
    enough = SAID if _SAYS_BEST.search(table.caption) else ENOUGH
    found = [item for item in tried if item.holds(enough)]
    return max(found, key=lambda item: (item.score, item.explained), default=None)


def _direction(group: Group, mark: TableCell, reading: Reading) -> bool | None:
    """Whether less is better: as the headers say, or as other marks show.

    Marks of the same measure show it; those of other measures of the same kind only if
    the mark is on no extreme at all.
    """
    if group.lower is not None:
        return group.lower
    seen = list(_shown(group, reading, _measure))
    if len(seen) < SAID and not group.leads(mark):
        seen = list(_shown(group, reading, _kind))
    return seen[0] if len(seen) >= SAID and len(set(seen)) == 1 else None


def _shown(
    group: Group, reading: Reading, alike: Callable[[Group], tuple[object, ...]]
) -> Iterator[bool]:
    """The directions that the marks of groups like this one show."""
    for other, mark in reading.telling():
        if other is not group and other.leads(mark) and alike(other) == alike(group):
            yield other.is_best(mark, lower=True)


def _measure(group: Group) -> tuple[object, ...]:
    """What the cells of a group measure: their last header, of column or of row."""
    first, last = group.cells[0], group.cells[-1]
    return (first.columns[-1:],) if first.column == last.column else (first.rows[-1:],)


def _loud_rows(table: PaperTable) -> set[int]:
    """The rows that are nearly all bold: the proposal, rather than what is best."""
    rows: dict[int, list[TableCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return {
        row
        for row, cells in rows.items()
        if len(cells) >= ENOUGH and sum(cell.bold for cell in cells) >= NEARLY_ALL * len(cells)
    }


def _kind(group: Group) -> tuple[str, float]:
    """Unit and digits: layers and accuracies are no values of one kind."""
    return group.cells[0].unit, round(min(cell.interval.width for cell in group.cells), 9)


def _keys(table: PaperTable) -> Iterator[Key]:
    """What may make cells compete: a column, a row, or a part of one."""
    sections = _sections(table)
    for part in (
        lambda _: (),
        lambda cell: cell.rows[:-1],
        lambda cell: cell.rows[:1],
        lambda cell: cell.rows[-1:],
        lambda cell: (sections[cell.row],),
    ):
        yield _of_column(part)
    for part in (lambda _: (), lambda cell: cell.columns[:-1], lambda cell: cell.columns[-1:]):
        yield _of_row(part)


def _of_column(part: Key) -> Key:
    return lambda cell: ("column", cell.column, cell.part, *part(cell))


def _of_row(part: Key) -> Key:
    return lambda cell: ("row", cell.row, cell.part, *part(cell))


def _sections(table: PaperTable) -> Sequence[int]:
    """For each row, how many rules stand above it."""
    ruled = set(table.ruled)
    count, found = 0, []
    for row in range(len(table.grid)):
        count += row in ruled
        found.append(count)
    return found


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is told of a table's rows and cells, whatever competes.

    Attributes:
        whole: the places in rows and columns that are bold as a whole.
        references: the headers of rows that do not compete.
        lower: by the headers of a cell, whether less is better.
    """

    whole: frozenset[tuple[int, int]]
    references: frozenset[tuple[str, ...]]
    lower: Mapping[tuple[tuple[str, ...], tuple[str, ...]], bool | None]

    @classmethod
    def of(cls, table: PaperTable) -> _Lines:
        paths = dict.fromkeys((cell.columns, cell.rows) for cell in table.cells)
        rows = dict.fromkeys(rows for _, rows in paths)
        lower = {path: _direction_of(" ".join((*path[0], *path[1]))) for path in paths}
        if all(way is None for way in lower.values()):
            lower = dict.fromkeys(lower, _direction_of_all(table.caption))
        return cls(
            frozenset(_whole_lines(table)),
            frozenset(path for path in rows if _is_reference(" ".join(path))),
            lower,
        )

    def direction(self, cells: Sequence[TableCell]) -> bool | None:
        """What the headers of a group say of its direction; None if they do not, or not as one."""
        found = {self.lower[cell.columns, cell.rows] for cell in cells}
        return found.pop() if len(found) == 1 else None


def _reading(table: PaperTable, key: Key, lines: _Lines) -> Reading:
    by_key: dict[tuple[object, ...], list[TableCell]] = {}
    for cell in table.cells:
        by_key.setdefault(key(cell), []).append(cell)
    groups = [
        Group(tuple(cells), lines.direction(cells))
        for cells in by_key.values()
        if any(cell.bold for cell in cells) and any(cell != cells[0] for cell in cells)
    ]
    groups = _competing(groups, lines)
    found: list[tuple[Group, TableCell]] = []
    for group in groups:
        marks = [cell for cell in group.cells if cell.bold]
        free = [cell for cell in marks if (cell.row, cell.column) not in lines.whole]
        if len(marks) == 1 and free and len(group.cells) > 1:
            found.append((group, free[0]))
    told = tuple(len(group.cells) > (2 if group.lower is None else 1) for group, _ in found)
    return Reading(tuple(found), told, tuple(group.leads(mark) for group, mark in found))


def _competing(groups: Sequence[Group], lines: _Lines) -> list[Group]:
    """The groups without the rows that beat the marked cells again and again unmarked."""
    beats: dict[tuple[str, ...], int] = {}
    marked: set[tuple[str, ...]] = set()
    for group in groups:
        marks = [cell for cell in group.cells if cell.bold]
        marked.update(cell.rows for cell in marks)
        if len(marks) == 1 and not group.leads(marks[0]):
            for lower in (True, False) if group.lower is None else (group.lower,):
                best = group.best(lower=lower)
                beats[best.rows] = beats.get(best.rows, 0) + 1
    out = {rows for rows, count in beats.items() if count >= REFERENCE and rows not in marked}
    out |= lines.references
    return [
        Group(tuple(cell for cell in group.cells if cell.rows not in out), group.lower)
        for group in groups
    ]


_REFERENCE = re.compile(
    r"\b(?:oracle|upper.?bound|lower.?bound|human|ground.?truth|optimal|ideal|theoretical|teacher|"
    r"random|chance|total|average|avg|mean|overall|std|reference)\b",
    re.IGNORECASE,
)


def _is_reference(row: str) -> bool:
    """Whether a row is no competitor: an upper bound, a mean, a change."""
    return _REFERENCE.search(row) is not None or says_head(row, CHANGES)


def _whole_lines(table: PaperTable) -> set[tuple[int, int]]:
    """The places in rows and columns that are bold as a whole."""
    rows: dict[int, list[TableCell]] = {}
    columns: dict[int, list[TableCell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
        columns.setdefault(cell.column, []).append(cell)
    return {
        (cell.row, cell.column)
        for cells in (*rows.values(), *columns.values())
        if len(cells) > 1 and all(cell.bold for cell in cells)
        for cell in cells
    }


@lru_cache(maxsize=8192)
def _direction_of(text: str) -> bool | None:
    if _TARGET.search(text):
        return None
    return less_is_better(text, (term.joined for term in terms(text)))


def _direction_of_all(caption: str) -> bool | None:
    """What a caption says of all cells, where no header says anything: in words, or by scores."""
    if said := set(_SAYS_WAY.findall(caption.lower())):
        return said <= {"lower", "less", "smaller"} if len(said) == 1 else None
    joined = [term.joined for term in terms(caption)]
    return False if more_is_better(joined) and not lower_is_better(joined) else None
