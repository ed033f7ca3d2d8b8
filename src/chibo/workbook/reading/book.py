"""Reading a cell workbook: bytes in, a book of the model and the findings of reading out. Nothing is ever raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from attrs import define, evolve, field, frozen

from chibo.checks.dues import DUES_OF_UNKNOWN_MEMBER
from chibo.checks.roll_call import ROLL_CALL_OF_UNKNOWN_MEMBER
from chibo.definitions.layouts import SheetLayout
from chibo.definitions.library import Library
from chibo.findings import Finding
from chibo.legacy_text import Answer
from chibo.model import (
    Assessment,
    CellBook,
    GridOrigin,
    Meeting,
    MeetingCode,
    Place,
    RollCall,
    TableOrigin,
    ThematicPlan,
)
from chibo.model.meetings import TYPED_COUNTS
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import ListedCodes
from chibo.workbook.reading.converters import POINTS, ReadingContext, marks, reading_context
from chibo.workbook.reading.counted import without_counted
from chibo.workbook.reading.grids import read_dues, read_roll_call, read_scores
from chibo.workbook.reading.info import info_of, read_info
from chibo.workbook.reading.labels import LabelValues, read_labels
from chibo.workbook.reading.legacy import convert_old_text
from chibo.workbook.reading.list_of_marks import typed_on_list_findings
from chibo.workbook.reading.lost_text import find_lost_text
from chibo.workbook.reading.matching import Matching, match_sheets, matching_findings
from chibo.workbook.reading.opening import OpenBook, open_book
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.records import check_codes
from chibo.workbook.reading.reporting import SheetReport
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.tables import NothingLost, Table, read_table
from chibo.workbook.reading.unheaded import report_unheaded
from chibo.workbook.reading.versions import settle_version, version_findings

_OF_UNKNOWN_MEMBER = frozenset({ROLL_CALL_OF_UNKNOWN_MEMBER, DUES_OF_UNKNOWN_MEMBER})


@frozen(kw_only=True)
class Reading:
    """What was read of one file. `book` is None where the file or the identity in it could not be read.

    A book that some finding refuses as a whole (`blocks_book`) may still be here, so that its unit can be named.
    """

    file: str
    book: CellBook | None = None
    findings: tuple[Finding, ...] = ()
    layout: str = ""
    """Id of the layout by which the workbook was read, "" where it did not come to that."""


def read_book(data: bytes, file: str, library: Library, answer: Answer | None = None) -> Reading:
    """Read the cell workbook held by `data`, called `file` (a base name), by the layouts of `library`.

    `answer` says what text is that may or may not be in an old encoding. Trouble with the file becomes a finding, never
    an exception; DefinitionError is raised where a definition is wrong.
    """
    _check_layouts(library)
    try:
        opened = open_book(data, file, library.intake)
        matching = match_sheets(opened.sheets, library)
        findings = list(matching_findings(matching, opened.sheets, file))
        if any(finding.kind is kinds.NOT_A_CELL_BOOK for finding in findings):
            from chibo.workbook.reading.papers import paper_of_ours  # noqa: PLC0415 - brings what writes with it

            ours = paper_of_ours(data, opened, file)
            return Reading(file=file, findings=(ours,) if ours else tuple(findings))
        if opened.has_macros:
            findings.append(kinds.MACROS_IGNORED.at(Place(file)))
        if opened.is_signed:
            findings.append(kinds.SIGNED.at(Place(file)))
        findings += typed_on_list_findings(data, opened, file)
        sheets = _read_sheets(opened, matching)
        findings += convert_old_text(sheets, answer)
        findings += find_lost_text(sheets.values())
        matching = settle_version(matching, sheets, library)
        reader = _BookReader(file, reading_context(matching.layout, library), sheets)
        book = reader.book()  # may still open parts that only few cells need, such as the formats
        findings += version_findings(matching, book, file, library)
    except RefusedError as refusal:
        return Reading(file=file, findings=(refusal.finding(file),))
    return Reading(file=file, book=book, findings=(*findings, *reader.findings), layout=matching.layout.id)


def _check_layouts(library: Library) -> None:
    """Raise DefinitionError unless the model has what the layouts name; looked at once."""
    if check_codes not in library.worked_out:
        for layout in library.layouts.values():
            check_codes(layout)
        library.worked_out[check_codes] = True


def _read_sheets(opened: OpenBook, matching: Matching) -> dict[str, Sheet]:
    """The sheets of the layout by their codes, in the layout's order."""
    by_name = opened.read(matching.parts.values())
    codes = [sheet.code for sheet in matching.layout.sheets if sheet.code in matching.parts]
    return {code: by_name[matching.parts[code].name] for code in codes}


@define(eq=False)
class _BookReader:
    """Reads the sheets in the order in which they need each other: identity, members, roll call, meetings, the rest."""

    file: str
    context: ReadingContext
    sheets: Mapping[str, Sheet]
    findings: list[Finding] = field(factory=list)
    tables: dict[str, TableOrigin] = field(factory=dict)

    def book(self) -> CellBook | None:
        """The whole book, None where it has no readable identity; everything is read and reported all the same."""
        info = self._info()
        of_our_form = "layout_version" in info.values
        self.context = evolve(self.context, year=info.values.get("year"), of_our_form=of_our_form)
        members = self._table("members")
        known = ListedCodes((one.member_code.casefold(), one.member_code) for one in reversed(members.records))
        self.context = evolve(self.context, members=known, lacks_members="members" not in self.sheets)
        names = {member.member_code: member.full_name for member in reversed(members.records)}
        roll_call: RollCall = self._grid("roll_call", partial(read_roll_call, listed=names), RollCall())
        meetings = self._table("meetings", _nothing_lost(roll_call))
        plan, committee, assessment = self._table("plan"), self._table("committee"), self._table("assessment")
        plan_labels = self._labels("plan", plan)
        assessment_labels = self._labels("assessment", assessment)
        contents: dict[str, Any] = {
            "members": members.records,
            "changes": self._table("changes").records,
            "committee_seats": self._labels("committee", committee).values.get("committee_seats"),
            "committee": committee.records,
            "plan": ThematicPlan(**plan_labels.values, topics=plan.records, places=plan_labels.places),
            "meetings": meetings.records,
            "roll_call": roll_call,
            "assessment": Assessment(
                **assessment_labels.values, entries=assessment.records, places=assessment_labels.places
            ),
            "dues": self._grid("dues", partial(read_dues, listed=names), ()),
            **{code: self._table(code).records for code in ("tasks", "explanations", "inspections", "disseminations")},
        }
        for code in ("self_scores", "official_scores"):
            scores = self._grid(code, read_scores, None)
            if scores is not None:
                contents[code] = scores
        self._unheaded("roll_call", roll_call.origin, marks("mark", self.context), meetings.records)
        for code in ("self_scores", "official_scores"):
            if code in contents:
                self._unheaded(code, contents[code].origin, POINTS, meetings.records)
        cell = info_of(info)
        if cell is None:
            return None
        self._forget_marks_of_lost_members()
        book = CellBook(info=cell, **contents, file=self.file, tables=self.tables)
        return without_counted(book, self.sheets.get("meetings"))

    def _forget_marks_of_lost_members(self) -> None:
        """Say nothing of marks beside codes that are not listed where the list has a row that could not be read."""
        members = self.tables.get("members")
        lost = [f for f in self.findings if f.kind in kinds.ROW_LOST and members and f.place.sheet == members.sheet]
        if lost:
            self.findings = [finding for finding in self.findings if finding.kind not in _OF_UNKNOWN_MEMBER]

    def _info(self) -> LabelValues:
        found = LabelValues()
        with_sheet = self._open("info")
        if with_sheet:
            sheet, of, report = with_sheet
            found = read_info(sheet, of, self.context, report)
            self.tables["info"] = TableOrigin(self.file, sheet.name, 0)
            self.findings += report.findings
        return found

    def _table(self, code: str, nothing_lost: NothingLost | None = None) -> Table:
        opened = self._open(code)
        if not opened:
            return Table()
        sheet, of, report = opened
        table = read_table(sheet, of, self.context, report, *([nothing_lost] if nothing_lost else []))
        self._keep(code, table.origin, report)
        return table

    def _labels(self, code: str, table: Table) -> LabelValues:
        """The labels around a table."""
        opened = self._open(code, announce=False)
        if not opened:
            return LabelValues()
        _, of, report = opened
        found = read_labels(of, self.context, report, table.rows)
        self.findings += report.findings
        return found

    def _grid(self, code: str, read: Callable[..., Any], empty: Any) -> Any:
        opened = self._open(code)
        if not opened:
            return empty
        sheet, of, report = opened
        grid = read(sheet, of, self.context, report)
        self._keep(code, grid.origin, report)
        return grid.value

    def _unheaded(self, code: str, grid: GridOrigin | None, plain: PlainValues, meetings: Iterable[Meeting]) -> None:
        """What a grid holds under a heading that names no meeting, once the meetings are known."""
        opened = self._open(code, announce=False)
        if opened and grid is not None:
            *_, report = opened
            report_unheaded(self.tables[code], grid, plain, meetings, report)
            told = {finding.place for finding in self.findings} if report.findings else ()
            self.findings += [finding for finding in report.findings if finding.place not in told]

    def _open(self, code: str, announce: bool = True) -> tuple[Sheet, SheetLayout, SheetReport] | None:
        """A sheet with its layout and an empty report; a hidden one is noted once."""
        sheet = self.sheets.get(code)
        if sheet is None:
            return None
        report = SheetReport(sheet)
        if sheet.hidden and announce:
            report.add(kinds.HIDDEN_SHEET, seen=sheet.name)
        return sheet, self.context.layout.sheet(code), report

    def _keep(self, code: str, origin: TableOrigin | None, report: SheetReport) -> None:
        """What came of a table."""
        if origin is not None:
            self.tables[code] = origin
        self.findings += report.findings


def _nothing_lost(roll_call: RollCall) -> NothingLost:
    """A count that its formula did not give is no loss where marks give it, nor before the meeting was held."""

    def nothing_lost(code: str, values: Mapping[str, Any]) -> bool:
        meeting: MeetingCode = values["meeting_code"]
        return code in TYPED_COUNTS and ("held_on" not in values or bool(roll_call.of(meeting)))

    return nothing_lost
