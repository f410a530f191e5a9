"""The report of binding a paper's numbers to their measurements."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from writer.model.binding import Binding, Edit, Plan
from writer.model.claim import Claim
from writer.model.unit import counted
from writer.report._report import Report, View

MOST = 12
"""Numbers that are left, and notes, that are shown; the JSON has all."""


def bind_report(plan: Plan, *, written: bool, shown: Callable[[str], str] = str) -> Report:
    """What was bound, or would be, and what not and why.

    Args:
        plan: the plan.
        written: whether it was carried out.
        shown: a file's name as the user would say it; the JSON keeps those of the plan.
    """
    diff = "".join(unified(edit, edit.name) for edit in plan.edits)
    return Report(
        command="bind",
        document={
            "written": written,
            "files": [edit.name for edit in plan.edits],
            "macro": None if plan.macro is None else {"file": plan.macro[0], "line": plan.macro[1]},
            "bound": [_bound(item) for item in plan.bindings],
            "left": [
                {**_place(item.claim), "verdict": str(item.verdict), "reason": item.reason}
                for item in plan.unbound
            ],
            "already": plan.already,
            "diff": diff,
            "notes": list(plan.notes),
        },
        summary=tuple(_summary(plan, shown, written=written)),
        diff="" if written else "".join(unified(edit, shown(edit.name)) for edit in plan.edits),
        closing=tuple(_left(plan, shown)),
        next_step=_next(plan, written=written),
    )


def unified(edit: Edit, name: str) -> str:
    """The change of one file as ``patch`` reads it."""
    lines = difflib.unified_diff(_lines(edit.before), _lines(edit.after), name, name)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    """The lines as ``diff`` counts them: only a newline ends one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _place(claim: Claim) -> dict[str, Any]:
    return {
        "file": claim.file,
        "line": claim.line,
        "column": claim.column,
        "text": claim.text,
        "sentence": claim.sentence,
    }


def _bound(item: Binding) -> dict[str, Any]:
    return {
        **_place(item.claim),
        "literal": item.literal.text,
        "id": item.value.id,
        "replacement": item.replacement,
    }


def _summary(plan: Plan, shown: Callable[[str], str], *, written: bool) -> Iterable[str]:
    total = len(plan.bindings) + len(plan.unbound) + plan.already
    yield (
        f"{counted(total, 'quantities')}: {len(plan.bindings)} "
        f"{'bound' if written else 'can be bound'}, {plan.already} bound before, "
        f"{len(plan.unbound)} left"
    )
    if plan.macro is not None:
        yield (
            f"{shown(plan.macro[0])}:{plan.macro[1]}: "
            f"{'defines' if written else 'would define'} \\measured, which the paper does not have"
        )
    if written:
        yield from (f"written: {shown(edit.name)}" for edit in plan.edits)
    yield from (f"note: {note}" for note in plan.notes[:MOST])
    if len(plan.notes) > MOST:
        yield f"note: and {len(plan.notes) - MOST} more (--format json)"


def _left(plan: Plan, shown: Callable[[str], str]) -> Iterable[View]:
    """What is left, and why; supported numbers first: there something can be done."""
    order = sorted(plan.unbound, key=lambda item: item.verdict != "supported")
    rows = [
        (f"{shown(item.claim.file)}:{item.claim.line}", item.claim.text, str(item.verdict),
         item.reason)
        for item in order[:MOST]
    ]  # fmt: skip
    if len(order) > MOST:
        counts = Counter(str(item.verdict) for item in order[MOST:])
        told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
        rows.append(("", f"and {len(order) - MOST} more", "", f"{told} (--format json)"))
    if rows:
        yield View("Left as they are", ("place", "number", "verdict", "why"), tuple(rows))


def _next(plan: Plan, *, written: bool) -> str:
    if written:
        return "sage-write check; a paper with bound numbers owes their limitations"
    return "--write binds them" if plan.bindings else "sage-write check says what is wrong"
