"""Witnesses of the log: heads that were written down outside it, each held against what the log says now.

A log whose end was cut off holds together by itself. Whoever cuts it must also reach every receipt, the file beside the
database, and every backup that somebody carried away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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
    """What came of holding a log against its witnesses: its end, its first fault, and who says something else.

    So many of each kind were `asked`.
    """

    head: Head
    fault: Fault | None
    asked: Mapping[WitnessKind, int]
    disagreeing: tuple[Witness, ...]


def held_against(entries: Iterable[Entry], witnesses: Iterable[Witness]) -> Holding:
    """Follow the log to its end, then ask every witness; each is read once, and none of them all kept."""
    said: dict[int, str] = {}
    last: Entry | None = None

    def watched() -> Iterator[Entry]:
        nonlocal last
        for last in entries:
            said[last.number] = last.hash
            yield last

    following = watched()
    faults = [first_fault(following)]
    for _ in following:
        pass  # what comes after a fault is still asked for by witnesses
    end = last.head if last else EMPTY
    asked: Counter[WitnessKind] = Counter()
    disagreeing = []
    for witness in witnesses:
        asked[witness.kind] += 1
        if witness.head.count and said.get(witness.head.count) != witness.head.hash:
            disagreeing.append(witness)
            faults.append(_fault(witness, end))
    first = min((fault for fault in faults if fault is not None), key=lambda fault: fault.number, default=None)
    return Holding(head=end, fault=first, asked=asked, disagreeing=tuple(disagreeing))


def _fault(witness: Witness, end: Head) -> Fault:
    """What is wrong with a log that a witness does not know again."""
    if witness.head.count > end.count:
        return Fault(end.count + 1, FaultKind.CUT)
    return Fault(witness.head.count, FaultKind.HEAD)
