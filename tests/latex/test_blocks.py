# one case per line reads best

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.latex.reading import read, text_of
from writer.latex.blocks import section_name

THIN = "\u202f"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"45\% of", "45% of"),
        (r"3.2~ms and a\ b", "3.2 ms and a b"),
        (r"3\,000 and 3\;000 in 3\,ms", f"3{THIN}000 and 3{THIN}000 in 3 ms"),
        (r"$12{,}000$ and 12{,}000", "12,000 and 12,000"),
        (r"$2\times$ and $2 \times 3$", "2× and 2 × 3"),
        (r"$\approx 3$ $\sim$3 $\pm$1 $a\leq b$ $\geq 2$", "≈ 3 ~3 ±1 a≤b ≥ 2"),
        (r"$10^{-3}$ $x_{max}$ $x^2$", "10^-3 x_max x^2"),
        (r"$\frac{a}{b}$ $\frac12$ $\sqrt{2}$", "a/b 1/2 √2"),
        (r"$\mathrm{RPS}$ $5\text{ ms}$ \textbf{b\emph{c}}", "RPS 5 ms bc"),
        ("5--6 a---b ``x'' y", '5–6 a—b "x" y'),
        (r"\SI{3.2}{\milli\second} \qty{3.2}{ms}", "3.2 ms 3.2 ms"),
        (r"\SIrange{1}{2}{s} \qtyrange{1}{2}{\giga\byte\per\second}", "1–2 s 1–2 GB/s"),
        (r"\SI{5}{\percent} \si{\micro\second} \unit{m^2}", "5 % µs m^2"),
        (r"\num{12000} \num{1.2e3} \num{3 \pm 1} \numrange{1}{2}", "12000 1.2×10^3 3±1 1–2"),
        (r"\qty[round-mode=places]{2.5}{\mega\hertz} \numlist{1;2}", "2.5 MHz 1, 2"),
        (r"5~\textmu s and $5\,\mu$s and $5~\mu s$", "5 µs and 5 µs and 5 µs"),
        (r"caf\'e \"{o} na\"\i ve \c{c} \ss", "café ö naïve ç ß"),
        (r"\href{http://x/1}{a page} \url{http://y/2} z", "a page z"),
        (r"\textcolor{red}{a} \multicolumn{2}{c}{b} \mbox{c}", "a b c"),
        (r"Table~\ref{t} shows \cite[p.~2]{k}.", "Table shows ."),
        (r"a\label{x} b \vspace{2em} c \\[2pt] d", "a b c d"),
        (r"\{x\} \# \& \_ \$5", "{x} # & _ $5"),
        ("a % c\n% d\n b", "a b"),
        ("foo%\n  bar", "foobar"),
        ("a\n\nb\\par c\n % x\n\nd", "a\nb\nc\nd"),
        (r"x \measured{id.a}{12.5} ms", "x 12.5 ms"),
        (r"a \[ x = 1 \] b \begin{equation}y\end{equation} c", "a b c"),
        (r"\IEEEPARstart{T}{his} is", "This is"),
        (r"\textsuperscript{2} H\textsubscript{2}", "^2 H_2"),
    ],
)
def test_plain_text(tmp_path: Path, source: str, text: str) -> None:
    assert text_of(tmp_path, source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\newcommand{\sys}{SAGE\xspace}\sys is, \sys.", "SAGE is, SAGE."),
        (r"\newcommand\sys{SAGE}\sys{} is \sys\ ok", "SAGE is SAGE ok"),
        (r"\newcommand{\f}[2][x]{#1-#2}\f{b} \f[a]{b}", "x-b a-b"),
        (r"\def\f#1{<#1>}\f{3}\f4", "<3><4>"),
        (r"\newcommand{\a}{\b}\newcommand{\b}{deep}\a", "deep"),
        (r"\newcommand{\x}{1}\renewcommand{\x}{2}\x", "2"),
        (r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}a \be x \ee b", "a b"),
        (r"\DeclareMathOperator{\am}{arg\,max}$\am x$", "arg max x"),
        (r"\newcommand{\c}{\x\xspace}\newcommand{\x}{N}\c core", "N core"),
        (r"\newcommand{\x}{\x\x}a \x b", "a b"),
        (r"\newcommand{\measured}[2]{[#1]}\measured{i}{5}", "5"),
        (r"\newcommand{\ms}{\,ms}3\ms\ x", "3 ms x"),
    ],
)
def test_macros_are_expanded(tmp_path: Path, source: str, text: str) -> None:
    assert text_of(tmp_path, source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\let\todo\relax a \todo[color=red!40]{b 7} c", "a c"),
        (r"a \added{b} \deleted{c} \replaced{d}{e} \sout{f} \st{g} h", "a b d h"),
        (r"a \added[id=X]{b} \deleted[id=X]{c} \replaced[id=X]{d}{e} f", "a b d f"),
        (
            r"\newcommand{\rev}[1]{\textcolor{blue}{#1}}\newcommand{\cut}[1]{}\rev{a} \cut{b} c",
            "a c",
        ),
        ("\\newcommand{\\cut}[1]{}a\n\\cut{b}\nc\n\\newcommand{\\x}{5}\nd", "a c d"),
        (r"\newcommand{\added}[1]{}a \added{b} c", "a c"),
        (r"\newcommand\x[2][5]{#1#2}\x{\%} and \x[6]{\%}", "5% and 6%"),
        (r"\def\gain{3.6$\times$\xspace}a \gain faster, \gain.", "a 3.6× faster, 3.6×."),
        (
            r"\num{12 345} \SI{50}{\percent} \qty{1.5e3}{\byte\per\second}",
            "12345 50 % 1.5×10^3 B/s",
        ),
        (r"\numrange{10}{20} \SIrange{1}{2}{\percent} \ang{45}", "10–20 1–2 % 45°"),
        ("\\twocolumn[\n\\begin{abstract}5\\%\\end{abstract}\n]\nx", "5%\n] x"),
    ],
)
def test_wrappers_and_tracked_changes(tmp_path: Path, source: str, text: str) -> None:
    assert text_of(tmp_path, source) == text


PAPER = r"""\documentclass{article}
\newcommand{\sys}{SAGE}
\title[short]{The \sys\ Paper\thanks{us}}
\begin{document}
\maketitle
\begin{abstract}
Fast.
\end{abstract}
\section{1. Introduction}\label{sec:i}
Text\footnote{A note.} goes on. \limitation{L1}{Only \measured{a}{3} runs.} End.
\subsection{Goals}
\begin{itemize}
\item One
\item[b] Two
\end{itemize}
Then.
\begin{table}[t]\caption[s]{Cap 5\%.}\begin{tabular}{l} 7 \end{tabular}\end{table}
\begin{figure*}\includegraphics[width=1in]{x}\caption{Fig.}\end{figure*}
\section*{Conclusion and Future Work}
Done.
\begin{thebibliography}{9}\bibitem{x} 1999\end{thebibliography}
\end{document}
Not text.
"""


def test_blocks_of_a_paper(tmp_path: Path) -> None:
    _, blocks, notes = read(tmp_path, PAPER)
    intro, goals = "1. Introduction", "Goals"
    end = "Conclusion and Future Work"
    assert [(each.kind, each.section, each.heading, each.text) for each in blocks] == [
        ("heading", "title", "The SAGE Paper", "The SAGE Paper"),
        ("paragraph", "abstract", "Abstract", "Fast."),
        ("heading", "introduction", intro, intro),
        ("paragraph", "introduction", intro, "Text goes on. End."),
        ("footnote", "introduction", intro, "A note."),
        ("limitation", "introduction", intro, "Only 3 runs."),
        ("heading", "introduction", goals, goals),
        ("item", "introduction", goals, "One"),
        ("item", "introduction", goals, "b Two"),
        ("paragraph", "introduction", goals, "Then."),
        ("caption", "introduction", goals, "Cap 5%."),
        ("caption", "introduction", goals, "Fig."),
        ("heading", "conclusion", end, end),
        ("paragraph", "conclusion", end, "Done."),
    ]
    assert notes == ("not read as text: 1 bibliography, 1 figure",)  # tables are evidence


def test_marks_say_where_macros_stand(tmp_path: Path) -> None:
    source = r"a \measured{id.x}{12.5} ms \cite[p.~2]{k,l} in~\ref{t}. \SI{3}{s}"
    (block,) = read(tmp_path, source)[1]
    assert [(m.macro, block.text[m.start : m.end], m.arguments) for m in block.marks] == [
        ("measured", "12.5", ("id.x", "12.5")),
        ("cite", "", ("k,l",)),
        ("ref", "", ("t",)),
        ("SI", "3 s", ("3", "s")),
    ]
    assert block.marks[2].start == block.text.index("in ") + 3


def test_a_limitation_marks_its_whole_text(tmp_path: Path) -> None:
    (block,) = read(tmp_path, r"\limitation{L1}{Only \measured{a}{3} runs.}")[1]
    assert block.kind == "limitation"
    assert [(m.macro, m.start, m.end, m.arguments) for m in block.marks] == [
        ("limitation", 0, len(block.text), ("L1",)),
        ("measured", 5, 6, ("a", "3")),
    ]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Introduction", "introduction"),
        ("I. Introduction", "introduction"),
        ("Conclusions", "conclusion"),
        ("Concluding Remarks", "conclusion"),
        ("Conclusion and Future Work", "conclusion"),
        ("Summary and Conclusions", "conclusion"),
        ("3.1 A model of x", "a model of x"),
        ("Evaluation", "evaluation"),
    ],
)
def test_section_names(heading: str, name: str) -> None:
    assert section_name(heading) == name


@pytest.mark.parametrize(
    "source",
    [
        r"\begin{abstract}A.\end{abstract}",
        r"\begin{abstract}A.\begin{IEEEkeywords}B\end{IEEEkeywords}\end{abstract}",
        r"\abstract{A.}",
        "\\section*{Abstract}\nA.",
        r"\abstract{A.}\begin{document}\maketitle\end{document}",
        r"\begin{abstract}A.\end{abstract}\begin{document}\maketitle\end{document}",
        r"\twocolumn[\icmltitle{T}\begin{abstract}A.\end{abstract}",
    ],
)
def test_ways_to_write_an_abstract(tmp_path: Path, source: str) -> None:
    block = next(each for each in reversed(read(tmp_path, source)[1]) if "A" in each.text)
    assert (block.kind, block.section, block.text) == ("paragraph", "abstract", "A.")


def test_what_is_not_read_is_counted(tmp_path: Path) -> None:
    source = (
        r"\foo{a} \foo b \ifcamera c\fi \begin{tabular}{l}\begin{tabular}{l}1\end{tabular}"
        "\\end{tabular}\n\\begin{verbatim}\nx\n\\end{verbatim}"
    )
    _, blocks, notes = read(tmp_path, source)
    assert blocks[0].text == "a b c"
    assert notes == (
        "not read as text: 1 listing",
        r"the conditional \ifcamera is not evaluated: all its branches are read",
        r"macros without a known definition, of which only the arguments are read: \foo (2 times)",
    )


def test_expansions_stand_for_the_macro_use_and_arguments_for_themselves(tmp_path: Path) -> None:
    source = r"\newcommand{\x}[1]{ab#1}a \x{cd}"
    _, (block,), _ = read(tmp_path, source)
    use = source.rindex("\\x")
    assert block.text == "a abcd"
    assert block.offsets[2:] == (use, use, use + 3, use + 4)


def test_sections_in_a_group_and_across_files(tmp_path: Path) -> None:
    paper, blocks, notes = read(
        tmp_path, "\\revised{\\section{A}\nx\n\\section{B}\n\\input{f}}", f="in f\n"
    )
    assert [(each.section, each.text) for each in blocks] == [
        ("a", "A"), ("a", "x"), ("b", "B"), ("b", "in f"),
    ]  # fmt: skip
    assert notes == ()
    assert paper.place(blocks[-1].offsets[3]).file == "f.tex"


def test_sections_by_a_macro_of_the_paper(tmp_path: Path) -> None:
    source = "\\newcommand{\\sect}[1]{\\section{#1}\\label{s:#1}}\\sect{Conclusion}x"
    blocks = read(tmp_path, source)[1]
    assert [(each.section, each.text) for each in blocks] == [
        ("conclusion", "Conclusion"),
        ("conclusion", "x"),
    ]


def test_an_abstract_of_several_parts(tmp_path: Path) -> None:
    blocks = read(tmp_path, "\\abstract{A.}\n{B.}\n  {C.}\n\nD")[1]
    assert [(each.section, each.text) for each in blocks] == [
        ("abstract", "A."),
        ("abstract", "B."),
        ("abstract", "C."),
        ("", "D"),
    ]


def test_captions_of_parts_of_a_figure(tmp_path: Path) -> None:
    source = (
        r"\begin{figure}\subfloat[A 1.]{x}\subcaptionbox{B 2.}{y}\begin{subfigure}{2in}"
        r"\caption{C 3.}\end{subfigure}\begin{tabular}{l}4\end{tabular}\caption{D 5.}\end{figure}"
    )
    assert text_of(tmp_path, source).split("\n") == ["A 1.", "B 2.", "C 3.", "D 5."]


def test_a_fault_costs_one_paragraph(tmp_path: Path) -> None:
    _, blocks, notes = read(tmp_path, "\\section{A}\ngood 1\n\nbad $x\n\ngood 2\n\\section{B}\nc")
    assert [each.text for each in blocks] == ["A", "good 1", "bad x", "good 2", "B", "c"]
    assert len(notes) == 1
    assert notes[0].startswith("main.tex:4: the LaTeX of this paragraph has a fault")


@pytest.mark.parametrize(
    "source",
    [
        "{" * 5000 + "x" + "}" * 5000,
        "\\textbf{" * 5000 + "x" + "}" * 5000,
        "\\begin{center}" * 3000 + "x" + "\\end{center}" * 3000,
        "\\begin{itemize}" * 3000 + "x" + "\\end{itemize}" * 3000,
        "^" * 3000 + "x",
        "\\textbf" * 3000 + " x",
    ],
)
def test_deep_nesting_is_read(tmp_path: Path, source: str) -> None:
    _, blocks, notes = read(tmp_path, source)
    assert [each.text[-1] for each in blocks] == ["x"]
    assert notes == ()


@pytest.mark.parametrize(
    "source",
    [
        "{" * 5000 + "x",
        "x" + "}" * 5000,
        "\\cite[" * 3000 + "x",
        "$\\(" * 3001 + "x",
        "\\(" * 3000 + "x",
        "\\footnote{" * 3000 + "x",
        "x \\footnote{" + "\\footnote{" * 400 + "y" + "}" * 401,
        "x" + "\\textcolor{red}{" * 400 + "y" + "}" * 400,
    ],
)
def test_what_cannot_be_followed_is_a_note(tmp_path: Path, source: str) -> None:
    _, blocks, notes = read(tmp_path, source)
    assert "x" in "".join(each.text for each in blocks)
    assert notes[0].startswith("main.tex:1: ") or "without a known definition" in notes[0]


def test_expansion_is_bounded(tmp_path: Path) -> None:
    names = "abcdefghijklmnop"
    doubling = "".join(
        f"\\newcommand{{\\m{a}}}{{\\m{b}\\m{b}\\m{b}\\m{b}}}" for a, b in pairwise(names)
    )
    _, blocks, notes = read(tmp_path, doubling + "\\newcommand{\\mp}{xxxxxxxxxxxxxxxx}\\ma")
    assert "some macros are not expanded: too many or too long" in notes
    assert sum(len(block.text) for block in blocks) < 10_000_000


@pytest.mark.parametrize(
    "drawing",
    [
        r"\tikz\draw (0pt, 0pt)circle (.5em) node {\small 1};",
        r"\tikz[baseline=2pt]{\node at (3,4) {5};}",
        r"\tikz [scale=2] \fill (1,2) rectangle (3,4);",
    ],
)
def test_a_drawing_in_a_line_is_no_text(tmp_path: Path, drawing: str) -> None:
    _, blocks, notes = read(tmp_path, f"Step {drawing} takes 7 ms.\n")
    assert [" ".join(block.text.split()) for block in blocks] == ["Step takes 7 ms."]
    assert notes == ("not read as text: 1 drawing",)


def test_the_lengths_of_a_heading_are_no_text(tmp_path: Path) -> None:
    heading = r"\titleformat{\chapter}[display]{\bfseries}{\thechapter}{12pt}{\Large}"
    assert text_of(tmp_path, heading + "\nIt takes 7 ms.\n").strip() == "It takes 7 ms."
