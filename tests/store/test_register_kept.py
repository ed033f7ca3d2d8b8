"""The register in the database: given back as it was put in, each change with its word in the log."""

from __future__ import annotations

from datetime import date

from chibo.register import Alias, Assignment, ChangeOfUnit, Person, Register, Role, UnitChange, UnitLevel
from chibo.register.revising import revisions
from chibo.store import Store
from chibo.store.audit_log import entries
from chibo.store.register import read_register, save_revisions

FOUNDED = UnitChange(
    unit_code="CB01",
    day=date(2025, 1, 1),
    change=ChangeOfUnit.FOUNDED,
    name="Chi bộ Một",
    level=UnitLevel.CELL,
    parent_code="DB01",
    note="ghi «chú»",
)
WHOLE = Register(
    changes=(FOUNDED, UnitChange(unit_code="cb01", day=date(2025, 1, 2), change=ChangeOfUnit.CLOSED)),
    aliases=(Alias(alias="CB 1", unit_code="CB01"),),
    persons=(Person(person_code="N1", full_name="Nguyễn Văn Mẫu", user="an"),),
    assignments=(Assignment(person_code="N1", role=Role.SUBMITTER, since=date(2025, 1, 1)),),
)


def brought_to(store: Store, wanted: Register) -> Register:
    with store.writing("an") as writing:
        save_revisions(writing, revisions(read_register(writing), wanted), reason="danh-ba.xlsx")
    with store.reading() as reading:
        return read_register(reading)


def test_a_register_is_given_back_as_it_was_put_in(store: Store) -> None:
    assert brought_to(store, WHOLE) == WHOLE


def test_a_record_is_replaced_and_taken_out_with_digests_of_before_and_after(store: Store) -> None:
    brought_to(store, WHOLE)
    other = Register(changes=WHOLE.changes[:1], persons=(Person(person_code="n1", full_name="Trần Thị Thử"),))
    assert brought_to(store, other) == other
    with store.reading() as reading:
        log = [entry for entry in entries(reading.connection, subject="n1") if entry.act == "person-registered"]
    assert [bool(entry.before) for entry in log] == [False, True]
    assert log[0].after == log[1].before != log[1].after
