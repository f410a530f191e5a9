"""Finding the words of judgement of a sentence, each with the judge of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from writer.claims.judgement_words.binding import Word
from writer.claims.judgement_words.comparison import judge_comparison, judge_extreme
from writer.claims.judgement_words.scaling import judge_linear, judge_steady, judge_trend
from writer.claims.judgement_words.unmeasured import (
    judge_novelty,
    judge_significant,
    no_measurement,
)
from writer.claims.sentences import Sentence
from writer.claims.vocabulary import Mention

_NEGATED = re.compile(
    r"\b(?:no|not|never|neither|nor|without|cannot|nothing|n't)\b[^,;.]*$", re.IGNORECASE
)
_IDIOM = re.compile(
    r"\b(?:is|are) better\b|\b(?:up|outwards?|down) (?:and \w+ )*(?:to the \w+ )?is better",
    re.IGNORECASE,
)


def words(sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Word]:
    """The words of judgement of ``sentence`` that it does not negate."""
    taken: list[tuple[int, int]] = []
    for pattern, judge in _KINDS:
        for match in pattern.finditer(sentence.text):
            start, end = match.span()
            overlaps = any(start < last and first < end for first, last in taken)
            negated = _NEGATED.search(sentence.text[:start]) is not None
            if overlaps or negated or _in_idiom(sentence.text, match.span()):
                continue
            taken.append((start, end))
            if judge is judge_comparison and _has_number(sentence.text, match.span(), mentions):
                continue
            if judge is judge_trend and not _over_factor(sentence.text, match, mentions):
                continue
            yield Word(start, end, match[0], judge)


def _has_number(text: str, span: tuple[int, int], mentions: Sequence[Mention]) -> bool:
    """ "57% lower than", "lower than 5 ms": what is checked as a quantity."""
    if _QUANTIFIED.search(text[: span[0]]):
        return True
    than = _THAN_NUMBER.match(text, span[1])
    return than is not None and not any(
        item.kind == "level" and than.end(1) <= item.start <= than.end(2) for item in mentions
    )


def _over_factor(text: str, match: re.Match[str], mentions: Sequence[Mention]) -> bool:
    """Whether "rises with" goes on with a factor: with Priority nothing is swept."""
    if not match[0].endswith("with"):
        return True
    behind = _FACTOR_BEHIND.match(text, match.end())
    last = behind.end() if behind else match.end()
    return any(item.kind == "factor" and match.end() <= item.start <= last for item in mentions)


_FACTOR_BEHIND = re.compile(
    r"\s(?:(?:the|every|each|more|growing|higher|larger|increasing|number|of|longer)\s)*"
)
_THAN_NUMBER = re.compile(
    r"(\s(?:[\w-]+\s){0,9}?than\s)((?:an?\s|the\s)?(?:half|twice|\d|one\b|two\b)?)(?<=[\w])"
)
_QUANTIFIED = re.compile(r"(?:[\d%×]|\b(?:x|times|percent|points|s|ms|twice))\s$")


def _in_idiom(text: str, span: tuple[int, int]) -> bool:
    return any(
        match.start() <= span[0] < match.end() or (span[1] <= match.start() <= span[1] + 1)
        for match in _IDIOM.finditer(text)
    )


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w])", re.IGNORECASE)


_ADVERB = r"(?:almost |nearly |near-|roughly |approximately |close to |super-?|sub-?)?"
_THAN = r"(?=\s(?:[\w-]+\s){0,9}than\b)"
_KINDS = (
    (
        _pattern(
            r"the first (?:\w+[\s-]){0,4}?(?:systems?|frameworks?|works?|methods?|approach\w*"
            r"|of\b|in\b|to\b)"
            r"|first of its kind|novel|unprecedented|state[- ]of[- ]the[- ]art"
            r"|pioneering|groundbreaking"
        ),
        judge_novelty,
    ),
    (
        _pattern(
            rf"{_ADVERB}linear(?:ly)?(?: scaling| scalability| speed-?up)?"
            r"|scales? (?:well|perfectly|efficiently|gracefully|linearly)"
        ),
        judge_linear,
    ),
    (
        _pattern("optimal|optimum|optimally|sweet spot|best trade-?off"),
        no_measurement("what is optimal"),
    ),
    (_pattern("significant(?:ly)?|statistically"), judge_significant),
    (
        _pattern("stable|stably|stability|robust(?:ly|ness)?|reliabl[ey]|reliability|consistently"),
        no_measurement("how runs vary or fail: nothing was repeated"),
    ),
    (
        _pattern(
            r"(?:negligible|minimal|no|little|low) (?:\w+ )?(?:overhead|cost)s?"
            r"|isolated|isolation|fair(?:ness|ly)?"
        ),
        no_measurement("that"),
    ),
    (_pattern("insensitive|independent of|unaffected|regardless of|constant"), judge_steady),
    (
        _pattern(
            r"(?:ris|grow|increas|fall|drop|decreas|declin|improv|shorten|shrink)\w* "
            r"(?:(?:\w+ly|monotonically|steadily) )?with"
            r"|(?:rises?|grows?|increases?|falls?|drops?|decreases?|declines?) "
            r"(?:monotonically|steadily)"
        ),
        judge_trend,
    ),
    (
        _pattern(
            rf"(?:higher|lower|faster|slower|longer|shorter|better|worse|more|less|larger|smaller){_THAN}|outperforms?"
        ),
        judge_comparison,
    ),
    (
        _pattern(
            r"highest|lowest|fastest|slowest|best|worst|longest|shortest|largest|smallest"
            r"|maximi[sz]es|minimi[sz]es"
        ),
        judge_extreme,
    ),
)
