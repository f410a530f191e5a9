"""The runner: suppressions, crashes, and what could not be judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from writer.audit.example import Example, Outcome, factor, throughput
from writer.audit.rule import Context, Hit, NotJudged, Rule
from writer.audit.runner import all_rules, audit, make_finding
from writer.config import Suppression
from writer.dataset import Dataset
from writer.errors import ConfigError, DataError, ToolError
from writer.model.experiment import Experiment
from writer.model.finding import Finding, Place, order

REASON = "each row pools five runs"


def named(name: str) -> Rule:
    return next(rule for rule in all_rules() if rule.card.name == name)


SINGLE = named("single-trial")


@pytest.mark.parametrize("rule", ["single-trial", "STA001"])
def test_a_suppression_takes_one_finding_out_and_keeps_its_reason(
    demo_dataset: Dataset, rule: str
) -> None:
    accepted = Suppression(rule, "concurrency", REASON)
    result = audit(demo_dataset, suppressions=(accepted,), selected=[SINGLE])
    assert [(item.id, item.suppressed) for item in result.suppressed] == [
        ("single-trial/concurrency", REASON)
    ]
    assert [item.experiment for item in result.findings] == [
        "job_count",
        "node_scaling",
        "schedulers",
        "start_delay",
        "task_complexity",
    ]


def test_a_suppression_without_experiment_covers_all(demo_dataset: Dataset) -> None:
    accepted = Suppression("single-trial", None, REASON)
    result = audit(demo_dataset, suppressions=(accepted,), selected=[SINGLE])
    assert result.findings == ()
    assert [item.suppressed for item in result.suppressed] == [REASON] * 6


def test_a_suppression_of_another_rule_changes_nothing(demo_dataset: Dataset) -> None:
    accepted = Suppression("littles-law", None, REASON)
    result = audit(demo_dataset, suppressions=(accepted,), selected=[SINGLE])
    assert (len(result.findings), result.suppressed) == (6, ())


def test_a_suppression_of_an_unknown_rule_is_an_error(demo_dataset: Dataset) -> None:
    accepted = Suppression("single-trail", None, REASON)
    with pytest.raises(ConfigError) as caught:
        audit(demo_dataset, suppressions=(accepted,))
    assert caught.value.message == "a suppression names the unknown rule 'single-trail'"
    assert caught.value.file == "sage-write.toml"


def test_a_rule_outside_the_audit_may_be_suppressed(demo_dataset: Dataset) -> None:
    accepted = Suppression("missing-limitation", None, REASON)
    result = audit(
        demo_dataset, suppressions=(accepted,), selected=[], known_rules=["missing-limitation"]
    )
    assert (result.findings, result.suppressed, result.runs) == ((), (), ())


def test_a_suppression_of_an_unknown_experiment_is_an_error(demo_dataset: Dataset) -> None:
    accepted = Suppression("single-trial", "concurency", REASON)
    with pytest.raises(ConfigError) as caught:
        audit(demo_dataset, suppressions=(accepted,))
    assert caught.value.message == "a suppression names the unknown experiment 'concurency'"
    assert caught.value.expected == (
        "one of concurrency, schedulers, task_complexity, job_count, start_delay, node_scaling"
    )


def _crashing(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    yield NotJudged("the first is judged, then it crashes")
    raise KeyError(experiment.factor)


def test_a_crash_names_the_rule_and_the_experiment(demo_dataset: Dataset) -> None:
    with pytest.raises(ToolError) as caught:
        audit(demo_dataset, selected=[replace(SINGLE, check=_crashing)])
    assert caught.value.message == (
        "the rule 'single-trial' crashed on 'concurrency': KeyError: 'concurrency'"
    )


def _refusing(experiment: Experiment, context: Context) -> Iterator[Hit | NotJudged]:
    context.dataset.experiment("nowhere")
    yield NotJudged("never reached")


def test_an_error_of_the_input_stays_what_it_is(demo_dataset: Dataset) -> None:
    with pytest.raises(DataError, match="there is no experiment 'nowhere'"):
        audit(demo_dataset, selected=[replace(SINGLE, check=_refusing)])


def test_what_was_not_judged_is_counted_with_its_reason(demo_dataset: Dataset) -> None:
    result = audit(demo_dataset, selected=[named("littles-law")])
    (run,) = result.runs
    reason = "the descriptor does not say what bounds the tasks in flight"
    assert run.judged == ("concurrency", "schedulers", "task_complexity")
    assert run.not_judged == (
        ("job_count", reason),
        ("start_delay", reason),
        ("node_scaling", reason),
    )
    assert run.applied is True


def test_a_rule_that_applies_nowhere_says_so(demo_dataset: Dataset) -> None:
    (run,) = audit(demo_dataset, selected=[named("percentile-order")]).runs
    assert (run.judged, len(run.not_judged), run.applied) == ((), 6, False)


def test_a_table_judged_in_part_counts_on_both_sides(demo_dataset: Dataset) -> None:
    (run,) = audit(demo_dataset, selected=[named("confounded-sweep")]).runs
    assert run.judged == ("node_scaling",)
    assert [name for name, _ in run.not_judged][-1] == "node_scaling"


def test_progress_names_each_rule_before_it_runs(demo_dataset: Dataset) -> None:
    seen: list[str] = []
    audit(demo_dataset, progress=lambda rule: seen.append(rule.card.code))
    assert seen == [rule.card.code for rule in all_rules()]


def test_findings_come_most_serious_first(demo_dataset: Dataset) -> None:
    findings = audit(demo_dataset).findings
    assert list(findings) == sorted(findings, key=order)
    assert [item.severity.value for item in findings[:3]] == ["error"] * 3
    assert findings[-1].severity.value == "note"


def test_two_audits_give_the_same(demo_dataset: Dataset) -> None:
    one, other = audit(demo_dataset), audit(demo_dataset)
    assert one.findings == other.findings
    assert one.digest == demo_dataset.digest


def test_grades_count_every_cell(demo_dataset: Dataset) -> None:
    result = audit(demo_dataset, selected=[])
    assert result.grades == {
        "raw": 0,
        "measured": 81,
        "derived": 0,
        "adjusted": 13,
        "missing": 2,
    }
    assert sum(result.grades.values()) == len(demo_dataset.cells())


def _finding(**words: object) -> Finding:
    example = Example(
        Outcome.FIRES, "", "threads,rate\n1,10.0", {"threads": factor(), "rate": throughput()}
    )
    cell = next(example.dataset().experiments["example"].measurements())
    evidence = {"title": "T", "trials": cell}
    return make_finding(SINGLE, "Node scaling", Hit((cell,), evidence, **words))  # type: ignore[arg-type]  # the words are Hit's own


def test_a_finding_is_named_after_rule_experiment_and_part() -> None:
    assert _finding().id == "single-trial/node-scaling"
    assert _finding(part="RAG mixed").id == "single-trial/node-scaling/rag-mixed"


def test_a_finding_points_at_its_cells() -> None:
    assert _finding().where == (Place("example.csv", 2, "rate"),)
