"""Where the figures of a meeting's facts were read: found when asked for, because few of them ever are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from attrs import frozen

from chibo.model import CellBook, CountSource, Meeting, Place, TableOrigin, column_letters
from chibo.model.meetings import TYPED_COUNTS
from chibo.model.vocabulary import MeetingKind

_OF_THE_ROW = {
    "meeting_code": "meeting_code",
    "kind": "kind",
    "held_on": "held_on",
    "speakers": "speakers",
    "opinions": "opinions",
    "thematic": "plan_no",
    **{name: name for name in ("state", "state_reason", "postponed_to", "reported_on", "supervisor_present")},
    **{name: name for name in TYPED_COUNTS},
}
"""The column of `Sinh hoạt` behind each column of the facts, and behind what a return says besides."""

_OF_TWO_CELLS = {
    "minutes": ("starts_at", "ends_at"),
    "attendance_rate": ("present", "membership"),
    "owed": ("present", "membership"),
}
"""Figures that are made of two cells of the row."""

_OF_THE_INFO = ("committee_code", "cell_code", "cell_name", "year")


@frozen(eq=False)
class FactPlaces(Mapping[str, Place]):
    """The places of one meeting's facts by column name; a figure without a place of its own has none.

    `table` and `row` are the meeting's row; `others` are the places of what does not come from that row.
    """

    table: TableOrigin | None
    row: int
    others: Mapping[str, Place]

    def __getitem__(self, column: str) -> Place:
        if column in self.others:
            return self.others[column]
        address = self._address(column)
        if self.table is None or not address:
            raise KeyError(column)
        return Place(self.table.file, self.table.sheet, address)

    def __iter__(self) -> Iterator[str]:
        of_row = (column for column in (*_OF_THE_ROW, *_OF_TWO_CELLS) if self._address(column))
        return iter(dict.fromkeys(chain(self.others, of_row)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _address(self, column: str) -> str:
        if self.table is None:
            return ""
        if column in _OF_TWO_CELLS:
            return self._two_cells(*_OF_TWO_CELLS[column])
        number = self.table.columns.get(_OF_THE_ROW.get(column, ""), 0)
        return f"{column_letters(number)}{self.row}" if number else ""

    def _two_cells(self, one: str, other: str) -> str:
        """Both cells: a range where they stand side by side, else named one after the other."""
        columns = self.table.columns if self.table else {}
        first, last = sorted((columns.get(one, 0), columns.get(other, 0)))
        if not first:
            return ""
        joint = ":" if last == first + 1 else ","
        return f"{column_letters(first)}{self.row}{joint}{column_letters(last)}{self.row}"


def places_of(
    book: CellBook, meeting: Meeting, table: TableOrigin | None, sources: Mapping[str, CountSource]
) -> FactPlaces:
    """The places of a meeting's facts. `table` is where `Sinh hoạt` was found, `sources` where counts come from."""
    code = meeting.meeting_code
    others = {name: book.info.places[name] for name in _OF_THE_INFO if name in book.info.places}
    own_frame = "frame_thematic" if meeting.kind is MeetingKind.THEMATIC else "frame_regular"
    if own_frame in book.info.places and getattr(book.info, own_frame):
        others["frame"] = book.info.places[own_frame]
    marks = book.roll_call.origin
    if marks is not None and str(code) in marks.columns:
        column = marks.column_range(str(code))
        others |= {name: column for name, source in sources.items() if source is CountSource.ROLL_CALL}
    for sheet, names in (
        (book.self_scores, ("self_total", "self_grade")),
        (book.official_scores, ("official_total", "official_grade")),
    ):
        if sheet.origin is not None and str(code) in sheet.origin.columns:
            others |= dict.fromkeys(names, sheet.origin.column_range(str(code)))
    return FactPlaces(table, meeting.origin.row if meeting.origin else 0, others)
