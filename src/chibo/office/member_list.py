"""Members for a new book, from a list that somebody keeps: an Excel or CSV file, or lines pasted into a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from chibo.definitions.layouts import LIST_ENUMS
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.errors import ChiboError
from chibo.model import Member
from chibo.model.vocabulary import MemberStatus, Post, Standing
from chibo.office.list_files import read_list_rows
from chibo.office.member_lines import Unclear, Unread, Values, by_its_words, heading_of, under_heading

_USUAL: Mapping[str, Any] = {
    "post": Post.MEMBER,
    "standing": Standing.OFFICIAL,
    "status": MemberStatus.ACTIVE,
}
"""What a member is of whom the list says nothing else."""
_MOST_TOLD = 10
_REASONS = {
    Unclear.NO_NAME: "không có họ và tên",
    Unclear.MANY_NAMES: "chưa rõ đâu là họ và tên của một người",
    Unclear.SHORT_NAME: "chỉ có một chữ, chưa đủ họ và tên",
    Unclear.PART: "không phải họ và tên, mã hay chức vụ",
    Unclear.NO_CODE: "không thể là mã đảng viên",
}


@frozen
class Untaken:
    """A line of pasted text, counted from 1, that is no member as it stands."""

    line: int
    unread: Unread


@frozen
class MemberList:
    """The members of a list.

    `unknown` are texts of its lists that were not understood, each with its line's name; `renumbered` those whose code
    stood in an earlier line already, with the old and the new one; `passed` the rows of a file without a name;
    `untaken` the lines of pasted text that have to be mended first.
    """

    members: tuple[Member, ...]
    unknown: tuple[str, ...] = ()
    renumbered: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    untaken: tuple[Untaken, ...] = ()


def read_members(data: bytes, file: str, library: Library) -> MemberList:
    """The members listed in `data` (a file called `file`), in the order of the list.

    The header row names the columns as the sheet `Đảng viên` does, `Họ và tên` being the only one needed, also in two
    columns, `Họ đệm` and `Tên`; a file of one column without a header is a list of names, its title and running
    numbers taken off. Who has no code, or that of an earlier line, gets the next free one; a post, standing or status
    that is missing or not understood becomes the usual one. Raises ChiboError where the file, or one of its rows,
    cannot be understood.
    """
    rows = read_list_rows(data, file, library)
    header = next((index for index, row in enumerate(rows) if heading_of(row, library)), None)
    if header is not None:
        heading = heading_of(rows[header], library)
        read = [under_heading(heading, row, library) for row in rows[header + 1 :] if not heading_of(row, library)]
    elif rows and all(len([cell for cell in row if cell]) == 1 for row in rows):
        read = [by_its_words(row, library) for row in rows]
    else:
        raise ChiboError(
            f"Danh sách «{file}» không có cột «Họ và tên». Dòng tiêu đề cần: Mã đảng viên, Họ và tên, Chức vụ Đảng, "
            "Chính thức/Dự bị, Tình trạng; chỉ «Họ và tên» là bắt buộc."
        )
    unread = [row for row in read if isinstance(row, Unread)]
    nameless = [row.part for row in unread if row.reason is Unclear.NO_NAME and header is not None]
    wrong = [row for row in unread if row.reason is not Unclear.NO_NAME or header is None]
    if wrong:
        told = "; ".join(f"«{row.part[:80]}» {_REASONS[row.reason]}" for row in wrong[:_MOST_TOLD])
        more = f"; và {len(wrong) - _MOST_TOLD} dòng khác" if len(wrong) > _MOST_TOLD else ""
        raise ChiboError(f"Danh sách «{file}» có dòng chưa hiểu được: {told}{more}. Sửa những dòng ấy rồi đưa lại.")
    passed = tuple(text for text in nameless if any(sign.isalpha() for sign in text))
    return evolve(_listed([row for row in read if not isinstance(row, Unread)], library), passed=passed)


def members_of_text(text: str, library: Library) -> MemberList:
    """The members written one to a line: a name, with a code, a post, a status … where they stand beside it.

    A heading row is taken as in a file; a line that does not keep to it, and every line without one, is understood by
    its words. Titles and lines that hold nothing but a running number are passed over.
    """
    heading: tuple[str, ...] = ()
    separator = ""
    read: list[Values] = []
    untaken: list[Untaken] = []
    for number, line in enumerate(text.splitlines(), start=1):
        between = next((sign for sign in "\t;," if sign in line), "")
        if found := heading_of(_cells(line, between), library):
            heading, separator = found, between
            continue
        row: Values | Unread = Unread(Unclear.NO_NAME, "")
        if len(heading) > 1:
            row = under_heading(heading, _cells(line, separator), library)
        if isinstance(row, Unread) and row.reason is not Unclear.NO_CODE:
            row = by_its_words([line], library, named=len(heading) == 1)
        if isinstance(row, Unread):
            untaken.append(Untaken(number, row))
        elif row:
            read.append(row)
    return evolve(_listed(read, library), untaken=tuple(untaken))


def _cells(line: str, separator: str) -> list[str]:
    return [clean_text(cell) for cell in (line.split(separator) if separator else [line])]


def _listed(rows: Sequence[Values], library: Library) -> MemberList:
    unknown: list[str] = []
    named: list[Values] = []
    group = ""
    for values in rows:
        if values.get("full_name"):
            named.append({"group": group, **values})
        else:
            group = values.get("group", group)
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
