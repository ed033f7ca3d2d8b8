"""The parts of a package that passed the steps of the intake: the only way by which the reader gets at bytes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TypeVar
from xml.etree import ElementTree

from attrs import define, frozen

from chibo.definitions.intake_limits import IntakeLimits, shipped_limits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.directory import Packed, part_key, read_directory
from chibo.workbook.intake.inflating import inflate
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.intake.xml_oddities import Oddities, oddities_of
from chibo.workbook.intake.xml_screen import is_xml, refuse_document_type, refuse_odd_xml

T = TypeVar("T")

_MOST_KEPT = 1 << 15
"""Bytes of a part that is remembered by what is packed in the file."""
_MOST_GATHERED = 1 << 16
"""Bytes of a part of which is remembered what was gathered."""


@define(eq=False)
class _Part:
    """One part, inflated and checked. Those of small parts are shared by all books that hold the same."""

    name: str
    """Its name in the archive."""
    content: bytes
    oddities: Oddities | None
    """None where it is not XML by its name or its first bytes."""
    is_plain: bool = False
    """Whether it was read as XML before, and nothing was found that refuses it."""


@frozen(eq=False)
class Parts:
    """The parts of one package, inflated and checked."""

    limits: IntakeLimits
    _by_key: dict[str, _Part]

    def __contains__(self, part: str) -> bool:
        return part_key(part) in self._by_key

    @cached_property
    def names(self) -> dict[str, str]:
        """The archive's name of each part by its key."""
        return {key: part.name for key, part in self._by_key.items()}

    def has_folder(self, folder: str) -> bool:
        """Whether some part lies in a folder."""
        return any(key.startswith(f"{folder}/") for key in self._by_key)

    def raw(self, part: str) -> bytes:
        """The bytes of a part, of whatever kind; RefusedError where there is none."""
        return self._found(part).content

    def read(self, part: str) -> bytes:
        """The bytes of an XML part: in UTF-8, without a document type, within the limits; RefusedError otherwise."""
        found = self._found(part)
        if not found.is_plain:
            odd = found.oddities
            if odd is None:
                odd = oddities_of(found.content, self.limits.file.xml_depth)
                refuse_document_type(found.content, odd, part)
            refuse_odd_xml(found.content, odd, part, self.limits.file)
            found.is_plain = True
        return found.content

    def parse(self, part: str) -> ElementTree.Element:
        """The root element of an XML part."""
        return _root(self.read(part), part)

    def gather(self, part: str, found_in: Callable[[ElementTree.Element, str], T]) -> T:
        """What `found_in` makes of the root element of an XML part and its name; nobody may change the answer.

        The books of an office come from one empty workbook: many of their small parts are the same bytes, and have the
        same answer, which is remembered.
        """
        content = self.read(part)
        gathered = _gathered if len(content) <= _MOST_GATHERED else _gathered.__wrapped__
        answer: T = gathered(content, part, found_in)
        return answer

    def _found(self, part: str) -> _Part:
        found = self._by_key.get(part_key(part))
        if found is None:
            raise RefusedError(kinds.PART_MISSING, part=part)
        return found


@lru_cache(maxsize=64)
def _gathered(content: bytes, part: str, found_in: Callable[[ElementTree.Element, str], T]) -> T:
    return found_in(_root(content, part), part)


def _root(content: bytes, part: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(content)  # noqa: S314  (document types are refused before)
    except (ElementTree.ParseError, LookupError, ValueError):
        raise RefusedError(kinds.XML_BROKEN, part=part) from None


def open_parts(data: bytes, limits: IntakeLimits | None = None) -> Parts:
    """Every part of the package held by `data`, inflated and checked; RefusedError where one is not sound."""
    limits = limits or shipped_limits()
    depth, attributes = limits.file.xml_depth, limits.file.xml_attributes
    parts = {
        key: (_checked if packed.size <= _MOST_KEPT else _checked.__wrapped__)(packed, depth, attributes)
        for key, packed in read_directory(data, limits.file).items()
    }
    return Parts(limits, parts)


@lru_cache(maxsize=128)
def _checked(packed: Packed, deepest: int, _attributes: int) -> _Part:
    """A part, and what is odd about it where it is known as XML; RefusedError where it is not sound.

    Small parts are remembered, since many are the same in all books of an office: under both limits that they are held
    to, `deepest` now and again with the other when they are read.
    """
    content = inflate(packed)
    if not _is_known_as_xml(packed.name, content):
        return _Part(packed.name, content, None)
    odd = oddities_of(content, deepest)
    refuse_document_type(content, odd, packed.name)
    return _Part(packed.name, content, odd)


def _is_known_as_xml(part: str, content: bytes) -> bool:
    """Whether a part is looked at for a document type as soon as it is inflated, whoever may read it."""
    return is_xml(part) or content.lstrip()[:5] == b"<?xml"
