"""``sage-write.toml``: what the author decided about the paper."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from writer.errors import ConfigError
from writer.files import inside, read_text

CONFIG_NAME = "sage-write.toml"


class Treatment(StrEnum):
    """What happens to a flagged experiment."""

    DISCUSS = "discuss"
    OMIT = "omit"


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding the author accepts, with the written reason."""

    rule: str
    experiment: str | None
    reason: str


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
    suppressions: tuple[Suppression, ...] = ()
    requests: tuple[Request, ...] = ()

    def treatment(self, experiment: str) -> Treatment:
        """The treatment of ``experiment``; ``discuss`` unless set."""
        return self.treatments.get(experiment, Treatment.DISCUSS)

    def path(self, name: str) -> Path:
        """A configured folder (``data``, ``templates``, ``build``), inside the root."""
        return inside(self.root, getattr(self, name), what=name)


_KEYS = {
    "paper": {
        "title",
        "authors",
        "system",
        "section",
        "page_limit",
        "main",
        "data",
        "templates",
        "build",
        "novelty_citation",
    },
    "treatment": None,
    "suppress": {"rule", "experiment", "reason"},
    "request": {"experiment", "quantity", "asked_by"},
}


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above ``start`` that holds ``sage-write.toml``."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG_NAME).is_file():
            return candidate
    return None


def load_config(root: Path) -> Config:
    """Read ``root/sage-write.toml``.

    Raises:
        ConfigError: bad TOML, unknown keys, wrong types, a suppression without a
            reason, or the treatment ``interpolate``.
        PathError: the file cannot be read.
    """
    path = root / CONFIG_NAME
    text = read_text(path, shown=CONFIG_NAME)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}", file=CONFIG_NAME) from error
    reader = _Reader(text)
    reader.only_known(document)
    paper = reader.table(document, "paper")
    return Config(
        root=root,
        file=path,
        title=reader.string(paper, "title", "Untitled"),
        authors=reader.strings(paper, "authors"),
        system=reader.string(paper, "system", "the system"),
        section=reader.string(paper, "section", "results"),
        page_limit=reader.positive(paper, "page_limit"),
        main=reader.optional(paper, "main"),
        data=reader.string(paper, "data", "data"),
        templates=reader.string(paper, "templates", "templates"),
        build=reader.string(paper, "build", "build"),
        novelty_citation=reader.optional(paper, "novelty_citation"),
        treatments=reader.treatments(reader.table(document, "treatment")),
        suppressions=reader.suppressions(document),
        requests=reader.requests(document),
    )


class _Reader:
    """Turns a TOML document into checked values, with the line in each error."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()

    def line(self, word: str) -> int | None:
        for number, text in enumerate(self.lines, 1):
            if text.strip().startswith((word, f"[{word}", f"[[{word}", f'"{word}"')):
                return number
        return None

    def fail(self, message: str, word: str, expected: str, hint: str | None = None) -> ConfigError:
        return ConfigError(
            message, file=CONFIG_NAME, line=self.line(word), expected=expected, hint=hint
        )

    def only_known(self, document: Mapping[str, Any]) -> None:
        for key, value in document.items():
            if key not in _KEYS:
                raise self.fail(f"unknown table '{key}'", key, f"one of {', '.join(_KEYS)}")
            allowed = _KEYS[key]
            entries = value if isinstance(value, list) else [value]
            for entry in entries:
                if not isinstance(entry, dict):
                    raise self.fail(f"'{key}' is not a table", key, "a table of keys and values")
                for name in entry:
                    if allowed is not None and name not in allowed:
                        raise self.fail(
                            f"unknown key '{name}' in [{key}]",
                            name,
                            f"one of {', '.join(sorted(allowed))}",
                        )

    def table(self, document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = document.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"'{key}' is not a table", key, f"[{key}]")
        return value

    def entries(self, document: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        value = document.get(key, [])
        if not isinstance(value, list):
            raise self.fail(f"'{key}' is not a list of tables", key, f"[[{key}]]")
        return value

    def optional(self, table: Mapping[str, Any], key: str) -> str | None:
        value = table.get(key)
        if value is not None and not isinstance(value, str):
            raise self.fail(f"'{key}' is not text", key, "a string in quotes")
        return value

    def string(self, table: Mapping[str, Any], key: str, default: str) -> str:
        value = self.optional(table, key)
        return default if value is None else value

    def required(self, table: Mapping[str, Any], key: str, owner: str) -> str:
        value = self.optional(table, key)
        if value is None or not value.strip():
            raise self.fail(f"[[{owner}]] has no '{key}'", owner, f'{key} = "..."')
        return value.strip()

    def strings(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(f"'{key}' is not a list of names", key, '["Ada", "Grace"]')
        return tuple(value)

    def positive(self, table: Mapping[str, Any], key: str) -> int | None:
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.fail(f"'{key}' is not a positive whole number", key, "1, 2, 3, ...")
        return value

    def treatments(self, table: Mapping[str, Any]) -> dict[str, Treatment]:
        chosen = {}
        for name, value in table.items():
            if value == "interpolate":
                raise self.fail(
                    f"treatment 'interpolate' of '{name}' is refused: an interpolated value is "
                    "not a measurement, and a reader cannot tell the two apart",
                    name,
                    "'discuss' (print what was measured, with its limitation) or 'omit'",
                    "measure the point again, discuss it, or leave the experiment out",
                )
            if value not in list(Treatment):
                raise self.fail(
                    f"unknown treatment {value!r} of '{name}'", name, "'discuss' or 'omit'"
                )
            chosen[name] = Treatment(value)
        return chosen

    def suppressions(self, document: Mapping[str, Any]) -> tuple[Suppression, ...]:
        return tuple(
            Suppression(
                self.required(entry, "rule", "suppress"),
                self.optional(entry, "experiment"),
                self.required(entry, "reason", "suppress"),
            )
            for entry in self.entries(document, "suppress")
        )

    def requests(self, document: Mapping[str, Any]) -> tuple[Request, ...]:
        return tuple(
            Request(
                self.required(entry, "experiment", "request"),
                self.required(entry, "quantity", "request"),
                self.required(entry, "asked_by", "request"),
                self.line("request"),
            )
            for entry in self.entries(document, "request")
        )
