"""Workbooks filled at random, near the edges of every rule, for comparing two ways of judging the same book."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

from attrs import frozen

from builders import an_info
from chibo.definitions.library import Library
from chibo.model import (
    Assessment,
    AssessmentEntry,
    CellBook,
    CommitteePost,
    Dissemination,
    DuesRow,
    Explanation,
    Inspection,
    Mark,
    Meeting,
    MeetingCode,
    MeetingKind,
    MeetingSeries,
    MeetingState,
    Member,
    MembershipChange,
    Month,
    PlanTopic,
    RollCall,
    ScoreSheet,
    Task,
    ThematicPlan,
)
from chibo.model.vocabulary import (
    AssessmentItem,
    AssessmentTerm,
    ChangeKind,
    DuesMark,
    InspectionKind,
    InspectionSubject,
    MeetingMode,
    MemberStatus,
    Post,
    Standing,
    TaskResult,
    TopicState,
)
from chibo.scoring import frame_on

T = TypeVar("T")
_KIND_OF_SERIES = {
    MeetingSeries.REGULAR: (MeetingKind.REGULAR, MeetingKind.COMBINED),
    MeetingSeries.THEMATIC: (MeetingKind.THEMATIC,),
    MeetingSeries.EXTRAORDINARY: (MeetingKind.EXTRAORDINARY,),
}


@frozen
class Chance:
    """Draws of one book; the same seed gives the same book."""

    random: Random
    year: int

    def some(self, share: float) -> bool:
        """True in this share of the draws."""
        return self.random.random() < share

    def one(self, values: Any) -> Any:
        """One of the values."""
        return self.random.choice(list(values))

    def maybe(self, value: T, share: float = 0.8) -> T | None:
        """The value in this share of the draws, else nothing."""
        return value if self.some(share) else None

    def day(self, around: date, spread: int) -> date:
        """A day around another one."""
        return around + timedelta(days=self.random.randint(-spread, spread))

    def count(self, most: int) -> int:
        """A number from 0 to `most`."""
        return self.random.randint(0, most)


def random_book(seed: int, library: Library, year: int) -> CellBook:
    """A book drawn by chance: mostly sound, with lapses and impossibilities sown in."""
    chance = Chance(Random(seed), year)
    members = _members(chance)
    codes = _codes(chance)
    info = an_info(
        year=year,
        committee_name=chance.one(["Đảng bộ Sở Thử nghiệm", ""]),
        committee_code=chance.one(["DB01", "DB01", ""]),
        has_committee=chance.some(0.6),
        deputy_secretary=chance.one(["Người Hai", ""]),
        frame_regular=chance.one(["", "", "binh-thuan-cong", "hd42-10-dong", "khoi-phu-tho"]),
        frame_thematic=chance.one(["", "chuyen-de-nghe-an-08"]),
        min_minutes=chance.one([None, None, 0, 45, 60]),
        min_minutes_document=chance.one(["", "12-QĐ/ĐU"]),
    )
    plan = _plan(chance)
    roll_call = _roll_call(chance, members, codes)
    meetings = tuple(_meeting(chance, code, plan, len(members)) for code in codes if chance.some(0.95))
    book = CellBook(info=info, members=members, meetings=meetings, plan=plan, roll_call=roll_call)
    return CellBook(
        info=info,
        members=members,
        changes=_changes(chance, members),
        committee=_committee(chance),
        plan=plan,
        meetings=meetings,
        roll_call=roll_call,
        tasks=_tasks(chance, codes),
        self_scores=_scores(chance, book, library, 0.75),
        official_scores=_scores(chance, book, library, 0.4),
        explanations=_explanations(chance, codes),
        dues=tuple(
            DuesRow(
                member_code=m.member_code,
                full_name=m.full_name,
                months={month: chance.one(DuesMark) for month in range(1, 13) if chance.some(0.5)},
            )
            for m in members
        ),
        inspections=_inspections(chance, library),
        disseminations=_disseminations(chance, codes),
        assessment=_assessment(chance),
    )


def _codes(chance: Chance) -> list[MeetingCode]:
    codes = [MeetingCode(Month(chance.year, number)) for number in range(1, 13) if chance.some(0.6)]
    for number in range(1, 13):
        if chance.some(0.15):
            codes.append(MeetingCode(Month(chance.year, number), MeetingSeries.THEMATIC))
        if chance.some(0.1):
            codes.append(MeetingCode(Month(chance.year, number), MeetingSeries.EXTRAORDINARY, 1))
    if chance.some(0.15):
        codes.append(MeetingCode(Month(chance.year - 1, 12)))
    chance.random.shuffle(codes)
    return codes


def _members(chance: Chance) -> tuple[Member, ...]:
    members = []
    for number in range(1, chance.random.randint(2, 14)):
        since = chance.maybe(date(chance.year, 1, 1) + timedelta(days=chance.count(300)), 0.3)
        members.append(
            Member(
                member_code=f"DV{number:02d}",
                full_name=f"Đảng viên {number}",
                post=chance.maybe(chance.one(Post)),
                standing=chance.maybe(chance.one(Standing), 0.95),
                status=chance.one([*[MemberStatus.ACTIVE] * 6, *MemberStatus]),
                since=since,
                until=chance.maybe(chance.day(since or date(chance.year, 6, 1), 90), 0.2),
            )
        )
    return tuple(members)


def _changes(chance: Chance, members: tuple[Member, ...]) -> tuple[MembershipChange, ...]:
    return tuple(
        MembershipChange(
            member_code=chance.one(members).member_code,
            day=date(chance.year, 1, 1) + timedelta(days=chance.count(364)),
            change=chance.one(ChangeKind),
            decision_number="1-QĐ/ĐU",
        )
        for _ in range(chance.count(5) if chance.some(0.6) else 0)
    )


def _committee(chance: Chance) -> tuple[CommitteePost, ...]:
    today = date.today()
    return tuple(
        CommitteePost(
            post=chance.one([*Post, "Chi ủy viên"]),
            full_name=chance.one(["", "Người Một", "Người Ba"]),
            since=chance.maybe(chance.day(today, 80)),
            until=chance.maybe(chance.day(today, 200), 0.3),
            trained_on=chance.maybe(chance.day(today, 60), 0.5),
        )
        for _ in range(chance.count(4))
    )


def _plan(chance: Chance) -> ThematicPlan:
    topics = tuple(
        PlanTopic(
            no=chance.one([str(number), f"CĐ{number}"]) if chance.some(0.9) else "1",
            quarter=(quarter := chance.random.randint(1, 4)),
            topic=f"Chuyên đề {number}",
            month=chance.maybe(min(12, quarter * 3 - chance.count(3)), 0.6),
            state=chance.maybe(chance.one(TopicState)),
            reason=chance.one(["", "Có việc đột xuất"]),
        )
        for number in range(1, 2 + chance.count(5))
    )
    return ThematicPlan(
        plan_number="3-KH/CB", plan_date=date(chance.year, 1, 10), topics=topics if chance.some(0.8) else ()
    )


def _meeting(chance: Chance, code: MeetingCode, plan: ThematicPlan, members: int) -> Meeting:
    kinds = _KIND_OF_SERIES[code.series] if chance.some(0.93) else tuple(MeetingKind)
    held_on = chance.maybe(chance.day(code.month.first_day + timedelta(days=8), chance.one([7, 7, 40])), 0.88)
    around = held_on or code.month.first_day
    state = chance.one([None, None, None, *MeetingState])
    is_held = held_on is not None and state not in {MeetingState.POSTPONED, MeetingState.NOT_HELD}
    start = time(chance.random.randint(7, 15), chance.one([0, 30]))
    length = chance.one([44, 45, 59, 60, 74, 75, 89, 90, 91, 104, 105, 119, 120, 121, 301, 0, -30])
    ends = start.hour * 60 + start.minute + length
    counts = _counts(chance, members)
    numbers = [topic.no for topic in plan.topics]
    plan_no = chance.one(["", "", *numbers, *(numbers and ["; ".join(numbers[:2]), f"{numbers[0]}, 99"])])
    answers = {} if not is_held else {"minutes_kept": chance.some(0.8), "supervisor_present": chance.some(0.3)}
    return Meeting(
        meeting_code=code,
        kind=chance.one(kinds),
        state=state,
        state_reason=chance.one(["", "Bận việc"]),
        postponed_to=chance.maybe(chance.day(date.today(), 30), 0.3),
        registered_on=chance.maybe(chance.day(code.month.first_day - timedelta(days=2), 4)),
        planned_on=chance.maybe(chance.day(around, 3)),
        held_on=held_on,
        starts_at=chance.maybe(start, 0.95),
        ends_at=chance.maybe(time(ends // 60 % 24, ends % 60), 0.95),
        mode=chance.maybe(chance.one(MeetingMode)),
        committee_met_on=chance.maybe(chance.day(around - timedelta(days=1), 2)),
        committee_minutes=chance.one([None, True, True, False]),
        notified_on=chance.maybe(chance.day(around - timedelta(days=1), 2)),
        papers_sent_on=chance.maybe(chance.day(around - timedelta(days=1), chance.one([2, 70]))),
        papers_withheld=chance.one([None, None, None, True, False]),
        **answers,
        **counts,
        speakers=chance.maybe(chance.count(members + 1)),
        opinions=chance.maybe(chance.count(members + 4)),
        **{
            name: chance.maybe(chance.one([0, 5, 14, 15, 20, 40]), 0.7)
            for name in ("minutes_ideology", "minutes_tasks", "minutes_party_building", "minutes_criticism")
        },
        minutes_thematic=chance.maybe(chance.count(40), 0.3),
        plan_no=plan_no,
        previous_resolution_rate=chance.maybe(Fraction(chance.random.randint(20, 1000), 10), 0.5),
        scored_on=chance.maybe(chance.day(around + timedelta(days=2), 3)),
        votes_for=chance.maybe(chance.count(members + 1), 0.6),
        votes_entitled=chance.maybe(chance.count(members + 1), 0.6),
        reported_on=chance.maybe(chance.day(around + timedelta(days=2), 3)),
    )


def _counts(chance: Chance, members: int) -> dict[str, int | None]:
    """Typed counts: none, sound ones, or any."""
    if chance.some(0.3):
        return {}
    if chance.some(0.3):
        names = ("membership", "exempt", "transferred", "special_duty", "suspended", "present", "excused", "unexcused")
        return {name: chance.maybe(chance.count(members + 1), 0.7) for name in names}
    exempt, excused, unexcused = chance.count(1), chance.count(2), chance.count(1)
    return {
        "membership": members,
        "exempt": chance.maybe(exempt),
        "present": max(members - exempt - excused - unexcused, 0),
        "excused": chance.maybe(excused, 0.9),
        "unexcused": chance.maybe(unexcused, 0.9),
    }


def _roll_call(chance: Chance, members: tuple[Member, ...], codes: list[MeetingCode]) -> RollCall:
    marks = {}
    for code in codes:
        share = chance.one([0.0, 0.0, 0.8, 1.0, 1.0, 1.0])
        drawn = [*[Mark.PRESENT] * 8, *Mark]
        marks[code] = {m.member_code: chance.one(drawn) for m in members if chance.some(share)}
    return RollCall(marks)


def _scores(chance: Chance, book: CellBook, library: Library, share: float) -> ScoreSheet:
    points: dict[MeetingCode, dict[str, Decimal]] = {}
    for meeting in book.meetings:
        choice = frame_on(meeting.kind, meeting.held_on or date(chance.year, 6, 1), book.info, library)
        if choice.frame is None or chance.some(1 - share):
            continue
        given: dict[str, Decimal] = {}
        careful = chance.some(0.7)
        for code, criterion in choice.frame.criteria.items():
            if careful and not criterion.applies_to(meeting.kind):
                continue
            top = criterion.maximum(meeting.kind)
            options = criterion.choices(meeting.kind) or (top, top, top - Decimal("0.5"), Decimal(0))
            points_given = chance.one(options if careful else (*options, top + 1, Decimal("0.3"), Decimal(-1)))
            if chance.some(0.99 if careful else 0.8):
                given[code] = points_given
        points[meeting.meeting_code] = given
    return ScoreSheet(points)


def _tasks(chance: Chance, codes: list[MeetingCode]) -> tuple[Task, ...]:
    strange = [
        MeetingCode(Month(chance.year - 1, 11)),
        MeetingCode(Month(chance.year, 12), MeetingSeries.EXTRAORDINARY, 9),
    ]
    return tuple(
        Task(
            meeting_code=chance.one([*codes, *strange]),
            task=f"Việc {number}",
            result=chance.one(TaskResult),
            due_on=chance.maybe(chance.day(date(chance.year, 6, 1), 300), 0.7),
            done_on=chance.maybe(chance.day(date(chance.year, 6, 1), 300), 0.4),
        )
        for number in range(chance.count(8))
    )


def _explanations(chance: Chance, codes: list[MeetingCode]) -> tuple[Explanation, ...]:
    strange = [MeetingCode(Month(chance.year, 12), MeetingSeries.EXTRAORDINARY, 9)]
    return tuple(
        Explanation(
            meeting_code=chance.one([*codes, *strange]),
            criterion=chance.one(["1", "2a", "3c", "3d", "3đ", "4d", "4đ", "4e", "8c", "CĐ1", "9z"]),
            reason="Có lý do",
        )
        for _ in range(chance.count(10))
    )


def _inspections(chance: Chance, library: Library) -> tuple[Inspection, ...]:
    around = date(chance.year, 7, 1)
    return tuple(
        Inspection(
            inspected_on=(began := chance.day(around, 300)),
            authority=chance.one(library.inspection_authorities.authorities).name,
            kind=chance.one(InspectionKind),
            subjects=tuple(chance.random.sample(list(InspectionSubject), 2)),
            finished_on=chance.maybe(chance.day(began, 5), 0.6),
            shortcomings=chance.one(["", "Ghi biên bản sơ sài"]),
            remedy_due_on=chance.maybe(chance.day(began, 40), 0.6),
            remedied_on=chance.maybe(chance.day(began, 40), 0.4),
        )
        for _ in range(chance.count(4))
    )


def _disseminations(chance: Chance, codes: list[MeetingCode]) -> tuple[Dissemination, ...]:
    around = date(chance.year, 5, 1)
    return tuple(
        Dissemination(
            document_number=chance.one(["42-HD/BTCTW", "50-CT/TW", "06-CT/TU"]),
            document_date=(issued := chance.day(around, chance.one([2, 300]))),
            issuer=chance.one(["", "Ban Tổ chức Trung ương"]),
            disseminated_on=chance.maybe(chance.day(issued + timedelta(days=25), 30)),
            meeting_code=chance.maybe(chance.one([*codes, MeetingCode(Month(chance.year - 1, 3))]), 0.6),
            reached=chance.maybe(chance.count(12)),
            owed=chance.maybe(chance.count(12)),
            own_plan_date=chance.maybe(chance.day(issued, 20), 0.4),
        )
        for _ in range(chance.count(6))
    )


def _assessment(chance: Chance) -> Assessment:
    entries = tuple(
        AssessmentEntry(
            item=chance.one(AssessmentItem),
            text=f"Nội dung {number}",
            term=chance.one(AssessmentTerm),
            owner=chance.one(["", "Người Một"]),
            due_on=chance.maybe(chance.day(date.today(), 60)),
            result=chance.one(["", "Đã xong"]),
        )
        for number in range(chance.count(6))
    )
    return Assessment(held_on=chance.maybe(date(chance.year, 7, 5)), entries=entries)
