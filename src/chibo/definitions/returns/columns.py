"""The columns of a return as data: a figure, an aggregate over meetings, or a percentage of two other columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from chibo.definitions.loading import Definition
from chibo.definitions.returns.fields import FIELDS, RATES, Holds, figure_field
from chibo.model import Grade

Text = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Value = str | int

_COMPARISONS = ("at_least", "at_most", "above", "below")
_TESTS = ("equals", "not_equals", "one_of", "known", *_COMPARISONS)


def known_field(name: str) -> str:
    """`name` where it is a field of a meeting; ValueError listing the fields otherwise."""
    if name not in FIELDS:
        raise ValueError(f"không có trường «{name}»; các trường: {', '.join(FIELDS)}")
    return name


class Condition(Definition):
    """A test on one field of a meeting: exactly one of the tests is given. An unknown value passes only `known`.

    Numbers are written as numbers or strings ("82.5"), dates as "2026-03-31", everything else as the label shown.
    """

    field: str
    equals: Value | None = None
    not_equals: Value | None = None
    one_of: tuple[Value, ...] = ()
    at_least: Value | None = None
    at_most: Value | None = None
    above: Value | None = None
    below: Value | None = None
    known: bool | None = None

    @property
    def test(self) -> str:
        """The name of the test that is given."""
        return next(name for name in _TESTS if getattr(self, name) not in (None, ()))

    @model_validator(mode="after")
    def _one_test_on_a_field(self) -> Condition:
        known_field(self.field)
        given = [name for name in _TESTS if getattr(self, name) not in (None, ())]
        if len(given) != 1:
            raise ValueError(f"điều kiện trên «{self.field}» cần đúng một phép so: {', '.join(_TESTS)}")
        if given[0] in _COMPARISONS and FIELDS[self.field].holds is Holds.TEXT:
            raise ValueError(f"«{self.field}» là chữ, không so lớn bé được (dùng equals, one_of hoặc known)")
        if given[0] != "known":
            self._check_values(self.one_of or (getattr(self, given[0]),))
        return self

    def _check_values(self, values: Iterable[Value]) -> None:
        """Every value can be compared with what the field holds."""
        for value in values:
            try:
                match FIELDS[self.field].holds:
                    case Holds.NUMBER:
                        Decimal(value)
                    case Holds.DATE:
                        date.fromisoformat(str(value))
            except (InvalidOperation, ValueError):
                raise ValueError(f"«{value}» không so được với trường «{self.field}»") from None


class AggregateKind(StrEnum):
    """What is made of the meetings of a row."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    LOWEST = "min"
    HIGHEST = "max"
    SHARE = "share"
    RATIO = "ratio"
    LIST = "list"


class Aggregate(Definition):
    """One value from the meetings of a row that pass `where` (all conditions together).

    count: how many · sum, mean, min, max: of the known values of `of` · list: the values of `of`, joined ·
    share: percent of meetings that pass among those that pass `among` · ratio: percent, sum of `of` ÷ sum of `over`,
    taken where both are known. `decimals` rounds (half up) what is not whole.
    """

    kind: AggregateKind
    of: str = ""
    over: str = ""
    where: tuple[Condition, ...] = ()
    among: tuple[Condition, ...] = ()
    decimals: Annotated[int, Field(ge=0, le=6)] = 2

    @property
    def is_number(self) -> bool:
        """Whether the value can be added up and compared."""
        return self.kind is not AggregateKind.LIST

    @property
    def is_rate(self) -> bool:
        """Whether the value is a percentage."""
        return self.kind in {AggregateKind.SHARE, AggregateKind.RATIO} or (self.is_number and self.of in RATES)

    @model_validator(mode="after")
    def _fields_fit_the_kind(self) -> Aggregate:
        needs_of = self.kind not in {AggregateKind.COUNT, AggregateKind.SHARE}
        for name, needed in (("of", needs_of), ("over", self.kind is AggregateKind.RATIO)):
            value = getattr(self, name)
            if needed and not value:
                raise ValueError(f"phép «{self.kind}» cần khoá «{name}»")
            if value and not needed:
                raise ValueError(f"phép «{self.kind}» không dùng khoá «{name}»")
            if value and FIELDS[known_field(value)].holds is not Holds.NUMBER and self.is_number:
                raise ValueError(f"«{value}» không phải là số, không dùng được với phép «{self.kind}»")
        if self.of in RATES and self.kind in {AggregateKind.SUM, AggregateKind.MEAN}:
            raise ValueError(
                f'«{self.of}» là tỷ lệ: cộng hay lấy trung bình các tỷ lệ thì sai; hãy dùng kind = "ratio" '
                "với «of», «over» là hai số đếm"
            )
        if self.kind is AggregateKind.SHARE and not self.where:
            raise ValueError("phép «share» cần khoá «where»: tỷ lệ của những buổi nào")
        if self.among and self.kind is not AggregateKind.SHARE:
            raise ValueError("khoá «among» chỉ dùng với phép «share»")
        return self


class Percent(Definition):
    """A live formula: the column `of` × 100 ÷ the column `over`, in every row and in the totals."""

    of: Code
    over: Code


class TotalKind(StrEnum):
    """What stands in the subtotal and grand total of a column."""

    NONE = "none"
    SUM = "sum"
    COUNT = "count"
    MEAN = "mean"
    LOWEST = "min"
    HIGHEST = "max"


class Column(Definition):
    """One column. Exactly one of `figure`, `aggregate`, `percent` says what stands in it.

    `group` is the merged heading over neighbouring columns of the same group. `number_format` is Excel's; `width` is
    in characters. `numbering` replaces what the numbering row says ("(4)"); a percentage shows its formula there.
    """

    code: Code
    label: Text
    group: str = ""
    figure: str = ""
    grade: Grade | None = None
    aggregate: Aggregate | None = None
    percent: Percent | None = None
    number_format: str = ""
    width: Annotated[float, Field(gt=0, le=120)] = 10
    align: Literal["left", "center", "right"] = "center"
    total: TotalKind = TotalKind.NONE
    numbering: str = ""

    @property
    def holds(self) -> Holds:
        """What kind of value stands in the column."""
        if self.figure:
            known = figure_field(self.figure)
            return known.holds if known else Holds.TEXT
        return Holds.TEXT if self.aggregate and not self.aggregate.is_number else Holds.NUMBER

    @property
    def is_rate(self) -> bool:
        """Whether a percentage stands in the column."""
        return self.aggregate.is_rate if self.aggregate else bool(self.percent) or self.figure in RATES

    @property
    def format(self) -> str:
        """Excel's format of its numbers: as given, else with the decimals that rates and means are rounded to."""
        if self.number_format or not (self.is_rate or (self.aggregate and self.aggregate.kind is AggregateKind.MEAN)):
            return self.number_format
        decimals = self.aggregate.decimals if self.aggregate else 2
        return f"0.{'0' * decimals}" if decimals else "0"

    @model_validator(mode="after")
    def _one_source(self) -> Column:
        if sum(bool(source) for source in (self.figure, self.aggregate, self.percent)) != 1:
            raise ValueError("mỗi cột cần đúng một trong ba khoá: figure, aggregate, percent")
        if self.figure and figure_field(self.figure) is None:
            raise ValueError(f"không có số liệu «{self.figure}»")
        if (self.figure == "grade_mark") != (self.grade is not None):
            raise ValueError('khoá «grade» đi cùng figure = "grade_mark", và chỉ với nó')
        self._check_total()
        return self

    def _check_total(self) -> None:
        if self.total is TotalKind.NONE:
            return
        if self.percent:
            raise ValueError("cột phần trăm tự có công thức ở dòng cộng; không đặt «total»")
        if self.is_rate and self.total in {TotalKind.SUM, TotalKind.MEAN}:
            raise ValueError(
                f"cột «{self.code}» là tỷ lệ: cộng hay lấy trung bình các tỷ lệ thì sai; hãy để hai cột số có "
                'total = "sum" (như có mặt, phải dự) rồi tính cột này bằng percent = { of = …, over = … }'
            )
        if self.total is not TotalKind.COUNT and self.holds is not Holds.NUMBER:
            raise ValueError(f'cột này không phải là số, dòng cộng chỉ đếm được (total = "{TotalKind.COUNT}")')
