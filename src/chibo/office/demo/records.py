"""The other tables of a sample workbook: plan, tasks, dues, inspection, dissemination, half-year review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from chibo.model import (
    Assessment,
    AssessmentEntry,
    Dissemination,
    DuesRow,
    Inspection,
    Meeting,
    Member,
    PlanTopic,
    Task,
    ThematicPlan,
)
from chibo.model.vocabulary import (
    AssessmentItem,
    AssessmentTerm,
    DuesMark,
    InspectionKind,
    InspectionSubject,
    MemberStatus,
    TaskResult,
    TopicState,
)
from chibo.office.demo.cells import DemoCell, Role

_TOPICS = (
    "Học tập và làm theo Bác về nêu gương của cán bộ, đảng viên",
    "Xây dựng chi bộ gắn với cải cách thủ tục, phục vụ người dân",
    "Giữ gìn đoàn kết, tự soi, tự sửa trong cơ quan",
    "Nâng cao trách nhiệm người đứng đầu trong thực hiện nhiệm vụ",
)
_TASKS = (
    "Hoàn thành kế hoạch công tác tháng",
    "Rà soát, trả lời đúng hạn kiến nghị của người dân",
    "Cập nhật hồ sơ đảng viên",
    "Hướng dẫn đảng viên mới tham gia việc của chi bộ",
    "Tổ chức vệ sinh, chỉnh trang nơi làm việc",
)
_DONE = {Role.STRONG: 0.97, Role.ORDINARY: 0.86, Role.WEAK: 0.66, Role.LATE: 0.88, Role.FAULTY: 0.9}


def plan_of(year: int, codes: Sequence[str], chair: str, held_through: int) -> ThematicPlan:
    """A topic a quarter; the required topics `codes` are shared out over the first three, by the end of September."""
    rows = []
    for quarter, topic in enumerate(_TOPICS, start=1):
        month = quarter * 3 - 1
        rows.append(
            PlanTopic(
                no=str(quarter),
                quarter=quarter,
                month=month,
                topic=topic,
                required_topic=tuple(codes[quarter - 1 :: 3]) if quarter <= 3 else (),
                prepared_by=chair,
                approved_on=date(year, 1, 22),
                state=TopicState.HELD if month <= held_through else TopicState.OPEN,
            )
        )
    return ThematicPlan(plan_number="02-KH/CB", plan_date=date(year, 1, 15), topics=tuple(rows))


def tasks_of(cell: DemoCell, meetings: Sequence[Meeting], chance: Random) -> tuple[Task, ...]:
    """The tasks that each regular meeting decided, for cells that list them; those of the last one are under way."""
    if not cell.keeps_tasks:
        return ()
    held = [meeting for meeting in meetings if meeting.is_held and meeting.is_regular]
    return tuple(
        _task(text, meeting, chance.random() < _DONE[cell.role], meeting is held[-1])
        for meeting in held
        for text in _TASKS
    )


def dues_of(cell: DemoCell, members: Sequence[Member], months: int, chance: Random) -> tuple[DuesRow, ...]:
    """Dues paid for the months that have ended; the weak cell is behind with a few."""
    rows = []
    for member in members:
        mark = {MemberStatus.TRANSFERRED: DuesMark.PAID_ELSEWHERE}.get(
            member.status or MemberStatus.ACTIVE, DuesMark.PAID
        )
        behind = chance.randint(1, 2) if cell.role is Role.WEAK and chance.random() < 0.2 else 0
        paid = dict.fromkeys(range(1, months + 1 - behind), mark)
        rows.append(DuesRow(member_code=member.member_code, full_name=member.full_name, months=paid))
    return tuple(rows)


def inspections_of(cell: DemoCell, year: int, authorities: Sequence[str]) -> tuple[Inspection, ...]:
    """One supervision of the meeting regime in the spring; the weak cell has not been visited yet."""
    if cell.role is Role.WEAK or not authorities:
        return ()
    day = date(year, 4, 10) + timedelta(days=3 * (cell.number % 15))
    day -= timedelta(days=max(0, day.weekday() - 4))
    return (
        Inspection(
            planned_on=day,
            inspected_on=day,
            finished_on=day + timedelta(days=7),
            authority=authorities[0],
            kind=InspectionKind.THEMATIC_SUPERVISION,
            subjects=(InspectionSubject.MEETING_REGIME, InspectionSubject.THEMATIC_MEETINGS),
            conclusion_number=f"{20 + cell.number % 40}-TB/ĐU",
            shortcomings="Một số biên bản ghi ý kiến thảo luận còn vắn tắt" if cell.number % 2 else "",
            remedy_due_on=date(year, 7, 31) if cell.number % 2 else None,
            remedied_on=date(year, 7, 10) if cell.number % 2 else None,
        ),
    )


def disseminations_of(cell: DemoCell, meetings: Sequence[Meeting], year: int) -> tuple[Dissemination, ...]:
    """An invented directive of the bloc, made known at the meeting after it was issued."""
    issued = date(year, 1, 20)
    known = next((meeting for meeting in meetings if meeting.held_on and meeting.held_on > issued), None)
    if known is None or cell.role is Role.WEAK:
        return ()
    owed = (known.present or 0) + (known.excused or 0) + (known.unexcused or 0)
    return (
        Dissemination(
            document_number="05-CT/ĐUK",
            document_date=issued,
            issuer="Đảng ủy Khối",
            subject="Nâng cao chất lượng sinh hoạt chi bộ (văn bản mẫu để tập dùng)",
            disseminated_on=known.held_on,
            meeting_code=known.meeting_code,
            reached=known.present,
            owed=owed,
            own_plan_number="03-KH/CB",
            own_plan_date=date(year, 2, 12),
        ),
    )


def assessment_of(cell: DemoCell, year: int) -> Assessment:
    """The review of the first half of the year, with a word on the meetings of the cell."""
    if cell.role is Role.WEAK:
        return Assessment()
    texts = {
        AssessmentItem.STRENGTH: "Sinh hoạt chi bộ đều đặn, đúng ngày; nhiều đảng viên tham gia ý kiến.",
        AssessmentItem.WEAKNESS: "Có buổi nội dung sinh hoạt còn nặng về công việc chuyên môn.",
        AssessmentItem.CAUSE: "Chuẩn bị gợi ý thảo luận chưa sớm.",
        AssessmentItem.REMEDY: "Gửi gợi ý thảo luận sinh hoạt chi bộ cùng tài liệu trước buổi họp.",
    }
    return Assessment(
        held_on=date(year, 7, 6),
        report_number="11-BC/CB",
        entries=tuple(
            AssessmentEntry(
                term=AssessmentTerm.HALF_YEAR,
                item=item,
                text=text,
                owner="Chi ủy" if item is AssessmentItem.REMEDY else "",
                due_on=date(year, 12, 31) if item is AssessmentItem.REMEDY else None,
            )
            for item, text in texts.items()
        ),
    )


def _task(text: str, meeting: Meeting, done: bool, last: bool) -> Task:
    decided = meeting.held_on or meeting.meeting_code.month.last_day
    return Task(
        meeting_code=meeting.meeting_code,
        task=text,
        owner=meeting.prepared_by,
        due_on=decided + timedelta(days=25) if done and not last else date(decided.year, 12, 31),
        result=TaskResult.UNDER_WAY if last or not done else TaskResult.DONE,
        done_on=None if last or not done else decided + timedelta(days=20),
    )
