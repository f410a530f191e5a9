"""What macros without arguments print, and letters with accents."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from writer.latex.words import SYMBOLS


def symbol(name: str) -> str | None:
    """What the macro ``name`` prints when it takes no arguments, or ``None``."""
    return SYMBOLS.get(name) or _table_symbols().get(name)


def is_accent(name: str) -> bool:
    """Whether the macro ``name`` puts an accent on its argument."""
    return name in _accents()


@lru_cache(maxsize=4096)
def accented(name: str, base: str) -> str | None:
    """``base`` with the accent of the macro ``name``, or ``None`` if that is no accent."""
    mark = _accents().get(name)
    if mark is None:
        return None
    plain = {"ı": "i", "ȷ": "j"}.get(base, base)
    return unicodedata.normalize("NFC", plain[:1] + mark + plain[1:]) if plain else ""


@lru_cache(maxsize=1)
def _accents() -> dict[str, str]:
    from pylatexenc.latex2text._defaultspecs import unicode_accents_list

    return dict(unicode_accents_list)


@lru_cache(maxsize=1)
def _table_symbols() -> dict[str, str]:
    """The symbols of pylatexenc, read only when a paper has one that ours lack."""
    from pylatexenc.latex2text import get_default_latex_context_db

    symbols: dict[str, str] = {}
    for spec in get_default_latex_context_db().iter_macro_specs():
        printed = spec.simplify_repl
        if isinstance(printed, str) and not set("%<[") & set(printed):
            symbols.setdefault(spec.macroname, printed)
    return symbols
