"""The rows of a return as plain values, ready to be written: what stands in each column, and where it came from."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from chibo.definitions.returns.definition import ReturnDefinition
from chibo.model import Period, Place
from chibo.returns.fields import Value


@frozen(weakref_slot=False)
class Source:
    """One recorded value behind a figure: what it is called, of which meeting, and where it stands."""

    label: str
    value: Value
    place: Place
    meeting: str = ""


@frozen(weakref_slot=False)
class Figure:
    """What stands in one column of one row."""

    value: Value = None
    sources: tuple[Source, ...] = ()


class RowKind(StrEnum):
    """What a row is. A group's rows stand between its heading and its subtotal."""

    GROUP = "group"
    ROW = "row"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@frozen(kw_only=True)
class ReturnRow:
    """One row. Headings and totals carry a `title`; totals hold the values that the formulas will give."""

    kind: RowKind
    title: str = ""
    ordinal: str = ""
    code: str = ""
    """The code of the cell or base organisation that the row stands for."""
    figures: tuple[Figure, ...] = ()


@frozen(kw_only=True)
class ReturnTable:
    """A return with its rows; the last row is the grand total."""

    definition: ReturnDefinition
    period: Period
    rows: tuple[ReturnRow, ...]
    notes: tuple[str, ...] = ()
    committee_name: str = ""
    """The name of the base organisation where all rows belong to one."""
