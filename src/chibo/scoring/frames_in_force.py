"""Which frame scores a meeting: the cell's own where its book names one, else the bloc's default, in force that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol

from attrs import frozen

from chibo.definitions.frames.defaults import FrameDefaults
from chibo.definitions.frames.frame import Frame
from chibo.model import CellBook, CellInfo, Meeting, MeetingKind


class FrameLibrary(Protocol):
    """What is needed of a library of definitions."""

    @property
    def frames(self) -> Mapping[str, Frame]:
        """The criteria frames by id."""

    @property
    def defaults(self) -> FrameDefaults:
        """The bloc's default frames."""


class NoFrame(StrEnum):
    """Why no frame scores a meeting."""

    NEVER_SCORED = "never-scored"
    """Extraordinary meetings are recorded only."""
    NO_DEFAULT = "no-default"
    """The bloc names no frame for this kind of meeting."""
    UNKNOWN = "unknown"
    """The book names a frame that the office does not have."""
    OTHER_KIND = "other-kind"
    """The frame that the book names is for other meetings or other cells."""
    NOT_IN_FORCE = "not-in-force"
    """The frame is not in force on the day of the meeting."""
    NO_DAY = "no-day"
    """The meeting was not held, so that no day decides."""


@frozen
class FrameChoice:
    """The frame that scores a meeting, or why there is none. `name` is the id asked for, "" where none was."""

    frame: Frame | None
    absence: NoFrame | None = None
    name: str = ""


def frame_for(meeting: Meeting, book: CellBook, library: FrameLibrary) -> Frame | None:
    """The frame that scores a meeting, in force on the day it was held; None where there is none."""
    return choose_frame(meeting, book, library).frame


def choose_frame(meeting: Meeting, book: CellBook, library: FrameLibrary) -> FrameChoice:
    """The frame that scores a meeting by the day it was held, or the reason why none does."""
    return frame_on(meeting.kind, meeting.held_on, book.info, library)


def frame_on(kind: MeetingKind, day: date | None, info: CellInfo, library: FrameLibrary) -> FrameChoice:
    """The frame for a meeting of this kind, held by this cell on `day`, or the reason why there is none."""
    if kind is MeetingKind.EXTRAORDINARY:
        return FrameChoice(None, NoFrame.NEVER_SCORED)
    own = info.frame_thematic if kind is MeetingKind.THEMATIC else info.frame_regular
    if own:
        return _own_frame(own, kind, day, info, library)
    candidates = library.defaults.candidates(kind, info.cell_kind)
    if not candidates:
        return FrameChoice(None, NoFrame.NO_DEFAULT)
    if day is None:
        return FrameChoice(None, NoFrame.NO_DAY, candidates[0])
    frame = library.defaults.frame(kind, info.cell_kind, day, library.frames)
    return FrameChoice(frame, None if frame else NoFrame.NOT_IN_FORCE, frame.id if frame else candidates[0])


def _own_frame(name: str, kind: MeetingKind, day: date | None, info: CellInfo, library: FrameLibrary) -> FrameChoice:
    # Frame ids are codes: their letter case does not matter in a workbook.
    frame = library.frames.get(name.strip().lower())
    if frame is None:
        return FrameChoice(None, NoFrame.UNKNOWN, name)
    if not frame.scores(kind, info.cell_kind):
        return FrameChoice(None, NoFrame.OTHER_KIND, frame.id)
    if day is None:
        return FrameChoice(None, NoFrame.NO_DAY, frame.id)
    return (
        FrameChoice(frame, None, frame.id)
        if day in frame.effective
        else FrameChoice(None, NoFrame.NOT_IN_FORCE, frame.id)
    )
