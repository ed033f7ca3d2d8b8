"""One value from many meetings: counts, sums, means, shares and ratios, exact until the rounding that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from chibo.definitions.returns.columns import Aggregate, AggregateKind
from chibo.definitions.returns.fields import FIELDS
from chibo.model import MeetingRecord
from chibo.returns.conditions import passes
from chibo.returns.fields import Value, fact_behind, value_of
from chibo.returns.table import Figure, Source
from chibo.returns.words import number_in_words, short_day


def aggregate_figure(aggregate: Aggregate, records: Sequence[MeetingRecord]) -> Figure:
    """The aggregate over these meetings with the values it was made of; empty where nothing is known."""
    match aggregate.kind:
        case AggregateKind.COUNT:
            counted = [record for record in records if passes(record, aggregate.where)]
            return Figure(len(counted), _sources(counted, "meeting_code"))
        case AggregateKind.SHARE:
            return _share(aggregate, records)
        case AggregateKind.RATIO:
            return _ratio(aggregate, records)
        case AggregateKind.LIST:
            return _list(aggregate, records)
        case _:
            return _measure(aggregate, records)


def rounded(number: Fraction, decimals: int) -> Decimal:
    """An exact number rounded half up (away from zero) to so many decimals, without trailing zeros."""
    scale = int(10**decimals)
    scaled = abs(number) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    value = (Decimal(whole) if number >= 0 else -Decimal(whole)) / scale
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def source_of(record: MeetingRecord, name: str) -> Source | None:
    """Where a field of a meeting was read; None where it is unknown or stands nowhere by itself."""
    column = fact_behind(record, name)
    place, value = record.facts.places.get(column), value_of(record, name)
    if place is None or value is None:
        return None
    return Source(FIELDS[column].label, value, place, str(record.facts.meeting_code))


def _sources(records: Iterable[MeetingRecord], *names: str) -> tuple[Source, ...]:
    return tuple(source for record in records for name in names if (source := source_of(record, name)) is not None)


def _share(aggregate: Aggregate, records: Sequence[MeetingRecord]) -> Figure:
    among = [record for record in records if passes(record, aggregate.among)]
    counted = [record for record in among if passes(record, aggregate.where)]
    value = rounded(Fraction(100 * len(counted), len(among)), aggregate.decimals) if among else None
    return Figure(value, _sources(among, "meeting_code"))


def _ratio(aggregate: Aggregate, records: Sequence[MeetingRecord]) -> Figure:
    known = [
        record
        for record in records
        if passes(record, aggregate.where)
        and value_of(record, aggregate.of) is not None
        and value_of(record, aggregate.over) is not None
    ]
    below = sum((_number(record, aggregate.over) for record in known), Fraction(0))
    above = sum((_number(record, aggregate.of) for record in known), Fraction(0))
    value = rounded(100 * above / below, aggregate.decimals) if below else None
    return Figure(value, _sources(known, aggregate.of, aggregate.over))


def _list(aggregate: Aggregate, records: Sequence[MeetingRecord]) -> Figure:
    known = [record for record in records if passes(record, aggregate.where) and value_of(record, aggregate.of)]
    texts = dict.fromkeys(_text(value_of(record, aggregate.of)) for record in known)
    return Figure("; ".join(texts) or None, _sources(known, aggregate.of))


def _measure(aggregate: Aggregate, records: Sequence[MeetingRecord]) -> Figure:
    known = [
        record for record in records if passes(record, aggregate.where) and value_of(record, aggregate.of) is not None
    ]
    if not known:
        return Figure()
    numbers = [_number(record, aggregate.of) for record in known]
    match aggregate.kind:
        case AggregateKind.SUM:
            value = sum(numbers, Fraction(0))
        case AggregateKind.MEAN:
            value = sum(numbers, Fraction(0)) / len(numbers)
        case AggregateKind.LOWEST:
            value = min(numbers)
        case _:
            value = max(numbers)
    return Figure(rounded(value, aggregate.decimals), _sources(known, aggregate.of))


def _number(record: MeetingRecord, name: str) -> Fraction:
    value = value_of(record, name)
    if not isinstance(value, int | Decimal):
        raise TypeError(f"{name} is not a number")
    return Fraction(value)


def _text(value: Value) -> str:
    if isinstance(value, date):
        return short_day(value)
    return number_in_words(value) if isinstance(value, int | Decimal) else str(value)
