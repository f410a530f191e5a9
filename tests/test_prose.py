"""Sentences: the same one as plain text and as LaTeX, and what is never printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.values import cell, derived
from writer.errors import TemplateError
from writer.model.experiment import Level
from writer.model.measurement import Grade, Measurement
from writer.prose import Latex, escape, joined, latex_unit, plain_unit, refuse, sentence

ADJUSTED = cell("600", "ms", Grade.ADJUSTED, "c")
MISSING = cell("", "ms", name="d")
VALUES: dict[str, object] = {
    "rate": cell("13.30", "tasks/s", name="rate"),
    "tail": cell("210654.6", "ms", name="tail"),
    "fall": cell("-57", "%", name="fall"),
    "one": cell("1", "nodes", name="one"),
    "four": cell("4", "nodes", name="four"),
    "gain": derived(3.6169, 3.60, 3.63),
    "level": Level("nodes", "4", cell("4", "nodes", name="level")),
    "word": Level("scheduler", "A_B & C", None),
    "adjusted": ADJUSTED,
    "missing": MISSING,
    "nothing": None,
    "name": "50% of {x}_1",
    "ready": Latex(r"\emph{x}"),
}


@pytest.mark.parametrize(
    ("template", "plain", "latex"),
    [
        ("{{ rate }}", "13.30", r"\measured{table/rate}{13.30}"),
        ("{{ rate|u }}", "13.30 tasks/s", r"\measured{table/rate}{13.30}~tasks/s"),
        ("{{ rate|places(1) }}", "13.3", r"\measured{table/rate}{13.3}"),
        ("{{ rate|u(0) }}", "13 tasks/s", r"\measured{table/rate}{13}~tasks/s"),
        ("{{ tail|u }}", "210,654.6 ms", r"\measured{table/tail}{210{,}654.6}~ms"),
        ("{{ fall|u }}", "-57%", r"\measured{table/fall}{$-$57}\%"),
        ("{{ one|u }}", "1 node", r"\measured{table/one}{1}~node"),
        ("{{ four|u }}", "4 nodes", r"\measured{table/four}{4}~nodes"),
        ("{{ gain|u }}", "3.6x", r"\measured{ratio(table/a,table/b)}{3.6}$\times$"),
        ("{{ level }}", "4", r"\measured{table/level}{4}"),
        ("{{ level|u }}", "4 nodes", r"\measured{table/level}{4}~nodes"),
        ("{{ word }}", "A_B & C", r"A\_B \& C"),
        ("{{ word|u }}", "A_B & C", r"A\_B \& C"),
        ("{{ name }}", "50% of {x}_1", r"50\% of \{x\}\_1"),
        ("50% & {{ name }}", "50% & 50% of {x}_1", r"50\% \& 50\% of \{x\}\_1"),
        (
            "{{ [one, four]|listed }}",
            "1 and 4",
            r"\measured{table/one}{1} and \measured{table/four}{4}",
        ),
        (
            "{{ [one, four]|listed_u }}",
            "1 and 4 nodes",
            r"\measured{table/one}{1} and \measured{table/four}{4}~nodes",
        ),
        (
            "{{ [fall, fall]|listed_u }}",
            "-57% and -57%",
            r"\measured{table/fall}{$-$57}\% and \measured{table/fall}{$-$57}\%",
        ),
        (
            "{{ [rate, tail]|listed_u }}",
            "13.30 tasks/s and 210,654.6 ms",
            r"\measured{table/rate}{13.30}~tasks/s and \measured{table/tail}{210{,}654.6}~ms",
        ),
        ("  a\n\n b ", "a b", "a b"),
    ],
)
def test_a_sentence_in_both_styles(template: str, plain: str, latex: str) -> None:
    assert sentence(template, VALUES, "plain") == plain
    assert sentence(template, VALUES, "latex") == latex


def test_latex_is_marked_as_ready() -> None:
    assert type(sentence("a", {}, "latex")) is Latex
    assert type(sentence("a", {}, "plain")) is str
    assert sentence("{{ ready }}", VALUES, "latex") == r"\emph{x}"


@pytest.mark.parametrize("style", ["plain", "latex"])
@pytest.mark.parametrize(
    "form", ["{{ %s }}", "{{ %s|u }}", "{{ %s|places(1) }}", "{{ [%s]|listed }}"]
)
def test_what_was_not_measured_is_never_printed(form: str, style: str) -> None:
    for name, message in (
        ("adjusted", "'table/c' is an adjusted value and is never printed"),
        ("missing", "'table/d' has no value"),
    ):
        with pytest.raises(TemplateError) as caught:
            sentence(form % name, VALUES, style)
        assert (caught.value.message, caught.value.expected) == (message, "a measured value")


@pytest.mark.parametrize("style", ["plain", "latex"])
@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ nothing }}", "a template prints nothing: the value is None"),
        ("{{ 5 }}", "a template prints a bare int: 5"),
        ("{{ rate.value }}", "a template prints a bare float: 13.3"),
        ("{{ [rate] }}", "a template prints a bare list: "),
        ("{{ rate.nope }}", "cannot render '{{ rate.nope }}': "),
        ("{{ 5|u }}", "cannot render '{{ 5|u }}': "),
        ("{{ nothing|u }}", "cannot render '{{ nothing|u }}': "),
        ("{{ rate", "cannot render '{{ rate': "),
        ("{% for %}", "cannot render '{% for %}': "),
    ],
)
def test_what_cannot_be_printed_is_a_template_error(
    template: str, message: str, style: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        sentence(template, VALUES, style)
    assert caught.value.message.startswith(message)


def test_an_adjusted_value_says_what_to_print_instead() -> None:
    item = Measurement(
        "a.adjusted", "t", "a", (), 5.0, "5", "1", None, Grade.ADJUSTED, counterpart="t/a"
    )
    with pytest.raises(TemplateError) as caught:
        refuse(item)
    assert caught.value.hint == "print 't/a' instead, or leave the number out"


_PIECES = {
    r"\textbackslash{}": "\\",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    r"\textasciigrave{}": "`",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\ldots{}": "…",
    r"\textmu{}": "µ",
    **{rf"\{char}": char for char in "{}$&#_%"},
    "$\\times$": "×",
    "$-$": "−",
    r"$\pm$": "±",
    r"$\rightarrow$": "→",
    r"$\leq$": "≤",
    r"$\geq$": "≥",
    r"$\approx$": "≈",
    "---": "—",
    "--": "–",
    "``": '"',
    "''": '"',
    "~": "\u00a0",
    "{}": "",
}
_PIECE = re.compile("|".join(map(re.escape, sorted(_PIECES, key=len, reverse=True))))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TEXT = st.text() | st.text(st.sampled_from("\\{}$&#_%^~`<>|\"'-,!? a1×−–—…±→µμ≤≥≈\u00a0\n"))


@given(text=_TEXT)
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    back = _PIECE.sub(lambda match: _PIECES[match.group()], escape(text))
    assert back == _CONTROL.sub("", text).replace("μ", "µ")


@given(text=_TEXT)
def test_no_special_or_control_character_is_left(text: str) -> None:
    left = _PIECE.sub("", escape(text))
    assert re.findall(r'[\\{}$&#_%^~`<>|"\x00-\x08\x0b-\x1f\x7f-\x9f]', left) == []


@given(text=_TEXT)
def test_braces_of_escaped_text_are_balanced(text: str) -> None:
    bare = re.sub(r"\\[{}]", "", escape(text))
    assert (bare.count("{"), bare.replace("{}", "").count("}")) == (bare.count("}"), 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a" b', "``a'' b"),
        ('a "b"', "a ``b''"),
        ('("a")', "(``a'')"),
        ("--x", "-{}-x"),
        ("a---b", "a-{}-{}-b"),
        ("''", "'{}'"),
        ("––", "--{}--"),
        ("-–", "-{}--"),
        ("—-", "---{}-"),
        ("b'\"", "b'{}''"),
        ("b\"'", "b''{}'"),
        (",,", ",{},"),
        ("?`", r"?{}\textasciigrave{}"),
        ("a\x1bb\x00c", "abc"),
        ("\ud800", ""),
        ("a\u00a0b", "a~b"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("轻", "轻"),
    ],
)
def test_escapes(text: str, expected: str) -> None:
    assert escape(text) == expected


@given(name=_TEXT)
def test_a_name_in_a_sentence_is_escaped_once(name: str) -> None:
    expected = re.sub(r"\s+", " ", escape(name)).strip()
    assert sentence("{{ name }}", {"name": name}, "latex") == expected
    assert sentence("{{ name }}", {"name": name}, "plain") == re.sub(r"\s+", " ", name).strip()


@given(text=st.decimals(-(10**9), 10**9, places=2).map(lambda number: format(number, "f")))
def test_both_styles_print_the_same_digits(text: str) -> None:
    values = {"m": cell(text, "ms")}
    plain, latex = (sentence("{{ m|u }}", values, style) for style in ("plain", "latex"))
    assert plain.replace(",", "") == f"{text} ms"
    body = latex.removeprefix(r"\measured{table/a}{").removesuffix("}~ms")
    assert body.replace("$-$", "-").replace("{,}", ",") == plain.removesuffix(" ms")


@pytest.mark.parametrize(
    ("symbol", "plain", "latex"),
    [
        ("ms", " ms", "~ms"),
        ("%", "%", r"\%"),
        ("x", "x", r"$\times$"),
        ("1", "", ""),
        ("", "", ""),
        ("pp", " percentage points", " percentage points"),
        ("us", " µs", r"~\textmu{}s"),
        ("a_b", " a_b", r"~a\_b"),
    ],
)
def test_units(symbol: str, plain: str, latex: str) -> None:
    assert (plain_unit(symbol), latex_unit(symbol)) == (plain, latex)


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(items: list[str], expected: str) -> None:
    assert joined(items) == expected
