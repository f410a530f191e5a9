"""Failures of the input or of the tool: never a finding about the data.

Every error names where it happened, what was expected and what to do, so that
the command line can print one message and leave with exit code 2.
"""

from __future__ import annotations


class SageWriteError(Exception):
    """Base of everything a user can cause and mend.

    Args:
        message: what went wrong, in one sentence.
        file: the file concerned, as the user would name it.
        line: 1-based line in ``file``.
        expected: what would have been right.
        hint: what to do now.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.expected = expected
        self.hint = hint

    @property
    def place(self) -> str:
        """``file:line``, ``file`` or the empty string."""
        if self.file is None:
            return ""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        parts = [head]
        if self.expected:
            parts.append(f"expected: {self.expected}")
        if self.hint:
            parts.append(f"to do: {self.hint}")
        return "\n  ".join(parts)


class ConfigError(SageWriteError):
    """``sage-write.toml`` cannot be used."""


class DataError(SageWriteError):
    """A data file or its descriptor cannot be read as measurements."""


class TemplateError(SageWriteError):
    """A template asks for something that cannot be printed."""


class PaperError(SageWriteError):
    """A LaTeX paper cannot be read."""


class PathError(SageWriteError):
    """A path leaves the project, does not exist, or cannot be written."""


class NothingError(SageWriteError):
    """Nothing was there to check: no file of a known format, no run."""


class TexError(SageWriteError):
    """No TeX was found, or TeX could not make the PDF."""


class UsageError(SageWriteError):
    """The command was asked for something that does not exist."""


class ToolError(SageWriteError):
    """The tool itself is wrong: two rules with one code, a rule that crashed."""
