"""Small offices for tests: books in memory turned into the outcomes of a run, without any workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import evolve

from builders import a_book, a_meeting, a_roll_call, an_info, code, some_members
from chibo.consolidation import BookOutcome
from chibo.model import (
    CellBook,
    CellIdentity,
    Explanation,
    GridOrigin,
    MeetingKind,
    MeetingState,
    Origin,
    PlanTopic,
    RollCall,
    ScoreSheet,
    TableOrigin,
    ThematicPlan,
)
from chibo.model.digest import digest_of
from chibo.scoring.records import records_of
from scored import LIBRARY, full_scores

TODAY = date(2026, 4, 10)


def outcome(book: CellBook, file: str = "") -> BookOutcome:
    """The outcome of an accepted book."""
    return BookOutcome(
        file=file or book.file,
        accepted=True,
        identity=CellIdentity.of(book.info),
        records=records_of(book, LIBRARY, (), TODAY),
        digest=digest_of(book),
    )


def a_cell(number: int, committee: str = "DB01", **changes: object) -> CellBook:
    """The book of cell CB<number> under a base organisation ("" for none), one meeting in March, fully self-scored."""
    names = {"DB01": "Đảng bộ Sở Thử nghiệm", "DB02": "Đảng bộ Ban Mẫu vật", "": ""}
    file = f"CB{number:02d}.xlsx"
    info = an_info(
        cell_code=f"CB{number:02d}",
        cell_name=f"Chi bộ Phòng số {number}",
        committee_code=committee,
        committee_name=names[committee],
    )
    return placed(evolve(a_book(self_scores=scores(number)), info=info, file=file, **changes))


def scores(number: int) -> ScoreSheet:
    """Self-scores that differ from cell to cell and step down through the grades."""
    lost = Decimal(number * 6) + Decimal("0.5")
    points = full_scores("hd42-thuong-ky")
    for criterion in ("7", "4b", "4a", "4đ", "4c", "1", "2a", "3a"):
        taken = min(lost, points.get(criterion, Decimal(0)))
        if taken:
            points[criterion] -= taken
            lost -= taken
    return ScoreSheet({code("2026-03"): points})


def placed(book: CellBook) -> CellBook:
    """The book as if read from a file: rows of `Sinh hoạt` from 5 on, points in column F of `Chấm điểm`."""
    columns = {"meeting_code": 1, "kind": 2, "held_on": 3, "starts_at": 4, "ends_at": 5, "membership": 6, "present": 7}
    table = TableOrigin(book.file, "Sinh hoạt", 4, columns)
    meetings = tuple(evolve(row, origin=Origin(table, 5 + index)) for index, row in enumerate(book.meetings))
    grid = GridOrigin(book.file, "Chấm điểm", 3, {"1": 4, "8c": 31}, {str(row.meeting_code): 6 for row in meetings})
    why = TableOrigin(book.file, "Thuyết minh điểm", 2, {"meeting_code": 1, "criterion": 2, "reason": 3})
    return evolve(
        book,
        meetings=meetings,
        self_scores=evolve(book.self_scores, origin=grid),
        official_scores=evolve(book.official_scores, origin=evolve(grid, sheet="Thẩm định")),
        explanations=tuple(evolve(row, origin=Origin(why, 3 + i)) for i, row in enumerate(book.explanations)),
    )


def an_office() -> tuple[CellBook, ...]:
    """Nine cells that show every kind of row a month's return can have."""
    march = code("2026-03")
    explained = (
        Explanation(meeting_code=march, criterion="7", reason="Hai nhiệm vụ chuyển sang tháng sau do chờ văn bản"),
        Explanation(meeting_code=march, criterion="3a", reason="Giải thích cho tiêu chí vẫn đủ điểm"),
    )
    plan = ThematicPlan(topics=(PlanTopic(no="1", quarter=1, topic="Nêu gương của cán bộ, đảng viên"),))
    thematic = a_meeting(
        "2026-03-CĐ", kind=MeetingKind.THEMATIC, held_on=date(2026, 3, 20), plan_no="1", starts_at=None, ends_at=None
    )
    incomplete = ScoreSheet({march: {"1": Decimal(5), "4a": Decimal(5)}})
    verified = a_cell(7, "")
    return (
        placed(evolve(a_cell(1), explanations=explained)),
        placed(evolve(a_cell(2), meetings=(a_meeting(membership=18, present=17, excused=1), thematic), plan=plan)),
        placed(evolve(a_cell(3), self_scores=incomplete)),
        a_cell(
            4, "DB02", meetings=(a_meeting(state=MeetingState.POSTPONED, held_on=None, postponed_to=date(2026, 4, 2)),)
        ),
        a_cell(
            5,
            "DB02",
            meetings=(a_meeting(state=MeetingState.NOT_HELD, held_on=None, state_reason="Trùng đợt thiên tai"),),
        ),
        a_cell(6, "DB02", meetings=(a_meeting("2026-02"),)),
        placed(evolve(verified, official_scores=ScoreSheet({march: full_scores("hd42-thuong-ky", c7="15")}))),
        a_cell(8, "", meetings=(a_meeting(kind=MeetingKind.COMBINED, membership=10, present=None),)),
        a_cell(9, "", members=some_members(10), roll_call=marks_of_cell_nine()),
    )


def marks_of_cell_nine() -> RollCall:
    """Ten members, one excused, one exempt, in column E of `Điểm danh`."""
    call = a_roll_call({"2026-03": "XXXXXXXXPM"})
    rows = {f"DV{number:02d}": 4 + number for number in range(1, 11)}
    return RollCall(call.marks, origin=GridOrigin("CB09.xlsx", "Điểm danh", 4, rows, {"2026-03": 5}))
