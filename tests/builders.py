"""Small books for tests, built in memory: say only what the test is about, the rest is an ordinary healthy cell."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve

from chibo.model import CellBook, CellInfo, Mark, Meeting, MeetingCode, MeetingKind, Member, RollCall, ScoreSheet
from chibo.model.vocabulary import CellKind, MemberStatus, Post, Standing


def code(text: str) -> MeetingCode:
    """The meeting code written as `text`."""
    parsed = MeetingCode.parse(text)
    assert parsed is not None, text
    return parsed


def an_info(**changes: Any) -> CellInfo:
    """A cell with a committee, under a base organisation."""
    info = CellInfo(
        cell_code="CB01",
        cell_name="Chi bộ Văn phòng",
        committee_code="DB01",
        committee_name="Đảng bộ Sở Thử nghiệm",
        cell_kind=CellKind.ADMINISTRATION,
        year=2026,
        has_committee=True,
        secretary="Người Một",
        secretary_is_head=True,
        deputy_secretary="Người Hai",
    )
    return evolve(info, **changes)


def some_members(count: int = 10) -> tuple[Member, ...]:
    """`count` active official members with the codes DV01, DV02 …"""
    posts = {1: Post.SECRETARY, 2: Post.DEPUTY}
    return tuple(
        Member(
            member_code=f"DV{number:02d}",
            full_name=f"Đảng viên {number}",
            post=posts.get(number, Post.MEMBER),
            standing=Standing.OFFICIAL,
            status=MemberStatus.ACTIVE,
        )
        for number in range(1, count + 1)
    )


def a_meeting(meeting_code: str = "2026-03", **changes: Any) -> Meeting:
    """A regular meeting of ten members, held on the 5th of its month from 14:00 to 15:30, everything in order."""
    parsed = code(meeting_code)
    day = date(parsed.month.year, parsed.month.number, 5)
    meeting = Meeting(
        meeting_code=parsed,
        kind=MeetingKind.REGULAR,
        registered_on=parsed.month.first_day - timedelta(days=5),
        planned_on=day,
        held_on=day,
        starts_at=time(14, 0),
        ends_at=time(15, 30),
        chair="Người Một",
        committee_met_on=day.replace(day=3),
        committee_minutes=True,
        notified_on=day.replace(day=2),
        papers_sent_on=day.replace(day=3),
        supervisor_present=False,
        membership=10,
        exempt=0,
        transferred=0,
        special_duty=0,
        suspended=0,
        present=10,
        excused=0,
        unexcused=0,
        speakers=6,
        opinions=8,
        minutes_ideology=20,
        minutes_tasks=30,
        minutes_party_building=15,
        minutes_criticism=15,
        minutes_other=5,
        previous_resolution_rate=None,
        minutes_kept=True,
        reported_on=day.replace(day=6),
    )
    return evolve(meeting, **changes)


def a_roll_call(marks: dict[str, str]) -> RollCall:
    """A roll call from one string of marks per meeting, in the order DV01, DV02 …; a space is no mark."""
    return RollCall(
        {
            code(meeting): {f"DV{i:02d}": Mark(mark) for i, mark in enumerate(row, start=1) if mark != " "}
            for meeting, row in marks.items()
        }
    )


def some_scores(meeting_code: str = "2026-03", **points: Any) -> ScoreSheet:
    """Points of one meeting by criterion; a criterion that is no Python name is given as `c2a=4` for `2a`."""
    by_criterion = {name.removeprefix("c").replace("_", "."): Decimal(str(value)) for name, value in points.items()}
    return ScoreSheet({code(meeting_code): by_criterion})


def a_book(*meetings: Meeting, **changes: Any) -> CellBook:
    """A book of ten members with the given meetings (one regular meeting in March when none is given)."""
    book = CellBook(info=an_info(), members=some_members(), meetings=meetings or (a_meeting(),), file="so.xlsx")
    return evolve(book, **changes)
