"""The fields of a layout: labels with a value, columns of a table, bands over them, and the columns of a grid."""

from __future__ import annotations

from enum import StrEnum
from sys import intern
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator
from pydantic import Field as Option

from chibo.definitions.loading import Definition


def _one_text(text: str) -> str:
    """`sys.intern`, in a form whose parameters pydantic can see without parsing its documentation."""
    return intern(text)


Interned = AfterValidator(_one_text)
"""One and the same text as the name of an attribute of the model: so it is found at once."""
Code = Annotated[str, Option(pattern=r"^[a-z][a-z0-9_]*$"), Interned]
"""A name of an attribute of the model."""
Words = Annotated[str, Option(min_length=1)]


class ValueType(StrEnum):
    """What a cell holds. Each type has one converter in the reader and one form in the blank."""

    TEXT = "text"
    CODE = "code"
    """Text that must not lose its form (formatted as text in the blank); a number typed there is read as digits."""
    MEETING_CODE = "meeting_code"
    MEMBER_CODE = "member_code"
    CRITERION = "criterion"
    FRAME = "frame"
    WHOLE = "whole"
    COUNT = "count"
    POINTS = "points"
    RATE = "rate"
    """Percent, 0–100."""
    DATE = "date"
    TIME = "time"
    YES_NO = "yes_no"
    LIST = "list"
    SEVERAL = "several"
    """Several values of a list, separated by `;`."""
    QUARTER = "quarter"
    TOPICS = "topics"
    """Several codes of the required topics, separated by `;`."""
    AUTHORITY = "authority"
    """A body named in the inspection authorities."""
    SHOWN = "shown"
    """Written for people to see, never read back (running numbers, wording beside a code)."""


class ListValue(Definition):
    """One value of a list: its canonical label and the other spellings that mean it."""

    value: Words
    aliases: tuple[Words, ...] = ()
    english: str = ""


class LayoutField(Definition):
    """One value of a label/value pair, or the values of a table column. `width` is in characters."""

    code: Code
    label: Words
    aliases: tuple[Words, ...] = ()
    type: ValueType = ValueType.TEXT
    required: bool = False
    list: str = ""
    pair: tuple[Code, Code] | None = None
    """The two counts that stand in this cell when it is written like 17/18."""
    empty_when_held: bool | None = None
    """What an empty yes/no cell means in the row of a meeting that was held."""
    numeric: bool = False
    """A code that people write as a number: digits typed as a number are no repair."""
    help: str = ""
    english: str = ""
    width: Annotated[int, Option(ge=3, le=80)] = 14

    @model_validator(mode="after")
    def _list_and_type_agree(self) -> LayoutField:
        if (self.type in {ValueType.LIST, ValueType.SEVERAL}) != bool(self.list):
            raise ValueError(
                f"cột «{self.label}»: kiểu list hoặc several phải đi cùng tên danh mục, kiểu khác thì không"
            )
        if self.empty_when_held is not None and self.type is not ValueType.YES_NO:
            raise ValueError(f"cột «{self.label}»: empty_when_held chỉ dùng cho kiểu yes_no")
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The label and its aliases."""
        return (self.label, *self.aliases)


class Column(LayoutField):
    """A column of a table; `band` is the code of the merged heading over it."""

    band: str = ""


class Band(Definition):
    """A group of neighbouring columns under one merged heading."""

    code: Code
    label: Words
    english: str = ""


class Spread(Definition):
    """The open-ended columns of a grid, headed by meeting codes, or by the months T1 … T12."""

    code: Code
    over: Literal["meetings", "months"]
    type: Literal["mark", "points", "dues"]
    width: Annotated[int, Option(ge=3, le=40)] = 9
    total_labels: tuple[Words, ...] = ()
    """How a typed row of totals begins; the first one is written in the blank."""
    grade_labels: tuple[Words, ...] = ()
    """How a typed row of grades begins; the first one is written in the blank."""
