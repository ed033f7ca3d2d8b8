"""A healthy workbook: a quarter of a year in which the cell did everything right and wrote it all down.

The checks find nothing in it on `TODAY`; every test of a check starts from it and puts one fault in.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from attrs import evolve

from builders import a_book, a_meeting, a_roll_call, an_info, code, some_members
from chibo.model import (
    CellBook,
    CommitteePost,
    Dissemination,
    DuesRow,
    Inspection,
    MeetingKind,
    PlanTopic,
    ScoreSheet,
    Task,
    ThematicPlan,
)
from chibo.model.vocabulary import DuesMark, InspectionKind, InspectionSubject, TaskResult, TopicState
from scored import LIBRARY, full_scores

TODAY = date(2026, 4, 10)
JANUARY, FEBRUARY, MARCH, APRIL = 0, 1, 2, 3
"""Index of each month's meeting in the healthy book; March is combined, April still to come."""

_HELD = ("2026-01", "2026-02", "2026-03")


def healthy_book(**changes: Any) -> CellBook:
    """The healthy book, but for `changes` of its attributes."""
    book = a_book(
        *_meetings(),
        members=some_members(),
        committee_seats=3,
        committee=tuple(
            CommitteePost(post=post, full_name=name, since=date(2025, 3, 1))
            for post, name in (("Bí thư", "Người Một"), ("Phó bí thư", "Người Hai"), ("Chi ủy viên", "Người Ba"))
        ),
        plan=ThematicPlan(
            plan_number="02-KH/CB",
            plan_date=date(2026, 1, 12),
            topics=tuple(
                PlanTopic(no=str(quarter), quarter=quarter, topic=f"Chuyên đề {quarter}", state=state)
                for quarter, state in ((1, TopicState.HELD), (2, TopicState.OPEN), (3, None), (4, None))
            ),
        ),
        roll_call=a_roll_call(dict.fromkeys(_HELD, "XXXXXXXXXX")),
        tasks=tuple(
            Task(
                meeting_code=code(meeting),
                task="Việc được giao",
                result=TaskResult.DONE,
                due_on=date(2026, 3, 31),
                done_on=date(2026, 3, 20),
            )
            for meeting in ("2026-01", "2026-02")
        ),
        self_scores=_scores(),
        official_scores=_scores("2026-01"),
        dues=tuple(
            DuesRow(
                member_code=member.member_code,
                full_name=member.full_name,
                months=dict.fromkeys((1, 2, 3), DuesMark.PAID),
            )
            for member in some_members()
        ),
        inspections=(
            Inspection(
                inspected_on=date(2026, 3, 10),
                finished_on=date(2026, 3, 12),
                authority="Đảng ủy cơ sở",
                kind=InspectionKind.INSPECTION,
                subjects=(InspectionSubject.MEETING_REGIME,),
            ),
        ),
        disseminations=(
            Dissemination(
                document_number="50-CT/TW",
                document_date=date(2026, 1, 20),
                issuer="Bộ Chính trị",
                disseminated_on=date(2026, 2, 5),
                meeting_code=code("2026-02"),
                reached=10,
                owed=10,
            ),
        ),
    )
    return evolve(book, **changes)


def with_meeting(index: int, book: CellBook | None = None, **changes: Any) -> CellBook:
    """The book with the meeting at `index` changed."""
    whole = book or healthy_book()
    meetings = list(whole.meetings)
    meetings[index] = evolve(meetings[index], **changes)
    return evolve(whole, meetings=tuple(meetings))


def with_info(**changes: Any) -> CellBook:
    """The healthy book with other values on `Thông tin`."""
    return healthy_book(info=an_info(**changes))


def with_record(table: str, index: int = 0, **changes: Any) -> CellBook:
    """The healthy book with one record of a table changed."""
    book = healthy_book()
    records = list(getattr(book, table))
    records[index] = evolve(records[index], **changes)
    return evolve(book, **{table: tuple(records)})


def with_points(meeting: str, sheet: str = "self_scores", **points: str | None) -> CellBook:
    """The healthy book with other points at one meeting (`c2a="3"` for `2a`); None takes a criterion's points away."""
    book = healthy_book()
    grid: ScoreSheet = getattr(book, sheet)
    column = dict(grid.of(code(meeting)))
    for name, given in points.items():
        criterion = name.removeprefix("c").replace("_", ".")
        if given is None:
            column.pop(criterion)
        else:
            column[criterion] = Decimal(given)
    return evolve(book, **{sheet: evolve(grid, points={**grid.points, code(meeting): column})})


def with_marks(**months: str) -> CellBook:
    """The healthy book with other marks at some meetings (`m03="XXPXX…"`), the typed counts left out for them."""
    book = healthy_book()
    marks = dict.fromkeys(_HELD, "XXXXXXXXXX") | {f"2026-{name.removeprefix('m')}": row for name, row in months.items()}
    return evolve(book, roll_call=a_roll_call(marks))


def _meetings() -> tuple[Any, ...]:
    last = a_meeting("2026-03")
    return (
        a_meeting("2026-01", previous_resolution_rate=95),
        a_meeting("2026-02"),
        evolve(last, kind=MeetingKind.COMBINED, ends_at=time(16, 0), minutes_thematic=30, plan_no="1"),
        a_meeting(
            "2026-04",
            planned_on=date(2026, 4, 15),
            **dict.fromkeys(
                (
                    "held_on",
                    "starts_at",
                    "ends_at",
                    "committee_met_on",
                    "committee_minutes",
                    "notified_on",
                    "papers_sent_on",
                    "membership",
                    "present",
                    "speakers",
                    "opinions",
                    "minutes_ideology",
                    "minutes_tasks",
                    "minutes_party_building",
                    "minutes_criticism",
                    "minutes_other",
                    "minutes_kept",
                    "reported_on",
                )
            ),
        ),
    )


def _scores(*meetings: str) -> ScoreSheet:
    kinds = dict.fromkeys(_HELD, MeetingKind.REGULAR) | {"2026-03": MeetingKind.COMBINED}
    frame = LIBRARY.frames["hd42-thuong-ky"]
    return ScoreSheet(
        {code(meeting): full_scores(frame.id, kinds[meeting]) for meeting in meetings or _HELD},
        maxima={criterion.code: criterion.max for criterion in frame.criteria.values()},
    )
