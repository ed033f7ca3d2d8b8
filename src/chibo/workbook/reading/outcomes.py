"""What a converter gives besides a plain value: repaired, in part, not at all, or only after a closer look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from chibo.findings import FindingKind
from chibo.workbook.reading.sheet import Raw, Sheet

Converter = Callable[[Raw], Any]
"""From what a cell holds to a value, None for nothing, or one of the outcomes below. It never raises."""


@frozen
class Repaired:
    """The value meant is clear, but the cell does not hold it as such: a note says how it was understood."""

    value: Any


@frozen
class Unreadable:
    """No value can be told: the finding's kind, and the neutral example of what is expected."""

    kind: FindingKind
    expected: str = ""


@frozen
class Partly:
    """A value of which a part is unknown: what is kept, and the finding about `seen`."""

    value: Any
    kind: FindingKind
    seen: str
    expected: str = ""


@frozen
class Pair:
    """Two counts in one cell, as in 17/18."""

    first: int
    second: int

    def __str__(self) -> str:
        return f"{self.first}/{self.second}"


@frozen
class Closer:
    """The cell's format or stored number decides: ask again with the place."""

    look: Callable[[Sheet, int, int], Any]


OUTCOMES = frozenset({Repaired, Unreadable, Partly, Pair, Closer})
