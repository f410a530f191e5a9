"""Rates by any of their names: ``ops/s`` are ``operations/s``, ``kQPS`` thousands of queries."""

from __future__ import annotations

_SHORT = {
    "operations": "op ops",
    "requests": "req reqs",
    "transactions": "tx txs txn txns",
    "messages": "msg msgs",
    "images": "img imgs",
    "tokens": "tok toks",
    "packets": "pkt pkts",
    "instructions": "instr instrs",
    "iterations": "iter iters",
}
ABBREVIATED = {short: full for full, names in _SHORT.items() for short in names.split()}
"""What stands for a plural wherever it stands."""

_IN_RATES = {
    "operations": "operation",
    "requests": "request",
    "transactions": "transaction trans",
    "messages": "message",
    "queries": "query",
    "images": "image im",
    "tokens": "token",
    "samples": "sample",
    "frames": "frame",
    "packets": "packet",
    "records": "record rec recs",
    "instructions": "instruction inst insts",
    "iterations": "iteration it its",
    "events": "event ev evs",
    "steps": "step",
    "tasks": "task",
    "jobs": "job",
    "calls": "call",
    "tuples": "tuple",
    "updates": "update",
    "files": "file",
    "rows": "row",
    "edges": "edge",
    "keys": "key",
}
_FULL = ABBREVIATED | {name: full for full, names in _IN_RATES.items() for name in names.split()}

_INITIALS = {
    "OPS": "operations",
    "IOPS": "operations",
    "QPS": "queries",
    "RPS": "requests",
    "FPS": "frames",
    "PPS": "packets",
    "SPS": "samples",
}
"""Not TPS, which are transactions or tokens, nor FLOPS, which may be no rate."""

_PREFIXES = {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_NAMED = {
    f"{prefix}{name}": (thing, scale)
    for initials, thing in _INITIALS.items()
    for name in (initials, initials.lower())
    for prefix, scale in _PREFIXES.items()
}


def thing(word: str) -> tuple[str, float]:
    """What a rate counts, in full, and how many of it one is.

    >>> thing("ops"), thing("mops"), thing("tasks")
    (('operations', 1.0), ('operations', 1000000.0), ('tasks', 1.0))
    """
    if word in _FULL:
        return _FULL[word], 1.0
    if word[:1].upper() in _PREFIXES and word[1:] in ABBREVIATED:
        return ABBREVIATED[word[1:]], _PREFIXES[word[0].upper()]
    return word, 1.0


def per_second(symbol: str) -> tuple[str, float] | None:
    """What initials count per second, and how many of it one unit is; None for other symbols.

    >>> per_second("FPS"), per_second("MQPS"), per_second("ms")
    (('frames', 1.0), ('queries', 1000000.0), None)
    """
    return _NAMED.get(symbol)
