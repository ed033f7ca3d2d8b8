"""What recurs in the answers about thousands of books (days, points, codes, short texts) is held once for all of them.

Of equal values the first is kept, without which thousands of books take a third more memory. Whoever asks has seen to
it that equal values are alike: `1.0` and `True` equal `1`, and an answer must not change what is read in another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import TypeVar

from msgspec import msgpack

T = TypeVar("T")

_SHORT = 64
_MOST = 8192
_MOST_DIGITS = 100
"""Far more than any number of a workbook has, before or after the point."""
_encode, _decode = msgpack.Encoder().encode, msgpack.Decoder(tuple[int, ...]).decode


_holders: list[Callable[[], None]] = []


def held_once(make: Callable[..., T]) -> Callable[..., T]:
    """Of equal arguments what was made of the first ones."""
    held = lru_cache(maxsize=_MOST)(make)
    _holders.append(held.cache_clear)
    return held


def let_go() -> None:
    """Hold nothing any longer: after an answer that was large, what is held of it could be large as well."""
    for forget in _holders:
        forget()


def text(one: str) -> str:
    """The first of equal short texts; a long one as it is."""
    return intern(one) if len(one) <= _SHORT else one


@held_once
def same(one: T) -> T:
    """The first of equal values of one kind."""
    return one


def flat(one: tuple[str, ...]) -> tuple[str, ...]:
    """The first of equal tuples of texts."""
    return _flat(*one)


@held_once
def _flat(*parts: str) -> tuple[str, ...]:
    return parts


def numbers(one: tuple[int, ...]) -> tuple[int, ...]:
    """The first of equal tuples of numbers.

    Anybody can make tuples of numbers that all have one hash, and so would be compared with each other; of texts and
    bytes nobody knows the hash.
    """
    return _numbers(_encode(one))


_numbers = held_once(_decode)


def texts(names_and_texts: Mapping[str, str]) -> Mapping[str, str]:
    """The first of equal texts by their names."""
    return _texts(*chain.from_iterable(names_and_texts.items()))


@held_once
def _texts(*names_and_texts: str) -> Mapping[str, str]:
    return dict(zip(names_and_texts[::2], names_and_texts[1::2], strict=True))


@held_once
def decimal(written: str) -> Decimal:
    """The number that is written; ValueError or ArithmeticError for what is none, or none that a workbook has."""
    number = Decimal(written)
    if not number.is_finite() or len(written) > 2 * _MOST_DIGITS or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError("no number of a workbook")
    return number
