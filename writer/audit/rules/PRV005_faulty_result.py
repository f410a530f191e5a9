"""Files behind the values of a table are wrong in themselves.

What it checks
    Whether a run behind the table has files that cannot be right: times below zero, a
    duration that is not above zero, fewer samples than completed tasks, samples that are
    no numbers, copies of the samples that differ, executions that failed. And whether
    results lie beside them that cannot be read, as one that was cut short.

Why it matters
    What such a file says besides may be wrong as well, and a mean or percentile of it is
    one of what was left. A reader who is not told takes it for a whole measurement.

When it is wrong
    When the column is no time, so that it may be below zero: then give it the unit that
    it has.

Example
    A run completed 5000 tasks, and its file of samples ends after 3100 of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from writer.audit.example import Example, ExampleRun, Outcome, factor, throughput
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import MOST_NAMES, NO_RUNS, bound, names
from writer.dataset import Dataset
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Place, Severity
from writer.model.run import Run
from writer.verify.evidence import Evidence
from writer.verify.values import counted
from writer.words import each, listed


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every fault of the files behind the table."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    runs = found[0].all_of(experiment)
    faults: dict[str, list[Run]] = {}
    for run in runs:
        for fault in dict.fromkeys(problem.fault for problem in run.problems):
            faults.setdefault(fault, []).append(run)
    unread = _unread(experiment, context.dataset, found[0])
    if faults or unread:
        yield Hit(
            where=(*_where(runs), *(Place(file, None, "") for file in unread)),
            evidence={
                "title": experiment.title,
                "faults": tuple(_fault(*item, len(runs)) for item in faults.items()),
                "unread": counted(runs, "results that cannot be read", len(unread), "results")
                if unread
                else None,
                "files": listed([*unread[:MOST_NAMES], *(["others"] * (len(unread) > MOST_NAMES))]),
            },
        )


def _unread(experiment: Experiment, dataset: Dataset, evidence: Evidence) -> list[str]:
    """Results that cannot be read, and lie nearest to this table's runs: each is told once.

    Of several tables as near it is the first that tells.
    """
    files = [item.file for item in evidence.runs.skipped if item.wrong]
    if not files:
        return []
    folders = {
        name: {_steps(run.file) for run in evidence.all_of(other)}
        for name, other in dataset.experiments.items()
        if evidence.binds(other)
    }
    found = []
    for file in files:
        near = {name: max(_shared(_steps(file), one) for one in of) for name, of in folders.items()}
        if max(near, key=near.__getitem__) == experiment.name:
            found.append(file)
    return found


def _steps(file: str) -> tuple[str, ...]:
    return tuple(file.split("/")[:-1])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many steps two paths share from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _where(runs: Sequence[Run]) -> Iterator[Place]:
    places = (Place(problem.file, problem.line, "") for run in runs for problem in run.problems)
    yield from dict.fromkeys(places)


def _fault(fault: str, runs: Sequence[Run], among: int) -> Mapping[str, object]:
    return {
        "fault": fault,
        "runs": counted(runs, f"runs with {fault}", len(runs)),
        "names": names(runs) if len(runs) < among else "",
    }


_FAULTS = each(
    "f",
    "faults",
    "{{ f.fault }} in {{ f.runs|u }}{% if f.names %} ({{ f.names }}){% endif %}",
)
_UNREAD = "{{ unread|u }} that cannot be read ({{ files }})"
_SAMPLES = tuple(float(100 + value * value % 97) for value in range(40))
_RUN = ExampleRun("a", _SAMPLES)

RULE = rule(
    code="PRV005",
    name="faulty-result",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: files of its runs are wrong: "
    + _FAULTS
    + "{% if faults and unread %}, and {% endif %}{% if unread %}"
    + _UNREAD
    + "{% endif %}",
    limitation="{% if faults %}The result files behind these values are wrong in themselves: "
    + _FAULTS
    + ". Whatever else these files say may be wrong too, and what is computed of them is no more "
    "than what the rest gives.{% endif %}{% if faults and unread %} {% endif %}"
    "{% if unread %}Not part of these values: "
    + _UNREAD
    + ". What was measured there is not known.{% endif %}",
    settle="Repeating the runs, or repairing the files from their source, would settle it; "
    "'sage-write verify --runs' names each file.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "a time below zero in one of two runs",
            runs=(_RUN, ExampleRun("b", (*_SAMPLES, -3.0))),
        ),
        Example(
            Outcome.FIRES,
            "a clock that went backwards, and fewer samples than completed tasks",
            runs=(
                ExampleRun("a", _SAMPLES, duration=-2.0),
                ExampleRun("b", _SAMPLES, tasks=90, metrics={"successful_tasks": 60}),
            ),
        ),
        Example(Outcome.SILENT, "files that hold what they say", runs=(_RUN,)),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,throughput\n1,10.0\n2,19.0",
            {"threads": factor(), "throughput": throughput()},
        ),
    ),
)
