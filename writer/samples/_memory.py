"""How the C library treats memory that is freed, for queries that fetch large arrays."""

from __future__ import annotations

import sys
from functools import cache

_TRIM, _MMAP = -1, -3
"""``M_TRIM_THRESHOLD`` and ``M_MMAP_THRESHOLD`` of glibc's ``malloc.h``."""

LARGEST = 32 * 1024**2
"""Bytes of an array that is kept; the most that glibc takes."""

KEPT = 8 * LARGEST
"""Bytes at the end of the heap that are kept when they are free."""


@cache
def keep_freed() -> None:
    """Have large pieces of memory kept for the next ones, once for this process.

    glibc gives the array of each query back to the system, which clears the same pages for
    the next: a quarter of the processor time in which samples are fetched and sorted.
    Other C libraries are left as they are.
    """
    if sys.platform != "linux":
        return
    import ctypes

    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_MMAP, LARGEST)
        set_option(_TRIM, KEPT)
