"""A text or figure asks for a quantity that no column holds.

What it checks
    Whether each quantity requested in ``sage-write.toml`` (by a template, a figure
    or a claim) is a column of its experiment with at least one measured value.

Why it matters
    A dimension of a figure or a sentence of the text that no measurement stands
    behind is either invented or borrowed from somewhere else.

When it is wrong
    When the column holds the quantity under another name: give the column a
    ``title`` or ``measure`` that shares the words of the request.

Example
    A radar chart of the schedulers has an axis Overhead, and no column of the
    table holds an overhead.
"""

import re
from collections.abc import Iterator

from writer.audit.example import Example, Outcome, factor, latency, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.config import CONFIG_NAME, Request
from writer.model.experiment import Column, Experiment
from writer.model.finding import Confidence, Place, Severity
from writer.words import each, listed, name

_SAME = {"average": "mean", "avg": "mean", "median": "p50", "maximum": "max", "minimum": "min"}


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every requested quantity that was not measured."""
    requests = [item for item in context.requests if item.experiment == experiment.name]
    if not requests:
        yield NotJudged("nothing asks for a quantity of this experiment")
        return
    held = [
        _words(*_names(column)) for column in experiment.columns if _has_values(experiment, column)
    ]
    held.extend(_words(key) for key, value in experiment.settings.items() if value is not None)
    lacking = [item for item in requests if not _held(item, held)]
    if lacking:
        titles = listed(name(column) for column in experiment.quantities())
        yield Hit(
            where=tuple(Place(CONFIG_NAME, item.line, "request") for item in lacking),
            evidence={
                "title": experiment.title,
                "requests": tuple(
                    {"quantity": item.quantity, "asked_by": item.asked_by.rstrip(".")}
                    for item in lacking
                ),
                "columns": titles,
            },
        )


def _names(column: Column) -> tuple[str, ...]:
    return (column.name, column.title, column.measure, column.statistic)


def _has_values(experiment: Experiment, column: Column) -> bool:
    """Levels and settings always have a value; a measured column may be empty."""
    return column.role != "measurement" or any(
        row.cells[column.name].known for row in experiment.rows
    )


def _words(*texts: str) -> frozenset[str]:
    """Words without their plural, synonyms made one."""
    found = re.findall(r"[^\W_]+", " ".join(texts).lower())
    words = (_SAME.get(word, word) for word in found)
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def _held(request: Request, held: list[frozenset[str]]) -> bool:
    """Whether one column has every word of the request."""
    wanted = _words(request.quantity)
    return any(wanted <= words for words in held)


_FIELDS = {"threads": factor(), "throughput": throughput(), "lat": latency("mean")}
_CSV = "threads,throughput,lat\n1,10.0,5.1\n2,19.0,5.9"

RULE = rule(
    code="COV004",
    name="unmeasured-quantity",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: no column holds "
    + each("r", "requests", "{{ r.quantity }}, asked for by {{ r.asked_by }}", last="; nor ")
    + " (measured: {{ columns }})",
    limitation="{% for r in requests %}"
    "{% if loop.first %}There is no measurement of {% else %} or {% endif %}{{ r.quantity }}"
    "{% endfor %}; measured were {{ columns }}. Nothing is therefore said about "
    "{% if requests[1:] %}these quantities{% else %}this quantity{% endif %}.",
    settle="Recording {% for r in requests %}{% if not loop.first %} and {% endif %}"
    "{{ r.quantity }}{% endfor %} per run would allow a statement about "
    "{% if requests[1:] %}them{% else %}it{% endif %}.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "a figure asks for an overhead that was not measured",
            _CSV,
            _FIELDS,
            requests=(Request("example", "scheduling overhead", "the radar chart"),),
        ),
        Example(
            Outcome.FIRES,
            "the column exists, and all its cells are empty",
            "threads,throughput,lat\n1,10.0,\n2,19.0,",
            _FIELDS,
            requests=(Request("example", "mean latency", "the text"),),
        ),
        Example(
            Outcome.SILENT,
            "the column has another name for it: an average is a mean",
            _CSV,
            _FIELDS,
            requests=(Request("example", "average latency", "the text"),),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "the request is for another experiment",
            _CSV,
            _FIELDS,
            requests=(Request("elsewhere", "scheduling overhead", "the radar chart"),),
        ),
        Example(Outcome.NOT_APPLICABLE, "nothing is asked for", _CSV, _FIELDS),
    ),
)
