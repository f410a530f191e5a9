"""Check a text against a dataset, as the abstract of a paper in a folder of its own."""

from __future__ import annotations

from pathlib import Path

from writer.claims.check import check_paper
from writer.config import load_config
from writer.dataset import Dataset
from writer.model.claim import Verdict
from writer.model.result import AuditResult, CheckResult

WRONG = (Verdict.CONTRADICTED, Verdict.UNSUPPORTED)


class Checker:
    """Checks a text as the abstract of a paper in a folder of its own."""

    def __init__(self, folder: Path, demo: Path, dataset: Dataset, audited: AuditResult) -> None:
        self.folder, self.demo, self.dataset, self.audited = folder, demo, dataset, audited

    def __call__(self, text: str) -> CheckResult:
        return self.paper(f"\\begin{{abstract}}\n{text}\n\\end{{abstract}}\n", section="abstract")

    def paper(self, text: str, *, section: str | None = None) -> CheckResult:
        path = self.folder / "paper.tex"
        path.write_text(text, encoding="utf-8")
        config = load_config(self.demo)
        return check_paper(path, self.folder, self.dataset, self.audited, config, section=section)

    def wrong(self, text: str) -> list[tuple[str, str]]:
        return [
            (item.claim.text, str(item.verdict))
            for item in self(text).judgements
            if item.verdict in WRONG
        ]

    def verdicts(self, text: str) -> list[tuple[str, str]]:
        return [(item.claim.text, str(item.verdict)) for item in self(text).judgements]
