"""The digest of a book stands for its values, and for nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from builders import a_book, a_meeting, a_roll_call, an_info, code
from chibo.model import GridOrigin, Mark, Origin, RollCall, ScoreSheet, TableOrigin
from chibo.model.digest import digest_of
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
