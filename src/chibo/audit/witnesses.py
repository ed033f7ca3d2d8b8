"""Witnesses of the log: heads that were written down outside it, each held against what the log says now.

A log whose end was cut off holds together by itself. Whoever cuts it must also reach every receipt, the file beside the
database, and every backup that somebody carried away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from attrs import frozen

from chibo.audit.chain import EMPTY, Entry, Fault, FaultKind, Head, first_fault


class WitnessKind(StrEnum):
    """Where a head was written down."""

    RECEIPT = "receipt"
    HEADS_FILE = "heads-file"
    BACKUP = "backup"


@frozen
class Witness:
    """A head that was written down elsewhere; `name` is the number of the receipt, or the name of the file."""

    kind: WitnessKind
    name: str
    head: Head


@frozen(kw_only=True)
class Holding:
    """What came of holding a log against its witnesses: its end, its first fault, and who says something else."""

    head: Head
    fault: Fault | None
    disagreeing: tuple[Witness, ...]


def held_against(entries: Iterable[Entry], witnesses: Sequence[Witness]) -> Holding:
    """Follow the log to its end, and ask every witness; entries are read once."""
    wanted = {witness.head.count for witness in witnesses}
    said: dict[int, str] = {}
    end = EMPTY

    def watched() -> Iterator[Entry]:
        nonlocal end
        for entry in entries:
            end = entry.head
            if entry.number in wanted:
                said[entry.number] = entry.hash
            yield entry

    following = watched()
    faults = [first_fault(following)]
    for _ in following:
        pass  # what comes after a fault is still asked for by witnesses
    disagreeing = tuple(one for one in witnesses if one.head.count and said.get(one.head.count) != one.head.hash)
    faults += [_fault(one, end) for one in disagreeing]
    found = [fault for fault in faults if fault is not None]
    return Holding(head=end, fault=min(found, key=lambda fault: fault.number, default=None), disagreeing=disagreeing)


def _fault(witness: Witness, end: Head) -> Fault:
    """What is wrong with a log that a witness does not know again."""
    if witness.head.count > end.count:
        return Fault(end.count + 1, FaultKind.CUT)
    return Fault(witness.head.count, FaultKind.HEAD)
