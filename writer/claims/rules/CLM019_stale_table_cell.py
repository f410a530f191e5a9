"""A cell of the paper's table is not what the data hold.

What it checks
    Each cell of a table whose column header names a measured quantity of the data, and
    whose row names one row of the data by its levels, or the reverse: whether its digits
    are those of the measurement, in the unit of the header. A header that says more than
    the quantity's name, and a cell that several experiments may mean, are left alone.

Why it matters
    The experiment was run again, and the table kept the old number; or a digit was
    mistyped.

When it is wrong
    When the table shows other measurements than those of the project, which its headers
    name by the same words.

Example
    Throughput 9.27 at concurrency 4, where the data have 7.27.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._tables import named, part, place, shown
from writer.claims.vocabulary import Vocabulary, vocabulary
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Severity
from writer.model.interval import Interval
from writer.model.measurement import Measurement
from writer.model.number import digits
from writer.model.table import PaperTable, TableCell
from writer.model.unit import factor
from writer.prose import plain_unit

_BOUND = re.compile(r"\\measured\s*\{[^{}]*\}\s*\{[^{}]*$")
_FILLING = re.compile(r"\b(?:the|of|in|per|at|measured|mean|average|avg|total|our|\w{1,2})\b")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class _Meant:
    """What a cell of a table stands for in the data."""

    experiment: Experiment
    measurement: Measurement


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per cell that names a measurement and prints another value."""
    if not checked.dataset.experiments or not checked.whole:
        return
    known = vocabulary(checked.dataset)
    for table in checked.tables:
        for cell in table.cells:
            found = list(_meant(table, cell, known, checked.dataset.experiments))
            if len(found) != 1 or _BOUND.search(checked.paper.text[: cell.offset][-300:]):
                continue
            item = found[0].measurement
            if not _differs(cell, item):
                continue
            yield PaperHit(
                where=place(checked, cell.offset),
                message=f"Table {table.number} gives {cell.text} ({named(cell)}), but the data "
                f"have {digits(item)}{plain_unit(item.unit)} ({item.id})",
                part=part(table, cell),
                experiment=found[0].experiment.name,
                evidence={
                    **shown(checked, table, (cell,)),
                    "measurement": item.id,
                    "value": item.text,
                },
                settle="Print the measurement, with \\measured to bind it.",
            )


def _meant(
    table: PaperTable, cell: TableCell, known: Vocabulary, experiments: Mapping[str, Experiment]
) -> Iterator[_Meant]:
    """The measurements that the headers of a cell may mean, in either orientation."""
    row, column = _labels(table, cell), _column(cell)
    for measure, levels in ((column, row), (" ".join(cell.rows), _crossed(table, cell))):
        named_in = _measure(measure, known)
        for experiment in experiments.values():
            columns = named_in.get(experiment.name, frozenset())
            found = _row(experiment, levels, known) if len(columns) == 1 else None
            item = found.get(next(iter(columns))) if found else None
            if item is not None and item.known:
                yield _Meant(experiment, item)


def _column(cell: TableCell) -> str:
    return " ".join(cell.columns)


def _labels(table: PaperTable, cell: TableCell) -> list[str]:
    """What names the row of a cell, each with the header that it stands under."""
    heads = [*table.corner, *[""] * len(cell.rows)]
    found = [f"{head} {text}".strip() for head, text in zip(heads, cell.rows, strict=False)]
    swept = [  # a column of numbers may be what was swept
        f"{_bare(_column(other))} {other.text}"
        for other in table.cells
        if other.row == cell.row and other.column < cell.column
    ]
    return found + swept


def _crossed(table: PaperTable, cell: TableCell) -> list[str]:
    """What names the column of a cell where the rows are the quantities."""
    heads = [*table.corner, *[""] * len(cell.columns)]
    return [f"{head} {text}".strip() for head, text in zip(heads, cell.columns, strict=False)]


def _bare(text: str) -> str:
    return re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", text)


def _measure(header: str, known: Vocabulary) -> Mapping[str, frozenset[str]]:
    """The columns that a header names by experiment, nothing where it says more."""
    header = _bare(header)
    mentions = [item for item in known.mentions(header) if item.kind == "measure"]
    if len(mentions) != 1:
        return {}
    rest = header[: mentions[0].start] + " " + header[mentions[0].end :]
    if _WORD.search(_FILLING.sub(" ", rest.lower())):
        return {}
    return {name: mentions[0].columns(name) for name in mentions[0].experiments}


def _row(
    experiment: Experiment, labels: list[str], known: Vocabulary
) -> Mapping[str, Measurement] | None:
    """The cells of the one row of the data that the labels name."""
    levels: dict[str, str] = {}
    for label in labels:
        for mention in known.mentions(label):
            for name, column, text in mention.targets:
                if mention.kind != "level" or name != experiment.name:
                    continue
                if levels.setdefault(column, text) != text:
                    return None
    keys = experiment.rows[0].levels.keys() if experiment.rows else set()
    if not keys or not keys <= levels.keys():
        return None
    wanted = {name: levels[name] for name in keys}
    found = [row for row in experiment.rows if row.at(wanted)]
    return found[0].cells if len(found) == 1 else None


def _allowed(cell: TableCell) -> Interval:
    """What a cell may stand for: zeros before the point may be rounded digits."""
    digits_only = re.sub(r"\D", "", cell.text) if "." not in cell.text else ""
    zeros = len(digits_only) - len(digits_only.rstrip("0"))
    half = 0.5 * 10**zeros if zeros and cell.value == float(digits_only or 0) else 0.0
    return Interval(
        min(cell.interval.lo, cell.value - half), max(cell.interval.hi, cell.value + half)
    )


def _differs(cell: TableCell, item: Measurement) -> bool:
    """Whether a cell prints another value; False where the units cannot be compared."""
    scale = 1.0 if cell.unit in ("", item.unit) else factor(cell.unit, item.unit)
    if scale is None:
        return False
    if _allowed(cell).scaled(scale).meets(item.span):
        return False
    if not cell.unit:  # in thousands, in seconds: the header may leave it out
        for power in (1e-6, 1e-3, 1e-2, 1e2, 1e3, 1e6):
            if cell.interval.scaled(power).meets(item.span):
                return False
    return True


_HEAD = (
    r"\begin{table}\caption{Concurrency}\begin{tabular}{lrr}"
    r"Concurrency & Throughput (tasks/s) & P99 latency (ms) \\ \hline"
)
_FOOT = r"\end{tabular}\end{table}"

RULE = paper_rule(
    code="CLM019",
    name="stale-table-cell",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "a throughput that is not the measured one",
            rf"{_HEAD} 1 & 2.01 & 2396.9 \\ 2 & 3.93 & 1076.8 \\ 4 & 9.27 & 457.9 \\ {_FOOT}",
            1,
        ),
        PaperExample(
            "the measured values, one of them rounded",
            rf"{_HEAD} 1 & 2.01 & 2396.9 \\ 2 & 3.9 & 1077 \\ 4 & 7.27 & 457.9 \\ {_FOOT}",
            0,
        ),
        PaperExample(
            "a cell bound to its measurement, which stale-measurement reports",
            rf"{_HEAD} 1 & 2.01 & 2396.9 \\ 4 & \measured{{concurrency/4/throughput}}{{9.27}} & "
            rf"457.9 \\ {_FOOT}",
            0,
        ),
        PaperExample(
            "something derived from the measured values",
            r"\begin{table}\caption{Concurrency}\begin{tabular}{lr} Concurrency & "
            r"Normalized throughput \\ \hline 1 & 1.00 \\ 2 & 1.96 \\ 4 & 3.62 \\"
            rf"{_FOOT}",
            0,
        ),
        PaperExample(
            "names of schedulers, and one wrong latency",
            r"\begin{table}\caption{Schedulers}\begin{tabular}{lrr} Scheduler & "
            r"Throughput (tasks/s) & Load balance (\%) \\ \hline FIFO & 9.45 & 47.0 \\ "
            rf"Priority & 12.73 & 99.8 \\ {_FOOT}",
            1,
        ),
    ),
)
