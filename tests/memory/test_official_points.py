"""Official points: given beside the unit's own, checked by the frame, shown, logged, and used in the return."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from acceptance.command_line import chibo
from chibo.audit import AuditAct
from chibo.definitions.library import Library
from chibo.engine.sources import find_uploads
from chibo.errors import ChiboError
from chibo.model import Grade, MeetingCode, Period
from chibo.office.memory import Memory
from chibo.office.memory.consolidating import from_office
from chibo.office.memory.history import history_of
from chibo.office.memory.log import read_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.submitting import submit
from chibo.scoring import score_meeting
from chibo.scoring.frames_in_force import frame_for
from chibo.submissions import GivenPoints, State, StepKind, StepRefusedError
from chibo.workbook import write_book
from healthy import healthy_book, with_points
from memory.books_handed_in import SAVED, saved
from memory.offices_in_memory import a_register, an_office, as_user
from memory.test_submitting import PEOPLE

MARCH = Period(2026, 3, 3)
BOOK = healthy_book()


@pytest.fixture
def office(tmp_path: Path) -> Memory:
    """An office in April that has the healthy book for March."""
    memory, _ = an_office(tmp_path / "vp", date(2026, 4, 3), a_register((BOOK.info.cell_code,), people=PEOPLE[2:4]))
    open_period(as_user(memory, "ban"), MARCH)
    return handed_in(memory)


def handed_in(memory: Memory, hours: int = 0, **points: str) -> Memory:
    book = with_points("2026-03", **points) if points else BOOK
    data = saved(write_book(book, memory.library), SAVED.replace(hour=8 + hours))
    (handing,) = submit(as_user(memory, "ban"), find_uploads([("so.xlsx", data)]), MARCH)
    assert handing.edition is not None, handing
    return memory


def verified(memory: Memory, *points: GivenPoints, note: str = ""):
    return decide(as_user(memory, "xem"), StepKind.VERIFIED, BOOK.info.cell_code, MARCH, points=points, note=note)


def given(criterion: str, points: str, reason: str = "vì thế", meeting: str = "") -> GivenPoints:
    return GivenPoints(meeting=meeting, criterion=criterion, points=Decimal(points), reason=reason)


def the_facts(memory: Memory):
    (facts,) = from_office(as_user(memory, "ban"), MARCH).consolidation.facts
    return facts


def by_hand(**points: str) -> tuple[Decimal | None, Grade | None]:
    """The total and grade that the frame gives a book with these points."""
    book = with_points("2026-03", **points)
    meeting = next(one for one in book.meetings if one.meeting_code == MeetingCode.parse("2026-03"))
    score = score_meeting(book, meeting, frame_for(meeting, book, Library()))
    return score.self_total, score.self_grade


def test_the_return_has_the_official_score_and_the_units_own_stays(office: Memory) -> None:
    before = the_facts(office)
    assert before.official_total is None
    made = verified(office, given("2a", "1"), given("4b", "0"))
    assert made.submission.state is State.VERIFIED
    after = the_facts(office)
    assert (after.official_total, after.official_grade) == by_hand(c2a="1", c4b="0")
    assert evolve(after, official_total=None, official_grade=None) == before
    with office.store.reading() as reading:
        assert reading.connection.exec_driver_sql("SELECT DISTINCT official FROM tidy_scores").all() == [(None,)]


def test_without_points_nothing_is_official(office: Memory) -> None:
    verified(office)
    assert the_facts(office).official_total is None


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (given("2a", "99"), "cho được"),
        (given("2z", "1"), "không chấm tiêu chí"),
        (given("2a", "1", meeting="2026-02"), "không có buổi"),
        (given("2a", "1", reason=""), "phải nêu lý do"),
    ],
)
def test_points_that_cannot_be_given_are_refused_and_nothing_is_verified(
    office: Memory, points: GivenPoints, said: str
) -> None:
    with pytest.raises(ChiboError, match=said):
        verified(office, points)
    assert history_of(as_user(office, "ban"), BOOK.info.cell_code, MARCH).state is State.SUBMITTED


def test_a_note_is_reason_enough_and_equal_points_need_none(office: Memory) -> None:
    own = BOOK.self_scores.of(MeetingCode.parse("2026-03"))["2a"]
    verified(office, given("2a", str(own), reason=""))
    assert the_facts(office).official_total == the_facts(office).self_total
    verified(office, given("2a", "1", reason=""), note="vắng không lý do")
    assert read_log(as_user(office, "ban"), last=1)[0].reason == "vắng không lý do; 2026-03 2a = 1"
    assert read_log(as_user(office, "ban"), last=1)[0].act == AuditAct.SUBMISSION_VERIFIED


def test_points_are_corrected_until_they_are_accepted(office: Memory) -> None:
    verified(office, given("2a", "1"))
    with pytest.raises(StepRefusedError):
        verified(office)
    made = verified(office, given("2A", "2"), given("4b", "0"))
    assert {subject: str(one.points) for subject, one in made.submission.official.items()} == {
        "2026-03 2a": "2",
        "2026-03 4b": "0",
    }
    assert made.submission.modifications == 0


def test_a_change_by_the_unit_takes_the_points_of_what_it_touched(office: Memory) -> None:
    verified(office, given("2a", "1"), given("4b", "0"))
    handed_in(office, hours=2, c2a="3")
    assert (the_facts(office).official_total, the_facts(office).self_total) == (
        by_hand(c2a="1", c4b="0")[0],
        by_hand()[0],
    ), "what was verified stays the figure"
    made = verified(office)
    assert (made.touched, list(made.submission.official), made.submission.modifications) == (
        ("2026-03 2a",),
        ["2026-03 4b"],
        1,
    )
    assert the_facts(office).official_total == by_hand(c2a="3", c4b="0")[0]


def test_what_was_sent_back_has_no_official_points(office: Memory) -> None:
    verified(office, given("2a", "1"))
    made = decide(as_user(office, "xem"), StepKind.RETURNED, BOOK.info.cell_code, MARCH, note="xem lại")
    assert made.submission.official == {}
    assert the_facts(office).official_total is None


def test_the_commands_give_and_show_them(office: Memory) -> None:
    cell, home = BOOK.info.cell_code, office.library.office
    office.close()

    def run(*arguments: str):
        return chibo(*arguments, "--home", home, "--as", "xem")

    asked = ("verify", cell, "--period", "2026-03")
    assert run(*asked, "--set", "2a").exit_code == 2
    for number in ("x", "1e999999999", "1e-999999999"):
        assert run(*asked, "--set", f"2a={number}").exit_code == 2
    made = run(*asked, "--set", "2a=1 một người vắng", "--set", "2026-03 4đ=2,0 ít ý kiến")
    assert made.exit_code == 0, made.err
    assert "2026-03 2a = 1 (một người vắng)" in made.err
    (row,) = run("status", "--period", "2026-03", "--format", "json").data()
    assert row["official_points"] == ["2026-03 2a=1", "2026-03 4đ=2"]
    assert "2 tiêu chí" in run("status", "--period", "2026-03").out.decode()
    told = run("history", cell, "--period", "2026-03", "--format", "json").data()
    assert told[-1]["reason"].startswith("điểm thẩm định 2026-03 2a = 1 (một người vắng)")
