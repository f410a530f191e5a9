"""From a template, the data and the audit to a section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from writer.config import Config
from writer.dataset import Dataset, resolve
from writer.document._environment import template_environment
from writer.document.context import SectionContext
from writer.document.section import Printed, Section
from writer.document.sections import ENDING, section_path, template_folders
from writer.errors import SageWriteError, TemplateError, ToolError
from writer.files import read_text
from writer.model.measurement import Grade, Measurement
from writer.model.number import digits
from writer.model.result import AuditResult

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_SECTION_CHARACTERS = 4_000_000
"""A section beyond this comes from a template gone wrong."""

_MEASURED = re.compile(r"\\measured\{([^{}]+)\}\{((?:[^{}]|\{[^{}]*\})*)\}")
_PREAMBLE = (
    "\\providecommand{\\measured}[2]{#2}\n"
    "\\providecommand{\\limitation}[2]{#2}\n"
    "\\providecommand{\\interval}[3]{{\\scriptsize[#2, #3]}}\n"
    "\\providecommand{\\trialspread}[3]{{\\scriptsize #2--#3}}\n"
    "\\providecommand{\\sagewritepath}{}\n"
)


def render_section(
    name: str,
    dataset: Dataset,
    audit: AuditResult,
    config: Config,
    *,
    earlier: frozenset[str] = frozenset(),
) -> Section:
    """Render the section ``name``; the paper's earlier sections carry ``earlier``'s limitations.

    A limitation that is due for an experiment the template used, and that the
    template did not place, is added at the end: leaving it out is not a choice
    of the template.

    Raises:
        TemplateError: the template is wrong, or asks for what the data lack; the
            error names its file and line.
        DataError: it names an unknown experiment.
    """
    path = section_path(config, name)
    context = SectionContext(dataset, audit, config, earlier=earlier)
    body = _render(_environment(config), path, name, context, config)
    missing = context.remaining()
    if missing:
        paragraphs = "\n\n".join(str(item.text) for item in missing)
        body = f"{body.rstrip()}\n\n\\subsection*{{Limitations}}\n\n{paragraphs}\n"
    tex = _PREAMBLE + re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"
    files = tuple(context.files.values())
    reader = _Numbers(dataset, _evidence(audit), _shown(path, config), read_text(path))
    printed = [
        *reader.read(tex, f"{name}.tex"),
        *(
            number
            for file in files
            if file.path.endswith(".tex")
            for number in reader.read(file.data.decode(), file.path)
        ),
        *context.plotted,
    ]
    return Section(
        name,
        tex,
        files,
        tuple(dict.fromkeys(printed)),
        context.omitted(),
        frozenset(context.stated),
    )


def _environment(config: Config) -> Environment:
    from jinja2 import FileSystemLoader

    return template_environment(loader=FileSystemLoader(template_folders(config)))


def _render(
    environment: Environment, path: Path, name: str, context: SectionContext, config: Config
) -> str:
    from jinja2 import TemplateSyntaxError, UndefinedError

    shown = _shown(path, config)
    try:
        template = environment.get_template(f"sections/{name}{ENDING}")
        return _joined(template.generate(context.variables()), shown)
    except TemplateSyntaxError as error:
        raise TemplateError(
            f"cannot be read as a template: {error.message}", file=shown, line=error.lineno
        ) from error
    except UndefinedError as error:
        raise _placed(_unknown(error), error, path, shown) from error
    except ToolError:
        raise
    except SageWriteError as error:
        raise _placed(error, error, path, shown) from error
    except Exception as error:
        # whatever a template can make Python raise: no name, no type, too deep a nesting
        named = TemplateError(f"{type(error).__name__}: {error}")
        raise _placed(named, error, path, shown) from error


def _unknown(error: Exception) -> TemplateError:
    """A name that the template uses and that this paper's settings and data do not have."""
    told = str(error)
    match = re.search(r"has no (?:attribute|element) '?([^']{1,200})'?$", told)
    return TemplateError(
        f"needs '{match[1]}', which this paper does not have" if match else f"needs more: {told}",
        expected="a template made for the experiments and the setup of this paper",
        hint="'sage-write section results' writes a section of any data; a template of your own "
        f"goes to templates/sections/NAME{ENDING}",
    )


def _joined(parts: Iterable[str], shown: str) -> str:
    kept, size = [], 0
    for part in parts:
        kept.append(part)
        size += len(part)
        if size > MAX_SECTION_CHARACTERS:
            raise TemplateError(
                f"the section has more than {MAX_SECTION_CHARACTERS} characters", file=shown
            )
    return "".join(kept)


def _placed(error: SageWriteError, cause: BaseException, path: Path, shown: str) -> SageWriteError:
    """The error with the template's line, unless it knows a place of its own."""
    if error.file is not None:
        return error
    return type(error)(
        error.message,
        file=shown,
        line=_line(cause, path),
        expected=error.expected,
        hint=error.hint,
    )


def _line(error: BaseException, path: Path) -> int | None:
    """The line of the template in the error's traceback, which Jinja rewrites."""
    trace, line = error.__traceback__, None
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename) == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _shown(path: Path, config: Config) -> str:
    root = config.root.resolve()
    return (
        path.resolve().relative_to(root).as_posix()
        if path.resolve().is_relative_to(root)
        else (f"the packaged template sections/{path.name}")
    )


def _evidence(audit: AuditResult) -> Mapping[str, Measurement]:
    """Every measurement that a finding speaks of, by id."""
    return {item.id: item for finding in audit.findings for item in finding.measurements()}


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Reads the numbers of a rendered text back, each held against its measurement.

    A template can write ``\\measured`` itself, so that what it writes is not
    believed: id, grade and digits must be those that printing would give.
    """

    dataset: Dataset
    known: Mapping[str, Measurement]
    template: str
    source: str

    def read(self, tex: str, where: str) -> Iterator[Printed]:
        """Every number of ``tex``.

        Raises:
            TemplateError: one is not what was measured.
        """
        for match in _MEASURED.finditer(tex):
            text = match[2].replace("{,}", ",").replace("$-$", "-")
            item = self._bound(match[1], text, match[0])
            parents = filter(None, map(self._find, item.parents))
            yield Printed(item, text, where, printed=True, parents=tuple(parents))

    def _find(self, identifier: str) -> Measurement | None:
        return resolve(self.dataset, identifier) or self.known.get(identifier)

    def _bound(self, identifier: str, text: str, written: str) -> Measurement:
        item = self._find(identifier)
        if item is None:
            raise self._error(f"the number {text} carries the unknown id '{identifier}'", written)
        if not item.known:
            raise self._error(
                f"'{identifier}' is an adjusted value and is never printed"
                if item.grade is Grade.ADJUSTED
                else f"'{identifier}' has no value",
                written,
            )
        if not (_prints(item, text) or _prints(self.known.get(identifier, item), text)):
            raise self._error(f"{text} is not what was measured of '{identifier}'", written)
        return item

    def _error(self, message: str, written: str) -> TemplateError:
        before, found, _ = self.source.partition(written)
        return TemplateError(
            message,
            file=self.template,
            line=before.count("\n") + 1 if found else None,
            expected="a number as a template's \\VAR prints it",
            hint="templates print measurements; they do not write \\measured themselves",
        )


def _prints(item: Measurement, text: str) -> bool:
    """Whether ``text`` is the measurement's digits, or a rounding of them."""
    plain = text.replace(",", "")
    whole, _, decimals = plain.partition(".")
    zeros = 0 if decimals else len(whole) - len(whole.rstrip("0"))
    return item.known and any(
        plain == digits(item, places) for places in (None, *range(-zeros, len(decimals) + 1))
    )
