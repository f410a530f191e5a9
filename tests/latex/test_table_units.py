"""The units and multipliers that headers and captions give to the numbers of a table."""

from __future__ import annotations

import pytest

from tests.latex.test_tables import cell, grid, table
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
