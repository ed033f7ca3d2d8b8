"""Floor 1: reporting periods: their days, who owes what for them, and how far each unit has come."""

from chibo.periods.completeness import Completeness, completeness, completeness_by_committee
from chibo.periods.expectation import Expected, UnitException, expected_units, owed_units
from chibo.periods.schedule import PeriodState, ReportingPeriod, scheduled
from chibo.periods.standing import Arrival, Content, UnitStanding, UnitState, content_of, standings

__all__ = [
    "Arrival",
    "Completeness",
    "Content",
    "Expected",
    "PeriodState",
    "ReportingPeriod",
    "UnitException",
    "UnitStanding",
    "UnitState",
    "completeness",
    "completeness_by_committee",
    "content_of",
    "expected_units",
    "owed_units",
    "scheduled",
    "standings",
]
