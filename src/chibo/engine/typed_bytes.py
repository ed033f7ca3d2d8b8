"""Values of a type as bytes and back, whoever wrote the bytes.

A worker has parsed what somebody sent, and a file may have been changed by another program. What is read from either is
a value of the type that was asked for, with attributes of their types all the way down, or nothing: no code is run, no
class is chosen by the bytes, nothing that others hold is changed, and the time it takes grows with their number alone.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from msgspec import convert, to_builtins
from msgspec.msgpack import Decoder, Encoder, Ext

from chibo.engine.forms import Form

T = TypeVar("T")

_encode = Encoder().encode
_CHARACTERS, _SURROGATES = b"\x00", b"\x01"
"""The first byte: whether texts hold characters alone, or surrogates too, as a name has that is no UTF-8."""
_TEXT = 1
"""The kind of extension that stands for a text with surrogates, which has no bytes as a text."""


class TypedBytes(Generic[T]):
    """Writes values of one type in their form, and reads them."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._pack = form.pack
        self._unpack = form.unpack
        self._decode = Decoder(form.written).decode

    def dump(self, value: T) -> bytes:
        """A value as bytes."""
        packed = self._pack(value)
        try:
            return _CHARACTERS + _encode(packed)
        except UnicodeEncodeError:
            return _SURROGATES + _encode(_apart(to_builtins(packed, builtin_types=(bytes,), str_keys=False)))

    def load(self, data: bytes) -> T:
        """The value that these bytes stand for. Raises whatever it may be where they stand for none of this type."""
        body = memoryview(data)[1:]
        if data[:1] == _CHARACTERS:
            return self._unpack(self._decode(body))  # type: ignore[no-any-return]
        return self._unpack(convert(_together(body), self._form.written))  # type: ignore[no-any-return]


def _apart(plain: Any) -> Any:
    """Plain values with an extension in the place of each text that UTF-8 has no bytes for."""
    if isinstance(plain, str):
        data = plain.encode("utf-8", "surrogatepass")
        return plain if _is_text(data) else Ext(_TEXT, data)
    if isinstance(plain, dict):
        return {_apart(key): _apart(value) for key, value in plain.items()}
    return [_apart(part) for part in plain] if isinstance(plain, list | tuple | frozenset) else plain


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _surrogates(kind: int, data: memoryview) -> str:
    if kind != _TEXT:
        raise ValueError(f"{kind} is no kind of text")
    return bytes(data).decode("utf-8", "surrogatepass")


_together = Decoder(ext_hook=_surrogates).decode
"""Plain values, with all texts as they were."""
