"""A total, ratio or percentage does not follow from the cells it is made of.

What it checks
    Whether each declared total is its part times its factor, and each ratio,
    change or reduction that the source states is that of its two cells. Both
    sides are intervals: every value that rounds to the printed digits counts.

Why it matters
    Such numbers cannot both be right. One of them was measured in another run,
    mistyped, or left over from an earlier table.

When it is wrong
    When the stated number was computed from other cells than the descriptor says,
    or when a total was measured by itself and is no product: correct the
    descriptor.

Example
    12.2 tasks/s per job with 4 jobs, and a total of 45.0 tasks/s: the product is
    48.6 to 49.0.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from writer.audit.example import Example, Outcome, factor, group, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.dataset import change, product, ratio, reduction
from writer.model import unit
from writer.model.experiment import Experiment, Row, StatedChange, Sweep, Total
from writer.model.finding import Confidence, Severity
from writer.model.measurement import Measurement
from writer.sweeps import exceeds, lookup
from writer.words import at, each, name, of, place

_ROUNDING = 1.0 + 1e-9
"""Intervals that touch may lie apart by this factor in floating-point arithmetic."""

_FORMS: Mapping[str, Callable[[Measurement, Measurement], Measurement]] = {
    "ratio": ratio,
    "change": lambda over, base: change(base, over),
    "reduction": lambda over, base: reduction(base, over),
}


class _Pair(NamedTuple):
    """A printed number, what the cells give for it, and the words about both."""

    printed: Measurement
    computed: Measurement
    words: Mapping[str, object]


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every total and stated number that does not follow."""
    if not experiment.totals and not experiment.stated:
        yield NotJudged("the descriptor names no totals and no stated ratios or percentages")
    totals: list[_Pair] = []
    for total in experiment.totals:
        pairs = [pair for sweep in experiment.sweeps() for pair in _products(sweep, total)]
        totals.extend(pairs)
        if not pairs:
            yield NotJudged(f"no row has all of {total.total}, {total.part} and {total.times}")
    changes: list[_Pair] = []
    for stated in experiment.stated:
        pair = _stated(experiment, stated)
        if pair is None:
            yield NotJudged(f"the {stated.stated.title} cannot be computed from its cells")
        else:
            changes.append(pair)
    wrong_totals = [pair for pair in totals if _apart(pair)]
    wrong_changes = [pair for pair in changes if _apart(pair)]
    if wrong_totals or wrong_changes:
        yield Hit(
            where=tuple(pair.printed for pair in (*wrong_totals, *wrong_changes)),
            evidence={
                "title": experiment.title,
                "totals": tuple(pair.words for pair in wrong_totals),
                "changes": tuple(pair.words for pair in wrong_changes),
            },
        )


def _apart(pair: _Pair) -> bool:
    printed, computed = pair.printed.span, pair.computed.span
    return exceeds(printed, computed, _ROUNDING) or exceeds(computed, printed, _ROUNDING)


def _products(sweep: Sweep, total: Total) -> Iterator[_Pair]:
    """Each row's total beside the product of its part and its factor."""
    experiment = sweep.experiment
    scale = unit.factor(experiment.column(total.part).unit, experiment.column(total.total).unit)
    for row in sweep.rows:
        whole, part = row.cells[total.total], row.cells[total.part]
        times = lookup(experiment, row, total.times)
        if scale is None or times is None or not (whole.known and part.known):
            continue
        computed = product(part, times, unit=whole.unit, factor=scale, title=whole.title)
        yield _Pair(
            whole,
            computed,
            {
                "quantity": name(experiment.column(total.total)),
                "of": of(sweep),
                "at": at(experiment, row.levels[sweep.factor]),
                "printed": whole,
                "part": part,
                "times": times,
                "computed": computed,
            },
        )


def _stated(experiment: Experiment, stated: StatedChange) -> _Pair | None:
    """The stated number beside that of its cells; None where a cell is missing or zero."""
    over, base = experiment.row(**stated.of), experiment.row(**stated.base)
    if over is None or base is None:
        return None
    cells = over.cells[stated.quantity], base.cells[stated.quantity]
    try:
        computed = _FORMS[stated.form](*cells)
    except (ValueError, ZeroDivisionError):
        return None
    return _Pair(
        stated.stated,
        computed,
        {
            "form": stated.form,
            "quantity": name(experiment.column(stated.quantity)),
            "printed": stated.stated,
            "over": cells[0],
            "over_at": _where(experiment, over),
            "base": cells[1],
            "base_at": _where(experiment, base),
            "computed": computed,
        },
    )


def _where(experiment: Experiment, row: Row) -> Mapping[str, object]:
    """Evidence for the row's place: its groups, then its level."""
    sweep = next(item for item in experiment.sweeps() if any(row is own for own in item.rows))
    return {"of": of(sweep), **at(experiment, row.levels[experiment.factor])}


_TOTALS = each(
    "t",
    "totals",
    "the {{ t.quantity }}{{ t.of }} " + place("t.at") + " is printed as {{ t.printed|u }}, but "
    "{{ t.part|u }} times {{ t.times }} is {{ t.computed|u }}",
    last=", and ",
)
_CHANGES = each(
    "c",
    "changes",
    "the {{ c.form }} of {{ c.quantity }} from {{ c.base|u }}{{ c.base_at.of }} "
    + place("c.base_at")
    + " to {{ c.over|u }}{{ c.over_at.of }} "
    + place("c.over_at")
    + " is stated as {{ c.printed|u }}, but the cells give {{ c.computed|u }}",
    last=", and ",
)
_ALL = _TOTALS + "{% if totals and changes %}; {% endif %}" + _CHANGES

_FIELDS = {
    "jobs": factor(unit="jobs"),
    "total": throughput("total"),
    "each": throughput("per-unit"),
}
_TOTAL = {"totals": [{"total": "total", "part": "each", "times": "jobs"}]}
_PLAIN = {"threads": factor(), "throughput": throughput()}
_CSV = "threads,throughput\n1,10.00\n4,36.20"


def _stating(form: str, value: str) -> Mapping[str, object]:
    """An experiment that states one number about its rows at 4 threads and at 1."""
    return {
        "stated": [
            {
                "quantity": "throughput",
                "of": {"threads": "4"},
                "base": {"threads": "1"},
                "form": form,
                "value": value,
            }
        ]
    }


RULE = rule(
    code="STA004",
    name="arithmetic-mismatch",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: " + _ALL + ", further apart than rounding explains",
    limitation="Not every number of this table follows from its cells: " + _ALL + ". "
    "Rounding does not explain the distance, so one number of each comparison is wrong or comes "
    "from another run. Which one is not known, so nothing is concluded here from either.",
    settle="Computing these numbers again from the samples of one run would show which of them "
    "is wrong.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "a total that is no product of its part",
            "jobs,total,each\n1,12.7,12.7\n4,45.0,12.2",
            _FIELDS,
            _TOTAL,
        ),
        Example(
            Outcome.FIRES,
            "a stated ratio that the cells do not have",
            _CSV,
            _PLAIN,
            _stating("ratio", "3.8"),
        ),
        Example(
            Outcome.FIRES,
            "a percentage computed from the wrong end, in the second of two groups",
            "kind,threads,throughput\na,1,10.00\nb,1,36.20\nb,4,10.00",
            {"kind": group(), **_PLAIN},
            {
                "stated": [
                    {
                        "quantity": "throughput",
                        "of": {"kind": "b", "threads": "4"},
                        "base": {"kind": "b", "threads": "1"},
                        "form": "reduction",
                        "value": "262",
                    }
                ]
            },
        ),
        Example(
            Outcome.SILENT,
            "the product agrees as far as the printed digits go",
            "jobs,total,each\n1,12.74,12.74\n2,49.39,24.70\n8,39.15,4.89",
            _FIELDS,
            _TOTAL,
        ),
        Example(
            Outcome.SILENT,
            "the product just touches the total: 0.225 on both sides",
            "jobs,total,each\n3,0.23,0.07",
            _FIELDS,
            _TOTAL,
        ),
        Example(
            Outcome.SILENT,
            "the part is in another unit",
            "jobs,total,each\n2,2.00,60.0",
            {**_FIELDS, "each": {**throughput("per-unit"), "unit": "tasks/min"}},
            _TOTAL,
        ),
        Example(
            Outcome.SILENT,
            "a stated percentage, rounded",
            _CSV,
            _PLAIN,
            _stating("change", "262"),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the descriptor names no total and no stated number",
            _CSV,
            _PLAIN,
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the base of the stated ratio is missing",
            "threads,throughput\n1,\n4,36.20",
            _PLAIN,
            _stating("ratio", "3.6"),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "no row has both the total and the part",
            "jobs,total,each\n1,,12.7\n4,45.0,",
            _FIELDS,
            _TOTAL,
        ),
    ),
)
