"""A paper after its claims were judged: what the rules on papers read."""

from __future__ import annotations

from dataclasses import dataclass

from writer.claims.quantities import Quantity
from writer.claims.sentences import Sentence
from writer.claims.tables.judge import Held
from writer.dataset import Dataset
from writer.latex.blocks import Block
from writer.latex.project import Paper
from writer.model.claim import Judgement
from writer.model.result import AuditResult
from writer.model.table import PaperTable


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with what it was made from.

    Attributes:
        judgement: the verdict.
        sentence: where the claim stands.
        held: what the paper's own tables and text gave, None if they were not asked.
        quantity: the number in the sentence; None for a word.
        bound: the ids of the measurements that the number may be, see
            :class:`writer.claims.ruling.Ruling`.
    """

    judgement: Judgement
    sentence: Sentence
    held: Held | None = None
    quantity: Quantity | None = None
    bound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """The paper, what was read of it, and the verdicts.

    Attributes:
        paper: the flattened source.
        blocks: those that were checked.
        judgements: one per claim.
        dataset, audit: what the paper was held against.
        whole: whether every section was asked for.
        judged: the judgements with what they were made from.
        tables: the paper's own.
        blocks_all: every block of the paper.
        notes: what could not be read or expanded, in words.
    """

    paper: Paper
    blocks: tuple[Block, ...]
    judgements: tuple[Judgement, ...]
    dataset: Dataset
    audit: AuditResult
    whole: bool
    judged: tuple[Judged, ...] = ()
    tables: tuple[PaperTable, ...] = ()
    blocks_all: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
