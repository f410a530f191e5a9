"""Settings of a table and of its runs: which names mean the same, which values are the same."""

from __future__ import annotations

import re

from writer.model.experiment import Level

_FILLERS = frozenset({"num", "number", "n", "no", "of", "count", "type"})
"""Words that change nothing about what a setting sets: ``num_nodes`` sets the nodes."""

_SAME = {"total_tasks": "tasks", "concurrency_level": "concurrency"}
"""Names that other words make the same."""

_LABEL = re.compile(
    r"(.*_)?(id|ids|uuid|name|path|dir|file|folder|seed|timestamp|date|host|command)"
    r"|(trial|run|rep|repeat|repetition|iteration|round|attempt|job|rank|shard)"
    r"(_(number|no|index|idx))?"
)
"""Names of settings that identify a run and do not change what it does."""

_DATE = r"(?:19|20)\d\d[-_.]?(?:0\d|1[0-2])[-_.]?(?:[0-2]\d|3[01])"
_DAY_FIRST = r"[0-3]?\d[-_.][01]?\d[-_.](?:19|20)\d\d(?!\d)"
_TRIAL = re.compile(
    r"(?:^|(?<=[-_./]))(?:seed[-_=.]?"
    r"|(?:trial|run|rep|repeat|repetition|iter|iteration|round|attempt)[-_=.]?"
    rf"(?!{_DATE}|{_DAY_FIRST}|\d{{6}}))(\d+)(?=$|[-_./])",
    re.IGNORECASE,
)
"""The part of a path that numbers repetitions: ``trial_3``, ``run=0``, ``seed17``.

What says when a run began is no number of one: ``run-2026-01-17``, ``run_090124``.
"""

_MOMENT = re.compile(
    rf"(?:[a-z]+[-_]?)?(?:{_DATE}|{_DAY_FIRST})(?:[-_T]?\d{{2}}[-:_.h]?\d{{2}}(?:[-:_.m]?\d{{2}})?)?Z?",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?:(?:run|exp|job|test|result|trial)[-_]?)?"
    r"(?:\d+|(?=[0-9a-f]*\d)[0-9a-f]{6,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
    re.IGNORECASE,
)


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


def trial_pattern(path: str) -> str:
    """A run's path with ``*`` for the number of each part that numbers repetitions.

    >>> trial_pattern("seed1/conc4_run3")
    'seed*/conc4_run*'
    """
    return _TRIAL.sub(lambda match: match[0].removesuffix(match[1]) + "*", path)


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


_UNITS = {
    **dict.fromkeys(("us", "usec", "microseconds"), "us"),
    **dict.fromkeys(("ms", "msec", "millis", "milliseconds"), "ms"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minutes"), "min"),
}
"""Ends of names that give a time's unit."""


def is_limit(name: str) -> bool:
    """Whether a setting bounds how long a run or a task may take.

    >>> is_limit("task_timeout_ms"), is_limit("max_duration_sec"), is_limit("duration_sec")
    (True, True, False)
    """
    words = name.lower().split("_")
    text = "_".join(words)
    bound = {"max", "limit", "maximum"} & set(words)
    timed = {"time", "duration", "runtime", "walltime", "seconds"} & set(words)
    return "timeout" in text or "time_out" in text or "deadline" in text or bool(bound and timed)


def without_unit(name: str) -> str:
    """A setting's name in words, without the unit that it ends with.

    >>> without_unit("task_timeout_ms"), without_unit("timeout")
    ('task timeout', 'timeout')
    """
    first, _, last = name.lower().rpartition("_")
    return plain(first if first and last in _UNITS else name)


def units_of(name: str) -> tuple[str, ...]:
    """The unit of time that a setting's name ends with; those it may have where it does not.

    >>> units_of("timeout_ms"), units_of("timeout")
    (('ms',), ('s', 'ms'))
    """
    unit = _UNITS.get(name.lower().rpartition("_")[2])
    return (unit,) if unit else ("s", "ms")


def is_arrival_rate(name: str) -> bool:
    """Whether a setting says how often tasks arrive, whatever the system does with them.

    >>> is_arrival_rate("arrival_rate_per_sec"), is_arrival_rate("qps"), is_arrival_rate("rate")
    (True, True, False)
    """
    words = set(name.lower().split("_"))
    sent = {"arrival", "request", "offered", "arrivals", "requests", "poisson"} & words
    return bool(words & {"rps", "qps"} or ("rate" in words and sent))


def is_label(name: str) -> bool:
    """Whether a setting only names the run: an id, a path, a seed."""
    return _LABEL.fullmatch(name.lower()) is not None


def trial_of(path: str) -> str:
    """The number of the repetition that a run's path names last; the empty string.

    >>> trial_of("sweep/conc_4/trial_2"), trial_of("conc4_run3"), trial_of("job3")
    ('2', '3', '')
    """
    return next(reversed(_TRIAL.findall(path)), "")


def is_moment(step: str) -> bool:
    """Whether a step of a path says when something ran, with a word before it or not.

    >>> is_moment("20260117_090124"), is_moment("run-2026-01-17"), is_moment("conc_2026")
    (True, True, False)
    """
    return _MOMENT.fullmatch(step) is not None


def says_nothing(step: str) -> bool:
    """Whether a step of a path only tells runs apart: a moment, a number, a hash.

    >>> says_nothing("run-7"), says_nothing("a1b2c3d"), says_nothing("conc_7")
    (True, True, False)
    """
    return is_moment(step) or _HANDLE.fullmatch(step) is not None


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
