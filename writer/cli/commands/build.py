"""``sage-write build``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from writer.cli._command import Command
from writer.cli.options import (
    ForceOption,
    FormatOption,
    OutputFormat,
    OutputOption,
    ProjectOption,
    RunsOption,
)


class Engine(StrEnum):
    """Whose TeX makes the PDF."""

    AUTO = "auto"
    SYSTEM = "system"
    TINYTEX = "tinytex"


def run(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="SECTION",
            show_default=False,
            help="The section to preview; by default the one that sage-write.toml names.",
        ),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    tex: Annotated[
        Engine,
        typer.Option(
            "--tex",
            help="The machine's TeX, the one of the tex extra, or whichever is there.",
        ),
    ] = Engine.AUTO,
    project: ProjectOption = None,
    runs: RunsOption = None,
    form: FormatOption = OutputFormat.TEXT,
) -> None:
    """Make the PDF preview: section, limitations, and where every number comes from."""
    from writer.cli.noting import noted
    from writer.cli.output import progress, show
    from writer.cli.project import Use, open_project
    from writer.cli.verifying import notes_on_runs
    from writer.cli.writing import shown, suppressed, write_provenance
    from writer.document.output import write_section
    from writer.document.pdf import build_pdf
    from writer.document.render import render_section
    from writer.model.unit import counted
    from writer.report import Report

    opened = open_project(project, runs, Use.VALUES)
    folder = opened.output(output)
    chosen = name or opened.config.section
    with progress(5, "auditing") as step:
        data = (opened.dataset, opened.audit, opened.config)
        step(f"rendering {chosen}")
        main = render_section(chosen, *data)
        step("rendering limitations")
        sections = [main, render_section("limitations", *data)]
        # the preview does not say twice what its section says beside the results
        parts = [main, render_section("limitations", *data, earlier=main.stated)]
        written = [write_section(section, folder, force=force) for section in sections]
        provenance = write_provenance(sections, opened, folder)
        step("running TeX")
        pdf = build_pdf(parts, *data, folder, tex=tex.value, progress=step)
    limit = opened.config.page_limit
    stated = frozenset().union(*(part.stated for part in parts))
    numbers = sum(item.printed for item in sections[0].printed)
    kept = [item for item in written if item.kept is not None and item.beside is not None]
    summary = [
        f"{shown(pdf.path)}: {counted(pdf.pages, 'pages')}, made with {pdf.engine}",
        f"the section {chosen} takes {counted(pdf.section_pages, 'pages')}"
        + (f"; the limit is {limit}" if limit else ""),
        f"{counted(numbers, 'numbers')} in {chosen}, each linked to its row; "
        f"{counted(len(stated), 'findings')} stated as limitations",
        *(
            f"{shown(item.kept)} was edited by hand and is kept; the new text is in "
            f"{shown(item.beside)}, which the PDF shows (--force overwrites)"
            for item in kept
            if item.kept and item.beside
        ),
    ]
    report = Report(
        command="build",
        document={
            "pdf": shown(pdf.path),
            "pages": pdf.pages,
            "engine": pdf.engine,
            "section": chosen,
            "section_pages": pdf.section_pages,
            "page_limit": limit,
            "provenance": shown(provenance),
            "kept": [shown(item.kept) for item in kept if item.kept],
            "findings": [finding.id for finding in opened.audit.findings],
            "stated": sorted(stated),
            "suppressed": suppressed(opened),
        },
        summary=tuple(summary),
        suppressed=opened.audit.suppressed,
        next_step="sage-write check " + (opened.config.main or "PAPER.tex"),
    )
    show(noted(report, notes_on_runs(opened)), form)


COMMAND = Command(
    "build",
    run,
    summary="Make the PDF, every number linked to its row.",
    example="sage-write build",
)
