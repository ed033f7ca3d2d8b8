"""The consolidation board of one month: states, findings near and far, and the figures with their cells."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from builders import code
from chibo.consolidation import BookOutcome, consolidate
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import (
    CellIdentity,
    Grade,
    MeetingFacts,
    MeetingKind,
    MeetingRecord,
    MeetingState,
    Month,
    MonthStatus,
    Place,
)
from chibo.office.board.board import UnitState, board_of, usual_month
from chibo.office.board.figures import Part, attendance_bars, grade_bars, whole_attendance

MARCH = Month(2026, 3)
LOOK = FindingKind("TEST_BOARD_LOOK", Severity.WARN)
REPAIR = FindingKind("TEST_BOARD_REPAIR", Severity.NOTE)
WRONG = FindingKind("TEST_BOARD_WRONG", Severity.BLOCK)


def who(cell: str, committee: str = "DB01", year: int = 2026) -> CellIdentity:
    name = f"Đảng bộ {committee}" if committee else ""
    return CellIdentity(
        cell_code=cell, cell_name=f"Chi bộ {cell}", year=year, committee_code=committee, committee_name=name
    )


def met(cell: str, meeting: str = "2026-03", *, owed: int | None = 10, **changes: Any) -> MeetingRecord:
    """A held, fully scored regular meeting at which 9 of 10 were present."""
    day = code(meeting).month.first_day
    values = {
        "held_on": day,
        "present": 9,
        "attendance_rate": Decimal(90),
        "self_total": Decimal(92),
        "self_grade": Grade.GOOD,
        "kind": MeetingKind.REGULAR,
        **changes,
    }
    facts = MeetingFacts(
        committee_code="DB01", cell_code=cell, cell_name="", year=2026, meeting_code=code(meeting), **values
    )
    return MeetingRecord(facts=facts, state=MeetingState.HELD, owed=owed)


def silent(cell: str, state: MeetingState, meeting: str = "2026-03") -> MeetingRecord:
    record = met(cell, meeting, held_on=None, present=None, self_total=None, self_grade=None)
    return MeetingRecord(facts=record.facts, state=state)


def book(cell: str, *records: MeetingRecord, committee: str = "DB01", findings: tuple[Finding, ...] = ()):
    return BookOutcome(
        file=f"{cell}.xlsx",
        accepted=True,
        identity=who(cell, committee),
        records=records,
        findings=findings,
        digest=cell,
    )


def refused(file: str, identity: CellIdentity | None = None) -> BookOutcome:
    return BookOutcome(
        file=file, accepted=False, identity=identity, findings=(WRONG.at(Place(file), of_book=True),), digest=file
    )


def states(board) -> dict[str, UnitState]:
    return {unit.files[0] if unit.files else unit.identity.cell_code: unit.state for unit in board.units}


def test_each_state():
    look = LOOK.at(Place("B.xlsx", "Sinh hoạt", "R8"), meeting=code("2026-03"))
    books = [
        book("A", met("A")),
        book("B", met("B"), findings=(look,)),
        book("C", met("C", "2026-02")),
        refused("hong.xlsx"),
    ]
    board = board_of(consolidate(books), MARCH, [who("A"), who("D")])
    assert states(board) == {
        "A.xlsx": UnitState.RECEIVED,
        "B.xlsx": UnitState.WARNED,
        "C.xlsx": UnitState.MISSING,
        "D": UnitState.MISSING,
        "hong.xlsx": UnitState.REFUSED,
    }
    assert board.counts == {
        UnitState.REFUSED: 1,
        UnitState.MISSING: 2,
        UnitState.WARNED: 1,
        UnitState.RECEIVED: 1,
    }
    assert (board.reported, len(board.table.cells)) == (2, 4)


def test_a_warning_counts_in_its_own_month_only_and_a_repair_never():
    earlier = LOOK.at(Place("A.xlsx", "Sinh hoạt", "R7"), meeting=code("2026-02"))
    repair = REPAIR.at(Place("A.xlsx", "Sinh hoạt", "C8"), meeting=code("2026-03"))
    of_book = LOOK.at(Place("A.xlsx", "Đảng viên", "D5"))
    (unit,) = board_of(consolidate([book("A", met("A"), findings=(earlier, repair))]), MARCH).units
    assert unit.state is UnitState.RECEIVED
    assert (unit.findings, unit.other_findings, unit.weighty) == ((repair,), (earlier,), 0)
    (unit,) = board_of(consolidate([book("A", met("A"), findings=(of_book,))]), MARCH).units
    assert unit.state is UnitState.WARNED


def test_a_cell_that_explains_itself_has_reported():
    postponed = book("A", silent("A", MeetingState.POSTPONED))
    registered = book("B", silent("B", MeetingState.REGISTERED))
    one, other = board_of(consolidate([postponed, registered]), MARCH).units
    assert (one.state, one.status) == (UnitState.RECEIVED, MonthStatus.POSTPONED)
    assert (other.state, other.status) == (UnitState.MISSING, MonthStatus.UNREPORTED)


def test_a_refused_file_stands_for_its_cell_so_that_none_shows_twice():
    board = board_of(consolidate([refused("A-cu.xlsx", who("A"))]), MARCH, [who("A"), who("B")])
    assert [(unit.key, unit.state) for unit in board.units] == [
        ("cell:b", UnitState.MISSING),
        ("file:A-cu.xlsx", UnitState.REFUSED),
    ]
    assert len(board.table.cells) == 2, "the return still says that both have not reported"
    assert board.units_of(board.table.cells) == ("cell:b", "file:A-cu.xlsx")


def test_a_refused_second_file_leaves_the_accepted_one_its_row():
    books = [book("A", met("A")), refused("A-nam-truoc.xlsx", who("A", year=2025))]
    board = board_of(consolidate(books), MARCH)
    assert states(board) == {"A.xlsx": UnitState.RECEIVED, "A-nam-truoc.xlsx": UnitState.REFUSED}


def test_two_differing_books_of_one_cell_are_both_refused_and_name_each_other():
    first = BookOutcome(file="1.xlsx", accepted=True, identity=who("A"), records=(met("A"),), digest="1")
    second = BookOutcome(file="2.xlsx", accepted=True, identity=who("a"), records=(met("A"),), digest="2")
    board = board_of(consolidate([first, second]), MARCH)
    assert [unit.state for unit in board.units] == [UnitState.REFUSED] * 2
    assert [unit.findings[0].seen for unit in board.units] == ["2.xlsx", "1.xlsx"]


def test_an_equal_copy_shows_under_the_one_row_of_its_cell():
    first = BookOutcome(file="1.xlsx", accepted=True, identity=who("A"), records=(met("A"),), digest="same")
    copy = BookOutcome(file="2.xlsx", accepted=True, identity=who("A"), records=(met("A"),), digest="same")
    (unit,) = board_of(consolidate([first, copy]), MARCH).units
    assert unit.files == ("1.xlsx", "2.xlsx")
    assert unit.state is UnitState.RECEIVED


def test_grades_by_base_organisation_hold_every_cell_once():
    books = [
        book("A", met("A")),
        book("B", met("B", self_total=Decimal(75), self_grade=Grade.FAIR)),
        book("C", met("C", self_total=None, self_grade=None)),
        book("D", silent("D", MeetingState.NOT_HELD)),
        book("E", met("E", "2026-01"), committee="DB02"),
        book("F", met("F", official_total=Decimal(60), official_grade=Grade.AVERAGE), committee=""),
    ]
    board = board_of(consolidate(books), MARCH)
    bars = grade_bars(board)
    assert [bar.committee_code for bar in bars] == ["DB01", "DB02", ""]
    codes = [{part: [cell.identity.cell_code for cell in cells] for part, cells in bar.parts.items()} for bar in bars]
    assert codes == [
        {Part.GOOD: ["A"], Part.FAIR: ["B"], Part.UNSCORED: ["C"], Part.EXCUSED: ["D"]},
        {Part.MISSING: ["E"]},
        {Part.AVERAGE: ["F"]},
    ]
    assert sum(len(bar.cells) for bar in bars) == 6
    assert (bars[0].graded, bars[0].share(Part.GOOD), bars[0].share(Part.POOR)) == (2, Fraction(1, 4), 0)
    assert board.units_of(bars[0].parts[Part.FAIR]) == ("cell:b",)


def test_an_expected_cell_whose_book_was_refused_is_so_in_its_bar_too():
    found = consolidate([refused("A-cu.xlsx", who("A")), book("C", met("C")), refused("C-cu.xlsx", who("C"))])
    board = board_of(found, MARCH, [who("A"), who("B"), who("C")])
    (bar,) = grade_bars(board)
    parts = {part: board.units_of(cells) for part, cells in bar.parts.items()}
    assert parts[Part.REFUSED] == ("file:A-cu.xlsx",)
    assert parts[Part.MISSING] == ("cell:b",)
    assert [cell.identity.cell_code for cell in bar.parts[Part.GOOD]] == ["C"]


def test_attendance_adds_members_up_and_leaves_out_what_is_not_known():
    books = [
        book("A", met("A", present=9, owed=10)),
        book("B", met("B", present=20, owed=20)),
        book("C", met("C", present=None, attendance_rate=None, owed=10)),
        book("D", met("D", attendance_rate=None, owed=0)),
        book("E", silent("E", MeetingState.POSTPONED), committee="DB02"),
    ]
    first, second = bars = attendance_bars(board_of(consolidate(books), MARCH))
    assert (first.present, first.owed, first.rate) == (29, 30, Fraction(29, 30))
    assert [cell.identity.cell_code for cell in first.cells] == ["A", "B"]
    assert (second.rate, second.cells) == (None, ())
    assert whole_attendance(bars).rate == Fraction(29, 30)


def test_the_usual_month_is_the_last_that_most_books_tell_of():
    books = [
        book("A", met("A", "2026-02"), met("A"), silent("A", MeetingState.REGISTERED, "2026-05")),
        book("B", met("B", "2026-02"), met("B")),
        book("C", met("C", "2026-02"), met("C"), met("C", "2026-12")),
    ]
    assert usual_month(consolidate(books)) == MARCH
    assert usual_month(consolidate([refused("x.xlsx")])) is None
