"""The records of a book that was judged before: made when they are asked for, which of thousands of books few are."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import overload

from attrs import define, field

from chibo.model import MeetingCode, MeetingRecord, Period


@define(eq=False)
class KeptRecords(Sequence[MeetingRecord], ABC):
    """A tuple of records, for all that can be seen.

    What is asked of every book is there without making any of them: the `codes` of the meetings, one to a record, and
    the facts as lines of CSV in the order of the codes, all in one text with the length of each.
    """

    codes: tuple[MeetingCode, ...]
    csv: str
    line_lengths: tuple[int, ...]
    _made: tuple[MeetingRecord, ...] | None = field(default=None, init=False)

    @abstractmethod
    def make(self, numbers: Sequence[int]) -> tuple[MeetingRecord, ...]:
        """The records of these numbers, anew."""

    def within(self, period: Period) -> tuple[MeetingRecord, ...]:
        """Those whose meeting code belongs to the period. No others are made."""
        wanted = [number for number, code in enumerate(self.codes) if code in period]
        return self.make(wanted) if self._made is None else tuple(self._made[number] for number in wanted)

    def csv_within(self, period: Period | None) -> str:
        """The lines of the facts of the period, of any where it is None."""
        if period is None:
            return self.csv
        lines = (self.csv[start:end] for start, end in pairwise(accumulate(self.line_lengths, initial=0)))
        return "".join(line for code, line in zip(sorted(self.codes), lines, strict=True) if code in period)

    def all(self) -> tuple[MeetingRecord, ...]:
        """All of them, made once."""
        if self._made is None:
            self._made = self.make(range(len(self)))
        return self._made

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[MeetingRecord]:
        return iter(self.all())

    @overload
    def __getitem__(self, index: int) -> MeetingRecord: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[MeetingRecord, ...]: ...
    def __getitem__(self, index: int | slice) -> MeetingRecord | tuple[MeetingRecord, ...]:
        return self.all()[index]

    def __eq__(self, other: object) -> bool:
        return self.all() == (other.all() if isinstance(other, KeptRecords) else other)

    def __hash__(self) -> int:
        return hash(self.all())
