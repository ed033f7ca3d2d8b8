"""One row of a list of members as people keep them: read by the heading above it, or by its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from attrs import frozen

from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.workbook.reading.dates import date_of_text

_KEPT = ("member_code", "full_name", "group", "post", "standing", "status", "note")
_NAME_PART = "name_part"
_ALSO = {
    "Chức vụ": "post",
    "Họ, tên": "full_name",
    **dict.fromkeys(("Mã", "Mã số đảng viên"), "member_code"),
    **dict.fromkeys(("Tên", "Họ", "Họ đệm", "Họ lót", "Tên đệm", "Chữ đệm", "Tên lót"), _NAME_PART),
    **dict.fromkeys(("Họ và đệm", "Họ và tên đệm", "Họ tên đệm", "Họ, tên đệm", "Họ và chữ đệm"), _NAME_PART),
    **dict.fromkeys(("Họ và lót", "Họ và tên lót", "Họ tên lót", "Họ, chữ đệm"), _NAME_PART),
}
"""Headings of lists that people keep, beside those of the layout."""
_NAME_HEADING = re.compile(r"^họ (?:và )?tên\b")
"""How longer headings of the name begin: `Họ và tên đảng viên`, `Họ và tên khai sinh`."""
_LISTS = {"post": "post", "standing": "standing", "status": "member_status"}

_BETWEEN = re.compile(r"[\t;,:|()]|\s[-–—]\s")
_BULLET = re.compile(r"^[-–—•+*]\s*")
_ORDINAL = re.compile(r"^(?:\d{1,4}|[IVX]{1,5})\s*[.)/-]*$")
_ORDINAL_BEFORE = re.compile(r"^(?:\d{1,3}(?:\s*[.)/-]\s*|\s+)|[IVX]{1,5}[.)/]\s*)(?=[^\W\d_])")
_ADDRESS = re.compile(r"^(?:đồng chí|đ/c|đ\.c\.?|đc)\s+", re.IGNORECASE)
_CODE = re.compile(r"^(?=.*\d)(?=.*[^\W\d_])[\w./-]{1,40}$")
_CODE_BEFORE = re.compile(r"^(?P<code>[^\W\d_]{1,6}[-.]?\d{1,6})[.)]?\s+(?P<name>[^\W\d_].*)$")
_NAME = re.compile(r"^[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*$")
_GROUP = re.compile(r"^tổ\s+(?!trưởng|phó|viên)\S", re.IGNORECASE)
_BORN = re.compile(r"^(?:(?:ngày|năm|ngày tháng năm)?\s*sinh(?:\s+ngày|\s+năm)?|sn\.?)?\s*(?P<when>.*)$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:\d{1,2}[/.-])?(?:19|20)\d\d$")
_SEXES = {"nam", "nữ"}
_TITLES = re.compile(
    r"^(?:danh sách|ds đảng|đảng cộng sản|đảng bộ|đảng ủy|chi bộ|tổng số|tổng cộng|cộng$|người lập)", re.IGNORECASE
)
_LONGEST_NAME = 100


class Unclear(StrEnum):
    """Why a row cannot be taken."""

    NO_NAME = "no_name"
    MANY_NAMES = "many_names"
    SHORT_NAME = "short_name"
    PART = "part"
    NO_CODE = "no_code"


@frozen
class Unread:
    """A row that cannot be taken for a member: why, and what stands there."""

    reason: Unclear
    part: str


Values = Mapping[str, str]
"""What a row says of a member: a text by column code. A row without a name holds nobody: a title, a bare number, or a
party group alone, to which the rows below it belong."""


def heading_of(cells: Sequence[str], library: Library) -> tuple[str, ...]:
    """The column codes of a heading row, "" for a column that is not read; nothing where the row is no heading.

    A column without a heading beside the name belongs to it: the two stand under one merged cell.
    """
    by_label = {normal_label(label): code for label, code in _ALSO.items()}
    columns = library.layout.sheet("members").columns
    by_label |= {normal_label(label): column.code for column in columns for label in column.labels}
    labels = [normal_label(cell) for cell in cells]
    codes = [by_label.get(label, "") for label in labels]
    if "full_name" not in codes and "tên" not in labels:
        longer = next((at for at, label in enumerate(labels) if not codes[at] and _NAME_HEADING.match(label)), None)
        if longer is None:
            return ()
        codes[longer] = "full_name"
    for at, label in enumerate(labels[1:], start=1):
        if not label and codes[at - 1] == "full_name":
            codes[at] = _NAME_PART
    return tuple(code if code in {*_KEPT, _NAME_PART} else "" for code in codes)


def under_heading(heading: Sequence[str], cells: Sequence[str], library: Library) -> Values | Unread:
    """The row by the columns of its heading; a name in several columns is joined, its running number taken off."""
    values: dict[str, str] = {}
    name = ""
    for code, cell in zip(heading, cells, strict=False):
        if code in {"full_name", _NAME_PART}:
            name = name if f" {name}".endswith(f" {cell}") else f"{name} {cell}".strip()
        elif code and cell:
            values[code] = cell
    name = _without_ordinal(name)
    parts = _parts(cells)
    if len(parts) == 1 and _GROUP.match(parts[0]):
        return {"group": parts[0]}
    if not name or _ORDINAL.match(name) or _TITLES.match(name):
        return Unread(Unclear.NO_NAME, " · ".join(filter(None, cells)))
    if any(sign.isdigit() for sign in name) or _list_of(name, library):
        return Unread(Unclear.PART, name)
    code = values.get("member_code", "")
    if " " in code or is_date(code):
        return Unread(Unclear.NO_CODE, code)
    return {**values, "full_name": name}


def by_its_words(cells: Sequence[str], library: Library, *, named: bool = False) -> Values | Unread:
    """The row by what its words are: words of the layout's lists, a code, a party group, and the one name.

    Birth dates and sexes have no place in a book and are passed over. `named`: a heading says that these are names, so
    that one word alone is taken for one.
    """
    parts = _parts(cells)
    if parts and _TITLES.match(parts[0]) and not any(_is_name(part) and " " in part for part in parts[1:]):
        return {}
    told = _told(parts, library)
    if isinstance(told, Unread):
        return told
    values, names = told
    if len(names) == 1 and (named or " " in names[0]):
        return {**values, "full_name": names[0]}
    if not names:
        holds_nobody = parts == [values.get("group")] or not parts
        return values if holds_nobody else Unread(Unclear.NO_NAME, " · ".join(parts))
    return Unread(Unclear.MANY_NAMES if len(names) > 1 else Unclear.SHORT_NAME, " · ".join(names))


def _told(parts: Sequence[str], library: Library) -> tuple[dict[str, str], list[str]] | Unread:
    """What the parts say, by column, and those that may be the name."""
    values: dict[str, str] = {}
    names: list[str] = []
    for part in parts:
        column = _list_of(part, library)
        if column in values:
            return Unread(Unclear.PART, part)
        if column:
            values[column] = part
        elif _CODE.match(part) and not is_date(part) and "member_code" not in values:
            values["member_code"] = part
        elif _GROUP.match(part) and "group" not in values:
            values["group"] = part
        elif _is_name(part) and not _GROUP.match(part) and part.casefold() not in _SEXES | {"sinh"}:
            names.append(part)
        elif not _is_passed_over(part):
            return Unread(Unclear.PART, part)
    return values, names


def is_date(text: str) -> bool:
    """Whether this is a day, which is never a code, also as a workbook gives it."""
    return date_of_text(text.removesuffix("T00:00:00")) is not None


def _parts(cells: Sequence[str]) -> list[str]:
    """The parts of a row without its running number, forms of address and bullets; a code before a name apart."""
    parts = [clean_text(part) for cell in cells for part in _BETWEEN.split(_BULLET.sub("", cell.strip()))]
    parts = [part for part in parts if part.strip(".")]
    if parts and _ORDINAL.match(parts[0]) and not _YEAR.match(parts[0]):
        parts = parts[1:]
    parts = [_without_ordinal(part) for part in parts[:1]] + [_ADDRESS.sub("", part) for part in parts[1:]]
    parts = [part.rstrip(" .") for part in parts]
    coded = _CODE_BEFORE.match(parts[0]) if parts else None
    return [coded["code"], coded["name"], *parts[1:]] if coded and not _GROUP.match(parts[0]) else parts


def _without_ordinal(text: str) -> str:
    return _ADDRESS.sub("", _ORDINAL_BEFORE.sub("", text))


def _list_of(part: str, library: Library) -> str:
    """The column of whose list this is a word; "" where it is of none."""
    lists = library.layout.list_values
    return next((column for column, name in _LISTS.items() if normal_label(part) in lists[name]), "")


def _is_name(part: str) -> bool:
    return len(part) <= _LONGEST_NAME and bool(_NAME.match(part)) and not _NAME_HEADING.match(normal_label(part))


def _is_passed_over(part: str) -> bool:
    """Birth days and years, and sexes."""
    found = _BORN.match(part)
    when = found["when"] if found else part
    return part.casefold() in _SEXES or not when or bool(_YEAR.match(when)) or is_date(when)
