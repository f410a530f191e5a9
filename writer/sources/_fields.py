"""Fields of a Table Schema: what each column is, and what its cells may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from writer.errors import DataError
from writer.model.experiment import Column
from writer.sources._descriptor import Node
from writer.sources._number import number_text

ROLES = ("factor", "group", "setting", "measurement", "note")
_NUMERIC = ("number", "integer")
_TYPES = (
    *_NUMERIC,
    *("string", "boolean", "object", "array", "list", "datetime", "date", "time"),
    *("year", "yearmonth", "duration", "geopoint", "geojson", "any"),
)
_STATISTICS = (
    "mean",
    "median",
    "min",
    "max",
    "total",
    "per-unit",
    "count",
    "sd",
    "std",
    "q1",
    "q3",
    "iqr",
    "ld15iqr",
    "hd15iqr",
)
_STATISTIC = re.compile(rf"(?:{'|'.join(_STATISTICS)}|p[0-9]{{1,2}}(?:\.[0-9]+)?)")


@dataclass(frozen=True, slots=True)
class Field:
    """A column and the rules for its cells.

    Attributes:
        column: what the rest of the program knows of it.
        numeric: whether cells hold numbers.
        integer: whether these are whole.
        required: whether each row needs a value.
        low, high: bounds of the values, None without one.
        missing: texts that stand for no value.
    """

    column: Column
    numeric: bool
    integer: bool
    required: bool
    low: Decimal | None
    high: Decimal | None
    missing: tuple[str, ...]

    def read(self, file: str, line: int, text: str) -> str:
        """The cell's text, checked against the field; empty where nothing was recorded.

        Raises:
            DataError: it holds no value where one is needed, no number where one
                is expected, or a number out of bounds.
        """
        stripped = text.strip()
        found = "" if stripped in self.missing else stripped
        if found and self.numeric:
            self._check_number(file, line, found)
        if not found and self.required:
            kind = "level" if self.column.role in ("factor", "group") else "value"
            raise DataError(
                f"the {kind} of '{self.column.name}' is empty",
                file=file,
                line=line,
                expected=f"a {kind} in every row",
            )
        return found

    def _check_number(self, file: str, line: int, text: str) -> None:
        printed = number_text(text)
        if printed is None:
            raise self._wrong(
                *(file, line, text),
                "a finite number with a decimal point, or nothing",
                "leave the cell empty if the value was not measured",
            )
        if self.integer and "." in printed:
            raise self._wrong(file, line, text, "a whole number")
        low, high = self.low, self.high
        if low is None and high is None:
            return
        number = Decimal(printed)
        if (low is not None and number < low) or (high is not None and number > high):
            bounds = " to ".join("any" if bound is None else str(bound) for bound in (low, high))
            raise self._wrong(
                *(file, line, text),
                f"a value from {bounds}",
                "correct the value, or the field's constraints",
            )

    def _wrong(
        self, file: str, line: int, text: str, expected: str, hint: str | None = None
    ) -> DataError:
        return DataError(
            f"column '{self.column.name}' holds {text[:40]!r}",
            file=file,
            line=line,
            expected=expected,
            hint=hint,
        )


def names(schema: Node) -> tuple[str, ...]:
    """The names of a schema's fields, in order.

    Raises:
        DataError: there are none, one is no text, or one stands twice.
    """
    fields = schema.get("fields").items()
    if not fields:
        raise schema.fail(
            f"'{schema.path}' does not name its fields",
            expected='"schema": {"fields": [{"name": ...}, ...]}',
        )
    found: list[str] = []
    for field in fields:
        name = field.get("name").name()
        if name in found:
            raise field.fail(f"two fields are called '{name}'")
        found.append(name)
    return tuple(found)


def read_fields(schema: Node) -> tuple[Field, ...]:
    """The fields of a schema that describes a measured table.

    Raises:
        DataError: a property has the wrong type or an unknown value.
    """
    names(schema)
    missing = _missing_values(schema)
    return tuple(_field(node, missing) for node in schema.get("fields").items())


def _field(node: Node, missing: tuple[str, ...]) -> Field:
    name = node.get("name").name()
    role = node.get("role").one_of(ROLES) or "measurement"
    kind = node.get("type").one_of(_TYPES)
    numeric = kind in _NUMERIC or (kind is None and role == "measurement")
    if role == "measurement" and not numeric:
        raise node.get("type").fail(
            f"the field '{name}' is a measurement of the type '{kind}'",
            expected='"type": "number" or "integer", or "role": "note"',
        )
    constraints = node.get("constraints").object()
    column = Column(
        name=name,
        role=role,
        title=node.get("title").text(name.replace("_", " ")),
        unit=node.get("unit").text("1" if numeric else ""),
        better=node.get("better").one_of(("higher", "lower")),
        measure=node.get("measure").text(name),
        statistic=_statistic(node.get("statistic")),
        synonyms=_texts(node.get("synonyms")),
        level_names={level: _texts(item) for level, item in node.get("level_names").entries()},
    )
    return Field(
        column=column,
        numeric=numeric and role != "note",
        integer=kind == "integer",
        required=_required(constraints.get("required")) or role in ("factor", "group"),
        low=_bound(constraints.get("minimum")) if numeric else None,
        high=_bound(constraints.get("maximum")) if numeric else None,
        missing=_missing_values(node) if "missingValues" in _keys(node) else missing,
    )


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(item.text() for item in node.items())


def _keys(node: Node) -> Iterable[str]:
    return (key for key, _ in node.entries())


def _statistic(node: Node) -> str:
    text = node.text("")
    if text and not _STATISTIC.fullmatch(text):
        raise node.fail(
            f"'{node.path}' is {text!r}",
            expected=f"one of {', '.join(_STATISTICS)}, or a percentile: p50, p99, p99.9",
        )
    return text


def _required(node: Node) -> bool:
    if not node.absent and not isinstance(node.value, bool):
        raise node.fail(f"'{node.path}' is neither true nor false", expected="true or false")
    return node.value is True


def _bound(node: Node) -> Decimal | None:
    return None if node.absent else Decimal(node.digits())


def _missing_values(owner: Node) -> tuple[str, ...]:
    """Texts that stand for no value; the empty cell always does."""
    entries = owner.get("missingValues").items()
    texts = (entry.get("value") if isinstance(entry.value, dict) else entry for entry in entries)
    return ("", *(text.text().strip() for text in texts))
