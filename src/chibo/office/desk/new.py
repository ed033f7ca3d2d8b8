"""A new book from what is typed into a form: who the cell is, and its members as lines pasted from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chibo.definitions.layouts import LIST_ENUMS, LayoutField, ValueType
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.errors import ChiboError
from chibo.model import CellBook, CellInfo
from chibo.office.member_list import MemberList, Untaken, members_of_text
from chibo.office.new_book import with_dues
from chibo.office.typed_numbers import typed_whole

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

FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_MEMBERS = 500


class FormError(ChiboError):
    """A form that no book can be made of: what is wrong with each field, by its code.

    `untaken` are the lines of the field `members` that nobody can be made of.
    """

    def __init__(self, problems: Mapping[str, str], untaken: tuple[Untaken, ...] = ()) -> None:
        self.problems = dict(problems)
        self.untaken = untaken
        super().__init__(f"Chưa lập được sổ: cần xem lại {', '.join(problems)}.")


def book_of_form(form: Mapping[str, str], library: Library) -> CellBook:
    """The new book. `form` holds the typed texts by label code, Có/Không as "yes"/"no", and `members`, a text.

    Raises FormError with "missing", "year" or "choice" for each field that cannot be taken, and with "lines" or "many"
    for the members: every line of theirs is a member, holds none, or is refused.
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
    listed = members_of_form(form, library)
    if listed.untaken:
        problems["members"] = "lines"
    elif len(listed.members) > MOST_MEMBERS:
        problems["members"] = "many"
    if problems:
        raise FormError(problems, listed.untaken)
    info = CellInfo(**values, layout_version=library.layout.version)
    return with_dues(CellBook(info=info, members=listed.members))


def members_of_form(form: Mapping[str, str], library: Library) -> MemberList:
    """The list of members that was typed or pasted into the form."""
    return members_of_text(form.get("members", ""), library)


def _value(field: LayoutField, text: str, library: Library) -> Any:
    match field.type:
        case ValueType.WHOLE:
            year = typed_whole(text)
            return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None
        case ValueType.YES_NO:
            return {"yes": True, "no": False}.get(text)
        case ValueType.LIST:
            word = library.layout.list_values[field.list].get(normal_label(text))
            return LIST_ENUMS[field.list](word) if word else None
        case _:
            return text
