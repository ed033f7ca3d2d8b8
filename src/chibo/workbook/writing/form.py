"""The workbook under construction: everything that the writers of its sheets share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from attrs import frozen
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from chibo.definitions.layouts import Layout
from chibo.definitions.library import Library
from chibo.findings import Finding
from chibo.model import CellBook, Meeting, MeetingCode, ScoreSheet
from chibo.scoring import MeetingScore, frame_for, score_meeting
from chibo.workbook.writing.geometry import SheetPlan, local
from chibo.workbook.writing.lists import Lists
from chibo.workbook.writing.records import records_of
from chibo.workbook.writing.score_lines import ScoreForm, ScoreGroup
from chibo.workbook.writing.styles import Styles
from chibo.workbook.writing.workings import Workings


@frozen(slots=False, eq=False)
class Form:
    """One workbook being written.

    `book` knows the places that its values are about to have, and `findings` are those of the checks on it, so that
    verdicts are stored with the formulas that tell them. `codes` are the meeting codes that head the columns of grids.
    """

    workbook: Workbook
    styles: Styles
    library: Library
    layout: Layout
    book: CellBook
    today: date
    findings: tuple[Finding, ...]
    plans: Mapping[str, SheetPlan]
    codes: tuple[MeetingCode, ...]
    scores: ScoreForm
    lists: Lists
    workings: Workings
    sheets: Mapping[str, Worksheet]
    slips: tuple[Worksheet, ...]
    """The score sheets to print, one for each frame."""

    def plan(self, code: str) -> SheetPlan:
        """The places of a sheet, by the layout's code."""
        return self.plans[code]

    def sheet(self, code: str) -> Worksheet:
        """The worksheet of a sheet, by the layout's code."""
        return self.sheets[code]

    def code_at(self, index: int) -> MeetingCode | None:
        """The meeting over a column of a grid's spread, None over a spare one."""
        return self.codes[index] if index < len(self.codes) else None

    def meeting_index(self, code: MeetingCode | None) -> int | None:
        """The position of a meeting in the book, None where it has none with this code."""
        return self._positions.get(code) if code else None

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The members' names by code; of two with the same code the first."""
        return {member.member_code: member.full_name for member in reversed(self.book.members)}

    def variant_index(self, meeting: Meeting) -> int:
        """The number (1 …) of the variant of the score form that scores a meeting; 0 for none."""
        frame = frame_for(meeting, self.book, self.library)
        for number, variant in enumerate(self.scores.variants, start=1):
            if frame is not None and (variant.frame.id, variant.kind) == (frame.id, meeting.kind):
                return number
        return 0

    def variant_at(self, index: int) -> int:
        """The variant of the meeting over a column of a grid's spread; 0 for none."""
        position = self.meeting_index(self.code_at(index))
        return 0 if position is None else self.variant_index(self.book.meetings[position])

    def title(self, code: str) -> str:
        """The title of a finding's code, as verdicts name it."""
        return self.library.catalogue.entries[code].vi.title

    def lacks_required(self, sheet: str, row: int) -> bool:
        """Whether the record in a row of a table lacks a value that the layout requires."""
        records = records_of(self.book)
        if sheet not in records or not self.is_filled(sheet, row):
            return False
        record = records[sheet][row - self.plan(sheet).first]
        required = (column.code for column in self.plan(sheet).layout.columns if column.required)
        return any(getattr(record, code) in (None, "", ()) for code in required)

    def is_filled(self, sheet: str, row: int) -> bool:
        """Whether a row of a table holds a record of the book."""
        return row - self.plan(sheet).first < len(records_of(self.book)[sheet])

    def codes_in_row(self, sheet: str, row: int) -> frozenset[str]:
        """The codes of the findings that stand in a row of a sheet (0-based), or are about the meeting of that row."""
        found = frozenset(self._codes_in_rows.get((self.plan(sheet).name, row + 1), ()))
        return found | {"REQUIRED_EMPTY"} if self.lacks_required(sheet, row) else found

    def finds_at(self, sheet: str, row: int, column: int, code: str) -> bool:
        """Whether a finding of a code stands in a cell (0-based)."""
        place = self.book.place(self.plan(sheet).name, local(row, column))
        return code in self._codes_at.get(str(place), ())

    def findings_by_meeting(self, sheet: str) -> Mapping[MeetingCode, set[str]]:
        """The codes of the findings that stand in each meeting's column of a grid."""
        plan = self.plan(sheet)
        by_column = {plan.spread[0] + index: code for index, code in enumerate(self.codes)}
        found: dict[MeetingCode, set[str]] = defaultdict(set)
        for finding in self.findings:
            at = _position(finding.place.address)
            if finding.place.sheet == plan.name and at and at[1] in by_column:
                found[by_column[at[1]]].add(finding.code)
        return found

    def supported(self, row: int, criterion: str) -> float | str:
        """The most points that the facts of the meeting in a row of `Sinh hoạt` support; empty where they do not."""
        index = row - self.plan("meetings").first
        meeting = self.book.meetings[index] if index < len(self.book.meetings) else None
        score = self.meeting_scores.get(meeting.meeting_code) if meeting else None
        if score is None or criterion not in score.frame.criteria:
            return ""
        supported = score.criterion(criterion).supported
        return "" if supported is None else float(supported)

    def group_points(self, sheet: str, group: ScoreGroup, code: MeetingCode | None) -> float | str:
        """The points of a group at a meeting, of the criteria that apply; empty where none has points."""
        position = self.meeting_index(code)
        variant = self.variant_index(self.book.meetings[position]) if position is not None else 0
        if code is None or not variant:
            return ""
        points: ScoreSheet = getattr(self.book, sheet)
        given = points.of(code)
        scored = [line for line in group.lines if line.code in given]
        counted = [given[line.code] for line in scored if line.limits[variant - 1] is not None]
        return float(sum(counted, Decimal(0))) if scored else ""

    def result(self, sheet: str, code: MeetingCode | None) -> tuple[float | str, str]:
        """Total and grade of a meeting on a sheet of points; empty where it is not whole or not possible."""
        score = self.meeting_scores.get(code) if code else None
        if score is None:
            return "", ""
        tally = score.self_tally if sheet == "self_scores" else score.official_tally
        if tally.total is None or tally.grade is None or self.has_impossible(sheet, score.meeting_code):
            return "", ""
        return float(tally.total), str(tally.grade)

    def has_impossible(self, sheet: str, code: MeetingCode) -> bool:
        """Whether some points of a meeting lie outside what their criterion allows, so that they count for nothing."""
        position = self.meeting_index(code)
        variant = self.variant_index(self.book.meetings[position]) if position is not None else 0
        points: ScoreSheet = getattr(self.book, sheet)
        given = points.of(code)
        limits = {line.code: line.limits[variant - 1] for line in self.scores.lines} if variant else {}
        return any(
            not found.lowest <= given[criterion] <= found.maximum
            for criterion, found in limits.items()
            if found is not None and criterion in given
        )

    @cached_property
    def meeting_scores(self) -> Mapping[MeetingCode, MeetingScore]:
        """The scores of the meetings that were held and that a frame scores."""
        return {
            meeting.meeting_code: score_meeting(self.book, meeting, frame, self.today)
            for meeting in reversed(self.book.meetings)
            if meeting.is_held and (frame := frame_for(meeting, self.book, self.library)) is not None
        }

    @cached_property
    def _positions(self) -> Mapping[MeetingCode, int]:
        return {meeting.meeting_code: index for index, meeting in reversed(list(enumerate(self.book.meetings)))}

    @cached_property
    def _codes_in_rows(self) -> Mapping[tuple[str, int], set[str]]:
        found: dict[tuple[str, int], set[str]] = defaultdict(set)
        for finding in self.findings:
            at = _position(finding.place.address)
            if at:
                found[finding.place.sheet, at[0] + 1].add(finding.code)
            meeting = self.meeting_index(finding.meeting)
            if meeting is not None:
                plan = self.plan("meetings")
                found[plan.name, plan.first + meeting + 1].add(finding.code)
        return found

    @cached_property
    def _codes_at(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for finding in self.findings:
            found[str(finding.place)].add(finding.code)
        return found


def _position(address: str) -> tuple[int, int] | None:
    """Row and column (0-based) of an address such as B7, None for a range or no address."""
    if not address or ":" in address:
        return None
    row, column = xl_cell_to_rowcol(address)
    return row, column
