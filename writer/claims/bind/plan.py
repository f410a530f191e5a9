r"""Which numbers of a paper can be bound, and what its files would be then.

Only what is certain is bound: the data support the number by one measurement or one
derived value, its digits are exactly the literal's, and the literal stands where TeX
only typesets it. ``\measured{id}{7.27}`` expands to the very tokens ``7.27``, so what is
typeset stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from writer.claims.bind.literal import NotBoundError, literal_of, measurement_of
from writer.claims.bind.macro import missing_macro, with_macro
from writer.claims.paper import Checked, Judged
from writer.errors import PathError
from writer.files import read_bytes, write_atomic
from writer.latex.encoding import decode, encoded_alike
from writer.latex.mask import mask
from writer.latex.project import Paper
from writer.latex.surroundings import defined_names, surroundings
from writer.model.binding import Binding, Edit, Plan, Unbound
from writer.model.claim import Verdict

TWICE = "its file is read more than once, and not everywhere with the same meaning"


def plan(checked: Checked, root: Path) -> Plan:
    """What binding the numbers of a judged paper would do; nothing is written.

    Args:
        checked: the paper with its verdicts.
        root: the folder that its files are named from.

    Raises:
        PaperError: the paper's own ``\\measured`` prints something else.
        PathError: a file changed since it was read.
    """
    numbers = [item for item in checked.judged if item.quantity is not None]
    marked = [item for item in numbers if _marked(item)]
    found = _found([item for item in numbers if not _marked(item)], checked)
    found, notes = _writable(found, checked.paper, root.resolve())
    bindings = tuple(item for item in found if isinstance(item, Binding))
    unbound = tuple(item for item in found if isinstance(item, Unbound))
    macro, edits = _edits(bindings, checked.paper, root.resolve())
    return Plan(bindings, unbound, len(marked), macro, edits, (*checked.notes, *notes))


def _marked(item: Judged) -> bool:
    quantity = item.quantity
    return quantity is not None and any(
        item.sentence.marks(quantity.start, quantity.number_end, "measured")
    )


def _found(items: Iterable[Judged], checked: Checked) -> list[Binding | Unbound]:
    found: list[Binding | Unbound] = []
    for item in items:
        claim = item.judgement.claim
        try:
            value = measurement_of(item, checked.dataset)
            found.append(Binding(claim, literal_of(item, value, checked.paper), value))
        except NotBoundError as why:
            found.append(Unbound(claim, item.judgement.verdict, str(why)))
    return _agreed(_typeset(found, checked.paper))


def _typeset(found: list[Binding | Unbound], paper: Paper) -> list[Binding | Unbound]:
    """Without the bindings at places where TeX may do more than typeset."""
    places = [item.literal.offset for item in found if isinstance(item, Binding)]
    around = surroundings(paper.text, places)
    defined = defined_names(paper.text)
    return [
        _refused(item, around[item.literal.offset].objection(defined))
        if isinstance(item, Binding)
        else item
        for item in found
    ]


def _agreed(found: list[Binding | Unbound]) -> list[Binding | Unbound]:
    """Without the bindings of places that are read twice and mean two things."""
    meant: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for item in found:
        key = (item.claim.file, item.claim.line, item.claim.column)
        meant[key].add(item.value.id if isinstance(item, Binding) else "")
    seen: set[tuple[int, int]] = set()
    kept: list[Binding | Unbound] = []
    for item in found:
        if isinstance(item, Binding):
            place = (item.literal.file, item.literal.start)
            if place in seen:
                continue
            seen.add(place)
            several = len(meant[item.claim.file, item.claim.line, item.claim.column]) > 1
            kept.append(_refused(item, TWICE if several else ""))
        else:
            kept.append(item)
    return kept


def _refused(item: Binding, why: str) -> Binding | Unbound:
    return Unbound(item.claim, Verdict.SUPPORTED, why) if why else item


def _writable(
    found: list[Binding | Unbound], paper: Paper, root: Path
) -> tuple[list[Binding | Unbound], list[str]]:
    """Without the bindings in files that cannot be written back as they are."""
    masked: dict[int, str] = {}
    notes: dict[str, None] = {}
    kept: list[Binding | Unbound] = []
    for item in found:
        if not isinstance(item, Binding):
            kept.append(item)
            continue
        literal, text = item.literal, paper.texts[item.literal.file]
        if literal.file not in masked:
            name = paper.files[literal.file]
            data = _read(root / name, name, text)
            masked[literal.file] = mask(text).text if encoded_alike(data, text, text) else ""
            if not masked[literal.file]:
                notes[f"{name}: its encoding cannot be written back exactly; it is left"] = None
        visible = masked[literal.file][literal.start : literal.end] == literal.text
        why = "" if visible else "its file's encoding, or a listing around it, is not written"
        kept.append(_refused(item, why))
    return kept, list(notes)


def _edits(
    bindings: tuple[Binding, ...], paper: Paper, root: Path
) -> tuple[tuple[str, int] | None, tuple[Edit, ...]]:
    if not bindings:
        return None, ()
    changes: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for item in bindings:
        literal = item.literal
        changes[literal.file].append((literal.start, literal.end, item.replacement))
    macro = None
    missing = missing_macro(paper, min(item.literal.offset for item in bindings))
    if missing is not None:
        index, offset = missing
        place, line = with_macro(paper.texts[index], offset)
        changes[index].append((place, place, line))
        macro = (paper.files[index], paper.texts[index].count("\n", 0, place) + 1)
    return macro, tuple(_edit(index, changes, paper, root) for index in sorted(changes))


def _edit(
    index: int, changes: Mapping[int, list[tuple[int, int, str]]], paper: Paper, root: Path
) -> Edit:
    name, text = paper.files[index], paper.texts[index]
    pieces, done = [], 0
    for start, end, new in sorted(changes[index]):
        pieces += [text[done:start], new]
        done = end
    after = "".join((*pieces, text[done:]))
    data = _read(root / name, name, text)
    changed = encoded_alike(data, text, after)
    if changed is None:
        raise PathError(
            "its encoding cannot be written back exactly",
            file=name,
            hint="save it as UTF-8",
        )
    return Edit(name, root / name, text, after, data, changed)


def write(made: Plan) -> None:
    """Write the files of a plan, each whole or not at all.

    Raises:
        PathError: one of them changed since it was read, and none is written; or one
            cannot be written.
    """
    for edit in made.edits:
        _unchanged(edit)
    for edit in made.edits:
        _unchanged(edit)
        mode = edit.path.stat().st_mode & 0o7777
        write_atomic(edit.path, edit.changed)
        edit.path.chmod(mode)


def _unchanged(edit: Edit) -> None:
    if read_bytes(edit.path, shown=edit.name) != edit.data:
        raise _changed(edit.name)


def _read(path: Path, name: str, text: str) -> bytes:
    """The file's bytes, which must still be those of ``text``."""
    data = read_bytes(path, shown=name)
    decoded = decode(data)
    if decoded is None or decoded.text != text:
        raise _changed(name)
    return data


def _changed(name: str) -> PathError:
    return PathError(
        "the file changed while it was being read; it is not overwritten",
        file=name,
        hint="run the command again",
    )
