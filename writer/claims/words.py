"""Words of judgement: claims without a number, held against the data where data can decide.

Each kind of word is one :class:`Kind`: the pattern that finds it and the function
that judges it. What no table can show ("optimal", "stable", "first of its kind")
is unsupported unless the sentence cites someone for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from writer.claims.candidates import conflicts
from writer.claims.judge import Ruling, not_checked
from writer.claims.sentences import Sentence, distance
from writer.claims.vocabulary import Mention
from writer.dataset import Dataset, ratio
from writer.model.claim import Verdict
from writer.model.experiment import Column, Experiment, Level, Sweep
from writer.model.measurement import Measurement
from writer.model.number import digits, grouped
from writer.prose import plain_unit

NEAR_LINEAR = 0.9
"""Least share of the ideal that "near-linear" may stand for; the sections that
sage-write renders use the same."""

STEADY = 0.10
"""Most by which the largest value may exceed the smallest for "insensitive" to hold."""

Pair = tuple[Level, Measurement]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of judgement in a sentence, and the judge of its kind."""

    start: int
    end: int
    text: str
    judge: Callable[[Word, Sentence, Sequence[Mention], Dataset], Ruling]


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


def _unsupported(reason: str) -> Ruling:
    return Ruling(Verdict.UNSUPPORTED, "unsupported-claim", reason)


def _ruling(reason: str, cells: Sequence[Measurement], *, holds: bool) -> Ruling:
    from writer.claims.judge import evidence

    return Ruling(
        Verdict.SUPPORTED if holds else Verdict.CONTRADICTED,
        "" if holds else "contradicted-claim",
        reason,
        "",
        evidence(cells),
    )


def _show(item: Measurement) -> str:
    return grouped(digits(item), ",") + plain_unit(item.unit)


@dataclass(frozen=True, slots=True)
class Bound:
    """A column of one sweep that a word speaks of, and the levels named with it."""

    sweep: Sweep
    column: Column
    pairs: tuple[Pair, ...]
    named: tuple[Level, ...]


def _bound(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> list[Bound]:
    """The columns and sweeps that the words near ``word`` name."""

    def far(item: Mention) -> float:
        return distance(sentence.text, (word.start, word.end), (item.start, item.end))

    measures = sorted((item for item in mentions if item.kind == "measure"), key=far)
    context = [item for item in mentions if item.kind in ("level", "factor")]
    found: list[tuple[int, Bound]] = []
    for experiment in dataset.experiments.values():
        columns = _columns(experiment, measures)
        spoken = [item for item in context if experiment.name in item.experiments]
        if not columns or (context and not spoken) or _elsewhere(experiment, context):
            continue
        for sweep in experiment.sweeps():
            if not _admitted(sweep, spoken):
                continue
            for column in columns:
                pairs = sweep.known(column.name)
                if len(pairs) > 1:
                    found.append(
                        (len(spoken), Bound(sweep, column, pairs, _named(sweep, spoken, far)))
                    )
    most = max((score for score, _ in found), default=0)
    return [item for score, item in found if score == most]


def _elsewhere(experiment: Experiment, context: Sequence[Mention]) -> bool:
    """Whether a level is named that contradicts a setting of the experiment."""
    levels = [item for item in context if item.kind == "level"]
    foreign = [item for item in levels if experiment.name not in item.experiments]
    return any(conflicts(experiment, None, [item]) for item in foreign)


def _columns(experiment: Experiment, measures: Sequence[Mention]) -> list[Column]:
    """Those of the nearest mention that names any of this experiment."""
    for mention in measures:
        if not mention.targets:
            return []
        names = mention.columns(experiment.name)
        if names:
            return [column for column in experiment.quantities() if column.name in names]
    return []


def _admitted(sweep: Sweep, spoken: Sequence[Mention]) -> bool:
    """Whether the sweep is of the groups that are named, if any are."""
    for name, text in sweep.group:
        texts = {
            target[2]
            for item in spoken
            for target in item.targets
            if target[:2] == (sweep.experiment.name, name) and item.kind == "level"
        }
        if texts and text not in texts:
            return False
    return True


def _named(
    sweep: Sweep, spoken: Sequence[Mention], far: Callable[[Mention], float]
) -> tuple[Level, ...]:
    own = (sweep.experiment.name, sweep.factor)
    levels = {row.levels[sweep.factor].text: row.levels[sweep.factor] for row in sweep.rows}
    found: dict[str, Level] = {}
    for item in sorted((item for item in spoken if item.kind == "level"), key=far):
        for target in item.targets:
            if target[:2] == own and target[2] in levels:
                found.setdefault(target[2], levels[target[2]])
    return tuple(found.values())


def _numeric(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(
        (pair for pair in pairs if pair[0].value is not None), key=lambda pair: pair[0].value or 0
    )


def judge_linear(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """Near-linear: the ratio to the baseline keeps within a tenth of the ratio of levels."""
    bound = _bound(word, sentence, mentions, dataset)
    if not bound:
        bound = _bound_to_throughput(word, sentence, mentions, dataset)
    if not bound:
        return _unsupported("no column and sweep of numeric levels is bound to this word")
    for item in bound:
        pairs = _numeric(item.pairs)
        if len(pairs) < 2 or len(pairs) < len(item.pairs):
            return _unsupported(f"the levels of {item.sweep.factor} are not numbers")
        last = max((level.value or 0 for level in item.named), default=pairs[-1][0].value or 0)
        for level, cell in pairs[1:]:
            if (level.value or 0) > last:
                break
            start = pairs[0]
            if not start[0].value or not level.value:
                return _unsupported("a level of zero has no linear share")
            speedup = ratio(cell, start[1])
            share = speedup.number / (level.value / start[0].value)
            if share < NEAR_LINEAR or (share > 1 / NEAR_LINEAR and item.column.better == "higher"):
                return _ruling(
                    f"at {item.sweep.factor} {level.text} {item.column.title} is {_show(speedup)} "
                    f"that at {start[0].text}, not {level.value / start[0].value:g}x",
                    (start[1], cell),
                    holds=False,
                )
    cells = [cell for item in bound for _, cell in item.pairs]
    return _ruling(
        f"within {1 - NEAR_LINEAR:.0%} of the ideal at each level", cells[:6], holds=True
    )


def _bound_to_throughput(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> list[Bound]:
    """ "Scales near-linearly" without a quantity means throughput."""
    targets = frozenset(
        (experiment.name, column.name, "")
        for experiment in dataset.experiments.values()
        for column in experiment.of("throughput")
        if column.statistic != "per-unit"
    )
    implied = Mention(word.start, word.end, "measure", targets, "throughput")
    return _bound(word, sentence, [*mentions, implied], dataset) if targets else []


_LOW = re.compile(r"low|min|short|small|least|few", re.IGNORECASE)
_BEST = re.compile(r"best|fast|quick", re.IGNORECASE)
_WORST = re.compile(r"worst|slow", re.IGNORECASE)


def _wants_high(word: str, column: Column) -> bool:
    if _BEST.search(word):
        return column.better != "lower"
    if _WORST.search(word):
        return column.better == "lower"
    return _LOW.search(word) is None


def judge_extreme(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "Highest", "lowest": the level named beside it holds the extreme of the column."""
    bound = _bound(word, sentence, mentions, dataset)
    if not bound and (_BEST.search(word.text) or _WORST.search(word.text)):
        bound = _bound_to_throughput(word, sentence, mentions, dataset)
    with_levels = [item for item in bound if item.named]
    if not with_levels:
        return _unsupported("the sentence does not bind this extreme to a quantity and a level")
    item = with_levels[0]
    high = _wants_high(word.text, item.column)
    ranked = sorted(item.pairs, key=lambda pair: pair[1].number, reverse=high)
    best = ranked[0]
    ties = [level for level, cell in ranked if cell.number == best[1].number]
    holds = any(level in ties for level in _nearest_named(item, word, sentence, mentions))
    return _ruling(
        f"the {'highest' if high else 'lowest'} {item.column.title} is {_show(best[1])}, at "
        f"{item.sweep.factor} {best[0].text}",
        (best[1],),
        holds=holds,
    )


_LINKED = re.compile(
    r"^(?:\s[\w-]+){0,4}?(?:\s\([^()]*\))?,?(?:\s(?:is|was|are|were)(?:\s(?:that|those))?)?\s(?:at|for|of|with|on|under|by|in)\s(?:the\s|an?\s)?$"
)
_OTHER_SIDE = re.compile(
    r"\b(?:than|over|against|(?<!is\s)(?<!was\s)(?<!are\s)(?:that|those)\s(?:of|at))\s(?:\w+\s){0,2}$"
)


def _nearest_named(
    item: Bound, word: Word, sentence: Sentence, mentions: Sequence[Mention]
) -> tuple[Level, ...]:
    """The level linked behind the word ("highest at 4"), else the last one before it.

    A list of levels ("FIFO and LoadAware have the highest ...") counts as a whole.
    """
    own = (item.sweep.experiment.name, item.sweep.factor)
    text = sentence.text
    levels = [
        mention
        for mention in mentions
        if mention.kind == "level"
        and any(target[:2] == own for target in mention.targets)
        and not _OTHER_SIDE.search(text[: mention.start])
    ]
    linked = [m for m in levels if m.start >= word.end and _LINKED.match(text[word.end : m.start])]
    before = [m for m in levels if m.end <= word.start]
    chosen = linked[:1] or before[-1:] or levels[:1]
    if chosen and not linked:
        chosen += [
            m
            for m in before[:-1]
            if distance(text, (m.start, m.end), (chosen[0].start, chosen[0].end)) < 1.3
        ]
    texts = {target[2] for mention in chosen for target in mention.targets if target[:2] == own}
    return tuple(level for level in item.named if level.text in texts)


_DOWN = re.compile(r"fall|fell|drop|decreas|declin|shorten|shrink", re.IGNORECASE)


def judge_trend(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "Rises with", "falls with": every step of the sweep goes that way."""
    bound = [
        item
        for item in _bound(word, sentence, mentions, dataset)
        if any(mention.kind == "factor" for mention in mentions) or item.named
    ]
    if not bound:
        return _unsupported("no quantity and sweep are bound to this trend")
    down = _DOWN.search(word.text) is not None
    cells = []
    for item in bound:
        pairs = (
            _numeric(item.pairs)
            if all(level.value is not None for level, _ in item.pairs)
            else item.pairs
        )
        for (_, old), (level, new) in pairwise(pairs):
            holds = new.span.hi < old.span.lo if down else new.span.lo > old.span.hi
            if not holds:
                return _ruling(
                    f"{item.column.title} goes from {_show(old)} to {_show(new)} at "
                    f"{item.sweep.factor} {level.text}",
                    (old, new),
                    holds=False,
                )
            cells.append(new)
    return _ruling("each step of the sweep goes this way", cells[:6], holds=True)


def judge_steady(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "Insensitive to", "independent of": the values lie within a tenth."""
    bound = _bound(word, sentence, mentions, dataset)
    if not bound:
        return _unsupported("no quantity and sweep are bound to this word")
    item = bound[0]
    values = sorted((cell for _, cell in item.pairs), key=lambda cell: cell.number)
    holds = values[0].number > 0 and values[-1].number / values[0].number <= 1 + STEADY
    return _ruling(
        f"{item.column.title} lies between {_show(values[0])} and {_show(values[-1])}",
        values,
        holds=holds,
    )


_LESS = re.compile(r"lower|less|few|short|small", re.IGNORECASE)


def judge_comparison(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "A has higher throughput than B": two levels of one sweep, compared."""
    bound = [item for item in _bound(word, sentence, mentions, dataset) if len(item.named) > 1]
    if not bound:
        return _unsupported(
            "the sentence does not bind this comparison to a quantity and two levels"
        )
    item = bound[0]
    before, after = _either_side(item, word, mentions, sentence.text)
    if before is None or after is None:
        return _unsupported("the sentence does not say which level is compared with which")
    cells = {level.text: cell for level, cell in item.pairs}
    if before not in cells or after not in cells:
        return _unsupported("one side of the comparison has no measured value")
    one, other = cells[before], cells[after]
    smaller = _LESS.search(word.text) is not None
    if re.search(r"better|fast|outperform", word.text, re.IGNORECASE):
        smaller = item.column.better == "lower"
    if re.search(r"wors|slow", word.text, re.IGNORECASE):
        smaller = item.column.better == "higher"
    holds = one.span.hi < other.span.lo if smaller else one.span.lo > other.span.hi
    return _ruling(
        f"{item.column.title}: {before} {_show(one)}, {after} {_show(other)}",
        (one, other),
        holds=holds,
    )


def _either_side(
    item: Bound, word: Word, mentions: Sequence[Mention], text: str
) -> tuple[str | None, str | None]:
    own = (item.sweep.experiment.name, item.sweep.factor)
    places = [
        (mention.start, target[2])
        for mention in mentions
        if mention.kind == "level"
        for target in mention.targets
        if target[:2] == own
    ]
    than = _THAN_WORD.search(text, word.end)
    turn = than.start() if than else word.end
    before = [level for start, level in sorted(places) if start < word.start]
    between = [level for start, level in sorted(places) if word.start < start < turn]
    after = [level for start, level in sorted(places) if start > turn]
    one = between[-1:] or before[-1:]
    return (one[0] if one else None), (after[0] if after else None)


_THAN_WORD = re.compile(r"\bthan\b")


def judge_significant(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "Significantly": a test over repeated trials, which these tables do not hold."""
    return _unsupported(
        "the data hold no test of a difference: "
        + (
            "every row was run once"
            if all(e.trials is None or e.trials.number <= 1 for e in dataset.experiments.values())
            else "the trials of a row are not in the table"
        )
    )


def judge_novelty(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "The first system": literature decides, not data; a citation moves it there."""
    if sentence.cites():
        return not_checked("novelty, for which the sentence cites a source")
    return _unsupported("a claim of novelty needs a citation; no measurement can carry it")


def _no_measurement(what: str) -> Callable[[Word, Sentence, Sequence[Mention], Dataset], Ruling]:
    def judge(
        word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
    ) -> Ruling:
        if sentence.cites():
            return not_checked("the sentence cites a source for it")
        return _unsupported(f"no measurement says {what}")

    return judge


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
        _no_measurement("what is optimal"),
    ),
    (_pattern("significant(?:ly)?|statistically"), judge_significant),
    (
        _pattern("stable|stably|stability|robust(?:ly|ness)?|reliabl[ey]|reliability|consistently"),
        _no_measurement("how runs vary or fail: nothing was repeated"),
    ),
    (
        _pattern(
            r"(?:negligible|minimal|no|little|low) (?:\w+ )?(?:overhead|cost)s?"
            r"|isolated|isolation|fair(?:ness|ly)?"
        ),
        _no_measurement("that"),
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
