"""Settings of a table and of its runs: which names mean the same, which values are the same."""

from __future__ import annotations

import re

from writer.model.experiment import Level

_FILLERS = frozenset({"num", "number", "n", "no", "of", "count", "type"})
"""Words that change nothing about what a setting sets: ``num_nodes`` sets the nodes."""

_SAME = {"total_tasks": "tasks", "concurrency_level": "concurrency"}
"""Names that other words make the same."""

_LABEL = re.compile(r"(.*_)?(id|ids|uuid|name|path|dir|file|folder|seed|timestamp|date|host)")
"""Names of settings that identify a run and do not change what it does."""


def corresponds(one: str, other: str) -> bool:
    """Whether two names are the same setting's.

    >>> corresponds("nodes", "num_nodes"), corresponds("scheduler", "scheduler_strategy")
    (True, False)
    """
    return _words(one) == _words(other)


def _words(name: str) -> frozenset[str]:
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    words = re.findall(r"[a-z0-9]+", _SAME.get(parts, parts))
    kept = [word for word in words if word not in _FILLERS] or words
    return frozenset(word.removesuffix("s") for word in kept)


def plain(name: str) -> str:
    """A setting's name in words, without what changes nothing.

    >>> plain("num_nodes"), plain("scheduler_type"), plain("use_remote")
    ('nodes', 'scheduler', 'use remote')
    """
    words = name.lower().split("_")
    return " ".join([word for word in words if word not in _FILLERS] or words)


def is_label(name: str) -> bool:
    """Whether a setting only names the run: an id, a path, a seed."""
    return _LABEL.fullmatch(name.lower()) is not None


def comparable(one: Level, other: Level) -> bool:
    """Whether both are numbers or both are words."""
    return (one.value is None) == (other.value is None)


def same(one: Level, other: Level) -> bool:
    """Whether two levels are the same number, or the same letters and digits."""
    if one.value is not None and other.value is not None:
        return one.value == other.value
    return letters(one.text) == letters(other.text)


def letters(text: str) -> str:
    """What identifies a level, however it is written: ``LoadAware`` and ``load_aware``."""
    return re.sub(r"[^a-z0-9.]", "", text.lower())
