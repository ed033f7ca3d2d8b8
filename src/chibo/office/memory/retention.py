"""What may go: files on which nothing rests any more, once the rules of the office no longer keep them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from attrs import frozen

from chibo.access import Act
from chibo.definitions.retention import RetentionRule
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.memory.remembering import Memory, Standing
from chibo.store import Reading
from chibo.store.namings import Naming, read_namings
from chibo.store.periods import read_periods
from chibo.store.submissions import read_submissions
from chibo.store.trash import put_into_trash, read_trash
from chibo.submissions.retention import Discarded, kept_until, spent_files


class DueKind(StrEnum):
    """What a file is that may go."""

    SUPERSEDED = "superseded"
    SENT_COPY = "sent-copy"
    UNNAMED = "unnamed"


@frozen(kw_only=True)
class DueFile:
    """A file that may go; `until` is the last day on which it was kept, None where no submission names it."""

    content_hash: str
    namings: tuple[Naming, ...] = ()
    until: date | None = None

    @property
    def kind(self) -> DueKind:
        """What it is."""
        if not self.namings:
            return DueKind.UNNAMED
        return DueKind.SUPERSEDED if any(one.receipt for one in self.namings) else DueKind.SENT_COPY


class Named(Protocol):
    """Something that is one kept file, with the submissions that name it."""

    @property
    def content_hash(self) -> str: ...  # noqa: D102

    @property
    def namings(self) -> tuple[Naming, ...]: ...  # noqa: D102


N = TypeVar("N", bound=Named)
_Key = tuple[str, Period, str]
_SHORTEST_HASH = 8


def due_files(memory: Memory) -> tuple[DueFile, ...]:
    """Everything that may go today and is not in the trash yet, by receipt. Raises NotAllowedError."""
    with memory.reading() as (reading, standing):
        require_trash(standing)
        return tuple(_due(memory, reading, standing.day))


def discard(memory: Memory, which: Sequence[str], reason: str) -> tuple[DueFile, ...]:
    """Put files that may go into the trash: those named by receipt or hash, all where none is named.

    Raises NotAllowedError, ChiboError where one of them may not go, or no reason is given.
    """
    if not reason.strip():
        raise ChiboError("Bỏ vào thùng rác thì nêu lý do.", command="--reason «…»")
    with memory.writing() as (writing, standing):
        standing.require(Act.DISCARD)
        rule = memory.library.retention.rule(standing.day)
        due = list(_due(memory, writing, standing.day))
        chosen = pick(due, which, _NOT_DUE, "chibo trash due") if which else due
        if rule is None or not chosen:
            writing.may_change_nothing = True
            return ()
        for one in chosen:
            discarded = Discarded(
                content_hash=one.content_hash,
                actor=standing.actor.user,
                day=standing.day,
                at=writing.at,
                reason=reason,
                empties_on=standing.day + timedelta(days=rule.trash_days),
            )
            put_into_trash(writing, discarded, subjects_of(one))
        return tuple(chosen)


def pick(found: Iterable[N], which: Iterable[str], unknown: str, command: str) -> list[N]:
    """Of some files those named: by the number of a receipt, or by the beginning of their hash.

    Raises ChiboError, in the words of `unknown`, where one name fits none; `command` lists those that would.
    """
    listed = list(found)
    chosen: dict[str, N] = {}
    for name in which:
        fitting = [one for one in listed if _fits(one, name.strip().lower())]
        if not fitting:
            raise ChiboError(unknown.format(name=name), command=command)
        chosen |= {one.content_hash: one for one in fitting}
    return list(chosen.values())


def subjects_of(one: Named) -> tuple[str, ...]:
    """What the log calls a file: the submissions that name it, its hash where none does."""
    return tuple(dict.fromkeys(naming.subject for naming in one.namings)) or (one.content_hash,)


def require_trash(standing: Standing) -> None:
    """Let those see the trash who fill it and who empty it. Raises NotAllowedError."""
    if not standing.may(Act.EMPTY_TRASH):
        standing.require(Act.DISCARD)


_NOT_DUE = (
    "«{name}» chưa bỏ được. Chỉ bỏ được bản đã có bản khác thay, chưa từng được thẩm định, và đã hết hạn giữ "
    "(sheets/rules/retention.toml)."
)


def _due(memory: Memory, reading: Reading, day: date) -> Iterator[DueFile]:
    rule = memory.library.retention.rule(day)
    if rule is None:
        return
    named: defaultdict[str, list[Naming]] = defaultdict(list)
    for naming in read_namings(reading):
        named[naming.content_hash].append(naming)
    spent = _spent(reading, rule, day)
    known = {one.content_hash for one in read_trash(reading)}
    for digest, namings in named.items():
        until = [spent.get((one.unit_code, one.period, digest)) for one in namings]
        if digest not in known and None not in until:
            yield DueFile(content_hash=digest, namings=tuple(namings), until=max(filter(None, until)))
    if rule.unnamed_days is not None:
        old = memory.store.files.written_by(memory.store.clock() - timedelta(days=rule.unnamed_days))
        yield from (DueFile(content_hash=digest) for digest in sorted(old - known - named.keys()))


def _spent(reading: Reading, rule: RetentionRule, day: date) -> Mapping[_Key, date]:
    """The spent files of all periods that are old enough, with the last day on which they were kept."""
    found: dict[_Key, date] = {}
    for period in read_periods(reading) if rule.superseded_years else ():
        until = kept_until(period, rule.superseded_years or 0)
        if until < day:
            for code, submission in read_submissions(reading, period.period).items():
                found |= {(code, period.period, digest): until for digest in spent_files(submission)}
    return found


def _fits(one: Named, name: str) -> bool:
    if name.isdecimal() and len(name) < _SHORTEST_HASH:
        return any(naming.receipt == int(name) for naming in one.namings)
    return len(name) >= _SHORTEST_HASH and one.content_hash.startswith(name)
