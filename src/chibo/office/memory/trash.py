"""The trash of an office: what is in it, what is taken back, and what is destroyed when its days are over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from chibo.access import Act
from chibo.errors import ChiboError
from chibo.office.memory.remembering import Memory
from chibo.office.memory.retention import pick, require_trash, subjects_of
from chibo.store import Reading
from chibo.store.namings import Naming, forget_parts, read_namings
from chibo.store.submissions import read_submission
from chibo.store.trash import mark_destroyed, read_trash, take_from_trash
from chibo.submissions import Submission
from chibo.submissions.retention import Discarded, spent_files

_NOT_THERE = "«{name}» không có trong thùng rác, hoặc đã hủy."


@frozen(kw_only=True)
class TrashedFile:
    """A file in the trash, or one that was destroyed, with the submissions that name it."""

    discarded: Discarded
    namings: tuple[Naming, ...] = ()

    @property
    def content_hash(self) -> str:
        """The hash of the file."""
        return self.discarded.content_hash


def list_trash(memory: Memory) -> tuple[TrashedFile, ...]:
    """What is in the trash and what was destroyed, in the order in which it was put there. Raises NotAllowedError."""
    with memory.reading() as (reading, standing):
        require_trash(standing)
        return _trashed(reading)


def discarded_of(memory: Memory, submission: Submission) -> Mapping[str, Discarded]:
    """The editions of a submission whose files are in the trash or were destroyed, by hash."""
    hashes = {one.content_hash for one in submission.editions}
    with memory.reading() as (reading, _):
        return {one.content_hash: one for one in read_trash(reading) if one.content_hash in hashes}


def restore_from_trash(memory: Memory, which: Sequence[str], reason: str = "") -> tuple[TrashedFile, ...]:
    """Take files out of the trash, named by receipt or hash.

    Raises NotAllowedError, ChiboError where one of them is not there (any more).
    """
    with memory.writing() as (writing, standing):
        standing.require(Act.DISCARD)
        there = [one for one in _trashed(writing) if one.discarded.destroyed_on is None]
        chosen = pick(there, which, _NOT_THERE, "chibo trash list")
        for one in chosen:
            if not memory.store.files.has(one.content_hash):
                raise ChiboError(f"Tệp {one.content_hash[:12]}… không còn trên đĩa. Hãy lấy lại từ bản sao lưu.")
            take_from_trash(writing, one.content_hash, subjects_of(one), reason)
        return tuple(chosen)


def empty_trash(memory: Memory) -> tuple[TrashedFile, ...]:
    """Destroy what has lain in the trash for its days; what was destroyed.

    A file on which something has come to rest meanwhile goes back instead. Raises NotAllowedError.
    """
    with memory.writing() as (writing, standing):
        standing.require(Act.EMPTY_TRASH)
        writing.may_change_nothing = True
        destroyed = []
        for one in _trashed(writing):
            if one.discarded.destroyed_on is not None or one.discarded.empties_on > standing.day:
                continue
            if not _is_spent(writing, one):
                take_from_trash(writing, one.content_hash, subjects_of(one), "có bản đang dựa vào")
                continue
            mark_destroyed(writing, one.discarded, standing.day, subjects_of(one))
            forget_parts(writing, one.content_hash)
            destroyed.append(evolve(one, discarded=evolve(one.discarded, destroyed_on=standing.day)))
    _sweep(memory)
    return tuple(destroyed)


def _sweep(memory: Memory) -> None:
    """Take away the files that are marked as destroyed, also those that a crash has left.

    Under the writers' lock: whoever hands such a file in again meanwhile keeps it.
    """
    with memory.store.writing(memory.user) as writing:
        writing.may_change_nothing = True
        for one in read_trash(writing):
            if one.destroyed_on is not None:
                memory.store.files.destroy(one.content_hash)


def _is_spent(reading: Reading, one: TrashedFile) -> bool:
    found = (read_submission(reading, naming.unit_code, naming.period) for naming in one.namings)
    return all(one.content_hash in spent_files(submission) for submission in found)


def _trashed(reading: Reading) -> tuple[TrashedFile, ...]:
    lying = read_trash(reading)
    wanted = {one.content_hash for one in lying}
    namings: defaultdict[str, list[Naming]] = defaultdict(list)
    for naming in read_namings(reading) if wanted else ():
        if naming.content_hash in wanted:
            namings[naming.content_hash].append(naming)
    return tuple(TrashedFile(discarded=one, namings=tuple(namings[one.content_hash])) for one in lying)
