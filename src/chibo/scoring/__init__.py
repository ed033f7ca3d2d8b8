"""Scoring: which frame scores a meeting, and its self, official and fact scores with the reason of each point."""

from chibo.scoring.frames_in_force import FrameChoice, NoFrame, choose_frame, frame_for, frame_on
from chibo.scoring.scores import CriterionScore, MeetingScore, Tally, score_meeting, tally
from chibo.scoring.verdicts import FactVerdict, Outcome

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
