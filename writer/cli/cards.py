"""Every rule of the program, of the audit and of the check, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from writer.errors import UsageError

if TYPE_CHECKING:
    from writer.model.rule import Card


def audited() -> frozenset[str]:
    """Codes of the rules that judge data."""
    from writer.audit.runner import all_rules

    return frozenset(rule.card.code for rule in all_rules())


def cards() -> tuple[Card, ...]:
    """Every rule's card, by code.

    Raises:
        ToolError: two rules share a code or a name.
    """
    from writer.audit.runner import all_rules as audit_rules
    from writer.claims.runner import all_rules as claim_rules
    from writer.model.rule import HasCard, unique

    everything: list[HasCard] = [*audit_rules(), *claim_rules()]
    return tuple(rule.card for rule in unique(everything))


def card(name: str) -> Card:
    """The rule with this code or name, in any case.

    Raises:
        UsageError: there is none; the message offers the nearest names.
    """
    import difflib

    everything = cards()
    for item in everything:
        if name.lower() in (item.code.lower(), item.name):
            return item
    names = [item.name for item in everything]
    near = difflib.get_close_matches(name.lower(), names, n=3)
    raise UsageError(
        f"there is no rule '{name}'",
        expected=f"perhaps {', '.join(near)}" if near else None,
        hint="'sage-write rules' lists them",
    )
