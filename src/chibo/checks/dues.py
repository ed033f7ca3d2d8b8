"""Checks of `Đảng phí`: paid for each month that has ended. Members are named by their codes only."""

from __future__ import annotations

from chibo.checks.context import BookContext, Findings, finds
from chibo.checks.showing import show_list
from chibo.definitions.wording import normal_label
from chibo.findings import FindingKind, Severity
from chibo.model import DuesRow, Member
from chibo.model.attendance import belongs_on

DUES_OF_UNKNOWN_MEMBER = FindingKind("DUES_OF_UNKNOWN_MEMBER", Severity.WARN, clause="7")
DUES_NAME_DIFFERS = FindingKind("DUES_NAME_DIFFERS", Severity.WARN, clause="7")
DUES_UNPAID = FindingKind("DUES_UNPAID", Severity.WARN, clause="7")
DUES_NOT_RECORDED = FindingKind("DUES_NOT_RECORDED", Severity.WARN, clause="7")
DUES_ROWS_MISSING = FindingKind("DUES_ROWS_MISSING", Severity.WARN, clause="7")


@finds(DUES_OF_UNKNOWN_MEMBER, DUES_NAME_DIFFERS, DUES_ROWS_MISSING, needs="members")
def check_dues_rows(context: BookContext) -> Findings:
    """Every row is a listed member's, with the listed name, and no member lacks a row once dues are recorded."""
    rows = context.book.dues
    for row in rows:
        member = context.members_by_code.get(row.member_code)
        if member is None and context.may_be_lost("members"):
            continue
        if member is None:
            yield DUES_OF_UNKNOWN_MEMBER.at(context.row(row, "member_code"), seen=row.member_code)
        elif row.full_name and normal_label(row.full_name) != normal_label(member.full_name):
            yield DUES_NAME_DIFFERS.at(
                context.row(row, "full_name"), seen=row.member_code, other_places=[context.row(member, "full_name")]
            )
    if not any(row.months for row in rows) or context.may_be_lost("dues") or context.may_be_lost("changes"):
        return
    coded = {row.member_code for row in rows}
    lacking = [m.member_code for m in context.book.members if m.member_code not in coded and _owes_now(context, m)]
    if lacking:
        yield DUES_ROWS_MISSING.at(context.sheet("dues"), seen=show_list(lacking), count=len(lacking))


@finds(DUES_UNPAID, DUES_NOT_RECORDED)
def check_dues_paid(context: BookContext) -> Findings:
    """Each month that has ended is paid by each member who belonged to the cell in it."""
    unpaid = {row.member_code: (row, unpaid_months(context, row)) for row in context.book.dues}
    if not any(row.months for row in context.book.dues):
        if any(months for _, months in unpaid.values()):
            yield DUES_NOT_RECORDED.at(
                context.sheet("dues"), expected=show_list(m.number for m in context.ended_months)
            )
        return
    for row, months in unpaid.values():
        if months:
            yield DUES_UNPAID.at(
                context.row(row, f"T{months[0]}"),
                seen=show_list(months),
                member=row.member_code,
                count=len(months),
            )


def unpaid_months(context: BookContext, row: DuesRow) -> list[int]:
    """The months of the year that have ended, in which the member belonged to the cell, and that have no mark."""
    if row.months.keys() >= context.ended_month_numbers or "dues" in context.unread.headings:
        return []
    if context.may_be_lost("changes"):
        return []
    unmarked = [
        month
        for month in context.ended_months
        if month.number not in row.months and not context.is_unread(row, f"T{month.number}")
    ]
    member = context.members_by_code.get(row.member_code)
    if member is None:
        return []
    return [month.number for month in unmarked if belongs_on(context.book, member, month.last_day)]


def _owes_now(context: BookContext, member: Member) -> bool:
    """Whether some month has ended in which the member belonged to the cell."""
    return any(belongs_on(context.book, member, month.last_day) for month in context.ended_months)
