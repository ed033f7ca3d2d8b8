"""All tables against the log, in the order in which people would look into them."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.audit import Disagreement, Replay
from chibo.store.agreement.periods import wrong_exceptions, wrong_periods
from chibo.store.agreement.register import wrong_records
from chibo.store.agreement.submissions import wrong_editions, wrong_steps
from chibo.store.agreement.trash import wrong_trash
from chibo.store.sessions import Reading


def wrong_tables(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Whatever a table says otherwise than the log that was heard from beginning to end, in the same reading."""
    for compared in (wrong_records, wrong_periods, wrong_exceptions, wrong_editions, wrong_steps, wrong_trash):
        yield from compared(reading, replay)
