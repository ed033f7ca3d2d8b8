"""Handing in: receipts, what counts, and what is not taken; with real workbooks and a real store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from attrs import evolve

from chibo.audit import AuditAct
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import Memory, open_memory, submitting
from chibo.office.memory.book_parts import look_at
from chibo.office.memory.consolidating import Wanted, from_office
from chibo.office.memory.handed import HandedIn, Handing
from chibo.office.memory.log import check_log, read_log
from chibo.office.memory.periods import close_period, closing, except_unit, open_period, opening
from chibo.office.memory.reviewing import decide
from chibo.office.memory.status import period_status, who_is_missing
from chibo.office.memory.submitting import submit
from chibo.office.memory.units import confirm_alias
from chibo.periods import UnitException, UnitState
from chibo.register import ChangeOfUnit, Role, UnitChange
from chibo.submissions import GivenPoints, State, StepKind
from memory.books_handed_in import FEBRUARY_ROW, MARCH_ROW, a_book
from memory.offices_in_memory import Noon, a_register, an_office, as_user, bring_in

FEBRUARY, MARCH = Period(2026, 2, 2), Period(2026, 3, 3)
PEOPLE = (
    ("nop1", Role.SUBMITTER, "CB01"),
    ("nop2", Role.SUBMITTER, "CB02"),
    ("xem", Role.REVIEWER, "DB01"),
    ("ban", Role.BOARD, ""),
    ("quan", Role.ADMINISTRATOR, ""),
)


@pytest.fixture
def office(tmp_path: Path) -> tuple[Memory, Noon]:
    """An office at the end of March, the periods of February and March open."""
    memory, clock = an_office(tmp_path / "vp", date(2026, 3, 28), a_register(people=PEOPLE))
    for period in (FEBRUARY, MARCH):
        open_period(as_user(memory, "ban"), period)
    return memory, clock


def hand_in(memory: Memory, *books: bytes, user: str = "ban", period: Period | None = MARCH) -> list[Handing]:
    found = []
    for number, book in enumerate(books):
        found += submit(as_user(memory, user), find_uploads([(f"so-{number}.xlsx", book)]), period)
    return found


def results(found: list[Handing]) -> list[str]:
    return [one.result.value for one in found]


def states(memory: Memory, period: Period = MARCH) -> dict[str, str]:
    status = period_status(as_user(memory, "ban"), period)
    return {unit.standing.owed.expected.unit_code: unit.standing.state.value for unit in status.units}


def the_submission(memory: Memory, cell: str = "CB01", period: Period = MARCH):
    status = period_status(as_user(memory, "ban"), period)
    return next(unit.submission for unit in status.units if unit.standing.owed.expected.unit_code == cell)


def test_a_book_gets_a_receipt_for_each_open_period_it_tells_of(office) -> None:
    memory, _ = office
    found = hand_in(memory, a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"), period=None, user="nop1")
    assert [(one.result, str(one.period)) for one in found] == [(HandedIn.NEW, "2026-02"), (HandedIn.NEW, "2026-03")]
    assert [one.edition.receipt for one in found] == [1, 2]
    assert all(memory.store.heads()[one.head.count] == one.head.hash for one in found[-1:])
    assert memory.store.files.read(found[0].edition.content_hash) == a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}")


def test_the_same_file_again_changes_nothing_and_gives_the_receipt_it_had(office) -> None:
    memory, clock = office
    (first,) = hand_in(memory, a_book())
    before = check_log(memory).head
    clock.day += timedelta(days=3)
    (again,) = hand_in(memory, a_book(), user="nop1")
    assert (again.result, again.edition, again.head) == (HandedIn.UNCHANGED, first.edition, first.head)
    assert check_log(memory).head == before


def test_any_order_of_uploads_gives_one_state(tmp_path: Path) -> None:
    books = [a_book(hours=0), a_book(hours=1, ends="15:40"), a_book(hours=2, ends="15:50"), a_book("CB02")]
    seen = set()
    for number, order in enumerate([*permutations(range(4))][::5]):
        memory, _ = an_office(tmp_path / str(number), date(2026, 3, 28), a_register(people=PEOPLE))
        open_period(as_user(memory, "ban"), MARCH)
        hand_in(memory, *(books[index] for index in order))
        one = the_submission(memory)
        seen.add((one.state, one.current.content_hash, one.version, tuple(states(memory).items())))
        memory.close()
    assert len(seen) == 1


def test_an_older_book_is_kept_and_not_used(office) -> None:
    memory, _ = office
    assert results(hand_in(memory, a_book(hours=2), a_book(hours=1, ends="15:40"))) == ["new", "older"]
    assert results(hand_in(memory, a_book(hours=3, ends="15:50"))) == ["changed"]
    assert the_submission(memory).version == 3


def test_a_book_saved_again_says_the_same_of_the_period(office) -> None:
    memory, _ = office
    hand_in(memory, a_book())
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    assert results(hand_in(memory, a_book(hours=5, rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"))) == ["unchanged"]
    assert the_submission(memory).state is State.VERIFIED


def test_a_change_after_verification_reopens_what_it_touches(office) -> None:
    memory, _ = office
    hand_in(memory, a_book())
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    assert states(memory)["CB01"] == UnitState.VERIFIED
    assert results(hand_in(memory, a_book(hours=1, points=3))) == ["changed"]
    status = period_status(as_user(memory, "ban"), MARCH)
    (changed,) = (unit for unit in status.units if unit.submission.editions)
    assert (changed.submission.state, changed.submission.modifications) == (State.RESUBMITTED, 1)
    assert changed.open_criteria == ("2026-03 2a",)
    made = decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    assert made.touched == changed.open_criteria


def test_nobody_hands_in_for_others_nor_verifies_his_own(office) -> None:
    memory, _ = office
    (refused,) = hand_in(memory, a_book("CB02"), user="nop1")
    assert refused.result is HandedIn.REFUSED
    assert "chỉ được làm việc này cho CB01" in refused.why
    hand_in(memory, a_book(), user="nop1")
    with pytest.raises(Exception, match="không được thẩm định"):
        decide(as_user(memory, "nop1"), StepKind.VERIFIED, "CB01", MARCH)


def test_a_unit_that_is_not_known_is_named_with_those_it_may_be(office) -> None:
    memory, _ = office
    (refused,) = hand_in(memory, a_book("CB 1"))
    assert "Có phải CB01?" in refused.why
    confirm_alias(as_user(memory, "quan"), "CB 1", "CB01")
    (taken,) = hand_in(memory, a_book("CB 1"))
    assert (taken.result, taken.unit_code) == (HandedIn.NEW, "CB01")
    (unknown,) = hand_in(memory, a_book("XY99"))
    assert "Danh bạ không có chi bộ mã «XY99»" in unknown.why


def test_a_book_of_another_year_or_without_a_period_is_not_taken(office) -> None:
    memory, _ = office
    assert "năm 2025" in hand_in(memory, a_book(year=2025))[0].why
    assert "Chưa có kỳ nào của năm 2025" in hand_in(memory, a_book(year=2025), period=None)[0].why


def test_a_file_that_is_no_book_is_refused_with_its_findings_and_stops_no_other(office) -> None:
    memory, _ = office
    found = submit(as_user(memory, "ban"), find_uploads([("x.xlsx", b"x"), ("so.xlsx", a_book())]), MARCH)
    assert results(list(found)) == ["refused", "new"]
    assert found[0].findings


def test_after_the_lock_only_units_with_more_time_hand_in(office) -> None:
    memory, clock = office
    clock.day = date(2026, 6, 1)
    assert "đã khóa" in hand_in(memory, a_book())[0].why
    more = UnitException(unit_code="CB01", until=date(2026, 6, 2), reason="bão")
    except_unit(as_user(memory, "ban"), MARCH, more)
    assert results(hand_in(memory, a_book(), a_book("CB02"))) == ["new", "refused"]
    assert not period_status(as_user(memory, "ban"), MARCH).total.late
    clock.day = date(2026, 6, 3)
    assert "đã khóa" in hand_in(memory, a_book(hours=1, ends="15:40"))[0].why


def test_closing_locks_and_opening_again_unlocks(office) -> None:
    memory, _ = office
    hand_in(memory, a_book())
    close_period(as_user(memory, "ban"), MARCH)
    assert the_submission(memory).state is State.LOCKED
    assert results(hand_in(memory, a_book(), a_book(hours=1, ends="15:40"), a_book("CB02"))) == [
        "unchanged",
        "refused",
        "refused",
    ]
    open_period(as_user(memory, "ban"), MARCH, reason="bổ sung")
    assert results(hand_in(memory, a_book(hours=1, ends="15:40"))) == ["changed"]


def test_closing_and_opening_again_leaves_every_book_as_it_stood(office) -> None:
    memory, _ = office
    board, reviewer = as_user(memory, "ban"), as_user(memory, "xem")
    hand_in(memory, a_book(), user="nop1")
    hand_in(memory, a_book("CB02"), user="nop2")
    decide(
        reviewer,
        StepKind.VERIFIED,
        "CB01",
        MARCH,
        points=[GivenPoints(meeting="2026-03", criterion="2a", points=Decimal(3), reason="thiếu")],
    )
    decide(board, StepKind.ACCEPTED, "CB01", MARCH)
    decide(reviewer, StepKind.RETURNED, "CB02", MARCH, note="thiếu giờ")
    before = {cell: the_submission(memory, cell) for cell in ("CB01", "CB02", "CB03")}
    told = closing(board, MARCH)
    assert (dict(told.kept), told.silent) == ({State.RETURNED: 1, State.ACCEPTED: 1}, 1)
    assert close_period(board, MARCH) == told
    assert [the_submission(memory, cell).state for cell in before] == [State.LOCKED, State.LOCKED, State.DRAFT]
    back = opening(board, MARCH)
    assert dict(back.kept) == dict(told.kept)
    assert open_period(board, MARCH, reason="bổ sung") == back
    for cell, one in before.items():
        again = the_submission(memory, cell)
        assert (again.state, again.verified, again.official) == (one.state, one.verified, one.official)
    log = [(entry.act, entry.reason) for entry in read_log(board) if "2026-03 · CB0" in entry.subject]
    assert log[-2:] == [(AuditAct.SUBMISSION_UNLOCKED, "bổ sung")] * 2
    assert results(hand_in(memory, a_book("CB02", hours=1, ends="15:40"), user="nop2")) == ["changed"]


def test_what_was_reopened_by_itself_while_its_period_was_closed_stays_reopened(office) -> None:
    memory, _ = office
    board = as_user(memory, "ban")
    hand_in(memory, a_book(), a_book("CB02"))
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    close_period(board, MARCH)
    decide(board, StepKind.REOPENED, "CB01", MARCH, note="nhầm giờ")
    assert dict(open_period(board, MARCH, reason="bổ sung").kept) == {State.SUBMITTED: 1}
    assert the_submission(memory).state is State.REOPENED


def test_a_cell_that_was_merged_away_still_hands_in_what_it_owes(office) -> None:
    memory, clock = office
    gone = UnitChange(unit_code="CB01", day=date(2026, 4, 1), change=ChangeOfUnit.MERGED, merged_into="CB02")
    register = a_register(people=PEOPLE)
    bring_in(memory, evolve(register, changes=(*register.changes, gone)))
    clock.day = date(2026, 4, 3)
    assert results(hand_in(memory, a_book(), user="nop1")) == ["new"]
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    assert states(memory)["CB01"] == "verified"
    assert results(hand_in(memory, a_book(), user="nop2")) == ["refused"]


def test_closing_a_period_verifies_nothing(office) -> None:
    memory, _ = office
    hand_in(memory, a_book(), a_book("CB02"), a_book("CB03"))
    for cell in ("CB01", "CB02"):
        decide(as_user(memory, "xem"), StepKind.VERIFIED, cell, MARCH)
    hand_in(memory, a_book("CB02", hours=1, ends="15:40"))
    close_period(as_user(memory, "ban"), MARCH)
    assert states(memory) == {"CB01": "verified", "CB02": "partial", "CB03": "partial"}


def test_an_accepted_book_takes_no_other_until_it_is_reopened(office) -> None:
    memory, _ = office
    hand_in(memory, a_book(), user="nop1")
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    decide(as_user(memory, "ban"), StepKind.ACCEPTED, "CB01", MARCH)
    other = a_book(hours=1, ends="15:40")
    (refused,) = hand_in(memory, other, user="nop1")
    assert "nhờ Ban Tổ chức mở lại" in refused.why
    assert refused.command.startswith("chibo reopen CB01")
    decide(as_user(memory, "ban"), StepKind.REOPENED, "CB01", MARCH, note="nhầm giờ")
    assert results(hand_in(memory, other, user="nop1")) == ["changed"]


def test_who_is_missing_is_told_with_days_and_whom_to_ask(office) -> None:
    memory, clock = office
    hand_in(memory, a_book())
    hand_in(memory, a_book("CB02", rows=FEBRUARY_ROW))
    clock.day = date(2026, 4, 20)
    found = who_is_missing(as_user(memory, "ban"), MARCH)
    assert [(one.standing.owed.expected.unit_code, one.standing.state.value) for one in found] == [
        ("CB02", "empty"),
        ("CB03", "missing"),
    ]
    assert all(one.days_overdue == (clock.day - one.standing.in_time_until).days > 0 for one in found)
    assert [person.user for one in found for person in one.contacts] == ["nop2", "xem"]


def test_a_reviewer_sees_his_own_units_alone(office) -> None:
    memory, _ = office
    seen = period_status(as_user(memory, "nop1"), MARCH)
    assert [unit.standing.owed.expected.unit_code for unit in seen.units] == ["CB01"]
    with pytest.raises(Exception, match="không được xem tình hình"):
        period_status(as_user(memory, "ai-do"), MARCH)


def test_a_return_is_made_of_what_was_verified_first(office) -> None:
    memory, _ = office
    hand_in(memory, a_book(), a_book("CB02"))
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    hand_in(memory, a_book(hours=1, ends="15:50"))
    found = from_office(as_user(memory, "ban"), MARCH)
    minutes = {row.cell_code: row.minutes for row in found.consolidation.facts}
    assert minutes == {"CB01": 90, "CB02": 90}
    assert (found.unverified, found.newer) == (("CB02",), ("CB01",))
    newest = from_office(as_user(memory, "ban"), MARCH, Wanted.NEWEST)
    assert {row.cell_code: row.minutes for row in newest.consolidation.facts} == {"CB01": 110, "CB02": 90}
    assert (newest.unverified, newest.newer) == (("CB01", "CB02"), ("CB01",))
    assert [identity.cell_code for identity in found.expected] == ["CB01", "CB02", "CB03"]
    hand_in(memory, a_book("CB02", rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}", hours=1), period=FEBRUARY)
    quarter = from_office(as_user(memory, "ban"), Period(2026, 1, 3))
    assert [str(row.meeting_code) for row in quarter.consolidation.facts if row.cell_code == "CB02"] == [
        "2026-02",
        "2026-03",
    ]


def test_twenty_people_hand_in_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    cells = [f"CB{number:02d}" for number in range(1, 21)]
    memory, clock = an_office(tmp_path / "vp", date(2026, 3, 28), a_register(cells))
    open_period(memory, MARCH)
    looked = {cell: look_at(a_book(cell), f"{cell}.xlsx", memory.library, memory.today) for cell in cells}

    def one(cell: str) -> str:
        own = open_memory(memory.library, f"nop-{cell}", clock)
        (handing,) = submitting.hand_in(own, cell, looked[cell], MARCH)
        return handing.result.value

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(one, cells)) == {"new"}
    status = period_status(memory, MARCH)
    assert sorted(unit.submission.current.receipt for unit in status.units) == list(range(1, 21))
    assert check_log(memory).fault is None
