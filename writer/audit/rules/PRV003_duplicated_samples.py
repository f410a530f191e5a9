"""Two runs hold the same samples.

What it checks
    Whether the latency samples of two runs behind one table are the same, value for
    value, whatever their order.

Why it matters
    Two separate runs never measure thousands of equal latencies. Where jobs that ran
    together each record every task, adding up their throughputs counts each task once
    per job, and the sum grows with the jobs although the system does not.

When it is wrong
    When the samples are few and coarse, as whole milliseconds of a handful of tasks
    are (runs of fewer than 20 samples are not compared).

Example
    Two jobs report 24.7 tasks/s each, and their lists of latencies are identical: the
    total of 49.4 tasks/s counts every task twice.
"""

from collections.abc import Iterator

from writer.audit.example import Example, ExampleRun, Outcome
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, RowRuns, bound, cells, name, place, where
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Severity
from writer.model.run import Run
from writer.verify.evidence import Evidence
from writer.verify.values import counted
from writer.words import each, listed

FEWEST = 20
"""Samples below which equal lists may be chance: coarse clocks repeat values."""


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every set of runs that share their samples."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    evidence, rows = found
    sets = [(rows_of, runs) for rows_of, runs in _sets(evidence, rows)]
    if sets:
        yield Hit(
            where=tuple(
                cell for members, _ in sets for item in members for cell in cells(item.row)
            ),
            evidence={
                "title": experiment.title,
                "sets": tuple(
                    {
                        "at": where(experiment, members[0].row),
                        "runs": counted(runs, "runs with the same samples", len(runs)),
                        "names": listed(name(run) for run in runs),
                        "samples": counted(
                            runs, "samples in each", _count(evidence, runs[0]), "samples"
                        ),
                    }
                    for members, runs in sets
                ),
            },
        )


def _count(evidence: Evidence, run: Run) -> int:
    samples = evidence.latency(run)
    return evidence.summary(samples).count if samples else 0


def _sets(
    evidence: Evidence, rows: tuple[RowRuns, ...]
) -> Iterator[tuple[list[RowRuns], list[Run]]]:
    """Runs by the fingerprint of their samples, where more than one has it."""
    groups: dict[str, list[tuple[RowRuns, Run]]] = {}
    for item in rows:
        for run in item.runs:
            samples = evidence.latency(run)
            summary = evidence.summary(samples) if samples else None
            if summary is not None and summary.count >= FEWEST:
                groups.setdefault(summary.fingerprint, []).append((item, run))
    for pairs in groups.values():
        runs = list({run.id: run for _, run in pairs}.values())
        if len(runs) > 1:
            yield list({id(item): item for item, _ in pairs}.values()), runs


_SET = "{{ s.runs|u }} " + place("s.at") + " ({{ s.names }}; {{ s.samples|u }} in each)"
_SAMPLES = tuple(float(100 + value * value % 97) + value / 7 for value in range(40))

RULE = rule(
    code="PRV003",
    name="duplicated-samples",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: the same samples stand in " + each("s", "sets", _SET),
    limitation="Runs that are reported as separate hold the same samples: "
    + each("s", "sets", _SET)
    + ". They record the same tasks, so a total over them counts each task once per run, "
    "and no growth of such a total with the number of runs is a gain in throughput.",
    settle="Recording for each run only the tasks that it submitted would give totals that can "
    "be added.",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "two jobs with one list of latencies",
            runs=(ExampleRun("job0", _SAMPLES), ExampleRun("job1", _SAMPLES)),
        ),
        Example(
            Outcome.SILENT,
            "two jobs, each with its own latencies",
            runs=(
                ExampleRun("job0", _SAMPLES),
                ExampleRun("job1", tuple(value + 0.25 for value in _SAMPLES)),
            ),
        ),
        Example(
            Outcome.NOT_APPLICABLE,
            "a table without runs",
            "threads,throughput\n1,10.0\n2,19.0",
            {"threads": {"type": "integer", "role": "factor"}, "throughput": {"type": "number"}},
        ),
    ),
)
