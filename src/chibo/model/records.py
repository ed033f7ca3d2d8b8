"""The other tables of a cell workbook: plan, tasks, explanations, dues, inspections, dissemination, assessment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import Factory, field, frozen

from chibo.model.periods import MeetingCode
from chibo.model.places import Origin, Place
from chibo.model.vocabulary import (
    AnnualGrade,
    AssessmentItem,
    AssessmentTerm,
    DuesMark,
    InspectionKind,
    InspectionSubject,
    TaskResult,
    TopicState,
)


@frozen(kw_only=True)
class PlanTopic:
    """One row of `Kế hoạch chuyên đề`. `required_topics` are codes of the dated list in sheets/rules/."""

    no: str
    quarter: int
    topic: str
    month: int | None = None
    required_topic: tuple[str, ...] = ()
    prepared_by: str = ""
    approved_on: date | None = None
    state: TopicState | None = None
    reason: str = ""
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class ThematicPlan:
    """The yearly thematic plan."""

    plan_number: str = ""
    plan_date: date | None = None
    topics: tuple[PlanTopic, ...] = ()
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)


@frozen(kw_only=True)
class Task:
    """One row of `Nhiệm vụ`: decided at the meeting `meeting_code`."""

    meeting_code: MeetingCode
    task: str
    result: TaskResult
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class Explanation:
    """One row of `Thuyết minh điểm`."""

    meeting_code: MeetingCode
    criterion: str
    reason: str
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class DuesRow:
    """One member's dues: the mark of each month 1–12 that has one."""

    member_code: str
    full_name: str = ""
    months: Mapping[int, DuesMark] = Factory(dict)
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class Inspection:
    """One row of `Kiểm tra, giám sát`. `authority` is one of the bodies named in sheets/rules/."""

    inspected_on: date
    authority: str
    kind: InspectionKind
    subjects: tuple[InspectionSubject, ...]
    planned_on: date | None = None
    finished_on: date | None = None
    documents: str = ""
    conclusion_number: str = ""
    shortcomings: str = ""
    remedy_due_on: date | None = None
    remedied_on: date | None = None
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class Dissemination:
    """One row of `Phổ biến văn bản`."""

    document_number: str
    document_date: date
    issuer: str = ""
    subject: str = ""
    disseminated_on: date | None = None
    meeting_code: MeetingCode | None = None
    reached: int | None = None
    owed: int | None = None
    own_plan_number: str = ""
    own_plan_date: date | None = None
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class AssessmentEntry:
    """One row of `Đánh giá năm`."""

    item: AssessmentItem
    text: str
    term: AssessmentTerm = AssessmentTerm.YEAR
    owner: str = ""
    due_on: date | None = None
    result: str = ""
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class Assessment:
    """The half-yearly and yearly assessment of the cell."""

    held_on: date | None = None
    report_number: str = ""
    own_grade: AnnualGrade | None = None
    entries: tuple[AssessmentEntry, ...] = ()
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)
