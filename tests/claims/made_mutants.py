"""False claims: true ones with one field changed, that do not hold any more."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from tests.claims.made_claims import Said, holds, turnless

PAIRED = ("ratio", "hedged ratio", "percent", "difference", "fromto", "list", "compare")

Mutation = Callable[[random.Random, Said], Said | None]


def _digit(rng: random.Random, said: Said) -> Said | None:
    if not said.printed:
        return None
    which = rng.randrange(len(said.printed))
    text = said.printed[which]
    place = rng.choice([index for index, char in enumerate(text) if char.isdigit()])
    digit = rng.choice([char for char in "0123456789" if char != text[place]])
    return _with(said, which, text[:place] + digit + text[place + 1 :])


def _with(said: Said, which: int, text: str) -> Said:
    printed = list(said.printed)
    printed[which] = text
    return replace(said, printed=tuple(printed))


def _shift(rng: random.Random, said: Said) -> Said | None:
    if not said.printed:
        return None
    which = rng.randrange(len(said.printed))
    whole, _, rest = said.printed[which].partition(".")
    if rest and rng.random() < 0.5:
        return _with(said, which, f"{whole}{rest[0]}.{rest[1:]}".rstrip("."))
    if len(whole) > 1 and rest:
        return _with(said, which, f"{whole[:-1]}.{whole[-1]}{rest}")
    return _with(said, which, f"{whole}0" if not rest else f"{whole}{rest[0]}")


def _direction(_: random.Random, said: Said) -> Said | None:
    return None if turnless(said) else replace(said, rising=not said.rising)


def _new_level(rng: random.Random, said: Said) -> Said | None:
    rest = [level for level in said.table.levels if level not in (said.new, said.base)]
    return replace(said, new=rng.choice(rest)) if rest else None


def _base_level(rng: random.Random, said: Said) -> Said | None:
    rest = [level for level in said.table.levels if level not in (said.new, said.base)]
    used = said.form in PAIRED
    return replace(said, base=rng.choice(rest)) if rest and used else None


def _swap(_: random.Random, said: Said) -> Said | None:
    used = said.form in PAIRED
    return replace(said, new=said.base, base=said.new) if used else None


def _group(_: random.Random, said: Said) -> Said | None:
    rest = [group for group in said.table.groups if group != said.group]
    return replace(said, group=rest[0]) if rest else None


def _metric(rng: random.Random, said: Said) -> Said | None:
    rest = [metric for metric in said.table.metrics if metric not in (said.metric, said.other)]
    same = [metric for metric in rest if metric.unit == said.metric.unit]
    if not same and said.form == "converted":
        return None
    return replace(said, metric=rng.choice(same or rest))


MUTATIONS: Mapping[str, Mutation] = {
    "digit": _digit,
    "x10": _shift,
    "direction": _direction,
    "level": _new_level,
    "base level": _base_level,
    "swapped levels": _swap,
    "group": _group,
    "metric": _metric,
}


def mutants(rng: random.Random, said: Said) -> Iterator[tuple[str, Said]]:
    """One false claim per kind of mutation that makes this one false."""
    for name, mutate in MUTATIONS.items():
        for _ in range(4):
            changed = mutate(rng, said)
            if changed is not None and not holds(changed):
                yield name, changed
                break
