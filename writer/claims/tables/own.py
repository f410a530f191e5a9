"""A paper as evidence for itself: its tables first, then the sentences of its body."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from writer.claims.quantities import Quantity
from writer.claims.sentences import Sentence
from writer.claims.tables.context import AROUND
from writer.claims.tables.evidence import Evidence, gather
from writer.claims.tables.judge import Held, hold
from writer.claims.tables.prose import Body
from writer.claims.tables.terms import Context, terms
from writer.claims.tables.through import Through
from writer.claims.tables.told import Counts
from writer.claims.tables.worded import worded
from writer.latex.blocks import Block
from writer.model.table import PaperTable


def _caption(table: PaperTable) -> Block:
    """A table's caption as a block of text; its place is the table's."""
    places = (table.offset,) * (len(table.caption) + 1)
    return Block("caption", f"table {table.number}", "", table.caption, places, ())


class Own:
    """What a paper says in tables and in its body; made when first asked.

    Args:
        blocks: its text.
        tables: its tables.
        prose: whether the body counts as evidence: not where measured data are given.
    """

    def __init__(
        self, blocks: Sequence[Block], tables: Sequence[PaperTable], *, prose: bool
    ) -> None:
        self._blocks, self._tables, self._prose = blocks, tables, prose

    @cached_property
    def evidence(self) -> Evidence:
        """The tables as arrays."""
        return gather(
            self._tables,
            " ".join(block.text for block in self._blocks),
            self._text("title"),
            self._text("abstract"),
        )

    @cached_property
    def body(self) -> Body:
        """The body's quantities; none where prose is no evidence."""
        if not self._prose:
            return Body(())
        tables = (block for each in self._tables for block in (_caption(each), *worded(each)))
        return Body((*self._blocks, *tables))

    @cached_property
    def counts(self) -> Counts:
        """The counts of the text; none where prose is no evidence."""
        if not self._prose:
            return Counts(())
        return Counts((*self._blocks, *(_caption(table) for table in self._tables)))

    @cached_property
    def _through(self) -> Through:
        return Through(self.evidence)

    @cached_property
    def _around(self) -> Context:
        """The words of the abstract."""
        found = Context(self.evidence.short)
        found.add(terms(self._text("abstract")), AROUND)
        return found

    def _text(self, section: str) -> str:
        return " ".join(block.text for block in self._blocks if block.section == section)

    def hold(
        self, sentence: Sentence, quantity: Quantity, others: Sequence[Quantity], before: str
    ) -> Held:
        """Hold one quantity against the paper."""
        around = self._around if sentence.block.section == "abstract" else None
        text = self.body, self.counts, self._through
        return hold(sentence, quantity, others, before, around, self.evidence, *text)
