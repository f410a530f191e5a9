"""Every threshold of the audit, with the reason for its value."""

from __future__ import annotations

LITTLE_SLACK = 1.10
"""Tasks in flight by Little's law may exceed the limit by this factor before the
rule speaks. The law is exact for whole busy periods (J. D. C. Little, *A Proof for
the Queuing Formula L = λW*, Operations Research 9(3), 1961); start-up and drain of
a run of thousands of tasks shift either average by a few per cent."""

SUPERLINEAR_SLACK = 1.05
"""A speedup may exceed the factor of resources by this much before the rule speaks:
run-to-run variation of a throughput is commonly some per cent (T. Hoefler and
R. Belli, *Scientific Benchmarking of Parallel Computing Systems*, SC 2015)."""

COMPLETE_SHARE = 1.0
"""Share of the submitted tasks that a complete run has completed."""
