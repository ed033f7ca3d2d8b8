"""Seals and digests are put together by hand, and are those of the JSON that anybody can write."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from chibo.audit import EMPTY, Entry, Fault, FaultKind, first_fault, sealed_after
from chibo.store.rows import digester, row_digest

WORDS = ("actor", "act", "subject", "before", "after", "reason")
ANY_TEXT = st.text(st.characters(), max_size=12)
ANY_VALUE = st.one_of(ANY_TEXT, st.none(), st.booleans(), st.integers(), st.sampled_from(["[]", "", 0]))


def digest_of_json(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


@given(
    at=st.datetimes(timezones=st.just(UTC)),
    words=st.fixed_dictionaries(dict.fromkeys(WORDS, ANY_TEXT)),
    record=ANY_TEXT,
)
def test_an_entry_is_sealed_with_the_hash_of_its_list(at: datetime, words: dict[str, str], record: str) -> None:
    entry = sealed_after(EMPTY, Entry(at=at, record=record, **words))
    said = [1, at.isoformat(), *(words[name] for name in WORDS), "", *([record] if record else [])]
    assert entry.hash == digest_of_json(said)


@given(row=st.dictionaries(ANY_TEXT, ANY_VALUE, max_size=6))
def test_a_row_has_the_digest_of_its_object_without_what_is_empty(row: dict[str, object]) -> None:
    said = {name: row[name] for name in sorted(row) if row[name] not in (None, "", "[]", False)}
    plain = {name: int(value) if value is True else value for name, value in said.items()}
    assert row_digest(row) == digest_of_json(plain)
    assert digester((*row, "passed over"), without=("passed over",))((*row.values(), "x")) == digest_of_json(plain)


def test_what_is_no_text_never_was_sealed() -> None:
    entry = sealed_after(EMPTY, Entry(at=datetime(2026, 1, 1, tzinfo=UTC), actor="an", act="act"))
    assert first_fault([evolve(entry, actor=b"an")]) == Fault(1, FaultKind.CONTENT)
