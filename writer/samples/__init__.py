"""Samples: aggregated by DuckDB where they lie, loaded only where every value is needed."""

from writer.samples._aggregate import summarise
from writer.samples._load import MAX_LOADED, load, loadable
from writer.samples._summary import PERCENTILES, Key, Summary, key

__all__ = [
    "MAX_LOADED",
    "PERCENTILES",
    "Key",
    "Summary",
    "key",
    "load",
    "loadable",
    "summarise",
]
