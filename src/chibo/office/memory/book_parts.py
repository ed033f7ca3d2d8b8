"""A file that came in, looked at once: its book, when and from what it was made, and what it says of each period."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from attrs import evolve, frozen

from chibo.definitions.library import Library
from chibo.engine.receiving import ReceivedBook
from chibo.engine.single_book import hand_in_one
from chibo.legacy_text import Answer
from chibo.model import CellBook, CellIdentity, MeetingRecord, Period
from chibo.model.units import CellInPeriod
from chibo.office.lineage.branches import parent_of
from chibo.periods import Content, content_of
from chibo.scoring.facts import appraise
from chibo.scoring.records import records_of
from chibo.scoring.scores import MeetingScore
from chibo.store.submissions import BookPart
from chibo.submissions import part_digest, part_scores


@frozen(kw_only=True)
class LookedAt:
    """A file that came in and what was found in it; `content_hash` is that of its bytes. A refused one has no book."""

    data: bytes
    received: ReceivedBook
    content_hash: str
    book: CellBook | None = None
    records: tuple[MeetingRecord, ...] = ()
    scores: tuple[MeetingScore, ...] = ()
    values: str = ""
    grown_from: str = ""
    saved_at: datetime | None = None

    def part_of(self, book: CellBook, period: Period) -> tuple[str, Content, BookPart]:
        """What the book says of a period: its digest, how much it is, and what is kept of it."""
        records = tuple(record for record in self.records if record.facts.meeting_code in period)
        identity = CellIdentity.of(book.info)
        content = content_of(CellInPeriod(identity=identity, records=records), period)
        part = BookPart(identity=identity, records=records, scores=part_scores(self.scores, period))
        return part_digest(book, period), content, part


def look_at(data: bytes, name: str, library: Library, today: date, text: Answer | None = None) -> LookedAt:
    """Read and check a file, called `name`, in a limited process, and see what it says.

    `text` says what text is that may or may not be in an old encoding.
    """
    handed = hand_in_one(data, name, library, today, text)
    received, book = handed.received, handed.received.book
    looked = LookedAt(data=data, received=received, content_hash=hashlib.sha256(data).hexdigest())
    if book is None or not received.accepted:
        return looked
    appraised = appraise(book, library, received.findings, today)
    scores = {one.meeting.meeting_code: one.score for one in appraised if one.score is not None}
    return evolve(
        looked,
        book=book,
        records=records_of(book, library, received.findings, today, scores=scores),
        scores=tuple(scores.values()),
        values=handed.values,
        grown_from=parent_of(handed.seal, handed.values),
        saved_at=datetime.fromisoformat(handed.saved_at) if handed.saved_at else None,
    )
