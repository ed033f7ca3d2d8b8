"""Facts: one tidy row per row of `Sinh hoạt`, the table that analysts use and returns are built from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from attrs import field, fields, frozen

from chibo.model.periods import MeetingCode
from chibo.model.places import Place
from chibo.model.vocabulary import Grade, MeetingKind


@frozen(kw_only=True, weakref_slot=False)  # there are a dozen to a book, and nobody refers to one weakly
class MeetingFacts:
    """What is known of one meeting. None or "" is unknown. The order of the attributes is the order of the columns."""

    committee_code: str
    cell_code: str
    cell_name: str
    year: int
    meeting_code: MeetingCode
    kind: MeetingKind
    held_on: date | None = None
    minutes: int | None = None
    membership: int | None = None
    exempt: int | None = None
    transferred: int | None = None
    special_duty: int | None = None
    present: int | None = None
    excused: int | None = None
    unexcused: int | None = None
    attendance_rate: Decimal | None = None
    """Percent, the exact fraction rounded half up to 2 decimals."""
    speakers: int | None = None
    opinions: int | None = None
    frame: str = ""
    self_total: Decimal | None = None
    self_grade: Grade | None = None
    fact_total: Decimal | None = None
    official_total: Decimal | None = None
    official_grade: Grade | None = None
    thematic: bool = False
    findings: int = 0
    source: str = ""
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False, metadata={"column": False})
    """Where each figure was read, by column name: what the sheet `Nguồn` of a return is made of."""


FACT_COLUMNS: tuple[str, ...] = tuple(
    attribute.name for attribute in fields(MeetingFacts) if attribute.metadata.get("column", True)
)
"""The columns of `chibo facts`, in order."""


def in_order_of_codes(facts: Iterable[MeetingFacts]) -> list[MeetingFacts]:
    """Facts of one book in the order of their meeting codes."""
    return sorted(facts, key=lambda row: row.meeting_code.sort_key)
