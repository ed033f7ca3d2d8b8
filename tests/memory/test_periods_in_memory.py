"""Opening, excepting and closing periods, and the commands for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from acceptance.command_line import chibo
from chibo.access import NotAllowedError
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.memory import remembering
from chibo.office.memory.periods import all_periods, close_period, except_unit, open_period, opening
from chibo.periods import PeriodState, UnitException
from chibo.register import Register, Role
from chibo.store.periods import read_expected
from memory.offices_in_memory import Noon, a_register, an_office, as_user, bring_in

MARCH = Period(2026, 3, 3)
DAY = date(2026, 3, 25)


def codes(memory, period: Period = MARCH) -> list[str]:
    with memory.reading() as (reading, _):
        return [unit.unit_code for unit in read_expected(reading, period)]


def test_the_list_is_frozen_when_the_period_opens(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", DAY)
    open_period(memory, MARCH)
    bring_in(memory, a_register(cells=("CB01", "CB07")))
    assert codes(memory) == ["CB01", "CB02", "CB03"]
    open_period(memory, Period(2026, 1, 3))
    assert codes(memory, Period(2026, 1, 3)) == ["CB01", "CB07"]


def test_a_period_opens_once_not_too_early_and_not_for_nobody(tmp_path: Path) -> None:
    memory, clock = an_office(tmp_path / "vp", DAY)
    with pytest.raises(ChiboError, match="mở được từ"):
        open_period(memory, Period(2026, 4, 4))
    open_period(memory, MARCH, due_on=date(2026, 4, 10))
    assert all_periods(memory)[0][0].due_on == date(2026, 4, 10)
    with pytest.raises(ChiboError, match="đã mở"):
        open_period(memory, MARCH)
    clock.day = date(2026, 4, 25)
    bring_in(memory, Register())
    with pytest.raises(ChiboError, match="chưa có chi bộ nào"):
        open_period(memory, Period(2026, 4, 4))


def test_a_closed_period_takes_no_exception_and_opens_again_with_a_reason(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", DAY)
    open_period(memory, MARCH)
    more = UnitException(unit_code="cb02", until=date(2026, 4, 20), reason="mất điện")
    assert except_unit(memory, MARCH, more).unit_code == "CB02"
    with pytest.raises(ChiboError, match="không có trong danh sách"):
        except_unit(memory, MARCH, UnitException(unit_code="CB99", exempt=True, reason="…"))
    with pytest.raises(ChiboError, match="nêu lý do"):
        except_unit(memory, MARCH, UnitException(unit_code="CB02", exempt=True, reason=" "))
    with pytest.raises(ChiboError, match="không thêm ngày nào"):
        except_unit(memory, MARCH, UnitException(unit_code="CB02", until=date(2020, 1, 1), reason="mất điện"))
    close_period(memory, MARCH)
    with pytest.raises(ChiboError, match="đã đóng"):
        except_unit(memory, MARCH, more)
    with pytest.raises(ChiboError, match="đã đóng"):
        close_period(memory, MARCH)
    with pytest.raises(ChiboError, match="phải nêu lý do"):
        open_period(memory, MARCH, reason="  ")
    assert open_period(memory, MARCH, reason="bổ sung").period.state(DAY) is PeriodState.OPEN


def test_a_period_that_would_be_locked_at_once_is_not_opened_without_a_day_that_lets_books_in(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", date(2026, 11, 29))
    with pytest.raises(ChiboError, match=r"05/05/2026.*từ 30/10/2026 trở đi") as refused:
        open_period(memory, MARCH)
    assert refused.value.command.startswith("chibo period open 2026-03 --due")
    with pytest.raises(ChiboError, match="từ 30/10/2026 trở đi"):
        open_period(memory, MARCH, due_on=date(2026, 10, 29))
    assert all_periods(memory) == ()
    asked = opening(memory, MARCH, due_on=date(2026, 10, 30))
    opened = open_period(memory, MARCH, due_on=date(2026, 10, 30))
    assert asked == opened
    days = (opened.period.due_on, opened.period.grace_until, opened.period.locks_on)
    assert days == (date(2026, 10, 30), date(2026, 11, 1), date(2026, 11, 29))
    assert opened.period.state(memory.today) is PeriodState.OPEN


def test_a_closed_period_opens_again_with_another_day_on_which_it_is_due(tmp_path: Path) -> None:
    memory, clock = an_office(tmp_path / "vp", DAY)
    open_period(memory, MARCH)
    with pytest.raises(ChiboError, match=r"đóng kỳ rồi mở lại với hạn mới.*gia hạn đơn vị ấy") as refused:
        open_period(memory, MARCH, due_on=date(2026, 12, 10), reason="bão")
    assert refused.value.command.startswith("chibo period except")
    close_period(memory, MARCH)
    clock.day = date(2026, 11, 29)
    with pytest.raises(ChiboError, match="từ 30/10/2026 trở đi"):
        open_period(memory, MARCH, due_on=date(2026, 5, 1), reason="bão")
    opened = open_period(memory, MARCH, due_on=date(2026, 12, 10), reason="bão").period
    assert (opened.opened_on, opened.due_on) == (DAY, date(2026, 12, 10))
    assert (opened.grace_until, opened.locks_on) == (date(2026, 12, 12), date(2027, 1, 9))
    assert opened == all_periods(memory)[0][0]
    close_period(memory, MARCH)
    again = open_period(memory, MARCH, reason="bão").period
    assert again == opened, "without another day the days stay"


@pytest.mark.parametrize("slip", [date(2206, 4, 10), date(9999, 12, 31)])
def test_a_day_years_ahead_is_told_as_a_slip_of_its_year(tmp_path: Path, slip: date) -> None:
    memory, _ = an_office(tmp_path / "vp", DAY)
    told = pytest.raises(ChiboError, match=rf"{slip:%d/%m/%Y} quá xa kỳ 2026-03; muộn nhất là 31/12/2027")
    with told:
        open_period(memory, MARCH, due_on=slip)
    open_period(memory, MARCH)
    with told:
        except_unit(memory, MARCH, UnitException(unit_code="CB02", until=slip, reason="bão"))
    close_period(memory, MARCH)
    with told:
        open_period(memory, MARCH, due_on=slip, reason="bão")


def test_only_the_board_and_administrators_keep_periods(tmp_path: Path) -> None:
    people = [("nop", Role.SUBMITTER, "CB01"), ("ban", Role.BOARD, ""), ("quan", Role.ADMINISTRATOR, "")]
    memory, _ = an_office(tmp_path / "vp", DAY, a_register(people=people))
    for user in ("nop", "ai-do"):
        with pytest.raises(NotAllowedError):
            open_period(as_user(memory, user), MARCH)
    open_period(as_user(memory, "ban"), MARCH)
    close_period(as_user(memory, "quan"), MARCH)


def test_a_period_that_was_never_opened_is_told_with_those_that_were(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", DAY)
    open_period(memory, MARCH)
    with pytest.raises(ChiboError, match=r"2026-02 chưa mở. Các kỳ đã mở: 2026-03"):
        close_period(memory, Period(2026, 2, 2))


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "vp"
    an_office(home, DAY)[0].close()
    monkeypatch.setattr(remembering, "now", Noon(DAY))
    assert chibo("period", "open", "2026-03", "--home", home, "--as", "an").exit_code == 0
    made = chibo("period", "except", "2026-03", "CB02", "--until", "20/04/2026", "--reason", "mất điện", "--home", home)
    assert "CB02 Chi bộ Phòng số 2 được gia hạn đến 20/04/2026 kỳ 2026-03: mất điện." in made.err
    assert chibo("period", "except", "2026-03", "CB02", "--reason", "x", "--home", home).exit_code == 2
    listed = chibo("period", "list", "--home", home, "--format", "json").data()
    assert [(row["period"], row["state"], row["expected"]) for row in listed] == [("2026-03", "open", 3)]
    asked = chibo("period", "close", "2026-03", "--preview", "--home", home)
    assert "Sẽ đóng kỳ 2026-03: chưa có sổ nào" in asked.err
    assert "3 chi bộ chưa nộp" in asked.err
    assert chibo("period", "list", "--home", home, "--format", "json").data()[0]["state"] == "open"
    assert chibo("period", "close", "2026-03", "--home", home).exit_code == 0
    assert chibo("period", "list", "--home", home, "--format", "json").data()[0]["state"] == "closed"
