"""Words that no table can show: significant, first, optimal, stable."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from writer.claims.judgement_words.binding import Word
from writer.claims.ruling import Ruling, not_checked, unsupported
from writer.claims.sentences import Sentence
from writer.claims.vocabulary import Mention
from writer.dataset import Dataset


def judge_significant(
    word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
) -> Ruling:
    """ "Significantly": a test over repeated trials, which these tables do not hold."""
    return unsupported(
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
    return unsupported("a claim of novelty needs a citation; no measurement can carry it")


def no_measurement(what: str) -> Callable[[Word, Sentence, Sequence[Mention], Dataset], Ruling]:
    """The judge of a kind of word of which no measurement says ``what``; a citation may."""

    def judge(
        word: Word, sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset
    ) -> Ruling:
        if sentence.cites():
            return not_checked("the sentence cites a source for it")
        return unsupported(f"no measurement says {what}")

    return judge
