"""Hold a paper against the data: its quantities, its words of judgement, its limitations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from writer.claims.judge import rule_quantity
from writer.claims.judgement_words import Word, words
from writer.claims.meant import meant
from writer.claims.paper import Checked, Judged
from writer.claims.passages import passages
from writer.claims.quantities import Quantity, quantities
from writer.claims.ruling import Ruling, not_checked
from writer.claims.runner import run_rules
from writer.claims.sentences import Sentence, sentences
from writer.claims.skip import skip_reason
from writer.claims.tables.judge import Held
from writer.claims.tables.own import Own
from writer.claims.tables.prose import FRONT
from writer.claims.tables.reported import ruling_of
from writer.claims.tables.together import settled
from writer.claims.vocabulary import Mention, vocabulary
from writer.config import Config
from writer.dataset import Dataset
from writer.errors import PaperError
from writer.latex.blocks import Block, read_blocks
from writer.latex.project import Paper, load_paper
from writer.latex.tables import read_tables
from writer.model.claim import Claim, Judgement, Verdict
from writer.model.interval import Interval
from writer.model.printed import prints_decimal_commas
from writer.model.result import AuditResult, CheckResult

ALL = "all"
"""The name that asks for every section."""


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
        section: only this section: ``abstract``, ``introduction``, ``conclusion``, words
            of a heading, or ``all``. By default all with measured data, and without
            those that tell the results of the others again.

    Raises:
        PaperError: the paper cannot be read, or has no such section.
        PathError: the file is missing.
    """
    checked = judged_paper(path, root, dataset, audit, section=section)
    paper = checked.paper
    findings, suppressed = run_rules(checked, config)
    return CheckResult(
        paper.files,
        checked.judgements,
        findings,
        (*suppressed, *audit.suppressed),
        checked.notes,
        passages(checked.blocks, checked.judgements, paper),
        dict(zip(paper.files, paper.texts, strict=False)),
        tuple(checked.tables),
    )


def judged_paper(
    path: Path, root: Path, dataset: Dataset, audit: AuditResult, *, section: str | None = None
) -> Checked:
    """Read the paper and judge its claims; no rule is run. As :func:`check_paper`."""
    paper = load_paper(path, root)
    blocks, notes = read_blocks(paper)
    tables, more = read_tables(paper)
    measured = bool(dataset.experiments)
    chosen = _chosen(blocks, section, paper, measured=measured)
    judge = Judge(paper, dataset, Own(blocks, tables, prose=not measured))
    judged = tuple(item for block in chosen for item in judge.block(block))
    return Checked(
        paper,
        chosen,
        tuple(item.judgement for item in judged),
        dataset,
        audit,
        whole=section in (None, ALL),
        judged=judged,
        tables=tables,
        blocks_all=blocks,
        notes=(*paper.notes, *notes, *more),
    )


def _chosen(
    blocks: Sequence[Block], section: str | None, paper: Paper, *, measured: bool
) -> tuple[Block, ...]:
    """The blocks to check: by default all with measured data; without, those that tell
    the results of the others again."""
    if section == ALL:
        return tuple(blocks)
    if section is None:
        front = tuple(block for block in blocks if block.section in FRONT)
        return tuple(blocks) if measured or not front else front
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
    held: Held | None = None
    quantity: Quantity | None = None


class Judge:
    """Gives the verdicts on a paper's claims: by the data first, then by the paper itself."""

    def __init__(self, paper: Paper, dataset: Dataset, own: Own) -> None:
        self.paper, self.dataset, self.own = paper, dataset, own
        self._measured = bool(dataset.experiments)
        self._known = vocabulary(dataset)
        self._comma = prints_decimal_commas(paper.text)

    def block(self, block: Block) -> Iterator[Judged]:
        """The verdicts on one block, in the order of its text; limitations make no claims."""
        if block.kind == "limitation":
            return
        carried: Sequence[Mention] = ()
        before = ""
        for sentence in sentences(block):
            mentions = self._known.mentions(sentence.text) if self._measured else ()
            found = [
                *self._quantities(sentence, mentions, carried, before),
                *(_words(sentence, mentions, self.dataset) if self._measured else ()),
            ]
            for place in sorted(found, key=lambda item: item.start):
                yield Judged(
                    _judgement(place, sentence, self.paper),
                    sentence,
                    place.held,
                    place.quantity,
                    place.ruling.bound,
                )
            carried, before = mentions or carried, sentence.text

    def _quantities(
        self,
        sentence: Sentence,
        mentions: Sequence[Mention],
        carried: Sequence[Mention],
        before: str,
    ) -> Iterator[_Found]:
        items = quantities(sentence.text, comma=self._comma)
        ruled: list[tuple[Quantity, Ruling, Held | None]] = []
        for item in items:
            counts = item.spelled and item.form == "plain"
            if counts and self._measured and not _in_level(item.start, mentions):
                continue  # "three experiments": counts of things that are no data
            ruling, held = None, None
            if self._measured:
                ruling = rule_quantity(sentence, item, mentions, items, carried, self.dataset)
            if ruling is None or (ruling.rule == "unsupported-claim" and self.own.evidence.grids):
                ruling, held = self._by_itself(sentence, item, items, before, ruling)
            ruled.append((item, ruling, held))
        asked = [(item, held) for item, _, held in ruled]
        whole = settled(sentence.text, asked, lambda: self.own.evidence)
        for (item, ruling, old), held in zip(ruled, whole, strict=True):
            yield _Found(
                item.start,
                item.end,
                item.text,
                item.value,
                item.unit,
                meant(sentence.text, item, held.match if held is not None else None),
                ruling if held is old or held is None else ruling_of(held, self.paper),
                item.interval,
                item.hedge,
                held,
                item,
            )

    def _by_itself(
        self,
        sentence: Sentence,
        item: Quantity,
        items: Sequence[Quantity],
        before: str,
        data: Ruling | None,
    ) -> tuple[Ruling, Held | None]:
        """The paper's own verdict; that of the data stands where the paper has none."""
        reason = skip_reason(sentence, item) if data is None else ""
        if reason:
            return not_checked(reason), None
        held = self.own.hold(sentence, item, items, before)
        if data is not None and held.verdict is not Verdict.SUPPORTED:
            return data, None
        return ruling_of(held, self.paper), held


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
