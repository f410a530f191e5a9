"""Figures: one file per kind, found by being here; PDF for the paper, PNG beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from writer.discover import modules
from writer.document.figures._drawing import Canvas, Drawing, Kind, finish
from writer.errors import TemplateError
from writer.model.experiment import Experiment

__all__ = ["Canvas", "Drawing", "Kind", "draw", "kinds"]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of figure, by name."""
    import writer.document.figures as package

    found = (module.KIND for module in modules(package))
    return {kind.name: kind for kind in found}


def draw(kind: str, experiment: Experiment, flagged: Collection[str], path: str) -> Drawing:
    """Draw ``experiment``; ``path`` is the file's without its ending.

    Raises:
        TemplateError: no such kind, or the table lacks what the kind shows.
    """
    if kind not in kinds():
        raise TemplateError(
            f"there is no figure '{kind}'", expected=f"one of {', '.join(sorted(kinds()))}"
        )
    return finish(kinds()[kind], experiment, flagged, path)
