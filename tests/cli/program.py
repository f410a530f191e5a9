"""Run the program as a user does: a process, a folder, its output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Run:
    """What one run printed and how it left."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Standard output as JSON."""
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded


def sage_write(*arguments: str | Path, cwd: Path, **environment: str) -> Run:
    """Run ``sage-write`` in ``cwd``."""
    done = subprocess.run(
        [sys.executable, "-m", "writer", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=240,
        env={**os.environ, "COLUMNS": "80", **environment},
    )
    return Run(done.returncode, done.stdout, done.stderr)
