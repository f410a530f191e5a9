"""The Jinja environment in which sentences are made.

Jinja turns whatever it is given into text in many places: ``string``, ``join``,
``~``, ``%``, ``str.format``. Each would let a number into the text without its
provenance, so that here each takes text and measurements only. Imported where
the first sentence is rendered: Jinja costs time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.filters import do_title
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from writer.errors import TemplateError
from writer.model.experiment import Level
from writer.model.measurement import Measurement

_KEPT = (
    *("abs", "attr", "batch", "count", "d", "default", "dictsort", "first", "float", "groupby"),
    *("int", "items", "last", "length", "list", "map", "max", "min", "reject", "rejectattr"),
    *("reverse", "round", "select", "selectattr", "slice", "sort", "sum", "unique"),
)
"""Jinja's filters that do not make text of what they are given."""

_WORDS: Mapping[str, Callable[..., str]] = {
    "capitalize": str.capitalize,
    "lower": str.lower,
    "replace": str.replace,
    "title": do_title,
    "trim": str.strip,
    "upper": str.upper,
}
"""Jinja's filters on text; here they take nothing else."""

MAX_POWER = 1000.0
"""Exponents and bases beyond it are refused, so that no template computes for ever."""


class _Generator(CodeGenerator):
    """Compiles ``a ~ b`` to :meth:`Sandbox.concatenated`."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("environment.concatenated((")
        for item in node.nodes:
            self.visit(item, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which only text and measurements become text.

    Args:
        render: prints one value, or refuses it.
        wrap: marks what is rendered already.
        options: passed on to Jinja.
    """

    code_generator_class = _Generator
    intercepted_binops = frozenset(("%", "*", "**"))

    def __init__(
        self, render: Callable[[object], str], wrap: Callable[[str], str], **options: Any
    ) -> None:
        # Jinja joins constants while it compiles, before "~" and "finalize" see them: it is
        # kept from that, also by a "finalize" that needs the context
        super().__init__(
            undefined=StrictUndefined,
            finalize=pass_context(lambda _, value: render(value)),
            autoescape=False,
            optimized=False,
            **options,
        )
        self.render = render
        self.wrap = wrap
        # what a macro, a block or a "set" block printed is text that is ready
        self.concat = lambda parts: wrap("".join(parts))  # type: ignore[method-assign]
        self.globals.pop("lipsum", None)
        self.filters = {name: self.filters[name] for name in _KEPT} | {
            name: _on_words(name, original) for name, original in _WORDS.items()
        }
        self.filters["join"] = self.joined_by

    def concatenated(self, parts: Iterable[object]) -> str:
        """``a ~ b ~ c``: plain text as long as each part is; else each is rendered."""
        items = list(parts)
        if all(type(item) is str for item in items):
            return "".join(str(item) for item in items)
        return self.wrap("".join(self.render(item) for item in items))

    def joined_by(self, items: Iterable[object], separator: str = "") -> str:
        """``items|join(", ")``."""
        parts: list[object] = []
        for item in items:
            parts.extend((separator, item) if parts else (item,))
        return self.concatenated(parts)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """No digits as text, no methods of numbers."""
        digits = isinstance(obj, Measurement) or (
            isinstance(obj, Level) and obj.measurement is not None
        )
        if digits and attr in ("text", "levels"):
            raise TemplateError(
                f"a template asks for the digits of a {type(obj).__name__.lower()} as text",
                expected="the measurement or the level itself",
                hint=f"leave out '.{attr}': {{{{ it }}}} prints the digits with their provenance",
            )
        if isinstance(obj, int | float):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """``"...".format()`` is not offered."""
        if super().wrap_str_format(value) is not None:
            raise TemplateError(
                "a template formats text with values",
                expected="values printed one by one",
                hint="write {{ a }} and {{ b }} into the sentence",
            )
        return None

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers only, and within bounds."""
        for value in (left, right):
            if not isinstance(value, int | float):
                raise TemplateError(
                    f"a template computes with a {type(value).__name__}",
                    expected=f"numbers on both sides of '{operator}'",
                )
        if operator == "**" and max(abs(left), abs(right)) > MAX_POWER:
            raise TemplateError("a template computes too large a power")
        return super().call_binop(context, operator, left, right)


def _on_words(name: str, original: Callable[..., str]) -> Callable[..., str]:
    def checked(*values: object) -> str:
        for value in values:
            if type(value) is not str:
                raise TemplateError(
                    f"the filter '{name}' is given a {type(value).__name__}",
                    expected="plain text",
                    hint="print the value itself; only words change their case",
                )
        return original(*values)

    return checked


def escaping(escape: Callable[[str], str]) -> type[Extension]:
    """An extension that escapes a template's own words, so that rules are plain text."""

    class EscapeData(Extension):
        def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
            for token in stream:
                if token.type == "data":
                    yield Token(token.lineno, token.type, escape(token.value))
                else:
                    yield token

    return EscapeData
