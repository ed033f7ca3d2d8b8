"""Floor 1: the log of everything that happened in an office, each entry sealed to the one before it."""

from chibo.audit.acts import AuditAct
from chibo.audit.chain import EMPTY, Entry, Fault, FaultKind, Head, first_fault, sealed_after

__all__ = ["EMPTY", "AuditAct", "Entry", "Fault", "FaultKind", "Head", "first_fault", "sealed_after"]
