"""Words that rules share: evidence for a phrase, and the piece of template that prints it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from writer.model.experiment import Column, Experiment, Level, Sweep
from writer.model.measurement import Measurement
from writer.model.unit import singular, unit


def within(text: str) -> str:
    """``text`` as it stands within a sentence: ``Mean latency`` falls, ``P99 latency`` stays.

    >>> within("Mean latency"), within("P99 latency")
    ('mean latency', 'P99 latency')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def name(column: Column) -> str:
    """A column's title within a sentence."""
    return within(column.title)


def subject(sweep: Sweep) -> str:
    """The sweep's groups in words, e.g. ``pipeline RAG``; empty without groups."""
    experiment = sweep.experiment
    return ", ".join(f"{name(experiment.column(group))} {level}" for group, level in sweep.group)


def of(sweep: Sweep) -> str:
    """``subject`` with its preposition, ready to follow a quantity; empty without groups."""
    text = subject(sweep)
    return f" of {text}" if text else ""


def mark(level: Level) -> Measurement | str:
    """The level as evidence: a measurement if it is numeric, else its text."""
    return level.text if level.measurement is None else level.measurement


def at(experiment: Experiment, *levels: Level) -> Mapping[str, object]:
    """Evidence for ``at 4 and 8 nodes``, ``at concurrency 8`` or ``for scheduler FIFO``."""
    column = experiment.column(experiment.factor)
    marks = [mark(level) for level in levels]
    lead, tail = f"at {name(column)} ", ""
    if not all(isinstance(item, Measurement) for item in marks):
        lead = f"for {name(column)} "
    elif unit(column.unit).dimension.startswith("count:"):
        one = len(levels) == 1 and levels[0].text == "1"
        lead, tail = "at ", f" {singular(column.unit) if one else column.unit}"
    elif column.unit not in ("", "1", "x"):
        lead, tail = f"at a {name(column)} of ", f" {column.unit}"
    return {"lead": lead, "levels": tuple(marks), "tail": tail}


def place(key: str) -> str:
    """Template for the phrase of :func:`at` that is in the evidence as ``key``."""
    return f"{{{{ {key}.lead }}}}{{{{ {key}.levels|listed }}}}{{{{ {key}.tail }}}}"


def each(item: str, items: str, body: str, *, last: str = " and ") -> str:
    """Template that prints ``body`` for each of ``items``, joined with commas and "and"."""
    join = (
        f"{{% if not loop.last %}}{{% if loop.revindex0 == 1 %}}{last}"
        "{% else %}, {% endif %}{% endif %}"
    )
    return f"{{% for {item} in {items} %}}{body}{join}{{% endfor %}}"


def numbers(key: str) -> str:
    """Template for a list of measurements of one unit, which follows the last."""
    return each("n", key, "{% if loop.last %}{{ n|u }}{% else %}{{ n }}{% endif %}")


def listed(words: Iterable[str]) -> str:
    """``a, b and c``, each once, for a reason that is no template."""
    items = list(dict.fromkeys(words))
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
