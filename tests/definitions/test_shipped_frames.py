"""The five shipped frames say what their sources say: sums, thresholds, dates, citations, defaults."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from chibo.definitions.frames.checks import shared_codes
from chibo.definitions.frames.frame import CriterionKind, Frame, LookBack
from chibo.definitions.library import Library
from chibo.model import Grade, MeetingKind

LIBRARY = Library()
REGULAR = (MeetingKind.REGULAR, MeetingKind.COMBINED)


def maxima(frame: Frame, kind: MeetingKind = MeetingKind.REGULAR) -> dict[str, Decimal]:
    return {line.criterion.code: line.maximum for line in frame.lines(kind) if line.applies}


def test_there_are_five_frames() -> None:
    assert list(LIBRARY.frames) == [
        "binh-thuan-cong",
        "chuyen-de-nghe-an-08",
        "hd42-10-dong",
        "hd42-thuong-ky",
        "khoi-phu-tho",
    ]


@pytest.mark.parametrize("name", list(LIBRARY.frames))
def test_every_frame_is_an_example_that_asks_the_bloc_to_confirm_it_and_cites_number_date_and_issuer(name: str) -> None:
    frame = LIBRARY.frames[name]
    assert frame.status == "example"
    assert "xác nhận" in frame.confirm_note
    assert all(source.number and source.date and source.issuer for source in frame.sources)
    assert frame.total == 100
    assert frame.effective.end is None


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("hd42-thuong-ky", date(2025, 10, 28)),
        ("hd42-10-dong", date(2025, 10, 28)),
        ("khoi-phu-tho", date(2018, 1, 1)),
        ("chuyen-de-nghe-an-08", date(2018, 1, 1)),
        ("binh-thuan-cong", date(2018, 1, 1)),
    ],
)
def test_each_is_in_force_from_its_day(name: str, start: date) -> None:
    assert LIBRARY.frames[name].effective.start == start


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("hd42-thuong-ky", 90),
        ("hd42-10-dong", 90),
        ("khoi-phu-tho", 90),
        ("binh-thuan-cong", 90),
        ("chuyen-de-nghe-an-08", 80),
    ],
)
def test_thresholds(name: str, good: int) -> None:
    grades = [(entry.grade, entry.at_least) for entry in LIBRARY.frames[name].grades]
    assert grades == [(Grade.GOOD, good), (Grade.FAIR, 70), (Grade.AVERAGE, 50), (Grade.POOR, None)]


def test_the_full_frame_has_every_criterion_with_its_maximum() -> None:
    frame = LIBRARY.frames["hd42-thuong-ky"]
    regular = {
        "1": 5, "2a": 4, "2b": 1, "3a": 3, "3b": 2, "3c": 2, "3d": 1, "3đ": 2, "4a": 5, "4b": 15, "4d": 2, "4đ": 5,
        "4e": 1, "4g": 1, "4h": 1, "5a": 2, "5b": 4, "5c": 3, "5d": 1, "6a": 1, "6b": 2, "6c": 1, "6d": 1, "7": 30,
        "8a": 2, "8b": 2, "8c": 1,
    }  # fmt: skip
    assert maxima(frame) == regular
    assert maxima(frame, MeetingKind.COMBINED) == {**regular, "4b": 10, "4c": 5}
    assert [group.max for group in frame.groups] == [5, 5, 10, 30, 10, 5, 30, 5]
    assert frame.look_back is LookBack.CALENDAR_YEAR


def test_the_kinds_of_the_full_frame() -> None:
    criteria = LIBRARY.frames["hd42-thuong-ky"].criteria
    by_kind = {kind: [code for code, entry in criteria.items() if entry.kind is kind] for kind in CriterionKind}
    assert by_kind[CriterionKind.LEVEL] == ["1", "2a", "4đ", "7"]
    assert by_kind[CriterionKind.BONUS] == ["2b"]
    assert by_kind[CriterionKind.POINTS] == ["4b", "4c", "5a", "5b", "5c", "5d", "6a", "6b", "6c", "6d"]
    assert all(criteria[code].step == Decimal("0.5") for code in by_kind[CriterionKind.POINTS])
    decided = [code for code, entry in criteria.items() if entry.fact is not None]
    assert decided == ["1", "2a", "2b", "3c", "3d", "3đ", "4đ", "4e", "4g", "7", "8c"]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        (
            "hd42-10-dong",
            MeetingKind.REGULAR,
            {"1": 5, "2": 5, "3.1": 5, "3.2": 5, "4.1": 5, "4.2": 25, "4.3": 10, "5": 5, "6": 30, "7": 5},
        ),
        ("khoi-phu-tho", MeetingKind.REGULAR, {"PT1": 15, "PT2": 20, "PT3": 45, "PT4": 20}),
        (
            "chuyen-de-nghe-an-08",
            MeetingKind.THEMATIC,
            {"CĐ1": 20, "CĐ2": 10, "CĐ3": 45, "CĐ4": 15, "CĐ5": 10},
        ),
    ],
)
def test_the_short_frames_are_points_in_halves_without_facts(
    name: str, kind: MeetingKind, expected: dict[str, int]
) -> None:
    frame = LIBRARY.frames[name]
    assert maxima(frame, kind) == expected
    for entry in frame.criteria.values():
        assert (entry.kind, entry.step, entry.fact) == (CriterionKind.POINTS, Decimal("0.5"), None)


def test_binh_thuan_is_the_full_frame_with_a_gate() -> None:
    full, gated = LIBRARY.frames["hd42-thuong-ky"], LIBRARY.frames["binh-thuan-cong"]
    assert gated.groups == full.groups
    assert (full.gates, len(gated.gates)) == ((), 1)
    gate = gated.gates[0]
    assert (gate.grade, gate.full_marks, gate.otherwise) == (Grade.GOOD, ("1", "2a", "4đ", "4e"), Grade.FAIR)


def test_only_the_known_yearly_rule_is_written() -> None:
    (rule,) = LIBRARY.frames["khoi-phu-tho"].yearly
    assert (rule.grade, rule.every, rule.of, rule.count) == (Grade.GOOD, Grade.FAIR, Grade.GOOD, 7)


def test_the_defaults_score_regular_and_combined_meetings_only() -> None:
    named = {kind for rule in LIBRARY.defaults.frames for kind in rule.meeting_kinds}
    assert named == set(REGULAR)
    assert {rule.frame for rule in LIBRARY.defaults.frames} == {"hd42-thuong-ky"}


def test_regular_and_thematic_frames_share_no_criterion_code() -> None:
    frames = LIBRARY.frames.values()
    for one, other in combinations(frames, 2):
        if not set(one.applies.meeting_kinds) & set(other.applies.meeting_kinds):
            assert shared_codes(one, other) == ()


@pytest.mark.parametrize("name", list(LIBRARY.frames))
def test_every_text_has_its_english(name: str) -> None:
    for group in LIBRARY.frames[name].groups:
        assert group.label_en
        for criterion in group.criteria:
            assert criterion.label_en
            assert bool(criterion.help) == bool(criterion.help_en)
            assert all(level.label_en for level in criterion.levels)
