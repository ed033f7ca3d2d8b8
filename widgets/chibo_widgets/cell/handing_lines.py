"""The lines of the step that hands the book in: who holds it and until when, why it came back, its history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from chibo.office.due_words import due_day, lateness_words
from chibo.office.edition_names import version_words
from chibo.office.lineage.wording import ComparisonText
from chibo.submissions import State, StepKind
from chibo_widgets.cell.wording import Tongue, first_up, show_day
from chibo_widgets.submission_words import holder_words, state_words

if TYPE_CHECKING:
    from chibo.office.memory.history import Comparison
    from chibo.office.memory.offering import Offer
    from chibo.submissions import Edition, Step, Submission

Lines = list[dict[str, Any]]

_MOST_CHANGES = 200


def standing_lines(offer: Offer, day: date, tongue: Tongue) -> Lines:
    """Where the unit stands in a period: state, who holds it, when it is due, what is next."""
    found = {
        "handing_state": [_state(offer, tongue)],
        "handing_holder": [_holder(offer, tongue)],
        "handing_due": _due(offer, day, tongue),
        "handing_next": [_next(offer, day, tongue)],
    }
    return [{"label": tongue(label), "lines": lines} for label, lines in found.items()]


def _state(offer: Offer, tongue: Tongue) -> str:
    submission = offer.status.submission
    state = first_up(state_words(offer.status, tongue))
    said = ", ".join(filter(None, (state, version_words(submission, tongue.language))))
    times = submission.modifications
    return tongue("handing_changed_after", state=said, n=times) if times else said


def _holder(offer: Offer, tongue: Tongue) -> str:
    who = first_up(holder_words(offer.status, tongue))
    people = "; ".join(" ".join(filter(None, (person.full_name, person.contact))) for person in offer.holders)
    return tongue("handing_people", who=who, people=people) if people else who


def _due(offer: Offer, day: date, tongue: Tongue) -> list[str]:
    """The unit's own day and how it stands against it; why it has another one, and until when it is in time."""
    standing, owed = offer.status.standing, offer.status.standing.owed
    if owed.is_exempt:
        return [tongue("handing_exempt", reason=owed.reason)]
    said = [f"{due_day(standing, tongue.language)}; {lateness_words(standing, day, tongue.language)}"]
    if owed.until is not None:
        said.append(tongue("handing_more_time", day=show_day(offer.period.due_on), reason=owed.reason))
    in_grace = standing.due_on < day <= standing.in_time_until  # which has been said
    if standing.is_silent and standing.in_time_until > standing.due_on and not in_grace:
        said.append(tongue("handing_in_time_until", day=show_day(standing.in_time_until)))
    return said


def _next(offer: Offer, day: date, tongue: Tongue) -> str:
    """What is to be done next, and by whom."""
    status = offer.status
    state = status.submission.state
    key = f"handing_next_{state.value}"
    if status.says_nothing:
        key = "handing_next_empty" if offer.takes else "handing_next_empty_locked"
    elif status.is_locked_unverified:
        key = "handing_next_unverified"
    elif status.is_shut_out:
        key = "handing_next_shut_out"
    elif state is State.DRAFT and not offer.takes:
        key = "handing_next_missed"
    elif state is State.DRAFT and status.standing.days_overdue(day) > 0:
        key = "handing_next_overdue"
    if not status.open_criteria:
        return tongue(key)
    return f"{tongue(key)} {tongue('handing_open_criteria', criteria=', '.join(status.open_criteria))}"


def reasons_lines(submission: Submission, tongue: Tongue) -> Lines:
    """Why the book came back or was opened again, place by place; empty unless it was."""
    step = submission.last_decision
    if submission.state not in {State.RETURNED, State.REOPENED} or step is None:
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
    steps = [(step.at, _step_line(step, submission, tongue)) for step in submission.steps]
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


def _step_line(step: Step, submission: Submission, tongue: Tongue) -> dict[str, Any]:
    about = submission.has(step.content_hash)
    told = [
        about.file_name if about and step.kind is StepKind.CHOSEN else "",
        step.note,
        *(": ".join(filter(None, (_place(one.sheet, one.address, tongue), one.text))) for one in step.reasons),
    ]
    return {
        "what": tongue(f"submission_{step.kind.value}"),
        "who": step.actor,
        "more": "; ".join(filter(None, told)),
        "used": "",
        "receipt": about.receipt if about else 0,
        "receipt_text": tongue("handing_receipt_short", n=about.receipt) if about else "",
    }
