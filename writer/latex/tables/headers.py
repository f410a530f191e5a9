"""Which rows and columns of a grid are headers, and what each number stands under.

LaTeX does not say what is a header. The rules and the cells do: a header's cells are
words, or whole numbers over a rule, and the columns of words name the rows.
"""

from __future__ import annotations

import re
from collections import Counter

from writer.latex.tables.content import CHECK, DASH, EMPTY, LOOSE, NUMBER, TEXT
from writer.latex.tables.sheet import Layout, Sheet
from writer.latex.tables.terms import column_terms, header_terms, row_terms
from writer.latex.words import words

MAX_HEADER_ROWS = 8
MAX_HEADER_COLUMNS = 8

_LEVEL = re.compile(
    r"\(?[~≈<>≤≥]?\s?(?:\d{1,10}\s?(?:[kKMGTB%x×]|[KMGT]B|ms|s)?|\d{1,3}\.\d\s?[MB])\)?"
)
_SIZES = re.compile(r"\d{1,7}(?:\s?[x×]\s?\d{1,7}){1,3}")
_SETTING = words(
    "size sizes n m k batch thread threads node nodes core cores worker workers client clients "
    "user users length context dimension dim concurrency seed fold round epoch year rank qubits "
    "gpus"
)
"""Last words of headers over what the authors chose for a row, and did not measure."""

_SPREAD_ONLY = re.compile(r"[(\[].*[)\]]|±.*")


def layout(sheet: Sheet) -> Layout:
    """Find the headers of a sheet that has at least one row."""
    header = _header_rows(sheet)
    groups = {row for row in range(header, len(sheet.cells)) if _is_group(sheet, row)}
    panels = _panels(sheet, header, groups)
    body = [row for row in range(header, len(sheet.cells)) if row not in groups | panels]
    names = _header_columns(sheet, header, body)
    found = Layout(header, names, silent=groups | panels)
    row_terms(sheet, found, groups)
    column_terms(sheet, found, panels)
    found.spreads = {row for row in body if _is_spread(sheet, row, found)}
    tops = [header_terms(sheet, range(header), column) for column in names]
    found.corner = tuple(" ".join(top) for top in tops if top)
    return found


# -- header rows


def _header_rows(sheet: Sheet) -> int:
    if sheet.header is not None:
        return min(sheet.header, len(sheet.cells) - 1)
    most = min(MAX_HEADER_ROWS, len(sheet.cells) - 1)
    ruled = next((row for row in range(1, most + 1) if sheet.ruled[row]), None)
    if ruled is not None:
        block = range(ruled)
        bad = next((row for row in block if not _may_head(sheet, row, last=row == ruled - 1)), None)
        header = ruled if bad is None else bad
        header = header or _wordy_rows(sheet, most)
    else:
        header = _wordy_rows(sheet, most)
    header = _extended(sheet, header, most)
    named = any(
        sheet.kind(row, column) != EMPTY
        for row in range(header)
        for column in range(1, sheet.width)
    )
    return header if named or sheet.width == 1 else 0


def _wordy_rows(sheet: Sheet, most: int) -> int:
    """Leading rows without results, if results follow."""
    count = 0
    while count < most and (
        _is_index_row(sheet, count)
        or _spans_names(sheet, count)
        or not (_is_data(sheet, count) or _numbers(sheet, count))
    ):
        count += 1
    if count == 0 and most and _is_level_row(sheet, 0) and _is_data(sheet, 1):
        first = [part.value for each in sheet.contents[0][1:] for part in each.parts]
        return int(len(first) > 1 and first == sorted(set(first)))
    if count == 0 and most and not any(_numbers(sheet, row) for row in range(1, len(sheet.cells))):
        return 1  # names of columns of words that are numbers
    if count == most and not any(_numbers(sheet, row) for row in range(count, len(sheet.cells))):
        return min(1, most)
    return count


def _may_head(sheet: Sheet, row: int, *, last: bool) -> bool:
    """Whether a row before the first rule is a header row."""
    if not _is_data(sheet, row) or _is_index_row(sheet, row) or _spans_names(sheet, row):
        return True
    return last and (_is_level_row(sheet, row) or _names_totals(sheet, row))


def _names_totals(sheet: Sheet, row: int) -> bool:
    """Whether a row of different numbers ends in words over columns of numbers: "3.19 & 4.0 &
    Average"."""
    own = [column for column in range(1, sheet.width) if sheet.kind(row, column) != EMPTY]
    words = [column for column in own if sheet.kind(row, column) == TEXT]
    texts = [sheet.term(row, column) for column in own]
    if not words or len(set(texts)) < len(texts) or own[-len(words) :] != words:
        return False
    below = range(row + 1, len(sheet.cells))
    return all(
        2 * sum(sheet.kind(each, column) == NUMBER for each in below) > len(below)
        for column in words
    )


def _is_index_row(sheet: Sheet, row: int) -> bool:
    """Whether a row numbers the columns, as regressions do: "(1) & (2) & (3)"."""
    if sheet.kind(row, 0) not in {EMPTY, TEXT, LOOSE}:
        return False
    texts = [
        cell.reading.term()
        for cell in sheet.cells[row][1:]
        if cell.reading.text and not cell.copied
    ]
    return len(texts) > 1 and texts == [f"({index})" for index in range(1, len(texts) + 1)]


def _numbers(sheet: Sheet, row: int) -> int:
    return sum(content.kind == NUMBER for content in sheet.contents[row][1:])


def _is_data(sheet: Sheet, row: int) -> bool:
    """Whether a row holds at least as many numbers as words, its first cell apart."""
    texts = sum(content.kind in {TEXT, LOOSE} for content in sheet.contents[row][1:])
    numbers = _numbers(sheet, row)
    if sheet.width == 1:
        return sheet.kind(row, 0) == NUMBER
    return numbers > 0 and numbers >= texts


def _is_level_row(sheet: Sheet, row: int) -> bool:
    """Whether all numbers of a row are levels, such as node counts or years."""
    cells = [
        (cell, content)
        for cell, content in zip(sheet.cells[row], sheet.contents[row], strict=True)
        if content.kind == NUMBER and not cell.copied
    ]
    levels = all(_LEVEL.fullmatch(cell.reading.term().replace(",", "")) for cell, _ in cells)
    values = [content.parts[0].value for _, content in cells]
    first = sheet.kind(row, 0) in {TEXT, EMPTY, LOOSE}
    repeats = len(set(values)) * 2 <= len(values) and values[0] in values[1:]
    return levels and first and (len(set(values)) == len(values) or repeats)


def _extended(sheet: Sheet, header: int, most: int) -> int:
    """Header rows below the first rule: rows of words over columns of numbers."""
    for row in range(header):
        for column in range(sheet.width):
            cell = sheet.cells[row][column]
            size = cell.reading.rows
            if not cell.copied and 1 < size <= most - cell.row and not _is_data(sheet, row):
                last = cell.row + size
                if all(not _is_data(sheet, each) for each in range(header, last)):
                    header = max(header, last)
    while 0 < header < most:
        if _spans_names(sheet, header):
            header += 2
        elif _heads_numbers(sheet, header):
            header += 1
        else:
            break
    return min(header, most)


def _spans_names(sheet: Sheet, row: int) -> bool:
    """Whether each number of a row stands over several columns of which the next row gives the
    names: "5k" and "10k", each over "Baseline" and "Ours"."""
    if row + 2 >= len(sheet.cells) or _numbers(sheet, row + 1):
        return False
    own = [
        cell.reading.columns
        for cell, content in zip(sheet.cells[row][1:], sheet.contents[row][1:], strict=True)
        if content.kind == NUMBER and not cell.copied
    ]
    named = sum(sheet.kind(row + 1, column) == TEXT for column in range(1, sheet.width))
    return bool(own) and min(own) > 1 and named >= max(2, sheet.width // 2)


def _heads_numbers(sheet: Sheet, row: int) -> bool:
    """Whether a row of words over columns of numbers ends at a rule.

    Where a rule follows every row, it tells nothing, and only a row without a name of
    its own is a header.
    """
    if not sheet.ruled[row + 1] or _is_group(sheet, row):
        return False
    first = sheet.cells[row][0]
    if all(sheet.ruled[1:]) and first.reading.text and not first.copied:
        return False
    texts = [column for column in range(1, sheet.width) if sheet.kind(row, column) == TEXT]
    if len(texts) < max(2, sheet.width // 2) or _numbers(sheet, row):
        return False
    below = range(row + 1, min(len(sheet.cells), row + 40))
    numeric = sum(
        sum(sheet.kind(each, column) == NUMBER for each in below)
        > sum(sheet.kind(each, column) == TEXT for each in below)
        for column in texts
    )
    return numeric * 2 > len(texts)


# -- rows within the body


def _is_group(sheet: Sheet, row: int) -> bool:
    """Whether a row holds one heading only, over the rows below it."""
    if sheet.width < 2:
        return False
    own = {
        (cell.row, cell.column): content.kind
        for cell, content in zip(sheet.cells[row], sheet.contents[row], strict=True)
        if content.kind != EMPTY
    }
    if len(own) != 1:
        return False
    ((place, kind),) = own.items()
    reading = sheet.cells[row][place[1]].reading
    alone = place[1] == 0 or reading.columns > 1
    return place[0] == row and kind in {TEXT, LOOSE} and alone and reading.rows == 1


def _panels(sheet: Sheet, header: int, groups: set[int]) -> set[int]:
    """Rows in the body that are headers of what follows them."""
    found = set()
    for row in range(header + 1, len(sheet.cells) - 1):
        if row in groups or not (sheet.ruled[row] or row - 1 in groups or row - 1 in found):
            continue
        if header and _heads_numbers(sheet, row):
            found.add(row)
    return found


def _is_spread(sheet: Sheet, row: int, found: Layout) -> bool:
    """Whether a row only prints spreads, in parentheses, of the numbers above it."""
    if row == 0 or row - 1 < found.header or sheet.cells[row][0].reading.text:
        return False
    given = 0
    for column in range(sheet.width):
        kind = sheet.kind(row, column)
        if column in found.names or kind in {EMPTY, DASH}:
            continue
        text = sheet.cells[row][column].reading.term()
        above = sheet.kind(row - 1, column)
        if kind != NUMBER or above != NUMBER or not _SPREAD_ONLY.fullmatch(text):
            return False
        given += 1
    return given > 0


# -- header columns


def _header_columns(sheet: Sheet, header: int, body: list[int]) -> list[int]:
    if not body:
        return [0]
    wordy: list[int] = []
    for column in range(sheet.width):
        if _is_wordy(sheet, column, body, leading=len(wordy) == column):
            wordy.append(column)
    if 0 not in wordy and _is_result_column(sheet, header, body):
        return wordy
    names = sorted({0, *wordy})
    if len(names) > MAX_HEADER_COLUMNS:
        names = names[:MAX_HEADER_COLUMNS]
    following = 0
    while following in names:
        following += 1
    if following < sheet.width - 1 and _is_level_column(sheet, header, following, names, body):
        names = sorted({*names, following})
    if len(names) == sheet.width and sheet.width > 1:
        numeric = [c for c in names[1:] if any(sheet.kind(r, c) == NUMBER for r in body)]
        names = [column for column in names if column not in numeric]
    return names


def _is_result_column(sheet: Sheet, header: int, body: list[int]) -> bool:
    """Whether the first column holds results: one row of numbers without a name."""
    return (
        header > 0
        and len(body) == 1
        and sheet.kind(body[0], 0) == NUMBER
        and sheet.kind(header - 1, 0) == TEXT
    )


def _is_wordy(sheet: Sheet, column: int, body: list[int], *, leading: bool) -> bool:
    """Whether a column's cells are words; "4 layers" is one only in a ``leading`` column."""
    kinds = [sheet.kind(row, column) for row in body]
    texts = sum(kind in {TEXT, CHECK} for kind in kinds)
    loose = kinds.count(LOOSE) if leading else 0
    numbers = len([kind for kind in kinds if kind in {NUMBER, LOOSE}]) - loose
    if texts + loose == 0:
        return False
    if column == 0:
        return texts + loose >= numbers
    return numbers * 4 <= texts + loose and (texts > 0 or numbers == 0)


def _is_level_column(
    sheet: Sheet, header: int, column: int, names: list[int], body: list[int]
) -> bool:
    """Whether a column of whole numbers tells rows of one name apart: by levels that come again
    under other names, or under the name of a setting."""
    pairs: list[tuple[tuple[str, ...], str]] = []
    path = ("",) * len(names)
    for row in body:
        text = re.sub(r"[,\s\u202f]", "", sheet.term(row, column))
        level = sheet.kind(row, column) in {NUMBER, LOOSE} and _LEVEL.fullmatch(text)
        if not level and not _SIZES.fullmatch(text):
            return False
        path = tuple(
            sheet.term(row, name) or before for name, before in zip(names, path, strict=True)
        )
        pairs.append((path, text))
    paths, levels = Counter(path for path, _ in pairs), Counter(level for _, level in pairs)
    many = sum(count > 1 for count in paths.values()) > 1
    if not many or len(set(pairs)) < len(pairs):
        return False
    head = " ".join(header_terms(sheet, range(header), column)).lower().split()
    return 2 * len(levels) <= len(pairs) or (bool(head) and head[-1] in _SETTING)
