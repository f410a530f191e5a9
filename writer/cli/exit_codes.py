"""Exit codes, the same for every command."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit code says."""

    CLEAN = 0
    """Nothing at or over the threshold."""
    FINDINGS = 1
    """Findings at or over the threshold."""
    BAD_INPUT = 2
    """Bad input, or a crash of the tool."""
    NOTHING = 3
    """Nothing was there to check."""
