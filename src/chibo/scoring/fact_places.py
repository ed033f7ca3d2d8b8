"""Where the figures of a meeting's facts were read: found when asked for, because few of them ever are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from attrs import frozen

from chibo.model import CellBook, Meeting, Place, column_letters
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

_COLUMNS = (*dict.fromkeys(chain(_OF_THE_ROW.values(), chain.from_iterable(_OF_TWO_CELLS.values()))),)
"""Every column of `Sinh hoạt` that a figure may come from, in the order of `BookPlaces.columns`."""
_INDEX = {column: index for index, column in enumerate(_COLUMNS)}

_OF_THE_INFO = ("committee_code", "cell_code", "cell_name", "year")
OF_A_FULL_ROLL_CALL = (*TYPED_COUNTS, "attendance_rate", "owed")
"""The figures that the marks decide, where every member has one."""
_OF_THE_SCORES = ("self_total", "self_grade")
_OF_THE_REVIEW = ("official_total", "official_grade")


@frozen(eq=False)
class BookPlaces:
    """What the places of all meetings of a book share, held once and small enough to travel between processes.

    `file`, `sheet` and the 1-based `columns` say where `Sinh hoạt` was found; a column that is not there is 0.
    """

    file: str
    sheet: str
    columns: tuple[int, ...]
    info: Mapping[str, Place]
    """Places on `Thông tin` by column name."""

    @classmethod
    def of(cls, book: CellBook) -> BookPlaces:
        """The places of a book."""
        names = (*_OF_THE_INFO, "frame_regular", "frame_thematic")
        info = {name: book.info.places[name] for name in names if name in book.info.places}
        table = next((meeting.origin.table for meeting in book.meetings if meeting.origin), None)
        if table is None:
            return cls("", "", (), info)
        return cls(table.file, table.sheet, tuple(table.columns.get(column, 0) for column in _COLUMNS), info)

    def column(self, name: str) -> int:
        """The column of `Sinh hoạt` with this name, 0 where it is not there."""
        index = _INDEX.get(name)
        return 0 if index is None or not self.columns else self.columns[index]


@frozen(eq=False)
class FactPlaces(Mapping[str, Place]):
    """The places of one meeting's facts by column name; a figure without a place of its own has none.

    `row` is the meeting's row; `frame` names the place on `Thông tin` where its frame was chosen, "" where the bloc's
    frame holds; `elsewhere` are the places of figures that do not come from that row, several with one place.
    """

    book: BookPlaces
    row: int
    frame: str
    elsewhere: tuple[tuple[tuple[str, ...], Place], ...]

    def __getitem__(self, column: str) -> Place:
        if column in _OF_THE_INFO and column in self.book.info:
            return self.book.info[column]
        if column == "frame" and self.frame:
            return self.book.info[self.frame]
        for names, place in self.elsewhere:
            if column in names:
                return place
        address = self._address(column)
        if not address:
            raise KeyError(column)
        return Place(self.book.file, self.book.sheet, address)

    def __iter__(self) -> Iterator[str]:
        of_info = (name for name in _OF_THE_INFO if name in self.book.info)
        of_frame = ("frame",) if self.frame else ()
        of_row = (column for column in (*_OF_THE_ROW, *_OF_TWO_CELLS) if self._address(column))
        return iter(dict.fromkeys(chain(of_info, of_frame, *(names for names, _ in self.elsewhere), of_row)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _address(self, column: str) -> str:
        if column in _OF_TWO_CELLS:
            return self._two_cells(*_OF_TWO_CELLS[column])
        number = self.book.column(_OF_THE_ROW.get(column, ""))
        return f"{column_letters(number)}{self.row}" if number else ""

    def _two_cells(self, one: str, other: str) -> str:
        """Both cells: a range where they stand side by side, else named one after the other."""
        first, last = sorted((self.book.column(one), self.book.column(other)))
        if not first:
            return ""
        joint = ":" if last == first + 1 else ","
        return f"{column_letters(first)}{self.row}{joint}{column_letters(last)}{self.row}"


def places_of(book: CellBook, meeting: Meeting, shared: BookPlaces, from_marks: tuple[str, ...] = ()) -> FactPlaces:
    """The places of a meeting's facts; `from_marks` names the figures that the roll call decides."""
    code = str(meeting.meeting_code)
    own_frame = "frame_thematic" if meeting.kind is MeetingKind.THEMATIC else "frame_regular"
    frame = own_frame if own_frame in shared.info and getattr(book.info, own_frame) else ""
    elsewhere = [
        (names, origin.column_range(code))
        for names, origin in (
            (from_marks, book.roll_call.origin),
            (_OF_THE_SCORES, book.self_scores.origin),
            (_OF_THE_REVIEW, book.official_scores.origin),
        )
        if names and origin is not None and code in origin.columns
    ]
    return FactPlaces(shared, meeting.origin.row if meeting.origin else 0, frame, tuple(elsewhere))
