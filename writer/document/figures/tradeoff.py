"""Throughput against tail latency, one point per level, joined in the table's order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from writer.document.figures._drawing import (
    COLOURS,
    LINES,
    MARKS,
    Canvas,
    Kind,
    label,
    plain_log_ticks,
    wide,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_AROUND = tuple(2 * math.pi * (step + 0.5) / 12 for step in range(12))
_REACH = 11.0
"""Distance of a label's centre from its point, in points (1/72 inch)."""

_FONT = 7.5
_STEPS = 24
"""Pieces a line is cut into when labels look for room beside it."""

Spot = tuple[float, float]


def draw(canvas: Canvas) -> None:
    """Up and to the left is better: more throughput, a shorter tail."""
    experiment = canvas.experiment
    throughput = canvas.column("throughput", "total", "", "mean")
    tail = canvas.column("latency", "p99", "p95", "p90", "max", "mean")
    factor = experiment.column(experiment.factor)
    unit = f" {factor.unit}" if factor.unit not in ("", "1") else ""
    axes = canvas.figure.add_subplot()
    lines: list[list[Spot]] = []
    names: list[tuple[str, Spot]] = []
    for index, sweep in enumerate(experiment.sweeps()):
        rows = [
            row
            for row in sweep.rows
            if row.cells[throughput.name].known and row.cells[tail.name].known
        ]
        across = [(row.levels[sweep.factor], row.cells[tail.name]) for row in rows]
        up = [(row.levels[sweep.factor], row.cells[throughput.name]) for row in rows]
        x, y = canvas.values(across), canvas.values(up)
        axes.plot(
            x,
            y,
            color=COLOURS[index % len(COLOURS)],
            linestyle=LINES[index % len(LINES)],
            marker=MARKS[index % len(MARKS)],
            label=sweep.label or None,
        )
        flags = zip(canvas.flags(across), canvas.flags(up), strict=True)
        canvas.ring(axes, x, y, [one or other for one, other in flags])
        lines.append(list(zip(x, y, strict=True)))
        names.extend(
            (f"{level.text}{unit}", spot)
            for (level, _), spot in zip(across, lines[-1], strict=True)
        )
    if experiment.groups():
        axes.legend()
    axes.margins(0.16)
    values = [x for line in lines for x, _ in line]
    if values and wide(values):
        axes.set_xscale("log")
        plain_log_ticks(axes.xaxis)
    axes.set_xlabel(label(tail))
    axes.set_ylabel(label(throughput))
    _name_points(axes, names, lines)


def _name_points(
    axes: Axes, names: Sequence[tuple[str, Spot]], lines: Sequence[Sequence[Spot]]
) -> None:
    """Write each level beside its point, where most room is."""
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]  # the figure's own axes
    frame = axes.get_window_extent()
    dots = 72.0 / axes.figure.dpi
    taken = [spot for line in lines for spot in _along([_place(axes, spot) for spot in line])]
    for name, spot in names:
        x, y = _place(axes, spot)
        half = 0.25 * _FONT * len(name)  # a letter is about half as wide as high

        def room(angle: float, x: float = x, y: float = y, half: float = half) -> float:
            across, up = x + (_REACH + half / 2) * math.cos(angle), y + _REACH * math.sin(angle)
            if not (
                frame.x0 * dots + half < across < frame.x1 * dots - half
                and frame.y0 * dots + _FONT / 2 < up < frame.y1 * dots - _FONT / 2
            ):
                return -1.0
            return min(math.hypot(max(abs(across - a) - half, 0.0), up - b) for a, b in taken)

        angle = max(_AROUND, key=lambda angle: round(room(angle), 3))
        shift = ((_REACH + half / 2) * math.cos(angle), _REACH * math.sin(angle))
        axes.annotate(
            name,
            spot,
            textcoords="offset points",
            xytext=shift,
            fontsize=_FONT,
            horizontalalignment="center",
            verticalalignment="center",
        )
        taken.append((x + shift[0], y + shift[1]))


def _place(axes: Axes, spot: Spot) -> Spot:
    """Where a point lies in the figure, in points."""
    x, y = axes.transData.transform(spot) * (72.0 / axes.figure.dpi)
    return float(x), float(y)


def _along(spots: Sequence[Spot]) -> list[Spot]:
    """The spots and, between neighbours, points of the line that joins them."""
    between = [
        (a + (c - a) * step / _STEPS, b + (d - b) * step / _STEPS)
        for (a, b), (c, d) in pairwise(spots)
        for step in range(1, _STEPS)
    ]
    return [*spots, *between]


KIND = Kind("tradeoff", "throughput against tail latency, one point per level", draw)
