"""What a word of judgement speaks of: the columns and sweeps that its sentence names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from writer.claims.candidates import conflicts
from writer.claims.naming import level_name
from writer.claims.ruling import Ruling, evidence
from writer.claims.sentences import Sentence, distance
from writer.claims.vocabulary import Mention
from writer.dataset import Dataset
from writer.model.claim import Verdict
from writer.model.experiment import Column, Experiment, Level, Sweep
from writer.model.measurement import Measurement

Pair = tuple[Level, Measurement]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of judgement in a sentence, and the judge of its kind."""

    start: int
    end: int
    text: str
    judge: Callable[[Word, Sentence, Sequence[Mention], Dataset], Ruling]


@dataclass(frozen=True, slots=True)
class Bound:
    """A column of one sweep that a word speaks of, and the levels named with it."""

    sweep: Sweep
    column: Column
    pairs: tuple[Pair, ...]
    named: tuple[Level, ...]

    @property
    def factor_title(self) -> str:
        """What was swept, in words."""
        return self.sweep.experiment.column(self.sweep.factor).title or self.sweep.factor

    def at(self, level: Level, dataset: Dataset) -> str:
        """A level in words, e.g. "start delay 5 s"."""
        return level_name(self.sweep.experiment.name, self.sweep.factor, level.text, dataset)


def bind(
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


def numeric(pairs: Sequence[Pair]) -> list[Pair]:
    """Those at levels that are numbers, in the order of these."""
    return sorted(
        (pair for pair in pairs if pair[0].value is not None), key=lambda pair: pair[0].value or 0
    )


def bind_to_throughput(
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
    return bind(word, sentence, [*mentions, implied], dataset) if targets else []


def ruling(reason: str, cells: Sequence[Measurement], *, holds: bool) -> Ruling:
    """The word is right, or not, as ``cells`` show."""
    return Ruling(
        Verdict.SUPPORTED if holds else Verdict.CONTRADICTED,
        "" if holds else "contradicted-claim",
        reason,
        "",
        evidence(cells),
    )
