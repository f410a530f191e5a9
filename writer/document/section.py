"""A rendered section: its LaTeX, its tables and figures, and every number in it."""

from __future__ import annotations

from dataclasses import dataclass

from writer.model.measurement import Measurement


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that a section needs beside it: ``path`` is relative to the section's folder."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Printed:
    """A number of a section.

    Attributes:
        measurement: what it is, with its provenance.
        text: the digits as the section prints them; empty for a plotted value.
        where: the section's file or the table's or figure's path that shows it.
        printed: False for a value that is drawn in a figure and not written out.
        parents: the measurements that a derived value was computed from.
    """

    measurement: Measurement
    text: str
    where: str
    printed: bool
    parents: tuple[Measurement, ...] = ()

    @property
    def id(self) -> str:
        return self.measurement.id


@dataclass(frozen=True, slots=True)
class Section:
    """One rendered section.

    Attributes:
        name: of its template.
        tex: the LaTeX, without the header that marks the written file.
        files: tables and figures, in the order in which they appear.
        printed: every number of the section, its tables and its figures, in order.
        omitted: names of experiments left out by their treatment.
        stated: ids of the findings whose limitation the section carries.
    """

    name: str
    tex: str
    files: tuple[Artifact, ...]
    printed: tuple[Printed, ...]
    omitted: tuple[str, ...] = ()
    stated: frozenset[str] = frozenset()
