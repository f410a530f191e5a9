"""Facts of the setup: memory, cores, nodes of the machines that were measured."""

from __future__ import annotations

import re

from writer.claims.quantities import Quantity
from writer.claims.ruling import Ruling, evidence, not_checked, shown
from writer.dataset import Dataset
from writer.model.claim import Verdict
from writer.model.unit import singular

_HARDWARE = re.compile(
    r"^(?:GB|MB|KB|Hz)$|^(?:cores?|cpus?|gpus?|threads?|ram|vcpus?|sockets?|machines?|servers?)$",
    re.IGNORECASE,
)


def rule_setup(quantity: Quantity, dataset: Dataset) -> Ruling | None:
    """A fact of the setup with the same unit: memory, cores, nodes."""
    facts = [
        level.measurement
        for level in dataset.setup.values()
        if level.measurement is not None and _same_unit(level.measurement.unit, quantity.unit)
    ]
    fitting = [item for item in facts if item.span.meets(quantity.interval)]
    for item in fitting[:1]:
        return Ruling(
            Verdict.SUPPORTED,
            "",
            f"the setup's {item.title}",
            "",
            evidence([item]),
            shown(item),
            bound=tuple(each.id for each in fitting),
        )
    if _HARDWARE.match(quantity.unit):
        if facts:
            known = ", ".join(f"{item.title}: {shown(item)}" for item in facts)
            return Ruling(
                Verdict.UNSUPPORTED, "unsupported-claim", f"the setup says otherwise ({known})"
            )
        return not_checked("hardware that the setup does not describe")
    return None


def _same_unit(symbol: str, wanted: str) -> bool:
    return bool(wanted) and (symbol == wanted or singular(symbol) == singular(wanted.lower()))
