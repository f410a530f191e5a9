"""What the macros that stand in tables print, and how they set it."""

from __future__ import annotations

from writer.latex.words import CITES, PRINTED, REFERENCES, SILENT, SIUNITX, TRANSPARENT, words
from writer.latex.words import SYMBOLS as PLAIN

BOLD, UNDERLINED, MARK, RAISED = 1, 2, 4, 8
"""How a piece of text is set; they add up."""

SWITCHES = {
    **dict.fromkeys(words("bf bfseries boldmath"), (BOLD, 0)),
    **dict.fromkeys(words("mdseries normalfont unboldmath rm tt sf it sc"), (0, BOLD)),
}
"""Macros that turn a style on, or off, to the end of the group; ``\\rm`` and its kin end
bold face as LaTeX defines them."""

STYLES = {
    **dict.fromkeys(words("textbf mathbf boldsymbol bm pmb mathbfit symbf textbfit"), BOLD),
    **dict.fromkeys(
        words("underline ul uline uwave dashuline dotuline underbar uuline underset"), UNDERLINED
    ),
    **dict.fromkeys(words("tnote tablenotemark tmark"), MARK),
}
ARGUMENTS = {
    **{name: spec for name, spec in SILENT.items() if name not in PLAIN},
    **dict.fromkeys(TRANSPARENT, "{"),
    **{name: spec for name, (spec, _) in PRINTED.items()},
    **dict.fromkeys(CITES, "*[[{"),
    **dict.fromkeys(REFERENCES, "*{"),
    **SIUNITX,
    **dict.fromkeys(STYLES, "{"),
    **dict.fromkeys(words("makecell thead shortstack Centerstack makecellbox"), "*[{"),
    **dict.fromkeys(words("llap rlap clap mathrlap mathllap mathclap colhead subtable"), "{"),
    **dict.fromkeys(words("tabincell specialcell diagbox backslashbox slashbox"), "[{{"),
    **dict.fromkeys(words("footnote footnotetext"), "[{"),
    **dict.fromkeys(words("cellcolor rowcolor"), "[{[["),
    **dict.fromkeys(words("cmidrule"), "[({"),
    **dict.fromkeys(words("toprule midrule bottomrule hdashline addlinespace"), "["),
    **dict.fromkeys(words("cline Xhline hhline noalign"), "{"),
    **dict.fromkeys(words("caption tablecaption topcaption bottomcaption"), "*[{"),
    "captionof": "*{[{",
    "color": "[{",
    "adjustbox": "{{",
    "multirowcell": "[{[[{",
    "multirowthead": "[{[[{",
    "multirow": "[{[{[{",
    "SetCell": "[{",
    "SetRow": "[{",
    "specialrule": "{{{",
    "arrayrulecolor": "[{",
    "ding": "{",
    "textsuperscript": "{",
    "textsubscript": "{",
    "tablenotetext": "{{",
    "sups": "{",
    "frac": "{{",
    "label": "{",
    "hphantom": "{",
    "faIcon": "[{",
    "sisetup": "{",
    "setlength": "{{",
    "fontsize": "{{",
    "end": "{",
    "measured": "{{",
    "interval": "{{{",
}
SHOWN = {
    **{name: indexes for name, (_, indexes) in PRINTED.items()},
    **dict.fromkeys(TRANSPARENT, (0,)),
    **dict.fromkeys(STYLES, (0,)),
    **dict.fromkeys(words("makecell thead shortstack Centerstack makecellbox"), (2,)),
    **dict.fromkeys(words("llap rlap clap mathrlap mathllap mathclap colhead subtable"), (0,)),
    **dict.fromkeys(words("tabincell specialcell"), (2,)),
    "adjustbox": (1,),
    "multirowcell": (4,),
    "multirowthead": (4,),
    "measured": (1,),
    "interval": (),
}
JOINED = {
    **dict.fromkeys(words("diagbox backslashbox slashbox"), ("/", (1, 2))),
    "frac": ("/", (0, 1)),
}
SYMBOLS = {
    **dict.fromkeys(words("xmark XSolidBrush XSolid Cross crossmark"), "✗"),
    **dict.fromkeys(words("Checkmark CheckmarkBold checkedbox tick greencheck yes"), "✓"),
    "nodata": "—",
    "mathpm": "±",
    "mathhyphen": "-",
    "textminus": "-",
    "square": "□",
    "dagger": "†",
    "ddagger": "‡",
    "circ": "∘",
    "percnt": "%",
}
DINGS = {
    **dict.fromkeys(("51", "52"), "✓"),
    **dict.fromkeys(("53", "54", "55", "56"), "✗"),
    "72": "★",
    "73": "☆",
}
SPANNING = words("multirow multirowcell multirowthead")
ENVIRONMENT_ARGUMENTS = {
    "tabular": "[{",
    "tabular*": "{[{",
    "tabularx": "{[{",
    "array": "[{",
    "minipage": "[[[{",
    "adjustbox": "{",
    "threeparttable": "[",
    "itemize": "[",
}
