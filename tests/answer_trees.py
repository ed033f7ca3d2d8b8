"""Answers as the plain values that are written of them, to be changed at will; and of which type a value is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import fields, has
from msgspec import msgpack

from chibo.engine.answer_bytes import OUTCOMES


def paths(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value of a tree stands."""
    yield path
    parts = enumerate(tree) if isinstance(tree, list) else tree.items() if isinstance(tree, dict) else ()
    for key, part in parts:
        yield from paths(part, (*path, key))


def with_one_changed(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The tree with another value there."""
    if not path:
        return value
    changed = tree.copy()
    changed[path[0]] = with_one_changed(tree[path[0]], path[1:], value)
    return changed


def told(tree: Any) -> object:
    """What is made of an answer of these plain values, or the error that says that it is none."""
    try:
        return OUTCOMES.load(b"\x00" + msgpack.encode(tree))
    except Exception as error:
        return error


def is_of(value: Any, kind: Any) -> bool:
    """Whether a value is of this type, all the way down: told without anything that reads answers."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return any(is_of(value, part) for part in parts)
    if origin is Mapping:
        return isinstance(value, Mapping) and all(
            is_of(name, parts[0]) and is_of(one, parts[1]) for name, one in value.items()
        )
    if origin is tuple and parts[1:] != (...,):
        return type(value) is tuple and len(value) == len(parts) and all(map(is_of, value, parts))
    if origin in {tuple, list, frozenset, Sequence}:
        kinds = tuple if origin is Sequence else origin
        return type(value) is kinds and all(is_of(one, parts[0]) for one in value)
    if type(value) is not kind:
        return False
    return not has(kind) or _holds_what_it_says(value, kind)


def _holds_what_it_says(value: Any, kind: type[Any]) -> bool:
    hints = get_type_hints(kind)
    return all(is_of(getattr(value, one.name), hints[one.name]) for one in fields(kind))
