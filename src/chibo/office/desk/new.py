"""A new book from what is typed into a form: who the cell is, and its members as lines pasted from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from attrs import frozen

from chibo.definitions.layouts import LIST_ENUMS, LayoutField, ValueType
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.errors import ChiboError
from chibo.model import CellBook, CellInfo, Member
from chibo.model.vocabulary import MemberStatus, Post, Standing
from chibo.office.new_book import with_dues

ASKED = (
    "cell_code",
    "cell_name",
    "cell_kind",
    "year",
    "committee_code",
    "committee_name",
    "has_committee",
    "secretary",
    "secretary_is_head",
    "deputy_secretary",
    "supervisor",
)
"""The labels of `Thông tin` that a new book is started with; the others can be written into the book later."""

_LISTS = {"post": "post", "standing": "standing", "status": "member_status"}
_USUAL: Mapping[str, Any] = {
    "post": Post.MEMBER,
    "standing": Standing.OFFICIAL,
    "status": MemberStatus.ACTIVE,
}
"""What a member is of whom the list says nothing else."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_MEMBERS = 500


class FormError(ChiboError):
    """A form that no book can be made of: what is wrong with each field, by its code."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(f"Chưa lập được sổ: cần xem lại {', '.join(problems)}.")


def book_of_form(form: Mapping[str, str], library: Library) -> CellBook:
    """The new book. `form` holds the typed texts by label code, Có/Không as "yes"/"no", and `members`, a text.

    Raises FormError with "missing", "year", "choice" or "name" for each field that cannot be taken.
    """
    sheet = library.layout.sheet("info")
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in sheet.labels:
        if field.code not in ASKED:
            continue
        text = clean_text(form.get(field.code, ""))
        if text:
            value = _value(field, text, library)
            if value is None:
                problems[field.code] = "year" if field.type is ValueType.WHOLE else "choice"
            else:
                values[field.code] = value
        elif field.required:
            problems[field.code] = "missing"
    if values.get("committee_code") and not values.get("committee_name"):
        problems["committee_name"] = "missing"
    if problems:
        raise FormError(problems)
    info = CellInfo(**values, layout_version=library.layout.version)
    return with_dues(CellBook(info=info, members=members_of_text(form.get("members", ""), library)))


def members_of_text(text: str, library: Library) -> tuple[Member, ...]:
    """The members written one to a line: a name, with a code, a post, a status … where they stand beside it.

    Headings, running numbers and lines without a name are passed over; who has no code gets the next free one.
    """
    heads = {normal_label(label) for column in library.layout.sheet("members").columns for label in column.labels}
    lines = []
    for line in text.splitlines():
        parts = [clean_text(part) for part in line.replace(";", "\t").split("\t")]
        parts = [part for part in parts if part and not part.rstrip(".").isdigit()]
        if not any(normal_label(part) in heads for part in parts):
            lines.append(_Line.of(parts, library))
    return _coded([line for line in lines if line.name][:MOST_MEMBERS])


@frozen
class _Line:
    """What was understood of one line of a list."""

    name: str
    code: str
    chosen: Mapping[str, Any]

    @classmethod
    def of(cls, parts: list[str], library: Library) -> _Line:
        """Words of the layout's lists are what they are; a word with a digit is a code; the first other is the name."""
        chosen: dict[str, Any] = {}
        rest = []
        for part in parts:
            known = [name for name in _USUAL if normal_label(part) in library.layout.list_values[_LISTS[name]]]
            for name in known:
                word = library.layout.list_values[_LISTS[name]][normal_label(part)]
                chosen.setdefault(name, LIST_ENUMS[_LISTS[name]](word))
            if not known:
                rest.append(part)
        names = [part for part in rest if not any(sign.isdigit() for sign in part)]
        codes = [part for part in rest if any(sign.isdigit() for sign in part) and " " not in part]
        return cls(names[0] if names else "", codes[0] if codes else "", chosen)


def _coded(lines: list[_Line]) -> tuple[Member, ...]:
    """The members, each with a code of its own: the one written, else the next that the list does not use."""
    written = {line.code.casefold() for line in lines}
    free = (code for number in count(1) if (code := f"DV{number:02d}").casefold() not in written)
    used: set[str] = set()
    members = []
    for line in lines:
        code = line.code if line.code and line.code.casefold() not in used else next(free)
        used.add(code.casefold())
        members.append(Member(member_code=code, full_name=line.name, **{**_USUAL, **line.chosen}))
    return tuple(members)


def _value(field: LayoutField, text: str, library: Library) -> Any:
    match field.type:
        case ValueType.WHOLE:
            year = int(text) if text.isascii() and text.isdigit() else 0
            return year if FIRST_YEAR <= year <= LAST_YEAR else None
        case ValueType.YES_NO:
            return {"yes": True, "no": False}.get(text)
        case ValueType.LIST:
            word = library.layout.list_values[field.list].get(normal_label(text))
            return LIST_ENUMS[field.list](word) if word else None
        case _:
            return text
