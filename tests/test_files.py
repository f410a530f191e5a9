"""Files: inside the project, bounded, hashed, written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writer import files
from writer.errors import PathError
from writer.files import inside, read_bytes, read_text, sha256, write_atomic


@pytest.mark.parametrize("path", ["a", "a/b/c.csv", ".", "", "a/../b", "./a", "none/at/all"])
def test_a_path_below_the_root_is_resolved(tmp_path: Path, path: str) -> None:
    assert inside(tmp_path, path) == Path(os.path.normpath(tmp_path / path))


@pytest.mark.parametrize(
    "path", ["..", "../a", "a/../../b", "/etc/passwd", "link/a", "./link", "chain"]
)
def test_a_path_that_leaves_the_root_is_refused(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path)
    (root / "chain").symlink_to(root / "link")
    with pytest.raises(PathError) as caught:
        inside(root, path, what="the table")
    assert (caught.value.file, caught.value.message) == (
        path,
        f"the table '{path}' leads outside the project",
    )


def test_a_neighbour_whose_name_begins_alike_is_outside(tmp_path: Path) -> None:
    with pytest.raises(PathError, match="leads outside the project"):
        inside(tmp_path / "root", tmp_path / "root-2" / "a")


def test_a_link_within_the_root_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert inside(tmp_path, "link/b") == tmp_path / "a" / "b"


def test_what_cannot_be_resolved_is_no_path(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in ("loop", "a\0b"):
        with pytest.raises(PathError, match="is no path: "):
            inside(tmp_path, path)


@given(steps=st.lists(st.sampled_from(["..", ".", "a", "b", ""]), max_size=6))
def test_inside_is_where_the_steps_lead(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    root = tmp_path_factory.getbasetemp() / "inside"
    wanted = Path(os.path.normpath(root / "/".join(steps).lstrip("/")))
    if wanted.is_relative_to(root):
        assert inside(root, "/".join(steps).lstrip("/")) == wanted
    else:
        with pytest.raises(PathError, match="leads outside the project"):
            inside(root, "/".join(steps).lstrip("/"))


def _pipe(path: Path) -> None:
    os.mkfifo(path)


UNREADABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda _: None, "there is no such file"),
    "a folder": (lambda path: path.mkdir(), "this is a folder, not a file"),
    "a pipe": (_pipe, "this is not a regular file"),
    "a loop": (lambda path: path.symlink_to(path), "cannot be read: "),
    "a link to nothing": (lambda path: path.symlink_to("none"), "there is no such file"),
}


@pytest.mark.parametrize(("make", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    path = tmp_path / "a.csv"
    make(path)
    with pytest.raises(PathError) as caught:
        read_bytes(path, shown="data/a.csv")
    assert caught.value.file == "data/a.csv"
    assert caught.value.message.startswith(message)


def test_a_file_below_a_file_and_a_long_name_are_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    for name, message in (
        ("a/b", "cannot be read: Not a directory"),
        ("x" * 300, "cannot be read: File name too long"),
        ("a\0b", "cannot be read: embedded null byte"),
    ):
        with pytest.raises(PathError) as caught:
            read_bytes(tmp_path / name)
        assert caught.value.message == message


def test_a_file_that_is_too_large_is_refused_and_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_INPUT_BYTES", 10)
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")
    assert read_bytes(path) == b"0123456789"
    path.write_bytes(b"01234567890")
    with pytest.raises(PathError) as caught:
        read_bytes(path)
    assert (caught.value.message, caught.value.expected) == (
        "the file has 11 bytes",
        "at most 10 bytes",
    )


@given(text=st.text(st.characters(codec="utf-8")))
def test_text_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("text") / "a"
    write_atomic(path, text)
    assert path.read_bytes() == text.encode()
    assert read_text(path) == text.removeprefix("\ufeff")
    assert sha256(read_bytes(path)) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [(b"\xff", 1, "ff"), (b"a\nb\n\xfc", 3, "fc"), (b"a\n\xc3", 2, "c3")],
)
def test_the_line_that_is_not_utf_8_is_named(
    tmp_path: Path, data: bytes, line: int, byte: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    with pytest.raises(PathError) as caught:
        read_text(path, shown="a")
    assert (caught.value.place, caught.value.message) == (
        f"a:{line}",
        f"the text is not UTF-8 (byte 0x{byte})",
    )


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_writing_makes_the_folders_and_replaces_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.tex"
    write_atomic(path, "one")
    write_atomic(path, b"two")
    assert _content(path.parent) == {"c.tex": b"two"}


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_atomic(tmp_path / "a", "x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "usual").stat().st_mode


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["chmod", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    monkeypatch.setattr(Path, step, _full)
    with pytest.raises(PathError) as caught:
        write_atomic(path, "new")
    assert (caught.value.file, caught.value.message) == (
        str(path),
        "cannot be written: No space left on device",
    )
    assert _content(tmp_path) == {"a": b"old"}


def test_an_interruption_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    monkeypatch.setattr(Path, "replace", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, "new")
    assert _content(tmp_path) == {"a": b"old"}


def test_a_folder_in_the_place_of_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(PathError, match="cannot be written: "):
        write_atomic(tmp_path / "a", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    for path, data, message in (
        (tmp_path / "file" / "a", "x", "cannot be written: "),
        (tmp_path / ("x" * 300), "x", "cannot be written: File name too long"),
        (tmp_path / "a", "\ud800", "cannot be written: 'utf-8' codec can't encode"),
        (tmp_path / "a\0b", "x", "cannot be written: embedded null byte"),
    ):
        with pytest.raises(PathError) as caught:
            write_atomic(path, data)
        assert caught.value.file == str(path)
        assert caught.value.message.startswith(message)
    assert _content(tmp_path) == {"file": b"old"}


@pytest.mark.parametrize("linked", [False, True])
def test_a_device_or_pipe_is_written_to_and_stays(tmp_path: Path, linked: bool) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    _pipe(pipe)
    link.symlink_to(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomic(link if linked else pipe, "out")
        assert (os.read(reader, 10), pipe.is_fifo(), link.is_symlink()) == (b"out", True, True)
    finally:
        os.close(reader)
