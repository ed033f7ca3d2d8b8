"""The log of the office: read by those who may, and held against the heads that were written down elsewhere."""

from __future__ import annotations

from attrs import frozen

from chibo.access import Act
from chibo.audit import Entry, Fault, Head, first_fault
from chibo.office.memory.remembering import Memory
from chibo.store.audit_log import entries, head_of
from chibo.store.submissions import receipt_heads


@frozen
class LogCheck:
    """What came of looking the whole log over: its head, and its first fault with the entry it stands at."""

    head: Head
    fault: Fault | None
    entry: Entry | None = None


def check_log(memory: Memory) -> LogCheck:
    """Look the log over. Anybody may: it tells nothing of what stands in it."""
    with memory.store.reading() as reading:
        heads = {**receipt_heads(reading), **memory.store.heads()}
        fault = first_fault(entries(reading.connection), heads)
        entry = next(entries(reading.connection, number=fault.number), None) if fault else None
        return LogCheck(head_of(reading.connection), fault, entry)


def read_log(memory: Memory, *, subject: str | None = None, last: int | None = None) -> tuple[Entry, ...]:
    """Entries of the log in their order. Raises NotAllowedError."""
    with memory.reading() as (reading, standing):
        standing.require(Act.READ_LOG)
        return tuple(entries(reading.connection, subject=subject, last=last))
