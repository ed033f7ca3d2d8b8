"""One book from bytes to outcome: received, its meetings appraised; whatever goes wrong in it stays with it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from datetime import date

from attrs import evolve

from chibo.consolidation import Basis, BookOutcome
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.most_findings import the_weightiest
from chibo.engine.receiving import ReceivedBook, Scores, receive_with_scores
from chibo.engine.watched_day import WatchedDay, span_of
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.model import CellIdentity, Place
from chibo.model.digest import digest_of
from chibo.scoring.records import records_of
from chibo.workbook.intake.kinds import MEMORY, READER_CRASH

LOADED_AT = time.time()
"""When this process took in the code that judges, in seconds since 1970."""

_BY_CHANCE = (MEMORY, READER_CRASH)
"""What another machine, or this one another time, may not run into."""


def judge_book(
    source: BookSource,
    data: bytes | Finding,
    library: Library,
    today: date,
    *,
    with_basis: bool = True,
    with_digest: bool = True,
) -> BookOutcome:
    """What becomes of one book, what that rests on and the digest of its values, where they are asked for.

    `data` may be the finding that says why the book has no bytes.

    Raises ChiboError where a definition of ours is wrong. Any other failure, a panic of the Excel reader among them,
    refuses this book and no other.
    """
    if isinstance(data, Finding):
        return refused(source.label, data)
    try:
        day = WatchedDay(today)
        received, scores = receive_with_scores(data, source.name, library, day, source.answer)
        outcome = _outcome(source, received, scores, library, day)
        if with_digest and received.book is not None:
            outcome = evolve(outcome, digest=digest_of(received.book))
        return evolve(outcome, basis=_basis(data, received, library, day)) if with_basis else outcome
    except (ChiboError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        return refused(source.label, reader_failed(source.label, type(error).__name__))


def refused(label: str, finding: Finding) -> BookOutcome:
    """The outcome of a book of which nothing is known but why it is refused."""
    return BookOutcome(file=label, accepted=False, findings=(finding,))


def reader_failed(label: str, seen: str) -> Finding:
    """The finding on a book that the reader broke over; `seen` says how."""
    return READER_CRASH.at(Place(label), seen=seen, of_book=True, part=label)


def sound(answer: object, label: str, library: Library) -> BookOutcome:
    """The outcome that a process answers for this book: it speaks of no other book, and in words that we have."""
    if isinstance(answer, BookOutcome) and answer.file == label and _can_be_told(answer.findings, library):
        return answer
    return refused(label, reader_failed(label, "…"))


def _can_be_told(findings: Iterable[Finding], library: Library) -> bool:
    return all(finding.kind.is_declared or finding.code in library.catalogue.entries for finding in findings)


def _outcome(source: BookSource, received: ReceivedBook, scores: Scores, library: Library, today: date) -> BookOutcome:
    book, told = received.book, the_weightiest(received.findings, received.file)
    if book is None:
        return BookOutcome(file=source.label, accepted=False, findings=told)
    return BookOutcome(
        file=source.label,
        accepted=received.accepted,
        identity=CellIdentity.of(book.info),
        records=records_of(book, library, received.findings, today, scores=scores) if received.accepted else (),
        findings=told,
    )


def _basis(data: bytes, received: ReceivedBook, library: Library, day: WatchedDay) -> Basis | None:
    if any(finding.kind in _BY_CHANCE for finding in received.findings):
        return None
    from chibo.engine.rules import rules_of  # noqa: PLC0415 - it digests all our code as it is loaded

    return Basis(hashlib.sha256(data).hexdigest(), rules_of(library).digest, *span_of(day))
