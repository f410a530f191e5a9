"""How well ``check`` reads and judges labelled papers, and how many false claims it lets by.

Run: python -m benchmarks.accuracy [FOLDER ...] [--misses] [--no-mutants] [-o FILE]

Without a folder it measures ``tests/corpus/papers`` and writes ``benchmarks/accuracy.md``;
what stands there between the two marks is kept. With folders of labelled papers (the format
is in ``tests/corpus/README.md``) it prints the same tables for these. ``--misses`` lists what
is wrong.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.corpus.labels import LABELS, load
from tests.corpus.measuring import (
    Measured,
    caught,
    claims,
    confusion,
    false_contradicted,
    figures,
    form_of,
    measure,
    none,
    share,
    told,
)
from tests.corpus.mutants import EVERYWHERE, KINDS
from writer.model.claim import Verdict

CORPUS = Path("tests/corpus/papers")
REPORT = Path("benchmarks/accuracy.md")
BEGIN, END = "<!-- other papers: begin -->", "<!-- other papers: end -->"
_PLACE = (
    "Not measured yet: `python -m benchmarks.accuracy FOLDER` prints these tables for a folder."
)
_INTRO = """# Accuracy of `check`

Written by `python -m benchmarks.accuracy`; do not edit outside the marks.

The papers are our own: short, made for this test, with invented numbers, so that the tables
say all there is to say. Real papers are harder: longer, with tables and words of all kinds.
The program was also tuned while these figures were looked at. Read the figures as an upper
bound, and see the last section for papers that are not in the repository.

Figures are shares with their counts. A range is one claim with two ends.
"""


def main() -> None:
    """Measure, then write or print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    parser.add_argument("--no-mutants", action="store_true", help="check the papers only")
    parser.add_argument("-o", "--output", type=Path, help="write to this file")
    options = parser.parse_args()
    papers = run(options.folders or [CORPUS], mutated=not options.no_mutants)
    text = "\n".join(report(papers))
    if options.misses:
        print("\n".join(misses(papers)))
    if options.folders or options.no_mutants:
        print(text)
    else:
        options.output = options.output or REPORT
        text = f"{_INTRO}\n{text}\n\n## Papers that are not in the repository\n\n{kept(REPORT)}\n"
    if options.output is not None:
        fresh = options.output.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(options.output)


def run(folders: Sequence[Path], *, mutated: bool) -> list[Measured]:
    """Every labelled paper of the folders, measured on all cores."""
    papers = [paper for folder in folders for paper in load(folder)]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(measure if mutated else partial(measure, choose=none), papers))


def kept(path: Path) -> str:
    """What stands between the marks of the report that is there."""
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    inside = old.partition(BEGIN)[2].partition(END)[0].strip() or _PLACE
    return f"{BEGIN}\n\n{inside}\n\n{END}"


def report(papers: Sequence[Measured]) -> Iterator[str]:
    """The tables, as Markdown."""
    of = claims(papers)
    whole = figures(of)
    wrong = false_contradicted(papers)
    unread = [paper for paper in papers if paper.error]
    yield f"## {len(papers)} papers, {len(of)} claims\n"
    yield "| what | share | aim |\n| --- | --- | --- |"
    yield f"| papers read | {share(not paper.error for paper in papers)} | 100% |"
    yield f"| value found | {whole.found} | |"
    yield f"| value and unit right | {whole.unit} | |"
    yield f"| value, unit and form as printed | {whole.printed} | |"
    yield f"| value, unit and form as meant: level, change and points apart | {whole.form} | 90% |"
    yield f"| true claims supported | {whole.recall} | |"
    yield f"| true claims supported with the right cells | {whole.bound} | 85% |"
    yield f"| supported claims that are true | {whole.precision} | |"
    yield f"| supported claims that are true, with the right cells | {whole.precise} | |"
    yield f"| contradicted claims no longer supported | {whole.refused} | |"
    yield f"| contradicted claims called so | {whole.against} | |"
    yield f"| claims called contradicted that are | {whole.correct} | |"
    yield f"| wrongly called contradicted, per paper | {wrong / len(papers):.2f} ({wrong}) | 0.33 |"
    yield f"| mutants no longer supported | {caught(papers)} | 90% |"
    yield f"| mutants called contradicted, of all | {told(papers)} | |"
    yield from (f"\nNot read: {paper.name}: {paper.error}" for paper in unread)
    yield from _forms(papers)
    yield from _mutants(papers)
    yield from _confusion(papers)


def _forms(papers: Sequence[Measured]) -> Iterator[str]:
    of = claims(papers)
    yield "\n## By form\n"
    yield "| form | claims | value, unit, form as printed | supported | right cells | precision |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for form in sorted({form_of(outcome) for outcome in of}):
        part = [outcome for outcome in of if form_of(outcome) == form]
        row = figures(part)
        yield (
            f"| {form} | {len(part)} | {row.printed} | {row.recall} | {row.bound} "
            f"| {row.precision} |"
        )
    yield "\n| derivation | true claims | supported | right cells |\n| --- | --- | --- | --- |"
    for derivation in sorted({o.label.derivation for o in of if o.label.label == "supported"}):
        part = [o for o in of if (o.label.label, o.label.derivation) == ("supported", derivation)]
        row = figures(part)
        yield f"| {derivation} | {len(part)} | {row.recall} | {row.bound} |"


def _mutants(papers: Sequence[Measured]) -> Iterator[str]:
    yield "\n## Mutants\n"
    yield (
        "One change each in the source of a true claim. The second column counts those whose "
        "true claim was supported, which is what there is to lose; the last all. `last-digit` "
        "changes by less than 3% and is not in the total. Called contradicted is what an author is "
        "told outright.\n"
    )
    yield "| kind | no longer supported | of all | called contradicted, of all |"
    yield "| --- | --- | --- | --- |"
    yield from (_row(papers, kind) for kind in (*KINDS, "last-digit"))
    yield (
        "\nThe same wrong number in every sentence that says it, from the abstract to the "
        "conclusion, while the tables keep the truth; in no total. Only of claims with labelled "
        "cells.\n"
    )
    yield "| kind | no longer supported | of all | called contradicted, of all |"
    yield "| --- | --- | --- | --- |"
    yield _row(papers, EVERYWHERE)


def _row(papers: Sequence[Measured], kind: str) -> str:
    tried = [item for paper in papers for item in paper.tried if item.kind == kind]
    called = share(item.verdict is Verdict.CONTRADICTED for item in tried)
    whole = share(item.caught for item in tried)
    return f"| {kind} | {caught(papers, (kind,))} | {whole} | {called} |"


def _confusion(papers: Sequence[Measured]) -> Iterator[str]:
    verdicts = [str(verdict) for verdict in Verdict] + ["missed"]
    counts = confusion(papers)
    yield "\n## Labels and verdicts\n"
    yield f"| label | {' | '.join(verdicts)} |\n|{' --- |' * (len(verdicts) + 1)}"
    for label in LABELS:
        yield f"| {label} | {' | '.join(str(counts[label, v]) for v in verdicts)} |"
    others = [str(verdict) for paper in papers for verdict in paper.unlabelled]
    yield f"| not labelled | {' | '.join(str(others.count(v)) for v in verdicts)} |"


def misses(papers: Iterable[Measured]) -> Iterator[str]:
    """What is wrong, one line each."""
    for paper in papers:
        for item in paper.outcomes:
            label, verdict = item.label, str(item.verdict) if item.verdict else "missed"
            reason = item.found[0].reason if item.found else ""
            said = item.found[0].claim.sentence if item.found else label.sentence
            fault = _fault(label.label, verdict)
            if not fault and item.cells is False and verdict == "supported":
                fault = "cells"
            if not fault and label.label != "not-a-claim" and not (item.printed and item.unit):
                fault = "reading"
            if fault:
                kind = f"{label.form} {label.derivation}"
                yield " | ".join((fault, paper.name, label.text, kind, said, reason))
        for tried in paper.tried:
            if tried.was_supported and not tried.caught:
                said = tried.outcome.found[0].claim.sentence
                change = f"{tried.before} -> {tried.after}"
                yield " | ".join((f"mutant {tried.kind}", paper.name, change, said))


def _fault(label: str, verdict: str) -> str:
    if label == "supported":
        return "" if verdict == "supported" else f"true but {verdict}"
    if label == "not-a-claim":
        return "no claim but contradicted" if verdict == "contradicted" else ""
    if verdict == "supported":
        return f"{label} but supported"
    return (
        "unsupported but contradicted"
        if (label, verdict) == ("unsupported", "contradicted")
        else ""
    )


if __name__ == "__main__":
    main()
