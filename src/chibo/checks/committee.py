"""Checks of `Cấp ủy`: posts filled, one secretary, and who chairs and who attends from above. Nobody is named."""

from __future__ import annotations

from datetime import date

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import NOTHING, show_day, show_list
from chibo.definitions.wording import normal_label
from chibo.findings import FindingKind, Severity
from chibo.model import CommitteePost
from chibo.model.vocabulary import Post

POST_DATES_REVERSED = FindingKind("POST_DATES_REVERSED", Severity.BLOCK, clause="4")
SECRETARY_VACANT = FindingKind("SECRETARY_VACANT", Severity.WARN, clause="4")
SECRETARY_TWICE = FindingKind("SECRETARY_TWICE", Severity.WARN, clause="4")
SECRETARY_DIFFERS = FindingKind("SECRETARY_DIFFERS", Severity.WARN, clause="4")
POST_VACANT = FindingKind("POST_VACANT", Severity.NOTE, clause="4")
POST_VACANT_LONG = FindingKind("POST_VACANT_LONG", Severity.WARN, clause="4")
POST_VACANT_VERY_LONG = FindingKind("POST_VACANT_VERY_LONG", Severity.WARN, clause="4")
SEATS_NOT_FILLED = FindingKind("SEATS_NOT_FILLED", Severity.WARN, clause="4")
SEATS_OVERFILLED = FindingKind("SEATS_OVERFILLED", Severity.WARN, clause="4")
CHAIRED_BY_OTHERS = FindingKind("CHAIRED_BY_OTHERS", Severity.NOTE, clause="4")
SUPERVISOR_SELDOM_PRESENT = FindingKind("SUPERVISOR_SELDOM_PRESENT", Severity.NOTE, clause="5")

_SECRETARY = normal_label(Post.SECRETARY)
_SEATED = frozenset(normal_label(post) for post in (Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER))


@finds(POST_DATES_REVERSED)
def check_post_dates(context: BookContext) -> Findings:
    """A post ends on or after the day on which it begins."""
    for post in context.book.committee:
        if post.since and post.until and post.until < post.since:
            yield POST_DATES_REVERSED.at(
                context.row(post, "until"),
                seen=show_day(post.until),
                expected=f"≥ {show_day(post.since)}",
                other_places=[context.row(post, "since")],
            )


@finds(POST_VACANT, POST_VACANT_LONG, POST_VACANT_VERY_LONG)
def check_vacancies(context: BookContext) -> Findings:
    """Posts without anybody, by how long they have been vacant (`Từ ngày` of the empty row)."""
    for post in _current(context):
        if post.full_name or normal_label(post.post) == _SECRETARY:
            continue
        place = context.row(post, "full_name")
        days = (context.today - post.since).days if post.since else None
        usual = context.thresholds.vacancy.on(context.today)
        longest = context.thresholds.long_vacancy.on(context.today)
        if days is not None and longest is not None and days > longest:
            yield POST_VACANT_VERY_LONG.at(place, seen=days, expected=f"≤ {longest}", post=post.post)
        elif days is not None and usual is not None and days > usual:
            yield POST_VACANT_LONG.at(place, seen=days, expected=f"≤ {usual}", post=post.post)
        else:
            yield POST_VACANT.at(place, seen=post.post, post=post.post)


@finds(SECRETARY_VACANT, SECRETARY_TWICE, SECRETARY_DIFFERS)
def check_secretary(context: BookContext) -> Findings:
    """The committee has one secretary, the one that `Thông tin` names."""
    secretaries = [post for post in context.book.committee if normal_label(post.post) == _SECRETARY]
    posts = [post for post in secretaries if _is_current(context, post)]
    filled = [post for post in posts if post.full_name]
    if not filled and secretaries:
        vacant = (posts or secretaries)[-1]
        since = vacant.since if posts else vacant.until
        yield SECRETARY_VACANT.at(context.row(vacant, "full_name"), seen=show_day(since) if since else NOTHING)
    for post in filled[1:]:
        yield SECRETARY_TWICE.at(
            context.row(post, "post"), seen=post.post, other_places=[context.row(filled[0], "post")]
        )
    secretary = context.book.info.secretary
    if len(filled) == 1 and secretary and normal_label(filled[0].full_name) != normal_label(secretary):
        yield SECRETARY_DIFFERS.at(
            context.row(filled[0], "full_name"), other_places=[context.book.info.places.get("secretary")]
        )


@finds(SEATS_NOT_FILLED, SEATS_OVERFILLED)
def check_seats(context: BookContext) -> Findings:
    """As many committee members as the cell should have."""
    seats = context.book.committee_seats
    if seats is None or not context.book.committee or context.may_be_lost("committee"):
        return
    if any(context.is_unread(post, "full_name", "since", "until") for post in context.book.committee):
        return
    filled = sum(bool(post.full_name) and normal_label(post.post) in _SEATED for post in _current(context))
    if filled != seats:
        kind = SEATS_NOT_FILLED if filled < seats else SEATS_OVERFILLED
        yield kind.at(context.sheet("committee"), seen=filled, expected=seats)


@finds(CHAIRED_BY_OTHERS)
def check_chairs(context: BookContext) -> Findings:
    """The secretary chairs the regular meetings; others only now and then. Told as a number, for the committee."""
    names = {normal_label(context.book.info.secretary)} | {
        normal_label(post.full_name) for post in context.book.committee if normal_label(post.post) == _SECRETARY
    }
    names.discard("")
    others = [meeting for meeting in context.held_regular if meeting.chair and not _is_secretary(meeting.chair, names)]
    limit = context.thresholds.chaired_by_others.on(context.today)
    if names and limit is not None and len(others) > limit:
        yield CHAIRED_BY_OTHERS.at(
            context.sheet("meetings"),
            seen=len(others),
            expected=f"≤ {limit}",
            meetings=show_list(meeting.meeting_code for meeting in others),
        )


@finds(SUPERVISOR_SELDOM_PRESENT)
def check_visits(context: BookContext) -> Findings:
    """Where a committee member from above is assigned to the cell, he or she attends in each quarter."""
    if not context.book.info.supervisor or not any(m.supervisor_present is not None for m in context.held):
        return
    short = []
    for quarter in context.ended_quarters:
        wanted = context.thresholds.supervisor_visits.on(context.quarter_end(quarter))
        held = [meeting for meeting in context.held if meeting.meeting_code.month.quarter == quarter]
        if wanted is not None and held and sum(bool(m.supervisor_present) for m in held) < wanted:
            short.append(quarter)
    if short:
        yield SUPERVISOR_SELDOM_PRESENT.at(context.sheet("meetings"), seen=show_list(short), quarters=show_list(short))


def _is_secretary(chair: str, names: set[str]) -> bool:
    """Whether the chair is the secretary, by one of his or her names or by the word; a deputy is not."""
    said = normal_label(chair)
    return any(name in said for name in names) or (_SECRETARY in said and normal_label(Post.DEPUTY) not in said)


def _current(context: BookContext) -> list[CommitteePost]:
    """The posts of today, or of the end of the book's year where that has passed."""
    return [post for post in context.book.committee if _is_current(context, post)]


def _is_current(context: BookContext, post: CommitteePost) -> bool:
    day = min(context.today, date(context.year, 12, 31))
    return (post.until is None or post.until >= day) and (post.since is None or post.since <= day)
