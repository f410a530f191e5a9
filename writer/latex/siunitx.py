"""What the macros of siunitx print, with an offset for each character."""

from __future__ import annotations

from writer.latex import units
from writer.latex.reader import Reader


def print_quantity(reader: Reader, name: str, start: int, end: int) -> int:
    """A number, a unit or both, by siunitx."""
    _, given, after = reader.given(name, end)
    begin = len(reader.draft.offsets)
    spans = [each for each in given if each is not None]
    numbers = _numbers(name, len(spans))
    for index, span in enumerate(spans[:numbers]):
        if index:
            reader.put("–", span[0])
        _print_numbers(reader, name, *span)
    for first, last in spans[numbers:]:
        if numbers:
            reader.put(" ", first)
        _print_pieces(reader, units.unit(reader.text[first:last], first))
    if name == "ang":
        reader.put("°", start)
    reader.mark(name, begin, given)
    return after


def _numbers(name: str, given: int) -> int:
    """How many of the arguments of a macro of siunitx are numbers."""
    if name in {"si", "unit"}:
        return 0
    if name in {"num", "ang", "numrange", "numlist", "numproduct"}:
        return given
    return max(0, given - 1)


def _print_numbers(reader: Reader, name: str, first: int, last: int) -> None:
    """One number, or several set apart by semicolons."""
    text = reader.text
    if not name.endswith("list"):
        _print_pieces(reader, units.number(text[first:last], first))
        return
    for index, part in enumerate(text[first:last].split(";")):
        if index:
            reader.put(", ", first - 1)
        _print_pieces(reader, units.number(part, first))
        first += len(part) + 1


def _print_pieces(reader: Reader, pieces: units.Pieces) -> None:
    for text, offset in pieces:
        reader.put(text, offset)
