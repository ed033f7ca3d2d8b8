"""Whether the clock of the machine can be right: the log knows a later moment, or it does not."""

from __future__ import annotations

from datetime import datetime, timedelta

from chibo.office.memory.remembering import Memory
from chibo.store.audit_log import entries

_SLIP = timedelta(hours=1)
"""How far a clock may be put back without a word: it was put right."""


def later_than_the_clock(memory: Memory) -> datetime | None:
    """When the log's last entry was made, where the clock is behind that: who is late would be counted wrongly."""
    with memory.store.reading() as reading:
        last = next(entries(reading.connection, last=1, as_it_lies=True), None)
    return last.at if last is not None and last.at - memory.store.clock() > _SLIP else None
