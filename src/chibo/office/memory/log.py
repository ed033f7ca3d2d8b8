"""The log of the office: read by those who may, and held against the heads that were written down elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from chibo.access import Act
from chibo.audit import Entry, Fault, Head, Witness, WitnessKind, held_against
from chibo.office.memory.remembering import Memory
from chibo.store.audit_log import entries
from chibo.store.backups import check_backup
from chibo.store.submissions import receipt_heads


@frozen(kw_only=True)
class LogCheck:
    """What came of looking the whole log over: its head, and its first fault with the entry it stands at.

    `disagreeing` are those of its `witnesses` that say something else.
    """

    head: Head
    fault: Fault | None
    entry: Entry | None = None
    witnesses: tuple[Witness, ...] = ()
    disagreeing: tuple[Witness, ...] = ()

    @property
    def without_heads(self) -> bool:
        """Whether the file beside the database knows of no entry though there are some: somebody emptied it."""
        return bool(self.head.count) and all(one.kind is not WitnessKind.HEADS_FILE for one in self.witnesses)


def check_log(memory: Memory, backups: Sequence[Path] = (), passphrase: str = "") -> LogCheck:
    """Hold the log against every head that was written down elsewhere, those of these backup files among them.

    Anybody may: it tells nothing of what stands in the log. Raises ChiboError for a backup that is damaged or sealed.
    """
    # What lies outside is read before the database is looked at: it never knows of entries that came later.
    outside = [
        *(Witness(WitnessKind.HEADS_FILE, "", Head(*one)) for one in memory.store.heads().items()),
        *(Witness(WitnessKind.BACKUP, path.name, check_backup(path, passphrase).head) for path in backups),
    ]
    with memory.store.reading() as reading:
        receipts = receipt_heads(reading).items()
        witnesses = (*(Witness(WitnessKind.RECEIPT, str(number), head) for number, head in receipts), *outside)
        holding = held_against(entries(reading.connection), witnesses)
        fault = holding.fault
        entry = next(entries(reading.connection, number=fault.number), None) if fault else None
    return LogCheck(head=holding.head, fault=fault, entry=entry, witnesses=witnesses, disagreeing=holding.disagreeing)


def read_log(memory: Memory, *, subject: str | None = None, last: int | None = None) -> tuple[Entry, ...]:
    """Entries of the log in their order. Raises NotAllowedError."""
    with memory.reading() as (reading, standing):
        standing.require(Act.READ_LOG)
        return tuple(entries(reading.connection, subject=subject, last=last))
