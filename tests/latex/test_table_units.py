"""The units and multipliers that headers and captions give to the numbers of a table."""

from __future__ import annotations

import pytest

from tests.latex.test_tables import cell, grid, table, values
from writer.model.table import PaperTable


def captioned(caption: str, rows: str, spec: str = "lrrr") -> PaperTable:
    return table(
        f"\\begin{{table}}\\caption{{{caption}}}\\begin{{tabular}}{{{spec}}}\n{rows}\n"
        "\\end{tabular}\\end{table}"
    )


def told(found: PaperTable, row: int, column: int) -> tuple[float, str]:
    one = cell(found, row, column)
    return one.value, one.unit


@pytest.mark.parametrize(
    ("header", "value", "unit"),
    [
        (r"Tput (k tx/s)", 94200, "tx/s"),
        (r"Rate (M events/s)", 94.2e6, "events/s"),
        (r"Throughput [thousand requests per second]", 94200, "requests/s"),
        (r"Revenue (thousand \$)", 94200, "$"),
        (r"Revenue (in millions of dollars)", 94.2e6, "$"),
        (r"Revenue (M\$)", 94.2e6, "$"),
        (r"Rows (thousands)", 94200, ""),
        (r"Tokens (millions)", 94.2e6, ""),
        (r"Rate ($\times 10^3$ req/s)", 94200, "req/s"),
        (r"Size (M params)", 94.2e6, "params"),
        (r"Params (M)", 94.2e6, ""),
        (r"Recall (K shots)", 94.2, ""),
        (r"Score (T cells)", 94.2, ""),
        (r"Speed (Mops/s)", 94.2, "mops/s"),
    ],
)
def test_a_multiplier_in_a_header_scales_the_numbers_below(
    header: str, value: float, unit: str
) -> None:
    found = grid(rf"Name & {header} & X \\ \hline a & 94.2 & 1.5 \\ b & 15.1 & 2.5 \\")
    assert told(found, 1, 1) == (value, unit)
    assert told(found, 1, 2) == (1.5, "")
    one = cell(found, 1, 1)
    assert one.interval.lo < one.value < one.interval.hi
    assert one.interval.width == pytest.approx(one.value * 0.1 / 94.2)


def test_a_row_gives_its_multiplier_but_not_to_a_count() -> None:
    found = grid(
        r" & Mean & N \\ \hline Share & 0.31 & 48,112 \\ Revenue (thousand \$) & 1,905 & 48,112 \\",
    )
    assert told(found, 2, 1) == (1_905_000, "$")
    assert told(found, 2, 2) == (48112, "")


def test_a_caption_gives_each_measure_its_own_unit() -> None:
    found = captioned(
        "Throughput (thousand transactions per second) and latency (s).",
        r"System & Nodes & Throughput & Latency \\ \hline A & 16 & 94.2 & 0.31 \\ "
        r"B & 4 & 15.1 & 0.47 \\",
    )
    assert [told(found, 1, column) for column in (1, 2, 3)] == [
        (16, ""),
        (94200, "transactions/s"),
        (0.31, "s"),
    ]


def test_a_caption_speaks_of_the_column_that_it_names() -> None:
    found = captioned(
        "Training on 128 GPUs. Throughput in thousand tokens per second.",
        r"Routing & Imbalance & Throughput & Dropped (\%) \\ \hline A & 3.4 & 301 & 8.8 \\ "
        r"B & 1.0 & 386 & 0.0 \\",
    )
    assert [told(found, 2, column) for column in (1, 2, 3)] == [
        (1, ""),
        (386_000, "tokens/s"),
        (0, "%"),
    ]


def test_a_caption_that_names_no_column_speaks_of_all_but_the_counts() -> None:
    found = captioned(
        "Coverage after 24 hours, in thousands of lines.",
        r"Fuzzer & GCC & LLVM & Seeds \\ \hline A & 203.0 & 188.4 & 16 \\ "
        r"B & 198.7 & 191.2 & 12 \\",
    )
    assert [told(found, 1, column) for column in (1, 2, 3)] == [
        (203_000, "lines"),
        (188_400, "lines"),
        (16, ""),
    ]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        (r"HD95 (mm) $\downarrow$", "mm"),
        ("Size (cm)", "cm"),
        ("Size, cm", "cm"),
        (r"Current ($\mu$A)", "µA"),
        ("SNR (dB)", "dB"),
        ("Angle (deg)", "°"),
        ("Density (g cm$^{-3}$)", "g cm^-3"),
        ("Area (km$^2$)", "km^2"),
        ("DM (pc cm$^{-3}$)", "pc cm^-3"),
        (r"Mass ($M_\odot$)", "M_⊙"),
        ("RV [m s$^{-1}$]", "m s^-1"),
        ("Period (days)", "days"),
        ("Depth (m)", "m"),
        ("Energy (pJ/op)", "pJ/op"),
        ("Time (ms/frame)", "ms"),
        ("Time (s, lower is better)", "s"),
        ("FIN (EUR)", ""),
        ("Model (ours)", ""),
        ("Recall (k=5)", ""),
        ("Group (n = 20)", ""),
        ("Acc (val)", ""),
        ("S3 (10 pops)", ""),
        ("Params (M)", ""),
        (r"Loss ($\times 10^3$)", ""),
        ("Panel (A)", ""),
        ("Queries (m)", ""),
        ("ViT (L)", ""),
        ("MT (N/A)", ""),
        ("Trait ($h^2$)", ""),
        ("F1 (macro)", ""),
        ("AUC (CI)", ""),
        ("Acc (MT)", ""),
        ("Train (GT)", ""),
        (r"FT (d=3)", ""),
        (r"SEED (5c, B.Acc)", ""),
    ],
)
def test_a_unit_of_measurement_in_a_header_is_kept(header: str, unit: str) -> None:
    found = grid(rf"Name & {header} & X \\ \hline a & 94.2 & 1.5 \\ b & 15.1 & 2.5 \\")
    assert (cell(found, 1, 1).unit, cell(found, 1, 2).unit) == (unit, "")


@pytest.mark.parametrize(
    ("caption", "unit"),
    [("All values in milliseconds.", "ms"), ("All values in microseconds.", "us")],
)
def test_a_caption_gives_units_of_time_written_out(caption: str, unit: str) -> None:
    found = captioned(caption, "Phase & Mean \\\\ \\hline\nSetup & 916.8 \\\\", "lr")
    assert told(found, 1, 1) == (916.8, unit)


def test_units_come_from_the_cell_its_headers_or_the_caption() -> None:
    found = table(
        r"""\begin{table}\caption{Times in seconds.}\begin{tabular}{lccccc}
        & Rate [req/s] & Acc., \% & Size (GB) $\downarrow$ & Other & Total \\ \hline
        a & 1.5 & 2.5 & 3.5 & 4.5~ms & 5.5 \\
        Latency ($\mu$s) & 1.5 & 2.5 & 3.5 & 12 & 6.5 \\
        \end{tabular}\end{table}"""
    )
    units = [each.unit for each in found.cells]
    assert units == ["req/s", "%", "GB", "ms", "s", "req/s", "%", "GB", "us", "us"]
    assert cell(found, 1, 3).columns == ("Size (GB) ↓",)


def test_a_caption_that_explains_the_unit_of_one_header_says_nothing_of_the_others() -> None:
    found = table(
        r"""\begin{table}\caption{Compute is measured in multiply-accumulates (MACs).}
        \begin{tabular}{lcc}\toprule
        Data & Compute (MACs) & Accuracy \\ \midrule
        A & 1.1 & 75.5 \\ B & 2.6 & 79.2 \\ \bottomrule\end{tabular}\end{table}"""
    )
    assert [cell.unit for cell in found.cells] == ["MACs", "", "MACs", ""]


def test_a_caption_with_a_measure_speaks_of_the_columns_of_its_statistics() -> None:
    found = table(
        r"""\begin{table}\caption{Query latency (ms) on four nodes.}\begin{tabular}{lcccc}\toprule
        Nodes & Corpus & p50 & p95 & Eff. \\ \midrule
        A & 2.5M & 39.0 & 41.5 & 0.98 \\ B & 1.2M & 40.7 & 43.7 & 0.94 \\
        \bottomrule\end{tabular}\end{table}"""
    )
    assert [cell.unit for cell in found.cells] == ["", "ms", "ms", ""] * 2


def test_headers_that_multiply_scale_the_numbers() -> None:
    found = grid(r"m & Params (M) & Loss ($\times 10^{-3}$) \\ \hline a & 25.6 & 1.5 \\ b & 7B & 2")
    assert values(found) == [25.6e6, 1.5e-3, 7e9, 2e-3]


def test_a_plural_is_no_unit_of_seconds() -> None:
    found = grid(
        r"m & Model(s) & Time(s) & Latency (s) \\ \hline a & 1 & 2 & 3 \\ b & 1 & 2 & 3 \\"
    )
    assert [each.unit for each in found.cells] == ["", "s", "s"] * 2


def test_a_percentage_in_a_name_is_no_unit() -> None:
    found = grid(r"m & BLEU & F1 \\ \hline 100\% random & 4.1 & 5.1 \\ 50\% & 6.1 & 7.1 \\")
    assert [each.unit for each in found.cells] == [""] * 4


def test_degrees_in_cells_are_numbers_with_a_unit() -> None:
    found = grid(r"Model & MAE & RMSE \\ \hline Ours & $17.65^\circ$ & 27.23\textdegree \\")
    assert [(each.rows, each.columns, each.value, each.unit) for each in found.cells] == [
        (("Ours",), ("MAE",), 17.65, "°"),
        (("Ours",), ("RMSE",), 27.23, "°"),
    ]


@pytest.mark.parametrize(
    ("printed", "first", "second"),
    [
        (r"14.90--35.92$\times$", (14.9, "x"), (35.92, "x")),
        (r"3.20--6.51s", (3.2, "s"), (6.51, "s")),
        (r"12--15\%", (12, "%"), (15, "%")),
        (r"12 / 15\%", (12, ""), (15, "%")),
    ],
)
def test_the_unit_of_a_range_in_a_cell_is_that_of_both_its_ends(
    printed: str, first: tuple[float, str], second: tuple[float, str]
) -> None:
    found = grid(rf"Name & Gain & X \\ \hline a & {printed} & 1.5 \\ b & 15.1 & 2.5 \\")
    ends = [each for each in found.cells if (each.row, each.column) == (1, 1)]
    assert [(each.value, each.unit) for each in ends] == [first, second]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        (r"$67 min.$", 67, "min"),
        (r"67 min.", 67, "min"),
        (r"3.5 hrs.", 3.5, "h"),
        (r"12 sec. (0.3)", 12, "s"),
    ],
)
def test_a_full_stop_behind_a_unit_makes_no_name(text: str, value: float, unit: str) -> None:
    found = grid(rf"Device & Time \\ \hline GTX & {text} \\ RTX & {text} \\")
    assert told(found, 1, 1) == (value, unit)
    assert cell(found, 1, 1).rows == ("GTX",)


def test_a_rate_per_thing_keeps_both_parts() -> None:
    found = grid(
        r"Name & Power (GOPS/W) & Load (QPS per node) \\ \hline a & 94.2 & 3 \\ b & 15.1 & 4 \\"
    )
    assert [told(found, 1, column) for column in (1, 2)] == [(94.2, "GOPS/W"), (3, "QPS/node")]


def test_a_mark_of_no_significance_is_no_unit_of_time() -> None:
    found = grid("A & 0.085 (ns) & 0.9 (ms) & 12 (ns)")
    assert [each.unit for each in found.cells] == ["", "ms", "ns"]


def test_the_level_of_an_interval_in_a_header_is_no_unit() -> None:
    found = grid(
        r"m & Error [95\,\% CI] & 90~\% CI & Acc., \% \\ \hline a & 1.5 & 2.5 & 3.5 \\", "lrrr"
    )
    assert [each.unit for each in found.cells] == ["", "", "%"]
