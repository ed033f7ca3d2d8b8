"""Full score sheets for tests: every criterion of a frame scored, some of them by name."""

from __future__ import annotations

from decimal import Decimal

from builders import code
from chibo.definitions.frames.frame import Frame
from chibo.definitions.library import Library
from chibo.model import MeetingKind, ScoreSheet

LIBRARY = Library()
"""The shipped definitions, loaded once for all tests."""


def full_scores(frame_id: str, kind: MeetingKind = MeetingKind.REGULAR, **points: str) -> dict[str, Decimal]:
    """The maximum in every criterion that applies, but for those given (`c2a="3"` for `2a`)."""
    frame: Frame = LIBRARY.frames[frame_id]
    scores = {line.criterion.code: line.maximum for line in frame.lines(kind) if line.criterion.applies_to(kind)}
    scores |= {name.removeprefix("c").replace("_", "."): Decimal(value) for name, value in points.items()}
    return scores


def full_sheet(*meetings: str, frame_id: str = "hd42-thuong-ky", **points: str) -> ScoreSheet:
    """A score sheet in which these meetings are scored in full, less what `points` say."""
    return ScoreSheet({code(meeting): full_scores(frame_id, **points) for meeting in meetings})
