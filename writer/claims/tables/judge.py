"""The verdict of a paper's own tables and text on one of its quantities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from writer.claims.quantities import Quantity
from writer.claims.sentences import Sentence
from writer.claims.tables.against import contradicts
from writer.claims.tables.asides import aside
from writer.claims.tables.asked import Asked
from writer.claims.tables.coarser import coarser
from writer.claims.tables.context import ask
from writer.claims.tables.contrary import contrary, is_certain, is_opposed
from writer.claims.tables.counted_cells import Printed, only_cell, printed_count, speaks_of
from writer.claims.tables.counts import Counted, counted
from writer.claims.tables.cumulative import cumulative
from writer.claims.tables.decide import Match, Search, search, supports
from writer.claims.tables.despite import denial
from writer.claims.tables.elsewhere import elsewhere
from writer.claims.tables.evidence import Evidence
from writer.claims.tables.extents import Extent, extent
from writer.claims.tables.likeliest import likeliest
from writer.claims.tables.likely_pair import likely_pair
from writer.claims.tables.measured import is_measured, is_time
from writer.claims.tables.none_of import none_of
from writer.claims.tables.printed_changes import bearing_out, change_beside
from writer.claims.tables.prose import RIVALS, Body, Restated, conflict, support
from writer.claims.tables.terms import Context
from writer.claims.tables.things import Things, things
from writer.claims.tables.through import Through, labels_of
from writer.claims.tables.told import Counts, has_error, is_count, is_made_of, told_again
from writer.claims.tables.told_counts import told_count
from writer.claims.tables.totals import Total, is_sample, total
from writer.claims.tables.wording import (
    BEST,
    COUNT,
    MADE_OF,
    also,
    cells_told,
    clipped,
    entries,
    prints,
    told,
    why_not,
)
from writer.model.claim import Verdict
from writer.model.table import TableCell


@dataclass(frozen=True, eq=False)
class Held:
    """A quantity held against the paper itself.

    Attributes:
        verdict: the outcome.
        reason: one sentence.
        asked: what was read of its sentence.
        search: what the tables gave.
        match: the candidate that supports it, or None.
        beside: what bears out that candidate: a printed change its two cells, or they it.
        bearing: the same, of cells that were no candidates.
        elsewhere: what other tables have that bears it out.
        said: the sentence of the body that supports or contradicts it, or None.
        listed: the list that it counts, or None.
        against: the cell that it states otherwise, or None.
        printed: the cell that prints it, where it is known by more than its headers, or None.
        likely: what gives it and is bound best, where only a sentence of the body supports it.
        aside: why it is no result of the paper, or the empty string.
        denied: how the sentence's own numbers go, where its verb says otherwise.
        extent: what it is as the end of a range that one set of lines gives, or None.
        total: the cells that sum to it, or None.
        despite: the cells that state it otherwise than the body does, too, or None.
    """

    verdict: Verdict
    reason: str
    asked: Asked
    search: Search
    match: Match | None = None
    beside: Match | None = None
    bearing: tuple[TableCell, ...] = ()
    elsewhere: tuple[Match, ...] = ()
    said: Restated | None = None
    listed: Counted | None = None
    against: Match | None = None
    printed: Printed | None = None
    likely: Match | None = None
    aside: str = ""
    denied: str = ""
    extent: Extent | None = None
    total: Total | None = None
    despite: Match | None = None


def hold(
    sentence: Sentence,
    quantity: Quantity,
    others: Sequence[Quantity],
    before: str,
    around: Context | None,
    evidence: Evidence,
    body: Body,
    counts: Counts,
    through: Through,
) -> Held:
    """Hold ``quantity`` against the tables, and then against the body's sentences."""
    asked = ask(sentence.text, quantity, others, before, around, evidence, labels_of(sentence))
    found = search(asked, evidence)
    match = supports(found)
    counts_things = is_count(quantity) and not has_error(sentence.text, quantity)
    counts_things = counts_things and not is_time(quantity, evidence)
    what = things(sentence.text, quantity.number_end) if counts_things else None
    counting = counts_things and (not quantity.symbol or what is not None)
    held = (
        _count(sentence.text, what, asked, found, match, evidence, counts)
        if counting
        else _by_cells(match, found, asked, others, evidence)
    )
    if held is None:
        held = _summed(sentence.text, what, asked, found, evidence, sized=counts_things)
    if held is not None:
        return held
    spelled = quantity.spelled and quantity.form == "plain"
    near = asked.subject.weights
    said = [] if spelled else body.restated(sentence, quantity, near, rivals=RIVALS)
    told_by, kept = (None, said) if counting else through.cells(asked, said)
    repeated = support([item for item in kept if not is_opposed(asked, item.said)])
    if told_by is not None:
        restated, there, match = told_by
        return borne_out(match, there, asked, found, restated)
    why = aside(sentence, quantity, evidence.names)
    if repeated is not None:
        counts_what = (what,) if counting else None
        return _by_body(repeated, counts_what, why, asked, others, found, evidence, through)
    denied = None if why else _denied(asked, others, found, evidence, what if counting else None)
    if denied is not None:
        return denied
    against = None
    if is_measured(quantity) and not why:
        against = conflict(said, sentence.text, quantity, others, near, evidence.names)
    if against is not None:  # unless any sentence, however little alike, agrees
        every = body.restated(sentence, quantity, near, rivals=math.inf)
        against = conflict(every, sentence.text, quantity, others, near, evidence.names)
    if against is not None:
        return Held(
            Verdict.CONTRADICTED,
            f"the body says {against.said.quantity.text}: {clipped(against.said.sentence.text)}",
            asked,
            found,
            said=against,
        )
    return Held(Verdict.UNSUPPORTED, why_not(found), asked, found, aside=why)


def _denied(
    asked: Asked,
    others: Sequence[Quantity],
    found: Search,
    evidence: Evidence,
    what: Things | None,
) -> Held | None:
    """The cells that state a number otherwise, or go the other way; None where none do."""
    noun = what.head if what else ""
    other = contradicts(asked, others, found.first, found.matches, evidence, noun)
    if other is not None:
        return Held(Verdict.CONTRADICTED, told(other), asked, found, against=other)
    return None if what is not None else _turned(asked, found, evidence, None)


def _turned(asked: Asked, found: Search, evidence: Evidence, match: Match | None) -> Held | None:
    """A change whose cells go the other way than its word says; None where they do not."""
    other = contrary(asked, evidence, match)
    if other is None:
        return None
    why = f"{told(other)}, the other way than the sentence says"
    if is_certain(asked, other, evidence):
        return Held(Verdict.CONTRADICTED, why, asked, found, against=other, denied=why)
    return Held(Verdict.UNSUPPORTED, why, asked, found) if match is not None else None


def _by_body(
    repeated: Restated,
    counted_things: tuple[Things | None] | None,
    why: str,
    asked: Asked,
    others: Sequence[Quantity],
    found: Search,
    evidence: Evidence,
    through: Through,
) -> Held:
    """A number that a sentence of the body says again, unless cells deny it; ``why`` it is no
    result, if it is none."""
    again = _said_again(repeated, counted_things, asked, found, evidence, through)
    if counted_things is not None or why or again.printed is not None:
        return again
    denied = _despite(repeated, asked, others, found, evidence, through)
    if denied is not None:
        return denied
    there, both = through.told(repeated.said), through.together(asked, repeated.said)[1]
    return _paired(again, likely_pair(asked, found, there, both))


def _despite(
    repeated: Restated,
    asked: Asked,
    others: Sequence[Quantity],
    found: Search,
    evidence: Evidence,
    through: Through,
) -> Held | None:
    """A number that cells state otherwise, whatever a sentence of the body says."""
    other = denial(asked, others, found, repeated.said, evidence, through)
    if other is None:
        return None
    why = f"{told(other.match)}, though the body says the same in "
    why += clipped(repeated.said.sentence.text)
    if not other.is_certain:
        return doubted(Held(Verdict.UNSUPPORTED, why, asked, found, despite=other.match))
    verdict = Verdict.CONTRADICTED
    return Held(verdict, why, asked, found, against=other.match, despite=other.match)


def doubted(held: Held) -> Held:
    """What cells state otherwise, of which it is not certain that they tell of the same."""
    why = f"{BEST}: {held.reason}"
    return replace(held, verdict=Verdict.UNSUPPORTED, reason=why, against=None)


def _said_again(
    repeated: Restated,
    counted_things: tuple[Things | None] | None,
    asked: Asked,
    found: Search,
    evidence: Evidence,
    through: Through,
) -> Held:
    """A number that a sentence of the body bears out, with its cell if one is likely."""
    said = repeated.said.sentence.text
    says = clipped(said)
    if counted_things is None and not asked.compared:
        only = only_cell(asked.quantity, evidence)
        if only is not None:
            reason = f"{prints(*only)}, as no other cell has; the body says the same in {says}"
            return Held(Verdict.SUPPORTED, reason, asked, found, said=repeated, printed=only)
    cell = _single(counted_things, asked, said, evidence)
    if cell is not None:
        return _shown(f"the body also says {says}", cell, asked, found, repeated)
    likely = likeliest(asked, evidence, found, through.told(repeated.said))
    if counted_things is not None and likely is not None:
        likely = likely if speaks_of(likely, *counted_things, asked.quantity) else None
    return _likely(f"no table; the body also says {says}", likely, asked, found, repeated)


def _single(
    counted_things: tuple[Things | None] | None, asked: Asked, said: str, evidence: Evidence
) -> Printed | None:
    """The single cell that prints a count of such things, or that a level rounds to."""
    if counted_things is None:
        return coarser(asked, said, evidence)
    (what,) = counted_things
    return told_count(what, asked.quantity, evidence) if what is not None else None


def _likely(
    why: str, likely: Match | None, asked: Asked, found: Search, said: Restated | None
) -> Held:
    if likely is None:
        return Held(Verdict.SUPPORTED, why, asked, found, said=said)
    cell = likely.paper_table, likely.cells[0]
    told_by = why.removeprefix("no table; ")
    reason = f"{told_by}; of the cells that give it {prints(*cell)} is bound best"
    return Held(Verdict.SUPPORTED, reason, asked, found, said=said, printed=cell)


def _shown(why: str, cell: Printed, asked: Asked, found: Search, said: Restated | None) -> Held:
    """A number that the text bears out, with the only cell that prints it, or rounds it."""
    is_printed = cell[1].value == asked.quantity.value
    alone = "as no other cell of the like has" if is_printed else "to which alone it rounds"
    reason = f"{why.removeprefix('no table; ')}; {prints(*cell)}, {alone}"
    return Held(Verdict.SUPPORTED, reason, asked, found, said=said, printed=cell)


def _paired(held: Held, likely: Match | None) -> Held:
    """With the cells that a ratio or change is likely made of, if any."""
    if likely is None:
        return held
    told_by = held.reason.removeprefix("no table; ")
    reason = f"{told_by}; of what gives it this is bound best: {told(likely)}"
    return replace(held, reason=reason, likely=likely, bearing=bearing_out(likely))


def borne_out(
    match: Match, tried: Search, asked: Asked, found: Search, said: Restated | None = None
) -> Held:
    """The verdict that ``match`` supports, with what of ``tried`` bears it out."""
    other = change_beside(tried, match)
    both = (match,) if other is None else (match, other)
    reason = "; ".join(told(item) for item in sorted(both, key=lambda item: item.kind != "cell"))
    bearing = bearing_out(match) if other is None else ()
    if bearing:
        shown = cells_told(bearing)
        reason += f", as has {shown}" if len(bearing) == 1 else f", which {shown} give"
    labels = asked.labels if said is None else labels_of(said.said.spoken.sentence)
    more = elsewhere(match, tried, asked, labels)
    reason += "".join(also(item, match) for item in more)
    if said is not None:
        reason += f"; the body says the same in {clipped(said.said.sentence.text)}"
    return Held(Verdict.SUPPORTED, reason, asked, found, match, other, bearing, more, said)


def _by_cells(
    match: Match | None,
    found: Search,
    asked: Asked,
    others: Sequence[Quantity],
    evidence: Evidence,
) -> Held | None:
    """What tables give: for the end of a range first what gives both of its ends."""
    end = extent(asked, others, evidence, found)
    if end is not None:
        return ranged(end, asked, found)
    if match is None:
        return None
    return _turned(asked, found, evidence, match) or borne_out(match, found, asked, found)


def ranged(end: Extent, asked: Asked, found: Search) -> Held:
    """The verdict on one end of a range that one set of lines gives."""
    is_low = asked.quantity.role == "low"
    which, match = ("least", end.low) if is_low else ("greatest", end.high)
    held = borne_out(match, found, asked, found)
    return replace(held, reason=f"{held.reason}, the {which} of {end.count}", extent=end)


def _count(
    text: str,
    what: Things | None,
    asked: Asked,
    found: Search,
    match: Match | None,
    evidence: Evidence,
    counts: Counts,
) -> Held | None:
    """A count of things, held against cells, lists and the text; None leaves it open."""
    quantity = asked.quantity
    if quantity.spelled and quantity.value == 1:
        return Held(Verdict.UNSUPPORTED, COUNT, asked, found)
    if match is not None and speaks_of(match, what, quantity):
        return borne_out(match, found, asked, found)
    again = told_again(text, what, quantity, counts)
    if again is not None and not again.agrees:
        return Held(Verdict.CONTRADICTED, again.why, asked, found)
    if is_made_of(text, what, quantity):
        return Held(Verdict.UNSUPPORTED, MADE_OF, asked, found, aside=MADE_OF)
    listed = counted(text, what, quantity, evidence)
    if listed is not None:
        return Held(Verdict.SUPPORTED, entries(listed), asked, found, listed=listed)
    cell = none_of(what, quantity, evidence) or printed_count(text, what, quantity, evidence)
    if cell is not None:
        return Held(Verdict.SUPPORTED, prints(*cell), asked, found, printed=cell)
    summed = total(text, asked, what, quantity, evidence)
    if summed is not None:
        return Held(Verdict.SUPPORTED, summed.told(), asked, found, total=summed)
    return None if again is None else _told(again.why, what, asked, found, evidence)


def _told(why: str, what: Things | None, asked: Asked, found: Search, evidence: Evidence) -> Held:
    """A count that the text tells again, with its cell if one is likely."""
    cell = told_count(what, asked.quantity, evidence) if what is not None else None
    if cell is not None:
        return _shown(why, cell, asked, found, None)
    likely = likeliest(asked, evidence, found, None) if asked.whole else None
    if likely is not None and not speaks_of(likely, what, asked.quantity):
        likely = None
    return _likely(why, likely, asked, found, None)


def _summed(
    text: str,
    what: Things | None,
    asked: Asked,
    found: Search,
    evidence: Evidence,
    *,
    sized: bool,
) -> Held | None:
    """What cells sum to: those from a number of things on, or, of a sample, those of a group."""
    parts = cumulative(text, asked, evidence)
    if parts is None and sized and is_sample(asked.quantity):
        parts = total(text, asked, what, asked.quantity, evidence)
    if parts is None:
        return None
    return Held(Verdict.SUPPORTED, parts.told(), asked, found, total=parts)
