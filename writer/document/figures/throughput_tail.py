"""Bars of throughput with a line of tail latency over the factor."""

from __future__ import annotations

from writer.document.figures._drawing import (
    COLOURS,
    Canvas,
    Kind,
    label,
    plain_log_ticks,
    wide,
)
from writer.errors import TemplateError


def draw(canvas: Canvas) -> None:
    """Throughput on the left axis, tail latency on the right one."""
    experiment = canvas.experiment
    throughput = canvas.column("throughput", "total", "", "mean")
    tail = canvas.column("latency", "p99", "p95", "p90", "max", "mean")
    sweeps = experiment.sweeps()
    if len(sweeps) != 1:
        raise TemplateError(
            f"this figure shows one sweep; '{experiment.name}' has {len(sweeps)}",
            hint="use the figure 'scaling' for groups",
        )
    levels = [row.levels[experiment.factor].text for row in experiment.rows]
    position = {level: float(index) for index, level in enumerate(levels)}
    axes = canvas.figure.add_subplot()
    bars = sweeps[0].known(throughput.name)
    line = sweeps[0].known(tail.name)
    heights = canvas.values(bars)
    x = [position[level.text] for level, _ in bars]
    axes.bar(x, heights, width=0.6, color=COLOURS[5], edgecolor="black", linewidth=0.5)
    canvas.ring(axes, x, heights, canvas.flags(bars))
    axes.set_ylim(bottom=0)
    axes.set_xticks(list(position.values()), levels)
    axes.set_xlabel(label(experiment.column(experiment.factor)))
    axes.set_ylabel(f"{label(throughput)}, bars")
    right = axes.twinx()
    x = [position[level.text] for level, _ in line]
    y = canvas.values(line)
    right.plot(x, y, color=COLOURS[1], marker="s", linestyle="-")
    canvas.spread(right, x, line)
    canvas.ring(right, x, y, canvas.flags(line))
    if y and wide(y):
        right.set_yscale("log")
        plain_log_ticks(right.yaxis)
        right.margins(y=0.14)  # room for the ring round the highest point
    else:
        right.set_ylim(0.0, 1.15 * max(y, default=1.0))
    right.set_ylabel(f"{label(tail)}, line")


KIND = Kind("throughput_tail", "bars of throughput, a line of tail latency", draw)
