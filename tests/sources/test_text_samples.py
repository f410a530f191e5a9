"""Samples in text of other separators, packed, or with commas in their numbers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from writer.cache import Cache
from writer.config import load_config
from writer.errors import ConfigError
from writer.model.run import RunSet
from writer.model.sample_format import SampleFormat, SampleMapping
from writer.samples import load, summarise
from writer.sources import _text_samples, read_runs

pytest.importorskip("duckdb")

LATENCY = SampleMapping("*", "took", "ms", "latency", "job", "one request")
ALONE = SampleMapping("*", "took", "ms", "latency")


def save(path: Path, text: str | bytes) -> None:
    data = text.encode() if isinstance(text, str) else text
    path.write_bytes(gzip.compress(data) if path.suffix.lower() == ".gz" else data)


def means(runs: RunSet) -> dict[str, float]:
    return {
        run.id: summary.mean
        for run in runs.runs
        for summary in summarise(run.columns("latency")).values()
    }


def reason(runs: RunSet) -> str:
    assert runs.runs == ()
    (skipped,) = runs.skipped
    return skipped.reason


RECORDS = "".join(
    json.dumps({"job": job, "took": took}) + "\n"
    for job, took in (("a", 1.5), ("b", 2.5), ("a", 3.5))
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.csv.gz", "job,took\na,1.5\nb,2.5\na,3.5\n"),
        ("t.CSV.GZ", "job,took\r\na,1.5\r\nb,2.5\r\na,3.5\r\n"),
        ("t.tsv", "job\ttook\na\t1.5\nb\t2.5\na\t3.5\n"),
        ("t.tsv.gz", "job\ttook\na\t1.5\nb\t2.5\na\t3.5\n"),
        ("t.tab", "job\ttook\na\t1.5\nb\t2.5\na\t3.5\n"),
        ("t.dat", "job took\na 1.5\nb 2.5\na 3.5\n"),
        ("t.dat", "# of Monday\n# job   took\n\n  a   1.5\n b\t2.5 \n# half\na 3.5\n"),
        ("t.dat.gz", "job took\r\na 1.5\r\nb 2.5\r\na 3.5\r\n"),
        ("t.txt", "   job   took\n     a    1.5\n     b    2.5\n     a    3.5"),
        ("t.jsonl.gz", RECORDS),
        ("t.ndjson.gz", RECORDS),
    ],
)
def test_what_the_name_tells_is_read(tmp_path: Path, name: str, text: str) -> None:
    save(tmp_path / name, text)
    runs = read_runs(tmp_path, mappings=(LATENCY,))
    assert (means(runs), runs.skipped) == ({"t/a": 2.5, "t/b": 2.5}, ())
    assert list(load(runs.runs[0].samples)) == [1.5, 3.5]
    assert runs.notes() == ()
    assert [run.problems for run in runs.runs] == [(), ()]


@pytest.mark.parametrize(
    ("name", "sign", "shown"),
    [
        ("t.csv", ";", "';'"),
        ("t.csv.gz", ";", "';'"),
        ("t.csv", "\t", "a tab"),
        ("t.csv", "|", "'|'"),
        ("t.csv", "   ", "blanks"),
        ("t.tsv", ",", "','"),
        ("t.dat", ";", "';'"),
    ],
)
def test_another_separator_is_made_out_from_the_header_and_said(
    tmp_path: Path, name: str, sign: str, shown: str
) -> None:
    rows = (("job", "took"), ("a", "1.5"), ("b", "2.5"), ("a", "3.5"))
    save(tmp_path / name, "\n".join(map(sign.join, rows)))
    runs = read_runs(tmp_path, mappings=(LATENCY,))
    assert means(runs) == {"t/a": 2.5, "t/b": 2.5}
    ((file, message),) = ((note.file, note.message) for note in runs.notes())
    assert (file, f"read with {shown} between the cells" in message) == (name, True)


def test_a_header_that_two_separators_fit_is_not_guessed(tmp_path: Path) -> None:
    save(tmp_path / "t.csv", "took;x|took\n1;2|3\n")
    why = reason(read_runs(tmp_path, mappings=(ALONE,)))
    assert why.startswith("its header can be split by ';' and by '|': name the separator")


def test_the_mapping_names_the_separator_and_the_decimal_sign(tmp_path: Path) -> None:
    save(tmp_path / "t.csv", 'job;took\na;1,5\nb;"2,5"\na;3,5\na;1.000\n')
    mapping = SampleMapping("*", "took", "ms", "latency", "job", separator=";", decimal=",")
    runs = read_runs(tmp_path, mappings=(mapping,))
    assert means(runs) == {"t/a": 2.5, "t/b": 2.5}
    (summary,) = summarise(runs.runs[0].samples).values()
    assert (summary.count, summary.bad) == (2, 1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.csv", "job;took\na;1.5\nb;2,5\n"),
        ("t.csv", 'job,took\na,"2,5"\n'),
        ("t.tsv", "job\ttook\na\t2,5\n"),
        ("t.dat", "job took\na 2,5\n"),
    ],
)
def test_a_comma_in_a_number_is_never_misread(tmp_path: Path, name: str, text: str) -> None:
    save(tmp_path / name, text)
    why = reason(read_runs(tmp_path, mappings=(LATENCY,)))
    assert why.startswith("'took' has numbers such as '2,5': say decimal = ',' in the mapping")


@pytest.mark.parametrize("rows", [0, 30_000])
def test_a_line_with_more_cells_than_the_header_is_never_cut(tmp_path: Path, rows: int) -> None:
    save(tmp_path / "t.csv", "took\n" + "1\n" * rows + "1,5\n2\n")
    why = reason(read_runs(tmp_path, mappings=(ALONE,)))
    assert why.startswith("1 lines have more than 1 cells, which the header has: '1,5'; if a comma")


def test_a_line_of_other_cells_than_the_header_is_never_shifted(tmp_path: Path) -> None:
    save(tmp_path / "t.dat", "job took\na 1\na b 2\nc\n")
    why = reason(read_runs(tmp_path, mappings=(LATENCY,)))
    assert why == "2 lines have other than 2 cells, which the header has: 'a b 2'"


def test_an_empty_last_cell_and_a_short_line_are_no_fault_of_the_columns(tmp_path: Path) -> None:
    save(tmp_path / "t.csv", "job,took\na,1.5,\na\na,3.5,\n\n")
    runs = read_runs(tmp_path, mappings=(LATENCY,))
    assert means(runs) == {"t/a": 2.5}
    (summary,) = summarise(runs.runs[0].samples).values()
    assert (summary.count, summary.bad) == (2, 1)


def test_lines_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    save(tmp_path / "t.csv", b"job,took\na,1.5\n\xff\xfe,9\na,3.5\n")
    (run,) = read_runs(tmp_path, mappings=(LATENCY,)).runs
    (problem,) = run.problems
    assert problem.message == "1 lines cannot be read, the first at line 3: invalid encoding"


def test_a_file_that_unpacks_without_end_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_text_samples, "ALWAYS", 100_000)
    save(tmp_path / "t.csv.gz", "job,took\n" + "a,1\n" * 1_000_000)
    why = reason(read_runs(tmp_path, mappings=(LATENCY,)))
    assert "times its size: unpack it yourself if it is what you expect" in why


def test_numbers_that_differ_are_no_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_text_samples, "ALWAYS", 1000)
    text = "job,took\n" + "".join(f"a,{number * 7919 % 10007}\n" for number in range(10007))
    save(tmp_path / "t.csv.gz", text)
    assert means(read_runs(tmp_path, mappings=(LATENCY,))) == {"t/a": 5003}


@pytest.mark.parametrize(
    "cut",
    [b"", b"\x1f\x8b", gzip.compress(b"job,took\na,1\n" * 99, mtime=0)[:-6]],
    ids=("empty", "magic", "half"),
)
def test_a_packed_file_that_is_cut_short_is_skipped(tmp_path: Path, cut: bytes) -> None:
    (tmp_path / "t.csv.gz").write_bytes(cut)
    why = reason(read_runs(tmp_path, mappings=(LATENCY,)))
    assert why.startswith(("not gzip, or cut short", "cannot be read", "the file is empty"))
    assert str(tmp_path) not in why


@pytest.mark.parametrize("name", ["t.csv.gz", "t.tsv", "t.jsonl.gz"])
def test_without_a_mapping_the_reason_says_how_to_write_one(tmp_path: Path, name: str) -> None:
    save(tmp_path / name, "job,took\n")
    assert "[[samples]] in sage-write.toml says which column" in reason(read_runs(tmp_path))


@pytest.mark.parametrize("name", ["README.txt", "gnuplot.dat", "t.parquet.gz"])
def test_text_of_any_kind_is_not_taken_for_samples(tmp_path: Path, name: str) -> None:
    save(tmp_path / name, "some words")
    assert reason(read_runs(tmp_path)) == "no reader takes such a file"


def test_two_mappings_of_one_file_agree_on_how_it_is_laid_out(tmp_path: Path) -> None:
    save(tmp_path / "t.csv", "a;b\n1;2\n")
    mappings = (
        SampleMapping("*", "a", "ms", "latency", separator=";"),
        SampleMapping("*", "b", "ms", "wait", separator="|"),
    )
    why = reason(read_runs(tmp_path, mappings=mappings))
    assert why == "its mappings name different separators or decimal signs"


@pytest.mark.parametrize(
    ("written", "separator"),
    [
        ("';'", ";"),
        ("'tab'", "\t"),
        ('"\\t"', "\t"),
        ("'whitespace'", "whitespace"),
        ("' '", "whitespace"),
    ],
)
def test_a_separator_stands_in_the_settings(tmp_path: Path, written: str, separator: str) -> None:
    (tmp_path / "sage-write.toml").write_text(
        "[[samples]]\nfiles = '*.csv'\ncolumn = 'took'\nunit = 'ms'\nquantity = 'latency'\n"
        f"separator = {written}\ndecimal = ','\n"
    )
    (mapping,) = load_config(tmp_path).samples
    assert (mapping.separator, mapping.decimal) == (separator, ",")


@pytest.mark.parametrize("line", ["separator = '::'", "separator = '.'", "decimal = ';'"])
def test_a_sign_that_separates_nothing_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "sage-write.toml").write_text(
        "[[samples]]\nfiles = 'a'\ncolumn = 'x'\nunit = 'ms'\nquantity = 'latency'\n" + line
    )
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert (caught.value.line, caught.value.message.split(" is ")[0]) == (
        6,
        f"'{line.split()[0]}'",
    )


SIGNS = st.sampled_from([",", ";", "\t", "|", "whitespace"])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sign=SIGNS,
    packed=st.booleans(),
    comma=st.booleans(),
    values=st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=20),
)
def test_what_is_written_is_read_whatever_the_layout(
    tmp_path: Path, sign: str, packed: bool, comma: bool, values: list[float]
) -> None:
    between = {"whitespace": "  "}.get(sign, sign)
    quote = '"' if comma and sign == "," else ""
    lines = [between.join(("n", "took"))]
    for number, value in enumerate(values):
        text = f"{value!r}".replace(".", "," if comma else ".")
        lines.append(between.join((str(number), f"{quote}{text}{quote}")))
    file = tmp_path / ("t.csv.gz" if packed else "t.csv")
    for old in tmp_path.iterdir():
        old.unlink()
    save(file, "\n".join(lines) + "\n")
    mapping = SampleMapping(
        "*", "took", "ms", "latency", separator=sign, decimal="," if comma else "."
    )
    (run,) = read_runs(tmp_path, mappings=(mapping,)).runs
    assert list(load(run.samples)) == sorted(values)


@given(
    kind=st.sampled_from(["csv", "jsonl"]),
    sign=SIGNS,
    packed=st.booleans(),
    header=st.lists(st.text(max_size=5), max_size=3),
    skip=st.integers(0, 9),
)
def test_a_format_is_its_token(
    kind: str, sign: str, packed: bool, header: list[str], skip: int
) -> None:
    form = SampleFormat(kind, sign, ".", packed, tuple(header), skip)
    assert SampleFormat.of(form.token) == form


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.dat"])
def test_the_same_bytes_are_checked_once(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = " " if name.endswith("dat") else ","
    raw = tmp_path / "raw"
    raw.mkdir()
    save(raw / name, f"job{sign}took\na{sign}1.5\nb{sign}2.5\n")
    cache = Cache(tmp_path / "facts.sqlite")
    first = read_runs(raw, mappings=(LATENCY,), cache=cache)

    def again(*_: object) -> None:
        raise AssertionError("the file was looked at again")

    monkeypatch.setattr("writer.sources._sample_files.checked", again)
    monkeypatch.setattr("writer.sources._sample_files.unpacked", again)
    assert read_runs(raw, mappings=(LATENCY,), cache=cache) == first
