"""The lines of the step that hands the book in: who holds it and until when, why it came back, its history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from chibo.office.lineage.wording import ComparisonText
from chibo.submissions import State
from chibo_widgets.cell.wording import Tongue, first_up, show_day
from chibo_widgets.submission_words import holder_word

if TYPE_CHECKING:
    from chibo.office.memory.history import Comparison
    from chibo.office.memory.offering import Offer
    from chibo.submissions import Edition, Step, Submission

Lines = list[dict[str, Any]]

_MOST_CHANGES = 200


def standing_lines(offer: Offer, day: date, tongue: Tongue) -> Lines:
    """Where the unit stands in a period: state, who holds it, when it is due, what is next."""
    status, submission = offer.status, offer.status.submission
    state = submission.state.value
    overdue = submission.state is State.DRAFT and status.standing.days_overdue(day) > 0
    next_up = tongue("handing_next_overdue" if overdue else f"handing_next_{state}")
    if status.open_criteria:
        next_up += " " + tongue("handing_open_criteria", criteria=", ".join(status.open_criteria))
    owed = status.standing.owed
    due = [_due(offer, day, tongue)]
    if owed.is_exempt:
        due = [tongue("handing_exempt", reason=owed.reason)]
    elif owed.until is not None:
        due.append(tongue("handing_more_time", day=show_day(owed.until), reason=owed.reason))
    found = {
        "handing_state": [_state(submission, tongue)],
        "handing_holder": [_holder(offer, tongue)],
        "handing_due": due,
        "handing_next": [next_up],
    }
    return [{"label": tongue(label), "lines": lines} for label, lines in found.items()]


def _state(submission: Submission, tongue: Tongue) -> str:
    state = first_up(tongue(f"submission_{submission.state.value}"))
    if not submission.version:
        return state
    key = "handing_changed_after" if submission.modifications else "handing_version"
    return tongue(key, state=state, n=submission.version, m=submission.modifications)


def _holder(offer: Offer, tongue: Tongue) -> str:
    who = first_up(holder_word(offer.status.submission.state, tongue))
    people = "; ".join(" ".join(filter(None, (person.full_name, person.contact))) for person in offer.holders)
    return tongue("handing_people", who=who, people=people) if people else who


def _due(offer: Offer, day: date, tongue: Tongue) -> str:
    """The due day, and how far it is away; of a unit that has handed in, whether that was in time."""
    standing = offer.status.standing
    due, until = offer.period.due_on, standing.due_on
    values = {"day": show_day(due), "until": show_day(until)}
    if standing.is_late:
        return tongue("handing_due_late", **values, n=standing.days_late)
    if standing.first_on is not None and not standing.is_silent:
        return tongue("handing_due_in_time", **values)
    if day < due:
        return tongue("handing_due_left", **values, n=(due - day).days)
    if day == due:
        return tongue("handing_due_today", **values)
    if day <= until:
        return tongue("handing_due_grace", **values)
    return tongue("handing_due_over", **values, n=(day - until).days)


def reasons_lines(submission: Submission, tongue: Tongue) -> Lines:
    """Why the book came back, place by place; empty unless it did."""
    step = submission.last_decision
    if submission.state is not State.RETURNED or step is None:
        return []
    said = [{"place": "", "text": step.note}] if step.note else []
    return said + [{"place": _place(one.sheet, one.address, tongue), "text": one.text} for one in step.reasons]


def _place(sheet: str, address: str, tongue: Tongue) -> str:
    if address:
        return tongue("place_cell", sheet=sheet, cell=address)
    return tongue("place_sheet", sheet=sheet) if sheet else ""


def changes_lines(comparison: Comparison, tongue: Tongue) -> dict[str, Any]:
    """What the book changes, cell by cell."""
    books = (comparison.before.book, comparison.after.book)
    text = ComparisonText(tongue.library.layout, tongue.language, books)
    rows = [text.difference(found) for found in comparison.found[:_MOST_CHANGES]]
    more = len(comparison.found) - len(rows)
    count = len(comparison.found)
    return {
        "title": tongue("handing_changes", n=count) if count else tongue("handing_no_changes"),
        "rows": [
            {
                "place": row["place_after"] or row["place_before"] or row["sheet"],
                "row": row["row"],
                "column": row["column"],
                "before": row["before"],
                "after": row["after"],
            }
            for row in rows
        ],
        "more": tongue("handing_more_changes", n=more) if more > 0 else "",
    }


def history_lines(submission: Submission, tongue: Tongue) -> Lines:
    """What happened, the latest first."""
    current = submission.current
    editions = [(one.at, _edition_line(one, one == current, tongue)) for one in submission.editions]
    steps = [(step.at, _step_line(step, tongue)) for step in submission.steps]
    ordered = sorted([*editions, *steps], key=lambda pair: pair[0], reverse=True)
    return [{"at": f"{at.astimezone():%H:%M %d/%m/%Y}", **line} for at, line in ordered]


def _edition_line(edition: Edition, in_use: bool, tongue: Tongue) -> dict[str, Any]:
    return {
        "what": tongue("handing_history_submitted"),
        "who": edition.submitted_by,
        "more": edition.file_name,
        "used": tongue("handing_in_use") if in_use else "",
        "receipt": edition.receipt,
        "receipt_text": tongue("handing_receipt_short", n=edition.receipt),
    }


def _step_line(step: Step, tongue: Tongue) -> dict[str, Any]:
    told = [
        step.note,
        *(": ".join(filter(None, (_place(one.sheet, one.address, tongue), one.text))) for one in step.reasons),
    ]
    return {
        "what": tongue(f"submission_{step.kind.value}"),
        "who": step.actor,
        "more": "; ".join(filter(None, told)),
        "used": "",
        "receipt": 0,
        "receipt_text": "",
    }
