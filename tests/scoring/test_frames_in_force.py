"""Which frame scores a meeting: the cell's own, else the default, in force on the day it was held."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import a_book, a_meeting, an_info
from chibo.definitions.frames.defaults import DefaultFrame, FrameDefaults
from chibo.model import MeetingKind
from chibo.model.vocabulary import CellKind
from chibo.scoring import FrameChoice, NoFrame, choose_frame, frame_for
from scored import LIBRARY


def choice(info: dict[str, Any] | None = None, library: Any = LIBRARY, **row: Any) -> FrameChoice:
    meeting = a_meeting(**row)
    book = a_book(meeting, info=an_info(**(info or {})))
    found = choose_frame(meeting, book, library)
    assert frame_for(meeting, book, library) is found.frame
    return found


def name_of(found: FrameChoice) -> str | None:
    return found.frame.id if found.frame else None


@pytest.mark.parametrize("kind", [MeetingKind.REGULAR, MeetingKind.COMBINED])
def test_regular_and_combined_meetings_have_a_default(kind: MeetingKind) -> None:
    assert name_of(choice(kind=kind)) == "hd42-thuong-ky"


def test_thematic_meetings_have_none_until_the_bloc_names_one() -> None:
    assert choice(kind=MeetingKind.THEMATIC) == FrameChoice(None, NoFrame.NO_DEFAULT)


def test_extraordinary_meetings_are_never_scored_whatever_the_book_names() -> None:
    found = choice({"frame_regular": "hd42-thuong-ky"}, kind=MeetingKind.EXTRAORDINARY)
    assert found.absence is NoFrame.NEVER_SCORED


def test_the_cells_own_frames_win() -> None:
    own = {"frame_regular": "khoi-phu-tho", "frame_thematic": "chuyen-de-nghe-an-08"}
    assert name_of(choice(own)) == "khoi-phu-tho"
    assert name_of(choice(own, kind=MeetingKind.COMBINED)) == "khoi-phu-tho"
    assert name_of(choice(own, kind=MeetingKind.THEMATIC)) == "chuyen-de-nghe-an-08"


def test_letter_case_of_a_frames_id_does_not_matter() -> None:
    assert name_of(choice({"frame_regular": "Khoi-Phu-Tho"})) == "khoi-phu-tho"


def test_an_unknown_frame_is_not_replaced_by_the_default() -> None:
    assert choice({"frame_regular": "khung-la"}) == FrameChoice(None, NoFrame.UNKNOWN, "khung-la")


def test_a_frame_for_other_meetings_does_not_score() -> None:
    assert choice({"frame_regular": "chuyen-de-nghe-an-08"}).absence is NoFrame.OTHER_KIND


@pytest.mark.parametrize(("day", "expected"), [(date(2025, 10, 27), None), (date(2025, 10, 28), "hd42-thuong-ky")])
def test_the_day_of_the_meeting_decides_not_its_code(day: date, expected: str | None) -> None:
    found = choice(held_on=day)
    assert name_of(found) == expected
    assert (found.absence is NoFrame.NOT_IN_FORCE) == (expected is None)


def test_a_meeting_without_a_day_has_no_frame() -> None:
    assert choice(held_on=None).absence is NoFrame.NO_DAY
    assert choice({"frame_regular": "khoi-phu-tho"}, held_on=None).absence is NoFrame.NO_DAY


class _Office:
    """A library with rules of its own."""

    def __init__(self, *rules: DefaultFrame) -> None:
        self.frames = LIBRARY.frames
        self.defaults = FrameDefaults(schema=1, frames=rules)


def test_the_first_rule_in_force_holds_so_old_meetings_keep_their_frame() -> None:
    regular = (MeetingKind.REGULAR,)
    office = _Office(
        DefaultFrame(meeting_kinds=regular, frame="hd42-thuong-ky"),
        DefaultFrame(meeting_kinds=regular, frame="khoi-phu-tho"),
    )
    assert name_of(choice(library=office, held_on=date(2025, 10, 28))) == "hd42-thuong-ky"
    assert name_of(choice(library=office, held_on=date(2025, 10, 27))) == "khoi-phu-tho"


def test_a_rule_may_be_for_some_kinds_of_cell() -> None:
    regular = (MeetingKind.REGULAR,)
    office = _Office(
        DefaultFrame(meeting_kinds=regular, cell_kinds=(CellKind.SCHOOL,), frame="hd42-10-dong"),
        DefaultFrame(meeting_kinds=regular, frame="hd42-thuong-ky"),
    )
    assert name_of(choice({"cell_kind": CellKind.SCHOOL}, library=office)) == "hd42-10-dong"
    assert name_of(choice(library=office)) == "hd42-thuong-ky"
