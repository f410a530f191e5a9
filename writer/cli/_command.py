"""What a command module offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the program.

    Attributes:
        name: as typed.
        run: the function that typer calls.
        example: a command line that works on the demo paper.
        panel: heading under which ``--help`` lists it.
    """

    name: str
    run: Callable[..., Any]
    example: str
    panel: str


WRITE = "Write"
VERIFY = "Verify"
LEARN = "Learn"
