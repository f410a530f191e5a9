"""What the numbers of a table or figure rest on, for its caption."""

from __future__ import annotations

from writer.model.experiment import Experiment
from writer.model.number import ends
from writer.prose import Latex, latex_number

_LEVEL = "95\\,\\%"


def basis(experiment: Experiment, kind: str = "table") -> Latex:
    """The sentence that says how many samples, runs or trials a row rests on.

    Empty where neither the descriptor nor any run says so.

    Args:
        experiment: the table.
        kind: ``table``, where intervals stand in brackets below the values, or
            ``figure``, where they are bars.
    """
    given, sign = experiment.basis, "brackets" if kind == "table" else "bars"
    repeated = any(row.trials for row in experiment.rows)
    extent = " Below them stand the least and the most of the trials." if kind == "table" else ""
    if "least" in given:
        return Latex(_samples(experiment, sign) + (extent if repeated else ""))
    if given and repeated:
        trials = latex_number(given["runs"])
        return Latex(
            f"Each row is the mean over $n={trials}$ trials; {sign} are {_LEVEL} intervals of it."
            + extent
        )
    if experiment.trials is not None:
        word = "run" if experiment.trials.value == 1 else "trials"
        return Latex(f"$n={latex_number(experiment.trials)}$ {word} per row.")
    return Latex("")


def _samples(experiment: Experiment, sign: str) -> str:
    given = experiment.basis
    least, most = latex_number(given["least"]), latex_number(given["most"])
    size = most if given["least"] == given["most"] else f"{least} to {most}"
    repeated = any(row.trials for row in experiment.rows)
    word = "trials" if repeated else "runs at most"
    several = (given["runs"].value or 0.0) > 1.0
    behind = f", from {latex_number(given['runs'])}~{word}" if several else ""
    means = ", and of the mean over the trials" if _mean_over_trials(experiment) else ""
    resting = f"Recomputed from raw samples: $n$ is {size} per row{behind}"
    if not any(ends(cell) for row in experiment.rows for cell in row.cells.values() if cell.known):
        return f"{resting}."
    return (
        f"{resting}; {sign} are {_LEVEL} intervals of the mean and of the percentile, "
        f"from the samples{means}."
    )


def _mean_over_trials(experiment: Experiment) -> bool:
    return experiment.runs is not None and any(
        experiment.runs.columns[name].over == "mean"
        for row in experiment.rows
        for name in row.trials
    )
