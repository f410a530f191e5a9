"""The report of a check of several papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from writer.model.unit import counted
from writer.report import formats
from writer.report._issue import VERDICTS
from writer.report._report import Format, Part, Report


def checks_report(parts: Sequence[Part], *, verbose: bool = False) -> Report:
    """One line for each paper, then what was found in them."""
    lines = [line for part in parts for line in _lines(part)]
    total = Counter[str]()
    for part in parts:
        if part.report is not None:
            coverage = part.report.document["coverage"]
            total += Counter({key: coverage[key] for key in ("quantities", "checked")})
    broken = sum(part.report is None for part in parts)
    told = f"; {counted(broken, 'papers')} could not be checked" if broken else ""
    lines.append(
        f"{counted(len(parts), 'papers')}: {counted(total['quantities'], 'quantities')}, "
        f"{total['checked']} checked, {total['quantities'] - total['checked']} not checked{told}"
    )
    return Report(
        command="checks",
        document={"papers": [_document(part) for part in parts]},
        summary=tuple(lines),
        parts=tuple(parts),
        next_step="" if verbose else "sage-write check PAPER says more of one; --verbose of all",
    )


def _lines(part: Part) -> list[str]:
    if part.report is None:
        return [f"error: {part.error}"]
    covered = part.report.document["coverage"]
    return [
        f"{part.name}: {counted(covered['quantities'], 'quantities')}, "
        f"{covered['checked']} checked; {_verdicts(part.report)}"
    ]


def _verdicts(report: Report) -> str:
    counts = Counter(str(claim["verdict"]) for claim in report.document["claims"])
    told = [f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict]]
    found = len(report.document["findings"])
    return ", ".join([*told, counted(found, "findings")])


def _document(part: Part) -> dict[str, object]:
    return {
        "paper": part.name,
        "error": part.error or None,
        "check": None if part.report is None else dict(part.report.document),
    }


def rendered(report: Report, form: str) -> str:
    """The report on one paper or several in a format."""
    chosen = formats()[form]
    if not report.parts or chosen.join is None:
        return chosen.render(report)
    texts = [
        (part, chosen.render(part.report) if part.report is not None else _broken(chosen, part))
        for part in report.parts
    ]
    return chosen.join(texts)


def _broken(chosen: Format, part: Part) -> str:
    return "" if chosen.broken is None else chosen.broken(part)
