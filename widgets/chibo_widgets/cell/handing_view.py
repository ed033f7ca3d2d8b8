"""What the step that hands the book in shows: the periods, where the unit stands, and what can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from chibo.findings import Finding, Severity
from chibo.model import Period
from chibo.office.due_words import due_words
from chibo.periods import Content, PeriodState
from chibo.submissions import State
from chibo_widgets.cell.handing import Handover, Prepared
from chibo_widgets.cell.handing_lines import changes_lines, history_lines, reasons_lines, standing_lines
from chibo_widgets.cell.merging_view import to_merge_words
from chibo_widgets.cell.wording import Tongue, first_up
from chibo_widgets.findings_list import place_label
from chibo_widgets.period_words import period_name
from chibo_widgets.submission_words import state_tone, state_words

if TYPE_CHECKING:
    from chibo.office.memory.handed import Handing
    from chibo.office.memory.offering import Offer, Offers

View = dict[str, Any]

_KINDS = {"new": "first", "changed": "again", "unchanged": "anyway", "older": "choose", "undecided": "choose"}
_SAID = {"unchanged": "handing_says_same", "older": "handing_is_older", "undecided": "handing_is_undecided"}


def handing_view(handover: Handover, findings: Sequence[Finding], untaken: int, tongue: Tongue) -> View:
    """The whole step; `untaken` is how many texts were typed and not taken."""
    offers, prepared = handover.offers, handover.prepared
    view: View = {"shown": True, "account": "", "problem": "", "blocks": [], "warnings": [], "periods": [], "now": None}
    if handover.sample:
        return {**view, "problem": tongue("handing_sample")}
    if handover.problem is not None:
        return {**view, "problem": handover.problem.told(tongue.language), "stays": tongue("handing_stays")}
    if offers is None or prepared is None:
        return {**view, "problem": tongue("handing_no_memory")}
    view["account"] = _account(offers, tongue)
    if offers.findings:
        lines = [_block(finding, tongue) for finding in offers.findings]
        return {**view, "problem": tongue("handing_book_refused"), "blocks": lines}
    if offers.refused:
        return {**view, "problem": offers.refused, "stays": tongue("handing_stays")}
    year = offers.offers[-1].period.period.year
    return {
        **view,
        "warnings": _warnings(handover, findings, untaken, tongue),
        "mend": tongue("handing_see_them") if _to_mend(findings) else "",
        "title": tongue("handing_periods", year=year),
        "periods": [_period(one, one is handover.offer, handover.day, tongue) for one in _ordered(offers.offers)],
        "now": _now(handover, findings, tongue),
    }


def _account(offers: Offers, tongue: Tongue) -> str:
    if offers.person is None:
        return tongue("handing_as", user=offers.user)
    return tongue("handing_as_person", user=offers.user, person=offers.person.full_name)


def _block(finding: Finding, tongue: Tongue) -> str:
    message = tongue.library.catalogue.message(finding, tongue.language)
    return f"{message.text} {message.mend} ({place_label(finding.place, tongue.texts)})"


def _to_mend(findings: Sequence[Finding]) -> int:
    return sum(finding.severity is Severity.BLOCK for finding in findings)


def _warnings(handover: Handover, findings: Sequence[Finding], untaken: int, tongue: Tongue) -> list[str]:
    """What somebody should know before handing in; what is to be mended comes first, with the way to it beside."""
    handed = handover.prepared.handed if handover.prepared else None
    count = _to_mend(findings)
    said = [tongue("handing_to_mend", n=count)] if count else []
    said += _other_name(handover, tongue)
    said += _not_open_yet(handover, tongue)
    if untaken:
        said.append(tongue("handing_untaken", n=untaken))
    if handed is not None and handed.without_place:
        said.append(tongue("handing_new_file", name=handed.name, what=handed.why_new.told(tongue.language)))
    return said


def _other_name(handover: Handover, tongue: Tongue) -> list[str]:
    """Whether the unit of the book's code has another name where it is registered: the code may be another unit's."""
    would = handover.offers.offers[-1].would if handover.offers else None
    if would is None or not would.bears_other_name:
        return []
    return [tongue("handing_other_name", code=would.unit_code, name=would.unit_name, own=would.name_in_book)]


def _not_open_yet(handover: Handover, tongue: Tongue) -> list[str]:
    """Whether the last meeting held is of a month after every period there is: handing in now is not for it."""
    book = handover.prepared.looked.book if handover.prepared else None
    held = [row.meeting_code.month for row in book.meetings if row.is_held] if book else []
    offered = [one.period.period for one in handover.offers.offers] if handover.offers else []
    if not held or not offered or max(held).number <= max(period.last for period in offered):
        return []
    return [tongue("handing_not_open_yet", month=max(held).number, year=max(held).year)]


def _ordered(offers: Sequence[Offer]) -> list[Offer]:
    """The periods that take a book before those that do not, the latest first."""
    return [one for one in offers[::-1] if one.takes] + [one for one in offers[::-1] if not one.takes]


def _period(offer: Offer, chosen: bool, day: date, tongue: Tongue) -> View:
    locked = not offer.takes and offer.period.state(day) is not PeriodState.OPEN
    said = offer.status.submission.state is State.LOCKED
    return {
        "code": str(offer.period.period),
        "name": period_name(offer.period.period, tongue),
        "due": due_words(offer.status.standing, tongue.language),
        "state": first_up(state_words(offer.status, tongue)),
        "tone": state_tone(offer.status),
        "locked": tongue("handing_period_locked") if locked and not said else "",
        "chosen": chosen,
    }


def _now(handover: Handover, findings: Sequence[Finding], tongue: Tongue) -> View | None:
    """The period looked at."""
    offer, prepared = handover.offer, handover.prepared
    if offer is None or prepared is None:
        return None
    submission, merge, act = offer.status.submission, to_merge_words(offer, tongue), _act(offer, findings, tongue)
    seen = (offer.period.period, len(submission.editions), handover.comparison is not None, bool(merge))
    return {
        "code": str(offer.period.period),
        "name": period_name(offer.period.period, tongue),
        "file": _file(handover, offer, prepared, act["kind"], tongue),
        "lines": standing_lines(offer, handover.day, tongue),
        "reasons": reasons_lines(submission, tongue),
        "why": tongue("handing_reasons_reopened" if submission.state is State.REOPENED else "handing_reasons"),
        "marked": submission.state is State.RETURNED and bool(submission.sent_copy),
        "act": act,
        "merge": merge,
        "changes": changes_lines(handover.comparison, tongue) if handover.comparison else None,
        "history": history_lines(submission, tongue),
        "token": "-".join(["handing", *map(str, seen)]),
    }


def _file(handover: Handover, offer: Offer, prepared: Prepared, kind: str, tongue: Tongue) -> View:
    """The file looked at: the one that would go, the very one that came in before, or one that is not taken now.

    `kind` is that of `_act`.
    """
    would = offer.would
    if kind == "refused" or (kind == "same" and would.is_other_file):
        stays = tongue("handing_file_stays") if kind == "refused" else ""
        return {"label": tongue("handing_file_open"), "name": prepared.handed.name, "stays": stays}
    came_in = would.edition is not None and would.edition.receipt and not would.is_other_file
    return {"label": tongue("handing_file_in" if came_in else "handing_file"), "name": handover.file_name, "stays": ""}


def _kind_unchanged(would: Handing) -> str:
    """What the very file that came in before is now, or another one that says the same and is all that is taken."""
    if would.is_other_file:
        return "other"
    if would.is_unused:
        return "choose"
    if would.came_back:
        return "returned"
    return "reopened" if would.submission is not None and would.submission.state is State.REOPENED else "same"


def _act(offer: Offer, findings: Sequence[Finding], tongue: Tongue) -> View:
    """What can be done with the book now: `kind` decides which buttons there are, `notes` say why.

    `record` is the month to record first, where the book says nothing of the period: 0 where it says something. What
    it says may also be such that it does not count; then that is to be mended.
    """
    would, current = offer.would, offer.status.submission.current
    edition, result = would.edition, would.result.value
    if result == "refused":
        return {"kind": "refused", "notes": [tongue("handing_refused", why=would.why)], "receipt": 0}
    if result == "unchanged" and edition is not None and edition.receipt:
        kind = _kind_unchanged(would)
        said = "kept" if would.is_unused and would.why else kind
        if would.came_back and not would.is_what_came_back:
            return {"kind": kind, "notes": [tongue("handing_says_returned")], "receipt": edition.receipt}
        at = f"{edition.at.astimezone():%H:%M %d/%m/%Y}"
        used = current.receipt if current else 0
        note = tongue(f"handing_is_{said}", n=edition.receipt, at=at, used=used, why=would.why)
        return {"kind": "same" if said in {"kept", "other"} else kind, "notes": [note], "receipt": edition.receipt}
    if result == "unchanged" and would.came_back:
        return {"kind": "returned", "notes": [tongue("handing_says_returned")], "receipt": 0}
    notes, record, to_record = [], 0, ""
    if result in _SAID:
        notes.append(tongue(_SAID[result], n=current.receipt if current else 0))
    elif edition is not None and edition.content.value != "complete":
        spoiled = _spoiled_month(offer.period.period, findings) if edition.content is Content.EMPTY else 0
        notes.append(tongue("handing_note_spoiled" if spoiled else f"handing_note_{edition.content.value}"))
        record = spoiled or (offer.period.period.last if edition.content is Content.EMPTY else 0)
        to_record = tongue("handing_mend" if spoiled else "handing_record")
    receipt = current.receipt if current else 0
    return {"kind": _KINDS[result], "notes": notes, "receipt": receipt, "record": record, "to_record": to_record}


def _spoiled_month(period: Period, findings: Sequence[Finding]) -> int:
    """The first month of the period of which a meeting stands in the book that is to be mended before it counts."""
    codes = (finding.meeting for finding in findings if finding.severity is Severity.BLOCK)
    months = [code.month for code in codes if code is not None]
    return min((month.number for month in months if month in period.months), default=0)
