"""Floor 1: the log of everything that happened in an office, each entry sealed to the one before it."""

from chibo.audit.acts import AuditAct
from chibo.audit.chain import EMPTY, Entry, Fault, FaultKind, Head, first_fault, sealed_after
from chibo.audit.replay import Disagreement, How, Matter, Replay
from chibo.audit.witnesses import Holding, Witness, WitnessKind, held_against

__all__ = [
    "EMPTY",
    "AuditAct",
    "Disagreement",
    "Entry",
    "Fault",
    "FaultKind",
    "Head",
    "Holding",
    "How",
    "Matter",
    "Replay",
    "Witness",
    "WitnessKind",
    "first_fault",
    "held_against",
    "sealed_after",
]
