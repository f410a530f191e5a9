"""Values of one run's file, with a problem noted for each that is not what it should be."""

from __future__ import annotations

from dataclasses import dataclass, field

from writer.model.run import UNREADABLE, Problem, Reported, Samples
from writer.sources._run_source import Input, Recorder, number, problem

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Notes:
    """Reads reported values and lists of samples of a run, and keeps the problems.

    Attributes:
        item: the file.
        recorder: makes the measurements.
        problems: what was found wrong so far.
    """

    item: Input
    recorder: Recorder
    problems: list[Problem] = field(default_factory=list)

    def add(self, message: str, fault: str = UNREADABLE) -> None:
        """Note a problem with the file, in words for a paper too."""
        self.problems.append(problem(self.item, message, fault))

    def reported(
        self, quantity: str, statistic: str, value: object, unit: str, key: str
    ) -> list[Reported]:
        """A reported value; none for null, and none with a problem for anything not finite."""
        made = self.recorder.reported(quantity, statistic, value, unit, key)
        if not made and value is not None:
            self.add(f"'{key}' is no finite number: {str(value)[:_SHOWN]}")
        return made

    def column(self, quantity: str, unit: str, given: object, key: str, row: str) -> list[Samples]:
        """A list of samples in the file; none for null, and none with a problem for no list."""
        if given is None:
            return []
        if not isinstance(given, list):
            self.add(f"'{key}' is not a list")
            return []
        values = tuple(value for value in map(number, given) if value is not None)
        if len(values) < len(given):
            lost = len(given) - len(values)
            self.add(f"{lost} of {len(given)} entries of '{key}' are not finite numbers")
        made = Samples(
            quantity,
            unit,
            self.item.shown,
            str(self.item.path),
            self.recorder.sha256,
            key,
            "values",
            values=values,
            row=row,
        )
        return [made]
