"""Find the modules of a package, so that adding a file is all it takes."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def names(package: ModuleType) -> list[str]:
    """The names of the public modules of ``package``, in order; imports none of them."""
    found = (info.name for info in pkgutil.iter_modules(package.__path__))
    return sorted(name for name in found if not name.startswith("_"))


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Import and yield every public module of ``package``, by name."""
    for name in names(package):
        yield module(package, name)


def module(package: ModuleType, name: str) -> ModuleType:
    """Import one module of ``package``."""
    return importlib.import_module(f"{package.__name__}.{name}")
