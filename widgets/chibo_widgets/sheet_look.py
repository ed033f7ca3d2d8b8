"""A quiet look at the very cell of a finding: which one is open, and what the browser may ask for.

The browser names a finding by its number in the list that it was shown last, and one of its places by number; never a
file or an address. The cells are read when they are asked for, beside the main loop, and sent for one place at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from attrs import field, frozen
from pydantic import BaseModel, ConfigDict, Field

from chibo.definitions.messages import Catalogue
from chibo.findings import Finding
from chibo.model import Place
from chibo.office.looking import Looked
from chibo_widgets.findings_list import places_of
from chibo_widgets.seeking import FAILED, Seeking
from chibo_widgets.sheet_look_view import Speech, look_view

Find = Callable[[Finding, Place], Looked]
"""Looks at a place of a finding; called beside the main loop."""

_Number = Annotated[int, Field(ge=0, lt=2**31)]


class LookAt(BaseModel):
    """Look at a place of a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    go: Literal["look"]
    list: _Number
    finding: _Number
    place: _Number


class LookAway(BaseModel):
    """Close the look."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    go: Literal["look-away"]


@frozen
class _List:
    """The findings as a list shows them, and how their places are looked at; `note` is to be said of what is seen."""

    number: int = 0
    findings: tuple[Finding, ...] = ()
    find: Find = field(default=lambda _finding, _place: Looked())
    note: str = ""


@frozen
class _Open:
    """The place looked at. It keeps its list, so that books that arrive meanwhile do not change what is open."""

    of: _List
    finding: int
    place: int


class SheetLooks:
    """The look of one page. `redraw` is called when the cells asked for are there."""

    def __init__(self, redraw: Callable[[], None]) -> None:
        self._seeking: Seeking[Looked] = Seeking(redraw)
        self._listed = _List()
        self._open: _Open | None = None

    def listed(self, findings: Sequence[Finding], find: Find, note: str = "") -> int:
        """Take note of what the list of findings shows now, in its order; the number by which the browser names it."""
        shown = tuple(findings)
        number = self._listed.number + (shown != self._listed.findings)
        self._listed = _List(number, shown, find, note)
        return number

    def hear(self, message: LookAt | LookAway) -> None:
        """Open or close the look; what names no place of a list that is shown is left alone."""
        if isinstance(message, LookAway):
            self.close()
            return
        kept = self._open.of if self._open else self._listed
        of = next((one for one in (self._listed, kept) if one.number == message.list), None)
        if of is None or message.finding >= len(of.findings):
            return
        if message.place < max(1, len(places_of(of.findings[message.finding]))):
            self._open = _Open(of, message.finding, message.place)

    def close(self) -> None:
        """Look at nothing, and hold nothing of what was looked at."""
        self._open = None
        self._seeking.forget()

    def view(self, catalogue: Catalogue, speech: Speech) -> dict[str, Any]:
        """What is looked at, as plain data; empty where nothing is."""
        if self._open is None:
            return {}
        of, at, index = self._open.of, self._open.finding, self._open.place
        finding = of.findings[at]
        place = next(iter(places_of(finding)[index:]), finding.place)
        looked: Looked | None = Looked()
        if place.sheet:
            failed = Looked(problem=FAILED)
            looked = next(
                iter(self._seeking.ask((of.number, at, index), lambda: of.find(finding, place), failed)), None
            )
        return {
            "list": of.number,
            "finding": at,
            "place": index,
            "total": len(of.findings),
            **look_view(finding, index, looked, catalogue, speech),
            "note": of.note,
        }
