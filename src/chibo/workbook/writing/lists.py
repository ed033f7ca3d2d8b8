"""The very hidden sheet of lists: what the drop-downs of every sheet offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from chibo.definitions.library import Library
from chibo.model import CellBook, MeetingCode, MeetingSeries, Month
from chibo.workbook.writing.geometry import SheetPlan
from chibo.workbook.writing.names import add_hidden_name
from chibo.workbook.writing.score_lines import ScoreForm

LISTS_SHEET = "_danh_muc"
_EXTRAORDINARY_OFFERED = 2
_POINTED = (
    ("member_codes", "members", "member_code"),
    ("members", "members", "full_name"),
    ("meetings_of_book", "meetings", "meeting_code"),
    ("plan_numbers", "plan", "no"),
)
"""Lists that people fill in themselves, on other sheets: name, sheet, column."""


class Lists:
    """Lists written one per column; `ref` is the reference that a drop-down takes its values from."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._sheet = workbook.add_worksheet(LISTS_SHEET)
        self._sheet.very_hidden()
        self._refs: dict[str, str] = {}

    def add(self, name: str, values: Iterable[str | int | float]) -> str:
        """Write a list under its name; an empty list still has a cell to point to."""
        column, kept = len(self._refs), list(values) or [""]
        self._sheet.write_string(0, column, name)
        for row, value in enumerate(kept, start=1):
            if isinstance(value, str):
                self._sheet.write_string(row, column, value)
            else:
                self._sheet.write_number(row, column, value)
        self._refs[name] = f"={LISTS_SHEET}!{xl_range_abs(1, column, len(kept), column)}"
        return self._refs[name]

    def point(self, name: str, block: str) -> None:
        """Let a name stand for cells of another sheet, which people fill in."""
        self._refs[name] = f"={block}"

    def name(self, name: str) -> str:
        """A defined name for a list, hidden from people; KeyError for one that was not added."""
        number = list(self._refs).index(name)
        defined = f"_ds.{number}"
        add_hidden_name(self._workbook, defined, self._refs[name].removeprefix("="))
        return defined

    def ref(self, name: str) -> str:
        """The reference to a list; KeyError for one that was not added."""
        return self._refs[name]


def write_lists(
    workbook: Workbook, book: CellBook, library: Library, plans: Mapping[str, SheetPlan], scores: ScoreForm
) -> Lists:
    """Every list of the layout, the codes that may be chosen, the bodies that inspect, and what other sheets hold."""
    layout = library.layout
    lists = Lists(workbook)
    for name, values in layout.lists.items():
        lists.add(name, (entry.value for entry in values))
    lists.add("quarter", (1, 2, 3, 4))
    lists.add("meeting_codes", offered_codes(book))
    lists.add("authorities", (body.name for body in library.inspection_authorities.authorities))
    lists.add("topics", (topic.code for topic in library.required_topics.topics))
    lists.add("frames", library.frames)
    lists.add("criteria", (line.code for line in scores.lines))
    for frame in scores.frames:
        lists.add(f"criteria.{frame.id}", frame.criteria)
    for name, sheet, column in _POINTED:
        if sheet in plans and column in plans[sheet].columns:
            lists.point(name, plans[sheet].column_block(column))
        else:
            lists.add(name, ())
    return lists


def offered_codes(book: CellBook) -> list[str]:
    """The meeting codes to choose from: month by month the regular one, a thematic one, some extraordinary ones."""
    codes = {meeting.meeting_code for meeting in book.meetings}
    for number in range(1, 13):
        month = Month(book.info.year, number)
        codes |= {MeetingCode(month), MeetingCode(month, MeetingSeries.THEMATIC)}
        codes |= {
            MeetingCode(month, MeetingSeries.EXTRAORDINARY, ordinal) for ordinal in range(1, _EXTRAORDINARY_OFFERED + 1)
        }
    return [str(code) for code in sorted(codes)]
