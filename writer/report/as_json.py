"""JSON for programs; every document is described in ``docs/json.md``."""

from __future__ import annotations

import json

from writer import __version__
from writer.report._report import Format, Report


def _render(report: Report) -> str:
    document = {
        "schema": f"sage-write/{report.command}/1",
        "version": __version__,
        **report.document,
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


FORMAT = Format("json", _render)
