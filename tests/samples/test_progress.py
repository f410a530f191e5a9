"""How far a long query has come is told while it runs, to whoever asks, and costs nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.progress import Progress

from writer import database
from writer.cli.output import Bar
from writer.database import watching
from writer.fanout import fan_out
from writer.model.run import Samples
from writer.samples import summarise


@pytest.fixture
def column(tmp_path: Path) -> Samples:
    """A million samples, which take longer to read than many polls."""
    path = tmp_path / "it.csv"
    lines = (str(number % 977) for number in range(1_000_000))
    path.write_text("\n".join(("x", *lines, "")), encoding="utf-8")
    return Samples("latency", "ms", "it.csv", str(path), "", "x", "csv")


def test_a_query_tells_its_share_of_the_file(
    column: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "POLLED", 0.001)
    told: list[float] = []
    with watching(told.append):
        watched = summarise([column])
    assert len(told) > 1
    assert all(0.0 <= share <= 1.0 for share in told)
    assert max(told) > min(told)
    told.clear()
    assert summarise([column]) == watched
    assert told == []


def test_threads_that_share_the_work_are_heard_of(
    column: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "POLLED", 0.001)
    told: list[float] = []
    with watching(told.append):
        fan_out(lambda item: summarise([item]), [column, column])
    assert told


def test_an_error_in_the_block_ends_the_watch() -> None:
    with pytest.raises(ZeroDivisionError), watching(print):
        raise ZeroDivisionError
    assert database._WATCH.get() is None


def test_a_bar_moves_on_with_every_pass_and_never_back() -> None:
    with Progress(disable=True) as drawn:
        bar = Bar(drawn, "aggregating", 3)
        assert bar.part is not None
        (task,) = drawn.tasks
        seen = []
        for share in (0.1, 0.9, 0.2, 0.8, 0.1):
            bar.part(share)
            seen.append(task.completed)
        assert task.description == "aggregating (10% of this pass)"
        bar("writing")
        seen.append(task.completed)
        assert seen == sorted(set(seen))
        assert (task.completed, task.description) == (1, "writing")


def test_what_is_read_is_named_with_its_size() -> None:
    with Progress(disable=True) as drawn:
        bar = Bar(drawn, "reading it", 1)
        bar.done(0, 2, 2_100_000_000)
        (task,) = drawn.tasks
        assert task.description == "reading it, 2.1 GB"
    assert Bar(None, "reading it", 1).part is None
