"""Whatever stands in a book, the checks run to the end, and what they find can be put into words."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.checks import check_book, without_blocked
from chibo.findings import Severity
from chibo.model import (
    CellBook,
    Explanation,
    Mark,
    Meeting,
    MeetingCode,
    MeetingKind,
    Month,
    RollCall,
    ScoreSheet,
    Task,
)
from chibo.model.meetings import AGENDA_MINUTES, TYPED_COUNTS
from chibo.model.periods import MeetingSeries
from chibo.model.vocabulary import MeetingMode, MeetingState, TaskResult
from healthy import healthy_book
from located import located
from scored import LIBRARY

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31)) | st.dates(date(2026, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(-3, 40)
CODES = st.builds(
    MeetingCode,
    st.builds(Month, st.sampled_from([1900, 2025, 2026, 9999]), st.integers(1, 12)),
    st.sampled_from(MeetingSeries),
    st.integers(0, 3),
)
POINTS = st.decimals(-5, 40, places=2).map(Decimal)
CRITERIA = st.sampled_from(["1", "2a", "3đ", "4b", "4c", "7", "CĐ1", "PT1", "không có"])
MEMBERS = st.sampled_from(["DV01", "DV02", "DV10", "DV99"])


def _maybe(values):
    return st.none() | values


MEETINGS = st.builds(
    Meeting,
    meeting_code=CODES,
    kind=st.sampled_from(MeetingKind),
    state=_maybe(st.sampled_from(MeetingState)),
    mode=_maybe(st.sampled_from(MeetingMode)),
    starts_at=_maybe(st.times().map(lambda moment: time(moment.hour, moment.minute))),
    ends_at=_maybe(st.times().map(lambda moment: time(moment.hour, moment.minute))),
    plan_no=st.sampled_from(["", "1", "1; 9", ";"]),
    previous_resolution_rate=_maybe(st.fractions(0, 100).map(Fraction)),
    minutes_kept=_maybe(st.booleans()),
    committee_minutes=_maybe(st.booleans()),
    topics_covered=st.sampled_from([(), ("KL01",)]),
    **{
        name: _maybe(DAYS)
        for name in (
            "registered_on",
            "planned_on",
            "held_on",
            "committee_met_on",
            "notified_on",
            "papers_sent_on",
            "scored_on",
            "reported_on",
            "postponed_to",
        )
    },
    **{name: _maybe(COUNTS) for name in (*TYPED_COUNTS, *AGENDA_MINUTES, "speakers", "opinions", "votes_for")},
)
BOOKS = st.builds(
    healthy_book,
    meetings=st.lists(MEETINGS, max_size=4).map(tuple),
    roll_call=st.builds(
        RollCall, st.dictionaries(CODES, st.dictionaries(MEMBERS, st.sampled_from(Mark), max_size=4), max_size=4)
    ),
    self_scores=st.builds(
        ScoreSheet, st.dictionaries(CODES, st.dictionaries(CRITERIA, POINTS, max_size=6), max_size=3)
    ),
    explanations=st.lists(st.builds(Explanation, meeting_code=CODES, criterion=CRITERIA, reason=st.just("x"))).map(
        tuple
    ),
    tasks=st.lists(
        st.builds(
            Task,
            meeting_code=CODES,
            task=st.just("x"),
            result=st.sampled_from(TaskResult),
            due_on=_maybe(DAYS),
            done_on=_maybe(DAYS),
        ),
        max_size=3,
    ).map(tuple),
)


@settings(max_examples=120)
@given(BOOKS, st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.booleans())
def test_checks_run_to_the_end_and_everything_found_can_be_said(book: CellBook, today: date, placed: bool):
    whole = located(book) if placed else book

    found = check_book(whole, LIBRARY, today)

    for finding in found:
        for language in ("vi", "en"):
            said = str(LIBRARY.catalogue.message(finding, language))
            assert "{" not in said
            assert "?" not in said
        assert all(isinstance(text, str) for text in (finding.seen, finding.expected))
    kept = without_blocked(whole, found)
    assert len(kept.meetings) <= len(whole.meetings)


@settings(max_examples=60)
@given(BOOKS, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_what_is_left_blocks_no_more(book: CellBook, today: date):
    """Taking out what is blocked settles it: checked again, no block stands on the rows and values that were left."""
    whole = located(book)

    again = check_book(without_blocked(whole, check_book(whole, LIBRARY, today)), LIBRARY, today)

    assert [(finding.code, finding.place) for finding in again if finding.severity is Severity.BLOCK] == []
