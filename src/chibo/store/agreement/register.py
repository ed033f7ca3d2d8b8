"""The register against the log: each record is what was logged last under its key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import fields

from chibo.audit import AuditAct, Disagreement, How, Matter, Replay
from chibo.model.digest import canonical_digest
from chibo.store.register import GROUPS, Group, key_of
from chibo.store.rows import raw_rows, typed_row
from chibo.store.sessions import Reading

_MATTERS = {
    AuditAct.UNIT_REGISTERED: Matter.UNIT,
    AuditAct.ALIAS_CONFIRMED: Matter.ALIAS,
    AuditAct.PERSON_REGISTERED: Matter.PERSON,
    AuditAct.ROLE_ASSIGNED: Matter.ROLE,
}


def wrong_records(reading: Reading, replay: Replay) -> Iterator[Disagreement]:
    """Records of units, spellings, people and roles that are not what was logged."""
    for group in GROUPS.values():
        told = {subject: entry for (act, subject), entry in replay.register.items() if act == group.act}
        for row in raw_rows(reading.connection, group.table, "key"):
            key = str(row.key)
            entry = told.pop(key, None)
            how = How.UNTOLD if entry is None or not entry.after else How.DIFFERENT
            if entry is None or entry.after != _digest(group, row):
                yield Disagreement(matter=_MATTERS[group.act], how=how, subject=key, found=_shown(row), entry=entry)
        for key, entry in told.items():
            if entry.after:
                yield Disagreement(matter=_MATTERS[group.act], how=How.MISSING, subject=key, entry=entry)


def _digest(group: Group, row: Any) -> str:
    """The digest of the record as the log has it; "" for one that is none, or lies under another's key."""
    typed = typed_row(group.table, row)
    if typed is None:
        return ""
    record = group.record(**{one.name: typed[one.name] for one in fields(group.record) if one.name in typed})
    return canonical_digest(record) if key_of(record) == row.key else ""


def _shown(row: Any) -> dict[str, str]:
    said = (str(value) for name, value in row._asdict().items() if name != "key" and value not in {None, ""})
    return {"values": ", ".join(said)}
