"""Periods: opened with the units that they expect, exceptions made, closed."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from chibo.access import Act
from chibo.definitions.calendar import Calendar
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.memory.locking import PeriodChange, change_of, lock_all
from chibo.office.memory.opened import opened_period
from chibo.office.memory.remembering import Memory, Standing
from chibo.periods import Expected, PeriodState, ReportingPeriod, UnitException, expected_units, scheduled
from chibo.periods.schedule import earliest_due, latest_due, opens_on, register_day
from chibo.store import Reading
from chibo.store.periods import (
    add_exception,
    add_period,
    change_period,
    read_expected,
    read_period,
    read_periods,
)
from chibo.submissions import StepKind


def opening(memory: Memory, period: Period, *, due_on: date | None = None) -> PeriodChange:
    """What opening a period would do; nothing is written. Raises ChiboError where it cannot be opened."""
    with memory.reading() as (reading, standing):
        standing.require(Act.KEEP_PERIODS)
        known = read_period(reading, period)
        if known is None:
            opened, expected = _opened(standing, memory.library.calendar, period, due_on)
            return PeriodChange(period=opened, kept={}, silent=len(expected))
        again = _opened_again(known, memory.library.calendar, due_on, standing.day)
        return change_of(reading, again, StepKind.UNLOCKED)


def open_period(memory: Memory, period: Period, *, due_on: date | None = None, reason: str = "") -> PeriodChange:
    """Open a period and freeze the list of units that it expects; a closed one is opened again, with a reason.

    Opened again, everything in it stands as it did before it was closed. `due_on` takes the place of the day on which
    it is due; grace and locking follow by the calendar. Raises ChiboError where it is open already, too early, would be
    locked at once, due years later, or the register has no cell on that day.
    """
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_PERIODS)
        calendar, known = memory.library.calendar, read_period(writing, period)
        if known is None:
            opened, expected = _opened(standing, calendar, period, due_on)
            add_period(writing, opened, expected)
            return PeriodChange(period=opened, kept={}, silent=len(expected))
        again = _opened_again(known, calendar, due_on, standing.day)
        if not reason.strip():
            raise ChiboError(
                f"Mở lại kỳ {period} đã đóng thì phải nêu lý do.",
                command=f"chibo period open {period} --reason «…»",
            )
        change = change_of(writing, again, StepKind.UNLOCKED)
        change_period(writing, known, again, reason)
        lock_all(writing, standing, period, StepKind.UNLOCKED, reason)
        return change


def _opened(
    standing: Standing, calendar: Calendar, period: Period, due_on: date | None
) -> tuple[ReportingPeriod, tuple[Expected, ...]]:
    """A new period, and the units that it expects."""
    day, first = standing.day, opens_on(period, calendar)
    if day < first:
        raise ChiboError(f"Kỳ {period} mở được từ {first:%d/%m/%Y} (sheets/rules/calendar.toml).")
    _check_near(period, due_on, day)
    expected = expected_units(standing.register.units.on(register_day(period, day)), period)
    if not expected:
        raise ChiboError(
            "Danh bạ chưa có chi bộ nào vào ngày của kỳ. Ghi các đơn vị vào danh bạ trước.",
            command="chibo units export danh-ba.xlsx, điền, rồi chibo units import danh-ba.xlsx",
        )
    opened = scheduled(period, calendar, day, due_on)
    _check_takes(opened, calendar, day)
    return opened, expected


def _opened_again(known: ReportingPeriod, calendar: Calendar, due_on: date | None, day: date) -> ReportingPeriod:
    """A closed period that is open again; without another day to be due on, its days stay as they are."""
    if known.closed_on is None:
        more = " Đổi hạn cả kỳ: đóng kỳ rồi mở lại với hạn mới. Thêm ngày cho một đơn vị thì gia hạn đơn vị ấy."
        raise ChiboError(
            f"Kỳ {known.period} đã mở từ {known.opened_on:%d/%m/%Y}, hạn nộp {known.due_on:%d/%m/%Y}."
            + (more if due_on else ""),
            command=f"chibo period except {known.period} MÃ_ĐƠN_VỊ --until NGÀY --reason «…»" if due_on else "",
        )
    if due_on is None:
        return evolve(known, closed_on=None)
    _check_near(known.period, due_on, day)
    again = scheduled(known.period, calendar, known.opened_on, due_on)
    _check_takes(again, calendar, day)
    return again


def _check_takes(opened: ReportingPeriod, calendar: Calendar, day: date) -> None:
    """Raise ChiboError where the period would be locked the moment it opens."""
    if opened.state(day) is not PeriodState.OPEN:
        period, first = opened.period, earliest_due(opened.period, calendar, day)
        raise ChiboError(
            f"Kỳ {period} hạn nộp {opened.due_on:%d/%m/%Y} thì đã khóa từ sau ngày {opened.locks_on:%d/%m/%Y}: mở ra "
            f"cũng không nhận được sổ nào. Nêu hạn nộp mới, từ {first:%d/%m/%Y} trở đi (kỳ khóa sau hạn "
            f"{(opened.locks_on - opened.due_on).days} ngày).",
            command=f"chibo period open {period} --due NGÀY",
        )


def _check_near(period: Period, due_on: date | None, day: date) -> None:
    """Raise ChiboError where what is due lies years ahead: nobody would ever be late."""
    last = latest_due(period, day)
    if due_on is not None and due_on > last:
        raise ChiboError(f"Hạn {due_on:%d/%m/%Y} quá xa kỳ {period}; muộn nhất là {last:%d/%m/%Y}. Xem lại năm đã ghi.")


def closing(memory: Memory, period: Period) -> PeriodChange:
    """What closing a period would do; nothing is written. Raises ChiboError where it is not open."""
    with memory.reading() as (reading, standing):
        standing.require(Act.KEEP_PERIODS)
        return change_of(reading, _closed(reading, standing, period)[1], StepKind.LOCKED)


def close_period(memory: Memory, period: Period, reason: str = "") -> PeriodChange:
    """Close a period: everything in it is locked. Raises ChiboError where it is not open."""
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_PERIODS)
        known, closed = _closed(writing, standing, period)
        change = change_of(writing, closed, StepKind.LOCKED)
        change_period(writing, known, closed, reason)
        lock_all(writing, standing, period, StepKind.LOCKED, reason)
        return change


def _closed(reading: Reading, standing: Standing, period: Period) -> tuple[ReportingPeriod, ReportingPeriod]:
    """The period as it is and as it is once it is closed."""
    known = opened_period(reading, period)
    if known.closed_on is not None:
        raise ChiboError(f"Kỳ {period} đã đóng ngày {known.closed_on:%d/%m/%Y}.")
    return known, evolve(known, closed_on=standing.day)


def except_unit(memory: Memory, period: Period, exception: UnitException) -> Expected:
    """Make an exception for a unit of an open period; the unit. Raises ChiboError where that cannot be."""
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_PERIODS)
        known = opened_period(writing, period)
        if known.closed_on is not None:
            raise ChiboError(
                f"Kỳ {period} đã đóng; mở lại kỳ trước.", command=f"chibo period open {period} --reason «…»"
            )
        key = exception.unit_code.casefold()
        unit = next((one for one in read_expected(writing, period) if one.unit_code.casefold() == key), None)
        if unit is None:
            raise ChiboError(f"«{exception.unit_code}» không có trong danh sách phải báo cáo của kỳ {period}.")
        if not exception.reason.strip():
            raise ChiboError("Miễn hoặc gia hạn thì phải nêu lý do.")
        _check_near(period, exception.until, standing.day)
        if exception.until is not None and exception.until <= known.due_on:
            raise ChiboError(
                f"Gia hạn đến {exception.until:%d/%m/%Y} không thêm ngày nào: hạn của kỳ là {known.due_on:%d/%m/%Y}."
            )
        add_exception(writing, period, evolve(exception, unit_code=unit.unit_code))
        return unit


def openable_periods(memory: Memory) -> tuple[Period, ...]:
    """The periods of this year and the last that the calendar lets be opened by today and that are not, latest first.

    Raises NotAllowedError.
    """
    with memory.reading() as (reading, standing):
        standing.require(Act.KEEP_PERIODS)
        known = {one.period for one in read_periods(reading)}
        calendar, day = memory.library.calendar, standing.day
        spans = [(first, first + length - 1) for length in (1, 3, 6, 12) for first in range(1, 13, length)]
        around = [Period(year, *span) for year in (day.year - 1, day.year) for span in spans]
        ready = [one for one in around if one not in known and opens_on(one, calendar) <= day]
    return tuple(sorted(ready, key=lambda one: (one.year, one.last, one.first), reverse=True))


def all_periods(memory: Memory) -> tuple[tuple[ReportingPeriod, int], ...]:
    """Every period that was opened, in order, with the number of units that it expects.

    Whoever may see how some unit stands may see them. Raises NotAllowedError.
    """
    with memory.reading() as (reading, standing):
        standing.require_somewhere(Act.SEE_STATUS)
        return tuple((one, len(read_expected(reading, one.period))) for one in read_periods(reading))
