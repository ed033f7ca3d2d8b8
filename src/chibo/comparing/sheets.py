"""The sheets of a cell book as rows and back, and by what the rows of each sheet are known again in another book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from chibo.comparing.rows import GRID_KEY, Row, compared_columns
from chibo.model import (
    Assessment,
    CellBook,
    CellInfo,
    DuesRow,
    GridOrigin,
    Mark,
    Meeting,
    MeetingCode,
    Place,
    RollCall,
    ScoreSheet,
    ThematicPlan,
)
from chibo.model.vocabulary import DuesMark

Keys = tuple[tuple[str, ...], ...]


@frozen(kw_only=True)
class RowKind:
    """The rows of one sheet (a sheet with labels and a table has two kinds).

    `key` are the columns that name a row. What is left without a partner is known by `alike`, one group of columns
    after the other, where exactly one row on either side has these values; at last by free text in the column
    `wording` that was only reworded, among rows that are equal in `within`.
    """

    sheet: str
    rows: Callable[[CellBook], tuple[Row, ...]]
    put: Callable[[CellBook, Sequence[Row]], CellBook]
    key: tuple[str, ...] = ()
    alike: Keys = ()
    wording: str = ""
    within: tuple[str, ...] = ()
    member_name: str = ""
    """The column that repeats the name which `members` gives to the row's member, in our form by a formula."""

    @property
    def is_grid(self) -> bool:
        """Whether rows are there only through their values, and columns are headed by meeting codes."""
        return self.sheet in GRID_KEY


def _table(
    sheet: str,
    key: tuple[str, ...],
    alike: Keys = (),
    wording: str = "",
    within: tuple[str, ...] = (),
    *,
    member_name: str = "",
) -> RowKind:
    return RowKind(
        member_name=member_name,
        sheet=sheet,
        key=key,
        alike=alike,
        wording=wording,
        within=within,
        rows=lambda book: tuple(map(_row_of, _records(book, sheet))),
        put=lambda book, rows: _with_records(book, sheet, tuple(map(_record_of, rows))),
    )


def _records(book: CellBook, sheet: str) -> tuple[Any, ...]:
    if sheet == "plan":
        return book.plan.topics
    if sheet == "assessment":
        return book.assessment.entries
    records: tuple[Any, ...] = getattr(book, sheet)
    return records


def _with_records(book: CellBook, sheet: str, records: tuple[Any, ...]) -> CellBook:
    if sheet == "plan":
        return evolve(book, plan=evolve(book.plan, topics=records))
    if sheet == "assessment":
        return evolve(book, assessment=evolve(book.assessment, entries=records))
    changed: dict[str, Any] = {sheet: records}
    return evolve(book, **changed)


def _row_of(record: Any) -> Row:
    origin = record.origin
    values = {column: getattr(record, column) for column in compared_columns(type(record))}
    if isinstance(record, Meeting):  # what stands in the workbook is compared, not what its empty cells mean
        values.update((column, None) for column in record.left_empty if record.is_left_empty(column))
    if isinstance(record, DuesRow):
        months: Mapping[int, DuesMark] = values.pop("months")
        values.update({f"T{month}": mark for month, mark in months.items()})
    return Row(values, record, origin.place if origin else lambda _column: None)


def _record_of(row: Row) -> Any:
    values = dict(row.values)
    if isinstance(row.record, DuesRow):
        named = {column: values.pop(column) for column in ("member_code", "full_name")}
        months = {int(column[1:]): mark for column, mark in values.items() if mark is not None}
        return evolve(row.record, months=months, **named)
    if isinstance(row.record, Meeting):
        left_empty = {column: answer for column, answer in row.record.left_empty.items() if values[column] is None}
        return evolve(row.record, **{**values, **left_empty, "left_empty": left_empty})
    return evolve(row.record, **values)


def _labels(sheet: str, kind: type[Any], leave: str = "") -> RowKind:
    """The labels of a sheet, which are attributes of a value of the book called like the sheet."""
    columns = tuple(column for column in compared_columns(kind) if column != leave)

    def rows(book: CellBook) -> tuple[Row, ...]:
        holder = getattr(book, sheet)
        table = book.tables.get(sheet)
        whole = Place(table.file, table.sheet) if table else None
        places: Mapping[str, Place] = holder.places
        values = {column: getattr(holder, column) for column in columns}
        return (Row(values, holder, lambda column: places.get(column, whole)),)

    def put(book: CellBook, rows: Sequence[Row]) -> CellBook:
        return evolve(book, **{sheet: evolve(getattr(book, sheet), **rows[0].values)})

    return RowKind(sheet=sheet, rows=rows, put=put)


def _seats(book: CellBook) -> tuple[Row, ...]:
    table = book.tables.get("committee")
    place = Place(table.file, table.sheet) if table else None
    return (Row({"committee_seats": book.committee_seats}, None, lambda _column: place),)


def _grid(sheet: str) -> RowKind:
    key = GRID_KEY[sheet]

    def rows(book: CellBook) -> tuple[Row, ...]:
        grid: RollCall | ScoreSheet = getattr(book, sheet)
        columns: Mapping[MeetingCode, Mapping[str, Mark | Decimal]] = (
            grid.marks if isinstance(grid, RollCall) else grid.points
        )
        found: dict[str, dict[str, Any]] = {}
        for meeting, values in columns.items():
            for code, value in values.items():
                found.setdefault(code, {key: code})[str(meeting)] = value
        return tuple(Row(values, None, _crossing(grid.origin, code, key)) for code, values in found.items())

    def put(book: CellBook, rows: Sequence[Row]) -> CellBook:
        found: dict[MeetingCode, dict[str, Any]] = {}
        for row in rows:
            for column, value in row.values.items():
                meeting = MeetingCode.parse(column) if column != key else None
                if meeting is not None and value is not None:
                    found.setdefault(meeting, {})[row.values[key]] = value
        name = "marks" if sheet == "roll_call" else "points"
        return evolve(book, **{sheet: evolve(getattr(book, sheet), **{name: found})})

    return RowKind(sheet=sheet, rows=rows, put=put, key=(key,))


def _crossing(origin: GridOrigin | None, code: str, key: str) -> Callable[[str], Place | None]:
    """Where a row of a grid crosses a column; the row's code for the column of the codes."""

    def locate(column: str) -> Place | None:
        return origin.place(code, "" if column == key else column) if origin else None

    return locate


def absent_row(book: CellBook, kind: RowKind, row: Row) -> Row:
    """A row of a grid without values in `book`: it has a place where its code and the column of the meeting are."""
    key = kind.key[0]
    code = row.values[key]
    return Row({key: code}, None, _crossing(getattr(book, kind.sheet).origin, code, key))


def heading_place(book: CellBook, sheet: str, meeting: str) -> Place | None:
    """Where the heading of a meeting's column of a grid stands."""
    origin: GridOrigin | None = getattr(book, sheet).origin
    return origin.place("", meeting) if origin else None


MEMBERS = _table("members", ("member_code",), (("full_name",),))
MEETINGS = _table("meetings", ("meeting_code",), (("held_on", "kind"), ("held_on",), ("planned_on", "kind")))

ROW_KINDS: tuple[RowKind, ...] = (
    _labels("info", CellInfo),
    MEMBERS,
    _table(
        "changes",
        ("member_code", "day", "change"),
        (("member_code", "change"), ("member_code", "day"), ("day", "change")),
    ),
    RowKind(sheet="committee", rows=_seats, put=lambda book, rows: evolve(book, **rows[0].values)),
    _table("committee", ("post", "full_name"), (("full_name",), ("post",))),
    _labels("plan", ThematicPlan, leave="topics"),
    _table("plan", ("no", "topic"), (("topic",), ("no",)), wording="topic"),
    MEETINGS,
    _grid("roll_call"),
    _table(
        "tasks",
        ("meeting_code", "task"),
        (("task",), ("meeting_code", "owner", "due_on")),
        wording="task",
        within=("meeting_code",),
    ),
    _grid("self_scores"),
    _grid("official_scores"),
    _table("explanations", ("meeting_code", "criterion"), (("criterion", "reason"), ("meeting_code", "reason"))),
    _table("dues", ("member_code",), (("full_name",),), member_name="full_name"),
    _table(
        "inspections",
        ("inspected_on", "authority", "kind"),
        (("conclusion_number",), ("inspected_on", "authority"), ("inspected_on", "kind"), ("inspected_on",)),
    ),
    _table("disseminations", ("document_number", "document_date"), (("document_number",), ("subject",))),
    _labels("assessment", Assessment, leave="entries"),
    _table("assessment", ("term", "item", "text"), (("text",),), wording="text", within=("term", "item")),
)
"""Everything that is compared, in the order of the workbook."""


def rows_by_kind(book: CellBook) -> tuple[tuple[Row, ...], ...]:
    """The rows of a book, for each of `ROW_KINDS`."""
    return tuple(kind.rows(book) for kind in ROW_KINDS)


def with_rows(book: CellBook, rows: Iterable[Sequence[Row]]) -> CellBook:
    """The book with these rows, for each of `ROW_KINDS`, in the place of its own."""
    for kind, own in zip(ROW_KINDS, rows, strict=True):
        book = kind.put(book, own)
    return book
