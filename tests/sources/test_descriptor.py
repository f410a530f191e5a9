"""Faults of the descriptor: one error each, with the line of the key concerned."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sources.package import CSV, dataset, descriptor, fault, line_of, write
from writer.sources import read

DESCRIPTOR = "data/datapackage.json"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"resources": [\n', 2, "not valid JSON: Expecting value"),
        ("", 1, "not valid JSON: Expecting value"),
        ('{"title": "a"\n"b": 1}', 2, "not valid JSON: Expecting ',' delimiter"),
        ("[]", 1, "the descriptor is not an object"),
        ("null", 1, "the descriptor is not an object"),
        ('"text"', 1, "the descriptor is not an object"),
        ("{}", 1, "the descriptor has no resources"),
        ('{\n"resources": []}', 2, "the descriptor has no resources"),
        ('{\n"resources": {}}', 2, "'resources' is an object"),
        ('{\n"resources": ["a"]}', 2, "'resources[0]' is the text 'a'"),
        ('{\n"resources": [\n{"path": "a"}]}', 3, "'resources[0]' has no name"),
        ('{"a": 1,\n"a": 2}', 2, "the key 'a' stands twice"),
        ('{"a": [{"b": 1}, {"b": 2,\n"b": 3}]}', 2, "the key 'b' stands twice"),
        ('{"a": "NaN",\n"b": NaN}', 2, "NaN is not a finite number"),
        ('{"b":\n-Infinity}', 2, "-Infinity is not a finite number"),
        ('{"b": 1e9999999999999999999}', 1, "1e999999999999999999 is not a finite number"),
        ('{\n"title": "a\\u0000b"}', 2, "a text holds a control character or half of a character"),
        ('{\n"title": "\\ud800"}', 2, "a text holds a control character or half of a character"),
        ('{"": {"": 1,\n"a": 2}, "resources": 1}', 2, "'resources' is the number 1"),
        ("[" * 100_000, 1, "nested too deeply"),
    ],
)
def test_a_broken_document_is_one_error(tmp_path: Path, text: str, line: int, message: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / DESCRIPTOR).write_text(text, encoding="utf-8")
    assert fault(tmp_path) == (DESCRIPTOR, line, message)


@pytest.mark.parametrize(
    ("encoding", "line", "message"),
    [
        ("utf-16", 1, "the text is not UTF-8 (byte 0xff)"),
        ("utf-16-le", 1, "not valid JSON: Expecting property name enclosed in double quotes"),
        ("utf-32", 1, "the text is not UTF-8 (byte 0xff)"),
    ],
)
def test_a_descriptor_in_another_encoding_is_one_error(
    tmp_path: Path, encoding: str, line: int, message: str
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / DESCRIPTOR).write_bytes('{"title": "a"}'.encode(encoding))
    assert fault(tmp_path) == (DESCRIPTOR, line, message)


def test_a_descriptor_in_latin_1_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / DESCRIPTOR).write_bytes('{\n"title": "Zürich"}'.encode("latin-1"))
    assert fault(tmp_path) == (DESCRIPTOR, 2, "the text is not UTF-8 (byte 0xfc)")


def test_a_folder_without_a_descriptor_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert fault(tmp_path) == ("data", None, "nothing here is in a format that sage-write reads")
    assert fault(tmp_path, tmp_path / "none") == ("none", None, "there is no such folder")
    missing = tmp_path / DESCRIPTOR
    assert fault(tmp_path, missing) == (DESCRIPTOR, None, "there is no such file")


def _table(document: dict[str, Any]) -> dict[str, Any]:
    table: dict[str, Any] = document["resources"][0]
    return table


def _info(document: dict[str, Any]) -> dict[str, Any]:
    info: dict[str, Any] = _table(document)["experiment"]
    return info


def _field(document: dict[str, Any], number: int) -> dict[str, Any]:
    field: dict[str, Any] = _table(document)["schema"]["fields"][number]
    return field


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
        lambda d: _table(d).update(name=7),
        '"name": 7',
        f"'{TABLE}.name' is the number 7",
    ),
    "blank resource name": (
        lambda d: _table(d).update(name=" "),
        '"name": " "',
        f"'{TABLE}.name' is blank, or has space around it",
    ),
    "reserved name": (
        lambda d: _table(d).update(name="setup"),
        '"name": "setup"',
        "a resource cannot be called 'setup'",
    ),
    "two resources of one name": (
        lambda d: d["resources"][1].update(name="threads", title="second"),
        '"name": "threads"|3',
        "two resources are called 'threads'",
    ),
    "resource title": (
        lambda d: _table(d).update(title=[]),
        '"title": []',
        f"'{TABLE}.title' is a list",
    ),
    "resource role": (
        lambda d: _table(d).update(role="marks"),
        '"role": "marks"',
        f"'{TABLE}.role' is 'marks'",
    ),
    "path": (lambda d: _table(d).update(path=None), '"path": null', f"'{TABLE}.path' is missing"),
    "several paths": (
        lambda d: _table(d).update(path=["a", "b"]),
        '"path": [',
        f"'{TABLE}.path' is a list",
    ),
    "encoding": (
        lambda d: _table(d).update(encoding="latin-1"),
        '"encoding"',
        f"'{TABLE}.encoding' is 'latin-1'",
    ),
    "delimiter": (
        lambda d: _table(d).update(dialect={"delimiter": ";"}),
        '"delimiter"',
        f"'{TABLE}.dialect.delimiter' is ';'",
    ),
    "schema": (
        lambda d: _table(d).update(schema="s.json"),
        '"schema": "s.json"',
        f"'{TABLE}.schema' does not name its fields",
    ),
    "no fields": (
        lambda d: _table(d).update(schema={"fields": []}),
        '"schema"',
        f"'{TABLE}.schema' does not name its fields",
    ),
    "fields": (
        lambda d: _table(d)["schema"].update(fields={}),
        '"fields": {}',
        f"'{FIELDS}' is an object",
    ),
    "field without a name": (
        lambda d: _field(d, 1).pop("name"),
        '"type": "number"^',
        f"'{FIELDS}[1].name' is missing",
    ),
    "two fields of one name": (
        lambda d: _field(d, 1).update(name="threads"),
        '"name": "threads"|3^',
        "two fields are called 'threads'",
    ),
    "missing values": (
        lambda d: _table(d)["schema"].update(missingValues="NA"),
        '"missingValues"',
        f"'{TABLE}.schema.missingValues' is the text 'NA'",
    ),
    "a missing value": (
        lambda d: _table(d)["schema"].update(missingValues=["", -1]),
        "-1",
        f"'{TABLE}.schema.missingValues[1]' is the number -1",
    ),
    "field type": (
        lambda d: _field(d, 0).update(type="int"),
        '"type": "int"',
        f"'{FIELDS}[0].type' is 'int'",
    ),
    "measurement of text": (
        lambda d: _field(d, 1).update(type="string"),
        '"type": "string"',
        "the field 'rate' is a measurement of the type 'string'",
    ),
    "field role": (
        lambda d: _field(d, 1).update(role="value"),
        '"role": "value"',
        f"'{FIELDS}[1].role' is 'value'",
    ),
    "field unit": (
        lambda d: _field(d, 1).update(unit=1),
        '"unit": 1',
        f"'{FIELDS}[1].unit' is the number 1",
    ),
    "better": (
        lambda d: _field(d, 1).update(better="more"),
        '"better": "more"',
        f"'{FIELDS}[1].better' is 'more'",
    ),
    "statistic": (
        lambda d: _field(d, 1).update(statistic="P99"),
        '"statistic": "P99"',
        f"'{FIELDS}[1].statistic' is 'P99'",
    ),
    "measure": (
        lambda d: _field(d, 1).update(measure={}),
        '"measure": {}',
        f"'{FIELDS}[1].measure' is an object",
    ),
    "constraints": (
        lambda d: _field(d, 1).update(constraints="positive"),
        '"constraints"',
        f"'{FIELDS}[1].constraints' is the text 'positive'",
    ),
    "minimum": (
        lambda d: _field(d, 1).update(constraints={"minimum": "none"}),
        '"minimum": "none"',
        f"'{FIELDS}[1].constraints.minimum' is the text 'none'",
    ),
    "required": (
        lambda d: _field(d, 1).update(constraints={"required": "yes"}),
        '"required"',
        f"'{FIELDS}[1].constraints.required' is neither true nor false",
    ),
    "no factor": (
        lambda d: _field(d, 0).pop("role"),
        '"fields"',
        "resource 'threads' has 0 fields with the role 'factor'",
    ),
    "two factors": (
        lambda d: _field(d, 1).update(role="factor"),
        '"fields"',
        "resource 'threads' has 2 fields with the role 'factor'",
    ),
    "experiment": (
        lambda d: _table(d).update(experiment="fast"),
        '"experiment"',
        f"'{INFO}' is the text 'fast'",
    ),
    "unknown key": (
        lambda d: _info(d).update(trails=3),
        '"trails"',
        f"'{INFO}' has the unknown key 'trails'",
    ),
    "settings": (
        lambda d: _info(d).update(settings=["a"]),
        '"settings"',
        f"'{INFO}.settings' is a list",
    ),
    "setting": (
        lambda d: _info(d)["settings"].update(cpu=[]),
        '"cpu"',
        "'cpu' of threads is neither text nor a number",
    ),
    "measured by": (
        lambda d: _info(d).update(measured_by=["Ada"]),
        '"measured_by"',
        f"'{INFO}.measured_by' is a list",
    ),
    "purpose": (
        lambda d: _info(d).update(purpose=1),
        '"purpose"',
        f"'{INFO}.purpose' is the number 1",
    ),
    "source": (lambda d: _info(d).update(source={}), '"source"', f"'{INFO}.source' is an object"),
    "no trial": (
        lambda d: _info(d).update(trials=0),
        '"trials"',
        f"'{INFO}.trials' is not a positive whole number",
    ),
    "half a trial": (
        lambda d: _info(d).update(trials=1.5),
        '"trials"',
        f"'{INFO}.trials' is not a positive whole number",
    ),
    "trials in words": (
        lambda d: _info(d).update(trials="5"),
        '"trials"',
        f"'{INFO}.trials' is not a positive whole number",
    ),
    "trials true": (
        lambda d: _info(d).update(trials=True),
        '"trials"',
        f"'{INFO}.trials' is not a positive whole number",
    ),
    "baseline that is no level": (
        lambda d: _info(d).update(baseline="3"),
        '"baseline"',
        "the baseline '3' is no level of 'threads'",
    ),
    "baseline": (
        lambda d: _info(d).update(baseline=[1]),
        '"baseline"',
        f"'{INFO}.baseline' is a list",
    ),
    "scales": (
        lambda d: _info(d).update(scales="nodes"),
        '"scales"',
        f"'{INFO}.scales' is 'nodes'",
    ),
    "loop": (lambda d: _info(d).update(loop=True), '"loop"', f"'{INFO}.loop' is true or false"),
    "in flight": (
        lambda d: _info(d).update(in_flight="rate"),
        '"in_flight"',
        f"'{INFO}.in_flight' is 'rate'",
    ),
    "in flight, no text": (
        lambda d: _info(d).update(in_flight=4),
        '"in_flight"',
        f"'{INFO}.in_flight' is the number 4",
    ),
    "tasks": (lambda d: _info(d).update(tasks="jobs"), '"tasks"', f"'{INFO}.tasks' is 'jobs'"),
    "totals": (
        lambda d: _info(d).update(totals={"a": 1}),
        '"totals"',
        f"'{INFO}.totals' is an object",
    ),
    "a total": (
        lambda d: _info(d).update(totals=["rate"]),
        '"rate"|3',
        f"'{INFO}.totals[0]' is the text 'rate'",
    ),
    "half a total": (
        lambda d: _info(d).update(totals=[{"total": "rate", "part": "rate"}]),
        '"total": "rate"^',
        f"'{INFO}.totals[0].times' is missing",
    ),
    "a total of notes": (
        lambda d: _info(d).update(totals=[{"total": "rate", "part": "note", "times": "threads"}]),
        '"part"',
        f"'{INFO}.totals[0].part' is 'note'",
    ),
    "stated": (lambda d: _info(d).update(stated=1), '"stated"', f"'{INFO}.stated' is the number 1"),
    "stated quantity": (
        lambda d: _info(d)["stated"][0].update(quantity="speed"),
        '"quantity"',
        f"'{STATED}.quantity' is 'speed'",
    ),
    "stated form": (
        lambda d: _info(d)["stated"][0].update(form="times"),
        '"form"',
        f"'{STATED}.form' is 'times'",
    ),
    "stated value": (
        lambda d: _info(d)["stated"][0].update(value="twice"),
        '"value": "twice"',
        f"'{STATED}.value' is the text 'twice'",
    ),
    "stated of no row": (
        lambda d: _info(d)["stated"][0].update(of={"threads": "3"}),
        '"of"',
        "'threads=3' stands for 0 rows of 'threads'",
    ),
    "stated of all rows": (
        lambda d: _info(d)["stated"][0].update(of={}),
        '"of"',
        "'' stands for 3 rows of 'threads'",
    ),
    "stated of an unknown factor": (
        lambda d: _info(d)["stated"][0].update(base={"nodes": "1"}),
        '"base"',
        "'nodes=1' stands for 0 rows of 'threads'",
    ),
    "stated of nothing": (
        lambda d: _info(d)["stated"][0].pop("of"),
        '"quantity": "rate"^',
        f"'{STATED}.of' is missing",
    ),
    "runs": (lambda d: _info(d).update(runs="a/*"), '"runs"', f"'{INFO}.runs' is the text 'a/*'"),
    "runs with an unknown key": (
        lambda d: _info(d).update(runs={"folder": "a"}),
        '"folder"',
        f"'{INFO}.runs' has the unknown key 'folder'",
    ),
    "runs, path": (
        lambda d: _info(d).update(runs={"path": 1}),
        '"path": 1',
        f"'{INFO}.runs.path' is the number 1",
    ),
    "runs, rows": (
        lambda d: _info(d).update(runs={"rows": ["a"]}),
        '"rows"',
        f"'{INFO}.runs.rows' is a list",
    ),
    "runs, a row": (
        lambda d: _info(d).update(runs={"rows": {"1": 7}}),
        '"1": 7',
        f"'{INFO}.runs.rows.1' is the number 7",
    ),
    "runs, a column that is not measured": (
        lambda d: _info(d).update(runs={"columns": {"note": {}}}),
        '"note": {}',
        "'note' is no measured column",
    ),
    "runs, how rows are combined": (
        lambda d: _info(d).update(runs={"columns": {"rate": {"over": "median"}}}),
        '"over"',
        f"'{INFO}.runs.columns.rate.over' is 'median'",
    ),
    "cells without a column": (
        lambda d: d["resources"][1]["schema"]["fields"].pop(3),
        '"schema"|2',
        "the cells resource 'cells' has no field 'grade'",
    ),
}


@pytest.mark.parametrize(("change", "words", "message"), FAULTS.values(), ids=FAULTS)
def test_a_wrong_value_is_one_error_with_the_line_of_its_key(
    tmp_path: Path, change: Change, words: str, message: str
) -> None:
    document = descriptor()
    change(document)
    write(tmp_path, document)
    needle, _, nth = words.removesuffix("^").partition("|")
    line = line_of(tmp_path, needle, nth=int(nth or 1)) - words.endswith("^")
    assert fault(tmp_path) == (DESCRIPTOR, line, message)


PATHS = {
    "above": (
        "../threads.csv",
        "the path of a resource '../threads.csv' leads outside the project",
    ),
    "absolute": ("/etc/passwd", "the path of a resource '/etc/passwd' leads outside the project"),
    "through a link": ("link.csv", "the path of a resource 'link.csv' leads outside the project"),
    "a loop of links": ("loop.csv", "the path of a resource 'loop.csv' is no path: "),
    "a folder": ("folder", "'data/folder' is a folder, not a file"),
    "missing": ("none.csv", "'data/none.csv' does not exist"),
    "empty": ("", "'data' is a folder, not a file"),
    "a web address": (
        "https://example.org/a.csv",
        "'data/https:/example.org/a.csv' does not exist",
    ),
    "too long": ("x" * 5000, f"'data/{'x' * 60}' cannot be looked at: File name too long"),
}


@pytest.mark.parametrize(("path", "message"), PATHS.values(), ids=PATHS)
def test_a_path_that_is_no_file_of_the_package_is_one_error(
    tmp_path: Path, path: str, message: str
) -> None:
    root = tmp_path / "project"
    root.mkdir()
    document = descriptor()
    _table(document)["path"] = path
    folder = write(root, document)
    (tmp_path / "threads.csv").write_text(CSV, encoding="utf-8")
    (root / "threads.csv").write_text(CSV, encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "threads.csv")
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    (folder / "folder").mkdir()
    file, line, text = fault(root)
    assert (file, line) == (DESCRIPTOR, line_of(root, '"path"'))
    assert text.startswith(f"resource 'threads': {message}")


def test_data_outside_the_project_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path)
    root = tmp_path / "project"
    root.mkdir()
    (root / "data").symlink_to(folder)
    message = "the folder of the data '{}' leads outside the project"
    for path in (folder, root / "data"):
        assert fault(root, path) == (str(path), None, message.format(path))


def test_two_values_with_one_id_are_refused(tmp_path: Path) -> None:
    document = descriptor()
    _field(document, 0).update(type="string")
    del _info(document)["in_flight"], _info(document)["stated"], _info(document)["baseline"]
    write(tmp_path, document, csv="threads,rate,note\na b,1,\na-b,2,\n", cells=())
    document["resources"].pop()
    write(tmp_path, document, csv="threads,rate,note\na b,1,\na-b,2,\n")
    message = "two values share the id 'threads/a-b/rate'"
    assert fault(tmp_path) == ("data/threads.csv", 3, message)


def test_levels_that_differ_only_beyond_ascii_have_ids_of_their_own(tmp_path: Path) -> None:
    document = descriptor()
    document["resources"].pop()
    _field(document, 0).update(type="string")
    del _info(document)["in_flight"], _info(document)["stated"], _info(document)["baseline"]
    levels = dataset(
        tmp_path, document=document, csv="threads,rate,note\n轻,1,\n重,2,\n-1,3,\n1,4,"
    )
    assert [item.id for item in levels.cells()] == [
        "threads/u8f7b/rate",
        "threads/u91cd/rate",
        "threads/minus-1/rate",
        "threads/1/rate",
    ]


def test_a_fact_points_at_the_line_of_its_own_key(tmp_path: Path) -> None:
    document = descriptor()
    second = copy.deepcopy(_table(document))
    second.update(name="again", path="again.csv")
    second["experiment"]["settings"]["cores"] = 4
    document["resources"].append(second)
    folder = write(tmp_path, document)
    (folder / "again.csv").write_text(CSV, encoding="utf-8")
    found = read(tmp_path, folder)
    rows = {}
    for name in ("setup/cores", "again/cores", "again/trials", "again/stated/1"):
        item = found.get(name)
        assert item is not None
        assert item.provenance is not None
        rows[name] = item.provenance.row
    assert rows == {
        "setup/cores": line_of(tmp_path, '"cores"'),
        "again/cores": line_of(tmp_path, '"cores"', nth=3),  # the second is the unit's
        "again/trials": line_of(tmp_path, '"trials"', nth=2),
        "again/stated/1": line_of(tmp_path, '"stated"', nth=2) + 1,
    }
