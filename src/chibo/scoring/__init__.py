"""Scoring: which frame scores a meeting, and its self, official and fact scores with the reason of each point."""

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
