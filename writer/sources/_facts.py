"""Facts stated in a descriptor: numbers with a unit, and words."""

from __future__ import annotations

from decimal import Decimal

from writer.model.experiment import Level
from writer.model.interval import Interval
from writer.model.measurement import Grade, Measurement, Provenance, slug
from writer.sources._descriptor import Node

READER = "datapackage"


def read_fact(owner: str, key: str, node: Node) -> Level:
    """A text, a number, or ``{"value", "unit", "title"}``.

    Raises:
        DataError: it is none of these.
    """
    given = node.object(("value", "unit", "title")) if isinstance(node.value, dict) else None
    value = node if given is None else given.get("value")
    unit = "1" if given is None else given.get("unit").text("1")
    words = key.replace("_", " ")
    title = words if given is None else given.get("title").text(words)
    if isinstance(value.value, str) and value.value.strip():
        return Level(key, value.value.strip(), None)
    if not isinstance(value.value, Decimal):
        raise value.fail(f"'{key}' of {owner} is neither text nor a number")
    return Level(key, value.digits(), fact(owner, key, node, value.digits(), unit, title))


def fact(owner: str, key: str, node: Node, text: str, unit: str, title: str) -> Measurement:
    """The measurement of a number that stands at ``node``."""
    return Measurement(
        id=f"{slug(owner)}/{slug(key)}",
        experiment=owner,
        quantity=key,
        levels=(),
        value=float(text),
        text=text,
        unit=unit,
        interval=Interval.exact(float(text)),
        grade=Grade.MEASURED,
        provenance=place(node, f"{owner}.{key}"),
        title=title,
    )


def place(node: Node, column: str) -> Provenance:
    """Where ``node`` stands; ``column`` is the key's path in words."""
    return Provenance(node.document.file, node.document.sha256, node.line, column, READER)
