"""Samples: aggregated by DuckDB where they lie, loaded only where every value is needed."""

from writer.samples._aggregate import PERCENTILES, Summary, summarise
from writer.samples._load import MAX_LOADED, load

__all__ = ["MAX_LOADED", "PERCENTILES", "Summary", "load", "summarise"]
