"""The entry point: finds the commands, runs one, turns errors into exit codes."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from writer import __version__
from writer.cli._group import Group
from writer.cli.exit_codes import ExitCode
from writer.errors import NothingError, SageWriteError

_HELP = (
    "Write papers whose every number is a measurement.\n\n"
    "Fills LaTeX templates with verified numbers, puts a limitation paragraph wherever the "
    "audit flags a problem, and holds the abstract against the data."
)
_EPILOG = (
    "Exit codes: 0 clean, 1 findings, 2 bad input, 3 nothing to check. "
    "Start with: sage-write init my-paper"
)


def _version(*, value: bool) -> None:
    if value:
        typer.echo(f"sage-write {__version__}")
        raise typer.Exit(ExitCode.CLEAN)


def _version_callback(value: bool) -> None:  # noqa: FBT001 - typer calls it with one value
    _version(value=value)


def make_app() -> typer.Typer:
    """The typer application with every command in ``writer/cli/commands``."""
    app = typer.Typer(
        name="sage-write",
        cls=Group,
        help=_HELP,
        epilog=_EPILOG,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        # The Rich help imports a Markdown parser: it doubles the time of --help.
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def root(
        version: Annotated[
            bool,
            typer.Option(
                "--version",
                help="Print the version and leave.",
                callback=_version_callback,
                is_eager=True,
            ),
        ] = False,
    ) -> None:
        pass

    return app


def main() -> None:
    """Run the program; never shows a traceback unless ``SAGE_WRITE_DEBUG`` is set."""
    # Nothing here is linear algebra large enough for threads, whose start costs as much CPU
    # as the import of NumPy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Values are frozen and live until the end: looking for cycles among them is lost time.
    gc.set_threshold(200_000, 20, 50)
    try:
        make_app()()
    except NothingError as error:
        _fail(str(error), ExitCode.NOTHING)
    except SageWriteError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader of our output went away; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.BAD_INPUT)
    except Exception as error:
        if os.environ.get("SAGE_WRITE_DEBUG"):
            raise
        _fail(
            f"sage-write has a bug: {type(error).__name__}: {error}\n"
            "  to do: please report it; SAGE_WRITE_DEBUG=1 shows where it happened"
        )
    finally:
        # Nor does the interpreter have to look for them once more when it leaves.
        gc.freeze()


def _fail(message: str, code: ExitCode = ExitCode.BAD_INPUT) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(Text.assemble(("error: ", "bold red"), message))
    sys.exit(code)
