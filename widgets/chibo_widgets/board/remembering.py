"""The office's memory on the board: its periods, who is missing, and what was handed in as the books of the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from chibo.errors import ChiboError
from chibo.model import Month, Period
from chibo_widgets.board import messages
from chibo_widgets.board.main_loop import MainLoop
from chibo_widgets.board.office_view import inside, missing_lines, progress_view, source_line
from chibo_widgets.board.widgets import OfficePanel
from chibo_widgets.board.wording import Tongue
from chibo_widgets.office_door import Door
from chibo_widgets.period_words import period_line

if TYPE_CHECKING:
    from chibo.office.memory import Memory
    from chibo.office.memory.consolidating import FromOffice
    from chibo.office.memory.status import Missing, PeriodStatus
    from chibo.periods import ReportingPeriod


class Remembering:
    """The panel of the office. `given` is what was handed in, while the board is made of it.

    `changed(month)` is called when the board has other books, with the month to look at.
    """

    def __init__(self, tongue: Tongue, door: Door, changed: Callable[[Month | None], None]) -> None:
        self._tongue = tongue
        self._door = door
        self._changed = changed
        self._memory: Memory | None = None
        self._periods: tuple[tuple[ReportingPeriod, int], ...] = ()
        self._day = date.min
        self._period: Period | None = None
        self._status: PeriodStatus | None = None
        self._missing: tuple[Missing, ...] = ()
        self._message = ""
        self._problem = ""
        self.given: FromOffice | None = None
        self.widget = OfficePanel(tongue.texts, self._hear)

    def begin(self) -> None:
        """Look at the office once the page stands: opening it takes a moment that the page need not wait for."""
        MainLoop().call(self._look)

    def _hear(self, message: Any) -> None:
        match message:
            case messages.ChoosePeriod(period=code):
                chosen = Period.parse(code)
                if any(one.period == chosen for one, _ in self._periods):
                    self._period = chosen
                    self._look(take=self.given is not None)
            case messages.TakeFromOffice(office=wanted):
                self._look(take=wanted)
            case messages.LookAgain():
                self._look(take=self.given is not None)

    def _look(self, take: bool = False) -> None:
        """Look at the office as it is now, and consolidate from it where that is wanted."""
        had, self._problem = self.given, ""
        self.given = None
        try:
            self._memory = self._door()
            if self._memory is not None:
                self._read(self._memory, take)
        except ChiboError as error:
            self._problem = str(error)
        self.show(self._tongue)
        if had is not None or self.given is not None:
            self._changed(self._month() if self.given is not None else None)

    def _read(self, memory: Memory, take: bool) -> None:
        from chibo.office.memory.consolidating import from_office  # noqa: PLC0415 - only where there is a memory
        from chibo.office.memory.periods import all_periods  # noqa: PLC0415
        from chibo.office.memory.reminding import reminder  # noqa: PLC0415
        from chibo.office.memory.status import period_status, who_is_missing  # noqa: PLC0415

        self._day = memory.today
        self._periods = all_periods(memory)
        opened = [one.period for one, _ in self._periods]
        if self._period not in opened:
            self._period = opened[-1] if opened else None
        if self._period is None:
            return
        self._status = period_status(memory, self._period)
        self._missing = who_is_missing(memory, self._period)
        self._message = reminder(self._missing, self._period)
        if take:
            self.given = from_office(memory, self._period)

    def _month(self) -> Month | None:
        """The month that the board shows of the period: its last one."""
        return self._period.months[-1] if self._period else None

    def owing(self) -> str:
        """Whose list of units the board goes by, while it is the office's; else nothing."""
        if self.given is None or self._period is None:
            return ""
        return self._tongue("expected_office", n=len(self.given.expected), period=inside(self._period, self._tongue))

    def show(self, tongue: Tongue) -> None:
        """Draw the panel as it stands, in the language of `tongue`; nothing where the office remembers nothing."""
        self._tongue = tongue
        self.widget.texts = dict(tongue.texts)
        shown = self._memory is not None or bool(self._problem)
        self.widget.view = self._view(tongue) if shown else {"shown": False}

    def _view(self, tongue: Tongue) -> dict[str, Any]:
        status, given, period = self._status, self.given, self._period
        lines = [period_line(one, count, self._day, one.period == period, tongue) for one, count in self._periods]
        return {
            "shown": True,
            "account": tongue("office_as", user=self._memory.user) if self._memory else "",
            "problem": tongue("office_failed", problem=self._problem) if self._problem else "",
            "periods": lines[::-1],
            "progress": progress_view(status, tongue) if status else None,
            "missing": missing_lines(self._missing, tongue),
            "message": self._message,
            "taken": source_line(given, period, tongue) if given and period else "",
        }
