"""Edges of bands as people write them in a frame: `15`, `90%`, `R`, `R-15`, `R/2` (R = required minutes)."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any

from attrs import frozen
from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

_NUMBER = r"\d+(?:\.\d+)?"
_PLAIN = re.compile(rf"^({_NUMBER})(%?)$")
_RELATIVE = re.compile(rf"^R(?:/({_NUMBER}))?(?:([+-])({_NUMBER}))?$")


@frozen
class Edge:
    """An edge: `share` × required minutes + `offset`, exact. A plain number has no share; 90% is 9/10."""

    share: Fraction
    offset: Fraction
    text: str

    @classmethod
    def parse(cls, text: str) -> Edge:
        """The edge written as `text`; ValueError where it is none."""
        written = re.sub(r"\s+", "", text).upper()
        if plain := _PLAIN.match(written):
            value = Fraction(plain[1])
            return cls(Fraction(0), value / 100 if plain[2] else value, written)
        if relative := _RELATIVE.match(written):
            divisor = Fraction(relative[1] or 1)
            if divisor == 0:
                raise ValueError(f"mốc «{text}» chia cho 0")
            offset = Fraction(relative[3] or 0)
            return cls(1 / divisor, -offset if relative[2] == "-" else offset, written)
        raise ValueError(f"mốc «{text}» không đúng cách viết; viết như 15, 90%, R, R-15 hoặc R/2")

    @cached_property
    def is_relative(self) -> bool:
        """Whether the edge moves with the required minutes."""
        return bool(self.share)

    def at(self, required: Fraction | int | None) -> Fraction:
        """The edge as a number, `required` being the required minutes (needed by relative edges only)."""
        if not self.is_relative:
            return self.offset
        if required is None:
            raise ValueError("a relative edge needs the required minutes")
        return self.share * required + self.offset

    def meets(self, other: Edge) -> bool:
        """Whether both are the same edge, however they are written."""
        return (self.share, self.offset) == (other.share, other.offset)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edge) and self.meets(other)

    def __hash__(self) -> int:
        return hash((self.share, self.offset))

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """In a definition an edge is a string; it is written back as it was written."""

        def read(value: object) -> Edge:
            if isinstance(value, Edge):
                return value
            if isinstance(value, str):
                return cls.parse(value)
            raise ValueError('viết mốc thành chuỗi, như "15", "90%" hoặc "R-15"')

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


def _read_points(value: object) -> Decimal:
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, str) and re.fullmatch(rf"-?{_NUMBER}", value.strip()):
        number = Decimal(value.strip())
    else:
        raise ValueError('viết điểm thành chuỗi với dấu chấm thập phân, như "5" hoặc "0.5"')
    return number


class _PointsSchema:
    """Points in a definition: a string with a decimal point, so that no binary fraction slips in."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _read_points, serialization=core_schema.plain_serializer_function_ser_schema(plain_decimal)
        )


Points = Annotated[Decimal, _PointsSchema]


def plain_decimal(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: 91.50 → 91.5, 1E+2 → 100."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
