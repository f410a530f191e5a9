"""JUnit XML as a reader of it sees it."""

from __future__ import annotations

from junitparser import Failure, JUnitXml, Skipped

from tests.report.conftest import Reporting
from tests.report.papers import HOSTILE, PAPER
from writer.report import formats


def read(report_on: Reporting, text: str) -> JUnitXml:
    return JUnitXml.fromstring(formats()["junit"].render(report_on(text)).encode("utf-8"))


def test_one_case_per_claim_failures_for_findings_skips_with_reasons(
    report_on: Reporting,
) -> None:
    (suite,) = read(report_on, PAPER)
    assert (suite.name, suite.tests, suite.failures, suite.skipped) == ("paper.tex", 11, 3, 3)
    outcome = {
        case.name: [(type(item), item.message.split(":")[0]) for item in case.result]
        for case in suite
    }
    assert outcome["5:36 9.27 tasks/s"] == [(Failure, '"9.27 tasks/s"')]
    assert outcome["5:59 optimal"] == [(Failure, '"optimal"')]
    assert outcome["6:1 3.6×"] == []
    assert outcome["6:45 2019"] == [(Skipped, "not checked")]
    assert outcome["9:36 6.27 tasks/s"] == [(Skipped, "contradicted-claim suppressed")]


def test_a_failure_tells_the_sentence_and_the_cell(report_on: Reporting) -> None:
    (suite,) = read(report_on, PAPER)
    text = next(case.result[0].text for case in suite if case.name.endswith("9.27 tasks/s"))
    assert "paper.tex:5:36: CLM002" in text
    assert "which is optimal" in text
    assert "data/concurrency.csv:4:throughput" in text


def test_a_finding_without_a_claim_is_a_case_of_its_own(report_on: Reporting) -> None:
    text = r"It is \measured{start-delay/5/throughput}{30.65}~tasks/s at 5~s start delay."
    (suite,) = read(report_on, text)
    names = {case.name: len(case.result) for case in suite}
    assert names["missing-limitation/single-trial-start-delay"] == 1


def test_a_paper_cannot_close_an_element(report_on: Reporting) -> None:
    (suite,) = read(report_on, HOSTILE)
    assert suite.failures == sum(len(case.result) for case in suite if not case.is_skipped)


def test_characters_that_xml_forbids_are_replaced() -> None:
    from writer.report.as_junit import _clean

    assert _clean("a\x00b\x1b[31mc\ufffe\td") == "a�b�[31mc�\td"


def test_a_paper_without_claims_is_an_empty_report(report_on: Reporting) -> None:
    assert list(read(report_on, "")) == []
