"""The form of a frame as plain data: what the page, the Excel form and the print are made from."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from builders import a_book, a_meeting, code
from chibo.model import Explanation, MeetingKind, ScoreSheet
from chibo.scoring import score_meeting
from chibo.scoring.form import form_of, scored_form
from scored import LIBRARY, full_scores

FRAME = LIBRARY.frames["hd42-thuong-ky"]


def item(form: dict[str, Any], criterion: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        entry for group in form["groups"] for entry in group["criteria"] if entry["code"] == criterion
    )
    return found


@pytest.mark.parametrize("name", list(LIBRARY.frames))
def test_every_frame_gives_a_form_that_goes_through_json_unchanged(name: str) -> None:
    frame = LIBRARY.frames[name]
    for kind in frame.applies.meeting_kinds:
        form = form_of(frame, kind)
        assert json.loads(json.dumps(form)) == form
        assert [entry["code"] for group in form["groups"] for entry in group["criteria"]] == list(frame.criteria)
        assert sum(Decimal(group["max"]) for group in form["groups"]) == frame.total


def test_each_kind_of_criterion_has_its_control() -> None:
    form = form_of(FRAME, MeetingKind.REGULAR)
    assert item(form, "2a")["control"] == "levels"
    assert [option["points"] for option in item(form, "2a")["options"]] == ["4", "3", "2", "1"]
    assert item(form, "2a")["min"] == "1"
    assert item(form, "3a")["control"] == "yes-no"
    assert [option["shown"] for option in item(form, "3a")["options"]] == ["Chưa đạt · 0", "Đạt · 3"]
    assert item(form, "2b")["control"] == "yes-no"
    points = item(form, "4b")
    assert (points["control"], points["min"], points["max"], points["step"]) == ("points", "0", "15", "0.5")


def test_what_does_not_apply_is_there_but_cannot_be_scored() -> None:
    regular, combined = form_of(FRAME, MeetingKind.REGULAR), form_of(FRAME, MeetingKind.COMBINED)
    assert (item(regular, "4c")["applies"], item(regular, "4c")["max"]) == (False, "0")
    assert (item(combined, "4c")["applies"], item(combined, "4c")["max"]) == (True, "5")
    assert item(combined, "4b")["max"] == "10"


def test_the_open_reading_of_4b_is_said_on_the_form() -> None:
    assert "xác nhận" in item(form_of(FRAME, MeetingKind.REGULAR), "4b")["open_question"]
    assert not item(form_of(FRAME, MeetingKind.COMBINED), "4b")["open_question"]


def test_english_where_switched() -> None:
    form = form_of(FRAME, MeetingKind.REGULAR, "en")
    assert item(form, "3a")["options"][1]["shown"] == "Met · 3"
    assert item(form, "1")["label"] == "Time and duration kept"
    assert form["kind"] == "Thường kỳ"


def test_a_scored_form_shows_facts_points_and_totals() -> None:
    row = a_meeting(present=8, excused=2, reported_on=None)
    sheet = ScoreSheet({code("2026-03"): full_scores("hd42-thuong-ky", c5a="1.5")})
    reasons = (Explanation(meeting_code=row.meeting_code, criterion="2a", reason="Công tác"),)
    score = score_meeting(a_book(row, self_scores=sheet, explanations=reasons), row, FRAME, today=date(2026, 3, 6))
    form = scored_form(score)
    assert json.loads(json.dumps(form)) == form
    assert (form["self"]["total"], form["self"]["grade"], form["official"]["total"]) == ("99.5", "Tốt", None)
    assert (form["fact_total"], form["fact_maximum"], form["meeting"]) == ("20", "53", "2026-03")
    attendance = item(form, "2a")
    assert (attendance["self"], attendance["supported"], attendance["excess"]) == ("4", "3", "1")
    assert (attendance["explanation"], attendance["needs_explanation"]) == ("Công tác", False)
    assert attendance["fact"]["reason"] == "Có mặt 8/10 = 80% → 3 điểm"
    assert attendance["fact"]["band"] == "≥ 75%, < 90%"
    waiting = item(form, "8c")
    assert (waiting["fact"]["claimable"], waiting["supported"], waiting["needs_explanation"]) == (True, "1", False)
    assert item(form, "3a")["fact"] is None


def test_bands_that_hang_on_the_required_minutes_show_numbers() -> None:
    row = a_meeting()
    fact = score_meeting(a_book(row), row, FRAME).criterion("1").fact
    assert fact is not None
    assert fact.band_in_signs("vi") == "≥ 90"


def test_decimals_are_written_the_way_of_the_language() -> None:
    row = a_meeting(membership=13, present=11, excused=2)
    fact = score_meeting(a_book(row), row, FRAME).criterion("2a").fact
    assert fact is not None
    assert fact.reason("vi") == "Có mặt 11/13 = 84,62% → 3 điểm"
    assert fact.reason("en") == "Present 11/13 = 84.62% → score 3"
