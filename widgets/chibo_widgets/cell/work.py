"""The work on one book: its desk, the desks before it for undo, and what has to be said of the last act."""

from __future__ import annotations

from datetime import date

from attrs import evolve, field, frozen, mutable

from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.model import MeetingCode
from chibo.office.desk.desk import ActRefusedError, Desk
from chibo.office.desk.saving import HandedOut, keep_handed, prepare
from chibo_widgets.cell import acts
from chibo_widgets.cell.performing import Performed, Setting, perform
from chibo_widgets.cell.untaken import Place, Untaken, place_of, typed_in

_MOST_UNDO = 300


@frozen
class Earlier:
    """A desk that can be gone back to, and the act that left it."""

    desk: Desk
    act: acts.Act
    target: str


@frozen
class Said:
    """What became of an act: done, undone, or refused."""

    act: acts.Act
    done: Performed | None = None
    refusal: ActRefusedError | None = None
    undone: acts.Act | None = None


@frozen
class Written:
    """A file that was made of the book: of which book, on which day, into which file that was opened."""

    digest: str
    day: date
    source: bytes = field(repr=False)
    handed: HandedOut = field(repr=False)


def _is_other(desk: Desk, before: Desk) -> bool:
    """Whether an act changed anything.

    A book into which a merge brought no value grew from both all the same; an answer about old text is one also where
    the text reads alike.
    """
    said = (desk.merged is not before.merged, desk.answer is not before.answer)
    return desk.book != before.book or desk.reading != before.reading or any(said)


@mutable
class Work:
    """The work on one book.

    `changes` counts what was changed, going back included; `handed` are the digests of what was downloaded or handed
    in, in order; `untaken` is what was typed last into a field and could not be taken.
    """

    desk: Desk
    setting: Setting
    past: list[Earlier] = field(factory=list)
    changes: int = 0
    handed: list[str] = field(factory=list)
    unmatched: dict[MeetingCode, tuple[str, ...]] = field(factory=dict)
    untaken: dict[Place, Untaken] = field(factory=dict)
    _written: Written | None = None

    def prepare(self, library: Library, today: date) -> HandedOut:
        """The book as a file, as it would go out; the same book gives the same file until another is made of it."""
        digest, last = fingerprint_of(self.desk.book), self._written
        if last is None or (last.digest, last.day) != (digest, today) or last.source is not self.desk.source:
            last = Written(digest, today, self.desk.source, prepare(self.desk, library, today, self.handed))
            self._written = last
        return last.handed

    def note_handed(self, handed: HandedOut) -> None:
        """Remember that somebody has a file of this book now: the next one comes of it, and the office keeps a copy."""
        keep_handed(handed, self.setting.library)
        if handed.digest and self.handed[-1:] != [handed.digest]:
            self.handed.append(handed.digest)

    def do(self, act: acts.Act, day: date | None = None) -> Said:
        """Do one act, as of `day` where an earlier day's act is done again."""
        if isinstance(act, acts.Undo):
            return self._undo(act)
        setting = self.setting if day is None else evolve(self.setting, day=day)
        try:
            done = perform(self.desk, act, setting)
        except ActRefusedError as refusal:
            self._leave(act, refusal)
            return Said(act, refusal=refusal)
        self._leave(act, None)
        if done.unmatched is not None and done.meeting is not None:
            self.unmatched[done.meeting] = done.unmatched
        if _is_other(done.desk, self.desk):
            self._remember(act, done.target)
            self.desk = done.desk
        return Said(act, done=done)

    @property
    def undoable(self) -> acts.Act | None:
        """The act that undo would take back."""
        return self.past[-1].act if self.past else None

    def _remember(self, act: acts.Act, target: str) -> None:
        goes_on = bool(self.past) and bool(target) and self.past[-1].target == target
        self.changes += 1
        if not goes_on:
            self.past.append(Earlier(self.desk, act, target))
            del self.past[:-_MOST_UNDO]

    def _leave(self, act: acts.Act, refusal: ActRefusedError | None) -> None:
        """A text that could not be taken stays in its field; one that could takes its place."""
        if isinstance(act, acts.Unregister | acts.ClearRecord) and refusal is None:
            self.untaken = {place: left for place, left in self.untaken.items() if place[1] != act.meeting}
        place = place_of(act)
        if place is None:
            return
        self.untaken.pop(place, None)
        if refusal is not None:
            self.untaken[place] = Untaken(typed_in(act), refusal)

    def _undo(self, act: acts.Act) -> Said:
        if not self.past:
            return Said(act)
        earlier = self.past.pop()
        self.desk = earlier.desk
        self.changes += 1
        self.unmatched.clear()
        return Said(act, undone=earlier.act)
