"""Units of measurement: dimension and scale, enough to compare and convert."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from writer.model.currency import SIGNS
from writer.model.rates import per_second, thing


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``value * scale`` is the value in the dimension's base unit."""

    symbol: str
    dimension: str
    scale: float


_PREFIXES = {"n": 1e-9, "u": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_PREFIXED = (  # symbol, dimension, scale of the symbol alone, prefixes that are in use
    ("Hz", "rate", 1.0, ("", "k", "M", "G")),
    ("m", "length", 1.0, ("n", "u", "m", "k")),
    ("g", "mass", 1e-3, ("u", "m", "k")),
    ("J", "energy", 1.0, ("u", "m", "", "k", "M", "G")),
    ("Wh", "energy", 3600.0, ("m", "", "k", "M", "G")),
    ("W", "power", 1.0, ("u", "m", "", "k", "M", "G")),
    ("V", "voltage", 1.0, ("u", "m", "", "k")),
    ("A", "current", 1.0, ("u", "m")),
)
_UNITS = (
    Unit("ns", "time", 1e-9),
    Unit("us", "time", 1e-6),
    Unit("ms", "time", 1e-3),
    Unit("s", "time", 1.0),
    Unit("min", "time", 60.0),
    Unit("h", "time", 3600.0),
    Unit("day", "time", 86400.0),
    Unit("%", "share", 0.01),
    Unit("1", "share", 1.0),
    Unit("x", "ratio", 1.0),
    Unit("pp", "points", 1.0),
    Unit("B", "size", 1.0),
    Unit("KB", "size", 1e3),
    Unit("MB", "size", 1e6),
    Unit("GB", "size", 1e9),
    Unit("TB", "size", 1e12),
    Unit("PB", "size", 1e15),
    Unit("cm", "length", 1e-2),
    *(
        Unit(f"{prefix}bps", "rate:bit", scale)
        for prefix, scale in (
            ("", 1.0),
            ("K", 1e3),
            ("k", 1e3),
            ("M", 1e6),
            ("G", 1e9),
            ("T", 1e12),
        )
    ),
    Unit("dB", "level", 1.0),
    Unit("°C", "degrees Celsius", 1.0),
    Unit("°", "angle", 1.0),
    *(Unit(sign, f"money in {sign}", 1.0) for sign in SIGNS),
    *(
        Unit(f"{prefix}{symbol}", dimension, _PREFIXES[prefix] * scale)
        for symbol, dimension, scale, prefixes in _PREFIXED
        for prefix in prefixes
    ),
)
_BY_SYMBOL = {unit.symbol: unit for unit in _UNITS}
_ALIASES = {
    "µs": "us",
    "μs": "us",
    "sec": "s",
    "second": "s",
    "seconds": "s",
    "millisecond": "ms",
    "milliseconds": "ms",
    "microsecond": "us",
    "microseconds": "us",
    "nanosecond": "ns",
    "nanoseconds": "ns",
    "minute": "min",
    "minutes": "min",
    "hour": "h",
    "hours": "h",
    "days": "day",
    **{
        f"{written}{bits}/s": f"{prefix}bps"
        for prefix, written in zip("KKMMGGTT", "KkMmGgTt", strict=True)
        for bits in ("bit", "bits")
    },
    **{f"{prefix}b/s": f"{prefix}bps" for prefix in "KMGT"},
    "byte": "B",
    "bytes": "B",
    "percent": "%",
    "×": "x",
}
_TIMES = {"ns": 1e9, "us": 1e6, "ms": 1e3, "s": 1.0, "min": 1 / 60, "h": 1 / 3600}


_SIZES = {unit.symbol: unit.scale for unit in _UNITS if unit.dimension == "size"}


def unit(symbol: str) -> Unit:
    """Look up a unit; ``THING/TIME`` and ``FPS`` are rates, any other word counts things.

    >>> unit("ms").scale, unit("tasks/s").dimension, unit("tasks").dimension
    (0.001, 'rate:tasks', 'count:tasks')
    """
    name = _ALIASES.get(symbol, symbol)
    known = _BY_SYMBOL.get(name)
    if known is not None:
        return known
    counted, slash, per = name.rpartition("/")
    per = _ALIASES.get(per, per)
    if slash and counted and per in _TIMES:
        size = _SIZES.get(_ALIASES.get(counted, counted))
        if size is not None:
            return Unit(f"{counted}/{per}", "rate:B", size * _TIMES[per])
        full, many = thing(counted)
        return Unit(f"{counted}/{per}", f"rate:{full}", many * _TIMES[per])
    rate = per_second(name)
    if rate is not None:
        return Unit(name, f"rate:{rate[0]}", rate[1])
    return Unit(name, f"count:{name}", 1.0)


@lru_cache(maxsize=1024)
def factor(source: str, target: str) -> float | None:
    """What to multiply a value in ``source`` by to have it in ``target``.

    Returns None when the two do not measure the same thing.
    """
    one, other = unit(source), unit(target)
    return one.scale / other.scale if one.dimension == other.dimension else None


def counted(number: int, things: str) -> str:
    """A count with its noun, for reports.

    >>> counted(1, "findings"), counted(2, "findings")
    ('1 finding', '2 findings')
    """
    return f"{number} {singular(things) if number == 1 else things}"


def singular(symbol: str) -> str:
    """The symbol as it follows the number 1; only units that count things change.

    >>> singular("nodes"), singular("queries"), singular("batches"), singular("s")
    ('node', 'query', 'batch', 's')
    """
    if not unit(symbol).dimension.startswith("count:"):
        return symbol
    if symbol.endswith("ies"):
        return f"{symbol[:-3]}y"
    if symbol.endswith(("ches", "shes", "sses", "xes")):
        return symbol[:-2]
    return symbol[:-1] if symbol.endswith("s") and not symbol.endswith("ss") else symbol
