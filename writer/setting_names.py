"""Settings of a table and of its runs: which names mean the same, which values are the same."""

from __future__ import annotations

import re

from writer.model.experiment import Level

_FILLERS = frozenset({"num", "number", "n", "no", "of", "count", "type"})
"""Words that change nothing about what a setting sets: ``num_nodes`` sets the nodes."""

_SAME = {"total_tasks": "tasks", "concurrency_level": "concurrency"}
"""Names that other words make the same."""

_LABEL = re.compile(
    r"(.*_)?(id|ids|uuid|name|path|dir|file|folder|seed|timestamp|date|host)"
    r"|(trial|run|rep|repeat|repetition|iteration|round|attempt)(_(number|no|index|idx))?"
)
"""Names of settings that identify a run and do not change what it does."""

_TRIAL = re.compile(
    r"(?:^|(?<=[-_./]))(?:trial|run|rep|repeat|repetition|iter|iteration|round|attempt|seed)"
    r"[-_=.]?(\d+)(?=$|[-_./])",
    re.IGNORECASE,
)
"""The part of a path that numbers repetitions: ``trial_3``, ``run=0``, ``seed17``."""


def corresponds(one: str, other: str) -> bool:
    """Whether two names are the same setting's.

    >>> corresponds("nodes", "num_nodes"), corresponds("scheduler", "scheduler_strategy")
    (True, False)
    """
    return words_of(one) == words_of(other)


def words_of(name: str) -> frozenset[str]:
    """The words of a setting's name that matter, in the singular.

    >>> sorted(words_of("num_nodes")), sorted(words_of("schedulerType"))
    (['node'], ['scheduler'])
    """
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


def in_words(name: str) -> str:
    """A setting's name as the title of a column.

    >>> in_words("num_nodes"), in_words("task_complexity")
    ('number of nodes', 'task complexity')
    """
    return re.sub(r"^(?:num|n|no) ", "number of ", name.lower().replace("_", " "))


def counted_things(name: str) -> str:
    """What a setting counts, as a unit; the empty string where its name does not say so.

    >>> counted_things("num_nodes"), counted_things("parallelism")
    ('nodes', '')
    """
    match = re.fullmatch(r"(?:num|n|no)_([a-z]+s)", name.lower())
    return match[1] if match else ""


def number_in(path: str, key: str) -> str:
    """The number that a path gives for a setting; the empty string where none or several may.

    A word in the singular numbers one of many (``node_3``), and says nothing of how many.

    >>> number_in("mixed/nodes_12", "num_nodes"), number_in("multi_16_nodes", "num_nodes")
    ('12', '16')
    >>> number_in("node_3", "num_nodes"), number_in("2_nodes_8", "num_nodes")
    ('', '')
    """
    word = re.escape((counted_things(key) or key).lower())
    after = rf"(?<![a-z]){word}[-_=]?(\d+(?:\.\d+)?)(?![\d.]*\d)"
    before = rf"(?<![a-z\d.])(\d+(?:\.\d+)?)[-_]?{word}(?![a-z])"
    found = {*re.findall(after, path.lower()), *re.findall(before, path.lower())}
    return found.pop() if len({float(text) for text in found}) == 1 else ""


def is_label(name: str) -> bool:
    """Whether a setting only names the run: an id, a path, a seed."""
    return _LABEL.fullmatch(name.lower()) is not None


def trial_of(path: str) -> str:
    """The number of the repetition that a run's path names last; the empty string.

    >>> trial_of("sweep/conc_4/trial_2"), trial_of("conc4_run3"), trial_of("job3")
    ('2', '3', '')
    """
    return next(reversed(_TRIAL.findall(path)), "")


def without_trial(path: str) -> str:
    """A run's path with ``*`` for each part that numbers repetitions.

    >>> without_trial("sweep/conc_4/trial_2"), without_trial("seed1/conc4_run3")
    ('sweep/conc_4/*', '*/conc4_*')
    """
    return _TRIAL.sub("*", path)


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
