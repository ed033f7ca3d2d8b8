"""Members for a new book, from a list that somebody keeps: an Excel or CSV file with a name on each line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from chibo.definitions.layouts import LIST_ENUMS
from chibo.definitions.library import Library
from chibo.definitions.wording import normal_label
from chibo.errors import ChiboError
from chibo.model import Member
from chibo.model.vocabulary import MemberStatus, Post, Standing
from chibo.office.list_files import read_list_rows

_KEPT = ("member_code", "full_name", "group", "post", "standing", "status", "note")
_ALSO = {"Chức vụ": "post", "Tên": "full_name", "Họ, tên": "full_name"}
"""Headings of lists that people keep, beside those of the layout."""
_USUAL: Mapping[str, Any] = {
    "post": Post.MEMBER,
    "standing": Standing.OFFICIAL,
    "status": MemberStatus.ACTIVE,
}


@frozen
class MemberList:
    """The members of a list.

    `unknown` are texts of its lists that were not understood, each with its line's name; `renumbered` those whose code
    stood in an earlier line already, with the old and the new one.
    """

    members: tuple[Member, ...]
    unknown: tuple[str, ...] = ()
    renumbered: tuple[str, ...] = ()


def read_members(data: bytes, file: str, library: Library) -> MemberList:
    """The members listed in `data` (a file called `file`), in the order of the list.

    The header row names the columns as the sheet `Đảng viên` does, `Họ và tên` being the only one needed; a file of
    one column without a header is a list of names. Who has no code, or that of an earlier line, gets the next free
    one; a post, standing or status that is missing or not understood becomes the usual one. Raises ChiboError where
    the file cannot be understood.
    """
    rows = read_list_rows(data, file, library)
    header = next((index for index, row in enumerate(rows) if "full_name" in _codes(row, library)), None)
    if header is not None:
        codes = _codes(rows[header], library)
        listed = [dict(zip(codes, row, strict=False)) for row in rows[header + 1 :]]
    elif rows and all(len([cell for cell in row if cell]) == 1 for row in rows):
        listed = [{"full_name": next(cell for cell in row if cell)} for row in rows]
    else:
        raise ChiboError(
            f"Danh sách «{file}» không có cột «Họ và tên». Dòng tiêu đề cần: Mã đảng viên, Họ và tên, Chức vụ Đảng, "
            "Chính thức/Dự bị, Tình trạng; chỉ «Họ và tên» là bắt buộc."
        )
    unknown: list[str] = []
    named = [values for values in listed if values.get("full_name")]
    next_code = _free_codes([values.get("member_code", "") for values in named])
    used: set[str] = set()
    members: list[Member] = []
    renumbered: list[str] = []
    for values in named:
        code = values.get("member_code", "")
        if not code or code.casefold() in used:
            given, code = code, next_code()
            if given:
                renumbered.append(f"{values['full_name']}: {given} → {code}")
        used.add(code.casefold())
        members.append(_member(code, values, library, unknown))
    return MemberList(tuple(members), tuple(unknown), tuple(renumbered))


def _codes(row: Sequence[str], library: Library) -> list[str]:
    """The column codes of a header row; "" for a column that is not read."""
    columns = library.layout.sheet("members").columns
    by_label = {normal_label(label): code for label, code in _ALSO.items()}
    by_label |= {normal_label(label): column.code for column in columns for label in column.labels}
    codes = [by_label.get(normal_label(cell), "") for cell in row]
    return [code if code in _KEPT else "" for code in codes]


def _member(code: str, values: Mapping[str, str], library: Library, unknown: list[str]) -> Member:
    choices: dict[str, Any] = {}
    for column in library.layout.sheet("members").columns:
        if column.code not in _USUAL:
            continue
        text = values.get(column.code, "")
        word = library.layout.list_values[column.list].get(normal_label(text))
        if text and word is None:
            unknown.append(f"{values['full_name']}: {column.label} «{text}»")
        choices[column.code] = LIST_ENUMS[column.list](word) if word else _USUAL[column.code]
    return Member(
        member_code=code,
        full_name=values["full_name"],
        group=values.get("group", ""),
        note=values.get("note", ""),
        **choices,
    )


def _free_codes(taken: Sequence[str]) -> Callable[[], str]:
    """Gives DV01, DV02 …, leaving out those that the list uses itself."""
    known = {code.casefold() for code in taken}
    number = 0

    def following() -> str:
        nonlocal number
        number += 1
        while f"dv{number:02d}" in known:
            number += 1
        return f"DV{number:02d}"

    return following
