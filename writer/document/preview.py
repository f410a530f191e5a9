"""The standalone document around the sections: title, setup, provenance appendix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from writer import __version__
from writer.config import Config
from writer.dataset import Dataset
from writer.document._environment import template_environment
from writer.document.section import Section
from writer.errors import TemplateError
from writer.files import read_text
from writer.model.measurement import Grade, Measurement
from writer.model.result import AuditResult
from writer.prose import Latex, escape, latex_unit
from writer.resources import folder


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
            files=tuple(
                {"name": breakable(name), "sha256": digest[:12]}
                for name, digest in sorted(dataset.files.items())
            ),
            entries=tuple(entries(sections)),
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


def entries(sections: Iterable[Section]) -> Iterator[Entry]:
    """Every printed number of the sections and the parents of derived ones, each once."""
    found: dict[str, Measurement] = {}
    for section in sections:
        for item in section.printed:
            if item.printed:
                found.setdefault(item.id, item.measurement)
                for parent in item.parents:
                    found.setdefault(parent.id, parent)
    for measurement in found.values():
        name = measurement.id
        yield Entry(anchor(name), breakable(name), _value(measurement), _origin(measurement))


def anchor(identifier: str) -> Latex:
    """The id as a hyperref anchor: ids hold no character that TeX minds."""
    return Latex(identifier)


def breakable(text: str) -> Latex:
    """``text`` with places where TeX may break the line."""
    escaped = escape(text)
    for sign in ("/", ",", "(", "-", "."):
        escaped = escaped.replace(sign, rf"{sign}\allowbreak{{}}")
    return Latex(escaped)


def _value(item: Measurement) -> Latex:
    text = item.text or f"{item.number:.6g}"
    return Latex(escape(text) + latex_unit(item.unit))


def _origin(item: Measurement) -> Latex:
    if item.provenance is not None:
        place = item.provenance
        row = f", line {place.row}" if place.row is not None else ""
        return Latex(f"{breakable(place.file)}{row}, {breakable(place.column)}")
    return Latex(
        "computed from "
        + " and ".join(rf"\hyperlink{{{parent}}}{{{breakable(parent)}}}" for parent in item.parents)
    )
