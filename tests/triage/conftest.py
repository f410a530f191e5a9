"""The fixtures of the reports."""

from tests.report.conftest import audited, report_on, result_of

__all__ = ["audited", "report_on", "result_of"]
