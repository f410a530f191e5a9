"""Figures: what they draw, what they ring, and that a reader can make them out."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.document.rendering import of_demo, set_cell
from writer.cli.project import open_project
from writer.dataset import Dataset
from writer.document.figures import Canvas, Kind, draw, kinds
from writer.document.figures._drawing import COLOURS, LINES, MARKS, house_style, wide
from writer.errors import SageWriteError
from writer.sources import read

DEMO = {
    "concurrency": "throughput_tail",
    "schedulers": "radar",
    "start_delay": "tradeoff",
    "node_scaling": "scaling",
}


def canvas(
    dataset: Dataset, name: str, kind: str | None = None, flagged: tuple[str, ...] = ()
) -> Canvas:
    """The figure of an experiment as matplotlib holds it, laid out."""
    from matplotlib.figure import Figure

    chosen: Kind = kinds()[kind or DEMO[name]]
    with house_style():
        figure = Figure(figsize=chosen.size, layout="constrained", dpi=72)
        drawn = Canvas(dataset.experiments[name], flagged, figure)
        chosen.draw(drawn)
        figure.draw_without_rendering()
    return drawn


def texts(drawn: Canvas) -> list[Any]:
    """Every piece of text that is shown."""
    found: list[Any] = [text for legend in drawn.figure.legends for text in legend.get_texts()]
    for axes in drawn.figure.axes:
        found.extend(axes.texts)
        for axis in filter(lambda axis: axis.get_visible(), (axes.xaxis, axes.yaxis)):
            low, high = sorted(axis.get_view_interval())
            ticks = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True)
            found.extend((axis.label, *(text for at, text in ticks if low <= at <= high)))
    return [item for item in found if item.get_text() and item.get_visible()]


def heights(line: Any) -> tuple[float, ...]:
    """What a line shows."""
    return tuple(map(float, line.get_ydata()))


def test_the_kinds() -> None:
    assert sorted(kinds()) == ["radar", "scaling", "throughput_tail", "tradeoff"]


@pytest.mark.parametrize(
    ("name", "quantities"),
    [
        ("concurrency", {"throughput", "p99_latency"}),
        ("schedulers", {"throughput", "avg_latency", "p99_latency", "balance"}),
        ("start_delay", {"throughput", "p99_latency"}),
        ("node_scaling", {"throughput"}),
    ],
)
def test_every_known_cell_is_drawn_and_no_other(
    name: str, quantities: set[str], demo_dataset: Dataset
) -> None:
    experiment = demo_dataset.experiments[name]
    drawing = draw(DEMO[name], experiment, (), "figures/x")
    cells = {
        cell.id
        for row in experiment.rows
        for cell in row.cells.values()
        if cell.quantity in quantities and cell.known
    }
    assert {item.id for item in drawing.plotted} == cells
    assert [file.path for file in drawing.files] == ["figures/x.pdf", "figures/x.png"]
    assert drawing.files[0].data.startswith(b"%PDF-")
    assert drawing.files[1].data.startswith(b"\x89PNG")


def test_the_heights_are_the_measured_values(demo_dataset: Dataset) -> None:
    left, right = canvas(demo_dataset, "concurrency").figure.axes
    bars: list[Any] = list(left.patches)
    assert [bar.get_height() for bar in bars] == [2.01, 3.93, 7.27, 13.30, 16.61]
    (line,) = right.lines
    assert list(heights(line)) == [2396.9, 1076.8, 457.9, 210654.6, 13268.4]


def test_a_user_s_matplotlibrc_changes_nothing(demo_dataset: Dataset) -> None:
    import matplotlib as mpl

    experiment = demo_dataset.experiments["concurrency"]
    first = draw("throughput_tail", experiment, (), "x")
    with mpl.rc_context({"font.size": 30.0, "axes.facecolor": "red"}):
        again = draw("throughput_tail", experiment, (), "x")
        assert mpl.rcParams["font.size"] == 30.0
    assert again.files == first.files


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("throughput_tail", "node_scaling", "needs a column of latency"),
        ("tradeoff", "node_scaling", "needs a column of latency"),
        ("radar", "start_delay", "needs three quantities that every row has"),
        ("scaling", "schedulers", "needs a factor of positive numbers; 'FIFO' is none"),
        ("scaling", "start_delay", "needs a factor of positive numbers; '0' is none"),
        ("pie", "schedulers", "there is no figure 'pie'"),
    ],
)
def test_what_the_table_lacks_is_said(
    kind: str, name: str, message: str, demo_dataset: Dataset
) -> None:
    with pytest.raises(SageWriteError) as caught:
        draw(kind, demo_dataset.experiments[name], (), "x")
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("values", "logarithmic"),
    [((1.0, 20.0), False), ((1.0, 20.1), True), ((0.0, 500.0), False), ((-5.0, 500.0), False)],
)
def test_an_axis_is_logarithmic_only_where_the_range_needs_it(
    values: tuple[float, ...], logarithmic: bool
) -> None:
    assert wide(values) is logarithmic


def test_the_tail_over_concurrency_needs_one_and_the_staggered_start_does_not(
    demo_dataset: Dataset,
) -> None:
    scales = [axes.get_yscale() for axes in canvas(demo_dataset, "concurrency").figure.axes]
    assert scales == ["linear", "log"]
    (axes,) = canvas(demo_dataset, "start_delay").figure.axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "linear")


def test_a_small_range_of_tails_has_an_axis_from_zero(copy_of_demo: Path) -> None:
    set_cell(copy_of_demo, "concurrency", {"concurrency": "8"}, "p99_latency", "1100.5")
    set_cell(copy_of_demo, "concurrency", {"concurrency": "16"}, "p99_latency", "1300.5")
    _, right = canvas(read(copy_of_demo, copy_of_demo / "data"), "concurrency").figure.axes
    assert (right.get_yscale(), right.get_ylim()[0]) == ("linear", 0.0)


def test_a_throughput_of_zero_is_drawn(copy_of_demo: Path) -> None:
    set_cell(
        copy_of_demo, "node_scaling", {"pipeline": "Mixed", "nodes": "8"}, "throughput", "0.00"
    )
    (axes,) = canvas(read(copy_of_demo, copy_of_demo / "data"), "node_scaling").figure.axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "linear")


def test_a_group_without_any_value_is_left_out(copy_of_demo: Path) -> None:
    for nodes in ("4", "8", "16"):
        levels = {"pipeline": "Mixed", "nodes": nodes}
        set_cell(copy_of_demo, "node_scaling", levels, "throughput", "")
    data = read(copy_of_demo, copy_of_demo / "data")
    (legend,) = canvas(data, "node_scaling").figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["Compute", "RAG", "ideal"]


def test_a_table_without_any_value_gives_an_empty_figure(copy_of_demo: Path) -> None:
    for delay in ("0", "1", "2", "5"):
        set_cell(copy_of_demo, "start_delay", {"start_delay": delay}, "p99_latency", "")
    data = read(copy_of_demo, copy_of_demo / "data")
    drawing = draw("tradeoff", data.experiments["start_delay"], (), "x")
    assert drawing.plotted == ()


def test_the_ideal_line_starts_at_the_measured_baseline(demo_dataset: Dataset) -> None:
    (axes,) = canvas(demo_dataset, "node_scaling").figure.axes
    ideal = [
        heights(line)
        for line in axes.lines
        if len(heights(line)) == 2 and line.get_marker() == "None"
    ]
    assert ideal == [(38.34, 38.34 * 16), (1.86, 1.86 * 16)]


def test_flagged_points_are_ringed_and_named_in_the_caption(demo: Path) -> None:
    project = open_project(demo)
    flagged = (
        "node-scaling/compute/16/throughput",
        "node-scaling/compute/8/throughput",
        "node-scaling/rag/1/throughput",
    )
    drawing = draw("scaling", project.dataset.experiments["node_scaling"], flagged, "x")
    assert drawing.flagged
    assert drawing.note == (
        r"Ringed: throughput of RAG at \measured{node-scaling/rag/1/nodes}{1} node; "
        r"throughput of Compute at \measured{node-scaling/compute/8/nodes}{8} and "
        r"\measured{node-scaling/compute/16/nodes}{16} nodes, which the audit flags "
        r"(see the limitations)."
    )
    drawn = canvas(project.dataset, "node_scaling", flagged=flagged)
    rings = [
        y
        for line in drawn.figure.axes[0].lines
        if line.get_markerfacecolor() == "none"
        for y in heights(line)
    ]
    assert sorted(rings) == [1.86, 18.51, 39.43]


def test_without_flagged_points_the_caption_has_no_note(demo_dataset: Dataset) -> None:
    drawing = draw("tradeoff", demo_dataset.experiments["start_delay"], (), "x")
    assert (drawing.note, drawing.flagged) == ("", False)


@pytest.mark.parametrize("name", DEMO)
def test_no_text_is_cut_off_or_covers_other_text(name: str, demo_dataset: Dataset) -> None:
    drawn = canvas(demo_dataset, name)
    width, height = drawn.figure.bbox.width, drawn.figure.bbox.height
    shown = texts(drawn)
    assert len(shown) > 8
    boxes = [(item.get_text(), item.get_window_extent()) for item in shown]
    for _, box in boxes:
        assert box.x0 >= -0.5
        assert box.y0 >= -0.5
        assert box.x1 <= width + 0.5
        assert box.y1 <= height + 0.5
    covered = [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
    assert covered == []


def test_the_names_of_points_cover_no_point(demo_dataset: Dataset) -> None:
    drawn = canvas(demo_dataset, "start_delay")
    (axes,) = drawn.figure.axes
    points = axes.transData.transform(axes.lines[0].get_xydata())
    names = [item.get_window_extent() for item in axes.texts]
    assert len(names) == 4
    assert not [(box, point) for box in names for point in points if box.contains(*point)]


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_bars_and_line_differ_in_grey_and_stand_out_from_paper() -> None:
    bars, line = _luminance(COLOURS[5]), _luminance(COLOURS[1])
    assert (bars + 0.05) / (line + 0.05) > 1.5
    for colour in COLOURS[:3]:  # lines on white: WCAG asks 3 of graphics
        assert 1.05 / (_luminance(colour) + 0.05) > 3.0


@pytest.mark.parametrize("name", ["schedulers", "node_scaling"])
def test_series_differ_by_mark_and_line_and_not_by_colour_alone(
    name: str, demo_dataset: Dataset
) -> None:
    (axes,) = canvas(demo_dataset, name).figure.axes
    series = [line for line in axes.lines if line.get_marker() in MARKS]
    assert len(series) == 3
    for attribute in ("get_marker", "get_linestyle", "get_color"):
        assert len({getattr(line, attribute)() for line in series}) == 3
    assert len(COLOURS) == len(MARKS) == len(LINES)


@pytest.mark.tools
@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler's pdffonts is not here")
def test_fonts_are_embedded_as_truetype(tmp_path: Path) -> None:
    drawn = [file for file in of_demo().files if file.path.endswith(".pdf")]
    assert len(drawn) == 4
    for file in drawn:
        path = tmp_path / Path(file.path).name
        path.write_bytes(file.data)
        listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
        fonts = listed.stdout.splitlines()[2:]
        assert fonts
        for font in fonts:
            assert "TrueType" in font
            assert font.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, unicode
