"""What the cells of a column mean: the layout says the type, the book its year, members and known codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from attrs import field, frozen

from chibo.definitions.layouts import LIST_ENUMS, YES_NO_LIST, Layout, LayoutField, ValueType
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label, seen_text
from chibo.workbook.reading import kinds
from chibo.workbook.reading.codes import (
    BAD_MEETING_CODE,
    ListedCodes,
    read_code,
    read_criterion,
    read_meeting_code,
    read_member_code,
)
from chibo.workbook.reading.dates import read_date, read_time
from chibo.workbook.reading.numbers import read_count, read_points, read_quarter, read_rate, read_whole
from chibo.workbook.reading.outcomes import Converter, Partly, Unreadable
from chibo.workbook.reading.plain import plain_text
from chibo.workbook.reading.plain_values import PlainValues
from chibo.workbook.reading.sheet import Raw
from chibo.workbook.reading.showing import show, show_number

T = TypeVar("T")


@frozen
class ReadingContext:
    """What must be known of the book that is being read.

    `members` are the listed codes by their folded form; a book that `lacks_members` has no list of them.
    A book is `of_our_form` where it says which version of the form it follows: it had every column of it once.
    What depends on the definitions, and at most on the year, is made once and shared by all books (`kept`).
    """

    layout: Layout
    library: Library
    criteria: Mapping[str, str]
    year: int | None = None
    of_our_form: bool = False
    members: ListedCodes = field(factory=ListedCodes)
    lacks_members: bool = False
    kept: dict[object, Any] = field(factory=dict, repr=False)
    _of_book: dict[object, Any] = field(factory=dict, init=False, repr=False)

    def once(self, key: object, make: Callable[[], T], of_book: bool = False) -> T:
        """What `make` gives, made the first time: for all books, or for one (`of_book`)."""
        kept = self._of_book if of_book else self.kept
        if key not in kept:
            kept[key] = make()
        made: T = kept[key]
        return made


def reading_context(layout: Layout, library: Library) -> ReadingContext:
    """The context of a book of which nothing is known yet but its layout."""
    key = (ReadingContext, layout.id, layout.version)
    if key not in library.worked_out:
        criteria = {code.casefold(): code for frame in library.frames.values() for code in frame.criteria}
        library.worked_out[key] = ReadingContext(layout, library, criteria)
    context: ReadingContext = library.worked_out[key]
    return context


def plain_values(of: LayoutField, context: ReadingContext) -> PlainValues:
    """What the values of a label or the cells of a column mean; columns of one kind share what is remembered."""
    if of.type in _SAME_EVERYWHERE:
        return _SAME_EVERYWHERE[of.type]
    year = context.year if of.type is ValueType.MEETING_CODE else None
    kind = (of.type, of.list, of.numeric, of.pair is None, year)
    return context.once(kind, lambda: _plain_values(of, context), of_book=depends_on_members(of))


def _plain_values(of: LayoutField, context: ReadingContext) -> PlainValues:
    values = PlainValues(_MAKERS[of.type](of, context))
    if depends_on_members(of):
        codes = context.members.values()
        values.update(zip(codes, codes, strict=True))  # the code of a listed member is what it says
    return values


def depends_on_members(of: LayoutField) -> bool:
    """Whether what a cell means depends on the members of the book."""
    return of.type is ValueType.MEMBER_CODE


def converter(of: LayoutField, context: ReadingContext) -> Converter:
    """The converter of a label's value or a column's values."""
    return plain_values(of, context).convert


def meeting_keys(context: ReadingContext) -> PlainValues:
    """The meeting codes that head columns and begin rows; anything else there is text, and nothing is wrong with it."""
    year = context.year
    return context.once((meeting_keys, year), lambda: PlainValues(partial(read_meeting_code, year=year)))


def marks(name: str, context: ReadingContext) -> PlainValues:
    """The marks of a list."""
    return context.once((marks, name), lambda: PlainValues(_mark_converter(context, name)))


def read_text(raw: Raw) -> str | None:
    """Wording: kept as it is, in NFC, trimmed and single-spaced."""
    if isinstance(raw, str):
        return clean_text(raw) or None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return show_number(raw)
    return show(raw)


def _mark_converter(context: ReadingContext, name: str) -> Converter:
    """Marks: one letter, in either case; never folded (đ is not d)."""
    known = {plain_text(text).upper(): LIST_ENUMS[name](value) for text, value in _spellings(context, name)}
    unknown = Unreadable(kinds.MARK_UNKNOWN, ", ".join(entry.value for entry in context.layout.lists[name]))

    def read(raw: Raw) -> Any:
        if isinstance(raw, str):
            text = plain_text(raw).upper()
            return known.get(text, unknown) if text else None
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
    year = context.year

    def read(raw: Raw) -> Any:
        if isinstance(raw, str) and not seen_text(raw):
            return None
        return read_meeting_code(raw, year) or BAD_MEETING_CODE

    return read


TEXTS, POINTS = PlainValues(read_text), PlainValues(read_points)

_SAME_EVERYWHERE: Mapping[ValueType, PlainValues] = {
    ValueType.TEXT: TEXTS,
    ValueType.WHOLE: PlainValues(read_whole),
    ValueType.POINTS: POINTS,
    ValueType.RATE: PlainValues(read_rate),
    ValueType.DATE: PlainValues(read_date),
    ValueType.TIME: PlainValues(read_time),
    ValueType.QUARTER: PlainValues(read_quarter),
}
"""What needs neither definitions nor a book."""

_MAKERS: Mapping[ValueType, Callable[[LayoutField, ReadingContext], Converter]] = {
    ValueType.CODE: lambda of, _context: partial(read_code, numeric=of.numeric),
    ValueType.MEETING_CODE: _meeting_code,
    ValueType.MEMBER_CODE: lambda _of, context: partial(read_member_code, known=context.members),
    ValueType.CRITERION: lambda _of, context: partial(read_criterion, known=context.criteria),
    ValueType.FRAME: _frame,
    ValueType.COUNT: lambda of, _context: read_count if of.pair else read_whole,
    ValueType.YES_NO: _yes_no,
    ValueType.LIST: _of_list,
    ValueType.SEVERAL: _of_several,
    ValueType.TOPICS: _topics,
    ValueType.AUTHORITY: _authority,
}
