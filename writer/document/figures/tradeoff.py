"""Throughput against tail latency, one point per level, joined in the table's order."""

from __future__ import annotations

from writer.document.figures._drawing import COLOURS, Canvas, Kind, label, plain_log_ticks, wide


def draw(canvas: Canvas) -> None:
    """Up and to the left is better: more throughput, a shorter tail."""
    experiment = canvas.experiment
    throughput = canvas.column("throughput", "total", "", "mean")
    tail = canvas.column("latency", "p99", "p95", "p90", "max", "mean")
    factor = experiment.column(experiment.factor)
    axes = canvas.figure.add_subplot()
    for index, sweep in enumerate(experiment.sweeps()):
        rows = [
            row
            for row in sweep.rows
            if row.cells[throughput.name].known and row.cells[tail.name].known
        ]
        across = [(row.levels[sweep.factor], row.cells[tail.name]) for row in rows]
        up = [(row.levels[sweep.factor], row.cells[throughput.name]) for row in rows]
        x, y = canvas.values(across), canvas.values(up)
        axes.plot(x, y, color=COLOURS[index % len(COLOURS)], marker="o", label=sweep.label or None)
        flags = zip(canvas.flags(across), canvas.flags(up), strict=True)
        canvas.ring(axes, x, y, [one or other for one, other in flags])
        for level, one, other in zip((pair[0] for pair in across), x, y, strict=True):
            unit = f" {factor.unit}" if factor.unit not in ("", "1") else ""
            axes.annotate(
                f"{level.text}{unit}",
                (one, other),
                textcoords="offset points",
                xytext=(6, -9),
                fontsize=7.5,
            )
        if wide(x):
            axes.set_xscale("log")
            plain_log_ticks(axes.xaxis)
    if experiment.groups():
        axes.legend()
    axes.margins(0.14)
    axes.set_xlabel(label(tail))
    axes.set_ylabel(label(throughput))


KIND = Kind("tradeoff", "throughput against tail latency, one point per level", draw)
