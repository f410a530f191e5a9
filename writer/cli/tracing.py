"""Find the measurements that a number or an id may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from writer.errors import SageWriteError
from writer.model.interval import Interval
from writer.model.measurement import Measurement
from writer.model.trace import Trace

if TYPE_CHECKING:
    from writer.cli.project import Project
    from writer.model.finding import Finding


def claimed_numbers(project: Project) -> tuple[tuple[str, str], ...]:
    """Text and formula of every number that the project's paper derives from the data."""
    from writer.claims.check import check_paper

    main = project.config.main
    if main is None:
        return ()
    try:
        result = check_paper(
            project.root / main, project.root, project.dataset, project.audit, project.config
        )
    except SageWriteError:
        return ()  # a paper that cannot be read claims nothing; 'check' says why
    return tuple((item.claim.text, item.formula) for item in result.judgements if item.formula)


def printed_numbers(project: Project) -> tuple[tuple[str, str], ...]:
    """Text and id of every number that the project's sections print."""
    from writer.document.render import render_section
    from writer.document.sections import section_names

    found: dict[tuple[str, str], None] = {}
    for name in section_names(project.config):
        try:
            section = render_section(name, project.dataset, project.audit, project.config)
        except SageWriteError:
            continue  # a section written for other data prints nothing here
        found.update(dict.fromkeys((item.text, item.id) for item in section.printed))
    return tuple(found)


def trace(what: str, project: Project, printed: Iterable[tuple[str, str]]) -> tuple[Trace, ...]:
    """Every measurement that ``what`` names, by id, by value or as a printed number.

    Args:
        what: an id, or a number with an optional unit (``3.6x``, ``57%``, ``13,268.4``).
        project: where to look.
        printed: text and id of printed numbers, for derived values.
    """
    from writer.dataset import resolve

    dataset = project.dataset
    exact = resolve(dataset, what) or _in_findings(what, project)
    if exact is not None:
        return (_trace(exact, project),)
    digits = _digits(what)
    if digits is None:
        return ()
    ids = [item for item in dataset.ids() if _same(dataset.get(item), digits)]
    ids += [
        identifier
        for text, identifier in printed
        if _digits(text) == digits and identifier not in ids
    ]
    if not ids:
        ids = [item for item in dataset.ids() if _rounds_to(dataset.get(item), digits)]
    found = (resolve(dataset, identifier) for identifier in dict.fromkeys(ids))
    return tuple(_trace(item, project) for item in found if item is not None)


def _in_findings(identifier: str, project: Project) -> Measurement | None:
    """A value that only a finding speaks of, e.g. tasks in flight by Little's law."""
    for finding in project.audit.findings:
        for item in finding.measurements():
            if item.id == identifier:
                return item
    return None


def _digits(text: str) -> str | None:
    match = re.fullmatch(
        r"\s*([+-]?[\d,]*\.?\d+)\s*(?:[a-zA-Z%×/]+)?\s*",
        text.replace("{,}", ",").replace("$-$", "-"),
    )
    return match.group(1).replace(",", "").lstrip("+") if match else None


def _same(item: Measurement | None, digits: str) -> bool:
    if item is None or item.value is None:
        return False
    return item.text == digits or item.value == float(digits)


def _rounds_to(item: Measurement | None, digits: str) -> bool:
    """Whether a value that runs give to many digits is the one that was printed to these."""
    if item is None or item.value is None or "." not in digits:
        return False
    return item.value in Interval.of_printed(digits)


def _trace(item: Measurement, project: Project) -> Trace:
    from writer.dataset import resolve

    dataset = project.dataset
    parents = tuple(
        _trace(found, project)
        for parent in item.parents
        if (found := resolve(dataset, parent)) is not None
    )
    counterpart = None if item.counterpart is None else resolve(dataset, item.counterpart)
    return Trace(
        item,
        parents,
        counterpart,
        tuple(finding for finding in project.audit.findings if _concerns(finding, item)),
    )


def _concerns(finding: Finding, item: Measurement) -> bool:
    place = item.provenance
    if place is not None and any(
        (cell.file, cell.row, cell.column) == (place.file, place.row, place.column)
        for cell in finding.where
    ):
        return True
    return any(item.id == used.id or item.id in used.parents for used in finding.measurements())
