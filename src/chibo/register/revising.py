"""What would change if a register was brought to what another one says: shown before it is done."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from attrs import frozen

from chibo.register.register import Register


class Revision(StrEnum):
    """What happens to a record."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@frozen(kw_only=True)
class RecordRevision:
    """One record that differs; `group` is its part of the register. What does not exist before or after is None."""

    group: str
    revision: Revision
    before: Any = None
    after: Any = None

    @property
    def record(self) -> Any:
        """The record as it will be, or as it was where it goes."""
        return self.after if self.after is not None else self.before


def revisions(present: Register, wanted: Register) -> tuple[RecordRevision, ...]:
    """What differs, group by group in the order of keys; the first of two records of one key counts."""
    found: list[RecordRevision] = []
    others = wanted.record_groups()
    for group, records in present.record_groups().items():
        before = {record.key: record for record in reversed(records)}
        after = {record.key: record for record in reversed(others[group])}
        for key in sorted({*before, *after}, key=repr):
            old, new = before.get(key), after.get(key)
            if old != new:
                kind = Revision.ADDED if old is None else Revision.REMOVED if new is None else Revision.CHANGED
                found.append(RecordRevision(group=group, revision=kind, before=old, after=new))
    return tuple(found)


def revised(present: Register, changes: tuple[RecordRevision, ...]) -> Register:
    """The register after these revisions."""
    groups: dict[str, tuple[Any, ...]] = {}
    for group, records in present.record_groups().items():
        by_key = {record.key: record for record in records}
        for change in changes:
            if change.group == group:
                if change.after is None:
                    by_key.pop(change.record.key, None)
                else:
                    by_key[change.record.key] = change.after
        groups[group] = tuple(by_key.values())
    return Register(**groups)
