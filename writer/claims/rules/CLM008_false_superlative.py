"""A sentence calls something the highest or lowest, and a table shows another.

What it checks
    Sentences of the form "X has the highest M", "the highest M is achieved by X", "the M of
    X is the highest" and "X is the system with the highest M", where X is the header of a row
    and M that of a column, or the reverse: whether X is the highest or lowest of M in any
    table that has both. Equal values count, and so does the best of a part of the table.

Why it matters
    The superlative is the claim; the table beside it denies it.

When it is wrong
    When the sentence leaves some rows out that it does not name, or means a table that
    the paper does not show.

Example
    "FIFO has the highest throughput" where Priority has 12.7 and FIFO 9.4.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._tables import column_name, place, row_name, shown
from writer.claims.sentences import Sentence, sentences
from writer.claims.tables.marks import reaches
from writer.claims.tables.metrics import less_is_better
from writer.claims.tables.terms import terms
from writer.claims.tables.wording import clipped
from writer.latex.words import words
from writer.model.finding import Confidence, Severity
from writer.model.table import PaperTable, TableCell

_WORD = r"(?P<word>highest|lowest|largest|smallest|best|shortest|longest)"
_CLAIM = re.compile(
    r"(?P<subject>[^,;:()]{2,80}?)\s(?:has|have|had|achieves?|achieved|reach(?:es|ed)?|attains?|"
    r"attained|obtains?|obtained|yields?|yielded|gives?|gave|delivers?|delivered|shows?|showed|"
    r"records?|recorded|exhibits?|exhibited|provides?|offers?)\s(?:the|by far the)\s"
    rf"(?:overall\s|absolute\s)?{_WORD}\s(?P<rest>[^,;:()]{{2,90}})"
)
_TURNED = (
    re.compile(
        rf"(?:^|[,;:]\s|\bthat\s)(?:[Tt]he|by far the)\s{_WORD}\s(?P<rest>[^,;:()]{{2,60}}?)\s"
        r"(?:is|was|are|were)\s(?:achieved|"
        r"reached|attained|obtained|delivered|given|shown|recorded|observed|measured|provided)\s"
        r"(?:by|for|with)\s(?P<subject>[^,;:().]{2,60})"
    ),
    re.compile(
        r"(?P<subject>[^,;:()]{2,60}?)\s(?:is|was|remains)\s(?:thus |clearly )?the\s"
        rf"(?P<thing>[\w -]{{2,30}}?)\swith\sthe\s{_WORD}\s(?P<rest>[^,;:()]{{2,90}})"
    ),
    re.compile(
        r"(?:^|[,;:]\s|\bthat\s)[Tt]he\s(?P<rest>[^,;:()]{2,60}?)\sof\s"
        r"(?P<subject>[^,;:()]{2,60}?)"
        rf"\s(?:is|was)\s(?:by far )?(?:the\s)?{_WORD}(?P<scope>[^,;:()]{{0,60}})"
    ),
)
"""The same said the other way round."""

_SUPERLATIVE = re.compile(r"est\b")
"""What every such claim has, to pass over the other sentences at once."""

_STOP = re.compile(
    r"\b(?:in|on|at|for|of|with|across|over|and|but|while|when|by|to|from|as|under|than|which|"
    r"that|among|amongst|compared|except|outside|after|without|within)\b"
)
_SCOPED = re.compile(
    r"\b(?:among|amongst|without|of the (?:two|three|four|five|six)|except|excluding|"
    r"apart|outside|besides|within|second|third|next|other|"
    r"one of|not|never|no|if|would|could|may|might|when|where|single|each|every|per|some|most|"
    r"than|improvement|increase|gain|reduction|drop|decrease|change|variance|range|number|"
    r"trade-?off|balance|potential|possible)\b",
    re.IGNORECASE,
)
_LESS = frozenset({"lowest", "smallest", "shortest"})
_OPEN = frozenset({"best"})


@dataclass(frozen=True)
class _Line:
    """A cell of the thing named, and all that it competes with for the measure."""

    table: PaperTable
    cell: TableCell
    rivals: tuple[TableCell, ...]


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per superlative that no table with its row and column bears out."""
    if checked.dataset.experiments:
        return  # held against the data by writer/claims/judgement_words
    for block in checked.blocks:
        if block.kind in ("heading", "limitation"):
            continue
        for sentence in sentences(block):
            if not _SUPERLATIVE.search(sentence.text):
                continue
            for pattern in (_CLAIM, *_TURNED):
                for match in pattern.finditer(sentence.text):
                    yield from _judge(checked, sentence, match)


def _judge(checked: Checked, sentence: Sentence, match: re.Match[str]) -> Iterator[PaperHit]:
    if any(_SCOPED.search(text) for text in match.groupdict("").values()):
        return
    stop = _STOP.search(match["rest"])
    measure = match["rest"][: stop.start()] if stop else match["rest"]
    lines = [line for table in checked.tables for line in _lines(table, match["subject"], measure)]
    if not lines or any(_leads(line, match["word"]) for line in lines):
        return
    line = max(lines, key=lambda item: len(item.rivals))
    best = _best(line, match["word"])
    if best is None:
        return
    offset = sentence.block.offsets[sentence.start + match.start("word")]
    at = checked.paper.place(offset)
    name = row_name if best.column == line.cell.column else column_name
    yield PaperHit(
        where=place(checked, offset),
        message=f"{clipped(match[0].strip())}: in Table {line.table.number}, "
        f"{name(line.cell)} has {line.cell.text} and {name(best)} has {best.text}",
        part=f"{at.file}-{at.line}-{at.column}",
        evidence=shown(checked, line.table, (line.cell, best)),
        settle="Say what it is the best of, or correct the sentence.",
    )


def _lines(table: PaperTable, subject: str, measure: str) -> Iterator[_Line]:
    """The cells of ``subject`` under ``measure``, by rows and by columns."""
    for turned in (False, True):
        lines: dict[tuple[int, int], list[TableCell]] = {}
        for cell in table.cells:
            key = (cell.row, 0) if turned else (cell.column, cell.part)
            lines.setdefault(key, []).append(cell)
        for cells in lines.values():
            over = cells[0].rows if turned else cells[0].columns
            if not _measures(over, measure):
                continue
            for cell in cells:
                own = cell.columns if turned else cell.rows
                if own and _same(own, subject):
                    yield _Line(table, cell, tuple(cells))


def _words(text: str) -> frozenset[str]:
    return frozenset(term.joined for term in terms(text))


def _same(path: tuple[str, ...], subject: str) -> bool:
    """Whether the sentence's subject is what the header names, and no more."""
    last = re.sub(r"\s*\((?:ours?|proposed)\)|\*|\u2020", "", path[-1], flags=re.IGNORECASE)
    header, said = _words(last), _words(subject) - _FILLING
    return bool(header) and header <= said <= header | _words(" ".join(path))


def _measures(path: tuple[str, ...], measure: str) -> bool:
    """Whether a header names the measure, or its initials, and nothing else."""
    wanted = _words(measure) - _FILLING
    found = _words(re.sub(r"\([^)]*\)", "", " ".join(path))) - _FILLING
    initials = "".join(word[0].lower() for word in re.findall(r"[^\W\d_]+", measure))
    return bool(wanted) and found in (wanted, {initials})


_FILLING = words(
    "overall clearly consistently model method approach system also still here however thus again "
    "variant configuration setting algorithm baseline classifier value score result mean average "
    "whereas since because find found see that both"
)


def _ways(line: _Line, word: str) -> tuple[bool, ...]:
    """Whether less, or more, or either would make the claim true."""
    if word not in _OPEN:
        return (word in _LESS,)
    text = " ".join((*line.cell.columns, *line.cell.rows))
    lower = less_is_better(text, (term.joined for term in terms(text)))
    return (True, False) if lower is None else (lower,)


def _leads(line: _Line, word: str) -> bool:
    """Whether the cell leads its line, or the part of it under the same header."""
    part = tuple(
        cell
        for cell in line.rivals
        if (cell.rows[:-1], cell.columns[:-1]) == (line.cell.rows[:-1], line.cell.columns[:-1])
    )
    return any(
        reaches(line.cell, _extreme(cells, lower=lower))
        for cells in (line.rivals, part)
        if cells
        for lower in _ways(line, word)
    )


def _extreme(cells: tuple[TableCell, ...], *, lower: bool) -> TableCell:
    return (min if lower else max)(cells, key=lambda cell: cell.value)


def _best(line: _Line, word: str) -> TableCell | None:
    """The cell that leads instead; None where the direction is open."""
    ways = _ways(line, word)
    return _extreme(line.rivals, lower=ways[0]) if len(ways) == 1 else None


_TABLE = r"""\begin{table}\caption{Schedulers}\begin{tabular}{lrr}
Scheduler & Throughput (tasks/s) & Latency (ms) \\ \hline
FIFO & 9.4 & 120 \\ Priority & 12.7 & 180 \\ Random & 8.8 & 240 \\ \end{tabular}\end{table}"""

RULE = paper_rule(
    code="CLM008",
    name="false-superlative",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "another row is higher",
            rf"\begin{{abstract}}FIFO has the highest throughput.\end{{abstract}}{_TABLE}",
            1,
            data=False,
        ),
        PaperExample(
            "the row is the highest",
            rf"\begin{{abstract}}Priority has the highest throughput.\end{{abstract}}{_TABLE}",
            0,
            data=False,
        ),
        PaperExample(
            "less is better: the lowest latency is the best",
            rf"\begin{{abstract}}FIFO achieves the best latency.\end{{abstract}}{_TABLE}",
            0,
            data=False,
        ),
        *(
            PaperExample(
                f"said the other way round: {text}",
                rf"\begin{{abstract}}{text}\end{{abstract}}{_TABLE}",
                expected,
                data=False,
            )
            for text, expected in (
                ("The highest throughput is achieved by FIFO.", 1),
                ("FIFO is the scheduler with the highest throughput.", 1),
                ("The throughput of FIFO is the highest of all schedulers.", 1),
                ("The highest throughput is achieved by Priority.", 0),
                ("Random is the scheduler with the lowest throughput.", 0),
                ("The throughput of Random is the lowest.", 0),
                ("FIFO has the highest throughput of the two that keep the order.", 0),
                ("The throughput of FIFO is the highest without priorities.", 0),
            )
        ),
        PaperExample(
            "said of some rows only",
            r"\begin{abstract}FIFO has the highest throughput among those without priorities."
            rf"\end{{abstract}}{_TABLE}",
            0,
            data=False,
        ),
    ),
)
