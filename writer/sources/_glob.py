"""Globs over the paths of runs, as mappings write them."""

from __future__ import annotations

import re

_STEPS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_LITERAL = {"[*]": r"\*", "[?]": r"\?", "[[]": r"\["}
_TOKEN = re.compile(r"(\[[*?[]\]|\*\*/|\*\*|\*|\?)")
_SPECIAL = re.compile(r"[*?]|\[(?=[*?[]\])")


def pattern(glob: str) -> re.Pattern[str]:
    """A glob over paths: ``*`` and ``?`` within one step, ``**/`` over any number of them.

    Without a slash it names files in every folder. ``[*]``, ``[?]`` and ``[[]`` stand for
    the character between the brackets; any other bracket for itself.
    """
    anywhere = glob if "/" in glob else f"**/{glob}"
    parts = _TOKEN.split(anywhere.removeprefix("./"))
    texts = ({**_STEPS, **_LITERAL}.get(part, re.escape(part)) for part in parts)
    return re.compile("".join(texts), re.DOTALL)


def escaped(path: str) -> str:
    """The glob that means this path alone, and its name in every folder if it has no folder.

    >>> escaped("runs/a*b[1].csv")
    'runs/a[*]b[1].csv'
    """
    return _SPECIAL.sub(lambda match: f"[{match[0]}]", path)
