"""The register in the database: a row for each record, replaced or taken out by its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from attrs import fields, frozen

from chibo.audit import AuditAct
from chibo.model.digest import canonical_digest
from chibo.register import Alias, Assignment, ChangeOfUnit, Person, Register, Role, UnitChange, UnitLevel
from chibo.register.revising import RecordRevision
from chibo.store.columns import Day, Line, Text, Word
from chibo.store.schema import METADATA, row_of
from chibo.store.sessions import Reading, Writing


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, Text(), nullable=False)


def _key() -> sa.Column[str]:
    """What the record's own key is, as text: see `key_of`."""
    return sa.Column("key", Line(400), primary_key=True)


UNIT_CHANGES = sa.Table(
    "unit_changes",
    METADATA,
    _key(),
    _text("unit_code"),
    sa.Column("day", Day(), nullable=False),
    sa.Column("change", Word(ChangeOfUnit), nullable=False),
    _text("name"),
    sa.Column("level", Word(UnitLevel)),
    _text("parent_code"),
    _text("kind"),
    _text("merged_into"),
    _text("decision"),
    _text("note"),
)
ALIASES = sa.Table("unit_aliases", METADATA, _key(), _text("alias"), _text("unit_code"))
PERSONS = sa.Table(
    "persons",
    METADATA,
    _key(),
    _text("person_code"),
    _text("full_name"),
    _text("user"),
    _text("contact"),
    _text("note"),
)
ASSIGNMENTS = sa.Table(
    "assignments",
    METADATA,
    _key(),
    _text("person_code"),
    sa.Column("role", Word(Role), nullable=False),
    _text("unit_code"),
    sa.Column("since", Day(), nullable=False),
    sa.Column("until", Day()),
    _text("decision"),
)


@frozen
class Group:
    """Where the records of a group are kept, and what their change is called in the log."""

    table: sa.Table
    record: type[Any]
    act: AuditAct


GROUPS: Mapping[str, Group] = {
    "changes": Group(UNIT_CHANGES, UnitChange, AuditAct.UNIT_REGISTERED),
    "aliases": Group(ALIASES, Alias, AuditAct.ALIAS_CONFIRMED),
    "persons": Group(PERSONS, Person, AuditAct.PERSON_REGISTERED),
    "assignments": Group(ASSIGNMENTS, Assignment, AuditAct.ROLE_ASSIGNED),
}


def read_register(reading: Reading) -> Register:
    """The whole register."""
    return Register(**{name: _records(reading.connection, group) for name, group in GROUPS.items()})


def save_revisions(writing: Writing, revisions: Iterable[RecordRevision], reason: str = "") -> None:
    """Bring the register to what these revisions say, each with its word in the log."""
    for revision in revisions:
        group = GROUPS[revision.group]
        table, key = group.table, key_of(revision.record)
        writing.connection.execute(table.delete().where(table.c.key == key))
        if revision.after is not None:
            writing.connection.execute(table.insert(), {"key": key, **row_of(revision.after, table)})
        writing.note(group.act, key, before=_digest(revision.before), after=_digest(revision.after), reason=reason)


def _records(connection: sa.Connection, group: Group) -> tuple[Any, ...]:
    names = [field.name for field in fields(group.record) if field.name in group.table.columns]
    wanted = sa.select(*(group.table.c[name] for name in names)).order_by(group.table.c.key)
    return tuple(group.record(**row._mapping) for row in connection.execute(wanted))


def key_of(record: Any) -> str:
    """The key of a record as text, such as `cb01 · 2026-03-01 · 1`."""
    return " · ".join(str(part) for part in record.key)


def _digest(record: Any) -> str:
    return "" if record is None else canonical_digest(record)
