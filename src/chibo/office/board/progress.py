"""How far the reading of the board's books has come."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import islice

from attrs import frozen

from chibo.engine.book_source import Skipped, SkipReason
from chibo.errors import Words

_NAMED = 5
"""Files of another kind that are named."""


class Phase(StrEnum):
    """What the run is doing."""

    EMPTY = "empty"
    WORKING = "working"
    STOPPED = "stopped"
    READY = "ready"


@frozen(kw_only=True)
class Progress:
    """How far a run has come: `done` of `total` books are read. `left` are the seconds that the rest may take.

    `gathering` are the archives and folders still being looked into, whose books are not in `total` yet. `skipped` are
    the files met in folders and archives that are no books; `other_kinds` names the first of those that may yet hold
    one, saved in another form or packed, and «…» for the rest. `problem` is why the run could not go on (a definition
    of the office is wrong); None otherwise.
    """

    phase: Phase
    done: int = 0
    total: int = 0
    accepted: int = 0
    gathering: int = 0
    skipped: int = 0
    other_kinds: tuple[str, ...] = ()
    left: float | None = None
    problem: Words | None = None

    @property
    def refused(self) -> int:
        """Books that were read and refused."""
        return self.done - self.accepted


def other_kinds(skipped: Iterable[Skipped]) -> tuple[str, ...]:
    """The first files in which somebody's book may be, and «…» for the others."""
    maybe = (one.label for one in skipped if one.reason in {SkipReason.OTHER_KIND, SkipReason.ARCHIVE})
    named = tuple(islice(maybe, _NAMED + 1))
    return named if len(named) <= _NAMED else (*named[:_NAMED], "…")
