"""The log of the office: read, held against the heads written down elsewhere; and the whole office held against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from attrs import field, frozen

from chibo.access import Act
from chibo.audit import Disagreement, Entry, Fault, Head, Replay, Witness, WitnessKind, held_against
from chibo.file_names import printable
from chibo.office.memory.remembering import Memory
from chibo.store.agreement import wrong_database, wrong_definitions, wrong_files, wrong_tables
from chibo.store.audit_log import entries
from chibo.store.backups import check_backup
from chibo.store.submissions import receipt_heads


@frozen(kw_only=True)
class LogCheck:
    """What came of looking the whole log over: its head, and its first fault with the entry it stands at.

    So many witnesses of each kind were `asked`, `disagreeing` are those that say something else. `differences` are
    what the office holds otherwise than a whole log says, what is wrong with the database itself first; `in_part`
    entries, of before they had the digest of their rows, could be compared by who, when, act and part alone.
    """

    head: Head
    fault: Fault | None
    entry: Entry | None = None
    asked: Mapping[WitnessKind, int] = field(factory=dict)
    disagreeing: tuple[Witness, ...] = ()
    differences: tuple[Disagreement, ...] = ()
    in_part: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the log is whole, and the office what it says."""
        return self.fault is None and not self.differences and not self.without_heads

    @property
    def without_heads(self) -> bool:
        """Whether the file beside the database knows of no entry though there are some: somebody emptied it."""
        return bool(self.head.count) and not self.asked.get(WitnessKind.HEADS_FILE)


def check_log(
    memory: Memory,
    backups: Sequence[Path] = (),
    passphrase: str = "",
    *,
    files: bool = True,
    advance: Callable[[int, int], None] = lambda _done, _of: None,
) -> LogCheck:
    """Hold the log against every head that was written down elsewhere, those of these backup files among them.

    The database is looked over whatever the log is. Where that is whole, the tables, the published definitions and,
    with `files`, all kept files are held against it, and what else lies among these is told; without `files` only a
    quick look is taken at the database. `advance` is told after each file how many of how many are done. Anybody may:
    of what stands in the log only what somebody changed is told. Raises ChiboError for a backup that is damaged or
    sealed.
    """
    # What lies outside is read before the database is looked at: it never knows of entries that came later.
    outside = [
        *(Witness(WitnessKind.HEADS_FILE, "", Head(*one)) for one in memory.store.heads().items()),
        *(Witness(WitnessKind.BACKUP, printable(path.name), check_backup(path, passphrase).head) for path in backups),
    ]
    with memory.store.reading() as reading:
        differences = [*wrong_database(reading, thorough=files)]
        receipts = (Witness(WitnessKind.RECEIPT, str(number), head) for number, head in receipt_heads(reading))
        replay = Replay()
        log = replay.listening(entries(reading.connection, as_it_lies=True))
        holding = held_against(log, chain(receipts, outside))
        fault = holding.fault
        entry = next(entries(reading.connection, number=fault.number, as_it_lies=True), None) if fault else None
        if not fault:
            differences += wrong_tables(reading, replay)
        if files and not fault:
            differences += wrong_files(memory.store, reading, advance)
    if not fault and memory.library.office is not None:
        differences += wrong_definitions(memory.store, memory.library.office, replay)
    return LogCheck(
        head=holding.head,
        fault=fault,
        entry=entry,
        asked=holding.asked,
        disagreeing=holding.disagreeing,
        differences=tuple(differences),
        in_part=replay.without_record,
    )


def read_log(memory: Memory, *, subject: str | None = None, last: int | None = None) -> tuple[Entry, ...]:
    """Entries of the log in their order. Raises NotAllowedError."""
    with memory.reading() as (reading, standing):
        standing.require(Act.READ_LOG)
        return tuple(entries(reading.connection, subject=subject, last=last))
