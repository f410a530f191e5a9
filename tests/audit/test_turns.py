"""What counts as a turn of a sweep: more than chance leaves open, in runs as they come."""

from __future__ import annotations

import numpy as np
import pytest

from writer.audit.example import Example, ExampleRun, Outcome
from writer.audit.rule import Context, Hit, NotJudged
from writer.audit.rules.STA005_non_monotonic_sweep import RULE
from writer.dataset import Dataset
from writer.statistics import balance_interval
from writer.verify.evidence import gather
from writer.verify.groups import dataset_of

LEVELS = (1, 2, 4, 8)
ONE_RUN = "a quantity turns by no more than single runs of one setting may vary"


def judged(runs: list[ExampleRun]) -> tuple[set[str], set[str]]:
    """The quantities that turn, and why others were not judged."""
    runset = Example(Outcome.SILENT, "", runs=tuple(runs)).runset()
    evidence = gather(runset, Dataset({}, {}, {}))
    dataset = dataset_of(evidence.runs, evidence)
    evidence = evidence.bound_to(dataset)
    (experiment,) = dataset.experiments.values()
    found = list(RULE.check(experiment, Context(dataset, (), evidence)))
    turning = {
        str(curve["quantity"])
        for hit in found
        if isinstance(hit, Hit)
        for curve in hit.evidence["curves"]  # type: ignore[attr-defined]  # the rule's own
    }
    return turning, {item.reason for item in found if isinstance(item, NotJudged)}


def run(level: int, samples: np.ndarray, trial: int = 0, **how: object) -> ExampleRun:
    """A run of a closed loop of one client, whose throughput follows from its samples."""
    name = f"threads{level}/trial_{trial}" if trial else f"threads{level}"
    latencies = tuple(float(value) for value in samples)
    given: dict[str, object] = {"duration": sum(latencies) / 1000.0, **how}
    return ExampleRun(name, latencies, settings={"threads": level}, **given)  # type: ignore[arg-type]  # as its fields are


def drawn(seed: int, mean: float, count: int = 500) -> np.ndarray:
    return np.random.default_rng(seed).lognormal(np.log(mean) - 0.125, 0.5, count)


@pytest.mark.parametrize("seed", range(5))
def test_nothing_turns_where_every_level_is_alike(seed: int) -> None:
    generator = np.random.default_rng(seed)
    runs = [
        run(
            level,
            drawn(10 * seed + level, 100.0 * generator.normal(1.0, 0.03), 200),
            nodes=dict(zip("abcd", map(int, generator.multinomial(200, [0.25] * 4)), strict=True)),
        )
        for level in LEVELS
    ]
    for item, other in enumerate(runs):  # the balance that its counts give
        counts = np.array(list(other.nodes.values()))
        stated = {"node_balance_score": float(1 - counts.std() / counts.mean())}
        runs[item] = ExampleRun(
            other.name, other.latencies, None, other.duration, other.settings, other.nodes, stated
        )
    assert judged(runs)[0] == set()


def test_single_runs_that_lie_a_tenth_apart_are_not_judged() -> None:
    runs = [
        run(level, drawn(1, mean)) for level, mean in zip(LEVELS, (100, 90, 100, 90), strict=True)
    ]
    turning, reasons = judged(runs)
    assert (turning, ONE_RUN in reasons) == (set(), True)


def test_repeated_trials_show_a_turn_of_a_tenth() -> None:
    means = dict(zip(LEVELS, (100, 90, 100, 90), strict=True))
    runs = [
        run(level, drawn(10 * level + trial, mean * (1 + 0.002 * trial), 4000), trial)
        for level, mean in means.items()
        for trial in range(1, 6)
    ]
    turning, _ = judged(runs)
    assert {"throughput", "mean latency"} <= turning


def test_trials_that_vary_as_much_as_the_levels_show_none() -> None:
    """The samples of the trials together are many: their own interval would be narrow."""
    means = {1: 100, 2: 80, 4: 100, 8: 80}
    runs = [
        run(level, drawn(10 * level + trial, mean * (0.6 + 0.2 * trial), 4000), trial)
        for level, mean in means.items()
        for trial in range(1, 4)
    ]
    assert judged(runs)[0] == set()


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({1: (300, 300), 2: (330, 270), 4: (300, 300), 8: (320, 280)}, set()),
        ({1: (300, 300), 2: (500, 100), 4: (300, 300), 8: (500, 100)}, {"balance"}),
    ],
    ids=["as chance has it", "beyond chance"],
)
def test_a_balance_turns_beyond_what_chance_does_to_counts(
    counts: dict[int, tuple[int, int]], expected: set[str]
) -> None:
    runs = [
        run(
            level,
            drawn(3, 100.0, 600),
            nodes={"a": one, "b": other},
            metrics={"node_balance_score": 1.0 - abs(one - other) / (one + other)},
        )
        for level, (one, other) in counts.items()
    ]
    assert judged(runs)[0] == expected


def test_the_balance_of_one_node_is_no_point_of_a_curve() -> None:
    shares = ({"a": 600}, {"a": 500, "b": 100}, {"a": 300, "b": 300})
    runs = [
        run(
            level,
            drawn(3, 100.0, 600),
            nodes=nodes,
            metrics={"node_balance_score": balance},
        )
        for level, nodes, balance in zip((1, 2, 4), shares, (1.0, 1 / 3, 1.0), strict=True)
    ]
    assert judged(runs)[0] == set()


def test_the_interval_of_a_balance_covers_the_true_one() -> None:
    generator = np.random.default_rng(7)
    for shares in ([0.25] * 4, [0.4, 0.3, 0.2, 0.1], [0.7, 0.1, 0.1, 0.1]):
        true = 1.0 - np.std(shares) / np.mean(shares)
        found = [balance_interval(list(generator.multinomial(300, shares))) for _ in range(200)]
        covered = sum(item is not None and item.lo <= true <= item.hi for item in found)
        assert covered >= 0.9 * len(found)


def test_the_interval_of_a_balance_is_one_piece_whatever_formula_gives_it() -> None:
    """Above a bound the normal approximation takes over, where the two agree."""
    below = balance_interval([10_000.0 + 7_000.0, 10_000.0 - 7_000.0])
    above = balance_interval([10_000.0 + 7_100.0, 10_000.0 - 7_100.0])
    assert below is not None
    assert above is not None
    assert above.lo == pytest.approx(below.lo - 0.01, abs=2e-4)
    assert above.hi == pytest.approx(below.hi - 0.01, abs=2e-4)
    assert balance_interval([5.0]) is None
    assert balance_interval([0.0, 0.0]) is None


def test_a_time_of_zero_is_none_that_was_measured() -> None:
    runs = [
        run(level, drawn(3, 100.0), metrics={"avg_execution_latency_ms": value})
        for level, value in zip(LEVELS, (60.0, 90.0, 0.0, 0.0), strict=True)
    ]
    assert judged(runs)[0] == set()
    runs = [
        run(level, drawn(3, 100.0), metrics={"avg_execution_latency_ms": value})
        for level, value in zip(LEVELS, (60.0, 90.0, 60.0, 90.0), strict=True)
    ]
    assert judged(runs)[0] == {"mean execution latency"}
