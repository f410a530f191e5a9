"""A folder of raw results: every file is read, skipped with a reason, or a companion."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from writer.cache import Cache
from writer.errors import PathError
from writer.fanout import Backend, How, fan_out
from writer.model.run import Note, Run, RunSet, Skipped
from writer.model.sample_format import SampleMapping
from writer.sources._merged import renamed
from writer.sources._run_source import (
    MAX_FILES,
    Input,
    Reading,
    RunSource,
    Unreadable,
    head,
    run_slug,
    unread,
)
from writer.sources.generic_samples import mapped

_ENDS = 1024
"""Bytes at either end of a file by which JSON is told from what was cut short."""

MAKER = "sage-write ingest"
"""What a dataset names as its source that was made of runs, and is none itself."""

_DESCRIPTOR = "datapackage.json"

HEAVY = 256 * 1024 * 1024
"""Bytes of results above which they are read in several processes: about as many as one
process parses in the seconds that others take to start and to hand over what they read."""


def read_folder(
    root: Path,
    readers: Callable[[], Sequence[RunSource]],
    *,
    mappings: tuple[SampleMapping, ...] = (),
    progress: Callable[[int, int, int], None] | None = None,
    backend: Backend = Backend.LOCAL,
    cache: Cache | None = None,
) -> RunSet:
    """Read the files below ``root``: each by the first reader that claims it.

    A file that a mapping names is read by that mapping, before all others; a
    companion belongs to its result and is not read alone.

    Args:
        root: a folder, or a single file.
        readers: gives them in the order in which they are asked; not called where the
            mappings name every file.
        mappings: the author's, of samples in formats of their own.
        progress: called with the files done, the files in all, and the bytes of the results.
        backend: where files are read.
        cache: of what was found in the same bytes before; None to look at each file.

    Raises:
        PathError: there is no such folder, or it holds too many files.
    """
    chosen = mapped(mappings, cache)
    inputs, skipped = _look(root)
    found = _Found(skipped=skipped)
    claimed: list[tuple[Input, RunSource]] = []
    for item in inputs:
        if chosen.claims(item):
            claimed.append((item, chosen))
            continue
        known = readers()
        owner = _owner(known, item)
        if owner is not None:
            found.companions[item.shown] = owner.name, _folder(item)
            continue
        reader = next((one for one in known if one.claims(item)), None)
        if reader is None:
            why, wrong = _why_not(item.path)
            found.skipped.append(Skipped(item.shown, why, wrong=wrong))
        else:
            claimed.append((item, reader))
    others = len(inputs) - len(claimed)
    size = 0 if progress is None else _size(claimed)
    if progress is not None:
        progress(others, len(inputs), size)
    for number, (item, reader, reading) in enumerate(_readings(claimed, backend)):
        if progress is not None:
            progress(others + number, len(inputs), size)
        found.add(item, reader, reading)
    if progress is not None:
        progress(len(inputs), len(inputs), size)
    return found.run_set(root)


def _readings(
    claimed: Sequence[tuple[Input, RunSource]], backend: Backend
) -> Iterator[tuple[Input, RunSource, Reading]]:
    """Each claimed file's reading, in order: many at once where that pays."""
    together: dict[RunSource, list[Input]] = {}
    for item, reader in claimed:
        if reader.read_all is not None:
            together.setdefault(reader, []).append(item)
    known: dict[str, Reading] = {}
    for reader, items in together.items():
        if reader.read_all is not None:
            known |= zip((item.shown for item in items), reader.read_all(items), strict=True)
    single = [pair for pair in claimed if pair[0].shown not in known]
    if backend is not Backend.LOCAL or _heavy(single):
        shown = (item.shown for item, _ in single)
        known |= zip(shown, fan_out(_read_one, single, backend, How.PROCESSES), strict=True)
    for item, reader in claimed:
        yield item, reader, known.get(item.shown) or _read(reader, item)


def _heavy(single: Sequence[tuple[Input, RunSource]]) -> bool:
    """Whether reading takes long enough to pay for starting processes."""
    return len(single) > 1 and _size(single) > HEAVY


def _size(files: Sequence[tuple[Input, RunSource]]) -> int:
    """Bytes of the files in all."""
    total = 0
    for item, _ in files:
        with suppress(OSError):
            total += item.path.stat().st_size
    return total


def _read_one(pair: tuple[Input, RunSource]) -> Reading:
    item, reader = pair
    return _read(reader, item)


def _folder(item: Input) -> str:
    return item.shown.rpartition("/")[0]


def _owner(readers: Iterable[RunSource], item: Input) -> RunSource | None:
    return next((reader for reader in readers if reader.companion(item)), None)


def _read(reader: RunSource, item: Input) -> Reading:
    try:
        return reader.read(item)
    except Unreadable as error:
        return unread(str(error))
    except RecursionError:
        return unread("nested too deeply")
    except (OSError, ValueError, OverflowError) as error:  # also text that is not UTF-8
        return unread(f"cannot be read: {error}")


def _why_not(path: Path) -> tuple[str, bool]:
    """Why no reader takes a file, and whether it is JSON that ends too early."""
    if not os.access(path, os.R_OK):
        return "may not be read", False
    json = path.suffix.lower() == ".json"
    if not path.stat().st_size:
        return "the file is empty", json
    if json and _cut_short(path):
        return "cut short: it begins as JSON does and does not end so", True
    return "no reader takes such a file", False


def _cut_short(path: Path) -> bool:
    with path.open("rb") as stream:
        first = stream.read(_ENDS).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        stream.seek(max(0, path.stat().st_size - _ENDS))
        last = stream.read(_ENDS).rstrip()[-1:]
    return (first, last) not in ((b"{", b"}"), (b"[", b"]")) and first in (b"{", b"[")


def _look(root: Path) -> tuple[list[Input], list[Skipped]]:
    """The regular files below ``root`` in order, and what is not looked into."""
    try:
        if root.is_file():
            return [Input(root.absolute(), root.name)], []
        if not root.is_dir():
            raise PathError("there is no such folder", file=str(root))
    except (OSError, ValueError) as error:  # a name too long, a NUL byte
        reason = getattr(error, "strerror", None) or error
        raise PathError(f"cannot be looked at: {reason}", file=str(root)) from error
    inputs: list[Input] = []
    skipped: list[Skipped] = []
    base = root.absolute()  # workers elsewhere have another working directory
    for shown, reason in _entries(str(base)):
        if reason:
            skipped.append(Skipped(shown, reason))
        else:
            inputs.append(Input(base / shown, shown))
        if len(inputs) + len(skipped) > MAX_FILES:
            raise PathError(
                f"more than {MAX_FILES} files", file=str(root), hint="name a folder below it"
            )
    return inputs, skipped


def _entries(root: str) -> Iterator[tuple[str, str]]:
    """Every file below ``root`` with the reason not to read it; folders only with one."""
    refused: list[tuple[str, str]] = []
    todo = [""]
    while todo:
        here = todo.pop()
        try:
            with os.scandir(f"{root}/{here}") as listing:
                entries = sorted(listing, key=_name)
        except OSError as error:
            refused.append((here.rstrip("/"), f"may not be looked into: {error.strerror}"))
            continue
        if here and any(entry.name == _DESCRIPTOR and _made(entry) for entry in entries):
            refused.append((here.rstrip("/"), f"a dataset that '{MAKER}' wrote"))
            continue
        folders = [entry for entry in entries if _is_folder(entry)]
        among = {entry.name for entry in folders}
        others = [entry for entry in entries if entry.name not in among]
        reasons = {entry.name: _reason(entry) for entry in entries}
        yield from ((here + e.name, reasons[e.name]) for e in folders if reasons[e.name])
        yield from ((here + entry.name, reasons[entry.name]) for entry in others)
        todo += (f"{here}{e.name}/" for e in reversed(folders) if not reasons[e.name])
    yield from refused


def _made(descriptor: os.DirEntry[str]) -> bool:
    """Whether a descriptor is one of a dataset that was made of runs."""
    regular = not descriptor.is_symlink() and descriptor.is_file()
    return regular and MAKER.encode() in head(Path(descriptor.path))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a loop of links, or gone meanwhile
        return False


def _reason(entry: os.DirEntry[str]) -> str:
    """Why an entry is neither read nor walked; the empty string if it is."""
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_symlink():
        return "a symbolic link: links are not followed"
    return "" if entry.is_file() or entry.is_dir() else "not a regular file"


@dataclass(slots=True)
class _Found:
    """What the files read so far gave."""

    skipped: list[Skipped]
    runs: dict[str, Run] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    companions: dict[str, tuple[str, str]] = field(default_factory=dict)
    unread: set[tuple[str, str]] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    made_out: list[Note] = field(default_factory=list)

    def add(self, item: Input, reader: RunSource, reading: Reading) -> None:
        """Keep a file's runs, each under an id of its own."""
        self.files |= reading.used
        if reading.note:
            self.made_out.append(Note(item.shown, reading.note))
        if reading.skipped:
            self.skipped.append(
                Skipped(item.shown, reading.skipped, reading.proposal, reading.wrong)
            )
            self.unread.add((reader.name, _folder(item)))
        for run in reading.runs:
            place = run_slug(run.id)
            if place in self.runs:
                self._twice(run, place)
            else:
                self.runs[place] = run

    def _twice(self, run: Run, place: str) -> None:
        """Two runs of one id: both say so, and the later one is renamed."""
        first = self.runs[place]
        if place not in self.numbers:
            self.runs[place] = _with_note(first, run)
        number = self.numbers.get(place, 1) + 1
        while run_slug(f"{run.id}#{number}") in self.runs:
            number += 1
        self.numbers[place] = number
        name = f"{run.id}#{number}"
        self.runs[run_slug(name)] = renamed(_with_note(run, first), name)

    def run_set(self, root: Path) -> RunSet:
        """All runs by id; a companion without any result beside it is a skipped file."""
        alone = [
            Skipped(shown, f"belongs to a result of '{place[0]}' that is not here")
            for shown, place in self.companions.items()
            if shown not in self.files and place not in self.unread
        ]
        runs = sorted(self.runs.values(), key=lambda run: run.id)
        skipped = sorted((*self.skipped, *alone), key=lambda item: item.file)
        return RunSet(str(root), tuple(runs), tuple(skipped), self.files, tuple(self.made_out))


def _with_note(run: Run, other: Run) -> Run:
    message = f"the run id '{run.id}' is also that of a run in {other.file}"
    return replace(run, notes=(*run.notes, Note(run.file, message)))
