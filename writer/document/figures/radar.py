"""A radar of the measured quantities, one line per level of the factor."""

from __future__ import annotations

import math

from writer.document.figures._drawing import COLOURS, LINES, MARKS, Canvas, Kind
from writer.errors import TemplateError
from writer.model.experiment import Column, Experiment


def draw(canvas: Canvas) -> None:
    """Each axis is scaled to its best value: 1 is the best measured, outwards is better."""
    experiment = canvas.experiment
    columns = _columns(experiment)
    angles = [2 * math.pi * index / len(columns) for index in range(len(columns))]
    axes = canvas.figure.add_subplot(projection="polar")
    axes.set_theta_offset(math.pi / 2)  # type: ignore[attr-defined]  # a method of polar axes
    axes.set_theta_direction(-1)  # type: ignore[attr-defined]  # likewise
    for index, row in enumerate(experiment.rows):
        level = row.levels[experiment.factor]
        values = canvas.values([(level, row.cells[column.name]) for column in columns])
        scaled = [
            _scaled(value, column, experiment)
            for value, column in zip(values, columns, strict=True)
        ]
        axes.plot(
            [*angles, angles[0]],
            [*scaled, scaled[0]],
            color=COLOURS[index % len(COLOURS)],
            linestyle=LINES[index % len(LINES)],
            marker=MARKS[index % len(MARKS)],
            label=level.text,
            clip_on=False,
        )
        canvas.ring(
            axes,
            angles,
            scaled,
            canvas.flags([(level, row.cells[column.name]) for column in columns]),
        )
    axes.set_xticks(angles, [_name(column) for column in columns])
    for text, angle in zip(axes.get_xticklabels(), angles, strict=True):
        side = math.sin(angle)
        text.set_horizontalalignment(
            "center" if abs(side) < 0.1 else "left" if side > 0 else "right"
        )
    axes.set_ylim(0, 1)
    axes.set_yticks([0.25, 0.5, 0.75, 1.0], [])
    for ring in (0.5, 1.0):  # beside the lines of the axes, on a white ground above the data
        axes.text(
            math.pi / len(columns),
            ring,
            f"{ring:g}",
            fontsize=6.5,
            horizontalalignment="center",
            verticalalignment="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            zorder=4,
        )
    axes.tick_params(axis="x", pad=3)
    canvas.figure.legend(loc="outside lower center", ncols=min(len(experiment.rows), 4))


def _columns(experiment: Experiment) -> list[Column]:
    columns = [
        column
        for column in experiment.quantities()
        if column.better and all(row.cells[column.name].known for row in experiment.rows)
    ]
    if len(columns) < 3:
        raise TemplateError(
            f"a radar of '{experiment.name}' needs three quantities that every row has",
            expected="columns with 'better' set to higher or lower, without missing cells",
        )
    return columns


def _scaled(value: float, column: Column, experiment: Experiment) -> float:
    values = [row.cells[column.name].number for row in experiment.rows]
    if min(values) <= 0:
        raise TemplateError(
            f"a radar cannot scale '{column.name}' of '{experiment.name}': a value is not positive"
        )
    return value / max(values) if column.better == "higher" else min(values) / value


def _name(column: Column) -> str:
    shown = column.title.replace(" ", "\n", 1) if len(column.title) > 12 else column.title
    return shown if column.better == "higher" else f"{shown}\n(less is better)"


KIND = Kind(
    "radar", "each quantity scaled to the best value, outwards is better", draw, (3.25, 2.15)
)
