"""What the numbers of a table or figure rest on, for its caption."""

from __future__ import annotations

from collections.abc import Mapping

from writer.model.experiment import Experiment
from writer.model.measurement import Measurement
from writer.prose import Latex, latex_number


def basis(experiment: Experiment) -> Latex:
    """The sentence that says how many samples, runs or trials a row rests on.

    Empty where neither the descriptor nor any run says so.
    """
    given = experiment.basis
    repeated = any(row.trials for row in experiment.rows)
    if "least" in given:
        return Latex(_samples(given, repeated=repeated))
    if given and repeated:
        runs = latex_number(given["runs"])
        return Latex(
            f"Each row is the mean over $n={runs}$ trials; brackets are 95\\,\\% intervals of it, "
            "and below them stand the least and the most of the trials."
        )
    if experiment.trials is not None:
        word = "run" if experiment.trials.value == 1 else "trials"
        return Latex(f"$n={latex_number(experiment.trials)}$ {word} per row.")
    return Latex("")


def _samples(given: Mapping[str, Measurement], *, repeated: bool) -> str:
    least, most = latex_number(given["least"]), latex_number(given["most"])
    size = most if given["least"] == given["most"] else f"{least} to {most}"
    several = (given["runs"].value or 0.0) > 1.0
    runs = latex_number(given["runs"])
    behind = (
        ""
        if not several
        else f", from {runs} trials"
        if repeated
        else f", from {runs}~runs at most"
    )
    means = ", and of the mean over the trials" if repeated else ""
    extent = " Below them stand the least and the most of the trials." if repeated else ""
    return (
        f"Recomputed from raw samples: $n$ is {size} per row{behind}; brackets and bars are "
        f"95\\,\\% intervals of the mean and of the percentile, from the samples{means}.{extent}"
    )
