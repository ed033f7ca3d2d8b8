"""Whether a value is of a type, all the way down: told here without anything that reads answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import fields, has


def is_of(value: Any, kind: Any) -> bool:
    """Whether a value is of this type, and all that it holds of the types that are said of it."""
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
