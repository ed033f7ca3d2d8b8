"""A book before it is handed in: what is said of it is what becomes of it afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.access import NotAllowedError
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.book_parts import LookedAt, look_at
from chibo.office.memory.handed import HandedIn
from chibo.office.memory.log import read_log
from chibo.office.memory.offering import Offers, changes_before, offers_for
from chibo.office.memory.periods import open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.submitting import hand_in
from chibo.register import Role
from chibo.submissions import Reason, State, StepKind
from memory.books_handed_in import FEBRUARY_ROW, MARCH_ROW, a_book
from memory.offices_in_memory import Noon, a_register, an_office, as_user

FEBRUARY, MARCH = Period(2026, 2, 2), Period(2026, 3, 3)
PEOPLE = (
    ("nop1", Role.SUBMITTER, "CB01"),
    ("xem", Role.REVIEWER, "DB01"),
    ("ban", Role.BOARD, ""),
    ("quan", Role.ADMINISTRATOR, ""),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Memory, Noon]:
    """An office at the end of March, the periods of February and March open; the tests are one story."""
    memory, clock = an_office(tmp_path_factory.mktemp("offers") / "vp", date(2026, 3, 28), a_register(people=PEOPLE))
    for period in (FEBRUARY, MARCH):
        open_period(as_user(memory, "ban"), period)
    return memory, clock


@pytest.fixture(scope="module")
def first(office) -> LookedAt:
    return look(office[0], a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}"))


@pytest.fixture(scope="module")
def second(office) -> LookedAt:
    return look(office[0], a_book(rows=f"{FEBRUARY_ROW}\n{MARCH_ROW}", points=3, hours=2))


def look(memory: Memory, data: bytes) -> LookedAt:
    return look_at(data, "so.xlsx", memory.library, memory.today)


def results(offers: Offers) -> dict[str, HandedIn]:
    return {str(one.period.period): one.would.result for one in offers.offers}


def test_a_new_book_is_offered_for_every_period_and_most_likely_for_the_last(office, first: LookedAt) -> None:
    memory = as_user(office[0], "nop1")
    offers = offers_for(memory, first)
    assert results(offers) == {"2026-02": HandedIn.NEW, "2026-03": HandedIn.NEW}
    assert (offers.suggested, offers.refused) == (MARCH, "")
    assert [one.status.submission.state for one in offers.offers] == [State.DRAFT, State.DRAFT]
    assert [person.user for person in offers.offers[0].holders] == ["nop1"]
    assert offers.person is not None
    assert changes_before(memory, offers.offers[1].status.submission, first, "xem trước") is None
    assert not [entry for entry in read_log(as_user(memory, "ban")) if entry.actor == "nop1"], "nothing was written"


def test_what_is_said_beforehand_is_what_becomes_of_it(office, first: LookedAt, second: LookedAt) -> None:
    memory = as_user(office[0], "nop1")
    hand_in(memory, "so.xlsx", first, MARCH)
    [_, march] = offers_for(memory, first).offers
    assert march.would.result is HandedIn.UNCHANGED
    assert march.would.edition is not None
    assert march.would.edition.receipt == 1
    assert [person.user for person in march.holders] == ["xem"]
    assert results(offers_for(memory, second))["2026-03"] is HandedIn.CHANGED
    decide(as_user(memory, "xem"), StepKind.RETURNED, "CB01", MARCH, reasons=[Reason(text="thiếu giờ")])
    [_, march] = offers_for(memory, second).offers
    assert march.status.submission.state is State.RETURNED
    comparison = changes_before(memory, march.status.submission, second, "so trước khi nộp lại")
    assert comparison is not None
    assert [(found.before, found.after) for found in comparison.found] == [(4, 3)]
    assert [entry.reason for entry in read_log(as_user(memory, "ban"))][-1] == "so trước khi nộp lại"
    [handing] = hand_in(memory, "so.xlsx", second, MARCH)
    assert handing.result is HandedIn.CHANGED
    assert results(offers_for(memory, first))["2026-03"] is HandedIn.UNCHANGED, "it is kept, though it is not in use"


def test_a_book_of_a_unit_that_the_office_does_not_know_says_what_to_do(office) -> None:
    offers = offers_for(as_user(office[0], "ban"), look(office[0], a_book("CB77")))
    assert "CB77" in offers.refused
    assert offers.offers == ()


def test_a_book_of_a_year_without_periods_says_so(office) -> None:
    rows = MARCH_ROW.replace("2026", "2025")
    offers = offers_for(as_user(office[0], "ban"), look(office[0], a_book(rows=rows, year=2025)))
    assert "2025" in offers.refused


def test_a_stranger_is_told_nothing_of_a_unit(office, first: LookedAt) -> None:
    memory = as_user(office[0], "khach")
    offers = offers_for(memory, first)
    assert "khach" in offers.refused
    assert offers.offers == ()
    known = offers_for(as_user(memory, "nop1"), first)
    with pytest.raises(NotAllowedError):
        changes_before(memory, known.offers[1].status.submission, first, "tò mò")


def test_a_reviewer_sees_how_it_stands_and_that_handing_in_is_not_his(office, second: LookedAt) -> None:
    [february, _] = offers_for(as_user(office[0], "xem"), second).offers
    assert february.would.result is HandedIn.REFUSED
    assert "Thẩm định" in february.would.why


def test_a_file_that_is_no_book_gives_its_findings(office) -> None:
    offers = offers_for(as_user(office[0], "ban"), look(office[0], b"%PDF-1.7 no workbook"))
    assert offers.findings
    assert offers.offers == ()
