"""A limitation that the audit calls for is not in the text, or was weakened.

What it checks
    For a paper that prints measurements of sage-write: whether each experiment whose
    numbers it prints carries the limitation paragraph of each of its findings, with
    every sentence that the audit gives it.

Why it matters
    The paragraph is what a reader needs to judge the numbers beside it. Leaving it
    out, or softening it, is how a flaw that the authors knew of stays unknown.

When it is wrong
    When the matter was settled: mend the data. When it does not apply to this paper:
    suppress the finding in ``sage-write.toml``, with the reason.

Example
    The section prints the latency at concurrency 8, and the paragraph on Little's
    law was deleted.
"""

import re
from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.latex.blocks import Block, read_blocks
from writer.latex.project import Paper
from writer.model.finding import Confidence, Finding, Place, Severity
from writer.prose import sentence

_ID = re.compile(r"\\measured\s*\{([^{}]+)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per finding whose paragraph is missing or changed."""
    if not checked.whole:
        return
    printed = _experiments(checked)
    given = _given(checked.blocks)
    for finding in checked.audit.findings:
        if finding.experiment not in printed:
            continue
        missing = [part for part in _expected(finding) if part not in given.get(finding.id, "")]
        if missing:
            yield _hit(checked, finding, missing, there=finding.id in given)


def _experiments(checked: Checked) -> set[str]:
    """The experiments whose measurements the paper prints with their ids."""
    names = set()
    for identifier in _ID.findall(checked.paper.text):
        for part in re.split(r"[(),]", identifier):
            found = checked.dataset.get(part)
            if found is not None:
                names.add(found.experiment)
    return names


def _given(blocks: tuple[Block, ...]) -> dict[str, str]:
    """The text of the limitation paragraphs by the finding they answer."""
    texts: dict[str, str] = {}
    for block in blocks:
        if block.kind == "limitation":
            for mark in block.marks:
                if mark.macro == "limitation" and mark.arguments:
                    for identifier in mark.arguments[0].split(","):
                        texts[identifier.strip()] = _plain(block.text)
    return texts


def _expected(finding: Finding) -> list[str]:
    """The paragraph's sentences as the paper's reader would give them."""
    latex = sentence(finding.limitation_template, finding.evidence, "latex")
    paper = Paper(("",), rf"\limitation{{{finding.id}}}{{{latex}}}", ())
    blocks, _ = read_blocks(paper)
    text = " ".join(block.text for block in blocks)
    return [_plain(part) for part in _SENTENCE_END.split(text) if part.strip()]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _hit(checked: Checked, finding: Finding, missing: list[str], *, there: bool) -> PaperHit:
    what = (
        f"was changed; it no longer says: {missing[0]}"
        if there
        else f"is missing: {finding.limitation}"
    )
    return PaperHit(
        where=Place(checked.paper.files[0], None, ""),
        message=f"the limitation of the finding {finding.id} {what}",
        part=finding.id,
        experiment=finding.experiment,
        evidence={"finding": finding.id, "missing": missing},
        settle="Restore the paragraph ('sage-write section' writes it), or suppress the finding "
        "in sage-write.toml with a written reason.",
    )


RULE = paper_rule(
    code="CLM001",
    name="missing-limitation",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "a measurement of a flagged experiment, and no limitation",
            r"The throughput is \measured{start-delay/5/throughput}{30.65}~tasks/s.",
            1,
        ),
        PaperExample("a paper without bound numbers", "The throughput is high.", 0),
    ),
)
