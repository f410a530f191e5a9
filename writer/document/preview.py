"""The standalone document around the sections: title, setup, provenance appendix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from writer import __version__
from writer.config import Config
from writer.dataset import Dataset
from writer.document._environment import template_environment
from writer.document.section import Section
from writer.errors import TemplateError
from writer.files import read_text
from writer.model.measurement import Grade, Measurement, slug
from writer.model.result import AuditResult
from writer.model.unit import singular
from writer.prose import Latex, escape, latex_unit
from writer.resources import folder

_WHOLE = 44
"""Letters of a file's name that fit in a column, with its number and hash."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the appendix: the number that stands for it there, its name and hash."""

    number: str
    name: Latex
    sha256: str


@dataclass(frozen=True, slots=True)
class Folder:
    """Files of one folder, whose path stands once."""

    path: Latex
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the appendix: the number's anchor and name, and where it comes from."""

    anchor: Latex
    name: Latex
    value: Latex
    origin: Latex


def preview_tex(
    sections: Sequence[Section], dataset: Dataset, audit: AuditResult, config: Config
) -> str:
    """The preview's LaTeX: ``sections`` by ``\\input``, then every number's provenance.

    Raises:
        TemplateError: the packaged template cannot be rendered.
    """
    environment = template_environment()
    template = read_text(folder("templates") / "preview.tex.j2")
    try:
        return environment.from_string(template).render(
            title=config.title,
            authors=config.authors,
            inputs=tuple(Latex(rf"\input{{{section.name}.tex}}") for section in sections),
            version=__version__,
            digest=dataset.digest[:12],
            folders=folders(dataset.files),
            entries=tuple(entries(sections, _numbers(dataset.files))),
            recomputed=_recomputed(sections),
            suppressed=audit.suppressed,
        )
    except TemplateError:
        raise
    except Exception as error:
        raise TemplateError(f"the preview cannot be rendered: {error}") from error


def _recomputed(sections: Iterable[Section]) -> str:
    """How many of the values read (not derived) were recomputed from raw samples."""
    found = {
        item.id: item
        for section in sections
        for number in section.printed
        for item in (number.measurement, *number.parents)
        if item.provenance is not None
    }
    raw = sum(item.grade is Grade.RAW for item in found.values())
    return f"{raw} of {len(found)} values recomputed from raw samples" if raw else ""


def _numbers(files: Mapping[str, str]) -> dict[str, str]:
    """What stands for each file: its place in the list by folder."""
    order = sorted(files, key=lambda name: (PurePosixPath(name).parent.as_posix(), name))
    return {name: str(number) for number, name in enumerate(order, 1)}


def folders(files: Mapping[str, str]) -> tuple[Folder, ...]:
    """Files by folder, with the first twelve digits of their hashes.

    Args:
        files: the SHA-256 of each, by its path.
    """
    found: dict[str, list[File]] = {}
    for name, number in _numbers(files).items():
        path = PurePosixPath(name)
        item = File(number, _file(path.name), files[name][:12])
        found.setdefault(path.parent.as_posix(), []).append(item)
    return tuple(Folder(breakable(f"{path}/"), tuple(items)) for path, items in found.items())


def _file(name: str) -> Latex:
    """A name that stays in one piece where a column is wide enough."""
    return Latex(escape(name)) if len(name) <= _WHOLE else breakable(name)


def entries(sections: Iterable[Section], files: Mapping[str, str]) -> Iterator[Entry]:
    """Every printed number of the sections and the parents of derived ones, each once.

    Args:
        sections: with the numbers that they print.
        files: what stands for each file.
    """
    found: dict[str, Measurement] = {}
    for section in sections:
        for item in section.printed:
            if item.printed:
                found.setdefault(item.id, item.measurement)
                for parent in item.parents:
                    found.setdefault(parent.id, parent)
    for measurement in found.values():
        yield Entry(
            anchor(measurement.id),
            _name(measurement),
            _value(measurement),
            _origin(measurement, files),
        )


def anchor(identifier: str) -> Latex:
    """The id as a hyperref anchor: ids hold no character that TeX minds."""
    return Latex(identifier)


def breakable(text: str) -> Latex:
    """``text`` with places where TeX may break the line."""
    escaped = escape(text)
    for sign in ("/", ",", "(", "-", "."):
        escaped = escaped.replace(sign, rf"{sign}\allowbreak{{}}")
    return Latex(escaped)


def _name(item: Measurement) -> Latex:
    """The id; in that of a derived value each parent links to its own line."""
    if item.provenance is not None:
        return breakable(item.id)
    shown, rest = "", item.id
    for parent in item.parents:
        before, found, after = rest.partition(parent)
        if found:
            shown += f"{breakable(before)}{_link(parent, breakable(parent))}"
            rest = after
    return Latex(f"{shown}{breakable(rest)}")


def _link(target: str, text: str) -> Latex:
    return Latex(rf"\hyperlink{{{target}}}{{{text}}}")


def _value(item: Measurement) -> Latex:
    text = item.text or f"{item.number:.6g}"
    unit = singular(item.unit) if item.number == 1 else item.unit
    return Latex(escape(text) + latex_unit(unit))


def _origin(item: Measurement, files: Mapping[str, str]) -> Latex:
    """File and place; for a derived value its parents where its id does not hold them."""
    if item.provenance is not None:
        place = item.provenance
        number = files.get(place.file)
        file = breakable(place.file) if number is None else _link(f"file.{number}", f"[{number}]")
        row = f", line {place.row}" if place.row is not None else ""
        said = slug(place.column) == item.id.rpartition("/")[2]  # the name says it already
        return Latex(f"{file}{row}" + ("" if said else f", {breakable(place.column)}"))
    unnamed = [parent for parent in item.parents if parent not in item.id]
    links = " and ".join(_link(parent, breakable(parent)) for parent in unnamed)
    return Latex(f"computed from {links}" if links else "computed")
