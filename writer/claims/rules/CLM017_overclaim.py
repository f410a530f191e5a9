"""A word claims more than the paper's kind of evidence can carry.

What it checks
    For a paper without measured data, the abstract, introduction and conclusion:
    "significantly better" where no number stands beside it and the paper names no test
    and no spread; "always" and "never" of results; "optimal" without a theorem; "scales
    linearly"; "the first to" without a citation or "to our knowledge".

Why it matters
    These words are read as results. A reviewer who asks for the test, the proof or the
    search of the literature finds none.

When it is wrong
    When the evidence is where this cannot see it: say it beside the word.

Example
    "Our method significantly outperforms all baselines", with one run of each.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from writer.claims.paper import Checked
from writer.claims.quantities import quantities
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._tables import place
from writer.claims.sentences import Sentence, sentences
from writer.claims.tables.prose import FRONT
from writer.claims.tables.wording import clipped
from writer.model.finding import Confidence, Severity


@dataclass(frozen=True)
class _Use:
    """A word in its sentence, and what stands before it."""

    checked: Checked
    sentence: Sentence
    before: str


Excuse = Callable[[_Use], bool]


@dataclass(frozen=True)
class _Kind:
    pattern: re.Pattern[str]
    lacks: str
    excused: Excuse


_TEST = re.compile(
    r"\bp\s?(?:-?\s?values?)?\s?[<=\u2264]\s?\.?\d|\bp-?values?\b|t-tests?|wilcoxon|mann-?whitney|anova"
    r"|confidence intervals?|statistical(?:ly)?|bootstrap\w*|\u00b1|standard (?:deviation|error)"
    r"|error bars?|kruskal|chi-?squared?|credible interval|\bsigma\b|\u03c3|\\pm\b|95\\?%",
    re.IGNORECASE,
)
_PROOF = re.compile(
    r"\\begin\s*\{(?:theorem|proof|lemma|thm|proposition|corollary)\}|\btheorem\b", re.IGNORECASE
)
_HEDGED = re.compile(
    r"knowledge|\bto our\b|\baware\b|\bamong the first\b|\bone of the first\b|\bcan\b|\bmay\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:we|our|this (?:paper|work|article|study)|it)\b|^(?:\W|\w+,\s)*this\s$", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(?:not?|never|neither|nor|without|cannot|n't)\b[^,;.]*$", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:whether|if|how|assum\w+|suppose)\b[^,;.]*$", re.IGNORECASE)
_WISHED = re.compile(r"\b(?:to|will|would|can|could|may|might|should)\s$", re.IGNORECASE)
_BETTER = (
    r"(?:outperform\w*|improv\w+|reduc\w+|increas\w+|decreas\w+|enhanc\w+|boost\w*|exceed\w*|"
    r"surpass\w*|better|worse|faster|slower|higher|lower|larger|smaller|fewer|superior)"
)
_RESULT = (
    r"(?:outperforms?|achieves?|improves?|fails?|failed|degrades?|succeeds?|wins?|beats?|"
    r"converges?|better|best|worse|superior|finds?|found|returns?|reaches|holds?|guarantees?)"
)


def _tested(use: _Use) -> bool:
    """A number beside the word, or a test or a spread anywhere in the paper."""
    return bool(quantities(use.sentence.text)) or _TEST.search(use.checked.paper.text) is not None


def _proved(use: _Use) -> bool:
    return _PROOF.search(use.checked.paper.text) is not None


def _careful(use: _Use) -> bool:
    """Hedged, or said of somebody else."""
    own = _OWN.search(use.before) is not None
    return not own or _HEDGED.search(use.sentence.text) is not None


def _numbered(use: _Use) -> bool:
    return bool(quantities(use.sentence.text)) or _proved(use)


_KINDS = (
    _Kind(
        re.compile(
            rf"\bsignificantly\s(?:\w+\s)?{_BETTER}\b|\b{_BETTER}\ssignificantly\b", re.IGNORECASE
        ),
        "the paper names no test and no spread, and the sentence no number",
        _tested,
    ),
    _Kind(
        re.compile(rf"\b(?:always|never)\s{_RESULT}\b", re.IGNORECASE),
        "no finite set of experiments shows it",
        _proved,
    ),
    _Kind(
        re.compile(
            r"\b(?:is|are|guarantees?|achieves?|provides?|yields?|delivers?|ensures?)\s"
            r"(?:the\s|an?\s|provably\s)?optimal\b(?!\s(?:control|transport|design)"
            r"|\s(?:in|for|at|on|under|over)\s(?:different|certain|some|various|distinct|other)\b)",
            re.IGNORECASE,
        ),
        "the paper states no theorem",
        _proved,
    ),
    _Kind(
        re.compile(
            r"\b(?:scal(?:es?|ing)|(?:throughput|speed-?up|performance)\s(?:grows|increases|rises|"
            r"improves))\slinearly\b",
            re.IGNORECASE,
        ),
        "the sentence gives no number that shows it",
        _numbered,
    ),
    _Kind(
        re.compile(
            r"\b(?:is|are|present|propose|introduce|develop|provide|describe)\sthe\s(?:very\s)?"
            r"first\s(?!(?:step|stage|part|phase|one|two|three|section|layer|author|time|class|"
            r"group|set|case|line)\b)(?:[\w-]+\s){0,6}?(?:to|that|for|which|capable)\b",
            re.IGNORECASE,
        ),
        "the sentence cites nobody and does not say 'to our knowledge'",
        _careful,
    ),
)


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per word, where the paper has nothing of what it needs."""
    if checked.dataset.experiments:
        return  # words are held against the data by writer/claims/judgement_words
    for block in checked.blocks:
        if block.section not in FRONT or block.kind in ("heading", "limitation"):
            continue
        for sentence in sentences(block):
            if not sentence.cites():
                yield from _of(checked, sentence)


def _of(checked: Checked, sentence: Sentence) -> Iterator[PaperHit]:
    for kind in _KINDS:
        for match in kind.pattern.finditer(sentence.text):
            before = sentence.text[: match.start()]
            if any(excuse.search(before) for excuse in (_NEGATED, _WISHED, _ASKED)):
                continue
            if kind.excused(_Use(checked, sentence, before)):
                continue
            offset = sentence.block.offsets[sentence.start + match.start()]
            at = checked.paper.place(offset)
            yield PaperHit(
                where=place(checked, offset),
                message=f'"{match[0]}": {kind.lacks}: {clipped(sentence.text)}',
                part=f"{at.file}-{at.line}-{at.column}",
                evidence={"word": match[0], "sentence": sentence.text},
                settle="Give what the word needs beside it, or say less.",
            )


RULE = paper_rule(
    code="CLM017",
    name="overclaim",
    severity=Severity.NOTE,
    confidence=Confidence.LOW,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "significant without a test",
            r"\begin{abstract}Our method significantly outperforms all baselines.\end{abstract}",
            1,
            data=False,
        ),
        PaperExample(
            "significant with a test in the body",
            r"\begin{abstract}Our method significantly outperforms all baselines.\end{abstract}"
            "\n\nA Wilcoxon test of ten runs gives the same.",
            0,
            data=False,
        ),
        PaperExample(
            "first, optimal and always",
            r"\begin{abstract}We present the first scheduler that learns. Its plans are optimal."
            r" It never fails.\end{abstract}",
            3,
            data=False,
        ),
        PaperExample(
            "first, always and linear in other words",
            r"\begin{abstract}This is the first system that supports nested transactions. It "
            r"always finds the best plan. The throughput grows linearly with the nodes."
            r"\end{abstract}",
            3,
            data=False,
        ),
        PaperExample(
            "what is asked is not claimed",
            r"\begin{abstract}We study whether throughput scales linearly with the nodes. This "
            r"was the first step to take.\end{abstract}",
            0,
            data=False,
        ),
        PaperExample(
            "what is wished for is not claimed",
            r"\begin{abstract}We aim to achieve optimal plans. Caches can significantly improve"
            r" any system. The two plans are optimal in different loads.\end{abstract}",
            0,
            data=False,
        ),
        PaperExample(
            "first as far as we know; the first step",
            r"\begin{abstract}To the best of our knowledge, this is the first scheduler that "
            r"learns. Sorting is the first step to take.\end{abstract}",
            0,
            data=False,
        ),
    ),
)
