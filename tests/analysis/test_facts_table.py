"""Facts as a DataFrame: the columns of `chibo facts`, in their order, with dtypes that count and compare."""

from datetime import date
from decimal import Decimal

import pandas as pd
from attrs import evolve

from builders import code
from chibo.analysis.tables import facts_table
from chibo.model import FACT_COLUMNS, Grade, MeetingFacts, MeetingKind

HELD = MeetingFacts(
    committee_code="DB01",
    cell_code="CB01",
    cell_name="Chi bộ Văn phòng",
    year=2026,
    meeting_code=code("2026-03"),
    kind=MeetingKind.REGULAR,
    held_on=date(2026, 3, 5),
    minutes=95,
    membership=12,
    present=11,
    attendance_rate=Decimal("91.67"),
    self_total=Decimal("89.5"),
    self_grade=Grade.FAIR,
    thematic=True,
    findings=2,
    source="so.xlsx",
)
REGISTERED = MeetingFacts(
    committee_code="",
    cell_code="CB02",
    cell_name="Chi bộ Hai",
    year=2026,
    meeting_code=code("2026-04"),
    kind=MeetingKind.COMBINED,
)


def test_columns_are_those_of_the_command_in_their_order():
    assert tuple(facts_table([HELD]).columns) == FACT_COLUMNS


def test_values_come_through_and_unknown_ones_are_missing():
    table = facts_table([HELD, REGISTERED])
    first, second = (row for _, row in table.iterrows())
    assert first["meeting_code"] == "2026-03"
    assert first["kind"] == "Thường kỳ"
    assert first["held_on"] == pd.Timestamp("2026-03-05")
    assert (first["present"], first["self_total"], first["attendance_rate"]) == (11, 89.5, 91.67)
    assert first["thematic"]
    for name in ("held_on", "minutes", "present", "attendance_rate", "self_total", "self_grade", "official_grade"):
        assert pd.isna(second[name]), name
    assert second["committee_code"] == ""


def test_counts_can_be_summed_and_grades_compared():
    table = facts_table([HELD, evolve(HELD, self_grade=Grade.GOOD), REGISTERED])
    assert table["present"].sum() == 22
    assert (table["self_grade"] >= "Khá").tolist() == [True, True, False]
    assert table["self_grade"].max() == "Tốt"
    assert table["self_grade"].min() == "Khá"


def test_a_table_without_rows_keeps_its_columns_and_dtypes():
    empty, full = facts_table([]), facts_table([HELD])
    assert empty.empty
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
