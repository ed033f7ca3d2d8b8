"""A frame's lines for one kind of meeting: which points can be given, asked of a whole column at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.definitions.frames import lines
from chibo.definitions.library import Library
from chibo.model import MeetingKind

FRAME = Library().frames["hd42-thuong-ky"]
CODES = (*FRAME.criteria, "zz")
POINTS = st.sampled_from([Decimal(text) for text in ("-1", "0", "0.3", "0.5", "1", "1.0", "2", "2.5", "4", "5", "99")])


@given(st.dictionaries(st.sampled_from(CODES), POINTS), st.sampled_from(FRAME.applies.meeting_kinds))
def test_a_column_can_be_given_where_each_of_its_points_can(points: dict[str, Decimal], kind: MeetingKind) -> None:
    wanted = all(code in FRAME.criteria and FRAME.criteria[code].allows(given, kind) for code, given in points.items())
    assert FRAME.form(kind).allows(points) is wanted
    assert FRAME.form(kind).allows(points) is wanted


@pytest.mark.parametrize("points", ["1e30", "1e999999999", "-1e999999999", "1e-999999999", "0.25"])
def test_points_of_no_size_that_the_step_has_cannot_be_given(points: str) -> None:
    assert not FRAME.criteria["4b"].allows(Decimal(points), MeetingKind.REGULAR)


def test_what_is_remembered_as_allowed_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_KNOWN_POINTS", 2)
    form = lines.FormLines(MeetingKind.REGULAR, FRAME.lines(MeetingKind.REGULAR))
    best = {line.code: line.maximum for line in form.applicable}
    assert form.allows(best)
    assert form.allows(best)
    assert not form.allows({**best, "1": Decimal(99)})
    assert len(form._allowed) == 2


def test_every_group_and_every_scored_criterion_is_named_in_the_order_of_the_frame() -> None:
    form = FRAME.form(MeetingKind.REGULAR)
    assert form.groups == tuple(group.code for group in FRAME.groups)
    assert [code for code, _ in form.scored] == [line.code for line in FRAME.applicable(MeetingKind.REGULAR)]
    assert dict(form.scored)["2a"] == "2"
    assert form.fact_maximum == sum(line.maximum for line in form.lines if line.criterion.fact is not None)
