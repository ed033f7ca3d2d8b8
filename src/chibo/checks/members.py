"""Checks of `Đảng viên` and `Biến động đảng viên`. Members are named by their codes only."""

from __future__ import annotations

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_day
from chibo.checks.twice import codes_twice
from chibo.findings import FindingKind, Severity

MEMBER_CODE_TWICE = FindingKind("MEMBER_CODE_TWICE", Severity.BLOCK, clause="3")
MEMBER_ROW_REPEATED = FindingKind("MEMBER_ROW_REPEATED", Severity.BLOCK, clause="3")
MEMBER_DATES_REVERSED = FindingKind("MEMBER_DATES_REVERSED", Severity.BLOCK, clause="3")
CHANGE_OF_UNKNOWN_MEMBER = FindingKind("CHANGE_OF_UNKNOWN_MEMBER", Severity.WARN, clause="3")


@finds(MEMBER_CODE_TWICE, MEMBER_ROW_REPEATED)
def check_member_codes(context: BookContext) -> Findings:
    """One code, one member: rows that contradict each other are all out, of equal rows the first stays."""
    if len(context.members_by_code) == len(context.book.members):
        return
    yield from codes_twice(
        context, context.book.members, "member_code", repeated=MEMBER_ROW_REPEATED, twice=MEMBER_CODE_TWICE
    )


@finds(MEMBER_DATES_REVERSED)
def check_member_dates(context: BookContext) -> Findings:
    """A status ends on or after the day on which it begins."""
    for member in context.book.members:
        if member.since and member.until and member.until < member.since:
            yield MEMBER_DATES_REVERSED.at(
                context.row(member, "until"),
                seen=show_day(member.until),
                expected=f"≥ {show_day(member.since)}",
                other_places=[context.row(member, "since")],
                member=member.member_code,
            )


@finds(CHANGE_OF_UNKNOWN_MEMBER, needs="members")
def check_changes(context: BookContext) -> Findings:
    """Every change of membership belongs to a listed member."""
    for change in context.book.changes:
        if change.member_code not in context.members_by_code and not context.may_be_lost("members"):
            yield CHANGE_OF_UNKNOWN_MEMBER.at(context.row(change, "member_code"), seen=change.member_code)
