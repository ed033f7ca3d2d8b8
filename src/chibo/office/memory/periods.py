"""Periods: opened with the units that they expect, exceptions made, closed."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from chibo.access import Act
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.memory.opened import opened_period
from chibo.office.memory.remembering import Memory, Standing
from chibo.office.memory.reviewing import lock_all
from chibo.periods import Expected, ReportingPeriod, UnitException, expected_units, scheduled
from chibo.periods.schedule import opens_on, register_day
from chibo.store import Writing
from chibo.store.periods import (
    add_exception,
    add_period,
    change_period,
    read_expected,
    read_period,
    read_periods,
)
from chibo.submissions import StepKind


def open_period(memory: Memory, period: Period, *, due_on: date | None = None, reason: str = "") -> ReportingPeriod:
    """Open a period and freeze the list of units that it expects; a closed one is opened again, with a reason.

    `due_on` takes the place of the calendar's day. Raises ChiboError where it is open already, too early, or the
    register has no cell on that day.
    """
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_PERIODS)
        known = read_period(writing, period)
        if known is not None:
            return _open_again(writing, standing, known, reason)
        day, calendar = standing.day, memory.library.calendar
        first = opens_on(period, calendar)
        if day < first:
            raise ChiboError(f"Kỳ {period} mở được từ {first:%d/%m/%Y} (sheets/rules/calendar.toml).")
        expected = expected_units(standing.register.units.on(register_day(period, day)), period)
        if not expected:
            raise ChiboError(
                "Danh bạ chưa có chi bộ nào vào ngày của kỳ. Ghi các đơn vị trước: chibo units export danh-ba.xlsx, "
                "điền, rồi chibo units import danh-ba.xlsx."
            )
        opened = scheduled(period, calendar, day)
        if due_on is not None:
            shift = due_on - opened.due_on
            opened = evolve(
                opened, due_on=due_on, grace_until=opened.grace_until + shift, locks_on=opened.locks_on + shift
            )
        add_period(writing, opened, expected)
        return opened


def _open_again(writing: Writing, standing: Standing, known: ReportingPeriod, reason: str) -> ReportingPeriod:
    if known.closed_on is None:
        raise ChiboError(f"Kỳ {known.period} đã mở từ {known.opened_on:%d/%m/%Y}, hạn nộp {known.due_on:%d/%m/%Y}.")
    if not reason.strip():
        raise ChiboError(f"Mở lại kỳ {known.period} đã đóng thì phải nêu lý do: --reason «…».")
    opened = evolve(known, closed_on=None)
    change_period(writing, known, opened, reason)
    lock_all(writing, standing, known.period, StepKind.REOPENED, reason)
    return opened


def close_period(memory: Memory, period: Period, reason: str = "") -> ReportingPeriod:
    """Close a period: everything in it is locked. Raises ChiboError where it is not open."""
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_PERIODS)
        known = opened_period(writing, period)
        if known.closed_on is not None:
            raise ChiboError(f"Kỳ {period} đã đóng ngày {known.closed_on:%d/%m/%Y}.")
        closed = evolve(known, closed_on=standing.day)
        change_period(writing, known, closed, reason)
        lock_all(writing, standing, period, StepKind.LOCKED, reason)
        return closed


def except_unit(memory: Memory, period: Period, exception: UnitException) -> Expected:
    """Make an exception for a unit of an open period; the unit. Raises ChiboError where that cannot be."""
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_PERIODS)
        known = opened_period(writing, period)
        if known.closed_on is not None:
            raise ChiboError(f"Kỳ {period} đã đóng; mở lại kỳ trước: chibo period open {period} --reason …")
        key = exception.unit_code.casefold()
        unit = next((one for one in read_expected(writing, period) if one.unit_code.casefold() == key), None)
        if unit is None:
            raise ChiboError(f"«{exception.unit_code}» không có trong danh sách phải báo cáo của kỳ {period}.")
        if not exception.reason.strip():
            raise ChiboError("Miễn hoặc gia hạn thì phải nêu lý do.")
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
