"""The Jinja environment of templates: delimiters that survive LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from writer.document.general import heading
from writer.model.measurement import slug
from writer.prose import make_environment
from writer.words import within

if TYPE_CHECKING:
    from jinja2 import Environment


def template_environment(**options: Any) -> Environment:
    """``\\VAR{...}`` prints, ``\\BLOCK{...}`` steers, ``\\#{...}`` comments.

    Filters beyond those of prose: ``within`` (a title within a sentence), ``heading`` (a
    folder's name as a heading) and ``label`` (a name for ``\\label``).
    """
    environment = make_environment(
        "latex",
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\#{",
        comment_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,
    )
    environment.filters["within"] = within
    environment.filters["heading"] = heading
    environment.filters["label"] = slug
    return environment
