"""Floor 0: the words of the domain as frozen values, each value with the place it was read from."""

from chibo.model.attendance import Attendance, CountSource, attendance_of
from chibo.model.book import BOOK_YEARS, CellBook, CellInfo
from chibo.model.facts import FACT_COLUMNS, MeetingFacts
from chibo.model.grids import RollCall, ScoreSheet
from chibo.model.meetings import Meeting
from chibo.model.members import CommitteePost, Member, MembershipChange
from chibo.model.periods import MeetingCode, MeetingSeries, Month, Period, PeriodKind
from chibo.model.places import GridOrigin, Origin, Place, SheetPlaces, TableOrigin, column_letters
from chibo.model.records import (
    Assessment,
    AssessmentEntry,
    Dissemination,
    DuesRow,
    Explanation,
    Inspection,
    PlanTopic,
    Task,
    ThematicPlan,
)
from chibo.model.units import (
    CellIdentity,
    CellInPeriod,
    CommitteeGroup,
    Explained,
    LeftOut,
    MeetingRecord,
    MonthStatus,
    PeriodTable,
)
from chibo.model.vocabulary import Grade, Mark, MeetingKind, MeetingState

__all__ = [
    "BOOK_YEARS",
    "FACT_COLUMNS",
    "Assessment",
    "AssessmentEntry",
    "Attendance",
    "CellBook",
    "CellIdentity",
    "CellInPeriod",
    "CellInfo",
    "CommitteeGroup",
    "CommitteePost",
    "CountSource",
    "Dissemination",
    "DuesRow",
    "Explained",
    "Explanation",
    "Grade",
    "GridOrigin",
    "Inspection",
    "LeftOut",
    "Mark",
    "Meeting",
    "MeetingCode",
    "MeetingFacts",
    "MeetingKind",
    "MeetingRecord",
    "MeetingSeries",
    "MeetingState",
    "Member",
    "MembershipChange",
    "Month",
    "MonthStatus",
    "Origin",
    "Period",
    "PeriodKind",
    "PeriodTable",
    "Place",
    "PlanTopic",
    "RollCall",
    "ScoreSheet",
    "SheetPlaces",
    "TableOrigin",
    "Task",
    "ThematicPlan",
    "attendance_of",
    "column_letters",
]
