"""No way out of the sandbox for a number without its provenance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.values import cell
from writer.errors import TemplateError
from writer.model.experiment import Level
from writer.model.measurement import Grade
from writer.prose import make_environment, sentence

MEASURED = replace(cell("13.30", "tasks/s"), levels=(("concurrency", "8"),))
VALUES: dict[str, object] = {
    "m": MEASURED,
    "adjusted": cell("600", "ms", Grade.ADJUSTED, "c"),
    "missing": cell("", "ms", name="d"),
    "level": Level("concurrency", "8", cell("8")),
    "word": Level("scheduler", "FIFO", None),
    "names": ["FIFO", "Priority"],
}

BARE = {
    "a constant": "{{ 5 }}",
    "a float": "{{ 0.5 }}",
    "a truth value": "{{ true }}",
    "a value": "{{ m.value }}",
    "the value of a level": "{{ level.value }}",
    "the end of an interval": "{{ m.interval.lo }}",
    "an interval": "{{ m.interval }}",
    "an invented value": "{{ adjusted.value }}",
    "a sum": "{{ m.value + 1 }}",
    "a product": "{{ m.value * 2 }}",
    "rounded": "{{ m.value|round(1) }}",
    "whole": "{{ m.value|int }}",
    "a length": "{{ names|length }}",
    "the sum of a range": "{{ range(5)|sum }}",
    "a range": "{{ range(5) }}",
    "a list": "{{ range(5)|list }}",
    "a tuple": "{{ (1, 2) }}",
    "a dictionary": "{{ {'a': 5} }}",
    "the sum of values": "{{ [m]|sum(attribute='value') }}",
    "values of a list": "{{ [m]|map(attribute='value')|first }}",
    "attr": "{{ m|attr('value') }}",
    "an item": "{{ m['value'] }}",
    "a default": "{{ nothing|default(5) }}",
    "the index of a loop": "{% for name in names %}{{ loop.index }}{% endfor %}",
    "set": "{% set x = 5 %}{{ x }}",
    "a set block": "{% set x %}{{ 5 }}{% endset %}{{ x }}",
    "a macro": "{% macro f(x) %}{{ x }}{% endmacro %}{{ f(5) }}",
    "a filter block": "{% filter upper %}{{ 5 }}{% endfilter %}",
    "a namespace": "{{ namespace(a=5).a }}",
    "a cycler": "{{ cycler(1, 2).next() }}",
    "joined constants": "{{ 5 ~ 'x' }}",
    "joined constants in a set": "{% set x = 5 ~ 'x' %}{{ x }}",
    "a joined list": "{{ '' ~ [5] }}",
    "a joined value": "{{ m.value ~ '' }}",
    "a joined product": "{{ 'x' ~ (m.value * 2) }}",
    "join": "{{ [m.value]|join(', ') }}",
    "join of constants": "{{ [1, 2]|join }}",
    "a number between": "{{ names|join(5) }}",
    "bytes": "{{ 'a'.encode() }}",
    "text as a number": "{{ '5'|int }}",
}
DIGITS = {
    "text": "{{ m.text }}",
    "the text of a level": "{{ level.text }}",
    "levels": "{{ m.levels[0][1] }}",
    "an item": "{{ m['text'] }}",
    "attr": "{{ m|attr('text') }}",
    "map": "{{ [m]|map(attribute='text')|join }}",
    "map of levels": "{{ [m]|map(attribute='levels.0.1')|first }}",
    "map of map": "{{ [[m]]|map('map', attribute='text')|first|first }}",
    "max": "{{ [m]|max(attribute='text') }}",
    "groupby": "{{ ([m]|groupby('text')|first).grouper }}",
    "sort": "{{ [m]|sort(attribute='text')|first }}",
    "selectattr": "{{ [m]|selectattr('text')|first }}",
    "unique": "{{ [m]|unique(attribute='text')|first }}",
    "an invented one": "{{ adjusted.text }}",
    "joined": "{{ m.text ~ 'x' }}",
    "a condition": "{% if m.text == '13.30' %}x{% endif %}",
}
FORMATS = {
    "percent": ("{{ '%d' % 5 }}", "a template computes with a str"),
    "percent of a measurement": ("{{ '%s' % m }}", "a template computes with a str"),
    "percent of a tuple": ("{{ '%s' % (5,) }}", "a template computes with a str"),
    "repeated": ("{{ 'a' * 5 }}", "a template computes with a str"),
    "a repeated list": ("{{ [5] * 2 }}", "a template computes with a list"),
    "format": ("{{ '{}'.format(5) }}", "a template formats text with values"),
    "format of a value": ("{{ '{0.value}'.format(m) }}", "a template formats text with values"),
    "format_map": ("{{ '{a}'.format_map({'a': 5}) }}", "a template formats text with values"),
    "replace": ("{{ 'abc'|replace('b', 5) }}", "the filter 'replace' is given a int"),
    "replace by a value": (
        "{{ 'abc'|replace('b', m.value) }}",
        "the filter 'replace' is given a float",
    ),
    "upper": ("{{ 5|upper }}", "the filter 'upper' is given a int"),
    "upper of a measurement": ("{{ m|upper }}", "the filter 'upper' is given a Measurement"),
    "trim": ("{{ m.value|trim }}", "the filter 'trim' is given a float"),
    "title of a list": ("{{ [5]|title }}", "the filter 'title' is given a list"),
    "a large power": ("{{ 2 ** 9999999 }}", "a template computes too large a power"),
}
STRAY_FILTERS = (
    *("string", "format", "e", "escape", "safe", "tojson", "pprint", "urlencode", "urlize"),
    *("filesizeformat", "center", "indent", "wordwrap", "wordcount", "xmlattr", "striptags"),
    *("forceescape", "truncate", "random"),
)
_STYLES = pytest.mark.parametrize("style", ["plain", "latex"])


def _message(template: str, style: str) -> str:
    with pytest.raises(TemplateError) as caught:
        sentence(template, VALUES, style)
    return caught.value.message


@_STYLES
@pytest.mark.parametrize("template", BARE.values(), ids=BARE)
def test_a_bare_value_is_not_printed(template: str, style: str) -> None:
    assert _message(template, style).startswith("a template prints a bare ")


@_STYLES
@pytest.mark.parametrize("template", DIGITS.values(), ids=DIGITS)
def test_digits_are_not_text(template: str, style: str) -> None:
    assert _message(template, style) in {
        "a template asks for the digits of a measurement as text",
        "a template asks for the digits of a level as text",
    }


@_STYLES
@pytest.mark.parametrize(("template", "message"), FORMATS.values(), ids=FORMATS)
def test_nothing_is_formatted(template: str, message: str, style: str) -> None:
    assert _message(template, style) == message


@pytest.mark.parametrize("name", STRAY_FILTERS)
def test_filters_that_make_text_are_not_there(name: str) -> None:
    template = f"{{{{ m.value|{name} }}}}"
    assert _message(template, "plain") == (f"cannot render {template!r}: No filter named '{name}'.")


@pytest.mark.parametrize(
    "template",
    [
        "{{ m.__class__ }}",
        "{{ m.value.__str__() }}",
        "{{ m.value.hex() }}",
        "{{ m.value.is_integer() }}",
        "{{ m.value.real }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ names.append(5) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum() }}",
        "{{ m|attr('__class__') }}",
        "{% include 'x' %}",
        "{{ range(10000000)|list }}",
    ],
)
@_STYLES
def test_what_lies_behind_a_value_is_out_of_reach(template: str, style: str) -> None:
    assert _message(template, style).startswith("cannot render ")


@pytest.mark.parametrize(
    ("template", "plain", "latex"),
    [
        ("{{ m }}", "13.30", r"\measured{table/a}{13.30}"),
        ("{{ m ~ '' }}", "13.30", r"\measured{table/a}{13.30}"),
        ("{{ 'at ' ~ m }}", "at 13.30", r"at \measured{table/a}{13.30}"),
        ("{{ [m, m]|join(' & ') }}", "13.30 & 13.30", None),
        ("{{ names|join(' & ') }}", "FIFO & Priority", r"FIFO \& Priority"),
        ("{{ 'a' ~ '&' }}", "a&", r"a\&"),
        ("{% set x %}a & {{ m }}{% endset %}{{ x }}", "a & 13.30", None),
        ("{% macro f(x) %}{{ x }}!{% endmacro %}{{ f(m) }}", "13.30!", None),
        ("{{ 'x' if m.value > 5 else 'y' }}", "x", "x"),
        ("{{ 'x' if m.value ** 2 > 5 and m.value % 5 < 4 else 'y' }}", "x", "x"),
        ("{{ word.text|upper }}", "FIFO", "FIFO"),
        ("{{ names|first|lower|replace('i', 'o') }}", "fofo", "fofo"),
        ("{% if false %}{{ 5 }}{% endif %}", "", ""),
        ("{% for name in names %}{{ name }}{% endfor %}", "FIFOPriority", "FIFOPriority"),
    ],
)
def test_what_may_be_printed_is(template: str, plain: str, latex: str | None) -> None:
    marked = plain.replace("&", r"\&").replace("13.30", r"\measured{table/a}{13.30}")
    assert sentence(template, VALUES, "plain") == plain
    assert sentence(template, VALUES, "latex") == (marked if latex is None else latex)


def test_ready_text_is_not_escaped_again_nor_changed() -> None:
    assert sentence("{{ (m ~ '&') ~ '&' }}", VALUES, "latex") == (r"\measured{table/a}{13.30}\&\&")
    message = _message("{% set x %}{{ m }}{% endset %}{{ x|upper }}", "latex")
    assert message == "the filter 'upper' is given a Latex"


@given(parts=st.lists(st.integers() | st.floats() | st.booleans(), min_size=1))
def test_no_number_is_joined(parts: list[float]) -> None:
    for template in ("{{ parts|join }}", "{{ 'a' ~ parts[0] }}", "{{ parts }}", "{{ parts[0] }}"):
        with pytest.raises(TemplateError, match="a template prints a bare "):
            sentence(template, {"parts": parts}, "latex")


def test_an_undefined_name_is_named() -> None:
    assert _message("{{ nothing }}", "plain") == (
        "cannot render '{{ nothing }}': 'nothing' is undefined"
    )


def test_an_environment_takes_other_delimiters() -> None:
    environment = make_environment("latex", variable_start_string="<", variable_end_string=">")
    assert environment.from_string("<m> {{ 5 }}").render(m=MEASURED) == (
        r"\measured{table/a}{13.30} {{ 5 }}"
    )
