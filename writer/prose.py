"""Sentences with numbers in them, rendered as plain text or as LaTeX.

One sandboxed Jinja environment per style. A value reaches the text only as a
:class:`Measurement`, a :class:`Level` or a string: a bare number, an adjusted
value or a missing one is an error, so that no sentence can carry a number
without provenance. In LaTeX a number becomes ``\\measured{id}{digits}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from writer.errors import SageWriteError, TemplateError
from writer.model.experiment import Level
from writer.model.measurement import Grade, Measurement
from writer.model.number import digits, ends, grouped
from writer.model.unit import singular

if TYPE_CHECKING:
    from jinja2 import Environment


class Latex(str):
    """Text that is LaTeX already and must not be escaped again."""

    __slots__ = ()


_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "\u00a0": "~",
    "×": r"$\times$",
    "−": r"$-$",
    "–": "--",
    "—": "---",
    "…": r"\ldots{}",
    "±": r"$\pm$",
    "→": r"$\rightarrow$",
    "µ": r"\textmu{}",
    "μ": r"\textmu{}",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "≈": r"$\approx$",
}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LIGATURE = re.compile(
    r"""(?<=[-–—])(?=[-–—])|(?<=,)(?=,)|(?<=')(?=['"])|(?<=")(?=')|(?<=[!?])(?=`)"""
)
_QUOTE = re.compile(r'(^|[\s(\[{/-])"')


def escape(text: str) -> str:
    """Escape ``text`` for LaTeX running text; control characters are dropped.

    Straight double quotes become typographic ones, because a straight one does
    not exist in the font encoding of many papers. Hyphens, commas and quotes
    that TeX would join into another sign stay apart.
    """
    clean = _UNPRINTABLE.sub("", text)
    apart = _LIGATURE.sub("\x00", clean)
    quoted = _QUOTE.sub("\\1\x01", apart).replace('"', "\x02")
    return "".join(_SPECIAL.get(char) or _MARKS.get(char, char) for char in quoted)


_MARKS = {"\x00": "{}", "\x01": "``", "\x02": "''"}
"""Signs that :func:`escape` puts into the text, which holds no control character by then."""


def refuse(item: Measurement) -> None:
    """Raise when ``item`` must not be printed.

    Raises:
        TemplateError: its grade is ``adjusted`` or ``missing``.
    """
    if item.grade is Grade.ADJUSTED:
        raise TemplateError(
            f"'{item.id}' is an adjusted value and is never printed",
            expected="a measured value",
            hint=f"print '{item.counterpart}' instead, or leave the number out",
        )
    if not item.known:
        raise TemplateError(
            f"'{item.id}' has no value",
            expected="a measured value",
            hint="guard the sentence with a test of .known",
        )


def plain_number(item: Measurement, decimals: int | None = None) -> str:
    """Digits for running text, grouped with commas."""
    refuse(item)
    return grouped(digits(item, decimals), ",")


def latex_number(item: Measurement, decimals: int | None = None) -> Latex:
    """``\\measured{id}{digits}``."""
    refuse(item)
    body = grouped(digits(item, decimals), "{,}")
    if body.startswith("-"):
        body = f"$-${body[1:]}"
    return Latex(rf"\measured{{{item.id}}}{{{body}}}")


_PLAIN_UNITS = {"x": "x", "1": "", "%": "%", "pp": " percentage points", "us": " µs"}
_LATEX_UNITS = {
    "x": r"$\times$",
    "1": "",
    "%": r"\%",
    "pp": " percentage points",
    "us": r"~\textmu{}s",
}


def plain_unit(symbol: str) -> str:
    """The unit as it follows a number in plain text."""
    return _PLAIN_UNITS.get(symbol, f" {symbol}" if symbol else "")


def latex_unit(symbol: str) -> Latex:
    """The unit as it follows a number in LaTeX."""
    return Latex(_LATEX_UNITS.get(symbol, f"~{escape(symbol)}" if symbol else ""))


def _finalize(
    value: object, number: Callable[[Measurement], str], text: Callable[[str], str]
) -> str:
    if isinstance(value, Measurement):
        return number(value)
    if isinstance(value, Level):
        return number(value.measurement) if value.measurement else text(value.text)
    if isinstance(value, Latex):
        return str(value)
    if isinstance(value, str):
        return text(value)
    if value is None:
        raise TemplateError(
            "a template prints nothing: the value is None",
            expected="a measurement or text",
            hint="guard the sentence with a test",
        )
    if type(value).__name__ == "StrictUndefined":
        return str(value)  # raises, and names what is undefined
    raise TemplateError(
        f"a template prints a bare {type(value).__name__}: {value!r}",
        expected="a measurement or text",
        hint="numbers enter the text only through measurements",
    )


def joined(items: Iterable[str]) -> str:
    """``a, b and c``."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def make_environment(style: str, **options: Any) -> Environment:
    """A sandboxed environment that prints measurements in ``style``.

    Args:
        style: ``plain`` or ``latex``.
        options: passed on to Jinja (delimiters, loader, extensions).
    """
    from writer.sandbox import Sandbox

    latex = style == "latex"
    number: Callable[..., str] = latex_number if latex else plain_number
    unit: Callable[[str], str] = latex_unit if latex else plain_unit
    text: Callable[[str], str] = escape if latex else str
    wrap: Callable[[str], str] = Latex if latex else str

    def render(value: object) -> str:
        return _finalize(value, number, text)

    environment = Sandbox(render, wrap, **options)

    def with_unit(item: Measurement | Level, decimals: int | None = None) -> str:
        if isinstance(item, Level):
            if item.measurement is None:
                return wrap(text(item.text))
            item = item.measurement
        printed = number(item, decimals)
        one = digits(item, decimals) == "1"
        return wrap(printed + unit(singular(item.unit) if one else item.unit))

    def with_units(items: Iterable[Measurement | Level]) -> str:
        """One unit behind the last number where all share one and it stands apart."""
        given = list(items)
        symbols = {_unit_of(item) for item in given}
        shared = unit(next(iter(symbols))) if len(symbols) == 1 and len(given) > 1 else ""
        if shared.startswith((" ", "~")):
            return wrap(joined(render(item) for item in given) + shared)
        return wrap(joined(with_unit(item) for item in given))

    def with_interval(item: Measurement) -> str:
        """The ends of a confidence interval behind a number; nothing where there is none."""
        found = ends(item)
        if found is None:
            return wrap("")
        low, high = (grouped(end, "{,}" if latex else ",") for end in found)
        return wrap(
            rf"~\interval{{{item.id}}}{{{low}}}{{{high}}}" if latex else f" [{low}, {high}]"
        )

    environment.filters["u"] = with_unit
    environment.filters["interval"] = with_interval
    environment.filters["places"] = lambda item, decimals: wrap(number(item, decimals))
    environment.filters["listed"] = lambda items: wrap(joined(render(item) for item in items))
    environment.filters["listed_u"] = with_units
    return environment


def _unit_of(item: Measurement | Level) -> str:
    measurement = item.measurement if isinstance(item, Level) else item
    return "" if measurement is None else measurement.unit


@cache
def _rule_environment(style: str) -> Environment:
    from writer.sandbox import escaping

    extensions = [escaping(escape)] if style == "latex" else []
    return make_environment(style, extensions=extensions, trim_blocks=True, lstrip_blocks=True)


def sentence(template: str, values: Mapping[str, object], style: str) -> str:
    """Render a rule's message or limitation.

    The template is plain text with Jinja's own delimiters. ``{{ m }}`` prints a
    measurement's digits, ``{{ m|u }}`` adds the unit, ``{{ list|listed }}`` joins
    with commas and "and", ``{{ m|places(1) }}`` prints fewer decimals.

    Raises:
        TemplateError: an undefined name, a bare number, an unprintable value.
    """
    try:
        text = _rule_environment(style).from_string(template).render(**values)
    except SageWriteError:
        raise
    except Exception as error:
        # whatever a template can make Python raise: no name, no type, too large a range
        raise TemplateError(f"cannot render {template[:60]!r}: {error}") from error
    line = re.sub(r"\s+", " ", text).strip()
    return Latex(line) if style == "latex" else line
