"""What the checker says to made-up claims."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from writer.audit.runner import audit
from writer.claims.check import check_paper
from writer.config import load_config
from writer.model.claim import Judgement, Verdict
from writer.sources import read

WRONG = (Verdict.CONTRADICTED, Verdict.UNSUPPORTED)


def judged(root: Path, texts: Sequence[str]) -> list[tuple[Judgement, ...]]:
    """The judgements on each text, one paragraph each, by the checker."""
    lines = "\n\n".join(texts)
    (root / "paper.tex").write_text(f"{lines}\n", encoding="utf-8")
    dataset = read(root, root / "data")
    config = load_config(root)
    result = check_paper(root / "paper.tex", root, dataset, audit(dataset), config)
    by_line: dict[int, list[Judgement]] = {}
    for item in result.judgements:
        by_line.setdefault(item.claim.line, []).append(item)
    return [tuple(by_line.get(2 * index + 1, ())) for index in range(len(texts))]


def accepted(found: Sequence[Judgement]) -> bool:
    """Whether a paragraph has claims and all of them are supported."""
    verdicts = {item.verdict for item in found}
    return Verdict.SUPPORTED in verdicts and not verdicts & set(WRONG)
