"""The text of a file of a paper, whatever it is encoded in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_DECLARED = re.compile(rb"\\usepackage\s*\[\s*([A-Za-z0-9-]+)\s*\]\s*\{inputenc\}")
_INPUTENC = {
    b"latin1": "cp1252",  # its printable part agrees with ISO 8859-1
    b"latin9": "iso8859-15",
    b"ansinew": "cp1252",
    b"cp1252": "cp1252",
    b"cp1250": "cp1250",
    b"latin2": "iso8859-2",
    b"cp1251": "cp1251",
    b"koi8-r": "koi8-r",
    b"applemac": "mac-roman",
}
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_MANY = 0.3
"""The share of zero bytes on one side of the pairs that tells UTF-16 without a mark."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text; ``note`` says how it was read if not as UTF-8, and is empty otherwise."""

    text: str
    note: str = ""


def decode(data: bytes) -> Decoded | None:
    """The text of ``data``, or ``None`` for what is no text.

    UTF-8 first, then UTF-16 and UTF-32 by their marks or zero bytes, then the encoding
    that the text declares for itself, then Latin-1 (as Windows writes it).
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _as(data, name)
    order = _without_mark(data) if b"\0" in data else None
    if order:
        return _as(data, order)
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        if b"\0" in data:
            return None
    declared = _DECLARED.search(data)
    return _as(data, _INPUTENC.get(declared[1].lower() if declared else b"", "cp1252"))


def _as(data: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(data.decode(name), f"is no UTF-8 and is read as {_SHOWN.get(name, name)}")
    except UnicodeDecodeError:
        if name.startswith("utf"):
            return None
    text = data.decode("latin-1")
    return Decoded(text, "is no UTF-8 and is read as Latin-1")


_SHOWN = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Latin-1"}


def _without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, or ``None``."""
    sample = data[: _SAMPLE - len(data) % 2]
    half = len(sample) // 2
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if half and zeros[0] == 0 and zeros[1] > _MANY * half:
        return "utf-16-le"
    if half and zeros[1] == 0 and zeros[0] > _MANY * half:
        return "utf-16-be"
    return None


_WRITTEN = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1")


def encoded_alike(data: bytes, text: str, new: str) -> bytes | None:
    """``new`` in the encoding that ``data`` are ``text`` in; None where there is none.

    None also where ``text`` would not give ``data`` again, byte for byte.
    """
    for name in dict.fromkeys((*_WRITTEN, *_INPUTENC.values())):
        try:
            if data.decode(name) == text and text.encode(name) == data:
                return new.encode(name)
        except UnicodeError:
            continue
    return None
