"""Handing the open book in: the file that would go, what is known of it, and what somebody decides about it."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen, mutable

from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.errors import ChiboError, Words
from chibo.model import Period
from chibo.office.desk.desk import Provenance
from chibo.office.desk.saving import HandedOut
from chibo.office.edition_names import edition_name, returned_name
from chibo_widgets.cell.work import Work
from chibo_widgets.office_door import Door

if TYPE_CHECKING:
    from chibo.audit import Head
    from chibo.office.memory import Memory
    from chibo.office.memory.book_parts import LookedAt
    from chibo.office.memory.handed import Handing
    from chibo.office.memory.history import Comparison
    from chibo.office.memory.offering import Offer, Offers
    from chibo.periods import Expected
    from chibo.submissions import Edition


@frozen
class Prepared:
    """The book as a file, and what reading it showed; `digest` is the fingerprint of the book."""

    digest: str
    handed: HandedOut = field(repr=False)
    looked: LookedAt = field(repr=False)


@frozen
class Receipt:
    """What was taken in, and the head of the log that proves it."""

    unit_code: str
    unit_name: str
    period: Period
    edition: Edition
    head: Head | None


@mutable
class Handover:
    """What the step shows. `offers` is None where the office remembers nothing, or the book is a sample."""

    door: Door
    sample: bool = False
    problem: Words | None = None
    """Why the office could not be looked at."""
    prepared: Prepared | None = None
    offers: Offers | None = None
    day: date = date.min
    """The office's day, by which lateness is counted."""
    period: Period | None = None
    comparison: Comparison | None = None
    _unit: Expected | None = None
    _picked: str = ""
    """The book for which somebody picked the period, or handed it in; of another one the likely period is shown."""
    paper: Receipt | None = None
    """The receipt that is shown on paper."""

    def look(self, work: Work, library: Library, today: date, *, stay: bool = False) -> None:
        """Look at the book as it would go now, and at the office; a refusal is kept as the `problem`.

        `stay` is for the period that is looked at to stay, though the book is another one now.
        """
        self.comparison, self.offers, self.problem = None, None, None
        self.sample = work.desk.provenance is Provenance.SAMPLE
        try:
            memory = None if self.sample else self.door()
            if memory is not None:
                self._prepare(memory, work, library, today)
                if stay and self.prepared is not None:
                    self._picked = self.prepared.digest
                self._ask(memory)
        except ChiboError as error:
            self.problem = error.words

    def choose(self, code: str) -> None:
        """Look at another period."""
        chosen = Period.parse(code)
        if self.offers and any(one.period.period == chosen for one in self.offers.offers):
            self.period, self.comparison = chosen, None
            self._picked = self.prepared.digest if self.prepared else ""

    @property
    def offer(self) -> Offer | None:
        """The period looked at."""
        offered = self.offers.offers if self.offers else ()
        return next((one for one in offered if one.period.period == self.period), None)

    @property
    def file_name(self) -> str:
        """What the file is called that would go for the period looked at; "" where none would."""
        offer, prepared = self.offer, self.prepared
        if offer is None or prepared is None:
            return ""
        edition = offer.would.edition
        if edition is None:
            return prepared.handed.name
        if edition.receipt and not offer.would.is_other_file:
            return edition.file_name
        return edition_name(prepared.handed.name, offer.status.submission, edition.part)

    def compare(self, reason: str) -> None:
        """See what differs from the version in use. Raises ChiboError."""
        from chibo.office.memory.offering import changes_before  # noqa: PLC0415 - only where there is a memory

        memory, offer, prepared = self.door(), self.offer, self.prepared
        if memory is not None and offer is not None and prepared is not None:
            self.comparison = changes_before(memory, offer.status.submission, prepared.looked, reason)

    def hand_in(self, work: Work, *, again: bool = False) -> Handing | None:
        """Hand the book in for the period looked at, `again` for it to be used whatever is newer; what became of it.

        None where another edition came in since the differences were shown: then they are to be looked at again.
        Raises ChiboError.
        """
        from chibo.office.memory.submitting import hand_in  # noqa: PLC0415 - only where there is a memory

        memory, offer, prepared = self.door(), self.offer, self.prepared
        if memory is None or offer is None or prepared is None:
            return None
        seen, self._picked = offer.status.submission.current, prepared.digest
        self._ask(memory)
        if self.offer is None or self.offer.status.submission.current != seen:
            self.comparison = None
            return None
        looked = evolve(prepared.looked, received=evolve(prepared.looked.received, file=self.file_name))
        [handing] = hand_in(memory, self.file_name, looked, offer.period.period, again=again)
        if handing.edition is not None:
            work.note_handed(prepared.handed)
        self.comparison = None
        self._ask(memory)
        return handing

    def show_receipt(self, number: int) -> None:
        """Put a receipt of the period looked at on paper; nothing where it has no such one."""
        from chibo.office.memory.history import receipt_head  # noqa: PLC0415 - only where there is a memory

        memory, offer = self.door(), self.offer
        editions = offer.status.submission.editions if offer else ()
        edition = next((one for one in editions if one.receipt == number), None)
        if memory is None or offer is None or edition is None:
            return
        unit = offer.status.standing.owed.expected
        head = receipt_head(memory, edition)
        self.paper = Receipt(unit.unit_code, unit.unit_name, offer.period.period, edition, head)

    def sent_copy(self, reason: str) -> tuple[str, bytes] | None:
        """The marked copy with which the book came back: name and content. Raises ChiboError."""
        from chibo.office.memory.sending_back import sent_copy  # noqa: PLC0415 - only where there is a memory

        memory, offer = self.door(), self.offer
        current = offer.status.submission.current if offer else None
        if memory is None or offer is None or current is None:
            return None
        data = sent_copy(memory, offer.status.submission.unit_code, offer.period.period, reason)
        path = PurePath(current.file_name)
        return returned_name(path.stem, path.suffix), data

    def _prepare(self, memory: Memory, work: Work, library: Library, today: date) -> None:
        """The file as it would go. The same book gives the same file, or each look would make a version of its own."""
        from chibo.office.memory.book_parts import look_at  # noqa: PLC0415 - only where there is a memory

        handed = work.prepare(library, today)
        if self.prepared is None or self.prepared.handed is not handed:
            looked = look_at(handed.data, handed.name, library, memory.today)
            if not looked.grown_from:  # a workbook of another hand carries no seal; this page knows what it grew from
                looked = evolve(looked, grown_from=handed.parent, saved_at=handed.at or looked.saved_at)
            self.prepared = Prepared(fingerprint_of(work.desk.book), handed, looked)

    def _ask(self, memory: Memory) -> None:
        from chibo.office.memory.offering import offers_for  # noqa: PLC0415 - only where there is a memory

        assert self.prepared is not None  # noqa: S101
        self.day = memory.today
        self.offers = offers = offers_for(memory, self.prepared.looked)
        offered = [one.period.period for one in offers.offers]
        kept = self.period in offered and self._unit == offers.unit and self._picked == self.prepared.digest
        if not kept:
            self.period = offers.suggested
        self._unit = offers.unit
