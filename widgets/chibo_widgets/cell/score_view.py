"""What the score form shows: the frame's form for this meeting, with facts, points and the grade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chibo.model import CellBook, Meeting
from chibo.model.vocabulary import MeetingState
from chibo.office.desk.scores import LONGEST_REASON, fillable, scored, unexplained
from chibo.scoring import MeetingScore, NoFrame
from chibo.scoring.form import scored_form
from chibo_widgets.cell.meeting_words import held_when
from chibo_widgets.cell.steps import SCORE
from chibo_widgets.cell.untaken import UntakenTexts
from chibo_widgets.cell.wording import Tongue, first_up
from chibo_widgets.cell.year_view import GRADE_TONES

_CALLED_OFF = (MeetingState.POSTPONED, MeetingState.NOT_HELD)
_MOST_SEGMENTS = 7
"""So many choices stand side by side; more are set with a slider and a field."""


Rejected = Mapping[str, Mapping[str, str]]
"""By criterion the points that the book has but nobody can have given, and why they do not count."""


def score_view(
    book: CellBook,
    meeting: Meeting | None,
    tongue: Tongue,
    today: date,
    rejected: Rejected | None = None,
    *,
    untaken: UntakenTexts | None = None,
) -> dict[str, Any]:
    """The form of a meeting, or what to do where it cannot be scored; `book` is without the `rejected` points."""
    if meeting is None:
        return {"empty": _empty("none", tongue, "", {"go": "step", "step": 2})}
    found = scored(book, meeting.meeting_code, tongue.library, today)
    title = first_up(tongue.meeting(meeting))
    if not meeting.is_held:
        return {"empty": _not_held(meeting, tongue, title)}
    if found.score is None:
        absence = found.choice.absence or NoFrame.NO_DEFAULT
        key = absence.value.replace("-", "_")
        return {"empty": _empty(key, tongue, title, None, frame=found.choice.name)}
    form = _form(book, meeting, found.score, tongue, rejected or {})
    for row in (row for group in form["groups"] for row in group["rows"]):
        left = (untaken or {}).get((SCORE, str(meeting.meeting_code), row["code"]))
        row["noted"] = left.typed if left else row["noted"]
        row["untaken"] = left.said(tongue) if left else ""
    return form


def _not_held(meeting: Meeting, tongue: Tongue, title: str) -> dict[str, Any]:
    go = {"go": "step", "step": 2}
    if meeting.state in _CALLED_OFF:
        return _empty("called_off", tongue, title, go, state=tongue.listed("meeting_state", meeting.state.value))
    return _empty("not_held", tongue, title, go)


def _empty(key: str, tongue: Tongue, title: str, go: dict[str, Any] | None, **values: object) -> dict[str, Any]:
    return {
        "title": title or tongue("score_title_none"),
        "text": tongue(f"score_empty_{key}", **values),
        "action": {"go": go, "label": tongue("score_to_record")} if go else None,
    }


def _form(book: CellBook, meeting: Meeting, score: MeetingScore, tongue: Tongue, rejected: Rejected) -> dict[str, Any]:
    names = {member.member_code: member.full_name for member in book.members}
    form = scored_form(score, tongue.language, names)
    tally = score.self_tally
    wanting = unexplained(score)
    source = form["sources"][0]
    return {
        "meeting": str(meeting.meeting_code),
        "title": tongue("score_title", meeting=tongue.meeting(meeting)),
        "lead": tongue("score_lead", held=held_when(meeting, tongue), frame=form["title"]),
        "confirm": tongue("score_example", number=source["number"]) if form["status"] == "example" else "",
        "longest": LONGEST_REASON,
        "groups": [_group(group, tongue, rejected) for group in form["groups"]],
        "total": form["self"]["so_far"],
        "maximum": form["total"],
        "grade": tongue.grade(tally.grade) if tally.grade else "",
        "tone": GRADE_TONES[tally.grade] if tally.grade else "",
        "left": len(tally.unscored),
        "first": tally.unscored[0] if tally.unscored else "",
        "unexplained": wanting[0] if wanting else "",
        "supported": tongue(
            "score_supported", points=tongue.number(form["fact_total"]), most=tongue.number(form["fact_maximum"])
        ),
        "fillable": len(fillable(score)),
        "gate": " ".join(_gate(gate, tongue) for gate in form["self"]["gates"]),
    }


def _gate(gate: dict[str, Any], tongue: Tongue) -> str:
    return tongue(
        "score_gate",
        grade=tongue.grade(gate["grade"]),
        otherwise=tongue.grade(gate["otherwise"]),
        criteria=", ".join(gate["full_marks"]),
    )


def _group(group: dict[str, Any], tongue: Tongue, rejected: Rejected) -> dict[str, Any]:
    return {
        "code": group["code"],
        "label": f"{group['code']} · {group['label']}",
        "points": group["self"],
        "maximum": group["max"],
        "rows": [_row(item, tongue, rejected.get(item["code"])) for item in group["criteria"] if item["applies"]],
    }


def _row(item: dict[str, Any], tongue: Tongue, rejected: Mapping[str, str] | None) -> dict[str, Any]:
    fact = item["fact"]
    return {
        "code": item["code"],
        "label": item["label"],
        "help": item["help"],
        "question": item["open_question"],
        "most": item["max"],
        "least": item["min"],
        "step": item["step"],
        "choices": _choices(item, tongue),
        "points": item["self"],
        "rejected": dict(rejected) if rejected else None,
        "fact": _fact(fact, item["max"]) if fact else None,
        "hint": _hint(fact, tongue) if fact else None,
        "tags": _tags(fact, tongue),
        "above": item["excess"] if item["excess"] != "0" else "",
        "noted": item["explanation"],
    }


def _choices(item: dict[str, Any], tongue: Tongue) -> list[dict[str, str]]:
    """The segments: the frame's levels from the least up, Chưa đạt and Đạt, or each step of a few points."""
    if item["control"] == "yes-no":
        return [{"points": option["points"], "label": option["shown"], "title": ""} for option in item["options"]]
    if item["control"] == "levels":
        levels = sorted(item["options"], key=lambda option: float(option["points"]))
        return [
            {"points": option["points"], "label": tongue.number(option["points"]), "title": option["label"]}
            for option in levels
        ]
    if item["step"] is None:
        return []
    least, most, step = (float(item[name]) for name in ("min", "max", "step"))
    count = round((most - least) / step) + 1
    if count > _MOST_SEGMENTS:
        return []
    values = [f"{least + index * step:g}" for index in range(count)]
    return [{"points": value, "label": tongue.number(value), "title": ""} for value in values]


def _fact(fact: dict[str, Any], most: str) -> dict[str, Any]:
    points = fact["points"]
    tone = "ask" if points is None else "info"
    if points is not None and float(points) < float(most):
        tone = "low"
    return {"points": points, "text": fact["reason"], "tone": tone}


def _hint(fact: dict[str, Any], tongue: Tongue) -> dict[str, str] | None:
    """The points that a merely declared value would give: offered for one click, never set by the page."""
    points = fact["proposed"]
    return None if points is None else {"points": points, "label": tongue("score_hint", points=tongue.number(points))}


def _tags(fact: dict[str, Any] | None, tongue: Tongue) -> list[str]:
    return [tongue("score_waiting")] if fact is not None and fact["claimable"] else []
