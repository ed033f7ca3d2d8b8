"""Values in sentences: decimal comma and dd/mm/yyyy in Vietnamese, decimal point in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from chibo.definitions.frames.edges import Edge, plain_decimal
from chibo.definitions.frames.facts import Interval, Words
from chibo.definitions.language import Language

_HUNDREDTH = Decimal("0.01")


def percent_of(rate: Fraction) -> Decimal:
    """A rate in percent, rounded half up to two decimals for showing; never compared with anything."""
    scaled = Decimal(rate.numerator * 100) / Decimal(rate.denominator)
    return scaled.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def in_words(value: object, language: Language) -> str:
    """A value of a sentence as people write it; an unknown one is a question mark."""
    if value is None:
        return "?"
    if isinstance(value, Fraction):
        return f"{in_words(percent_of(value), language)}%"
    if isinstance(value, Decimal):
        text = plain_decimal(value)
        return text.replace(".", ",") if language is Language.VIETNAMESE else text
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return f"({', '.join(value)})" if value else ""
    return str(value)


def sentence(words: Words, values: Mapping[str, object], language: Language) -> str:
    """The sentence in one language with its values filled in."""
    template = words.vi if language is Language.VIETNAMESE else words.en
    filled = template.format_map({name: in_words(value, language) for name, value in values.items()})
    return " ".join(filled.split())


def interval_in_signs(interval: Interval, language: Language, required: int | None = None) -> str:
    """An interval as people read it at a glance: `≥ 75%, < 90%`; edges that use R as numbers where R is known."""
    signs = (("≥", interval.at_least), (">", interval.above), ("<", interval.below), ("≤", interval.at_most))
    return ", ".join(f"{sign} {_edge(edge, language, required)}" for sign, edge in signs if edge is not None)


def _edge(edge: Edge, language: Language, required: int | None) -> str:
    if edge.is_relative and required is not None:
        value = edge.at(required)
        return in_words(Decimal(value.numerator) / Decimal(value.denominator), language)
    return str(edge).replace(".", ",") if language is Language.VIETNAMESE else str(edge)
