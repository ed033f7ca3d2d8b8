"""Values of a type as bytes and back, whoever wrote the bytes.

A worker has parsed what somebody sent, and a file may have been changed by another program. What is read from either is
a value of the type that was asked for, with attributes of their types all the way down, or nothing: no code is run, no
class is chosen by the bytes, nothing that others hold is changed, and what it takes of time and memory has a bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from msgspec.msgpack import Decoder, Encoder

from chibo.engine.forms import Form
from chibo.engine.value_count import MOST_VALUES, is_too_much

T = TypeVar("T")

_encode = Encoder().encode
_CHARACTERS, _SURROGATES = b"\x00", b"\x01"
"""The first byte: whether texts hold characters alone, or surrogates too, as a name has that is no UTF-8."""
_ESCAPED = re.compile("[\x1a\ud800-\udfff]")
"""What is written as \\x1a and four hexadecimal digits: surrogates, which have no bytes in UTF-8, and \\x1a itself."""
_ESCAPE = re.compile("\x1a(.{0,4})")
_DEARER = 4
"""So much is each value where texts are escaped: all is made twice then. Each escaped character is one more value."""


class TypedBytes(Generic[T]):
    """Writes values of one type in their form, and reads them."""

    def __init__(self, form: Form, most_values: int = MOST_VALUES) -> None:
        self._form = form
        self._pack = form.pack
        self._unpack = form.unpack
        self._decode = Decoder(form.written).decode
        self._most = most_values

    def dump(self, value: T) -> bytes:
        """A value as bytes."""
        packed = self._pack(value)
        try:
            return _CHARACTERS + _encode(packed)
        except UnicodeEncodeError:
            return _SURROGATES + _encode(_with_texts(packed, _escaped))

    def load(self, data: bytes) -> T:
        """The value that these bytes stand for. Raises whatever it may be where they stand for none of this type."""
        is_escaped = data[:1] != _CHARACTERS
        if is_too_much(data, 1, self._most // _DEARER - data.count(b"\x1a") if is_escaped else self._most):
            raise ValueError("too many values")
        written = self._decode(memoryview(data)[1:])
        if is_escaped:
            written = _with_texts(written, _unescaped)
        return self._unpack(written)  # type: ignore[no-any-return]


def _with_texts(written: Any, change: Callable[[str], str]) -> Any:
    """What is written, with each text in it changed."""
    if type(written) is str:
        return change(written)
    if isinstance(written, dict):
        return {_with_texts(name, change): _with_texts(one, change) for name, one in written.items()}
    if isinstance(written, list | tuple):
        return type(written)(_with_texts(one, change) for one in written)
    return written


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\x1a{ord(found[0]):04x}", text)


def _unescaped(text: str) -> str:
    """ValueError where something else is escaped than characters."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
