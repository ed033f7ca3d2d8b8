"""Collecting the findings of one sheet, and settling what a converter could not settle by itself."""

from __future__ import annotations

from typing import Any

from attrs import define, evolve, field, frozen

from chibo.findings import Finding, FindingKind
from chibo.model import MeetingCode, Place
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading import kinds
from chibo.workbook.reading.outcomes import OUTCOMES, Closer, Converter, Pair, Partly, Repaired, Unreadable
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.sheet import Raw, Sheet
from chibo.workbook.reading.showing import show


@frozen
class Spot:
    """A cell that a finding is about: where it stands, the label it belongs to, and the meeting it tells of.

    Row and column 0 mean the whole sheet.
    """

    row: int = 0
    column: int = 0
    label: str = ""
    meeting: MeetingCode | None = None


WHOLE_SHEET = Spot()


@define(eq=False)
class SheetReport:
    """The findings of one sheet while it is read."""

    sheet: Sheet
    findings: list[Finding] = field(factory=list)
    _first_not_computed: int | None = field(default=None, init=False)
    """Where the note of formulas without a value, by which nothing is lost, stands among the findings."""

    def add(
        self,
        kind: FindingKind,
        at: Spot = WHOLE_SHEET,
        *,
        seen: object = "",
        expected: object = "",
        others: tuple[Place, ...] = (),
        of_book: bool = False,
        **values: object,
    ) -> None:
        """Add a finding at a cell, or about the whole sheet."""
        values.setdefault("label", at.label)
        place = self.sheet.place(at.row, at.column)
        finding = kind.at(
            place,
            seen=seen,
            expected=expected,
            meeting=at.meeting,
            other_places=others,
            more=0,
            of_book=of_book,
            **values,
        )
        self.findings.append(finding)

    def value(self, convert: Converter, raw: Raw, at: Spot) -> Any:
        """The value of a cell, None where it has none or none can be told; every trouble becomes a finding."""
        if raw == "":
            return None
        if isinstance(raw, BrokenCell):
            self.broken(raw, at)
            return None
        value = convert(raw)
        return self.settle(value, raw, at) if value.__class__ in OUTCOMES else value

    def read(
        self, values: PlainValues, raw: Raw, place: tuple[int, int], label: str, meeting: MeetingCode | None = None
    ) -> Any:
        """The value of a cell (row, column) like `value`; a plain one without more ado."""
        try:
            return values[raw]
        except KeyError:
            return self.value(values.convert, raw, Spot(*place, label, meeting))

    def settle(self, outcome: Any, raw: Raw, at: Spot) -> Any:
        """The value of an outcome, with the finding that it gives.

        A `Pair` is given back as it is: only the row knows where its second count belongs.
        """
        match outcome:
            case Closer():
                return self.settle(outcome.look(self.sheet, at.row, at.column), raw, at)
            case Repaired(value):
                written, meant = show(raw), show(value)
                # The right characters in the wrong type (a number kept as text) want another word than a new reading.
                kind = kinds.VALUE_RETYPED if written == meant else kinds.VALUE_REPAIRED
                self.add(kind, at, seen=written, expected=meant)
                return value
            case Pair():
                self.add(kinds.VALUE_REPAIRED, at, seen=show(raw), expected=show(outcome))
                return outcome
            case Partly(value, kind, seen, expected):
                self.add(kind, at, seen=show(seen), expected=expected)
                return value
            case Unreadable(kind, expected):
                self.add(kind, at, seen=show(raw), expected=expected)
                return None
            case _:
                return outcome

    def broken(self, cell: BrokenCell, at: Spot, computed: bool = False) -> None:
        """An error cell, or a formula without a value; `computed` where nothing is lost by it."""
        if computed and not cell.error:
            if not cell.is_doubtful:
                self._not_computed(cell, at)
        else:
            self.add(kinds.CELL_ERROR if cell.error else kinds.CELL_NO_VALUE, at, seen=show(str(cell)))

    def _not_computed(self, cell: BrokenCell, at: Spot) -> None:
        """One note for all such cells of the sheet, at the first: a program that calculates nothing leaves them all."""
        told = self._first_not_computed
        if told is None:
            self._first_not_computed = len(self.findings)
            self.add(kinds.COMPUTED_NO_VALUE, at, seen=show(str(cell)), count=1)
            return
        first = self.findings[told]
        meeting = first.meeting if first.meeting == at.meeting else None
        count = str(int(first.values["count"]) + 1)
        self.findings[told] = evolve(first, meeting=meeting, values={**first.values, "count": count})
