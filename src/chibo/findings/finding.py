"""The finding and its kind. A kind is a stable code with a severity and the clause of the directive it serves.

Kinds are constants next to the code that finds them; their sentences are data (`sheets/messages/`). Their codes are
part of the public interface: a code is never reused for another meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import ClassVar

from attrs import Factory, frozen

from chibo.model.periods import MeetingCode
from chibo.model.places import Place


class Severity(StrEnum):
    """How much a finding weighs: `block` takes something out, `warn` wants a look, `note` informs of a repair."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Where findings of it stand in a list: 0 for the weightiest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}

MOST_PLACES = 24
"""A finding names no more other places; it says how many there are besides."""
_PLACES_MORE = "places_more"


@frozen(kw_only=True, weakref_slot=False)
class Finding:
    """One finding about a workbook.

    `place` is where it stands; a `block` takes out what stands there: the record of that row, the one value of a
    grid, or the whole book where the place is the file itself or the sheet of the cell's identity (`of_book`).
    `values` fill the sentence of the catalogue; `seen` and `expected` are always strings fit to be shown.
    However much a book holds, a finding is short: of many `other_places` it names the first (`places_more`).
    """

    kind: FindingKind
    place: Place
    seen: str = ""
    expected: str = ""
    values: Mapping[str, str] = Factory(dict)
    meeting: MeetingCode | None = None
    """The meeting that the finding is about: counted in that meeting's facts."""
    other_places: tuple[Place, ...] = ()
    of_book: bool = False

    @property
    def code(self) -> str:
        """The stable code."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """The kind's severity."""
        return self.kind.severity

    @property
    def places_more(self) -> str:
        """How many other places there are besides those that it names, "" where it names all."""
        return self.values.get(_PLACES_MORE, "")


@frozen
class FindingKind:
    """A kind of finding. `clause` is the directive's instruction served ("1"–"10"), "" where it serves none."""

    code: str
    severity: Severity
    clause: str = ""
    _known: ClassVar[dict[str, FindingKind]] = {}

    def __attrs_post_init__(self) -> None:
        if self.code in self._known and self._known[self.code] != self:
            raise ValueError(f"finding code {self.code} is declared twice")
        self._known[self.code] = self

    @classmethod
    def undeclared(cls, code: str, severity: Severity, clause: str) -> FindingKind:
        """A kind that another process declared: here nothing finds it, and its code is not taken."""
        kind = cls.__new__(cls)
        for name, value in zip(("code", "severity", "clause"), (code, severity, clause), strict=True):
            object.__setattr__(kind, name, value)
        return kind

    @property
    def is_declared(self) -> bool:
        """Whether this process has it of its own code, so that there are words for it."""
        return self._known.get(self.code) == self

    def at(
        self,
        place: Place,
        *,
        seen: object = "",
        expected: object = "",
        meeting: MeetingCode | None = None,
        other_places: Sequence[Place | None] = (),
        more: int = 0,
        of_book: bool = False,
        **values: object,
    ) -> Finding:
        """A finding of this kind at `place`; further keyword values fill the sentence of the catalogue.

        Of many `other_places` it names the first; `more` is how many there are that are not even given here.
        """
        others = tuple(other for other in other_places[:MOST_PLACES] if other is not None)
        more += max(len(other_places) - MOST_PLACES, 0)
        if others and more:
            values[_PLACES_MORE] = more
        return Finding(
            kind=self,
            place=place,
            seen=str(seen),
            expected=str(expected),
            values={name: str(value) for name, value in values.items()},
            meeting=meeting,
            other_places=others,
            of_book=of_book,
        )


def all_kinds() -> tuple[FindingKind, ...]:
    """Every kind declared by the modules imported so far, by code."""
    return tuple(kind for _, kind in sorted(FindingKind._known.items()))


def worst_severity(findings: Iterable[Finding]) -> Severity | None:
    """The heaviest severity among findings, None when there are none."""
    return min((finding.severity for finding in findings), key=_RANKS.__getitem__, default=None)


def blocks_book(findings: Iterable[Finding]) -> bool:
    """Whether some finding refuses the whole book."""
    return any(finding.of_book and finding.severity is Severity.BLOCK for finding in findings)
