"""Values of the model as JSON text and back, so that what is kept can be read without any of our code."""

from __future__ import annotations

import json
import zlib
from decimal import Decimal
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

from chibo.model import MeetingCode, Period
from chibo.store.columns import StrangeValueError
from chibo.submissions import Points

T = TypeVar("T")

_CONVERTER = make_converter(omit_if_default=True)
_CONVERTER.register_unstructure_hook(Decimal, str)
_CONVERTER.register_structure_hook(Decimal, lambda text, _kind: Decimal(text))
_CONVERTER.register_unstructure_hook(MeetingCode, str)
_CONVERTER.register_structure_hook(MeetingCode, lambda text, _kind: MeetingCode.parse(text))
_CONVERTER.register_unstructure_hook(Period, str)
_CONVERTER.register_structure_hook(Period, lambda text, _kind: Period.parse(text))
# Points by their place instead of their names: a third of the room.
_CONVERTER.register_unstructure_hook(
    Points, lambda one: [None if value is None else str(value) for value in (one.own, one.official, one.fact)]
)
_CONVERTER.register_structure_hook(Points, lambda values, _kind: Points(*map(_decimal, values)))
_LEVEL = 6


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def as_text(value: Any, kind: Any = None) -> str:
    """A value as JSON; `kind` is its type where it is none that says so itself, such as `tuple[Reason, ...]`."""
    return str(_CONVERTER.dumps(value, unstructure_as=kind or type(value), ensure_ascii=False, separators=(",", ":")))


def of_text(text: str, kind: type[T]) -> T:
    """The value of this type that the JSON holds. Raises StrangeValueError."""
    try:
        return _CONVERTER.loads(text, kind)
    except Exception:  # what somebody wrote there may fail in any way
        raise StrangeValueError(text) from None


def plain_of_text(text: str) -> Any:
    """What the JSON holds, without any of our types. Raises StrangeValueError."""
    try:
        return json.loads(text)
    except ValueError:
        raise StrangeValueError(text) from None


def packed(value: Any, kind: Any = None) -> bytes:
    """A value as compressed JSON, for what only we read."""
    return zlib.compress(as_text(value, kind).encode(), _LEVEL)


def unpacked(data: bytes, kind: type[T]) -> T:
    """The value of this type that was packed. Raises StrangeValueError."""
    try:
        return _CONVERTER.loads(zlib.decompress(data), kind)
    except Exception:
        raise StrangeValueError(data) from None
