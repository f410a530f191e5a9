"""The report of a check of several papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from writer.errors import UsageError
from writer.model.unit import counted
from writer.report import formats
from writer.report._issue import VERDICTS
from writer.report._report import Part, Report


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
    """The report on one paper or several in a format.

    Raises:
        UsageError: the format is of one paper.
    """
    chosen = formats()[form]
    if not report.parts or not chosen.check_only:
        return chosen.render(report)
    refuse_single(form)
    given = [(part.name, part.report) for part in report.parts if part.report is not None]
    join = chosen.join
    return "" if join is None else join([(name, chosen.render(each)) for name, each in given])


def refuse_single(form: str) -> None:
    """Refuse a format whose report is of one paper.

    Raises:
        UsageError: it is one.
    """
    chosen = formats()[form]
    if chosen.check_only and chosen.join is None:
        raise UsageError(
            f"a report in {form} is of one paper",
            expected="one PAPER, or another format",
            hint=f"sage-write check PAPER --format {form} -o FILE, once for each",
        )
