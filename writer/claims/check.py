"""Hold a paper against the data: its quantities, its words of judgement, its limitations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from writer.claims.judge import Ruling, rule_quantity
from writer.claims.paper import Checked
from writer.claims.passages import passages
from writer.claims.quantities import quantities
from writer.claims.runner import run_rules
from writer.claims.sentences import Sentence, sentences
from writer.claims.vocabulary import Mention, Vocabulary, vocabulary
from writer.claims.words import Word, words
from writer.config import Config
from writer.dataset import Dataset
from writer.errors import PaperError
from writer.latex.blocks import Block, read_blocks
from writer.latex.project import Paper, load_paper
from writer.model.claim import Claim, Judgement
from writer.model.interval import Interval
from writer.model.result import AuditResult, CheckResult


def check_paper(
    path: Path,
    root: Path,
    dataset: Dataset,
    audit: AuditResult,
    config: Config,
    *,
    section: str | None = None,
) -> CheckResult:
    """Check the paper whose main file is ``path``.

    Args:
        path: the file to read; what it inputs is followed inside ``root``.
        root: the folder that the paper may read.
        dataset, audit, config: what it is held against.
        section: only this section: ``abstract``, ``introduction``, ``conclusion``, or
            words of a heading.

    Raises:
        PaperError: the paper cannot be read, or has no such section.
        PathError: the file is missing.
    """
    paper = load_paper(path, root)
    blocks, notes = read_blocks(paper)
    chosen = _chosen(blocks, section, paper)
    known = vocabulary(dataset)
    judgements = tuple(
        judgement for block in chosen for judgement in judge_block(block, paper, known, dataset)
    )
    checked = Checked(paper, chosen, judgements, dataset, audit, whole=section is None)
    findings, suppressed = run_rules(checked, config)
    return CheckResult(
        paper.files,
        judgements,
        findings,
        (*suppressed, *audit.suppressed),
        (*paper.notes, *notes),
        passages(chosen, judgements, paper),
        dict(zip(paper.files, paper.texts, strict=False)),
    )


def _chosen(blocks: Sequence[Block], section: str | None, paper: Paper) -> tuple[Block, ...]:
    if section is None:
        return tuple(blocks)
    wanted = section.strip().lower()
    exact = tuple(block for block in blocks if block.section == wanted)
    if exact:
        return exact
    named = tuple(
        block
        for block in blocks
        if wanted and (wanted in block.section or wanted in block.heading.lower())
    )
    if not named and not any(block.section for block in blocks):
        return tuple(blocks)  # a fragment without headings is the section it was called
    if not named:
        known = dict.fromkeys(block.section for block in blocks if block.section)
        raise PaperError(
            f"there is no section '{section}'",
            file=paper.files[0],
            expected=f"one of {', '.join(known)}",
        )
    return named


def judge_block(
    block: Block, paper: Paper, known: Vocabulary, dataset: Dataset
) -> Iterator[Judgement]:
    """The verdicts on one block, in the order of its text; limitations make no claims."""
    if block.kind == "limitation":
        return
    carried: Sequence[Mention] = ()
    for sentence in sentences(block):
        mentions = known.mentions(sentence.text)
        found = [
            *_quantities(sentence, mentions, carried, dataset),
            *_words(sentence, mentions, dataset),
        ]
        for place in sorted(found, key=lambda item: item.start):
            yield _judgement(place, sentence, paper)
        carried = mentions or carried


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    text: str
    value: float | None
    unit: str
    form: str
    ruling: Ruling
    interval: Interval | None = None
    hedge: str = ""


def _quantities(
    sentence: Sentence, mentions: Sequence[Mention], carried: Sequence[Mention], dataset: Dataset
) -> Iterator[_Found]:
    items = quantities(sentence.text)
    for item in items:
        if item.spelled and item.form != "ratio" and not _in_level(item.start, mentions):
            continue  # "three experiments": counts of things that are no data
        yield _Found(
            item.start,
            item.end,
            item.text,
            item.value,
            item.unit,
            item.form,
            rule_quantity(sentence, item, mentions, items, carried, dataset),
            item.interval,
            item.hedge,
        )


def _in_level(start: int, mentions: Sequence[Mention]) -> bool:
    return any(item.kind == "level" and item.start <= start < item.end for item in mentions)


def _words(sentence: Sentence, mentions: Sequence[Mention], dataset: Dataset) -> Iterator[_Found]:
    if sentence.block.kind == "heading":
        return
    for word in words(sentence, mentions):
        if any(_names(item, word) for item in mentions):
            continue
        ruling = word.judge(word, sentence, mentions, dataset)
        yield _Found(word.start, word.end, word.text.strip(), None, "", "word", ruling)


def _names(item: Mention, word: Word) -> bool:
    """Whether the word is a name of the data: a scheduler called Fair."""
    return item.kind != "factor" and item.start < word.end and word.start < item.end


def _judgement(found: _Found, sentence: Sentence, paper: Paper) -> Judgement:
    offset = sentence.block.offsets[sentence.start + found.start]
    place = paper.place(offset)
    claim = Claim(
        place.file,
        place.line,
        place.column,
        sentence.block.section,
        found.text,
        sentence.text.strip(),
        found.value,
        found.unit,
        found.form,
        found.interval,
        found.hedge,
    )
    ruling = found.ruling
    return Judgement(
        claim,
        ruling.verdict,
        ruling.rule,
        ruling.reason,
        ruling.formula,
        ruling.evidence,
        ruling.found,
        ruling.score,
        ruling.chance,
    )
