"""What all figures share: style, marks of flagged points, saving.

Colours are those of Okabe and Ito (*Color Universal Design*, 2008), which people
with colour-blindness tell apart; each series also has its own mark and line, so
that a print in grey reads as well. Nothing of pyplot's global state is used.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from writer.document.section import Artifact
from writer.document.tables import needs_unit
from writer.errors import TemplateError
from writer.model.experiment import Column, Experiment, Level
from writer.model.measurement import Grade, Measurement
from writer.prose import Latex, sentence
from writer.words import at, place, within

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKS = ("o", "s", "^", "D", "v", "P")
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
FLAG = "#000000"

LOG_RANGE = 20.0
"""An axis whose largest value exceeds the smallest by more than this is logarithmic:
on a linear one the smallest would be less than a twentieth of its height."""

_STYLE: Any = {  # matplotlib's stubs name every key; the values are theirs to check
    "font.family": "serif",
    "font.size": 8.0,
    "axes.labelsize": 8.0,
    "axes.titlesize": 8.0,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "legend.fontsize": 7.0,
    "legend.frameon": False,
    "axes.linewidth": 0.6,
    "lines.linewidth": 1.2,
    "lines.markersize": 4.5,
    "hatch.linewidth": 0.6,
    "pdf.fonttype": 42,
    "svg.hashsalt": "sage-write",
}


@dataclass
class Canvas:
    """One figure being drawn.

    Attributes:
        experiment: what is shown.
        flagged: ids of cells that the audit singles out.
        figure: matplotlib's figure.
        plotted: every measurement drawn so far.
        marked: the flagged cells among them, with their levels.
    """

    experiment: Experiment
    flagged: Collection[str]
    figure: Figure
    plotted: list[Measurement] = field(default_factory=list)
    marked: list[tuple[Level, Measurement]] = field(default_factory=list)

    def values(self, pairs: Sequence[tuple[Level, Measurement]]) -> list[float]:
        """The pairs' values, recorded as plotted."""
        self.plotted.extend(cell for _, cell in pairs)
        self.marked.extend(pair for pair in pairs if pair[1].id in self.flagged)
        return [cell.number for _, cell in pairs]

    def flags(self, pairs: Sequence[tuple[Level, Measurement]]) -> list[bool]:
        """Which of the pairs are flagged."""
        return [cell.id in self.flagged for _, cell in pairs]

    def column(self, measure: str, *statistics: str) -> Column:
        """The first column of this kind; the statistics are tried in order.

        Raises:
            TemplateError: the table has none.
        """
        for statistic in statistics or (None,):
            found = self.experiment.of(measure, statistic)
            if found:
                return found[0]
        wanted = " or ".join(statistics)
        raise TemplateError(
            f"a figure of '{self.experiment.name}' needs a column of {measure} "
            f"{f'({wanted})' if wanted else ''}".rstrip(),
            expected="'measure' and 'statistic' of the column in the descriptor",
        )

    def spread(
        self, axes: Axes, x: Sequence[float], pairs: Sequence[tuple[Level, Measurement]]
    ) -> None:
        """Bars for the confidence intervals of recomputed values."""
        for position, (_, cell) in zip(x, pairs, strict=True):
            if cell.grade is Grade.RAW and cell.span.width > 0:
                below, above = cell.number - cell.span.lo, cell.span.hi - cell.number
                axes.errorbar(
                    [position],
                    [cell.number],
                    yerr=[[max(below, 0.0)], [max(above, 0.0)]],
                    fmt="none",
                    ecolor=FLAG,
                    elinewidth=0.8,
                    capsize=2.0,
                    zorder=4,
                )

    def ring(
        self, axes: Axes, x: Sequence[float], y: Sequence[float], flags: Sequence[bool]
    ) -> None:
        """Ring the flagged points."""
        marked = [(one, other) for one, other, flag in zip(x, y, flags, strict=True) if flag]
        if marked:
            axes.plot(
                *zip(*marked, strict=True),
                linestyle="none",
                marker="o",
                markersize=10,
                markerfacecolor="none",
                markeredgecolor=FLAG,
                markeredgewidth=1.0,
                zorder=5,
                clip_on=False,
            )


def label(column: Column) -> str:
    """A column as an axis label."""
    shown = "µs" if column.unit == "us" else column.unit
    return f"{column.title} ({shown})" if shown != "x" and needs_unit(column) else column.title


def wide(values: Sequence[float]) -> bool:
    """Whether the values need a logarithmic axis."""
    return min(values) > 0 and max(values) / min(values) > LOG_RANGE


def round_log_ticks(axis: Any) -> None:
    """Ticks of a logarithmic axis at 1, 2 and 5 of each decade, as plain numbers."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_locator(NullLocator())


def plain_log_ticks(axis: Any) -> None:
    """Ticks of a logarithmic axis as plain decades."""
    from matplotlib.ticker import LogFormatterSciNotation

    axis.set_major_formatter(LogFormatterSciNotation())


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of figure: what a template calls it, what it shows, how it is drawn.

    ``size`` is width and height in inches; a column of a two-column paper has 3.25.
    """

    name: str
    summary: str
    draw: Callable[[Canvas], None]
    size: tuple[float, float] = (3.25, 2.1)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as a template places it.

    Attributes:
        include: the ``\\includegraphics`` command.
        flagged: whether a point is ringed.
        note: a sentence for the caption that explains the rings; empty without any.
        files: PDF and PNG.
        plotted: the measurements it shows.
    """

    include: Latex
    flagged: bool
    note: Latex
    files: tuple[Artifact, ...]
    plotted: tuple[Measurement, ...]


@contextmanager
def house_style() -> Iterator[None]:
    """Matplotlib's defaults and the style above, whatever a user's matplotlibrc says."""
    import matplotlib as mpl

    with mpl.rc_context():
        # the backend plays no part
        mpl.rcParams.update({k: v for k, v in mpl.rcParamsDefault.items() if k != "backend"})
        mpl.rcParams.update(_STYLE)
        yield


def finish(kind: Kind, experiment: Experiment, flagged: Collection[str], path: str) -> Drawing:
    """Draw and save; the same data give the same bytes."""
    from matplotlib.figure import Figure

    with house_style():
        canvas = Canvas(experiment, flagged, Figure(figsize=kind.size, layout="constrained"))
        kind.draw(canvas)
        pdf, png = io.BytesIO(), io.BytesIO()
        canvas.figure.savefig(pdf, format="pdf", metadata={"CreationDate": None, "Producer": None})
        canvas.figure.savefig(png, format="png", dpi=200, metadata={"Software": None})
    marked = tuple(dict.fromkeys(canvas.marked))
    return Drawing(
        Latex(rf"\includegraphics[width=\columnwidth]{{\sagewritepath {path}.pdf}}"),
        bool(marked),
        _note(experiment, marked),
        (Artifact(f"{path}.pdf", pdf.getvalue()), Artifact(f"{path}.png", png.getvalue())),
        tuple(dict.fromkeys(canvas.plotted)),
    )


def _note(experiment: Experiment, marked: Sequence[tuple[Level, Measurement]]) -> Latex:
    """Which points are ringed, by column and, with groups, by group."""
    if not marked:
        return Latex("")
    groups = {
        cell.id: ", ".join(row.levels[item.name].text for item in experiment.groups())
        for row in experiment.rows
        for cell in row.cells.values()
    }
    order = {row.levels[experiment.factor].text: index for index, row in enumerate(experiment.rows)}
    parts: dict[tuple[str, str], list[Level]] = {}
    for level, cell in sorted(marked, key=lambda pair: order[pair[0].text]):
        parts.setdefault((groups[cell.id], cell.title), []).append(level)
    text = sentence(
        f"Ringed: {{% for p in parts %}}{{{{ p.what }}}} {place('p.at')}"
        "{% if not loop.last %}; {% endif %}{% endfor %}, which the audit flags (see the "
        "limitations).",
        {
            "parts": [
                {
                    "what": " of ".join(filter(None, (within(title), group))),
                    "at": at(experiment, *levels),
                }
                for (group, title), levels in parts.items()
            ],
        },
        "latex",
    )
    return Latex(text)
