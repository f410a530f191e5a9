"""The verdict on one quantity."""

from __future__ import annotations

import re
from collections.abc import Sequence

from writer.claims.frames import Frame, frame, misdirected
from writer.claims.matching import rule_bound
from writer.claims.naming import level_name, name_of, title_of, uncapitalised
from writer.claims.quantities import Quantity
from writer.claims.ruling import Ruling, evidence, not_checked, shown, unsupported
from writer.claims.sentences import Sentence
from writer.claims.setup_facts import rule_setup
from writer.claims.skip import skip_reason
from writer.claims.vocabulary import UNKNOWN, Mention
from writer.dataset import Dataset, resolve
from writer.latex.blocks import Mark
from writer.model.claim import Verdict
from writer.model.interval import Interval
from writer.model.measurement import Measurement
from writer.model.number import digits
from writer.model.unit import factor


def rule_quantity(
    sentence: Sentence,
    quantity: Quantity,
    mentions: Sequence[Mention],
    others: Sequence[Quantity],
    carried: Sequence[Mention],
    dataset: Dataset,
) -> Ruling:
    """Hold ``quantity`` against ``dataset``."""
    marks = list(sentence.marks(quantity.start, quantity.number_end, "measured"))
    if marks:
        return _rule_marked(marks[0], quantity, dataset)
    level = next((item for item in mentions if _inside(quantity, item)), None)
    if level is not None and level.kind == "level":
        return _rule_level(level, quantity, dataset)
    others = [item for item in others if not _at_level(item, mentions)]
    against = misdirected(sentence.text, quantity, others)
    if against:
        return Ruling(Verdict.CONTRADICTED, "contradicted-claim", against)
    reason = skip_reason(sentence, quantity)
    if reason:
        return not_checked(reason)
    if quantity.hedge == "±":
        return unsupported("no column holds the spread of a value")
    bound = frame(sentence.text, quantity, mentions, others, carried)
    if not _names_measure(bound, dataset):
        setup = rule_setup(quantity, dataset)
        if setup is not None:
            return setup
    return rule_bound(bound, dataset)


def _names_measure(bound: Frame, dataset: Dataset) -> bool:
    """Whether the sentence names a column in the number's unit: no fact of the setup then."""
    return any(
        factor(dataset.experiments[name].column(column).unit, bound.quantity.unit) is not None
        for mention in bound.measures
        for name, column, _ in mention.targets
    )


def _at_level(quantity: Quantity, mentions: Sequence[Mention]) -> bool:
    return any(item.kind == "level" and _inside(quantity, item) for item in mentions)


def _inside(quantity: Quantity, mention: Mention) -> bool:
    return mention.start <= quantity.start < mention.end and quantity.number_end <= mention.end


def _rule_marked(mark: Mark, quantity: Quantity, dataset: Dataset) -> Ruling:
    """``\\measured{id}{digits}``: the id is the binding; the digits must still be its."""
    identifier = mark.arguments[0] if mark.arguments else ""
    if identifier.startswith("product("):
        return not_checked("a product of cells, which only a limitation states")
    item = resolve(dataset, identifier)
    if item is None or not item.known:
        return Ruling(
            Verdict.UNSUPPORTED,
            "stale-measurement",
            f"the data have no measured value with the id '{identifier}'",
        )
    printed = Interval.of_printed(re.sub(r"[^\d.e-]", "", quantity.text[: _digits_end(quantity)]))
    same = quantity.text[: _digits_end(quantity)].replace(",", "") == digits(item)
    agrees = same or printed.meets(item.span) or printed.meets(-item.span)
    return Ruling(
        Verdict.SUPPORTED if agrees else Verdict.CONTRADICTED,
        "" if agrees else "stale-measurement",
        f"bound to {name_of(item, dataset)} ({identifier})"
        if agrees
        else f"the number is bound to {name_of(item, dataset)} ({identifier}), which is "
        f"{shown(item)} now",
        item.formula or "",
        evidence(_parents(item, dataset)),
        shown(item),
    )


def _digits_end(quantity: Quantity) -> int:
    return quantity.number_end - quantity.start


def _parents(item: Measurement, dataset: Dataset) -> list[Measurement]:
    if not item.parents:
        return [item]
    found = (resolve(dataset, name) for name in item.parents)
    return [parent for parent in found if parent is not None]


def _rule_level(level: Mention, quantity: Quantity, dataset: Dataset) -> Ruling:
    names = sorted(level.experiments)
    if all(text == UNKNOWN for _, _, text in level.targets):
        known = "; ".join(
            _levels_of(dataset, name, column) for name, column, _ in sorted(level.targets)
        )
        return Ruling(
            Verdict.UNSUPPORTED,
            "unsupported-claim",
            f"no row of the data has this level ({known})",
        )
    items = [
        item
        for name, column, text in sorted(level.targets)
        if (item := _level_measurement(dataset, name, column, text)) is not None
    ]
    return Ruling(
        Verdict.SUPPORTED,
        "",
        _level_words(level, dataset),
        "",
        evidence(items[:1]),
        quantity.text,
        score=float(len(names)),
    )


def _levels_of(dataset: Dataset, name: str, column: str) -> str:
    experiment = dataset.experiments[name]
    texts = dict.fromkeys(
        row.levels[column].text for row in experiment.rows if column in row.levels
    )
    title = uncapitalised(experiment.column(column).title or column)
    return f"{title} in {title_of(name, dataset)}: {', '.join(texts)}"


def _level_words(level: Mention, dataset: Dataset) -> str:
    """E.g. "concurrency 4 is a level measured in Concurrency scaling"."""
    found: dict[str, dict[str, None]] = {}
    for name, column, text in sorted(level.targets):
        swept = any(column in row.levels for row in dataset.experiments[name].rows)
        kind = "level measured in" if swept else "setting of"
        said = f"{level_name(name, column, text, dataset)} is a {kind}"
        found.setdefault(said, {})[title_of(name, dataset)] = None
    return "; ".join(f"{said} {' and '.join(titles)}" for said, titles in found.items())


def _level_measurement(dataset: Dataset, name: str, column: str, text: str) -> Measurement | None:
    experiment = dataset.experiments[name]
    for row in experiment.rows:
        level = row.levels.get(column) or row.settings.get(column)
        if level is not None and level.text == text:
            return level.measurement
    setting = experiment.settings.get(column)
    return setting.measurement if setting is not None else None
