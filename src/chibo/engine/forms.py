"""How values of each type are written: as plain values that say nothing of themselves, and are read by the type alone.

What is written is a tree of texts, numbers, days and tuples. It names no class, refers to nothing twice, and holds
exactly what the type says or is not read. The types are these plain ones, tuples, mappings and optional ones, and
classes of attrs with attributes of such types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import time
from enum import Enum
from operator import attrgetter
from types import GenericAlias, MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import Attribute, define, field, fields, frozen, has

Change = Callable[[Any], Any]
"""Gives one value for another. What is None stays so, and no change is asked for it."""

_PLAIN = {str, int, bool, bytes, time}
_OF_PLAIN = {list, frozenset}
_DOES_MORE = {"__attrs_post_init__", "_attrs_cached_hash"}
"""What a class has that does more with a new value than keep its attributes."""


def unchanged(value: Any) -> Any:
    """The value itself."""
    return value


@frozen
class Form:
    """The type that values of some type are written as, and what leads there and back."""

    written: Any
    pack: Change = unchanged
    unpack: Change = unchanged


@define(eq=False)
class Forms:
    """The forms of all types: some are `special`; of others a function has finished some attributes once read."""

    special: Mapping[Any, Callable[[Forms], Form]] = MappingProxyType({})
    finished: Mapping[type[Any], Mapping[str, Change]] = MappingProxyType({})
    _known: dict[Any, Form] = field(factory=dict, init=False)

    def of(self, kind: Any) -> Form:
        """How values of a type are written. Raises TypeError for a type that has no form."""
        if kind not in self._known:
            self._known[kind] = self.special[kind](self) if kind in self.special else self._made(kind)
        return self._known[kind]

    def of_attributes(self, kind: type[Any]) -> Form:
        """A tuple of the attributes in their order."""
        hints = get_type_hints(kind)
        attributes = [attribute for attribute in fields(kind) if attribute.init]
        names = [attribute.name for attribute in attributes]
        forms = [self.of(hints[name]) for name in names]
        finish = self.finished.get(kind, {})
        values_of, make = _getter(names), _maker(kind, attributes)
        pack = _each([form.pack for form in forms])
        unpack = _each(
            [_both(form.unpack, finish.get(name, unchanged)) for form, name in zip(forms, names, strict=True)]
        )
        return Form(
            GenericAlias(tuple, tuple(form.written for form in forms)),
            lambda value: pack(values_of(value)),
            lambda written: make(unpack(written)),
        )

    def _made(self, kind: Any) -> Form:
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Sequence or (origin is tuple and parts[1:] == (...,)):
            return _many(self.of(parts[0]))
        if origin is tuple:
            return _tuple([self.of(part) for part in parts])
        if origin in {Mapping, dict}:
            return _mapping(*map(self.of, parts))
        if origin in {Union, UnionType}:
            (of_value,) = (part for part in parts if part is not NoneType)
            form = self.of(of_value)
            return Form(form.written | None, form.pack, form.unpack)
        if isinstance(kind, type) and has(kind):
            return self.of_attributes(kind)
        if _is_plain(kind):
            return Form(kind)
        raise TypeError(f"{kind} has no form")


def _is_plain(kind: Any) -> bool:
    if get_origin(kind) in _OF_PLAIN:
        return all(map(_is_plain, get_args(kind)))
    return kind in _PLAIN or (isinstance(kind, type) and issubclass(kind, Enum))


def _getter(names: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    """Gives the attributes of these names, as a tuple where there is one too."""
    if len(names) == 1:
        (name,) = names
        return lambda value: (getattr(value, name),)
    return attrgetter(*names)


def _maker(kind: type[Any], attributes: Sequence[Attribute[Any]]) -> Callable[[Sequence[Any]], Any]:
    """Makes a value of its attributes: where its class does no more than keep them, without it, in half the time."""
    puts: list[Any] = [getattr(getattr(kind, attribute.name, None), "__set__", None) for attribute in attributes]
    changes_values = any(attribute.converter or attribute.validator for attribute in attributes)
    if None in puts or changes_values or not _DOES_MORE.isdisjoint(vars(kind)):
        aliases = [str(attribute.alias) for attribute in attributes]
        return lambda values: kind(**dict(zip(aliases, values, strict=True)))
    new: Any = kind.__new__

    def make(values: Sequence[Any]) -> Any:
        value = new(kind)
        for put, one in zip(puts, values, strict=True):
            put(value, one)
        return value

    return make


def _each(changes: Sequence[Change]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Changes each part in its own way."""
    changed = [(index, change) for index, change in enumerate(changes) if change is not unchanged]

    def change_all(values: Sequence[Any]) -> Sequence[Any]:
        parts = list(values)
        for index, change in changed:
            part = parts[index]
            if part is not None:
                parts[index] = change(part)
        return parts

    return change_all


def _both(first: Change, second: Change) -> Change:
    if unchanged in (first, second):
        return second if first is unchanged else first
    return lambda value: second(first(value))


def _many(form: Form) -> Form:
    """Any number of values of one form."""
    return Form(GenericAlias(tuple, (form.written, ...)), _all_of_them(form.pack), _all_of_them(form.unpack))


def _all_of_them(change: Change) -> Change:
    """Changes each of any number of values."""
    if change is unchanged:
        return tuple
    return lambda values: tuple([None if one is None else change(one) for one in values])


def _tuple(forms: Sequence[Form]) -> Form:
    """One value of each form."""
    unpack = _each([form.unpack for form in forms])
    return Form(
        GenericAlias(tuple, tuple(form.written for form in forms)),
        _each([form.pack for form in forms]),
        lambda written: tuple(unpack(written)),
    )


def _mapping(key: Form, value: Form) -> Form:
    return Form(
        GenericAlias(dict, (key.written, value.written)),
        _items(key.pack, value.pack),
        _items(key.unpack, value.unpack),
    )


def _items(key: Change, value: Change) -> Change:
    """Changes keys and values of a mapping."""
    if key is value is unchanged:
        return dict
    return lambda mapping: {key(name): None if one is None else value(one) for name, one in mapping.items()}
