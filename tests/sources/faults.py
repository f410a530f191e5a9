"""Changes of a correct descriptor, each of which is one error with a line and a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

DESCRIPTOR = "data/datapackage.json"


def table(document: dict[str, Any]) -> dict[str, Any]:
    """The first table of a descriptor."""
    found: dict[str, Any] = document["resources"][0]
    return found


def info(document: dict[str, Any]) -> dict[str, Any]:
    """What it says of the experiment."""
    found: dict[str, Any] = table(document)["experiment"]
    return found


def field(document: dict[str, Any], number: int) -> dict[str, Any]:
    """One of its columns."""
    found: dict[str, Any] = table(document)["schema"]["fields"][number]
    return found


Change = Callable[[dict[str, Any]], object]
TABLE = "resources[0]"
INFO = f"{TABLE}.experiment"
FIELDS = f"{TABLE}.schema.fields"
STATED = f"{INFO}.stated[0]"

# what is changed, the words on the line of the error (the nth such line: WORDS|n; the
# line above, where the holder opens: WORDS^), the message
FAULTS: dict[str, tuple[Change, str, str]] = {
    "title": (lambda d: d.update(title=1), '"title": 1', "'title' is the number 1"),
    "setup": (lambda d: d.update(setup=[]), '"setup"', "'setup' is a list"),
    "fact": (
        lambda d: d["setup"].update(os=True),
        '"os"',
        "'os' of setup is neither text nor a number",
    ),
    "fact without a value": (
        lambda d: d["setup"].update(os={"unit": "1"}),
        '"os"',
        "'os' of setup is neither text nor a number",
    ),
    "fact with an unknown key": (
        lambda d: d["setup"].update(os={"value": 1, "units": "s"}),
        '"units"',
        "'setup.os' has the unknown key 'units'",
    ),
    "fact beyond all numbers": (
        lambda d: d["setup"]["cores"].update(value=10**400),
        '"value": 1000',
        "'setup.cores.value' is the number 10000000000000000000",
    ),
    "unit": (
        lambda d: d["setup"]["cores"].update(unit=None, title=3),
        '"title": 3',
        "'setup.cores.title' is the number 3",
    ),
    "contributors": (
        lambda d: d.update(contributors="Ada"),
        '"contributors"',
        "'contributors' is the text 'Ada'",
    ),
    "contributor": (
        lambda d: d.update(contributors=[1.5]),
        "1.5",
        "'contributors[0]' is the number 1.5",
    ),
    "resource name": (
        lambda d: table(d).update(name=7),
        '"name": 7',
        f"'{TABLE}.name' is the number 7",
    ),
    "blank resource name": (
        lambda d: table(d).update(name=" "),
        '"name": " "',
        f"'{TABLE}.name' is blank, or has space around it",
    ),
    "reserved name": (
        lambda d: table(d).update(name="setup"),
        '"name": "setup"',
        "a resource cannot be called 'setup'",
    ),
    "two resources of one name": (
        lambda d: d["resources"][1].update(name="threads", title="second"),
        '"name": "threads"|3',
        "two resources are called 'threads'",
    ),
    "resource title": (
        lambda d: table(d).update(title=[]),
        '"title": []',
        f"'{TABLE}.title' is a list",
    ),
    "resource role": (
        lambda d: table(d).update(role="marks"),
        '"role": "marks"',
        f"'{TABLE}.role' is 'marks'",
    ),
    "path": (lambda d: table(d).update(path=None), '"path": null', f"'{TABLE}.path' is missing"),
    "several paths": (
        lambda d: table(d).update(path=["a", "b"]),
        '"path": [',
        f"'{TABLE}.path' is a list",
    ),
    "encoding": (
        lambda d: table(d).update(encoding="latin-1"),
        '"encoding"',
        f"'{TABLE}.encoding' is 'latin-1'",
    ),
    "delimiter": (
        lambda d: table(d).update(dialect={"delimiter": ";"}),
        '"delimiter"',
        f"'{TABLE}.dialect.delimiter' is ';'",
    ),
    "schema": (
        lambda d: table(d).update(schema="s.json"),
        '"schema": "s.json"',
        f"'{TABLE}.schema' does not name its fields",
    ),
    "no fields": (
        lambda d: table(d).update(schema={"fields": []}),
        '"schema"',
        f"'{TABLE}.schema' does not name its fields",
    ),
    "fields": (
        lambda d: table(d)["schema"].update(fields={}),
        '"fields": {}',
        f"'{FIELDS}' is an object",
    ),
    "field without a name": (
        lambda d: field(d, 1).pop("name"),
        '"type": "number"^',
        f"'{FIELDS}[1].name' is missing",
    ),
    "two fields of one name": (
        lambda d: field(d, 1).update(name="threads"),
        '"name": "threads"|3^',
        "two fields are called 'threads'",
    ),
    "missing values": (
        lambda d: table(d)["schema"].update(missingValues="NA"),
        '"missingValues"',
        f"'{TABLE}.schema.missingValues' is the text 'NA'",
    ),
    "a missing value": (
        lambda d: table(d)["schema"].update(missingValues=["", -1]),
        "-1",
        f"'{TABLE}.schema.missingValues[1]' is the number -1",
    ),
    "field type": (
        lambda d: field(d, 0).update(type="int"),
        '"type": "int"',
        f"'{FIELDS}[0].type' is 'int'",
    ),
    "measurement of text": (
        lambda d: field(d, 1).update(type="string"),
        '"type": "string"',
        "the field 'rate' is a measurement of the type 'string'",
    ),
    "field role": (
        lambda d: field(d, 1).update(role="value"),
        '"role": "value"',
        f"'{FIELDS}[1].role' is 'value'",
    ),
    "field unit": (
        lambda d: field(d, 1).update(unit=1),
        '"unit": 1',
        f"'{FIELDS}[1].unit' is the number 1",
    ),
    "better": (
        lambda d: field(d, 1).update(better="more"),
        '"better": "more"',
        f"'{FIELDS}[1].better' is 'more'",
    ),
    "statistic": (
        lambda d: field(d, 1).update(statistic="P99"),
        '"statistic": "P99"',
        f"'{FIELDS}[1].statistic' is 'P99'",
    ),
    "measure": (
        lambda d: field(d, 1).update(measure={}),
        '"measure": {}',
        f"'{FIELDS}[1].measure' is an object",
    ),
    "constraints": (
        lambda d: field(d, 1).update(constraints="positive"),
        '"constraints"',
        f"'{FIELDS}[1].constraints' is the text 'positive'",
    ),
    "minimum": (
        lambda d: field(d, 1).update(constraints={"minimum": "none"}),
        '"minimum": "none"',
        f"'{FIELDS}[1].constraints.minimum' is the text 'none'",
    ),
    "required": (
        lambda d: field(d, 1).update(constraints={"required": "yes"}),
        '"required"',
        f"'{FIELDS}[1].constraints.required' is neither true nor false",
    ),
    "no factor": (
        lambda d: field(d, 0).pop("role"),
        '"fields"',
        "resource 'threads' has 0 fields with the role 'factor'",
    ),
    "two factors": (
        lambda d: field(d, 1).update(role="factor"),
        '"fields"',
        "resource 'threads' has 2 fields with the role 'factor'",
    ),
    "experiment": (
        lambda d: table(d).update(experiment="fast"),
        '"experiment"',
        f"'{INFO}' is the text 'fast'",
    ),
    "unknown key": (
        lambda d: info(d).update(trails=3),
        '"trails"',
        f"'{INFO}' has the unknown key 'trails'",
    ),
    "settings": (
        lambda d: info(d).update(settings=["a"]),
        '"settings"',
        f"'{INFO}.settings' is a list",
    ),
    "setting": (
        lambda d: info(d)["settings"].update(cpu=[]),
        '"cpu"',
        "'cpu' of threads is neither text nor a number",
    ),
    "measured by": (
        lambda d: info(d).update(measured_by=["Ada"]),
        '"measured_by"',
        f"'{INFO}.measured_by' is a list",
    ),
    "purpose": (
        lambda d: info(d).update(purpose=1),
        '"purpose"',
        f"'{INFO}.purpose' is the number 1",
    ),
    "source": (lambda d: info(d).update(source={}), '"source"', f"'{INFO}.source' is an object"),
    "no trial": (
        lambda d: info(d).update(trials=0),
        '"trials"',
        f"'{INFO}.trials' is not a positive whole number",
    ),
    "half a trial": (
        lambda d: info(d).update(trials=1.5),
        '"trials"',
        f"'{INFO}.trials' is not a positive whole number",
    ),
    "trials in words": (
        lambda d: info(d).update(trials="5"),
        '"trials"',
        f"'{INFO}.trials' is not a positive whole number",
    ),
    "trials true": (
        lambda d: info(d).update(trials=True),
        '"trials"',
        f"'{INFO}.trials' is not a positive whole number",
    ),
    "baseline that is no level": (
        lambda d: info(d).update(baseline="3"),
        '"baseline"',
        "the baseline '3' is no level of 'threads'",
    ),
    "baseline": (
        lambda d: info(d).update(baseline=[1]),
        '"baseline"',
        f"'{INFO}.baseline' is a list",
    ),
    "scales": (
        lambda d: info(d).update(scales="nodes"),
        '"scales"',
        f"'{INFO}.scales' is 'nodes'",
    ),
    "loop": (lambda d: info(d).update(loop=True), '"loop"', f"'{INFO}.loop' is true or false"),
    "in flight": (
        lambda d: info(d).update(in_flight="rate"),
        '"in_flight"',
        f"'{INFO}.in_flight' is 'rate'",
    ),
    "in flight, no text": (
        lambda d: info(d).update(in_flight=4),
        '"in_flight"',
        f"'{INFO}.in_flight' is the number 4",
    ),
    "tasks": (lambda d: info(d).update(tasks="jobs"), '"tasks"', f"'{INFO}.tasks' is 'jobs'"),
    "totals": (
        lambda d: info(d).update(totals={"a": 1}),
        '"totals"',
        f"'{INFO}.totals' is an object",
    ),
    "a total": (
        lambda d: info(d).update(totals=["rate"]),
        '"rate"|3',
        f"'{INFO}.totals[0]' is the text 'rate'",
    ),
    "half a total": (
        lambda d: info(d).update(totals=[{"total": "rate", "part": "rate"}]),
        '"total": "rate"^',
        f"'{INFO}.totals[0].times' is missing",
    ),
    "a total of notes": (
        lambda d: info(d).update(totals=[{"total": "rate", "part": "note", "times": "threads"}]),
        '"part"',
        f"'{INFO}.totals[0].part' is 'note'",
    ),
    "stated": (lambda d: info(d).update(stated=1), '"stated"', f"'{INFO}.stated' is the number 1"),
    "stated quantity": (
        lambda d: info(d)["stated"][0].update(quantity="speed"),
        '"quantity"',
        f"'{STATED}.quantity' is 'speed'",
    ),
    "stated form": (
        lambda d: info(d)["stated"][0].update(form="times"),
        '"form"',
        f"'{STATED}.form' is 'times'",
    ),
    "stated value": (
        lambda d: info(d)["stated"][0].update(value="twice"),
        '"value": "twice"',
        f"'{STATED}.value' is the text 'twice'",
    ),
    "stated of no row": (
        lambda d: info(d)["stated"][0].update(of={"threads": "3"}),
        '"of"',
        "'threads=3' stands for 0 rows of 'threads'",
    ),
    "stated of all rows": (
        lambda d: info(d)["stated"][0].update(of={}),
        '"of"',
        "'' stands for 3 rows of 'threads'",
    ),
    "stated of an unknown factor": (
        lambda d: info(d)["stated"][0].update(base={"nodes": "1"}),
        '"base"',
        "'nodes=1' stands for 0 rows of 'threads'",
    ),
    "stated of nothing": (
        lambda d: info(d)["stated"][0].pop("of"),
        '"quantity": "rate"^',
        f"'{STATED}.of' is missing",
    ),
    "runs": (lambda d: info(d).update(runs="a/*"), '"runs"', f"'{INFO}.runs' is the text 'a/*'"),
    "runs with an unknown key": (
        lambda d: info(d).update(runs={"folder": "a"}),
        '"folder"',
        f"'{INFO}.runs' has the unknown key 'folder'",
    ),
    "runs, path": (
        lambda d: info(d).update(runs={"path": 1}),
        '"path": 1',
        f"'{INFO}.runs.path' is the number 1",
    ),
    "runs, rows": (
        lambda d: info(d).update(runs={"rows": ["a"]}),
        '"rows"',
        f"'{INFO}.runs.rows' is a list",
    ),
    "runs, a row": (
        lambda d: info(d).update(runs={"rows": {"1": 7}}),
        '"1": 7',
        f"'{INFO}.runs.rows.1' is the number 7",
    ),
    "runs, a column that is not measured": (
        lambda d: info(d).update(runs={"columns": {"note": {}}}),
        '"note": {}',
        "'note' is no measured column",
    ),
    "runs, how rows are combined": (
        lambda d: info(d).update(runs={"columns": {"rate": {"over": "median"}}}),
        '"over"',
        f"'{INFO}.runs.columns.rate.over' is 'median'",
    ),
    "cells without a column": (
        lambda d: d["resources"][1]["schema"]["fields"].pop(3),
        '"schema"|2',
        "the cells resource 'cells' has no field 'grade'",
    ),
}
