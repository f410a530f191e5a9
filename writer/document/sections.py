"""Which sections there are: one template file each, the project's own first."""

from __future__ import annotations

import re
from pathlib import Path

from writer.config import Config
from writer.errors import TemplateError
from writer.files import read_text
from writer.resources import folder

ENDING = ".tex.j2"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_SUMMARY = re.compile(r"\s*\\#\{\s*(.*?)\s*\}", re.DOTALL)


def template_folders(config: Config) -> tuple[Path, ...]:
    """Where templates are looked for: the project, then the package."""
    own, packaged = config.path("templates"), folder("templates").resolve()
    return (own,) if own == packaged else (own, packaged)


def section_names(config: Config) -> tuple[str, ...]:
    """The sections that can be written, in alphabetical order."""
    found = {
        path.name.removesuffix(ENDING)
        for place in template_folders(config)
        for path in (place / "sections").glob(f"*{ENDING}")
    }
    return tuple(sorted(name for name in found if _NAME.fullmatch(name)))


def section_path(config: Config, name: str) -> Path:
    """The template of the section ``name``.

    Raises:
        TemplateError: there is none; the message lists those there are.
    """
    if _NAME.fullmatch(name):
        for place in template_folders(config):
            path = place / "sections" / f"{name}{ENDING}"
            if path.is_file():
                return path
    raise TemplateError(
        f"there is no section '{name}'",
        expected=f"one of {', '.join(section_names(config)) or 'none: there are no templates'}",
        hint=f"add {config.templates}/sections/{name if _NAME.fullmatch(name) else 'NAME'}{ENDING}",
    )


def section_summary(config: Config, name: str) -> str:
    """The comment at the top of a section's template, as one line."""
    match = _SUMMARY.match(read_text(section_path(config, name)))
    return " ".join(match.group(1).split()) if match else ""
