"""Papers for the reports, held against the demo's data."""

from __future__ import annotations

PAPER = r"""\documentclass{article}
\title{Seven <b>schedulers</b>}
\begin{document}
\begin{abstract}
At concurrency 4 the throughput is 9.27~tasks/s, which is optimal,
3.6$\times$ that of concurrency 1. By June, 2019, and in Tables~1 and 2, it was not.
\end{abstract}
\section{Introduction}
At concurrency 4 the throughput is 6.27~tasks/s.  % sage-write: allow CLM002 because: a typo
At concurrency 4 the throughput is 5.27~tasks/s, as said.
\end{document}
"""
"""One claim of every kind: contradicted, unsupported, supported, not checked, allowed."""

OWN_TABLE = r"""\begin{document}
\begin{abstract}
Ours reaches 84.2\% accuracy on the test set, 3.1 points above ResNet.
\end{abstract}
\begin{table}\caption{Accuracy <i>of</i> all.}\label{tab:main}
\begin{tabular}{lrr}
Method & Test accuracy (\%) & Size\\\hline
ResNet & 81.1 & 17\\
Ours & \textbf{84.2} & </table><script>document.title = "taken"</script>\\
\end{tabular}
\end{table}
\end{document}
"""
"""Claims that the paper's own table supports."""

HOSTILE = r"""\begin{abstract}
</p><script>document.title = "taken"</script> <img src=x onerror="document.title='taken'">
At concurrency 4 the throughput is 9.27 tasks/s"><script>document.title = 'taken'</script>.
]]></failure> ::error file=/etc/passwd::taken %0A \& {{ 7*7 }} &#x3c;
\end{abstract}
"""
"""A paper that would take over its report."""
