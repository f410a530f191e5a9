"""Two runs hold the same samples.

What it checks
    Whether the latency samples of two runs behind one table are the same, value for
    value, whatever their order: all of them, or at least a tenth of the run that has
    fewer, as where runs recorded each other's tasks for part of the time. Of runs behind
    different tables, whether all are the same; it is a note where one run is merely kept
    twice, with all that it reports.

Why it matters
    Two separate runs never measure thousands of equal latencies. Where jobs that ran
    together each record every task, adding up their throughputs counts each task once
    per job, and the sum grows with the jobs although the system does not.

When it is wrong
    When the samples are few and coarse, as whole milliseconds of a handful of tasks
    are (runs of fewer than 20 samples are not compared, and runs whose own values repeat
    are said to share some only where they share all).

Example
    Two jobs report 24.7 tasks/s each, and their lists of latencies are identical: the
    total of 49.4 tasks/s counts every task twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from writer.audit.example import Example, ExampleRun, Outcome
from writer.audit.rule import Context, Hit, NotJudged, rule
from writer.audit.runs import NO_RUNS, RowRuns, bound, cells, name, place, value, where
from writer.model.experiment import Experiment
from writer.model.finding import Confidence, Severity
from writer.model.run import Run
from writer.model.unit import counted as number_of
from writer.samples import Summary
from writer.setting_names import is_label
from writer.verify.evidence import TOO_MANY, Evidence
from writer.verify.overlap import FEWEST, Overlap, once, overlaps, telling
from writer.verify.values import counted, made
from writer.words import each, listed


class _Set(NamedTuple):
    """Runs that hold the same samples, the one with most samples first."""

    rows: tuple[RowRuns, ...]
    runs: tuple[Run, ...]
    pairs: tuple[Overlap, ...]


def check(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    """Yield one hit with every set of runs that share their samples."""
    found = bound(experiment, context)
    if found is None:
        yield NO_RUNS
        return
    evidence, rows = found
    many = {run.id for item in rows for run in item.runs if not evidence.loadable((run,))}
    if many:
        yield NotJudged(f"{TOO_MANY}, of {number_of(len(many), 'runs')}: parts of equal samples")
    sets = _sets(evidence, rows)
    elsewhere = _elsewhere(evidence, rows)
    if sets:
        yield Hit(
            where=tuple(
                {
                    cell.id: cell for s in sets for item in s.rows for cell in cells(item.row)
                }.values()
            ),
            evidence={
                "title": experiment.title,
                "sets": tuple(_words(experiment, evidence, item) for item in sets),
                "copies": (),
            },
        )
    if elsewhere:
        ids = {run.id for run, _ in elsewhere}
        yield Hit(
            where=tuple(
                cell
                for item in rows
                if any(run.id in ids for run in item.runs)
                for cell in cells(item.row)
            ),
            evidence={
                "title": experiment.title,
                "sets": (),
                "copies": tuple(_copy(evidence, *pair) for pair in elsewhere),
            },
            part="elsewhere",
            severity=Severity.NOTE if all(_kept_twice(*pair) for pair in elsewhere) else None,
        )


def _count(evidence: Evidence, run: Run) -> int:
    samples = evidence.latency(run)
    return evidence.summary(samples).count if samples else 0


def _sets(evidence: Evidence, rows: Sequence[RowRuns]) -> list[_Set]:
    """Runs linked by the samples that they share."""
    runs = {run.id: run for item in rows for run in item.runs}
    pairs = (*_equal(evidence, tuple(runs.values())), *overlaps(evidence, tuple(runs.values())))
    pairs = tuple(sorted(pairs, key=lambda pair: _count(evidence, pair.whole)))
    head = {key: key for key in runs}

    def leader(key: str) -> str:
        while head[key] != key:
            key = head[key]
        return key

    for pair in pairs:
        head[leader(pair.part.id)] = leader(pair.whole.id)
    sets: dict[str, list[Run]] = {}
    for run in runs.values():
        sets.setdefault(leader(run.id), []).append(run)
    return [
        _set(rows, sorted(members, key=lambda run: -_count(evidence, run)), pairs)
        for members in sets.values()
        if len(members) > 1
    ]


def _set(rows: Sequence[RowRuns], runs: Sequence[Run], pairs: Sequence[Overlap]) -> _Set:
    held = {run.id for run in runs}
    return _Set(
        tuple(item for item in rows if any(run.id in held for run in item.runs)),
        tuple(runs),
        tuple({pair.part.id: pair for pair in pairs if pair.part.id in held}.values()),
    )


class _Known:
    """Runs by what their samples come to, to find one that holds the same."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._runs: dict[str, list[tuple[Summary, Run]]] = {}

    def like(self, run: Run) -> Run | None:
        """The first run kept that holds the same samples in every respect."""
        summary = self._summary(run)
        if summary is None:
            return None
        known = self._runs.get(summary.fingerprint, ())
        return next((other for seen, other in known if seen.same_samples(summary)), None)

    def keep(self, run: Run) -> None:
        """Keep a run, if it has samples enough for equal ones to mean anything."""
        summary = self._summary(run)
        if summary is not None:
            self._runs.setdefault(summary.fingerprint, []).append((summary, run))

    def _summary(self, run: Run) -> Summary | None:
        samples = self._evidence.latency(run)
        summary = self._evidence.summary(samples) if samples is not None else None
        return summary if summary is not None and summary.count >= FEWEST else None


def _equal(evidence: Evidence, runs: Sequence[Run]) -> Iterator[Overlap]:
    """Runs whose samples come to the same in every respect, coarse as their values may be."""
    known = _Known(evidence)
    for run in runs:
        other = known.like(run)
        if other is None:
            known.keep(run)
        elif telling(evidence, run):
            count = _count(evidence, run)
            yield Overlap(run, other, count, count)


def _elsewhere(evidence: Evidence, rows: Sequence[RowRuns]) -> list[tuple[Run, Run]]:
    """Runs of this table, each with the first run of another that holds the same samples."""
    here = {run.id: run for item in rows for run in item.runs}
    known = _Known(evidence)
    for run in evidence.runs.runs:
        if run.id not in here:
            known.keep(run)
    return [
        (run, other)
        for run in here.values()
        if (other := known.like(run)) is not None and telling(evidence, run)
    ]


def _kept_twice(run: Run, other: Run) -> bool:
    """Whether two results say the same in everything, so that one is a copy of the other."""
    return _said(run) == _said(other) and run.started == other.started


def _said(run: Run) -> tuple[object, ...]:
    settings = {key: level.text for key, level in run.settings.items() if not is_label(key)}
    return settings, [(item.quantity, item.measurement.text) for item in run.reported]


def _copy(evidence: Evidence, run: Run, other: Run) -> Mapping[str, object]:
    return {
        "name": name(run),
        "other": other.id,
        "samples": counted([run], "samples", _count(evidence, run), "samples"),
        "whole": _kept_twice(run, other),
    }


def _words(experiment: Experiment, evidence: Evidence, item: _Set) -> Mapping[str, object]:
    runs = item.runs
    sizes = [_count(evidence, run) for run in runs]
    same = len(set(sizes)) == 1 and all(pair.shared == pair.size for pair in item.pairs)
    single = once(evidence, runs)
    durations = [run_time.number for run in runs if (run_time := value(run, "duration"))]
    longest = max(durations, default=0.0)
    return {
        "at": where(experiment, item.rows[0].row),
        "one": len(item.rows) == 1,
        "runs": counted(runs, "runs with the same samples", len(runs)),
        "names": listed(name(run) for run in runs),
        "same": same,
        "samples": counted(runs, "samples in each", sizes[0], "samples"),
        "largest": name(runs[0]),
        "parts": () if same else tuple(_part(pair) for pair in item.pairs),
        "sum": counted(runs, "samples of the runs added up", sum(sizes), "samples"),
        "once": None
        if single is None
        else counted(runs, "samples of the runs counted once", single, "samples"),
        "rate": made(runs, "samples counted once over the longest duration", single / longest, "/s")
        if longest and single is not None
        else None,
    }


def _part(pair: Overlap) -> Mapping[str, object]:
    runs = (pair.part, pair.whole)
    return {
        "all": pair.shared == pair.size,
        "shared": counted(runs, "samples shared", pair.shared, "samples"),
        "size": counted((pair.part,), "samples of the smaller run", pair.size, "samples"),
        "name": name(pair.part),
        "whole": name(pair.whole),
    }


_PART = (
    "{% if p.all %}all {{ p.size|u }}{% else %}{{ p.shared }} of {{ p.size|u }}{% endif %} of "
    "{{ p.name }} in {{ p.whole }}"
)
_SET = (
    "{{ s.runs|u }}{% if s.one %} "
    + place("s.at")
    + "{% endif %} ({% if s.same %}{{ s.names }}; {{ s.samples|u }} in each{% else %}"
    + each("p", "s.parts", _PART)
    + "{% endif %})"
)
_COPY = (
    "{{ c.name }} holds the {{ c.samples|u }} of {{ c.other }}"
    "{% if c.whole %} and reports the same, so that one run is kept twice{% endif %}"
)
_ONCE = (
    " Counted once, the {{ s.sum }} samples of the runs{% if s.one %} "
    + place("s.at")
    + "{% endif %} are {{ s.once }}{% if s.rate %}, or {{ s.rate }} per second of the longest of "
    "these runs"
    "{% endif %}."
)
_SAMPLES = tuple(float(100 + value * value % 97) + value / 7 for value in range(40))
_MANY = tuple(100 + value * value * 0.377 % 97 for value in range(120))
_COARSE = tuple(float(value % 9) for value in range(60))

RULE = rule(
    code="PRV003",
    name="duplicated-samples",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    doc=__doc__,
    message="{{ title }}: {% if sets %}the same samples stand in "
    + each("s", "sets", _SET)
    + "{% else %}"
    + each("c", "copies", _COPY)
    + "{% endif %}",
    limitation="{% if sets %}Runs that are reported as separate hold the same samples: "
    + each("s", "sets", _SET)
    + ". They record the same tasks, so a total over them counts each task once per run, "
    "and no growth of such a total with the number of runs is a gain in throughput."
    + "{% for s in sets if s.once %}"
    + _ONCE
    + "{% endfor %}{% else %}Runs of this experiment hold the samples of runs of another: "
    + each("c", "copies", _COPY)
    + ". They are one measurement, and neither a comparison nor an agreement between the two "
    "experiments follows from it.{% endif %}",
    settle="{% if sets %}Recording for each run only the tasks that it submitted would give totals "
    "that can be added.{% else %}Saying that one run serves both experiments, or running each "
    "anew, would settle it.{% endif %}",
    check=check,
    examples=(
        Example(
            Outcome.FIRES,
            "two jobs with one list of latencies",
            runs=(ExampleRun("job0", _SAMPLES), ExampleRun("job1", _SAMPLES)),
        ),
        Example(
            Outcome.FIRES,
            "a job that stopped earlier, all of whose latencies are in the other's list",
            runs=(ExampleRun("job0", _SAMPLES), ExampleRun("job1", _SAMPLES[:30])),
        ),
        Example(
            Outcome.FIRES,
            "two jobs of one size, a third of whose latencies are the same",
            runs=(
                ExampleRun("job0", _MANY),
                ExampleRun("job1", tuple(v + 0.5 * (i > 40) for i, v in enumerate(_MANY))),
            ),
        ),
        Example(
            Outcome.FIRES,
            "a run whose latencies are those of a run of another experiment",
            "threads,throughput\n1,4.0\n2,4.0",
            {"threads": {"type": "integer", "role": "factor"}, "throughput": {"type": "number"}},
            {"runs": {"path": "example/ours{threads}"}},
            runs=(
                ExampleRun("ours1", tuple(value + 0.25 for value in _SAMPLES)),
                ExampleRun("ours2", _SAMPLES, settings={"system": "ours"}),
                ExampleRun("baseline", _SAMPLES, settings={"system": "baseline"}),
            ),
        ),
        Example(
            Outcome.SILENT,
            "two jobs on a clock of whole milliseconds, whose few values repeat by themselves",
            runs=(ExampleRun("job0", _COARSE), ExampleRun("job1", _COARSE[:50])),
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
