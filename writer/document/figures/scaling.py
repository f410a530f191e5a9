"""Throughput over a numeric factor on logarithmic axes, with the ideal line."""

from __future__ import annotations

from writer.document.figures._drawing import (
    COLOURS,
    LINES,
    MARKS,
    Canvas,
    Kind,
    label,
    round_log_ticks,
)
from writer.errors import TemplateError
from writer.model.experiment import Level, Sweep
from writer.model.measurement import Measurement

_DOTTED = (0, (1, 1.5))


def draw(canvas: Canvas) -> None:
    """One line per sweep; the ideal line starts at the sweep's own baseline, if measured."""
    from matplotlib.ticker import NullLocator

    experiment = canvas.experiment
    throughput = canvas.column("throughput", "total", "", "mean")
    axes = canvas.figure.add_subplot()
    levels = sorted({_position(row.levels[experiment.factor]) for row in experiment.rows})
    drawn: list[float] = []
    ideal = False
    for index, sweep in enumerate(experiment.sweeps()):
        pairs = sorted(sweep.known(throughput.name), key=lambda pair: _position(pair[0]))
        if not pairs:
            continue
        x, y = [_position(level) for level, _ in pairs], canvas.values(pairs)
        drawn.extend(y)
        colour = COLOURS[index % len(COLOURS)]
        axes.plot(
            x,
            y,
            color=colour,
            marker=MARKS[index % len(MARKS)],
            linestyle=LINES[index % 3],
            label=sweep.label or throughput.title,
        )
        canvas.ring(axes, x, y, canvas.flags(pairs))
        base = _baseline(sweep, pairs)
        if base is not None:
            start, value = base
            axes.plot(
                [start, levels[-1]],
                [value, value * levels[-1] / start],
                color=colour,
                linestyle=_DOTTED,
                linewidth=0.9,
            )
            ideal = True
    if ideal:  # one entry for all, the last of the legend
        axes.plot([], [], color="black", linestyle=_DOTTED, linewidth=0.9, label="ideal")
    axes.set_xscale("log", base=2)
    if min(drawn, default=0.0) > 0:  # a zero has no place on a logarithmic axis
        axes.set_yscale("log")
        round_log_ticks(axes.yaxis)
    axes.set_xticks(levels, [f"{level:g}" for level in levels])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel(label(experiment.column(experiment.factor)))
    axes.set_ylabel(label(throughput))
    canvas.figure.legend(loc="outside upper center", ncols=4)


def _position(level: Level) -> float:
    if level.value is None or level.value <= 0:
        raise TemplateError(
            f"the figure 'scaling' needs a factor of positive numbers; '{level.text}' is none"
        )
    return level.value


def _baseline(sweep: Sweep, pairs: list[tuple[Level, Measurement]]) -> tuple[float, float] | None:
    for level, cell in pairs:
        if level.text == sweep.experiment.baseline:
            return _position(level), cell.number
    return None


KIND = Kind("scaling", "throughput over the factor on log axes, with the ideal line", draw)
