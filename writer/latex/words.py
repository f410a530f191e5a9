"""What the macros and environments of LaTeX mean to a reader of plain text.

``A spec`` is written as pylatexenc writes it: ``{`` an argument, ``[`` an optional
one, ``*`` an optional star.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


HEADINGS = {
    "part": 0,
    "chapter": 0,
    "section": 0,
    "subsection": 1,
    "subsubsection": 1,
    "paragraph": 1,
    "subparagraph": 1,
}
"""Headings; those of rank 0 begin a section, the others stay in it."""

TITLES = words("title icmltitle mlsystitle")
"""Macros with the title of the paper."""

ABSTRACTS = words("abstract abstracttext")
"""Macros with the abstract as argument."""

CITES = words(
    "cite citep citet citealp citealt citeauthor citeyear citeyearpar Citep Citet Citeauthor "
    "parencite Parencite textcite Textcite autocite Autocite footcite fullcite smartcite "
    "supercite nocite citenum onlinecite shortcite citeN citeA newcite citeyearNP citetalias "
    "citepalias citefullauthor"
)
"""Citations: they print nothing here and leave a mark."""

REFERENCES = words(
    "ref cref Cref autoref eqref pageref nameref vref Vref cpageref labelcref subref fref Fref "
    "Autoref autopageref refeq label"
)
"""References and labels: they print nothing here and leave a mark."""

SIUNITX = {
    "SI": "[{[{",
    "qty": "[{{",
    "num": "[{",
    "si": "[{",
    "unit": "[{",
    "ang": "[{",
    "SIrange": "[{{{",
    "qtyrange": "[{{{",
    "numrange": "[{{",
    "numlist": "[{",
    "SIlist": "[{{",
    "qtylist": "[{{",
    "numproduct": "[{",
    "qtyproduct": "[{{",
}
"""Macros of siunitx and their specs."""

PRINTED = {
    "href": ("[{{", (2,)),
    "hyperref": ("[{", (1,)),
    "textcolor": ("[{{", (2,)),
    "colorbox": ("[{{", (2,)),
    "fcolorbox": ("[{{{", (3,)),
    "parbox": ("[[[{{", (4,)),
    "makebox": ("[[{", (2,)),
    "framebox": ("[[{", (2,)),
    "raisebox": ("{[[{", (3,)),
    "scalebox": ("{[{", (2,)),
    "resizebox": ("*{{{", (3,)),
    "rotatebox": ("[{{", (2,)),
    "texorpdfstring": ("{{", (0,)),
    "multirow": ("[{[{[{", (5,)),
    "multicolumn": ("{{{", (2,)),
    "IEEEPARstart": ("{{", (0, 1)),
    "lettrine": ("[{{", (1, 2)),
    "hyperlink": ("{{", (1,)),
    "hypertarget": ("{{", (1,)),
    "foreignlanguage": ("{{", (1,)),
    "overset": ("{{", (1,)),
    "underset": ("{{", (1,)),
    "stackrel": ("{{", (1,)),
    "cancel": ("{", (0,)),
    "gls": ("*[{", (2,)),
    "Gls": ("*[{", (2,)),
    "ac": ("*{", (1,)),
    "acs": ("*{", (1,)),
    "acf": ("*{", (1,)),
    "acp": ("*{", (1,)),
    "glspl": ("*[{", (2,)),
    "textquote": ("[{", (1,)),
    "added": ("[{", (1,)),
    "replaced": ("[{{", (1,)),
    "highlight": ("[{", (1,)),
    "chadded": ("[{", (1,)),
    "chreplaced": ("[{{", (1,)),
}
"""Macros that print some of their arguments: spec, and which ones."""

TRANSPARENT = words(
    "textbf textit emph texttt textsc textrm textsf textsl textup textmd textnormal underline "
    "uline mbox hbox fbox text mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak "
    "mathscr mathnormal boldsymbol bm pmb operatorname ensuremath textlf ul hl uppercase "
    "lowercase MakeUppercase MakeLowercase textnumero nolinebreak nobreakdash centerline "
    "leftline rightline overline bar hat tilde vec dot ddot widehat widetilde mathop mathbin "
    "mathrel mathord enquote textls textsmaller textlarger boxed smash lowercase "
    "mathring check breve acute grave underbrace overbrace textbackslash vbox vtop textsw "
    "IEEEauthorblockN textgreek changed newtext revised modified rev revise"
)
"""Macros with one argument, which is printed as it is."""

SILENT = {
    name: spec
    for spec, names in {
        "": (
            "centering raggedright raggedleft noindent indent maketitle tableofcontents "
            "listoffigures listoftables newpage clearpage cleardoublepage pagebreak "
            "smallskip medskip bigskip hfill vfill null relax protect appendix small tiny "
            "scriptsize footnotesize normalsize large Large LARGE huge Huge bfseries itshape "
            "ttfamily sffamily rmfamily scshape upshape mdseries slshape normalfont bf it tt sf "
            "rm sc em sl boldmath unboldmath displaystyle textstyle scriptstyle left right big "
            "Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle limits nolimits "
            "nonumber notag hline toprule midrule bottomrule makeatletter makeatother sloppy "
            "fussy balance flushbottom raggedbottom frontmatter mainmatter backmatter begingroup "
            "endgroup bgroup egroup leavevmode unskip ignorespaces allowbreak frenchspacing "
            "IEEEpeerreviewmaketitle IEEEoverridecommandlockouts strut onecolumn singlespacing "
            "doublespacing FloatBarrier printbibliography linenumbers nolinenumbers qed qedhere "
            "and And AND else fi checkmark xspace selectfont par cal global long expandafter "
            "ensurespace noalign bibfont IEEEdisplaynontitleabstractindextext "
            "IEEEtitleabstractindextext fontsize acknowledgements "
            "today draft noaffiliation titlepage"
        ),
        "*": "",
        "{": (
            "bibliographystyle pagestyle thispagestyle pagenumbering hypersetup date "
            "institution city country state postcode streetaddress department orcid "
            "affiliation email authornote keywords terms index thanks phantom hphantom vphantom "
            "graphicspath usetikzlibrary sisetup lstset acmYear acmMonth acmDOI acmISBN acmPrice "
            "acmVolume acmNumber acmArticle setcopyright copyrightyear settopmatter "
            "authorrunning titlerunning institute additionalaffiliation marginpar vskip "
            "bibliography addbibresource url path nolinkurl vspace hspace color definecolor "
            "acmSubmissionID citestyle setcitestyle received shortauthors allowdisplaybreaks "
            "stepcounter refstepcounter arabic roman Roman alph fnsymbol correspondingauthor "
            "software facility facilities collaboration includeonly pdfbookmark pdfinfo "
            "hyphenation urlstyle acmBooktitle editor sout xout st excludecomment "
            "includecomment "
            "IEEEauthorblockA IEEEcompsocitemizethanks IEEEmembership markboth tikzset tag "
            "pgfplotsset acmJournal input include subfile crefname algorithmfootnote "
            "icmlkeywords mlsyskeywords icmltitlerunning mlsystitlerunning "
            "DeclareGraphicsExtensions captionsetup thanksref acmConference usebox rowcolor"
        ),
        "*{": "vspace hspace",
        "[{": (
            "deleted chdeleted author affil address usepackage RequirePackage documentclass todo "
            "missingfigure "
            "ccsdesc includegraphics footnotemark linebreak nopagebreak cornersize "
            "captionsetup icmlauthor altaffiliation tnotetext fntext cortext ead affiliation "
            "subtitle colorlet xrightarrow xleftarrow textcopyright titlenote subtitlenote "
            "authornote corres "
        ),
        "*[[{": "includepdf includegraphics adjincludegraphics",
        "{{": (
            "setlength addtolength setcounter addtocounter fontsize markboth numberwithin "
            "newlength settowidth renewcommand newcommand icmlaffiliation DeclareSIUnit "
            "icmlcorrespondingauthor icmlauthor icmlsetsymbol mlsysauthor mlsysaffiliation "
            "mlsyscorrespondingauthor mlsyssetsymbol setkeys hangindent lstdefinestyle "
            "bibitemsep counterwithin addcontentsline acmBadge crefformat patchcmd altaffiltext "
        ),
        "{{{": ("definecolor addcontentsline crefname Crefname fontfamily interval trialspread"),
        "*{[{{{{": "titleformat",
        "{[": "newcounter newlength newsavebox",
        "[{{": "DeclareSIUnit lstdefinelanguage rule",
        "{[{{": "acmConferenceInfo",
        "[{{{": "acmConference",
        "[": "footnotemark linebreak nopagebreak pagebreak onecolumn printbibliography",
    }.items()
    for name in names.split()
}
"""Macros that print nothing, and their specs; a later line overrides an earlier one."""

SPACES = words(
    "\\ quad qquad enspace enskip hfil hfill hspace newline linebreak tabularnewline space "
    "smallskip medskip bigskip vspace dotfill hrulefill cr break @"
) - {"@"}
"""Macros that print a space."""

THIN_SPACES = words(", ; : > thinspace medspace thickspace nobreakspace")
"""Macros that print a space which, between digits, groups them."""

NOTHING = frozenset(["!", "/", "-", "@", "negthinspace"])
"""Macros of one character that print nothing."""

LETTER_LIKE = words(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu "
    "xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma "
    "Upsilon Phi Psi Omega textmu micro degree ell"
)
"""Symbols that stand in words and units: the space after their name is not printed."""

SYMBOLS = {
    "sim": "~",
    "textasciitilde": "~",
    "approx": "≈",
    "times": "×",
    "texttimes": "×",
    "pm": "±",
    "textpm": "±",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "lesssim": "≲",
    "gtrsim": "≳",
    "simeq": "≃",
    "ll": "≪",
    "gg": "≫",
    "cdot": "·",
    "mu": "µ",
    "textmu": "µ",
    "micro": "µ",
    "degree": "°",
    "textdegree": "°",
    "percent": "%",
    "textpercent": "%",
    "$": "$",
    "%": "%",
    "&": "&",
    "#": "#",
    "_": "_",
    "{": "{",
    "}": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textdollar": "$",
    "textendash": "–",
    "textemdash": "—",
    "textquotesingle": "'",
    "textquotedblleft": '"',
    "textquotedblright": '"',
    "textless": "<",
    "textgreater": ">",
    "lt": "<",
    "gt": ">",
    "ldots": "...",
    "dots": "...",
    "textellipsis": "...",
    "dotsc": "...",
    "cdots": "...",
    "textunderscore": "_",
    "textbar": "|",
    "textbackslash": "\\",
    "backslash": "\\",
    "slash": "/",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "eg": "e.g.",
    "ie": "i.e.",
    "etal": "et al.",
    "mid": "|",
    "|": "‖",
    "to": "→",
    "colon": ":",
    "textregistered": "®",
    "texttrademark": "™",
    "copyright": "©",
    "euro": "€",
    "texteuro": "€",
    "EUR": "€",
    "pounds": "£",
    "textsterling": "£",
    "yen": "¥",
    "textyen": "¥",
    "infty": "∞",
    "ne": "≠",
    "neq": "≠",
    "S": "§",
    "P": "¶",
    "dag": "†",
    "ddag": "‡",
    "thickapprox": "≈",
    "models": "⊨",
    "bmod": "mod",
    "lvert": "|",
    "rvert": "|",
    "lVert": "‖",
    "rVert": "‖",
    "checkmark": "✓",
    "cmark": "✓",
}
"""Symbols that the tables of pylatexenc lack, or print unlike plain text needs them."""

FLOATS = {
    name: kind
    for kind, names in {
        "figure": "figure wrapfigure subfigure SCfigure teaserfigure sidewaysfigure floatingfigure",
        "table": (
            "table wraptable sidewaystable longtable supertabular threeparttable subtable "
            "deluxetable"
        ),
        "algorithm": "algorithm algorithm2e listing procedure",
    }.items()
    for name in names.split()
}
"""Environments of which only captions are read, and what they are called in notes."""

HOLLOW = {
    name: kind
    for kind, names in {
        "displayed formula": (
            "equation align gather multline eqnarray displaymath math alignat flalign IEEEeqnarray "
            "dmath subequations"
        ),
        "table": "tabular tabularx tabulary tabu array tblr NiceTabular matrix pmatrix bmatrix",
        "picture": "tikzpicture picture pgfpicture axis",
        "algorithm": "algorithmic algpseudocode pseudocode",
        "bibliography": "thebibliography references",
        "keyword list": "IEEEkeywords keywords keyword",
        "author list": "authors icmlauthorlist CJK*",
    }.items()
    for name in names.split()
}
"""Environments of which nothing is read, and what they are called in notes."""

ARGUMENTS = {
    "crefrange": "*{{",
    "Crefrange": "*{{",
    "measured": "{{",
    "limitation": "{{",
    "caption": "*[{",
    "captionof": "*{[{",
    "subcaption": "[{",
    "subcaptionbox": "*{",
    "footnote": "[{",
    "footnotetext": "[{",
    "frac": "{{",
    "tfrac": "{{",
    "dfrac": "{{",
    "cfrac": "{{",
    "nicefrac": "[{{",
    "sfrac": "{{",
    "sqrt": "[{",
    "textsuperscript": "{",
    "textsubscript": "{",
    "url": "{",
    "path": "{",
    "nolinkurl": "{",
    "operatorname": "*{",
} | dict.fromkeys(TITLES, "[{")
"""Specs of the macros that have a handler of their own."""

ENVIRONMENTS = {
    "minipage": "[[[{",
    "multicols": "{[",
    "list": "{{",
    "adjustwidth": "{{",
} | dict.fromkeys(words("adjustbox otherlanguage spacing"), "{")
"""Specs of environments that are read and take more than an argument in brackets."""

LISTS = words(
    "itemize enumerate description compactitem compactenum inparaenum enumerate* trivlist"
)
"""Environments with items."""

ARGUMENT_CONDITIONALS = words(
    "iff ifthenelse ifbool iftoggle ifdef ifcsdef ifundef ifcsundef ifdefmacro ifblank "
    "ifstrequal ifstrempty ifdefempty ifdefstring ifdefvoid ifnumcomp ifnumequal "
    "ifnumgreater ifnumless ifboolexpr ifinlist ifempty iftagged ifpackageloaded "
)
"""Macros named like conditionals that take arguments instead of ending with ``\\fi``."""
