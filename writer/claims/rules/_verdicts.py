"""Findings made of verdicts: shared by the rules that each report one kind."""

from __future__ import annotations

from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.rule import PaperHit
from writer.model.finding import Place


def hits(checked: Checked, rule: str) -> Iterator[PaperHit]:
    """One hit per judgement that ``rule`` decided."""
    for item in checked.judgements:
        if item.rule == rule:
            claim = item.claim
            yield PaperHit(
                where=Place(claim.file, claim.line, str(claim.column)),
                message=f'"{claim.text}": {item.reason}',
                part=f"{claim.file}-{claim.line}-{claim.column}",
                experiment=_experiment(checked, item.evidence),
                evidence={"claim": claim.text, "cells": [dict(entry) for entry in item.evidence]},
                settle="",
            )


def _experiment(checked: Checked, cells: object) -> str:
    for entry in cells if isinstance(cells, tuple) else ():
        found = checked.dataset.get(str(entry["id"]))
        if found is not None and found.experiment in checked.dataset.experiments:
            return found.experiment
    return ""
