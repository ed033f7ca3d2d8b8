"""Submissions in the database: given back as they were put in, with the tidy views over the editions in use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from attrs import evolve

from chibo.model import CellIdentity, Period
from chibo.periods import Content, scheduled
from chibo.scoring.facts import appraise
from chibo.scoring.records import records_of
from chibo.store import Store
from chibo.store.audit_log import entries
from chibo.store.periods import add_period
from chibo.store.submissions import (
    BookPart,
    add_edition,
    add_step,
    of_receipt,
    read_head_of,
    read_parts,
    read_submission,
    read_submissions,
    receipt_heads,
)
from chibo.submissions import Edition, Reason, State, Step, StepKind, Submission, part_scores
from healthy import TODAY, healthy_book, with_points
from scored import LIBRARY

MARCH = Period(2026, 3, 3)
AT = datetime(2026, 4, 2, 8, 30, 15, 250_000, UTC)
NOTHING = Submission(unit_code="CB01", period=MARCH)


def a_part(**points: str) -> BookPart:
    """What the healthy book says of March, with other points for some criteria."""
    book = with_points("2026-03", **points) if points else healthy_book()
    records = tuple(one for one in records_of(book, LIBRARY, (), TODAY) if one.facts.meeting_code in MARCH)
    scores = part_scores((one.score for one in appraise(book, LIBRARY, (), TODAY) if one.score), MARCH)
    return BookPart(identity=CellIdentity.of(book.info), records=records, scores=scores)


def an_edition(name: str, hour: int) -> Edition:
    return Edition(
        content_hash=name * 64,
        file_name=f"sổ {name}.xlsx",
        part=name * 64,
        values=name * 64,
        saved_at=datetime(2026, 4, 1, hour, tzinfo=UTC),
        content=Content.PARTIAL,
        submitted_by="an",
        submitted_on=date(2026, 4, 2),
        at=AT,
    )


@pytest.fixture
def opened(store: Store) -> Store:
    with store.writing("an") as writing:
        add_period(writing, scheduled(MARCH, LIBRARY.calendar, date(2026, 3, 25)), ())
    return store


def put_in(store: Store, *editions: tuple[Edition, BookPart]) -> Submission:
    with store.writing("an") as writing:
        for edition, part in editions:
            add_edition(writing, read_submission(writing, "CB01", MARCH), edition, part)
    with store.reading() as reading:
        return read_submission(reading, "CB01", MARCH)


def test_what_came_in_is_given_back_with_receipts_in_a_row(opened: Store) -> None:
    a, b = an_edition("a", 2), an_edition("b", 1)
    submission = put_in(opened, (a, a_part()), (b, a_part(c2a="1")))
    assert submission == evolve(NOTHING, editions=(evolve(a, receipt=1), evolve(b, receipt=2)))
    with opened.reading() as reading:
        assert read_submissions(reading, MARCH) == {"CB01": submission}
        assert read_submissions(reading, Period(2026, 2, 2)) == {}
        assert read_parts(reading, MARCH, {"CB01": "b" * 64}) == {"CB01": a_part(c2a="1")}
        assert of_receipt(reading, 2) == ("CB01", MARCH)
        assert of_receipt(reading, 3) is None


def test_a_receipt_carries_the_head_of_the_log_at_its_entry(opened: Store) -> None:
    put_in(opened, (an_edition("a", 1), a_part()))
    with opened.reading() as reading:
        head = read_head_of(reading, 1)
        log = [entry for entry in entries(reading.connection) if entry.act == "submitted"]
        assert [(entry.subject, entry.head) for entry in log] == [("2026-03 · CB01", head)]
        assert list(receipt_heads(reading)) == [(1, head)]


def test_decisions_are_given_back_with_their_reasons(opened: Store) -> None:
    submission = put_in(opened, (an_edition("a", 1), a_part()))
    step = Step(
        kind=StepKind.RETURNED,
        actor="xem",
        day=date(2026, 4, 3),
        at=AT,
        part="a" * 64,
        content_hash="a" * 64,
        note="xem lại",
        reasons=(Reason(text="thiếu «dấu»", sheet="Điểm danh", address="C14"), Reason(text="cả sổ")),
    )
    with opened.writing("xem") as writing:
        add_step(writing, submission, step)
    with opened.reading() as reading:
        kept = read_submission(reading, "CB01", MARCH)
        last = list(entries(reading.connection))[-1]
    assert (kept.steps, kept.state) == ((step,), State.RETURNED)
    assert last.reason == "xem lại; thiếu «dấu»; cả sổ"


def test_the_views_show_the_edition_in_use_alone(opened: Store) -> None:
    put_in(opened, (an_edition("a", 1), a_part(c2a="1")), (an_edition("b", 2), a_part(c2a="2")))
    put_in(opened, (an_edition("c", 0), a_part(c2a="3")))
    with opened.reading() as reading:
        points = reading.connection.execute(
            sa.text("SELECT meeting_code, own FROM tidy_scores WHERE criterion = '2a'")
        ).all()
        facts = reading.connection.execute(
            sa.text("SELECT unit_code, period, meeting_code, kind, minutes, self_total FROM tidy_facts")
        ).all()
    assert [tuple(row) for row in points] == [("2026-03", 2.0)]
    (record,) = a_part(c2a="2").records
    own = record.facts
    assert [tuple(row) for row in facts] == [
        ("CB01", "2026-03", "2026-03", own.kind.value, own.minutes, float(own.self_total))
    ]


def test_points_are_kept_exactly(opened: Store) -> None:
    put_in(opened, (an_edition("a", 1), a_part(c2a="0.1")))
    with opened.reading() as reading:
        kept = read_parts(reading, MARCH, {"CB01": "a" * 64})["CB01"]
    assert kept.scores["2026-03"]["2a"].own == Decimal("0.1")
