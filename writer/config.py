"""``sage-write.toml``: what the author decided about the paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from writer.files import inside, read_text
from writer.model.sample_format import SEPARATOR, SEPARATORS, SampleMapping
from writer.toml_table import TomlTable

if TYPE_CHECKING:
    from writer.model.finding import Finding

CONFIG_NAME = "sage-write.toml"


class Treatment(StrEnum):
    """What happens to a flagged experiment."""

    DISCUSS = "discuss"
    OMIT = "omit"


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding the author accepts, with the written reason, and its line in the file."""

    rule: str
    experiment: str | None
    reason: str
    line: int | None = field(default=None, compare=False)

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is one of those accepted."""
        named = self.rule in (finding.rule, finding.code)
        return named and self.experiment in (None, finding.experiment)


@dataclass(frozen=True, slots=True)
class Request:
    """A quantity that a template, a figure or a claim asks for.

    ``asked_by`` says who asks, in words; ``line`` is its line in the file.
    """

    experiment: str
    quantity: str
    asked_by: str
    line: int | None = None


@dataclass(frozen=True)
class Config:
    """The settings of one paper project; all paths are inside ``root``."""

    root: Path
    file: Path | None = None
    title: str = "Untitled"
    authors: tuple[str, ...] = ()
    system: str = "the system"
    section: str = "results"
    page_limit: int | None = None
    main: str | None = None
    data: str = "data"
    templates: str = "templates"
    build: str = "build"
    novelty_citation: str | None = None
    treatments: Mapping[str, Treatment] = field(default_factory=dict)
    treatment_lines: Mapping[str, int | None] = field(default_factory=dict, compare=False)
    suppressions: tuple[Suppression, ...] = ()
    requests: tuple[Request, ...] = ()
    samples: tuple[SampleMapping, ...] = ()

    def treatment(self, experiment: str) -> Treatment:
        """The treatment of ``experiment``; ``discuss`` unless set."""
        return self.treatments.get(experiment, Treatment.DISCUSS)

    def path(self, name: str) -> Path:
        """A configured folder (``data``, ``templates``, ``build``), inside the root."""
        return inside(self.root, getattr(self, name), what=name)


_TABLES = ("paper", "treatment", "suppress", "request", "samples")
_PAPER = (
    *("title", "authors", "system", "section", "page_limit", "main"),
    *("data", "templates", "build", "novelty_citation"),
)
_SUPPRESS = ("rule", "experiment", "reason")
_REQUEST = ("experiment", "quantity", "asked_by")
_SAMPLES = (
    *("files", "column", "unit", "quantity", "group", "row", "trial"),
    *("separator", "decimal"),
)
_CITATION_KEYS = re.compile(r"[A-Za-z0-9:_./+-]+(?: *, *[A-Za-z0-9:_./+-]+)*")


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above ``start`` that holds ``sage-write.toml``."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        try:
            if (candidate / CONFIG_NAME).is_file():
                return candidate
        except OSError:  # a folder above that may not be looked into
            return None
    return None


def load_config(root: Path) -> Config:
    """Read ``root/sage-write.toml``.

    Raises:
        ConfigError: bad TOML, unknown keys, wrong types, a path outside the project,
            a suppression without a reason, or the treatment ``interpolate``.
        PathError: the file cannot be read.
    """
    path = root / CONFIG_NAME
    text = read_text(path, shown=CONFIG_NAME)
    document = TomlTable.of(text, CONFIG_NAME)
    document.only(_TABLES)
    paper = document.table("paper")
    paper.only(_PAPER)
    return Config(
        root=root,
        file=path,
        title=paper.text("title", "Untitled"),
        authors=paper.texts("authors"),
        system=paper.text("system", "the system"),
        section=paper.text("section", "results"),
        page_limit=paper.positive("page_limit"),
        main=paper.inside(root, "main"),
        data=paper.inside(root, "data") or "data",
        templates=paper.inside(root, "templates") or "templates",
        build=_build(paper, root),
        novelty_citation=_citation(paper),
        treatments=_treatments(treatment := document.table("treatment")),
        treatment_lines={name: treatment.line(name) for name in treatment.value},
        suppressions=tuple(map(_suppression, document.tables("suppress"))),
        requests=tuple(map(_request, document.tables("request"))),
        samples=tuple(map(_sample_mapping, document.tables("samples"))),
    )


def _build(paper: TomlTable, root: Path) -> str:
    """The folder that is written to: never one that the author writes in."""
    build = paper.inside(root, "build") or "build"
    sources = {name: paper.inside(root, name) or name for name in ("data", "templates")}
    for name, path in {**sources, "the project": "."}.items():
        if inside(root, path).is_relative_to(inside(root, build)):
            raise paper.fail(
                f"'build' holds {name}, which it would be mixed with",
                "build",
                'a folder of its own: build = "build"',
            )
    return build


def _citation(paper: TomlTable) -> str | None:
    value = paper.optional("novelty_citation")
    if value is not None and not _CITATION_KEYS.fullmatch(value):
        raise paper.fail(
            "'novelty_citation' is no citation key",
            "novelty_citation",
            "keys of your bibliography, with commas between them",
        )
    return value


def _treatments(table: TomlTable) -> dict[str, Treatment]:
    chosen = {}
    for name, value in table.value.items():
        if value == "interpolate":
            raise table.fail(
                f"treatment 'interpolate' of '{name}' is refused: an interpolated value is "
                "not a measurement, and a reader cannot tell the two apart",
                name,
                "'discuss' (print what was measured, with its limitation) or 'omit'",
                "measure the point again, discuss it, or leave the experiment out",
            )
        if not isinstance(value, str) or value not in list(Treatment):
            raise table.fail(
                f"unknown treatment {value!r} of '{name}'", name, "'discuss' or 'omit'"
            )
        chosen[name] = Treatment(value)
    return chosen


def _suppression(entry: TomlTable) -> Suppression:
    entry.only(_SUPPRESS)
    return Suppression(
        entry.required("rule"),
        entry.optional("experiment"),
        entry.required("reason"),
        entry.line(),
    )


def _request(entry: TomlTable) -> Request:
    entry.only(_REQUEST)
    return Request(
        entry.required("experiment"),
        entry.required("quantity"),
        entry.required("asked_by"),
        entry.line(),
    )


def _sample_mapping(entry: TomlTable) -> SampleMapping:
    entry.only(_SAMPLES)
    files = entry.required("files")
    if files.startswith("/") or ".." in files.split("/"):
        raise entry.fail(
            "'files' leads out of the folder of runs",
            "files",
            'a glob from that folder: files = "trial-*/latency.csv"',
        )
    return SampleMapping(
        files,
        entry.required("column"),
        entry.required("unit"),
        entry.required("quantity"),
        _group(entry),
        entry.text("row", "one sample"),
        entry.optional("trial"),
        _separator(entry),
        _decimal(entry),
    )


def _group(entry: TomlTable) -> str | tuple[str, ...] | None:
    """One column, or several in brackets."""
    if not isinstance(entry.value.get("group"), list):
        return entry.optional("group")
    names = tuple(name.strip() for name in entry.texts("group"))
    if not names or not all(names) or len(set(names)) < len(names):
        raise entry.fail(
            "'group' is empty, or has a blank or the same name twice", "group", '["model", "data"]'
        )
    return names


def _separator(entry: TomlTable) -> str | None:
    given = entry.value.get("separator")
    text = given if given in SEPARATORS else entry.optional("separator")
    if text is None or text in SEPARATORS or SEPARATOR.fullmatch(text):
        return text and SEPARATORS.get(text, text)
    raise entry.fail(
        f"'separator' is {text!r}",
        "separator",
        'one sign such as ";", "," or "|", or "tab", or "whitespace" for any blanks',
    )


def _decimal(entry: TomlTable) -> str:
    text = entry.text("decimal", ".")
    if text not in (".", ","):
        raise entry.fail(f"'decimal' is {text!r}", "decimal", '"." or ","')
    return text
