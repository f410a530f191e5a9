"""Every threshold of the audit, with the reason for its value."""

from __future__ import annotations

LITTLE_SLACK = 1.10
"""Tasks in flight by Little's law may exceed the limit by this factor before the
rule speaks. The law is exact for whole busy periods (J. D. C. Little, *A Proof for
the Queuing Formula L = λW*, Operations Research 9(3), 1961); start-up and drain of
a run of thousands of tasks shift either average by a few per cent."""

RUN_VARIATION = 0.05
"""Relative difference that one run may show against another of the same setting:
commonly some per cent (T. Hoefler and R. Belli, *Scientific Benchmarking of Parallel
Computing Systems*, SC 2015). Smaller differences between single runs are not told
from chance."""

SUPERLINEAR_SLACK = 1.0 + RUN_VARIATION
"""A speedup may exceed the factor of resources by this much before the rule speaks."""

TURN_SLACK = 1.0 + RUN_VARIATION
"""A quantity turns along a sweep only if both legs differ by more than this factor, beyond
what repeated trials leave open."""

SINGLE_TURN_SLACK = 1.0 + 4.3 * RUN_VARIATION
"""The same where each level was run once, so that nothing shows how much a repeated run would
vary: eight values that vary by a standard deviation of one lie within 4.29 of each other in 95
per cent of cases (the studentized range; H. L. Harter, *Tables of Range and Studentized Range*,
Annals of Mathematical Statistics 31, 1960)."""

COMPLETE_SHARE = 1.0
"""Share of the submitted tasks that a complete run has completed."""

TAIL_PERCENTILE = 90.0
"""The lowest percentile that counts as the tail. A mean above the median is common in
latencies; above P90 it is rare: the mean of a lognormal lies there only if the
standard deviation of the logarithm exceeds 2.56 (mean exp(s²/2) against P90
exp(1.2816 s); N. L. Johnson, S. Kotz and N. Balakrishnan, *Continuous Univariate
Distributions* 1, 1994, chapter 14)."""

INVENTED_CHANCE = 0.01
"""How likely chance alone may be to make `interpolated-looking` speak of a table: the
customary level of one per cent over everything it looks at there, shared out among
its tests and looks with the correction of C. E. Bonferroni (1936)."""

INVENTED_DIGITS = 0.1
"""A cell is looked at only if chance alone meets one curve with at most this
probability: coarser cells lie on many curves and say nothing either way."""

CONSTANT_LEVELS = 3
"""Fewest levels with the same efficiency: two are a coincidence of one pair."""

SAME_LIMIT = 0.01
"""Relative difference between the durations of runs that one time limit stopped: they
end at the limit plus what cleaning up takes, seconds after minutes."""

ABOVE_ROUND = 0.002
"""A run that a limit of a round number of seconds stopped lasts this share longer at most
(and at least 0.1 s more is allowed). Chance alone meets a limit of whole minutes or
hundreds of seconds in 1.4 per cent of runs of 300 s, one with the half minutes in 1.6 per
cent of runs of 180 s, and one with tens and quarters in 1.3 per cent of those below 60 s."""

TAIL_WIDTH = 0.5
"""Half the width of a percentile's interval over the percentile, above which the rule
speaks: the ends are then a factor of three apart, and no comparison that the field
commonly makes (a doubling, a reduction by half) survives it."""

SPEEDUP_LATENCY = 10.0
"""Factor by which mean latency falls between neighbouring levels before the rule asks
what else changed: one order of magnitude."""

SPEEDUP_THROUGHPUT = RUN_VARIATION
"""Relative difference of throughput that counts as none, that of single runs."""
