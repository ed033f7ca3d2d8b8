"""The digest of a book stands for its values, and for nothing else."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from builders import a_book, a_meeting, a_roll_call, an_info, code
from chibo.model import GridOrigin, Mark, Origin, RollCall, ScoreSheet, TableOrigin
from chibo.model.digest import canonical, digest_of
from chibo.model.vocabulary import MeetingKind

BOOK = a_book(roll_call=a_roll_call({"2026-03": "XXXP"}), self_scores=ScoreSheet({code("2026-03"): {"1": Decimal(5)}}))


@pytest.mark.parametrize(
    "changes",
    [
        {"info": an_info(secretary="Người khác")},
        {"meetings": (a_meeting(present=9),)},
        {"meetings": (a_meeting(kind=MeetingKind.COMBINED),)},
        {"meetings": (a_meeting(state_reason="None"),)},
        {"roll_call": a_roll_call({"2026-03": "XXPX"})},
        {"self_scores": ScoreSheet({code("2026-03"): {"1": Decimal("4.5")}})},
        {"self_scores": ScoreSheet(), "official_scores": BOOK.self_scores},
        {"committee_seats": 3},
    ],
)
def test_any_other_value_gives_another_digest(changes):
    other = evolve(BOOK, **changes)
    assert other != BOOK
    assert digest_of(other) != digest_of(BOOK)


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "tên khác.xlsx"},
        {"self_scores": ScoreSheet({code("2026-03"): {"1": Decimal("5.0")}}, maxima={"1": Decimal(5)})},
        {"meetings": (evolve(a_meeting(), origin=Origin(TableOrigin("a", "b", 1, {}), 9)),)},
        {
            "roll_call": RollCall(
                {
                    code("2026-03"): {
                        "DV04": Mark.EXCUSED,
                        "DV03": Mark.PRESENT,
                        "DV02": Mark.PRESENT,
                        "DV01": Mark.PRESENT,
                    }
                },
                names={"DV01": "Tên"},
                origin=GridOrigin("a", "b", 1, {}, {}),
            )
        },
    ],
)
def test_places_and_order_and_ways_of_writing_do_not_count(changes):
    other = evolve(BOOK, **changes)
    assert other == BOOK
    assert digest_of(other) == digest_of(BOOK)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"10": Decimal("8.50"), "2%": Decimal(-1), "1": Mark.PRESENT}, "[('1', 'X'), ('10', '17/2'), ('2%', '-1/1')]"),
        ({10: "a", 9: None, 1: 5, 2: True}, "[('1', 5), ('10', 'a'), ('2', True), ('9', None)]"),
        ({"a": {"b'": Fraction(2, 4)}, "A": ()}, """[('A', []), ('a', [("b'", '1/2')])]"""),
        ({code("2026-03-CĐ"): {}}, "[('2026-03-CĐ', [])]"),
        ((date(2026, 3, 5), time(7, 30), MeetingKind.COMBINED, None), "['2026-03-05', '07:30:00', 'Kết hợp', None]"),
        (code("2026-03-CĐ2"), "['MeetingCode', ['Month', 2026, 3], 'CĐ', 2]"),
        (7, "'7'"),
    ],
)
def test_values_are_written_in_one_form_which_kept_digests_are_made_of(value, text):
    assert repr(canonical(value)) == text
    assert repr(canonical(value)) == text
