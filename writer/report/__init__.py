"""Reports: ONE FILE PER FORMAT over one report object.

A format is a module with ``FORMAT``; modules whose name begins with an underscore
build the report objects.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from writer.discover import modules
from writer.report._report import Format, Report, View

__all__ = ["Format", "Report", "View", "format_named", "formats"]


@cache
def formats() -> Mapping[str, Format]:
    """Every report format, by name."""
    found = (module.FORMAT for module in modules(sys.modules[__name__]))
    return {item.name: item for item in found}


def format_named(name: str) -> Format:
    """One report format, without importing the others."""
    found: Format = import_module(f"{__name__}.as_{name}").FORMAT
    return found
