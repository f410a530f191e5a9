"""Runs that hold samples of one another, whole or in part."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cli.test_runs import write_run
from writer.dataset import Dataset
from writer.model.run import Samples
from writer.samples import load
from writer.sources import read_runs
from writer.verify.evidence import Evidence, gather
from writer.verify.overlap import once, overlaps

LONG = np.random.default_rng(1).lognormal(3, 0.5, 4000)


def evidence(folder: Path, **samples: np.ndarray) -> Evidence:
    for name, values in samples.items():
        write_run(folder / f"{name}_metrics.json", values.tolist())
    return gather(read_runs(folder), Dataset({}, {}, {}))


def found(given: Evidence) -> list[tuple[str, str, int, int]]:
    pairs = overlaps(given, given.runs.runs)
    return [(pair.part.id, pair.whole.id, pair.shared, pair.size) for pair in pairs]


@pytest.mark.parametrize("size", [4000, 3999, 1000, 80])
def test_a_run_whose_samples_are_all_in_another_is_found(tmp_path: Path, size: int) -> None:
    part = np.random.default_rng(2).permutation(LONG)[:size]
    given = evidence(tmp_path, a=part, b=LONG)
    assert found(given) == [("a", "b", size, size)]
    assert once(given, given.runs.runs) == 4000


@pytest.mark.parametrize("size", [40, 200, 1000])
@pytest.mark.parametrize("seed", [5, 6, 7])
def test_a_small_run_is_found_in_one_a_thousand_times_as_large(
    tmp_path: Path, size: int, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    whole = generator.lognormal(3, 0.5, 1000 * 40)
    alone = generator.lognormal(3, 0.5, size // 2)
    part = np.concatenate([generator.permutation(whole)[: size - len(alone)], alone])
    given = evidence(tmp_path, a=part, b=whole, c=generator.lognormal(3, 0.5, 3000))
    assert found(given) == [("a", "b", size - len(alone), size)]


def test_a_tenth_of_a_run_is_enough_and_less_is_not(tmp_path: Path) -> None:
    other = LONG + 0.123456
    tenth = evidence(tmp_path / "tenth", a=np.concatenate([LONG[:120], other[:1080]]), b=LONG)
    assert found(tenth) == [("a", "b", 120, 1200)]
    assert once(tenth, tenth.runs.runs) == 5080
    less = evidence(tmp_path / "less", a=np.concatenate([LONG[:110], other[:1090]]), b=LONG)
    assert found(less) == []


@pytest.mark.parametrize("size", [40, 200, 1200, 4000])
@pytest.mark.parametrize("decimals", [1, 2, 3])
def test_rounded_latencies_of_separate_runs_share_nothing(
    tmp_path: Path, size: int, decimals: int
) -> None:
    generator = np.random.default_rng(size + decimals)
    given = evidence(
        tmp_path,
        a=np.round(generator.lognormal(3, 0.5, size), decimals),
        b=np.round(generator.lognormal(3.2, 0.4, 4000), decimals),
    )
    assert found(given) == []


def test_separate_runs_and_coarse_clocks_share_nothing(tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    given = evidence(
        tmp_path,
        a=LONG,
        b=generator.lognormal(3, 0.5, 4000),
        c=np.round(LONG),
        d=np.round(generator.lognormal(3, 0.5, 4000)),
    )
    assert found(given) == []


def test_hundredths_that_meet_by_chance_share_nothing(tmp_path: Path) -> None:
    generator = np.random.default_rng(4)
    given = evidence(
        tmp_path,
        a=np.round(generator.lognormal(3, 0.5, 900), 2),
        b=np.round(generator.lognormal(3, 0.5, 4000), 2),
    )
    assert found(given) == []


def test_what_is_kept_in_memory_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = evidence(tmp_path, a=LONG[:1000], b=LONG, c=LONG * 1.5, d=LONG[500:1500])
    expected = found(given)
    assert {pair[:2] for pair in expected} == {("a", "b"), ("d", "b"), ("a", "d")}
    monkeypatch.setattr("writer.verify.evidence.HELD", 0)
    again = gather(read_runs(tmp_path), Dataset({}, {}, {}))
    assert found(again) == expected


def test_samples_are_read_again_only_where_not_all_fit_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("writer.verify.evidence.HELD", 8000)
    given = evidence(tmp_path, a=LONG, b=LONG * 1.5, c=LONG * 2.5, d=LONG * 3.5)
    read: list[str] = []

    def counting(columns: list[Samples]) -> np.ndarray:
        read.extend(item.file[0] for item in columns)
        return load(columns)

    monkeypatch.setattr("writer.verify.evidence.load", counting)
    runs = {run.id: run for run in given.runs.runs}
    for name in "abccddcab":
        given.pooled([runs[name]])
    assert "".join(read) == "abcdc"


def test_samples_too_many_to_be_in_memory_together_are_not_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = evidence(tmp_path, a=LONG[:3000], b=LONG)
    monkeypatch.setattr("writer.samples._load.MAX_LOADED", 5000)
    assert once(given, given.runs.runs) is None
