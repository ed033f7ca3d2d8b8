"""Where the figures of a meeting's facts were read: found when asked for, because few of them ever are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
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
_INFO = (*_OF_THE_INFO, "frame_regular", "frame_thematic")
"""What is looked for on `Thông tin`."""
OF_A_FULL_ROLL_CALL = (*TYPED_COUNTS, "attendance_rate", "owed")
"""The figures that the marks decide, where every member has one."""
_OF_THE_SCORES = ("self_total", "self_grade")
_OF_THE_REVIEW = ("official_total", "official_grade")


_GRIDS = ("roll_call", "self_scores", "official_scores")
"""Where figures of a meeting come from that do not stand in its row, by the layout's code of the sheet."""


@frozen
class Grid:
    """A grid in which every meeting has a column: its sheet, and the first and the last row of its data."""

    sheet: str
    first_row: int
    last_row: int


@frozen(eq=False)
class BookPlaces:
    """What the places of all meetings of a book share, held once and small enough to travel between processes.

    `file`, `sheet` and the 1-based `columns` say where `Sinh hoạt` was found; a column that is not there is 0.
    """

    file: str
    sheet: str
    columns: tuple[int, ...]
    info_sheet: str
    info: tuple[str, ...]
    """Addresses on `Thông tin`, in the order of `_INFO`; "" for what is not there."""
    grids: tuple[Grid | None, ...] = ()
    """In the order of `_GRIDS`; None for one that the book has not."""

    @classmethod
    def of(cls, book: CellBook) -> BookPlaces:
        """The places of a book."""
        places = [book.info.places.get(name) for name in _INFO]
        info = tuple(place.address if place else "" for place in places)
        info_sheet = next((place.sheet for place in places if place), "")
        origins = [getattr(book, name).origin for name in _GRIDS]
        grids = tuple(Grid(one.sheet, one.first_row, one.last_row) if one else None for one in origins)
        table = next((meeting.origin.table for meeting in book.meetings if meeting.origin), None)
        if table is None:
            return cls(book.file, "", (), info_sheet, info, grids)
        columns = tuple(table.columns.get(column, 0) for column in _COLUMNS)
        return cls(table.file, table.sheet, columns, info_sheet, info, grids)

    @property
    def is_whole(self) -> bool:
        """Whether it says of all that is looked for where it stands, or that it is not there."""
        named = len(self.columns), len(self.info), len(self.grids)
        return named in {(0, len(_INFO), len(_GRIDS)), (len(_COLUMNS), len(_INFO), len(_GRIDS))}

    def of_info(self, name: str) -> Place | None:
        """The place of a value on `Thông tin`, None where the book has none."""
        address = self.info[_INFO.index(name)]
        return Place(self.file, self.info_sheet, address) if address else None

    def column(self, name: str) -> int:
        """The column of `Sinh hoạt` with this name, 0 where it is not there."""
        index = _INDEX.get(name)
        return 0 if index is None or not self.columns else self.columns[index]

    def strip(self, grid: int, column: int) -> Place | None:
        """The data under one heading of a grid; None where there is none."""
        of = self.grids[grid] if column else None
        if of is None:
            return None
        return Place(self.file, of.sheet, _strip_address(column, of.first_row, of.last_row))


@frozen(eq=False)
class FactPlaces(Mapping[str, Place]):
    """The places of one meeting's facts by column name; a figure without a place of its own has none.

    `row` is the meeting's row; `frame` names the place on `Thông tin` where its frame was chosen, "" where the bloc's
    frame holds; `from_marks` has a bit for each of `OF_A_FULL_ROLL_CALL` that the roll call decides; `columns` are the
    meeting's columns in the grids of the book, 0 where it has none.
    """

    book: BookPlaces
    row: int
    frame: str
    from_marks: int
    columns: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it says of each grid where the meeting stands there; of the book that says `BookPlaces.is_whole`."""
        return len(self.columns) == len(_GRIDS)

    def __getitem__(self, column: str) -> Place:
        name = self.frame if column == "frame" else column
        if name in _INFO and (place := self.book.of_info(name)):
            return place
        for grid, names in self._in_grids():
            if column in names and (place := self.book.strip(grid, self.columns[grid])):
                return place
        address = self._address(column)
        if not address:
            raise KeyError(column)
        return Place(self.book.file, self.book.sheet, address)

    def __iter__(self) -> Iterator[str]:
        of_info = (name for name in _OF_THE_INFO if self.book.of_info(name))
        of_frame = ("frame",) if self.frame else ()
        of_grids = (names for grid, names in self._in_grids() if self.book.strip(grid, self.columns[grid]))
        of_row = (column for column in (*_OF_THE_ROW, *_OF_TWO_CELLS) if self._address(column))
        return iter(dict.fromkeys(chain(of_info, of_frame, *of_grids, of_row)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _in_grids(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The figures that may not come from the meeting's row: those of each grid, which have one place."""
        return enumerate((_figures(self.from_marks), _OF_THE_SCORES, _OF_THE_REVIEW))

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


@lru_cache(maxsize=4096)
def _strip_address(column: int, first_row: int, last_row: int) -> str:
    """The address of rows of a column: the same few in all books of one form."""
    letters = column_letters(column)
    return f"{letters}{first_row}:{letters}{last_row}"


@lru_cache
def _bits(figures: tuple[str, ...]) -> int:
    """A bit for each of these figures of a full roll call."""
    return sum(1 << OF_A_FULL_ROLL_CALL.index(name) for name in figures)


@lru_cache
def _figures(bits: int) -> tuple[str, ...]:
    """The figures of a full roll call that have a bit."""
    return tuple(name for index, name in enumerate(OF_A_FULL_ROLL_CALL) if bits >> index & 1)


def places_of(book: CellBook, meeting: Meeting, shared: BookPlaces, from_marks: tuple[str, ...] = ()) -> FactPlaces:
    """The places of a meeting's facts; `from_marks` names the figures that the roll call decides."""
    code = str(meeting.meeting_code)
    own_frame = "frame_thematic" if meeting.kind is MeetingKind.THEMATIC else "frame_regular"
    frame = own_frame if shared.of_info(own_frame) and getattr(book.info, own_frame) else ""
    origins = [getattr(book, name).origin for name in _GRIDS]
    columns = tuple(origin.columns.get(code, 0) if origin else 0 for origin in origins)
    return FactPlaces(shared, meeting.origin.row if meeting.origin else 0, frame, _bits(from_marks), columns)
