"""The group of all commands: each is imported when it is called, or when help lists it."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from writer.cli import commands
from writer.cli._command import Command
from writer.discover import module, names


class Group(TyperGroup):
    """The commands in ``writer/cli/commands``, by the names of their files."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "commands": dict.fromkeys(names(commands))})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command as typer has it, made when it is first asked for; None if there is none."""
        if cmd_name in self.commands and self.commands[cmd_name] is None:
            self.commands[cmd_name] = _made(module(commands, cmd_name).COMMAND)
        return super().get_command(ctx, cmd_name)


def _made(command: Command) -> Any:
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(command.name, short_help=command.summary, epilog=f"Example: {command.example}")(
        command.run
    )
    return get_command(alone)
