"""What happens in a bloc over some months, act by act, drawn at random: who does what on which day, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Literal

from attrs import define, field, frozen

from chibo.definitions.library import Library
from chibo.model import Period
from chibo.periods import scheduled
from simulation.blocs import BOARD, Bloc, account_of, cells_on, reviewer_of
from simulation.year_books import Month, Told, YearBook

Kind = Literal[
    "import", "open", "except", "submit", "verify", "score", "return", "accept", "close", "reopen", "open-again"
]


@frozen(kw_only=True)
class Act:
    """Something that somebody does on a day. `refused` is whether the office must refuse it."""

    day: date
    kind: Kind
    user: str
    period: Period | None = None
    cell: str = ""
    book: YearBook | None = None
    saved_at: datetime | None = None
    until: date | None = None
    refused: bool = False


@define
class Course:
    """The whole course of a bloc: everything drawn before anything is done."""

    bloc: Bloc
    library: Library
    chance: Random
    books: dict[tuple[str, int], YearBook] = field(factory=dict)

    def acts(self, periods: Sequence[Period]) -> list[Act]:
        """All acts in the order of their days; those of one day in the order in which they were drawn."""
        drawn = [Act(day=day, kind="import", user="") for day, changes in self.bloc.later if changes]
        for period in periods:
            drawn += self._of_period(period)
        return sorted(drawn, key=lambda act: act.day)

    def owing(self, period: Period, opened: date) -> Mapping[str, str]:
        """The cells that owe a period opened on a day, with their base organisations."""
        first, last = period.months[0].first_day, period.months[-1].last_day
        return cells_on(self.bloc.known(opened), min(max(opened, first), last))

    def _of_period(self, period: Period) -> Iterator[Act]:
        last = period.months[-1].last_day
        opened = last + timedelta(days=self.chance.randint(-8, 1))
        days = scheduled(period, self.library.calendar, opened)
        yield Act(day=opened, kind="open", user=BOARD, period=period)
        for cell, committee in sorted(self.owing(period, opened).items()):
            yield from _OfCell(self, period, cell, committee, opened, days.grace_until, days.locks_on).acts()
        closing = days.locks_on + timedelta(days=12)
        yield Act(day=closing, kind="close", user=BOARD, period=period)
        if self.chance.random() < 0.15:
            yield Act(day=closing + timedelta(days=2), kind="open-again", user=BOARD, period=period)
            yield Act(day=closing + timedelta(days=5), kind="close", user=BOARD, period=period)


@define
class _OfCell:
    """What one cell does for one period, and what is done with it."""

    course: Course
    period: Period
    cell: str
    committee: str
    opened: date
    grace: date
    locks: date
    _saved: int = field(default=0, init=False)

    def acts(self) -> Iterator[Act]:
        chance = self.course.chance
        luck = chance.random()
        if luck < 0.02:
            yield self._act(self.opened + timedelta(days=1), "except", BOARD)
        elif luck < 0.05:
            self._remember(Told.NOTHING)
            return
        elif luck < 0.06:
            yield from self._with_more_time()
        else:
            late = chance.random() < 0.08
            day = (
                self._between(self.grace + timedelta(days=1), self.locks)
                if late
                else self._between(self.opened, self.grace)
            )
            yield from self._handed_in(day)

    def _with_more_time(self) -> Iterator[Act]:
        """Too late without leave, in time with it."""
        until = self.locks + timedelta(days=8)
        book = self._remember(Told.WHOLE)
        yield self._submit(self.locks + timedelta(days=1), book, refused=True)
        yield self._act(self.locks + timedelta(days=2), "except", BOARD, until=until)
        yield self._submit(self._between(self.locks + timedelta(days=3), until), book)

    def _handed_in(self, day: date) -> Iterator[Act]:
        chance = self.course.chance
        told = chance.choices((Told.WHOLE, Told.HALF, Told.POSTPONED, Told.NOTHING), (90, 5, 3, 2))[0]
        book = self._remember(told)
        if chance.random() < 0.01:
            yield self._submit(day, book, user=account_of("CB0000"), refused=True)
        first = self._submit(day, book)
        yield first
        luck = chance.random()
        if luck < 0.03:
            yield first  # the very file again
        elif luck < 0.06:
            yield self._submit(day, self._changed(book, 9), older=True)
        elif luck < 0.14:
            yield from self._sent_back(day, book)
            return
        if chance.random() < 0.9:
            yield from self._reviewed(day + timedelta(days=1), book)

    def _sent_back(self, day: date, book: YearBook) -> Iterator[Act]:
        yield self._act(day + timedelta(days=1), "return", self._reviewer(day + timedelta(days=1)))
        if self.course.chance.random() < 0.9:
            again = day + timedelta(days=self.course.chance.randint(2, 6))
            mended = self._remember(Told.WHOLE, 11)
            yield self._submit(again, mended)
            yield from self._reviewed(again, mended)

    def _reviewed(self, day: date, book: YearBook) -> Iterator[Act]:
        chance = self.course.chance
        if chance.random() < 0.01:
            yield self._act(day, "verify", account_of(self.cell), refused=True)
        scores = book.months[self.period.first].told is Told.WHOLE and chance.random() < 0.1
        silent = all(book.months[month.number].told is Told.NOTHING for month in self.period.months)
        yield self._act(day, "score" if scores else "verify", self._reviewer(day), refused=silent)
        luck = chance.random()
        if luck < 0.04:
            later = day + timedelta(days=2)
            yield self._submit(later, self._remember(Told.WHOLE, 12), refused=later > self.locks)
            if later <= self.locks and chance.random() < 0.5:
                after = later + timedelta(days=1)
                yield self._act(after, "verify", self._reviewer(after))
        elif luck < 0.6 and not silent:
            yield self._act(day + timedelta(days=1), "accept", BOARD)
            if chance.random() < 0.04:
                yield self._submit(day + timedelta(days=2), self._changed(book, 13), refused=True)
                yield self._act(day + timedelta(days=3), "reopen", BOARD)
                yield self._submit(day + timedelta(days=4), self._remember(Told.WHOLE, 13))

    def _reviewer(self, day: date) -> str:
        """Who reviews the cell on a day: that of the base organisation under which it then stands, or stood last."""
        return reviewer_of(self.course.bloc.committee_of(self.cell, day))

    def _remember(self, told: Told, points: int = 10) -> YearBook:
        """The cell's book of the year with what it now says of the period."""
        key = (self.cell, self.period.year)
        known = self.course.books.get(key) or YearBook(cell=self.cell, committee=self.committee, year=self.period.year)
        self.course.books[key] = book = self._telling(known, told, points)
        return book

    def _changed(self, book: YearBook, points: int) -> YearBook:
        return self._telling(book, Told.WHOLE, points)

    def _telling(self, book: YearBook, told: Told, points: int) -> YearBook:
        """The book with all months of the period written anew; of several only the first one is postponed, or half."""
        for number in range(self.period.first, self.period.last + 1):
            whole = number > self.period.first and told is not Told.NOTHING
            book = book.with_month(number, Month(Told.WHOLE if whole else told, points))
        return book

    def _submit(
        self,
        day: date,
        book: YearBook,
        *,
        user: str = "",
        older: bool = False,
        refused: bool = False,
    ) -> Act:
        """Hand the book in; each was saved some minutes after the one before, an `older` one long ago."""
        self._saved += 1
        moment = datetime.combine(self.opened - timedelta(days=10 if older else 0), time(6), UTC)
        return Act(
            day=day,
            kind="submit",
            user=user or account_of(self.cell),
            period=self.period,
            cell=self.cell,
            book=book,
            saved_at=moment + timedelta(minutes=self._saved),
            refused=refused,
        )

    def _act(self, day: date, kind: Kind, user: str, *, until: date | None = None, refused: bool = False) -> Act:
        return Act(day=day, kind=kind, user=user, period=self.period, cell=self.cell, until=until, refused=refused)

    def _between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.course.chance.randint(0, (last - first).days))
