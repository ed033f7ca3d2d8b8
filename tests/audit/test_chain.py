"""The chain of the log: whatever is done to it, the first entry that is wrong is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from chibo.audit import (
    EMPTY,
    Entry,
    Fault,
    FaultKind,
    Witness,
    WitnessKind,
    first_fault,
    held_against,
    sealed_after,
)

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
FIELDS = ("at", "actor", "act", "subject", "before", "after", "reason", "previous", "hash")


def a_log(length: int) -> list[Entry]:
    entries: list[Entry] = []
    head = EMPTY
    for number in range(length):
        said = Entry(at=BEGIN + timedelta(minutes=number), actor="an", act="act", subject=f"CB{number}")
        entries.append(sealed_after(head, said))
        head = entries[-1].head
    return entries


@given(length=st.integers(0, 12))
def test_a_log_as_it_was_written_is_whole(length: int) -> None:
    entries = a_log(length)
    heads = {entry.number: entry.hash for entry in entries[::2]}
    assert first_fault(entries, heads) is None


@pytest.mark.parametrize("field", FIELDS)
@given(length=st.integers(1, 8), data=st.data())
def test_a_changed_entry_is_named(field: str, length: int, data: st.DataObject) -> None:
    entries = a_log(length)
    index = data.draw(st.integers(0, length - 1))
    other = BEGIN - timedelta(days=1) if field == "at" else "other"
    entries[index] = evolve(entries[index], **{field: other})
    fault = first_fault(entries)
    assert fault is not None
    assert fault.number == index + 1


@given(length=st.integers(2, 8), data=st.data())
def test_an_entry_left_out_is_missed_at_its_place(length: int, data: st.DataObject) -> None:
    entries = a_log(length)
    index = data.draw(st.integers(0, length - 2))
    del entries[index]
    assert first_fault(entries) == Fault(index + 1, FaultKind.LINK)


def test_a_log_cut_short_is_noticed_by_a_head_written_down_elsewhere() -> None:
    entries = a_log(5)
    heads = {5: entries[-1].hash}
    assert first_fault(entries[:3]) is None
    assert first_fault(entries[:3], heads) == Fault(4, FaultKind.CUT)


def test_a_log_written_anew_from_some_entry_on_is_noticed_by_a_head() -> None:
    entries = a_log(4)
    heads = {4: entries[-1].hash}
    forged = [*entries[:2]]
    for entry in (evolve(entries[2], actor="other"), entries[3]):
        forged.append(sealed_after(forged[-1].head, entry))
    assert first_fault(forged) is None
    assert first_fault(forged, heads) == Fault(4, FaultKind.HEAD)


def test_two_fields_are_never_taken_for_each_other() -> None:
    one = sealed_after(EMPTY, Entry(at=BEGIN, actor="ab", act="c"))
    other = sealed_after(EMPTY, Entry(at=BEGIN, actor="a", act="bc"))
    assert one.hash != other.hash


@given(length=st.integers(1, 12), kept=st.integers(0, 12), asked=st.lists(st.integers(1, 12), max_size=5))
def test_whoever_knows_of_an_entry_that_was_cut_off_is_named(length: int, kept: int, asked: list[int]) -> None:
    entries = a_log(length)
    witnesses = [Witness(WitnessKind.BACKUP, "", entries[number - 1].head) for number in asked if number <= length]
    holding = held_against(entries[:kept], witnesses)
    assert holding.head.count == min(kept, length)
    assert list(holding.disagreeing) == [one for one in witnesses if one.head.count > kept]
    assert holding.fault == (Fault(kept + 1, FaultKind.CUT) if holding.disagreeing else None)


def test_witnesses_of_what_stands_after_a_fault_are_still_asked() -> None:
    entries = a_log(5)
    witnesses = [Witness(WitnessKind.RECEIPT, str(entry.number), entry.head) for entry in entries]
    del entries[1]
    holding = held_against(entries, witnesses)
    assert (holding.fault, [one.name for one in holding.disagreeing]) == (Fault(2, FaultKind.LINK), ["2"])
