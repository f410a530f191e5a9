"""``% sage-write: allow RULE because REASON``: a finding accepted where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from writer.errors import PaperError
from writer.model.finding import Finding
from writer.model.result import CheckResult

_MARK = re.compile(
    r"(?<!\\)(?:\\\\)*%+\s*sage-write\s*(?::|(?=\s+allow\b))(?P<rest>[^\n]*)", re.IGNORECASE
)
_ALLOW = re.compile(
    r"\s*allow\s+(?P<rules>[\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+because\b[:\s]*(?P<reason>.*))?\s*",
    re.IGNORECASE,
)
_FORM = "% sage-write: allow RULE because REASON"


@dataclass(frozen=True, slots=True)
class Allow:
    """One rule that an author allows on one line.

    Attributes:
        file, line: where the comment stands.
        covers: the line it speaks of.
        code: of the rule.
        rule: its name.
        reason: as the author wrote it.
    """

    file: str
    line: int
    covers: int
    code: str
    rule: str
    reason: str


def allows(sources: Mapping[str, str], known: Callable[[str], tuple[str, str]]) -> Iterator[Allow]:
    """The allows of a paper's files.

    A comment behind text speaks of its line; one that stands alone speaks of the next
    line that is no comment.

    Args:
        sources: text by file name.
        known: code and name of a rule; raises where there is no such rule.

    Raises:
        PaperError: one names no rule, an unknown rule, or gives no reason.
    """
    for file, text in sources.items():
        if "sage-write" not in text.lower():
            continue
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            mark = _MARK.search(line)
            if mark is not None:
                alone = not line[: mark.start()].strip()
                covers = _next(lines, number) if alone else number
                yield from _read(mark["rest"], file, number, covers, known)


def _next(lines: list[str], number: int) -> int:
    """The next line after ``number`` that is no comment."""
    for later in range(number, len(lines)):
        if not lines[later].lstrip().startswith("%"):
            return later + 1
    return number


def _read(
    rest: str, file: str, line: int, covers: int, known: Callable[[str], tuple[str, str]]
) -> Iterator[Allow]:
    found = _ALLOW.fullmatch(rest)
    if found is None:
        raise PaperError("this comment is no allow", file=file, line=line, expected=_FORM)
    reason = (found["reason"] or "").strip()
    if not reason:
        raise PaperError(
            f"'allow {found['rules']}' gives no reason",
            file=file,
            line=line,
            expected=_FORM,
            hint="say why the finding is accepted, for the reader of the source",
        )
    for name in re.split(r"\s*,\s*", found["rules"]):
        code, rule = _known(name, file, line, known)
        yield Allow(file, line, covers, code, rule, reason)


def _known(
    name: str, file: str, line: int, known: Callable[[str], tuple[str, str]]
) -> tuple[str, str]:
    from writer.errors import UsageError

    try:
        return known(name)
    except UsageError as error:
        raise PaperError(
            error.message, file=file, line=line, expected=error.expected, hint=error.hint
        ) from error


def allowed(result: CheckResult, given: tuple[Allow, ...]) -> CheckResult:
    """The result with the findings that ``given`` covers among the suppressed ones.

    An allow that covers nothing becomes a note.
    """
    used: set[Allow] = set()

    def covering(item: Finding) -> Allow | None:
        fits = [allow for allow in given if _covers(allow, item)]
        used.update(fits)
        return fits[0] if fits else None

    kept, moved = [], []
    for item in result.findings:
        allow = covering(item)
        if allow is None:
            kept.append(item)
        else:
            moved.append(replace(item, suppressed=allow.reason, suppressed_by="allow"))
    unused = tuple(
        f"{allow.file}:{allow.line}: 'allow {allow.rule}' covers no finding; remove it"
        for allow in given
        if allow not in used
    )
    return replace(
        result,
        findings=tuple(kept),
        suppressed=(*result.suppressed, *moved),
        notes=(*result.notes, *unused),
    )


def _covers(allow: Allow, item: Finding) -> bool:
    return allow.code == item.code and any(
        place.file == allow.file and place.row == allow.covers for place in item.where
    )
