"""One converter per column: the layout says the type, the book its year, members and known codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from attrs import field, frozen

from chibo.definitions.layouts import LIST_ENUMS, YES_NO_LIST, Layout, LayoutField, ValueType
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import (
    BAD_MEETING_CODE,
    read_code,
    read_criterion,
    read_meeting_code,
    read_member_code,
)
from chibo.workbook.reading.dates import read_date, read_time
from chibo.workbook.reading.numbers import read_count, read_points, read_quarter, read_rate, read_whole
from chibo.workbook.reading.outcomes import Converter, Partly, Unreadable
from chibo.workbook.reading.plain import plain_text
from chibo.workbook.reading.sheet import Raw
from chibo.workbook.reading.showing import show, show_number


@frozen
class ReadingContext:
    """What converters must know of the book that is being read. `members` are the listed codes by their folded form."""

    layout: Layout
    library: Library
    year: int | None = None
    members: Mapping[str, str] = field(factory=dict)
    criteria: Mapping[str, str] = field(factory=dict)


def known_criteria(library: Library) -> dict[str, str]:
    """The criterion codes of all loaded frames by their case-folded form."""
    return {code.casefold(): code for frame in library.frames.values() for code in frame.criteria}


def converter(of: LayoutField, context: ReadingContext) -> Converter:
    """The converter of a label's value or a column's values."""
    return _MAKERS[of.type](of, context)


def read_text(raw: Raw) -> str | None:
    """Wording: kept as it is, in NFC, trimmed and single-spaced."""
    if isinstance(raw, str):
        return clean_text(raw) or None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return show_number(raw)
    return show(raw)


def mark_converter(context: ReadingContext, name: str) -> Converter:
    """Marks: one letter, in either case; never folded (đ is not d)."""
    marks = {plain_text(text).upper(): LIST_ENUMS[name](value) for text, value in _spellings(context, name)}
    unknown = Unreadable(kinds.MARK_UNKNOWN, ", ".join(entry.value for entry in context.layout.lists[name]))

    def read(raw: Raw) -> Any:
        if isinstance(raw, str):
            text = plain_text(raw).upper()
            return marks.get(text, unknown) if text else None
        return unknown

    return read


def _spellings(context: ReadingContext, name: str) -> list[tuple[str, str]]:
    return [(text, entry.value) for entry in context.layout.lists[name] for text in (entry.value, *entry.aliases)]


def _of_list(of: LayoutField, context: ReadingContext) -> Converter:
    values = context.layout.enum_values[of.list]
    unknown = Unreadable(kinds.LIST_UNKNOWN, "; ".join(entry.value for entry in context.layout.lists[of.list]))

    def read(raw: Raw) -> Any:
        text = raw if isinstance(raw, str) else show(raw)
        label = normal_label(text)
        return values.get(label, unknown) if label else None

    return read


def _of_several(of: LayoutField, context: ReadingContext) -> Converter:
    values = context.layout.enum_values[of.list]
    expected = "; ".join(entry.value for entry in context.layout.lists[of.list])

    def read(raw: Raw) -> Any:
        pieces = _pieces(raw)
        found = tuple(dict.fromkeys(values[piece] for piece in map(normal_label, pieces) if piece in values))
        unknown = [piece for piece in pieces if normal_label(piece) not in values]
        return Partly(found, kinds.LIST_UNKNOWN, "; ".join(unknown), expected) if unknown else found or None

    return read


def _topics(_of: LayoutField, context: ReadingContext) -> Converter:
    topics = context.library.required_topics
    expected = "; ".join(topic.code for topic in topics.topics)

    def read(raw: Raw) -> Any:
        pieces = _pieces(raw)
        found = tuple(dict.fromkeys(topics.codes_by_spelling.get(normal_label(piece), piece) for piece in pieces))
        unknown = [piece for piece in pieces if normal_label(piece) not in topics.codes_by_spelling]
        return Partly(found, kinds.TOPIC_UNKNOWN, "; ".join(unknown), expected) if unknown else found or None

    return read


def _pieces(raw: Raw) -> list[str]:
    text = raw.replace("\n", ";").replace("\r", ";") if isinstance(raw, str) else show(raw)
    return [piece for part in text.split(";") if (piece := clean_text(part))]


def _authority(_of: LayoutField, context: ReadingContext) -> Converter:
    names = context.library.inspection_authorities.names_by_spelling
    expected = "; ".join(body.name for body in context.library.inspection_authorities.authorities)

    def read(raw: Raw) -> Any:
        text = clean_text(raw if isinstance(raw, str) else show(raw))
        return names.get(normal_label(text)) or (
            Partly(text, kinds.AUTHORITY_UNKNOWN, text, expected) if text else None
        )

    return read


def _yes_no(_of: LayoutField, context: ReadingContext) -> Converter:
    values = {spelling: value == "Có" for spelling, value in context.layout.list_values[YES_NO_LIST].items()}
    unknown = Unreadable(kinds.YES_NO_UNREADABLE, "Có, Không")

    def read(raw: Raw) -> Any:
        if isinstance(raw, bool):
            return raw
        if isinstance(raw, int | float):
            raw = show_number(raw)
        if not isinstance(raw, str):
            return unknown
        label = normal_label(plain_text(raw))
        return values.get(label, unknown) if label else None

    return read


def _frame(_of: LayoutField, context: ReadingContext) -> Converter:
    known = {frame.casefold(): frame for frame in context.library.frames}

    def read(raw: Raw) -> Any:
        text = read_text(raw)
        return known.get(text.casefold(), text) if text else None

    return read


def _meeting_code(_of: LayoutField, context: ReadingContext) -> Converter:
    def read(raw: Raw) -> Any:
        if isinstance(raw, str) and not clean_text(raw):
            return None
        return read_meeting_code(raw, context.year) or BAD_MEETING_CODE

    return read


def _plain(read: Converter) -> Callable[[LayoutField, ReadingContext], Converter]:
    return lambda _of, _context: read


_MAKERS: Mapping[ValueType, Callable[[LayoutField, ReadingContext], Converter]] = {
    ValueType.TEXT: _plain(read_text),
    ValueType.CODE: lambda of, _context: partial(read_code, numeric=of.numeric),
    ValueType.MEETING_CODE: _meeting_code,
    ValueType.MEMBER_CODE: lambda _of, context: partial(read_member_code, known=context.members),
    ValueType.CRITERION: lambda _of, context: partial(read_criterion, known=context.criteria),
    ValueType.FRAME: _frame,
    ValueType.WHOLE: _plain(read_whole),
    ValueType.COUNT: lambda of, _context: read_count if of.pair else read_whole,
    ValueType.POINTS: _plain(read_points),
    ValueType.RATE: _plain(read_rate),
    ValueType.DATE: _plain(read_date),
    ValueType.TIME: _plain(read_time),
    ValueType.YES_NO: _yes_no,
    ValueType.LIST: _of_list,
    ValueType.SEVERAL: _of_several,
    ValueType.QUARTER: _plain(read_quarter),
    ValueType.TOPICS: _topics,
    ValueType.AUTHORITY: _authority,
}
