"""Sentences with numbers in them, rendered as plain text or as LaTeX.

One sandboxed Jinja environment per style. A value reaches the text only as a
:class:`Measurement`, a :class:`Level` or a string: a bare number, an adjusted
value or a missing one is an error, so that no sentence can carry a number
without provenance. In LaTeX a number becomes ``\\measured{id}{digits}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from writer.errors import TemplateError
from writer.model.experiment import Level
from writer.model.measurement import Grade, Measurement
from writer.model.number import digits, grouped
from writer.model.unit import singular

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.ext import Extension


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
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "×": r"$\times$",
    "–": "--",
    "—": "---",
    "±": r"$\pm$",
    "µ": r"\textmu{}",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "'": "'",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def escape(text: str) -> str:
    """Escape ``text`` for LaTeX running text; control characters are dropped."""
    return "".join(_SPECIAL.get(char, char) for char in _CONTROL.sub("", text))


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


_PLAIN_UNITS = {"x": "x", "1": "", "%": "%", "pp": " percentage points"}
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
        return ""
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


def _escape_data() -> type[Extension]:
    from jinja2.ext import Extension
    from jinja2.lexer import Token, TokenStream

    class EscapeData(Extension):
        """Escape a template's own words, so that rules are written in plain text."""

        def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
            for token in stream:
                if token.type == "data":
                    yield Token(token.lineno, token.type, escape(token.value))
                else:
                    yield token

    return EscapeData


def make_environment(style: str, **options: Any) -> Environment:
    """A sandboxed environment that prints measurements in ``style``.

    Args:
        style: ``plain`` or ``latex``.
        options: passed on to Jinja (delimiters, loader, extensions).
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    latex = style == "latex"
    number: Callable[..., str] = latex_number if latex else plain_number
    unit: Callable[[str], str] = latex_unit if latex else plain_unit
    text: Callable[[str], str] = escape if latex else str
    wrap: Callable[[str], str] = Latex if latex else str

    def render(value: object) -> str:
        return _finalize(value, number, text)

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=render, autoescape=False, **options
    )

    def with_unit(item: Measurement | Level, decimals: int | None = None) -> str:
        if isinstance(item, Level):
            if item.measurement is None:
                return wrap(text(item.text))
            item = item.measurement
        printed = number(item, decimals)
        one = digits(item, decimals) == "1"
        return wrap(printed + unit(singular(item.unit) if one else item.unit))

    environment.filters["u"] = with_unit
    environment.filters["places"] = lambda item, decimals: wrap(number(item, decimals))
    environment.filters["listed"] = lambda items: wrap(joined(render(item) for item in items))
    environment.filters["listed_u"] = lambda items: wrap(joined(with_unit(item) for item in items))
    environment.globals.pop("lipsum", None)
    return environment


@cache
def _rule_environment(style: str) -> Environment:
    extensions = [_escape_data()] if style == "latex" else []
    return make_environment(style, extensions=extensions, trim_blocks=True, lstrip_blocks=True)


def sentence(template: str, values: Mapping[str, object], style: str) -> str:
    """Render a rule's message or limitation.

    The template is plain text with Jinja's own delimiters. ``{{ m }}`` prints a
    measurement's digits, ``{{ m|u }}`` adds the unit, ``{{ list|listed }}`` joins
    with commas and "and", ``{{ m|places(1) }}`` prints fewer decimals.

    Raises:
        TemplateError: an undefined name, a bare number, an unprintable value.
    """
    import jinja2

    try:
        text = _rule_environment(style).from_string(template).render(**values)
    except jinja2.TemplateError as error:
        raise TemplateError(f"cannot render {template[:60]!r}: {error}") from error
    return re.sub(r"\s+", " ", text).strip()
