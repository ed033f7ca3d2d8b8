"""Hypothesis strategies: whole cell workbooks of any valid content, for properties that hold for every book.

A valid book is one that a workbook can hold: texts are clean and composed, codes have the form of codes, a held
meeting answers the questions whose empty answer is No, what a full roll call counts is not typed as well, and no rate
lies
between 0 and 1 percent (0.95 in a cell may mean 95 percent).
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from chibo.definitions.wording import clean_text
from chibo.model import (
    Assessment,
    AssessmentEntry,
    CellBook,
    CellInfo,
    CommitteePost,
    Dissemination,
    DuesRow,
    Explanation,
    Inspection,
    Mark,
    Meeting,
    MeetingCode,
    MeetingSeries,
    Member,
    MembershipChange,
    Month,
    PlanTopic,
    RollCall,
    ScoreSheet,
    Task,
    ThematicPlan,
)
from chibo.model.attendance import has_full_roll_call
from chibo.model.meetings import AGENDA_MINUTES, TYPED_COUNTS
from chibo.model.vocabulary import (
    AnnualGrade,
    AssessmentItem,
    AssessmentTerm,
    CellKind,
    ChangeKind,
    DuesMark,
    InspectionKind,
    InspectionSubject,
    MeetingKind,
    MeetingMode,
    MeetingState,
    MemberStatus,
    Post,
    Standing,
    TaskResult,
    TopicState,
)

YEAR = 2026
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
_SIGNS = " .,:;!?-+=@#%&*()[]{}<>/\\'\"_|~^$0123456789"
_FORMULA_LIKE = ("=1+1", '=HYPERLINK("x")', "+84 1", "-5", "@lan", "'x", "{=1}", "#REF!", "_x0041_", "1/2", "TRUE")
_AUTHORITIES = ("Đảng ủy cơ sở", "UBKT Đảng ủy cơ sở", "Đảng ủy cấp trên", "UBKT cấp trên")
_TOPICS = ("NQTW4-XI", "NQTW4-XII", "KL01", "CĐN")
_CRITERIA = ("1", "2a", "3d", "3đ", "4đ", "5a", "7", "8c")

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
counts = st.integers(0, 500)
texts = st.one_of(
    st.sampled_from(_FORMULA_LIKE),
    st.text(_LETTERS + _LETTERS.upper() + _SIGNS, max_size=40),
).map(clean_text)
"""Any text, clean as it leaves a workbook; also empty, and such as a spreadsheet would take for a formula."""
names = st.text(_LETTERS + _LETTERS.upper() + " ", min_size=1, max_size=30).map(clean_text).filter(bool)
some_text = texts.filter(bool)
numbers_of_papers = st.builds("{}-{}".format, st.integers(1, 999), st.sampled_from(["QĐ/ĐU", "KH/CB", "HD/BTCTW"]))
optional_paper = st.just("") | numbers_of_papers


def optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or nothing."""
    return st.none() | values


def meeting_codes(year: int = YEAR) -> st.SearchStrategy[MeetingCode]:
    """Codes of any series in one year."""
    months = st.builds(Month, st.just(year), st.integers(1, 12))
    others = st.builds(
        MeetingCode,
        months,
        st.sampled_from([MeetingSeries.THEMATIC, MeetingSeries.EXTRAORDINARY]),
        st.integers(0, 9),
    )
    return st.builds(MeetingCode, months) | others


@st.composite
def infos(draw: st.DrawFn, frames: tuple[str, ...] = ("", "hd42-thuong-ky", "hd42-10-dong")) -> CellInfo:
    """The cell's own data."""
    return CellInfo(
        cell_code=f"CB{draw(st.integers(0, 999)):02d}",
        cell_name=draw(some_text.filter(_has_letter)),
        cell_kind=draw(st.sampled_from(CellKind)),
        year=YEAR,
        committee_code=draw(st.sampled_from(["", "DB01", "007"])),
        committee_name=draw(texts),
        section_name=draw(texts),
        has_committee=draw(st.booleans()),
        secretary=draw(names),
        secretary_is_head=draw(st.booleans()),
        deputy_secretary=draw(texts),
        supervisor=draw(texts),
        frame_regular=draw(st.sampled_from(frames)),
        frame_thematic=draw(st.sampled_from(["", "chuyen-de-nghe-an-08"])),
        min_minutes=draw(optional(st.integers(1, 600))),
        min_minutes_document=draw(optional_paper),
        layout_version=draw(st.sampled_from(["", "1"])),
    )


def _has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


@st.composite
def member_lists(draw: st.DrawFn) -> tuple[Member, ...]:
    """Members with codes of their own."""
    codes = draw(st.lists(st.integers(0, 9999), max_size=6, unique=True))
    return tuple(
        Member(
            member_code=draw(st.sampled_from(["DV{}", "0{}", "a-{}"])).format(code),
            full_name=draw(names),
            group=draw(texts),
            post=draw(optional(st.sampled_from(Post))),
            standing=draw(optional(st.sampled_from(Standing))),
            status=draw(optional(st.sampled_from(MemberStatus))),
            since=draw(optional(days)),
            until=draw(optional(days)),
            note=draw(texts),
        )
        for code in codes
    )


@st.composite
def meetings(draw: st.DrawFn, code: MeetingCode) -> Meeting:
    """A meeting with anything recorded or not."""
    filled: dict[str, Any] = {name: draw(strategy) for strategy, columns in _MEETING_COLUMNS for name in columns}
    meeting = Meeting(meeting_code=code, kind=draw(st.sampled_from(MeetingKind)), **filled)
    if meeting.is_held:
        answers = {name: draw(st.booleans()) for name in ("minutes_kept", "supervisor_present")}
        meeting = evolve(meeting, **answers)
    return meeting


_MEETING_COLUMNS: tuple[tuple[st.SearchStrategy[Any], tuple[str, ...]], ...] = (
    (optional(st.sampled_from(MeetingState)), ("state",)),
    (optional(st.sampled_from(MeetingMode)), ("mode",)),
    (
        optional(days),
        (
            "postponed_to", "registered_on", "planned_on", "committee_met_on", "notified_on", "papers_sent_on",
            "held_on", "scored_on", "reported_on",
        ),
    ),
    (optional(st.times().map(lambda t: time(t.hour, t.minute))), ("starts_at", "ends_at")),
    (
        texts,
        (
            "state_reason", "prepared_by", "venue", "chair", "minutes_secretary", "scored_by", "supervisor_name",
            "supervisor_remark", "innovation", "note",
        ),
    ),
    (optional(st.booleans()), ("committee_minutes", "papers_withheld", "minutes_kept", "supervisor_present")),
    (
        optional(counts),
        (
            *TYPED_COUNTS, *AGENDA_MINUTES, "speakers", "opinions", "praises", "criticisms", "votes_for",
            "votes_entitled",
        ),
    ),
    (optional_paper, ("resolution_number",)),
    (st.sampled_from(["", "1", "CĐ2", "1; 2"]), ("plan_no",)),
    (st.lists(st.sampled_from(_TOPICS), unique=True, max_size=2).map(tuple), ("topics_covered",)),
    (optional((st.just(0) | st.integers(101, 10_000)).map(lambda n: Fraction(n, 100))), ("previous_resolution_rate",)),
)  # fmt: skip


@st.composite
def grids_of_points(draw: st.DrawFn, codes: list[MeetingCode]) -> ScoreSheet:
    """Points of some meetings, possible ones and others."""
    points = st.integers(0, 80).map(lambda n: Decimal(n) / 2) | st.integers(-50, 500).map(lambda n: Decimal(n) / 10)
    return ScoreSheet({code: draw(st.dictionaries(st.sampled_from(_CRITERIA), points)) for code in codes})


@st.composite
def books(draw: st.DrawFn) -> CellBook:
    """A whole workbook."""
    codes = draw(st.lists(meeting_codes(), max_size=4, unique=True))
    members = draw(member_lists())
    member_codes = [member.member_code for member in members]
    info = draw(infos())
    marks = {
        code: {member: mark for member in member_codes if (mark := draw(optional(st.sampled_from(Mark))))}
        for code in codes
    }
    book = CellBook(
        info=info,
        members=members,
        changes=_several(draw, _changes(member_codes)) if members else (),
        committee_seats=draw(optional(st.integers(0, 15))),
        committee=_several(draw, _POSTS),
        plan=ThematicPlan(
            plan_number=draw(optional_paper), plan_date=draw(optional(days)), topics=_several(draw, _PLAN_TOPICS)
        ),
        meetings=tuple(draw(meetings(code)) for code in codes),
        roll_call=RollCall(marks),
        tasks=_several(draw, _TASKS),
        self_scores=draw(grids_of_points(codes)),
        official_scores=draw(grids_of_points(codes)),
        explanations=_several(draw, _EXPLANATIONS),
        dues=_dues(draw, members),
        inspections=_several(draw, _INSPECTIONS),
        disseminations=_several(draw, _DISSEMINATIONS),
        assessment=Assessment(
            held_on=draw(optional(days)),
            report_number=draw(optional_paper),
            own_grade=draw(optional(st.sampled_from(AnnualGrade))),
            entries=_several(draw, _ENTRIES),
        ),
    )
    return evolve(book, meetings=tuple(_counted_once(book, meeting) for meeting in book.meetings))


def _several(draw: st.DrawFn, strategy: st.SearchStrategy[Any]) -> tuple[Any, ...]:
    return tuple(draw(st.lists(strategy, max_size=3)))


def _counted_once(book: CellBook, meeting: Meeting) -> Meeting:
    """Without typed counts where a full roll call decides them."""
    if not has_full_roll_call(book, meeting.meeting_code):
        return meeting
    untyped: dict[str, Any] = dict.fromkeys(TYPED_COUNTS)
    return evolve(meeting, **untyped)


def _dues(draw: st.DrawFn, members: tuple[Member, ...]) -> tuple[DuesRow, ...]:
    kept = [member for member in members if draw(st.booleans())]
    months = st.dictionaries(st.integers(1, 12), st.sampled_from(DuesMark))
    return tuple(
        DuesRow(
            member_code=member.member_code,
            full_name=draw(st.just(member.full_name) | names | st.just("")),
            months=draw(months),
        )
        for member in draw(st.permutations(kept))
    )


def _changes(codes: list[str]) -> st.SearchStrategy[MembershipChange]:
    return st.builds(
        MembershipChange,
        member_code=st.sampled_from(codes),
        day=days,
        change=st.sampled_from(ChangeKind),
        decision_number=optional_paper,
    )


_POSTS = st.builds(
    CommitteePost,
    post=names,
    full_name=texts,
    since=optional(days),
    until=optional(days),
    decision_number=optional_paper,
    trained_on=optional(days),
)
_PLAN_TOPICS = st.builds(
    PlanTopic,
    no=st.sampled_from(["1", "2", "03", "CĐ1"]),
    quarter=st.integers(1, 4),
    topic=names,
    month=optional(st.integers(1, 12)),
    required_topic=st.lists(st.sampled_from(_TOPICS), unique=True, max_size=2).map(tuple),
    prepared_by=texts,
    approved_on=optional(days),
    state=optional(st.sampled_from(TopicState)),
    reason=texts,
)
_TASKS = st.builds(
    Task,
    meeting_code=meeting_codes() | meeting_codes(YEAR - 1),
    task=names,
    result=st.sampled_from(TaskResult),
    owner=texts,
    due_on=optional(days),
    done_on=optional(days),
)
_EXPLANATIONS = st.builds(
    Explanation, meeting_code=meeting_codes(), criterion=st.sampled_from(_CRITERIA), reason=some_text
)
_INSPECTIONS = st.builds(
    Inspection,
    inspected_on=days,
    authority=st.sampled_from(_AUTHORITIES),
    kind=st.sampled_from(InspectionKind),
    subjects=st.lists(st.sampled_from(InspectionSubject), min_size=1, max_size=3, unique=True).map(tuple),
    planned_on=optional(days),
    finished_on=optional(days),
    documents=texts,
    conclusion_number=optional_paper,
    shortcomings=texts,
    remedy_due_on=optional(days),
    remedied_on=optional(days),
)
_DISSEMINATIONS = st.builds(
    Dissemination,
    document_number=numbers_of_papers,
    document_date=days,
    issuer=texts,
    subject=texts,
    disseminated_on=optional(days),
    meeting_code=optional(meeting_codes()),
    reached=optional(counts),
    owed=optional(counts),
    own_plan_number=optional_paper,
    own_plan_date=optional(days),
)
_ENTRIES = st.builds(
    AssessmentEntry,
    item=st.sampled_from(AssessmentItem),
    text=some_text,
    term=st.sampled_from(AssessmentTerm),
    owner=texts,
    due_on=optional(days),
    result=texts,
)
