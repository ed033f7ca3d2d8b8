"""Floor 1: what came in of a unit for a period, and the ladder from a draft to what the bloc has accepted."""

from chibo.submissions.editions import Edition, in_order
from chibo.submissions.ladder import StepRefusedError, Submission
from chibo.submissions.parts import PartScores, Points, part_digest, part_scores, touched_criteria
from chibo.submissions.states import ROLE_AT_WORK, State
from chibo.submissions.steps import GivenPoints, Reason, Step, StepKind

__all__ = [
    "ROLE_AT_WORK",
    "Edition",
    "GivenPoints",
    "PartScores",
    "Points",
    "Reason",
    "State",
    "Step",
    "StepKind",
    "StepRefusedError",
    "Submission",
    "in_order",
    "part_digest",
    "part_scores",
    "touched_criteria",
]
