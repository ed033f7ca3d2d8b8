"""Whatever an answer holds, reading it takes so much memory and time and no more; nothing honest comes near that."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack

from chibo.consolidation import BookOutcome
from chibo.definitions.library import Library
from chibo.engine import held_once, most_findings
from chibo.engine.answer_bytes import OUTCOMES, answers_of
from chibo.engine.answers import ANSWERS
from chibo.engine.book_source import BookSource
from chibo.engine.errands import Errand, Work
from chibo.engine.judging import judge_book
from chibo.engine.most_findings import MORE_FINDINGS, the_weightiest
from chibo.engine.single_files import done
from chibo.engine.value_count import MOST_VALUES, is_too_much
from chibo.findings import Finding, FindingKind, Severity, blocks_book
from chibo.model import Place
from tables import a_workbook

LIBRARY = Library()
TODAY = date(2026, 4, 10)

values = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.floats()),
        *(st.text(max_size=40), st.binary(max_size=300)),
        st.builds(msgpack.Ext, st.integers(-128, 127), st.binary(max_size=20)),
        st.sampled_from(["x" * 300, "ệ" * 30_000, b"x" * 70_000, [0] * 20, [None] * 70_000]),
    ),
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(st.integers(0, 2**40) | st.text(), inner, max_size=20),
    max_leaves=12,
)


def number_of(value: Any) -> int:
    """How many values a tree has; of a text that is not short each 32 bytes are one more."""
    if isinstance(value, list):
        return 1 + sum(map(number_of, value))
    if isinstance(value, dict):
        return 1 + sum(map(number_of, [*value, *value.values()]))
    length = len(value.encode()) if isinstance(value, str) else 0
    return 1 + (length // 32 if length > 31 else 0)


@given(values)
def test_values_are_counted_as_they_are(value: Any) -> None:
    data, number = msgpack.encode(value), number_of(value)
    assert not is_too_much(b"?" + data, 1, number)
    assert is_too_much(b"?" + data, 1, number - 1) or len(data) < number


@given(st.binary(), st.integers(0, 40))
def test_bytes_that_stand_for_nothing_are_counted_to_their_end(data: bytes, most: int) -> None:
    assert is_too_much(data, 0, most) in {True, False}


OUTCOME: list[Any] = ["so.xlsx", True, None, [], [], "", None]
LEAST_FINDING: list[Any] = [["", "note", ""], ["", "", ""], "", "", {}, None, [], False]


def told(outcome: list[Any], first: bytes = b"\x00") -> bytes:
    return first + msgpack.encode([outcome, None, None])


def with_findings(findings: list[Any]) -> list[Any]:
    return [*OUTCOME[:4], findings, *OUTCOME[5:]]


@pytest.mark.parametrize(
    ("lie", "first"),
    [
        (with_findings([LEAST_FINDING] * (MOST_VALUES // 10)), b"\x00"),
        (with_findings([[*LEAST_FINDING[:6], [["", "", ""]] * (MOST_VALUES // 3), False]]), b"\x00"),
        (["x" * (40 * MOST_VALUES) + "😀", *OUTCOME[1:]], b"\x00"),
        (with_findings([LEAST_FINDING] * (MOST_VALUES // 40)), b"\x01"),
        (["\x1a0041" * (MOST_VALUES // 3), *OUTCOME[1:]], b"\x01"),
    ],
    ids=["findings", "places", "text", "surrogates", "escapes"],
)
def test_of_an_answer_with_more_values_than_anybody_needs_none_is_made(lie: list[Any], first: bytes) -> None:
    with pytest.raises(ValueError, match="too many values"):
        OUTCOMES.load(told(lie, first))


def test_about_a_single_file_twice_as_much_may_be_told() -> None:
    rows = answers_of(ANSWERS[Work.LIST])
    for number in (MOST_VALUES, 2 * MOST_VALUES):
        data = b"\x00" + msgpack.encode([[[""] * (number - 10)], None, None])
        assert len(rows.load(data)[0]) == number - 10
    with pytest.raises(ValueError, match="too many values"):
        rows.load(b"\x00" + msgpack.encode([[[""] * (2 * MOST_VALUES)], None, None]))


def test_an_answer_with_as_many_findings_as_are_told_and_twice_that_of_long_texts_is_read() -> None:
    finding = [["X" * 40, "warn", "10"], ["ệ" * 60, "ệ" * 31, "AA1000"], "ệ" * 80, "ệ" * 80, {"x": "ệ" * 80, "y": "z"}]
    lie = with_findings([[*finding, "2026-03", [["ệ" * 60, "", "A1"]] * 4, False]] * 2 * most_findings.MOST_FINDINGS)
    assert isinstance(OUTCOMES.load(told(lie)), BookOutcome)


def test_of_a_large_answer_nothing_is_held() -> None:
    lie = with_findings([[*LEAST_FINDING[:4], {"x": "y" * 2**20}, None, [], False]])
    assert isinstance(OUTCOMES.load(told(lie)), BookOutcome)
    assert held_once._texts.cache_info().currsize == 0


# A book of which very much is to be told.

BLOCK, WARN, NOTE = (FindingKind(f"TEST_OF_MOST_{one}", one) for one in Severity)


def several(*kinds: FindingKind) -> tuple[Finding, ...]:
    return tuple(kind.at(Place("so.xlsx", "Sinh hoạt", f"A{row}")) for row, kind in enumerate(kinds, 2))


def test_of_very_many_findings_the_weightiest_are_told_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(most_findings, "MOST_FINDINGS", 3)
    found = several(NOTE, WARN, NOTE, BLOCK, WARN)
    *told, last = the_weightiest(found, "so.xlsx")
    assert told == [found[3], found[1], found[4]]
    assert last == MORE_FINDINGS.at(Place("so.xlsx"), seen=2, expected=3)
    assert the_weightiest(found[:3], "so.xlsx") == found[:3]


def test_what_refuses_a_book_is_told_however_much_stands_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(most_findings, "MOST_FINDINGS", 2)
    found = several(BLOCK, BLOCK, BLOCK, BLOCK)
    assert blocks_book(the_weightiest((*found[:3], evolve(found[3], of_book=True)), "so.xlsx"))


MEETINGS = """
    | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Có mặt |
    | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      | một ít |
    | 2026-02 | Thường kỳ | hôm nào        | sáng        | trưa         | đủ     |
    | 2026-01 | Thường kỳ | hôm nào        | sáng        | trưa         | đủ     |
"""
FAULTY = a_workbook({"Sinh hoạt": MEETINGS})


def judged() -> BookOutcome:
    return judge_book(BookSource("so.xlsx", "so.xlsx", data=FAULTY), FAULTY, LIBRARY, TODAY)


def test_what_is_made_of_a_book_rests_on_all_its_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = judged()
    assert whole.accepted
    assert len(whole.findings) > 5
    monkeypatch.setattr(most_findings, "MOST_FINDINGS", 3)
    cut = judged()
    assert len(cut.findings) == 4
    assert cut.findings[-1].kind is MORE_FINDINGS
    assert evolve(cut, findings=()) == evolve(whole, findings=())
    assert [record.facts for record in cut.records] == [record.facts for record in whole.records]


ABOUT_A_BOOK = (Work.RECEIVE, Work.READ, Work.OPEN, Work.HAND_IN, Work.TRACE, Work.MOVE, Work.MARK)


@pytest.mark.parametrize("work", [*ABOUT_A_BOOK, Work.REGISTER])
def test_so_is_every_single_file(monkeypatch: pytest.MonkeyPatch, work: Work) -> None:
    monkeypatch.setattr(most_findings, "MOST_FINDINGS", 0)
    answer: Any = done(Errand(work, FAULTY, "so.xlsx"), LIBRARY, TODAY)
    parts = (answer, getattr(answer, "received", None), getattr(answer, "reading", None))
    told = [part.findings for part in parts if hasattr(part, "findings")]
    assert told
    assert all([finding.kind for finding in findings] == [MORE_FINDINGS] for findings in told)
