"""The office's memory on the board: its periods, who is missing, and what was handed in as the books of the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from chibo.access import Act
from chibo.errors import ChiboError, Words
from chibo.model import Month, Period
from chibo.office.board.files import BoardFile
from chibo_widgets.board import messages
from chibo_widgets.board.office_view import (
    below_line,
    beside_line,
    missing_count,
    missing_lines,
    newer_line,
    progress_view,
    source_line,
)
from chibo_widgets.board.widgets import OfficePanel
from chibo_widgets.board.wording import Tongue
from chibo_widgets.main_loop import MainLoop
from chibo_widgets.office_door import Door
from chibo_widgets.period_words import period_inside, period_line

if TYPE_CHECKING:
    from chibo.office.memory import Memory
    from chibo.office.memory.consolidating import FromOffice
    from chibo.office.memory.status import Missing, PeriodStatus
    from chibo.periods import ReportingPeriod


class Remembering:
    """The panel of the office. `given` is what was handed in, while the board is made of it.

    The panel and the board look at one month: `changed(month)` is called when a period was chosen here, or the board
    has other books, and `follow` when a month was chosen there. `redraw` draws the page.
    """

    def __init__(
        self, tongue: Tongue, door: Door, changed: Callable[[Month | None], None], redraw: Callable[[], None]
    ) -> None:
        self._tongue = tongue
        self._door = door
        self._changed = changed
        self._redraw = redraw
        self._memory: Memory | None = None
        self._periods: tuple[tuple[ReportingPeriod, int], ...] = ()
        self._day = date.min
        self._period: Period | None = None
        self._followed: Month | None = None
        self._status: PeriodStatus | None = None
        self._missing: tuple[Missing, ...] = ()
        self._message = ""
        self._shut: tuple[str, ...] = ()
        self._problem: Words | None = None
        self._newest = False
        self._consolidates = False
        self.given: FromOffice | None = None
        self.widget = OfficePanel(tongue.texts, self._hear)

    def begin(self) -> None:
        """Look at the office once the page stands: opening it takes a moment that the page need not wait for."""
        MainLoop().call(self._begin)

    def _begin(self) -> None:
        self._look()
        self._redraw()

    @property
    def month(self) -> Month | None:
        """The month that the board shows of the period: its last one."""
        return self._period.months[-1] if self._period else None

    def follow(self, month: Month) -> None:
        """Look at the period of a month that the board shows, where there is one; a longer one that has it stays."""
        if month == self._followed:
            return
        self._followed = month
        own = [one.period for one, _ in self._periods if month in one.period.months]
        if own and self._period not in own:
            self._period = min(own, key=lambda one: len(one.months))
            self._look(take=self.given is not None)

    def _hear(self, message: Any) -> None:
        match message:
            case messages.ChoosePeriod(period=code):
                chosen = Period.parse(code)
                if any(one.period == chosen for one, _ in self._periods):
                    self._period = chosen
                    self._look(take=self.given is not None)
                    self._changed(self.month)
            case messages.TakeFromOffice(office=wanted, newest=newest):
                self._newest = newest
                self._look(take=wanted)
                self._changed(self.month)
            case messages.LookAgain():
                had, self._followed = self.given is not None, None
                self.look_again()
                if had:
                    self._changed(None)
                else:
                    self._redraw()

    def look_again(self) -> None:
        """Look at the office as it is by now, with what was handed in as before where that was wanted."""
        self._look(take=self.given is not None)

    def log_made(self, made: BoardFile) -> None:
        """A word in the log before a file made of what the office has is handed out. Raises ChiboError."""
        from chibo.office.memory.consolidating import log_return  # noqa: PLC0415 - only with a memory

        if self._memory is not None and self._period is not None:
            log_return(self._memory, self._period, made.name, made.data)

    def _look(self, take: bool = False) -> None:
        """Look at the office as it is now, and consolidate from it where that is wanted."""
        self._problem, self.given = None, None
        try:
            self._memory = self._door()
            if self._memory is not None:
                self._read(self._memory, take)
        except ChiboError as error:
            self._problem = error.words

    def _read(self, memory: Memory, take: bool) -> None:
        from chibo.office.memory.consolidating import Wanted, from_office  # noqa: PLC0415 - only with a memory
        from chibo.office.memory.periods import all_periods  # noqa: PLC0415
        from chibo.office.memory.reminding import reminder, what_helps  # noqa: PLC0415
        from chibo.office.memory.status import period_status, who_is_missing  # noqa: PLC0415

        with memory.reading() as (_, standing):
            self._consolidates = standing.may(Act.CONSOLIDATE)
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
        self._shut = tuple(what_helps(self._missing))
        if take:
            self.given = from_office(memory, self._period, Wanted.NEWEST if self._newest else Wanted.VERIFIED)

    def owing(self) -> str:
        """Whose list of units the board goes by, while it is the office's; else nothing."""
        if self.given is None or self._period is None:
            return ""
        return self._tongue(
            "expected_office", n=len(self.given.expected), period=period_inside(self._period, self._tongue)
        )

    @property
    def has_list(self) -> bool:
        """Whether the office has a list of units that the board may go by: one for each of its periods."""
        return bool(self._periods) and self._consolidates

    def show(self, tongue: Tongue, month: Month) -> None:
        """Draw the panel as it stands, in the language of `tongue`, above a board of `month`.

        Nothing is shown where the office remembers nothing.
        """
        self._tongue = tongue
        self.widget.texts = dict(tongue.texts)
        shown = self._memory is not None or self._problem is not None
        self.widget.view = self._view(tongue, month) if shown else {"shown": False}

    def _view(self, tongue: Tongue, month: Month) -> dict[str, Any]:
        status, given, period = self._status, self.given, self._period
        lines = [period_line(one, count, self._day, one.period == period, tongue) for one, count in self._periods]
        return {
            "shown": True,
            "account": tongue("office_as", user=self._memory.user) if self._memory else "",
            "problem": tongue("office_failed", problem=self._problem.told(tongue.language)) if self._problem else "",
            "periods": lines[::-1],
            "progress": progress_view(status, tongue) if status else None,
            "missing": missing_lines(self._missing, self._day, tongue),
            "missing_count": missing_count(self._missing, tongue),
            "message": self._message,
            "shut": self._shut,
            "taken": source_line(given, period, tongue) if given and period else "",
            "newer": newer_line(given, tongue) if given else "",
            "beside": beside_line(given, tongue) if given else "",
            "newest": self._newest,
            "consolidates": self._consolidates,
            "below": below_line(period, month, tongue) if period else "",
        }
