"""Reporting periods: opened and closed, more time or nothing owed for single units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chibo.access import Act
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.due_words import due_day
from chibo.office.typed_days import typed_day
from chibo.periods import PeriodState, ReportingPeriod, UnitException
from chibo_widgets.admin import messages
from chibo_widgets.admin.section import Section, Setting, View
from chibo_widgets.admin.widgets import PeriodsPanel
from chibo_widgets.admin.wording import show_day
from chibo_widgets.period_words import period_inside, period_line, period_name

if TYPE_CHECKING:
    from datetime import date

    from chibo.office.memory import Memory
    from chibo.office.memory.locking import PeriodChange
    from chibo.office.memory.status import UnitStatus


class PeriodsSection(Section):
    """The part of the page about periods."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._period: Period | None = None
        self._done = 0
        self._typed: dict[str, str] = {}
        self.widget = PeriodsPanel(setting.tongue.texts, self.hear)

    def act(self, message: Any) -> None:
        """Open, close, or make an exception; from then on the sentence about it tells the day, not the field."""
        if not isinstance(message, messages.ReadDay):
            self._typed.clear()
        match message:
            case messages.ChoosePeriod(period=code):
                self._period = Period.parse(code)
            case messages.ReadDay(read=name, typed=typed):
                self._typed[name] = typed
            case messages.OpenPeriod():
                self._open(message)
            case messages.ClosePeriod(close=code, reason=reason):
                self._close(_period(code), reason)
            case messages.ExceptUnit() if self._period is not None:
                self._except(message, self._period)

    def _open(self, message: messages.OpenPeriod) -> None:
        from chibo.office.memory.periods import open_period  # noqa: PLC0415 - the database, once it is needed

        period, due = _period(message.open), self._day(message.due) if message.due.strip() else None
        change = open_period(self.setting.memory(), period, due_on=due, reason=message.reason.strip())
        self._period, opened = period, change.period
        days = {"due": show_day(opened.due_on), "locks": show_day(opened.locks_on)}
        if change.kept:
            self._tell("periods_opened_again", period=period, books=self._books(change), **days)
        else:
            self._tell("periods_opened", period=period, **days)

    def _close(self, period: Period, reason: str) -> None:
        from chibo.office.memory.periods import close_period  # noqa: PLC0415

        change = close_period(self.setting.memory(), period, reason.strip())
        self._tell("periods_closed", period=period, books=self._books(change))

    def _except(self, message: messages.ExceptUnit, period: Period) -> None:
        from chibo.office.memory.periods import except_unit  # noqa: PLC0415

        tongue, reason = self.setting.tongue, message.reason.strip()
        if not message.unit.strip() or not reason:
            raise ChiboError(tongue("periods_except_what"))
        until = None if message.exempt else self._day(message.until)
        made = UnitException(unit_code=message.unit.strip(), exempt=message.exempt, until=until, reason=reason)
        unit = except_unit(self.setting.memory(), period, made)
        key = "periods_exempted" if message.exempt else "periods_given_time"
        self._tell(key, period=period, unit=f"{unit.unit_code} {unit.unit_name}", until=show_day(until))

    def _tell(self, key: str, *, period: Period, **values: str) -> None:
        name = period_inside(period, self.setting.tongue)
        self._done += 1
        self.say("good", self.setting.tongue(key, period=name, **values))

    def _day(self, text: str) -> date:
        """The day that was typed. Raises ChiboError, saying how to write it, where that is not plain."""
        tongue, found = self.setting.tongue, typed_day(text, self.setting.memory().today)
        if found.day is not None:
            return found.day
        if found.could:
            either = tongue("day_or")
            days = f" {either} ".join(show_day(day) for day in found.could)
            raise ChiboError(tongue("periods_doubtful_day", typed=text.strip(), days=days))
        raise ChiboError(tongue("periods_bad_day", typed=text.strip()))

    def _read_days(self, today: date) -> View:
        """What is understood by what was typed into the fields for a day; nothing of an empty one."""
        return {name: self._read_day(text, today) for name, text in self._typed.items() if text.strip()}

    def _read_day(self, text: str, today: date) -> View:
        try:
            day = self._day(text)
        except ChiboError as why:
            return {"typed": text, "text": str(why), "bad": True}
        tongue = self.setting.tongue
        key = "day_understood_past" if day < today else "day_understood"
        return {
            "typed": text,
            "text": tongue(key, weekday=tongue(f"weekday_{day.isoweekday()}"), day=show_day(day)),
            "bad": False,
        }

    def view(self, memory: Memory) -> View:
        """The calendar, what may be opened, and the period looked at."""
        from chibo.office.memory.periods import all_periods, openable_periods  # noqa: PLC0415

        tongue, day = self.setting.tongue, memory.today
        opened = all_periods(memory)
        keeps = self.may(memory, Act.KEEP_PERIODS)
        openable = openable_periods(memory) if keeps else ()
        if self._period not in [one.period for one, _ in opened]:
            self._period = opened[-1][0].period if opened else None
        lines = [period_line(one, count, day, one.period == self._period, tongue) for one, count in opened]
        return {
            "keeps": keeps,
            "token": self._done,
            "days": self._read_days(day),
            "periods": lines[::-1],
            "openable": [{"value": str(one), "label": period_name(one, tongue)} for one in openable],
            "now": self._now(memory, self._period, keeps) if self._period else None,
        }

    def _now(self, memory: Memory, period: Period, keeps: bool) -> View:
        from chibo.office.memory.status import period_status  # noqa: PLC0415

        status = period_status(memory, period)
        return {
            "code": str(period),
            "name": period_name(period, self.setting.tongue),
            "closed": status.period.closed_on is not None,
            "what": self._would(memory, status.period) if keeps else [],
            "units": [self._unit(one) for one in status.units],
            "exceptions": [self._exception(one) for one in status.units if one.standing.owed.exception],
        }

    def _would(self, memory: Memory, period: ReportingPeriod) -> list[str]:
        """What closing the period would do, or opening it again where it is closed."""
        from chibo.office.memory.periods import closing, opening  # noqa: PLC0415

        tongue, name = self.setting.tongue, period_inside(period.period, self.setting.tongue)
        if period.closed_on is None:
            change = closing(memory, period.period)
            return [
                tongue("periods_close_what", period=name, books=self._books(change)),
                *([tongue("periods_close_silent", n=change.silent)] if change.silent else []),
                *([tongue("periods_close_promised", units=self._promised(change))] if change.promised else []),
                tongue("periods_close_again"),
            ]
        change = opening(memory, period.period)
        locked = change.period.state(memory.today) is not PeriodState.OPEN
        return [
            tongue("periods_again_what", period=name, books=self._books(change)),
            *([tongue("periods_again_locked", day=show_day(period.locks_on))] if locked else []),
        ]

    def _promised(self, change: PeriodChange) -> str:
        """The units with time that closing takes from them, each with its last day."""
        said = (
            self.setting.tongue("periods_unit_until", unit=unit, day=show_day(day))
            for unit, day in change.promised.items()
        )
        return ", ".join(said)

    def _books(self, change: PeriodChange) -> str:
        """How many books there are, and how many of them in which state."""
        tongue, count = self.setting.tongue, sum(change.kept.values())
        if not count:
            return tongue("periods_no_books")
        states = (f"{n} {tongue(f'submission_{state.value}').replace(', ', ' ')}" for state, n in change.kept.items())
        return tongue("periods_books", n=count, states=", ".join(states))

    @staticmethod
    def _unit(unit: UnitStatus) -> View:
        expected = unit.standing.owed.expected
        return {"value": expected.unit_code, "label": f"{expected.unit_code} {expected.unit_name}"}

    def _exception(self, unit: UnitStatus) -> View:
        owed, tongue = unit.standing.owed, self.setting.tongue
        what = due_day(unit.standing, tongue.language)
        return {"unit": f"{owed.expected.unit_code} {owed.expected.unit_name}", "what": what, "reason": owed.reason}


def _period(code: str) -> Period:
    period = Period.parse(code)
    if period is None:
        raise ChiboError(f"«{code}» không phải kỳ báo cáo.")
    return period
