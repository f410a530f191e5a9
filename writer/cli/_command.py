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
        summary: the line in the list of commands, at most 60 characters.
        example: a command line that works on the demo paper.
    """

    name: str
    run: Callable[..., Any]
    summary: str
    example: str
