"""A paper after its claims were judged: what the rules on papers read."""

from __future__ import annotations

from dataclasses import dataclass

from writer.dataset import Dataset
from writer.latex.blocks import Block
from writer.latex.project import Paper
from writer.model.claim import Judgement
from writer.model.result import AuditResult


@dataclass(frozen=True, slots=True)
class Checked:
    """The paper, what was read of it, and the verdicts.

    Attributes:
        paper: the flattened source.
        blocks: those that were checked.
        judgements: one per claim.
        dataset, audit: what the paper was held against.
        whole: whether every section was checked.
    """

    paper: Paper
    blocks: tuple[Block, ...]
    judgements: tuple[Judgement, ...]
    dataset: Dataset
    audit: AuditResult
    whole: bool
