"""Scoring: which frame scores a meeting, and its self, official and fact scores with the reason of each point.

Each part is loaded when it is first asked for: facts that were kept are read again without scoring anything.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chibo.scoring.criteria import CriterionScore
    from chibo.scoring.frames_in_force import FrameChoice, NoFrame, choose_frame, frame_for, frame_on
    from chibo.scoring.outcomes import Outcome
    from chibo.scoring.scores import MeetingScore, score_meeting
    from chibo.scoring.tallies import Tally, tally
    from chibo.scoring.verdicts import FactVerdict

__all__ = [
    "CriterionScore",
    "FactVerdict",
    "FrameChoice",
    "MeetingScore",
    "NoFrame",
    "Outcome",
    "Tally",
    "choose_frame",
    "frame_for",
    "frame_on",
    "score_meeting",
    "tally",
]

_LOADED_LATER = {
    "CriterionScore": "criteria",
    **dict.fromkeys(("FrameChoice", "NoFrame", "choose_frame", "frame_for", "frame_on"), "frames_in_force"),
    "Outcome": "outcomes",
    **dict.fromkeys(("MeetingScore", "score_meeting"), "scores"),
    **dict.fromkeys(("Tally", "tally"), "tallies"),
    "FactVerdict": "verdicts",
}


def __getattr__(name: str) -> object:
    if name in _LOADED_LATER:
        return getattr(import_module(f"{__name__}.{_LOADED_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
