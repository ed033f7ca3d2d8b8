"""Columns of a table under another heading: data in the place of a column of the form, or what belongs in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from chibo.definitions.layouts import Column, SheetLayout, ValueType
from chibo.definitions.wording import normal_label
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading import kinds
from chibo.workbook.reading.converters import ReadingContext, plain_values
from chibo.workbook.reading.headers import VERDICT_LABEL, Header, known_label
from chibo.workbook.reading.outcomes import Partly, Unreadable
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.reporting import SheetReport, Spot
from chibo.workbook.reading.sheet import Raw, Sheet
from chibo.workbook.reading.showing import show

_VERDICT = normal_label(VERDICT_LABEL)
_TELLING = frozenset(
    {ValueType.LIST, ValueType.YES_NO, ValueType.TIME, ValueType.QUARTER, ValueType.TOPICS, ValueType.MEETING_CODE}
)
"""Types of which few values are no others: a column of somebody's own seldom holds nothing else."""


def report_renamed(of: SheetLayout, header: Header, context: ReadingContext, report: SheetReport) -> None:
    """Say of each column that lacks its heading, and shows by its place or content which it is, that it was not read.

    Columns that somebody added are left in peace: nobody knows what they are. Where all columns of the layout but one
    are there, that one is looked for at its place at the edge, then anywhere by what its cells or its heading say. Only
    in a book of our own form, which had all of them, a column added where others are gone is asked about.
    """
    unheaded: list[tuple[Column, int]] | None = header.alike.get(report_renamed)
    if unheaded is None:
        unheaded = header.alike[report_renamed] = list(_unheaded(of, header))
    told = [(column, index) for column, index in unheaded if _is_stranger(of, header, index, report)]
    missing = _missing(of, header)
    if len(missing) == len(told) + 1:
        codes = {column.code for column, _ in told}
        (left,) = (column for column in missing if column.code not in codes)
        taken = {index for _, index in told}
        told += [(left, index) for index in _left_over(left, of, header, context, report) if index not in taken]
    for column, index in told:
        heading = _heading(report.sheet, header, index)
        report.add(kinds.COLUMN_RENAMED, Spot(header.row, index, column.label), seen=said_heading(heading))
    if context.of_our_form and len(missing) > len(told):
        _report_strange(told, of, header, context, report)


def _report_strange(
    told: list[tuple[Column, int]], of: SheetLayout, header: Header, context: ReadingContext, report: SheetReport
) -> None:
    """Say once which columns are gone besides those told, and which others hold what could stand in them."""
    codes, taken = {column.code for column, _ in told}, {index for _, index in told}
    gone = [column for column in _missing(of, header) if column.code not in codes]
    could_be: dict[int, list[Column]] = {}
    for index in _headed_strangers(of, header, report):
        typed = _typed(index, header, report) if index not in taken else []
        columns = [column for column in gone if _all_read(typed, plain_values(column, context))] if typed else []
        if columns:
            could_be[index] = columns
    if not could_be:
        return
    likely = [column.label for column in gone if any(column in columns for columns in could_be.values())]
    first, *others = could_be
    report.add(
        kinds.COLUMNS_STRANGE,
        Spot(header.row, first, _listed(likely)),
        seen=_listed(said_heading(_heading(report.sheet, header, index)) for index in could_be),
        expected=_listed(likely),
        others=tuple(report.sheet.place(header.row, index) for index in others),
    )


def _is_stranger(of: SheetLayout, header: Header, index: int, report: SheetReport) -> bool:
    """Whether something stands in a column that is headed like none of the form."""
    heading = _heading(report.sheet, header, index)
    if known_label(heading, of) is not None or (isinstance(heading, str) and normal_label(heading) == _VERDICT):
        return False
    return bool(header.cells_below(report.sheet, index))


def _heading(sheet: Sheet, header: Header, index: int) -> Raw:
    """What a column is headed by; in a header of several rows that may be merged down from above."""
    merge = sheet.merge_at(header.row, index) if header.last > header.first else None
    return sheet.value(merge.top, merge.left) if merge else sheet.value(header.row, index)


def _missing(of: SheetLayout, header: Header) -> list[Column]:
    """The columns that nothing is headed by, apart from those that only show what stands elsewhere."""
    missing: list[Column] | None = header.alike.get(_missing)
    if missing is None:
        absent = (column for column in of.columns if column.code not in header.columns)
        missing = header.alike[_missing] = [column for column in absent if column.type is not ValueType.SHOWN]
    return missing


def _left_over(
    left: Column, of: SheetLayout, header: Header, context: ReadingContext, report: SheetReport
) -> Iterator[int]:
    """Where the one column that is left may stand: at its place at the edge of the table, or else anywhere."""
    values = plain_values(left, context)
    edge = _edge(left, of, header)
    if edge and _is_stranger(of, header, edge, report) and _all_read(header.cells_below(report.sheet, edge), values):
        yield edge
        return
    for index in _headed_strangers(of, header, report):
        telling = left.type in _TELLING or _share_words(str(_heading(report.sheet, header, index)), left.label)
        typed = _typed(index, header, report) if telling else []
        if typed and _all_read(typed, values):
            yield index
            return


def _headed_strangers(of: SheetLayout, header: Header, report: SheetReport) -> Iterator[int]:
    """The columns under a heading of somebody's own in which something stands."""
    for index in range(1, len(report.sheet.rows.get(header.row, ())) + 1):
        heading = _heading(report.sheet, header, index)
        if isinstance(heading, str) and heading and _is_stranger(of, header, index, report):
            yield index


def _typed(column: int, header: Header, report: SheetReport) -> list[Raw]:
    """What was typed into the cells of a column, without what is computed there."""
    computed = report.sheet.details.formula_cells()
    below = ((row, cells) for row, cells in report.sheet.rows.items() if row > header.last and column <= len(cells))
    return [raw for row, cells in below if (raw := cells[column - 1]) != "" and (row, column) not in computed]


def _edge(left: Column, of: SheetLayout, header: Header) -> int:
    """The column where the layout has its first or last one; 0 for any other."""
    number = of.columns.index(left)
    before, after = of.columns[:number], of.columns[number + 1 :]
    if not after and before[-1].code in header.columns:
        return header.columns[before[-1].code] + 1
    return header.columns[after[0].code] - 1 if not before and after[0].code in header.columns else 0


def _all_read(cells: Iterable[Raw], values: PlainValues) -> bool:
    """Whether every cell that holds something holds a value of the column."""
    held = [raw for raw in cells if raw != ""]
    return all(
        not isinstance(raw, BrokenCell) and not isinstance(values.convert(raw), Partly | Unreadable) for raw in held
    )


def _share_words(heading: str, label: str) -> bool:
    """Whether one says all that the other says, in two words or more."""
    ours, theirs = {*normal_label(label).split()}, {*normal_label(heading).split()}
    return len(ours & theirs) > 1 and (ours <= theirs or theirs <= ours)


def _unheaded(of: SheetLayout, header: Header) -> Iterator[tuple[Column, int]]:
    """The columns without their heading between two that have it, where these stand as far apart as in the layout."""
    there = [(number, header.columns[one.code]) for number, one in enumerate(of.columns) if one.code in header.columns]
    for (number, index), (next_number, next_index) in pairwise(there):
        if next_number - number == next_index - index:
            for step in range(1, next_number - number):
                if of.columns[number + step].type is not ValueType.SHOWN:
                    yield of.columns[number + step], index + step


def said_heading(heading: Raw) -> str:
    """A heading as a finding names it; a dash for none."""
    return "–" if isinstance(heading, BrokenCell) else show(heading) or "–"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
