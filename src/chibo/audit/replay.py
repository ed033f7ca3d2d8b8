"""What a log says that an office must hold: gathered entry by entry, and then held against what it does hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from attrs import define, field, frozen

from chibo.audit.acts import AuditAct
from chibo.audit.chain import Entry

REGISTER_ACTS = frozenset(
    {
        AuditAct.UNIT_REGISTERED,
        AuditAct.ALIAS_CONFIRMED,
        AuditAct.PERSON_REGISTERED,
        AuditAct.ROLE_ASSIGNED,
    }
)
DECISIONS = frozenset(
    {
        AuditAct.SUBMISSION_RETURNED,
        AuditAct.SUBMISSION_VERIFIED,
        AuditAct.SUBMISSION_ACCEPTED,
        AuditAct.SUBMISSION_LOCKED,
        AuditAct.SUBMISSION_UNLOCKED,
        AuditAct.SUBMISSION_REOPENED,
        AuditAct.EDITION_CHOSEN,
    }
)
_CHANGES_OF_PERIOD = frozenset({AuditAct.PERIOD_CLOSED, AuditAct.PERIOD_REOPENED})
_TRASH = frozenset({AuditAct.DISCARDED, AuditAct.BROUGHT_BACK, AuditAct.DESTROYED})
_WITH_RECORD = frozenset({AuditAct.SUBMITTED, *DECISIONS, AuditAct.DISCARDED, AuditAct.DESTROYED})
"""Acts whose entries have the digest of their rows since there is one."""


class Matter(StrEnum):
    """What of an office is held against its log."""

    UNIT = "unit"
    ALIAS = "alias"
    PERSON = "person"
    ROLE = "role"
    PERIOD = "period"
    EXPECTED = "expected-units"
    EXCEPTION = "exception"
    EDITION = "edition"
    IN_USE = "edition-in-use"
    STEP = "step"
    TRASH = "trash"
    FILE = "file"
    FOREIGN_FILE = "foreign-file"
    """What lies among the kept files and is none; the subject is its path among them."""
    DEFINITION = "definition"
    VIEW = "view"
    DATABASE = "database"
    """The database itself, not what stands in it."""


class How(StrEnum):
    """In what way an office differs from its log."""

    DIFFERENT = "different"
    """What is there says something else than what was logged."""
    MISSING = "missing"
    """What was logged is not there."""
    UNTOLD = "untold"
    """It is there, and the log has no word of it."""


@frozen(kw_only=True)
class Disagreement:
    """Something that an office holds otherwise than its log says.

    `subject` names it as the log does, `found` has what is there by name, as far as that tells people something, and
    `entry` is the one that says otherwise, None where there is none.
    """

    matter: Matter
    how: How
    subject: str
    found: Mapping[str, str] = field(factory=dict)
    entry: Entry | None = None


@define
class Replay:
    """The last word of a log on each thing; entries of submissions all, in their order, by subject."""

    register: dict[tuple[str, str], Entry] = field(factory=dict)
    opened: dict[str, Entry] = field(factory=dict)
    changed: dict[str, Entry] = field(factory=dict)
    exceptions: defaultdict[str, list[Entry]] = field(factory=lambda: defaultdict(list))
    submitted: dict[int, Entry] = field(factory=dict)
    decisions: defaultdict[str, list[Entry]] = field(factory=lambda: defaultdict(list))
    trash: dict[str, dict[str, Entry]] = field(factory=dict)
    """By the hash of a file: the entries since it was put there, by act."""
    definitions: dict[str, Entry] = field(factory=dict)
    without_record: int = 0
    """Entries of before there were digests of rows: what they tell can only be compared in part."""

    def listening(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Pass entries on, and remember what they say."""
        for entry in entries:
            self._hear(entry)
            yield entry

    def _hear(self, entry: Entry) -> None:
        act, subject = entry.act, entry.subject
        if act in _WITH_RECORD and not entry.record:
            self.without_record += 1
        if act == AuditAct.SUBMITTED:
            self.submitted[entry.number] = entry
        elif act in DECISIONS:
            self.decisions[subject].append(entry)
        elif act in REGISTER_ACTS:
            self.register[act, subject] = entry
        elif act == AuditAct.PERIOD_OPENED:
            self.opened[subject] = entry
        elif act in _CHANGES_OF_PERIOD:
            self.changed[subject] = entry
        elif act == AuditAct.UNIT_EXCEPTED:
            self.exceptions[subject].append(entry)
        elif act in _TRASH:
            self._hear_of_trash(entry)
        elif act == AuditAct.DEFINITION_PUBLISHED:
            self.definitions[subject] = entry

    def _hear_of_trash(self, entry: Entry) -> None:
        digest = entry.before or entry.after
        if entry.act == AuditAct.BROUGHT_BACK:
            self.trash.pop(digest, None)
        else:
            self.trash.setdefault(digest, {})[entry.act] = entry
