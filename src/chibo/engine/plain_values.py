"""Plain values as bytes and back, whoever wrote the bytes: pickles, read by an unpickler that makes nothing else.

One that looks anything up by name can be made to run code; ours knows the values of the model and of findings, and
nothing that acts. It gives no class and no function out of its hands either, and no value that others hold as well and
that could be changed. A worker that was taken over could thus tell lies about the book that it was given; it reaches
neither the process that asked nor what is said of other books.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import IO, Any, ClassVar, NoReturn, cast

from chibo.engine.folding import FOLDED, MAKERS

_PLAIN = frozenset(
    {
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("collections", "OrderedDict"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
    }
)
"""Classes of Python's that nobody can change."""
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


def load_values(data: bytes) -> Any:
    """The value that these bytes stand for, whoever wrote them; UnpicklingError where they stand for anything else."""
    return _ValuesOnly(io.BytesIO(data)).load()


def load_apart(parts: Sequence[bytes]) -> list[Any]:
    """The values of some parts, the part of the first value in front; UnpicklingError where they stand for none."""
    joined = cast("io.RawIOBase", io.BytesIO(b"".join(parts)))
    unpickler = _ValuesOnly(io.BufferedReader(joined))  # it would ask for a few bytes at a time
    return [unpickler.load() for _ in parts]


class _ValuesOnly(pickle.Unpickler):
    """Makes values of the classes that answers consist of; knows no function and no other class.

    A pickle may say of whatever it was given that it has other attributes, which nothing here could forbid. So what it
    is given is either made for it alone or refuses that by itself.
    """

    def find_class(self, module_name: str, global_name: str) -> Any:
        """What makes the values of this name; UnpicklingError where it is not one of those."""
        return _maker_called(module_name, global_name)


class _Sealed(type):
    """Classes that refuse to be changed."""

    def __setattr__(cls, name: str, value: object) -> None:
        raise pickle.UnpicklingError(f"{name} is not to be changed")


class _StandIn(metaclass=_Sealed):
    """Stands for a class: has its values made, empty ones or members of an enumeration, and none initialised."""

    kind: ClassVar[type[Any]]

    def __new__(cls, *values: object) -> Any:
        return cls.kind.__new__(cls.kind, *values)


def _stand_in(kind: type[Any]) -> type[_StandIn]:
    if issubclass(kind, Enum):
        kind.__setstate__ = _unchangeable  # type: ignore[attr-defined]  # each member is one for the whole process
    return cast("type[_StandIn]", _Sealed(kind.__name__, (_StandIn,), {"kind": kind}))


def _unchangeable(*_: object) -> NoReturn:
    raise pickle.UnpicklingError("a member is not to be changed")


def _member(enumeration: type[_StandIn], name: str) -> Enum:
    """The member of this name. Python before 3.11.4 writes a member as what `getattr` gives, which may be anything."""
    kind = enumeration.kind
    if issubclass(kind, Enum) and isinstance(name, str) and name in kind.__members__:
        return kind[name]
    raise pickle.UnpicklingError(f"{name} is no member")


_DISPATCH: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {
    MappingProxyType: lambda mapping: (read_only, (dict(mapping),)),
    **FOLDED,
}
_MAKERS: dict[tuple[str, str], Any] = {
    **MAKERS,
    (__name__, read_only.__name__): read_only,
    ("builtins", "getattr"): _member,
}


@cache
def _maker_called(module_name: str, global_name: str) -> Any:
    if maker := _MAKERS.get((module_name, global_name)):
        return maker.__call__  # which has no attributes that could be set
    if (module_name, global_name) in _PLAIN:
        return getattr(import_module(module_name), global_name)
    if module_name in _OUR_MODULES or module_name.startswith(_OURS):
        found = getattr(import_module(module_name), global_name, None)
        if isinstance(found, type) and not issubclass(found, type) and found.__module__ == module_name:
            return _stand_in(found)
    raise pickle.UnpicklingError(f"{module_name}.{global_name} is no value")
