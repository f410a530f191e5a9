"""What ``ingest`` writes tables as."""

from __future__ import annotations

from enum import StrEnum


class TableFormat(StrEnum):
    """What the tables are written as."""

    CSV = "csv"
    PARQUET = "parquet"

    @property
    def properties(self) -> dict[str, str]:
        """What the descriptor says of such a table."""
        if self is TableFormat.CSV:
            return {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        return {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
