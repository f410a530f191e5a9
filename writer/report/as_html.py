"""One self-contained HTML file: the paper's text, each claim marked by its verdict.

The paper's text is not ours: everything is escaped, and the page's policy allows only the
style and the script that it was written with, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from writer import __version__
from writer.model.claim import Judgement, Verdict
from writer.model.result import Passage
from writer.model.table import PaperTable
from writer.model.unit import counted
from writer.report._issue import VERDICTS, Checked, Issue, cell_words, chance_words, table_cell
from writer.report._report import Format, Part, Report, need_check
from writer.resources import folder

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_MOST = 12
"""Findings that are listed beside the text."""

_MOST_ROWS = 200
"""Rows of a table that are shown."""

_LABELS = {"caption": "Caption", "footnote": "Footnote", "limitation": "Limitation"}


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder("templates") / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _render(report: Report) -> str:
    from markupsafe import Markup

    seen = need_check(report)
    style = _asset("check.css")
    script = _asset("check.js")
    by_claim = seen.by_claim()
    placed = {span.judgement for passage in seen.result.passages for span in passage.spans}
    serious = [item for item in seen.issues if item.index in placed]
    counts = Counter(item.verdict for item in seen.result.judgements)
    return (
        _environment()
        .get_template("check.html.j2")
        .render(
            version=__version__,
            title=", ".join(map(seen.shown, seen.result.files[:1])) or "paper",
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=_hash(style),
            script_hash=_hash(script),
            covered=seen.result.coverage(),
            reasons=list(seen.result.reasons().items()),
            notes=seen.result.notes,
            counted=counted,
            verdicts=[
                {"css": str(verdict), "word": word, "count": counts[verdict]}
                for verdict, word in VERDICTS.items()
            ],
            passages=list(_passages(seen, by_claim)),
            claims=[
                _claim(index, item, by_claim.get(index, []), seen)
                for index, item in enumerate(seen.result.judgements)
            ],
            serious=[
                {
                    "index": item.index,
                    "judgement": item.judgement,
                    "word": VERDICTS[item.judgement.verdict],
                }
                for item in serious[:_MOST]
                if item.judgement is not None
            ],
            more_serious=max(len(serious) - _MOST, 0),
            issues=len(seen.issues),
            tables=list(_tables(seen.result.tables)),
            others=[item for item in seen.issues if item.index not in placed],
            suppressed=seen.suppressed,
        )
    )


def _asset(name: str) -> str:
    return (folder("templates") / "report" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")


def _passages(seen: Checked, by_claim: dict[int, list[Issue]]) -> Iterator[dict[str, str | Markup]]:
    """What the page shows of the text; an abstract has no heading of its own."""
    before = ""
    for passage in seen.result.passages:
        opens = passage.section != before and passage.section == "abstract"
        before = passage.section
        label = _LABELS.get(passage.kind, "")
        yield {
            "kind": passage.kind,
            "opening": passage.section.capitalize() if opens else "",
            "label": label,
            "text": _pieces(passage, seen, by_claim),
        }


def _tables(tables: Iterable[PaperTable]) -> Iterator[dict[str, Any]]:
    """The paper's own tables as they are read; a long one is cut."""
    for table in tables:
        body = min((cell.row for cell in table.cells), default=0)
        yield {
            "number": table.number,
            "caption": table.caption,
            "rows": [
                {"number": number, "tag": "th" if number < body else "td", "cells": row}
                for number, row in enumerate(table.grid[:_MOST_ROWS])
            ],
            "more": max(len(table.grid) - _MOST_ROWS, 0),
        }


def _anchor(cell: Mapping[str, object]) -> str:
    found = table_cell(cell)
    if found is None or found[1] >= _MOST_ROWS:
        return ""
    return f"t{found[0]}r{found[1]}c{found[2]}"


def _pieces(passage: Passage, seen: Checked, by_claim: dict[int, list[Issue]]) -> Markup:
    """The passage's text, escaped, with a link around each claim."""
    from markupsafe import Markup, escape

    parts: list[Markup] = []
    done = 0
    for span in passage.spans:
        item = seen.result.judgements[span.judgement]
        issues = by_claim.get(span.judgement, [])
        parts.append(escape(passage.text[done : span.start]))
        parts.append(
            Markup(
                '<a class="q {css}" id="q{index}" href="#e{index}" role="button" '
                'aria-controls="e{index}" aria-expanded="false" title="{title}">{text}</a>'
            ).format(
                css=_css(item, issues),
                index=span.judgement,
                title=VERDICTS[item.verdict],
                text=passage.text[span.start : span.end],
            )
        )
        done = span.end
    parts.append(escape(passage.text[done:]))
    return Markup("").join(parts)


def _css(item: Judgement, issues: list[Issue]) -> str:
    accepted = issues and all(issue.finding.suppressed is not None for issue in issues)
    return f"{item.verdict} suppressed" if accepted else str(item.verdict)


def _claim(index: int, item: Judgement, issues: list[Issue], seen: Checked) -> dict[str, Any]:
    claim = item.claim
    return {
        "index": index,
        "css": str(item.verdict),
        "word": VERDICTS[item.verdict],
        "text": claim.text,
        "place": f"{seen.shown(claim.file)}:{claim.line}:{claim.column}",
        "section": claim.section,
        "sentence": claim.sentence,
        "reason": item.reason
        if item.verdict is not Verdict.NOT_CHECKED
        else f"Not checked: {item.reason}",
        "formula": item.formula,
        "cells": [
            {
                "words": "  ".join(filter(None, cell_words(cell, seen.shown))),
                "anchor": _anchor(cell),
            }
            for cell in item.evidence
        ],
        "chance": chance_words(item),
        "issues": [
            {"finding": issue.finding, "more": item.reason not in issue.finding.message}
            for issue in issues
        ],
    }


def _join(texts: Sequence[tuple[Part, str]]) -> str:
    """One page that lists the papers, and holds the page of each in a frame of its own."""
    from markupsafe import Markup

    style = _asset("checks.css")
    return (
        _environment()
        .get_template("checks.html.j2")
        .render(
            version=__version__,
            style=Markup(style),  # noqa: S704 - our own file
            # a frame is bound by this page's policy as well as by its own
            styles=[_hash(style), _hash(_asset("check.css"))],
            script=_hash(_asset("check.js")),
            counted=counted,
            papers=[
                {
                    "name": part.name,
                    "error": part.error,
                    "summary": part.report.summary[:1] if part.report is not None else (),
                    "findings": len(part.report.document["findings"]) if part.report else 0,
                    "page": text,
                }
                for part, text in texts
            ],
        )
    )


FORMAT = Format("html", _render, join=_join)
