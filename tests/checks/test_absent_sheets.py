"""What follows from a sheet that is not there is not told besides: its absence is told once, where it is read."""

from __future__ import annotations

import pytest
from attrs import evolve

from builders import code
from chibo.checks import check_book
from chibo.model import CellBook, Dissemination, Explanation, MembershipChange, ThematicPlan
from chibo.model.vocabulary import ChangeKind
from healthy import TODAY, healthy_book
from located import located
from scored import LIBRARY

ABSENT = {
    "meetings": {"meetings": ()},
    "members": {"members": ()},
}


@pytest.mark.parametrize("sheet", ABSENT)
def test_what_follows_from_an_absent_sheet_is_not_told(sheet: str) -> None:
    whole = _full_book()
    without = evolve(whole, **ABSENT[sheet])

    there = {finding.code for finding in check_book(located(whole), LIBRARY, TODAY)}
    absent = {finding.code for finding in check_book(located(without, without=[sheet]), LIBRARY, TODAY)}
    assert absent <= there
    assert len({finding.code for finding in check_book(located(without), LIBRARY, TODAY)} - there) > 1


def test_nothing_is_said_of_numbers_of_a_plan_that_the_workbook_has_no_sheet_for() -> None:
    book = healthy_book(plan=ThematicPlan())

    absent = {finding.code for finding in check_book(located(book, without=["plan"]), LIBRARY, TODAY)}
    there = {finding.code for finding in check_book(located(book), LIBRARY, TODAY)}

    assert absent == {"PLAN_SHEET_ABSENT"}
    assert "PLAN_NO_UNKNOWN" in there


def _full_book() -> CellBook:
    """The healthy book, and records that name meetings and members in every other sheet."""
    return healthy_book(
        explanations=(Explanation(meeting_code=code("2026-01"), criterion="1", reason="lý do"),),
        changes=(MembershipChange(member_code="DV01", day=TODAY, change=ChangeKind.ADMITTED),),
        disseminations=(Dissemination(document_number="1", document_date=TODAY, meeting_code=code("2026-01")),),
    )
