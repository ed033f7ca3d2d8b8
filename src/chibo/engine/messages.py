"""Messages between this program and its worker processes: pickles, each with its length in front.

A worker has parsed bytes that somebody sent, so what it answers is not trusted. An unpickler that looks anything up by
name can be made to run code; ours knows the plain values of the model and of findings, and nothing that acts. A worker
that was taken over could thus tell lies about the book that it was given; it cannot reach the process that asked.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum, EnumType
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, cast

from attrs import frozen

from chibo.engine.folding import FOLDED, MAKERS

if TYPE_CHECKING:
    from chibo.engine.confinement import Protection

_LENGTH = struct.Struct(">Q")
LONGEST_ANSWER = 256 * 2**20
"""Bytes; the answer about a book of the largest size allowed is far smaller."""

_PLAIN = frozenset(
    {
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("collections", "OrderedDict"),
        ("copyreg", "_reconstructor"),
        ("builtins", "object"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("fractions", "Fraction"),
    }
)
_OURS = ("chibo.model.", "chibo.findings.", "chibo.scoring.", "chibo.register.")
_OUR_MODULES = frozenset(
    {
        "chibo.consolidation.outcome",
        "chibo.engine.answers",
        "chibo.engine.confinement",
        "chibo.engine.messages",
        "chibo.engine.receiving",
        "chibo.workbook.excerpt",
        "chibo.workbook.inspection",
        "chibo.workbook.intake.marks",
        "chibo.workbook.reading.book",
        "chibo.workbook.marking.marks",
        "chibo.workbook.marking.marks_left",
        "chibo.workbook.register.reading",
        "chibo.workbook.sealing.seal",
        "chibo.workbook.writing.losses",
        "chibo.workbook.writing.migration",
    }
)


@frozen
class Setup:
    """The first message to a worker: by whose definitions and as of which day it judges, and what it says of that.

    `with_basis` and `with_digest` are those of the brief (`chibo.engine.ports.Brief`).
    """

    office: Path | None
    today: date
    with_basis: bool = True
    with_digest: bool = True


@frozen
class Ready:
    """What a worker says once its definitions are loaded: it may be given books, and this is what holds for it.

    `specimen` is an answer such as a book gets: whoever does not understand this worker learns it before any book.
    """

    protections: frozenset[Protection]
    specimen: object = None


@frozen
class Broken:
    """A worker's word that a definition of ours is wrong, in text fit for the user."""

    problem: str


def send(stream: IO[bytes], message: object) -> None:
    """Write one message."""
    body = dump_values(message)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def dump_values(message: object) -> bytes:
    """A message as bytes; what `load_values` reads again where it consists of plain values."""
    buffer = io.BytesIO()
    _pickler(buffer, 5).dump(message)
    return buffer.getvalue()


def dump_apart(values: Sequence[object]) -> list[bytes]:
    """Values of which any may be made without the others, for `load_apart`.

    Each stands by itself but for what the first one brought with it, of which values that resemble each other have much
    in common. The third protocol says of everything by which number it is remembered; in later ones that follows from
    all that was read before.
    """
    parts: list[bytes] = []
    first: pickle.Pickler | None = None
    for value in values:
        buffer = io.BytesIO()
        pickler = _pickler(buffer, 3)
        if first is None:
            first = pickler
        else:
            pickler.memo = first.memo
        pickler.dump(value)
        parts.append(buffer.getvalue())
    return parts


def _pickler(stream: IO[bytes], protocol: int) -> pickle.Pickler:
    pickler = pickle.Pickler(stream, protocol)
    pickler.dispatch_table = _DISPATCH
    return pickler


def read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A mapping that nobody changes, as values of the model hold it."""
    return MappingProxyType(mapping)


def receive_task(stream: IO[bytes]) -> Any:
    """The next message of the process that started this one; EOFError where it is gone."""
    return pickle.loads(_body(stream, None))  # noqa: S301 - from our own parent process


def receive_answer(stream: IO[bytes]) -> Any:
    """The next answer of a worker, plain values only; EOFError where it is gone, UnpicklingError for anything else."""
    return load_values(receive_unread(stream))


def receive_unread(stream: IO[bytes]) -> bytes:
    """The next answer of a worker as it came, for `load_values`; EOFError where it is gone."""
    return _body(stream, LONGEST_ANSWER)


def load_values(data: bytes) -> Any:
    """The value that these bytes stand for, whoever wrote them; UnpicklingError where they stand for anything else."""
    return _ValuesOnly(io.BytesIO(data)).load()


def load_apart(parts: Sequence[bytes]) -> list[Any]:
    """The values of some parts, the part of the first value in front; UnpicklingError where they stand for none."""
    joined = cast("io.RawIOBase", io.BytesIO(b"".join(parts)))
    unpickler = _ValuesOnly(io.BufferedReader(joined))  # it would ask for a few bytes at a time
    return [unpickler.load() for _ in parts]


class _ValuesOnly(pickle.Unpickler):
    """Makes values of the classes that answers consist of; knows no function and no other class."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """The class of this name; UnpicklingError where it is not one of those."""
        return _class_called(module_name, global_name)


def _member(enumeration: type[Enum], name: str) -> Enum:
    """The member of this name. Python before 3.11.4 writes a member as what `getattr` gives, which may be anything."""
    if isinstance(enumeration, EnumType) and isinstance(name, str) and name in enumeration.__members__:
        return enumeration[name]
    raise pickle.UnpicklingError(f"{name} is no member")


_DISPATCH: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {
    MappingProxyType: lambda mapping: (read_only, (dict(mapping),)),
    **FOLDED,
}
_MAKERS = {**MAKERS, (__name__, read_only.__name__): read_only, ("builtins", "getattr"): _member}


@cache
def _class_called(module_name: str, global_name: str) -> Any:
    if (module_name, global_name) in _MAKERS:
        return _MAKERS[module_name, global_name]
    if (module_name, global_name) in _PLAIN:
        return getattr(import_module(module_name), global_name)
    if module_name in _OUR_MODULES or module_name.startswith(_OURS):
        found = getattr(import_module(module_name), global_name, None)
        if isinstance(found, type) and found.__module__ == module_name:
            return found
    raise pickle.UnpicklingError(f"{module_name}.{global_name} is no value")


def _body(stream: IO[bytes], longest: int | None) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    if longest is not None and size > longest:
        raise pickle.UnpicklingError("too long")
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return body
