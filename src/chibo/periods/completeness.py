"""How complete a period is: counts over the frozen list, and rates that cannot leave 0 to 100 per cent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from chibo.periods.standing import UnitStanding, UnitState


@frozen(kw_only=True)
class Completeness:
    """Counts of units. Every unit that owes is in exactly one of missing, empty, partial, complete and verified."""

    expected: int
    exempt: int = 0
    missing: int = 0
    empty: int = 0
    partial: int = 0
    complete: int = 0
    verified: int = 0
    late: int = 0

    @property
    def received(self) -> int:
        """Units of which something came in."""
        return self.expected - self.missing

    @property
    def received_rate(self) -> Fraction | None:
        """The share of units of which something came in, in per cent; None where nobody owes anything."""
        return self._rate(self.received)

    @property
    def complete_rate(self) -> Fraction | None:
        """The share of units whose report is complete or verified, in per cent."""
        return self._rate(self.complete + self.verified)

    @property
    def verified_rate(self) -> Fraction | None:
        """The share of units whose report is verified, in per cent."""
        return self._rate(self.verified)

    @property
    def on_time_rate(self) -> Fraction | None:
        """The share of units of which something came in on time, in per cent."""
        return self._rate(self.received - self.late)

    def _rate(self, part: int) -> Fraction | None:
        return Fraction(100 * part, self.expected) if self.expected else None


def completeness(standings: Iterable[UnitStanding]) -> Completeness:
    """The completeness of these units."""
    listed = list(standings)
    found = Counter(standing.state for standing in listed)
    return Completeness(
        expected=len(listed) - found[UnitState.EXEMPT],
        late=sum(standing.is_late for standing in listed),
        **{state.value: found[state] for state in UnitState},
    )


def completeness_by_committee(standings: Sequence[UnitStanding]) -> Mapping[str, Completeness]:
    """The completeness of each base organisation by its code, "" for the cells straight under the bloc."""
    groups: defaultdict[str, list[UnitStanding]] = defaultdict(list)
    for standing in standings:
        groups[standing.owed.expected.committee_code].append(standing)
    return {code: completeness(groups[code]) for code in sorted(groups, key=lambda code: (not code, code))}
