"""What comes of a criterion's facts, and the points that it brings: the same wherever the same values are recorded."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter

from attrs import Factory, field, frozen

from chibo.definitions.frames.facts import Band


class Outcome(StrEnum):
    """What came of a fact."""

    DECIDED = "decided"
    CAPPED = "capped"
    YES = "yes"
    NO = "no"
    UNDONE = "undone"
    EXEMPT = "exempt"
    WAITING = "waiting"
    PROPOSED = "proposed"
    MISSING = "missing"


_UNDECIDED = {Outcome.WAITING, Outcome.PROPOSED, Outcome.MISSING}


@frozen(kw_only=True)
class Decision:
    """What the facts decide of a criterion.

    `points` are what the facts support, None where they do not decide; `proposed` are points that a value merely
    declared by the cell would give; `band` is the band that the value lies in. `one_absence_moves`: in this small
    cell one more member present would have brought better points.
    """

    outcome: Outcome
    points: Decimal | None = None
    proposed: Decimal | None = None
    band: Band | None = None
    value: Fraction | None = None
    one_absence_moves: bool = False
    supported: Decimal | None = field(default=Factory(attrgetter("points"), takes_self=True), repr=False)
    """The most points that need no explanation; None where facts set no limit."""

    @property
    def decided(self) -> bool:
        """Whether the recorded facts decide the points."""
        return self.outcome not in _UNDECIDED

    @property
    def claimable(self) -> bool:
        """Whether the full points may be claimed without explanation while the days to record the fact still run."""
        return self.outcome is Outcome.WAITING
