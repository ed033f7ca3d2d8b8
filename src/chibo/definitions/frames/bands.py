"""Cross-checks of bands: together they hold every number exactly once, and each edge says which side it is on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from chibo.definitions.frames.edges import Edge
from chibo.definitions.frames.facts import Interval


def interval_text(interval: Interval) -> str:
    """The interval in signs that every reader knows, such as `≥ 75%, < 90%`."""
    edges = (("≥", interval.at_least), (">", interval.above), ("<", interval.below), ("≤", interval.at_most))
    return ", ".join(f"{sign} {edge}" for sign, edge in edges if edge is not None) or "mọi giá trị"


def contains(interval: Interval, value: Fraction, required: int | None = None) -> bool:
    """Whether a value lies in the interval; `required` are the required minutes for edges that use R."""
    if interval.at_least is not None and value < interval.at_least.at(required):
        return False
    if interval.above is not None and value <= interval.above.at(required):
        return False
    if interval.below is not None and value >= interval.below.at(required):
        return False
    return interval.at_most is None or value <= interval.at_most.at(required)


def band_problems(bands: Sequence[Interval], required: Sequence[int] = ()) -> Iterator[str]:
    """What is wrong with bands, read at each of the required minutes that the frame knows."""
    for band in bands:
        if (band.at_least and band.above) or (band.below and band.at_most):
            yield f"bậc «{interval_text(band)}» có hai mốc cho cùng một đầu"
            return
        if not required and any(edge.is_relative for edge in edges_of(band)):
            yield f"bậc «{interval_text(band)}» dùng R nhưng phép đo này không có số phút quy định"
            return
    for minutes in required or (None,):
        problems = list(_problems_at(bands, minutes))
        yield from problems
        if problems:
            return


def edges_of(interval: Interval) -> list[Edge]:
    """The edges that the interval has."""
    named = (interval.at_least, interval.above, interval.below, interval.at_most)
    return [edge for edge in named if edge is not None]


def _problems_at(bands: Sequence[Interval], required: int | None) -> Iterator[str]:
    """Bands from the lowest up must each begin exactly where the one before ends, the edge belonging to one of them."""
    ordered = sorted(bands, key=lambda band: _lower(band, required))
    if ordered[0].at_least or ordered[0].above:
        yield f"không bậc nào nhận giá trị thấp hơn bậc «{interval_text(ordered[0])}»"
    if ordered[-1].below or ordered[-1].at_most:
        yield f"không bậc nào nhận giá trị cao hơn bậc «{interval_text(ordered[-1])}»"
    for band in ordered:
        upper = band.below or band.at_most
        if upper and _lower(band, required) >= (1, upper.at(required), 0 if band.below else 1):
            yield f"bậc «{interval_text(band)}» rỗng"
    for low, high in pairwise(ordered):
        yield from _joint(low, high, required)


def _lower(band: Interval, required: int | None) -> tuple[int, Fraction, int]:
    """Sorts bands by where they begin: without a lower edge first, and `at_least x` before `above x`."""
    edge = band.at_least or band.above
    if edge is None:
        return (0, Fraction(0), 0)
    return (1, edge.at(required), 0 if band.at_least else 1)


def _joint(low: Interval, high: Interval, required: int | None) -> Iterator[str]:
    end, begin = low.below or low.at_most, high.at_least or high.above
    pair = f"«{interval_text(low)}» và «{interval_text(high)}»"
    if end is None or begin is None:
        yield f"hai bậc {pair} chồng lên nhau"
        return
    ends_at, begins_at = end.at(required), begin.at(required)
    if ends_at < begins_at:
        yield f"giữa hai bậc {pair} có khoảng trống"
    elif ends_at > begins_at:
        yield f"hai bậc {pair} chồng lên nhau"
    elif low.below and high.above:
        yield f"giá trị {end} không thuộc bậc nào trong hai bậc {pair}"
    elif low.at_most and high.at_least:
        yield f"giá trị {end} thuộc cả hai bậc {pair}"
