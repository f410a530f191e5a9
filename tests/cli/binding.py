"""Papers for ``bind``, their data, and what TeX makes of them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pypdf

PREAMBLE = r"""\documentclass{article}
\usepackage{xcolor}
"""

SENTENCES = (
    r"At concurrency 4 the throughput is 7.27~tasks/s.",
    r"At concurrency 4 the throughput is $7.27$~tasks/s.",
    r"At concurrency 4 the throughput is \textbf{7.27}~tasks/s.",
    r"At concurrency 4 the throughput is \textcolor{red}{7.27}~tasks/s.",
    r"At concurrency 4 the throughput is~\emph{7.27 tasks/s}.",
    r"With FIFO the P99 latency is 6943.9~ms.",
    r"With FIFO the P99 latency is 6,943.9~ms.",
    r"With FIFO the P99 latency is 6{,}943.9~ms, with Priority it is $31{,}147.0$~ms.",
    r"With FIFO the P99 latency is 6\,943.9~ms"
    r"\footnote{With LoadAware the P99 latency is 7024.2~ms.}.",
    r"\begin{itemize}\item With LoadAware the load balance is 99.8\%.\end{itemize}",
    r"With Priority the P99 latency is 4.49$\times$ that of FIFO.",
    r"In \cite{x} 12.73 tasks/s is the throughput of the scheduler Priority.",
)
"""Each has numbers that can be bound; in TeX all are as they were."""

REFUSED = (
    (r"At concurrency 4 the throughput is 7.3~tasks/s.", "are not the digits of"),
    (r"At concurrency 4 the throughput is about 7.27~tasks/s.", "widens it"),
    (r"At concurrency 4 the throughput is \wrapped{7.27}~tasks/s.", r"argument of \wrapped"),
    (r"At concurrency 4 the throughput is \textbf 7.27~tasks/s.", r"right behind \textbf"),
    (r"At concurrency 4 the throughput is \rate~tasks/s.", "not written out in"),
    (r"At concurrency 4 the throughput is \num{7.27}~tasks/s.", r"argument of \num"),
    (r"\section{At concurrency 4 the throughput is 7.27~tasks/s.}", r"argument of \section"),
    (r"\begin{verse}At concurrency 4 the throughput is 7.27~tasks/s.\end{verse}", "verse"),
    (r"At concurrency 4 the throughput is 9.27~tasks/s.", "the data say otherwise"),
    (r"At concurrency 4 the throughput is 7.27~tasks/s.", "is a level measured in"),
)
"""Each has a number that stays, and words of the reason."""

DEFINED = r"""\newcommand{\wrapped}[1]{#1}
\newcommand{\rate}{7.27}
\providecommand{\num}[1]{#1}
"""


def paper(*sentences: str, preamble: str = PREAMBLE) -> str:
    """A paper with a paragraph for each sentence."""
    body = "\n\n".join(sentences)
    return f"{preamble}\\begin{{document}}\n{body}\n\\end{{document}}\n"


def typeset(main: Path) -> tuple[str, list[bytes]]:
    """The text of the PDF that TeX makes of ``main``, and the drawing of each page."""
    for _ in range(2):
        subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", main.name],
            cwd=main.parent,
            check=True,
            capture_output=True,
            timeout=120,
        )
    pdf = main.with_suffix(".pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    pages = [page.get_contents() for page in pypdf.PdfReader(pdf).pages]
    return text, [page.get_data() for page in pages if page is not None]


def unbound(text: str) -> str:
    r"""The text with each ``\measured{id}{digits}`` as TeX expands it, without its definition."""
    plain = re.sub(r"\\providecommand\{\\measured\}\[2\]\{#2\}%?\r?\n", "", text)
    return re.sub(r"\\measured\{[^{}]*\}\{((?:[^{}]|\{,\})*)\}", r"\1", plain)
