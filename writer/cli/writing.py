"""Writing sections to disk, and the reports on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from writer import __version__
from writer.files import write_atomic
from writer.model.unit import counted

if TYPE_CHECKING:
    from writer.cli.project import Project
    from writer.document.output import Written
    from writer.document.section import Section
    from writer.report import Report


def list_sections(project: Project) -> Report:
    """The sections that the project's and the packaged templates offer."""
    from writer.document.sections import section_names, section_summary
    from writer.report import Report, View

    names = section_names(project.config)
    rows = tuple((name, section_summary(project.config, name)) for name in names)
    return Report(
        command="section-list",
        document={"sections": [{"name": name, "summary": text} for name, text in rows]},
        views=(View("", ("section", "what it writes"), rows),),
        next_step=f"sage-write section {names[0] if names else 'NAME'}",
    )


def write(command: str, name: str, project: Project, folder: Path, *, force: bool) -> Report:
    """Render a section, write it with ``provenance.json``, and report on it.

    Raises:
        TemplateError, DataError: the section cannot be rendered; nothing is written.
        PathError: the folder cannot be written.
    """
    from writer.cli.output import progress
    from writer.document.output import write_section
    from writer.document.render import render_section

    with progress(2, f"rendering {name}") as step:
        section = render_section(name, project.dataset, project.audit, project.config)
        step("writing")
        written = write_section(section, folder, force=force)
        step("writing provenance.json")
        write_provenance([section], project, folder)
    return _report(command, section, written, project, folder)


def write_provenance(sections: list[Section], project: Project, folder: Path) -> Path:
    """Write ``provenance.json`` for ``sections``, keeping what other sections recorded."""
    from writer.document.provenance import provenance_document

    path = folder / "provenance.json"
    document = provenance_document(sections, project.dataset, __version__, _earlier(path))
    write_atomic(path, json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    return path


def _earlier(path: Path) -> dict[str, Any] | None:
    """The provenance that is there already; None where it cannot be read as such."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def suppressed(project: Project) -> list[dict[str, str | None]]:
    """The findings that the author accepts, with the reasons, for a document."""
    return [
        {
            "id": item.id,
            "rule": item.rule,
            "experiment": item.experiment,
            "reason": item.suppressed,
        }
        for item in project.audit.suppressed
    ]


def _report(
    command: str, section: Section, written: Written, project: Project, folder: Path
) -> Report:
    from writer.cli.noting import noted
    from writer.cli.verifying import notes_on_runs
    from writer.report import Report
    from writer.report._audit import coverage

    printed = [item for item in section.printed if item.printed]
    paths = [shown(path) for path in written.paths]
    beside = None if written.beside is None else shown(written.beside)
    main = beside or shown(folder / f"{section.name}.tex")
    summary = [
        f"{main}: {counted(len(printed), 'numbers')}, each bound to a measurement; "
        f"{counted(len(section.stated), 'findings')} stated as limitations",
        *(f"  {path}" for path in paths if path != main),
        f"  {shown(folder / 'provenance.json')}",
    ]
    if beside is not None:
        summary.append(
            f"{shown(folder / f'{section.name}.tex')} was edited by hand and is kept; "
            f"the new text is in {beside} (--force overwrites)"
        )
    summary.extend(f"omitted as sage-write.toml says: {name}" for name in section.omitted)
    document: dict[str, Any] = {
        "section": section.name,
        "file": main,
        "kept": None if written.kept is None else shown(written.kept),
        "files": paths,
        "provenance": shown(folder / "provenance.json"),
        "numbers": len(printed),
        "omitted": list(section.omitted),
        "findings": [finding.id for finding in project.audit.findings],
        "stated": sorted(section.stated),
        "suppressed": suppressed(project),
        "coverage": coverage(project.audit),
    }
    report = Report(
        command=command,
        document=document,
        summary=tuple(summary),
        suppressed=project.audit.suppressed,
        next_step=f"sage-write check {main}, or sage-write build for a PDF",
    )
    return noted(report, notes_on_runs(project))


def shown(path: Path) -> str:
    """The path as short as it can be said from here."""
    resolved = path.resolve()
    here = Path.cwd().resolve()
    return str(resolved.relative_to(here)) if resolved.is_relative_to(here) else str(path)
