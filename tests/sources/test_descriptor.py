"""Faults of the descriptor: one error each, with the line of the key concerned."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from tests.sources.faults import DESCRIPTOR, FAULTS, Change, field, info, table
from tests.sources.package import CSV, dataset, descriptor, fault, line_of, write
from writer.sources import read


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
    table(document)["path"] = path
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
    field(document, 0).update(type="string")
    del info(document)["in_flight"], info(document)["stated"], info(document)["baseline"]
    write(tmp_path, document, csv="threads,rate,note\na b,1,\na-b,2,\n", cells=())
    document["resources"].pop()
    write(tmp_path, document, csv="threads,rate,note\na b,1,\na-b,2,\n")
    message = "two values share the id 'threads/a-b/rate'"
    assert fault(tmp_path) == ("data/threads.csv", 3, message)


def test_levels_that_differ_only_beyond_ascii_have_ids_of_their_own(tmp_path: Path) -> None:
    document = descriptor()
    document["resources"].pop()
    field(document, 0).update(type="string")
    del info(document)["in_flight"], info(document)["stated"], info(document)["baseline"]
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
    second = copy.deepcopy(table(document))
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
