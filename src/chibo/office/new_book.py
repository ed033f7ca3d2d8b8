"""Starting the workbook of a new year: who the cell is, from typed texts; its members from a list or last year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import evolve

from chibo.definitions.layouts import LIST_ENUMS, LayoutField, ValueType
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.engine.single_book import receive_one
from chibo.errors import ChiboError, UnknownNameError
from chibo.findings import Severity
from chibo.model import BOOK_YEARS, CellBook, CellInfo, DuesRow
from chibo.office.carrying_over import CarriedOver, carry_over
from chibo.office.member_list import MemberList
from chibo.office.typed_numbers import typed_whole

_NEEDED = ("cell_code", "cell_name", "cell_kind", "year")
"""The labels without which there is no book; the other required ones can be filled in in the book."""


def new_info(typed: Mapping[str, str], library: Library) -> CellInfo:
    """`Thông tin` of a new book from texts by label code; an empty text is nothing typed.

    Raises UnknownNameError, naming the label and what is expected, for a text that cannot be taken.
    """
    labels = {field.code: field for field in library.layout.sheet("info").labels}
    texts = {code: clean_text(text) for code, text in typed.items()}
    values: dict[str, Any] = {code: _value(labels[code], text, library) for code, text in texts.items() if text}
    for code in _NEEDED:
        if code not in values:
            raise UnknownNameError(f"Thiếu «{labels[code].label}».", english=f"{_english(labels[code])} is missing.")
    if values.get("committee_code") and not values.get("committee_name"):
        raise UnknownNameError(
            f"Đã có «{labels['committee_code'].label}» thì cần cả «{labels['committee_name'].label}».",
            english=f"With {_english(labels['committee_code'])}, {_english(labels['committee_name'])} is needed too.",
        )
    if values["year"] not in BOOK_YEARS:
        raise UnknownNameError(
            f"«{labels['year'].label}»: ghi đủ bốn số, như 2026, không phải «{values['year']}».",
            english=f"{_english(labels['year'])}: write four digits, such as 2026, not «{values['year']}».",
        )
    if values.get("min_minutes") == 0:
        raise UnknownNameError(
            f"«{labels['min_minutes'].label}»: phải lớn hơn 0.",
            english=f"{_english(labels['min_minutes'])}: must be more than 0.",
        )
    return CellInfo(**{**values, "layout_version": library.layout.version})


def new_book(info: CellInfo, members: MemberList | None = None) -> CellBook:
    """An empty book of this cell, with the members of a list where there is one."""
    return with_dues(CellBook(info=info, members=members.members if members else ()))


def with_dues(book: CellBook) -> CellBook:
    """The book with an empty row of dues for each member; rows that were there stay as they are."""
    written = {row.member_code for row in book.dues}
    rows = (DuesRow(member_code=m.member_code, full_name=m.full_name) for m in book.members)
    return evolve(book, dues=(*book.dues, *(row for row in rows if row.member_code not in written)))


def open_last_year(data: bytes, file: str, library: Library, today: date) -> CellBook:
    """The book of the year before, to carry over from. Raises ChiboError with the reasons where it is refused."""
    received = receive_one(data, file, library, today)
    if received.book is None or received.refused:
        reasons = [
            str(library.catalogue.message(finding))
            for finding in received.findings
            if finding.severity is Severity.BLOCK
        ]
        raise ChiboError(f"Không lấy được gì từ sổ cũ «{file}»: {' '.join(reasons)}")
    return received.book


def next_year(
    last_year: CellBook, typed: Mapping[str, str], members: MemberList | None, library: Library
) -> CarriedOver:
    """The book of a later year with what goes over from `last_year`.

    `typed` wins over last year's `Thông tin`, and `members` over its members. Raises UnknownNameError where the year
    is not later, or the typed code names another cell.
    """
    inherited = {
        field.code: _text(getattr(last_year.info, field.code))
        for field in library.layout.sheet("info").labels
        if field.code not in {"year", "layout_version"}
    }
    info = new_info({**inherited, **{code: text for code, text in typed.items() if text}}, library)
    if info.year <= last_year.info.year:
        raise UnknownNameError(
            f"Sổ cũ là của năm {last_year.info.year}; sổ mới phải của năm sau đó, đã ghi năm {info.year}.",
            english=f"The old workbook is of {last_year.info.year}; the new one must be of a later year, not "
            f"{info.year}.",
        )
    if info.cell_code.casefold() != last_year.info.cell_code.casefold():
        raise UnknownNameError(
            f"Sổ cũ là của chi bộ mã {last_year.info.cell_code}, đã ghi mã {info.cell_code}. Hãy chọn đúng sổ cũ.",
            english=f"The old workbook is of the cell {last_year.info.cell_code}, not {info.cell_code}. Choose the "
            "right old workbook.",
        )
    carried = carry_over(last_year, new_book(info))
    book = carried.book if members is None else evolve(carried.book, members=members.members)
    return evolve(carried, book=with_dues(book))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return "" if value is None else str(value)


def _english(field: LayoutField) -> str:
    """What a label of `Thông tin` says in English, and the label as it stands in the workbook."""
    return f"{field.english} («{field.label}»)" if field.english else f"«{field.label}»"


def _value(field: LayoutField, text: str, library: Library) -> Any:
    lists = library.layout.list_values
    match field.type:
        case ValueType.WHOLE:
            number = typed_whole(text)
            if number is None:
                raise UnknownNameError(
                    f"«{field.label}»: «{text}» không phải số nguyên.",
                    english=f"{_english(field)}: «{text}» is no whole number.",
                )
            return number
        case ValueType.YES_NO:
            word = lists["yes_no"].get(normal_label(text))
            if word is None:
                raise UnknownNameError(
                    f"«{field.label}»: «{text}» không hiểu được. Ghi Có hoặc Không.",
                    english=f"{_english(field)}: «{text}» is not understood. Write «Có» (yes) or «Không» (no).",
                )
            return word == "Có"
        case ValueType.LIST:
            word = lists[field.list].get(normal_label(text))
            if word is None:
                known = " · ".join(LIST_ENUMS[field.list])
                raise UnknownNameError(
                    f"«{field.label}»: không có «{text}». Chọn một trong: {known}.",
                    english=f"{_english(field)}: «{text}» is none of: {known}.",
                )
            return LIST_ENUMS[field.list](word)
        case ValueType.FRAME:
            if text not in library.frames:
                raise UnknownNameError(
                    f"«{field.label}»: không có khung «{text}». Hiện có: {', '.join(library.frames)}.",
                    english=f"{_english(field)}: there is no frame «{text}». Known: {', '.join(library.frames)}.",
                )
            return text
        case _:
            return text
