r"""A per cent sign without a backslash hides the rest of its line.

What it checks
    Each ``%`` directly behind a digit, in text or in a table: whether what it hides
    reads as the rest of the sentence or of the row, and not as a comment.

Why it matters
    LaTeX takes it for a comment without a warning. The paper then prints neither the
    sign nor the words behind it: "31% of all requests" becomes "31".

When it is wrong
    When a comment stands directly behind a number: put a space before its sign.

Example
    ``over 31% of its vocabulary`` where ``over 31\% of its vocabulary`` is meant.
"""

import re
from collections.abc import Iterator

from writer.claims.paper import Checked
from writer.claims.rule import PaperExample, PaperHit, paper_rule
from writer.claims.rules._tables import place
from writer.claims.tables.wording import clipped
from writer.latex.blocks import Block
from writer.latex.words import words
from writer.model.finding import Confidence, Severity

_NUMBER = re.compile(r"(?<![#\w.=\\])\d[\d.,]*(\$|[ ~]|\\,)?$")
_RELATES = re.compile(
    r"\s+(?:of|on|in|over|more|less|fewer|faster|slower|better|worse|lower|higher|than|when|with|"
    r"compared|relative|accuracy|for|reduction|improvement)\s+\w"
)
"""Behind a space most signs begin a comment: only what no comment begins with is a sentence."""

_GOES_ON = re.compile(r"\s?[,.;:)\]}]|\s*(?:\\?[&~$]|\\\\|\\cite|\\ref)|\s+([a-z]+)\b(?!:)|\s?-")
_NOTES = words(
    "todo fixme xxx note check was old new update updated verify tbd ref cite see rounded from "
    "previously before changed placeholder actual measured approximate approx why where source "
    "is this default tuned"
)


def check(checked: Checked) -> Iterator[PaperHit]:
    """Yield one hit per sign that hides a part of a sentence or of a row."""
    spans: list[tuple[int, int]] | None = None
    for offset, hidden in checked.paper.dropped:
        line, column, at = _line(checked, offset)
        number = _NUMBER.search(line[:column])
        if number is None or not _is_text(line[column + 1 :]):
            continue
        if number[1] and number[1] != "$" and not _RELATES.match(line[column + 1 :]):
            continue
        if spans is None:
            spans = list(_spans(checked))
        if not any(start <= offset <= end for start, end in spans):
            continue
        written = number[0].strip(" ~$")
        yield PaperHit(
            where=place(checked, offset),
            message=f"the % behind {written} starts a comment, so the paper does not print "
            f"{clipped(hidden, 60)}",
            part=at,
            evidence={"hidden": hidden},
            settle="Write \\% instead.",
        )


def _spans(checked: Checked) -> Iterator[tuple[int, int]]:
    blocks: tuple[Block, ...] = checked.blocks_all if checked.whole else checked.blocks
    for block in blocks:
        if block.offsets:
            yield min(block.offsets), max(block.offsets) + 2
    for table in checked.tables if checked.whole else ():
        yield table.offset, table.end


def _line(checked: Checked, offset: int) -> tuple[str, int, str]:
    """The source line at an offset, the 0-based column, and both as a name."""
    found = checked.paper.place(offset)
    if found.file not in checked.paper.files or not checked.paper.texts:
        return "", 0, ""
    number = checked.paper.files.index(found.file)
    starts, text = checked.paper.lines[number], checked.paper.texts[number]
    end = starts[found.line] if found.line < len(starts) else len(text)
    name = f"{found.file}-{found.line}-{found.column}"
    return text[starts[found.line - 1] : end].rstrip("\r\n"), found.column - 1, name


def _is_text(hidden: str) -> bool:
    """Whether the rest of a line goes on with its sentence or row."""
    match = _GOES_ON.match(hidden)
    return match is not None and (match[1] is None or match[1].lower() not in _NOTES)


RULE = paper_rule(
    code="CLM018",
    name="unescaped-percent",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    check=check,
    examples=(
        PaperExample(
            "the rest of a sentence is hidden",
            "\\begin{abstract}\nTokens of two letters make over 31% of its vocabulary.\n\n"
            "This is much.\n\\end{abstract}",
            1,
            data=False,
        ),
        PaperExample(
            "the sign is escaped",
            "\\begin{abstract}\nTokens of two letters make over 31\\% of its vocabulary.\n"
            "\\end{abstract}",
            0,
            data=False,
        ),
        PaperExample(
            "a space or the end of a formula between number and sign",
            "\\begin{abstract}\nThe load falls by 40 % on average\nover a day. It saves $12$% of "
            "the memory\nof Spark, and 7~% more than Flink\ndoes.\n\\end{abstract}",
            3,
            data=False,
        ),
        PaperExample(
            "a comment of the author behind a number and a space",
            "\\begin{abstract}\nThe number of nodes is 31 % count again\nin all, or 12 % it was "
            "10\nwithout.\n\\end{abstract}",
            0,
            data=False,
        ),
        PaperExample(
            "a comment of the author",
            "\\begin{abstract}\nThe number of nodes is 31% TODO: count again\nin all.\n"
            "\\end{abstract}",
            0,
            data=False,
        ),
        PaperExample(
            "a line that ends in a comment sign against white space",
            "\\begin{abstract}\nThe number of nodes is 31%\nin all.\n\\end{abstract}",
            0,
            data=False,
        ),
        PaperExample(
            "the rest of a row",
            "\\begin{table}\\caption{Shares}\\begin{tabular}{lrr}\nPart & A & B \\\\\n"
            "one & 12% & 13 \\\\\ntwo & 5 & 6 \\\\\n\\end{tabular}\\end{table}",
            1,
            data=False,
        ),
    ),
)
