"""The parts of a package that passed the steps of the intake: the only way by which the reader gets at bytes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar
from xml.etree import ElementTree

from attrs import field, frozen

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


@frozen(eq=False)
class Parts:
    """The parts of one package, inflated and checked. `names` gives the archive's name of a part by its key."""

    names: dict[str, str]
    limits: IntakeLimits
    _contents: dict[str, bytes]
    _oddities: dict[str, Oddities]
    """Of the parts that are XML by their name or their first bytes, by key."""
    _screened: set[str] = field(factory=set)

    def __contains__(self, part: str) -> bool:
        return part_key(part) in self.names

    def has_folder(self, folder: str) -> bool:
        """Whether some part lies in a folder."""
        return any(name.startswith(f"{folder}/") for name in self.names)

    def raw(self, part: str) -> bytes:
        """The bytes of a part, of whatever kind; RefusedError where there is none."""
        content = self._contents.get(part_key(part))
        if content is None:
            raise RefusedError(kinds.PART_MISSING, part=part)
        return content

    def read(self, part: str) -> bytes:
        """The bytes of an XML part: in UTF-8, without a document type, within the limits; RefusedError otherwise."""
        content = self.raw(part)
        if part not in self._screened:
            odd = self._oddities.get(part_key(part))
            if odd is None:
                odd = oddities_of(content, self.limits.file.xml_depth)
                refuse_document_type(content, odd, part)
            refuse_odd_xml(content, odd, part, self.limits.file)
            self._screened.add(part)
        return content

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
    contents: dict[str, bytes] = {}
    oddities: dict[str, Oddities] = {}
    names: dict[str, str] = {}
    for key, packed in read_directory(data, limits.file).items():
        checked = _checked if packed.size <= _MOST_KEPT else _checked.__wrapped__
        content, odd = checked(packed, limits.file.xml_depth)
        names[key], contents[key] = packed.name, content
        if odd is not None:
            oddities[key] = odd
    return Parts(names, limits, contents, oddities)


@lru_cache(maxsize=128)
def _checked(packed: Packed, deepest: int) -> tuple[bytes, Oddities | None]:
    """The bytes of a part, and what is odd about them where it is known as XML; RefusedError where it is not sound.

    It is remembered of small parts, since many are the same in all books of an office.
    """
    content = inflate(packed)
    if not _is_known_as_xml(packed.name, content):
        return content, None
    odd = oddities_of(content, deepest)
    refuse_document_type(content, odd, packed.name)
    return content, odd


def _is_known_as_xml(part: str, content: bytes) -> bool:
    """Whether a part is looked at for a document type as soon as it is inflated, whoever may read it."""
    return is_xml(part) or content.lstrip()[:5] == b"<?xml"
