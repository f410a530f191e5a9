"""Hold the verdicts of the program against the labels of a paper."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.labels import Label, LabelledCell, LabelledPaper
from writer.audit.runner import audit
from writer.claims.check import check_paper
from writer.config import Config
from writer.dataset import Dataset
from writer.model.claim import Judgement, Verdict
from writer.model.result import CheckResult
from writer.model.unit import unit as measured_in

CHECKED = ("abstract", "introduction", "conclusion")
"""The sections whose labels are measured: those that tell the results again."""

_MEASURES = "% x pp ns us ms s min h day B KB MB GB TB Hz W mW kW MW J mJ kJ MJ Wh kWh $ °C"
SYMBOLS = frozenset(_MEASURES.split(" "))
"""Units of measure: nouns ("tokens", "BLEU") are compared with nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one labelled quantity.

    Attributes:
        label: the truth.
        found: the claims of the program at its place: two for a range; none if missed.
        unit, form: whether these are as labelled.
        printed: the form as printed: a per cent sign may be a level, a change or points,
            and a difference may be told without the word.
        verdict: of the program; None if missed.
        cells: whether a supported verdict names the labelled cells; None without labels.
    """

    label: Label
    found: tuple[Judgement, ...]
    unit: bool = False
    form: bool = False
    printed: bool = False
    verdict: Verdict | None = None
    cells: bool | None = None


def check(main: Path) -> CheckResult:
    """The public check of a paper that has no data beside it."""
    nothing = Dataset({}, {}, {})
    main = main.resolve()
    return check_paper(main, main.parent, nothing, audit(nothing), Config(root=main.parent))


def outcomes(paper: LabelledPaper, result: CheckResult) -> tuple[Outcome, ...]:
    """The outcome of every label of the sections that are measured, in order."""
    free = [item for item in result.judgements if item.claim.value is not None]
    return tuple(_outcome(label, free) for label in paper.labels if label.where in CHECKED)


def _outcome(label: Label, free: list[Judgement]) -> Outcome:
    ends = [value for value in (label.value, label.high) if value is not None]
    found: list[Judgement] = []
    for value in ends:
        best = max(
            (item for item in free if _same(item, label, value)),
            key=lambda item: _fit(item, label),
            default=None,
        )
        if best is None:
            return Outcome(label, ())
        free.remove(best)
        found.append(best)
    units = all(_unit(label, item.claim.unit) for item in found)
    forms = {item.claim.form for item in found}
    form = forms == {label.form} or (label.form == "range" and units)
    bare = label.form == "points" and label.unit not in ("%", "pp") and forms == {"plain"}
    printed = form or bare or (label.unit == "%" and forms == {"percent"})
    verdict = _together([item.verdict for item in found])
    return Outcome(label, tuple(found), units, form, printed, verdict, _cells(label, found))


def _same(item: Judgement, label: Label, value: float) -> bool:
    said = item.claim.value
    assert said is not None
    return item.claim.section == label.where and abs(said - value) <= 1e-6 * max(1e-9, abs(value))


def _fit(item: Judgement, label: Label) -> int:
    """2 where the sentence is the label's, 1 more for its unit: of "four experiments" and "4%"
    one is meant. Of equals ``max`` takes the first."""
    start = _norm(label.sentence)[:25]
    unit = _unit(label, item.claim.unit) and (label.unit == "%") == (item.claim.unit == "%")
    return (2 if start and start in _norm(item.claim.sentence) else 0) + unit


def _norm(text: str) -> str:
    """Letters and digits alone; a Greek letter is its name, as labels write "rho"."""
    spelled = re.sub(r"[\u0391-\u03c9]", _greek, text)
    return re.sub(r"[^a-z0-9]+", "", spelled.lower())


def _greek(letter: re.Match[str]) -> str:
    return unicodedata.name(letter[0], "").rpartition(" ")[2]


def _together(verdicts: Sequence[Verdict]) -> Verdict:
    for verdict in (Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.NOT_CHECKED):
        if verdict in verdicts:
            return verdict
    return Verdict.SUPPORTED


def _unit(label: Label, unit: str) -> bool:
    """Whether symbols agree; points may be written as per cent, a bare ratio as nothing."""
    if label.form == "points" and unit in ("pp", "%"):
        return label.unit in ("pp", "%", "") or label.unit not in SYMBOLS
    said = measured_in(label.unit).symbol  # "minutes" are "min"
    return said == unit if said in SYMBOLS or unit in SYMBOLS else True


def _cells(label: Label, found: Sequence[Judgement]) -> bool | None:
    if not label.cells:
        return None
    cells = [cell for item in found for cell in item.evidence]
    hits = [
        any(_is(cell, each) for cell in cells for each in (wanted, *wanted.equals))
        for wanted in label.cells
    ]
    if label.derivation == "extreme":
        return any(
            hit and abs(cell.value - (label.value or 0)) <= 1e-9 + 0.05 * abs(cell.value)
            for hit, cell in zip(hits, label.cells, strict=True)
        )
    if label.derivation in _LINES:
        return 2 * sum(hits) > len(hits) or any(_whole(cell) for cell in cells)
    return sum(hits) >= min(len(hits), _ENDS.get(label.derivation, len(hits)))


_ENDS = {"range": 2, "range-ratio": 4, "range-change": 4, "range-difference": 4}
"""How many cells give the two ends of a range; labels may name the others of the line too."""

_LINES = ("mean", "sum", "share", "mean-change", "difference-mean", "ratio-mean", "sum-change")
_WHOLE = re.compile(r"\b(?:avg|average|mean|total|all|sum|overall)\b", re.IGNORECASE)


def _whole(cell: Mapping[str, object]) -> bool:
    """A printed mean or total, which says as much as the line that it closes."""
    headers = cell["headers"]
    return isinstance(headers, list) and any(_WHOLE.search(str(text)) for text in headers)


_SCALES = tuple(10.0**power for power in range(-9, 13))


def _is(cell: Mapping[str, object], wanted: LabelledCell) -> bool:
    """The same value under the same headers; the same column where it is another table's.

    A header such as "Params (M)" or "Error (10^-3)" scales the value that the cell prints.
    """
    value = float(str(cell["value"]))
    if not any(math.isclose(value, wanted.value * scale) for scale in _SCALES):
        return False
    headers = cell["headers"]
    known = _norm(" ".join(str(item) for item in headers)) if isinstance(headers, list) else ""
    column = all(_norm(word) in known for word in wanted.column.split())
    row = all(_norm(word) in known for word in wanted.row.split())
    same = str(cell["id"]).startswith(f"table-{wanted.table}/")
    return column and (row or not same)
