"""What a section's template may use: measurements, findings, tables, figures, predicates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from writer.config import Config, Treatment
from writer.dataset import Dataset, change, difference, ratio, reduction, share
from writer.document import general, predicates
from writer.document.basis import basis
from writer.document.figures import Drawing, draw
from writer.document.section import Artifact, Printed
from writer.document.statements import Statement, statements
from writer.document.tables import Table, tabular
from writer.errors import TemplateError
from writer.model.experiment import Experiment, Level, Row
from writer.model.finding import Finding
from writer.model.measurement import Measurement, slug
from writer.model.result import AuditResult
from writer.prose import Latex, sentence
from writer.words import at, place


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper as its settings describe it; ``novelty`` is a citation or empty."""

    title: str
    system: str
    authors: tuple[str, ...]
    novelty: Latex


@dataclass(frozen=True, slots=True)
class Group:
    """Limitation paragraphs of the same experiments, with these experiments' titles."""

    titles: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def settling(self) -> tuple[Latex, ...]:
        """What would settle the limitations that an earlier section states, each once."""
        return tuple(dict.fromkeys(item.settle for item in self.statements if item.stated))

    @property
    def stated(self) -> bool:
        """Whether an earlier section states one of them."""
        return any(item.stated for item in self.statements)


@dataclass
class SectionContext:
    """Collects what one rendering of a template uses.

    Attributes:
        dataset, audit, config: what the section is written from.
        files: tables and figures made so far, by path.
        plotted: values drawn in figures.
        used: names of the experiments that the template spoke of.
        stated: ids of the findings whose limitation is in the text.
        earlier: ids of those whose limitation an earlier section of the paper carries.
    """

    dataset: Dataset
    audit: AuditResult
    config: Config
    files: dict[str, Artifact] = field(default_factory=dict)
    plotted: list[Printed] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)
    stated: dict[str, None] = field(default_factory=dict)
    earlier: frozenset[str] = frozenset()

    def variables(self) -> Mapping[str, object]:
        """The names that a template sees."""
        citation = self.config.novelty_citation
        functions: Mapping[str, Callable[..., object]] = {
            "experiment": self.experiment,
            "included": self.included,
            "cell": self.cell,
            "table": self.table,
            "figure": self.figure,
            "flagged": self.flagged,
            "limitations": self.limitations,
            "by_experiment": self.by_experiment,
            "titles": self.titles,
            "place": place_words,
            "basis": basis,
            "together": predicates.together,
            "reasons": self.reasons,
            "remaining": self.remaining,
            "ratio": ratio,
            "change": change,
            "reduction": reduction,
            "difference": difference,
            "share": share,
        }
        words = (
            "known",
            "above",
            "highest",
            "lowest",
            "trend",
            "alike",
            "steady",
            "near_linear",
            "extremes",
        )
        return {
            "paper": Paper(
                self.config.title,
                self.config.system,
                self.config.authors,
                Latex(rf"\cite{{{citation}}}" if citation else ""),
            ),
            "setup": self.dataset.setup,
            "contributors": self.dataset.contributors,
            "experiments": self.shown(),
            "omitted": tuple(self.dataset.experiments[name] for name in self.omitted()),
            **functions,
            **general.FUNCTIONS,
            **{word: getattr(predicates, word) for word in words},
        }

    def omitted(self) -> tuple[str, ...]:
        """The experiments that the project leaves out."""
        return tuple(
            name
            for name in self.dataset.experiments
            if self.config.treatment(name) is Treatment.OMIT and self._findings(name)
        )

    def shown(self) -> tuple[Experiment, ...]:
        """The experiments that the section may speak of."""
        left_out = self.omitted()
        return tuple(
            item for name, item in self.dataset.experiments.items() if name not in left_out
        )

    def included(self, name: str) -> bool:
        """Whether the experiment is to be written about.

        Raises:
            DataError: there is no such experiment.
        """
        self.dataset.experiment(name)
        return name not in self.omitted()

    def experiment(self, name: str) -> Experiment:
        """The experiment, which from here on owes the section its limitations.

        Raises:
            DataError: there is no such experiment.
            TemplateError: it is left out.
        """
        found = self.dataset.experiment(name)
        if not self.included(name):
            raise TemplateError(
                f"the experiment '{name}' is left out as sage-write.toml says",
                hint=f"guard the text with \\BLOCK{{ if included('{name}') }}",
            )
        self.used[name] = None
        return found

    def cell(self, experiment: Experiment, quantity: str, /, **levels: object) -> Measurement:
        """One cell, which may have no value: ``cell(e, 'throughput', nodes=4)``.

        Raises:
            TemplateError: no such row or column.
        """
        row: Row | None = experiment.row(**levels)
        if row is None:
            asked = ", ".join(f"{key}={value}" for key, value in levels.items())
            raise TemplateError(
                f"'{experiment.name}' has no row at {asked}",
                hint=f"see {experiment.file}; guard the text, or correct the level",
            )
        if quantity not in row.cells:
            raise TemplateError(
                f"'{experiment.name}' has no quantity '{quantity}'",
                expected=f"one of {', '.join(column.name for column in experiment.quantities())}",
            )
        return row.cells[quantity]

    def table(self, experiment: Experiment, *columns: str, name: str = "") -> Table:
        """Write the experiment's table to a file of its own and give its ``\\input``."""
        stem = slug(name or experiment.name)
        body, flagged, missing = tabular(experiment, columns, self.flagged(experiment))
        self._file(f"tables/{stem}.tex", body.encode())
        return Table(Latex(rf"\input{{\sagewritepath tables/{stem}.tex}}"), flagged, missing, stem)

    def figure(self, kind: str, experiment: Experiment, name: str = "") -> Drawing:
        """Draw a figure as PDF and PNG, and give its ``\\includegraphics``."""
        stem = slug(name or experiment.name)
        flagged = self.flagged(experiment)
        drawing = draw(kind, experiment, flagged, f"figures/{stem}")
        for file in drawing.files:
            self._file(file.path, file.data)
        self.plotted.extend(
            Printed(item, "", drawing.files[0].path, printed=False) for item in drawing.plotted
        )
        return drawing

    def _file(self, path: str, data: bytes) -> None:
        if path in self.files and self.files[path].data != data:
            raise TemplateError(
                f"two tables or figures of one section are called '{path}'",
                hint="give one of them a name: table(e, name='other')",
            )
        self.files[path] = Artifact(path, data)

    def flagged(self, experiment: Experiment) -> frozenset[str]:
        """Ids of the cells that a finding singles out: not those that concern every row."""
        rows = {cell.id: row.line for row in experiment.rows for cell in row.cells.values()}
        marked: set[str] = set()
        for finding in self._findings(experiment.name):
            cells = [name for name in finding.cells if name in rows]
            concerned = {rows[name] for name in cells}
            if finding.severity != "note" and len(concerned) < len(experiment.rows):
                marked.update(cells)
        return frozenset(marked)

    def _findings(self, name: str) -> list[Finding]:
        return [item for item in self.audit.findings if item.experiment == name]

    def limitations(self, experiment: Experiment) -> tuple[Statement, ...]:
        """The paragraphs that belong beside this experiment: those that it alone owes."""
        shown = {item.name for item in self.shown()}
        everywhere = statements(item for item in self.audit.findings if item.experiment in shown)
        return self._state(item for item in everywhere if item.experiments == (experiment.name,))

    def remaining(self) -> tuple[Statement, ...]:
        """The paragraphs that are due and not yet in the text, e.g. those shared by tables."""
        names = {*self.used, ""}
        return self._state(
            statements(
                item
                for item in self.audit.findings
                if item.experiment in names and item.id not in self.stated
            )
        )

    def by_experiment(self) -> tuple[Group, ...]:
        """Every paragraph, grouped by the experiments it concerns, most serious first."""
        shown = {"", *(item.name for item in self.shown())}
        groups: dict[tuple[str, ...], list[Statement]] = {}
        due = statements(item for item in self.audit.findings if item.experiment in shown)
        for item in self._state(due):
            said = all(finding.id in self.earlier for finding in item.findings)
            groups.setdefault(item.experiments, []).append(replace(item, stated=said))
        return tuple(Group(self.titles(items[0]), tuple(items)) for items in groups.values())

    def titles(self, statement: Statement) -> tuple[str, ...]:
        """The titles of the experiments that a paragraph concerns."""
        if len(self.shown()) > 1 and {item.name for item in self.shown()} <= {
            *statement.experiments
        }:
            return ("All experiments",)
        return tuple(
            self.dataset.experiments[name].title if name else "The paper"
            for name in statement.experiments
        )

    def reasons(self, experiment: Experiment) -> tuple[str, ...]:
        """The rules that flag an experiment, each once."""
        return tuple(dict.fromkeys(item.rule for item in self._findings(experiment.name)))

    def _state(self, items: Iterable[Statement]) -> tuple[Statement, ...]:
        chosen = tuple(items)
        for item in chosen:
            self.stated.update(dict.fromkeys(finding.id for finding in item.findings))
        return chosen


def place_words(experiment: Experiment, *levels: Level) -> Latex:
    """``at 4 and 8 nodes``, ``at concurrency 8``, ``for scheduler FIFO``."""
    return Latex(sentence(place("where"), {"where": at(experiment, *levels)}, "latex"))
