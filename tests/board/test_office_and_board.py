"""The office's panel and the board under it: both of one month, and of the editions that somebody chose."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chibo.engine.in_process import InProcess
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.periods import open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.submitting import submit
from chibo.register import Role
from chibo.submissions import StepKind
from chibo_widgets.board import BoardPage
from memory.books_handed_in import FEBRUARY_ROW, a_book
from memory.offices_in_memory import a_register, an_office, as_user

FEBRUARY, MARCH = Period(2026, 2, 2), Period(2026, 3, 3)
PEOPLE = (("xem", Role.REVIEWER, "DB01"), ("ban", Role.BOARD, ""))


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """February, March and their quarter are open; CB01 handed in again after its review, CB02 was never reviewed."""
    opened, _ = an_office(tmp_path / "vp", date(2026, 4, 3), a_register(people=PEOPLE))
    board = as_user(opened, "ban")
    for period in (FEBRUARY, MARCH, Period(2026, 1, 3)):
        open_period(board, period)
    submit(board, find_uploads([("CB01.xlsx", a_book()), ("CB02.xlsx", a_book("CB02"))]), MARCH)
    decide(as_user(opened, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    submit(board, find_uploads([("CB01.xlsx", a_book(hours=2, ends="15:50"))]), MARCH)
    return board


@pytest.fixture
def page(memory: Memory) -> BoardPage:
    return BoardPage(memory.library, today=memory.today, engine=InProcess(), door=lambda: memory)


def go(page: BoardPage, **message: Any) -> None:
    page.office.received({"go": message}, [])


def month(page: BoardPage, number: int) -> None:
    page.setting.received({"go": {"month": number, "year": 2026}}, [])


def shown(page: BoardPage) -> tuple[str, str]:
    """The period of the panel, the month of the board."""
    chosen = [one["code"] for one in page.office.view["periods"] if one["chosen"]]
    return chosen[0], f"{page.setting.view['year']}-{page.setting.view['month']:02}"


def test_the_board_shows_the_month_of_the_period_that_is_chosen(page: BoardPage) -> None:
    go(page, period="2026-02")
    assert shown(page) == ("2026-02", "2026-02")
    go(page, period="2026-03")
    assert shown(page) == ("2026-03", "2026-03")
    assert page.office.view["below"] == ""


def test_the_panel_shows_the_period_of_the_month_that_is_chosen(page: BoardPage) -> None:
    go(page, period="2026-03")
    month(page, 2)
    assert shown(page) == ("2026-02", "2026-02")
    assert page.office.view["progress"]["title"] == "Tiến độ tháng 2/2026"


def test_a_month_without_a_period_and_one_inside_a_longer_period_are_named(page: BoardPage) -> None:
    go(page, period="2026-03")
    month(page, 6)
    assert shown(page) == ("2026-03", "2026-06")
    assert "tháng 6/2026" in page.office.view["below"]
    assert "vẫn là tháng 3/2026" in page.office.view["below"]
    go(page, period="2026-Q1")
    assert shown(page) == ("2026-Q1", "2026-03")
    assert page.office.view["below"].endswith("của tháng 3/2026, một tháng của quý I/2026.")
    month(page, 2)
    assert shown(page) == ("2026-Q1", "2026-02"), "the quarter holds February"


def test_books_dropped_on_the_page_bring_the_panel_to_their_month(page: BoardPage) -> None:
    assert shown(page)[1] == "2026-03"
    page._run.add(find_uploads([("so.xlsx", a_book(rows=FEBRUARY_ROW))]))
    assert page._run.wait(60)
    page._redraw.now()
    assert shown(page)[1] == "2026-02"


def test_units_with_a_newer_unreviewed_book_are_named_and_either_book_can_be_taken(page: BoardPage) -> None:
    go(page, period="2026-03")
    go(page, office=True)
    assert page.office.view["newer"].endswith("(1 chi bộ): CB01.")
    assert minutes(page) == {"CB01": 90, "CB02": 90}
    go(page, office=True, newest=True)
    assert page.office.view["newest"]
    assert minutes(page) == {"CB01": 110, "CB02": 90}
    assert "0 đã thẩm định. Chưa thẩm định: CB01, CB02." in page.office.view["taken"]
    go(page, again=True)
    assert minutes(page)["CB01"] == 110, "looking again keeps what was chosen"
    go(page, office=False)
    assert page.office.view["newer"] == ""


def minutes(page: BoardPage) -> dict[str, int | None]:
    return {row.cell_code: row.minutes for row in page.consolidation.facts}
