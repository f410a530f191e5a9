"""Find the modules of a package, so that adding a file is all it takes."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Import and yield every public module of ``package``, by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    for name in names:
        if not name.startswith("_"):
            yield importlib.import_module(f"{package.__name__}.{name}")
