"""What the roll call shows: the members in the book's order with their marks."""

from __future__ import annotations

from typing import Any

from chibo.model import CellBook, Mark, Meeting
from chibo.model.attendance import counts_from_marks
from chibo.model.vocabulary import Post
from chibo.office.desk.roll_call import members_at
from chibo_widgets.cell.wording import Tongue

_ORDER = (
    Mark.PRESENT,
    Mark.EXCUSED,
    Mark.UNEXCUSED,
    Mark.EXEMPT,
    Mark.TRANSFERRED,
    Mark.SPECIAL_DUTY,
    Mark.SUSPENDED,
    Mark.VISITING,
)
"""Daily marks first; the page shows the first three in the open."""


def roll_view(book: CellBook, meeting: Meeting, unmatched: tuple[str, ...], tongue: Tongue) -> dict[str, Any]:
    """The roll call of one meeting; `unmatched` are the lines of the last paste nothing was made of."""
    code = meeting.meeting_code
    marks = book.roll_call.of(code)
    members = members_at(book, code)
    left = sum(member.member_code not in marks for member in members)
    return {
        "meeting": str(code),
        "members": [
            {
                "code": member.member_code,
                "name": member.full_name,
                "post": tongue.listed("post", member.post) if member.post not in {None, Post.MEMBER} else "",
                "mark": marks[member.member_code].value if member.member_code in marks else None,
            }
            for member in members
        ],
        "marks": [
            {"value": m.value, "name": m.name.lower(), "label": tongue(f"mark_{m.name.lower()}")} for m in _ORDER
        ],
        "marked": bool(marks),
        "left": left,
        "summary": _summary(book, meeting, len(members), left, tongue),
        "unmatched": list(unmatched),
    }


def _mark(mark: Mark, tongue: Tongue) -> dict[str, str]:
    name = mark.name.lower()
    return {"value": mark.value, "name": name, "label": tongue(f"mark_{name}")}


def _summary(book: CellBook, meeting: Meeting, members: int, left: int, tongue: Tongue) -> str:
    if left == members:
        return tongue("roll_none", n=members)
    counts = counts_from_marks(book, meeting.meeting_code)
    away = counts["membership"] - counts["present"] - counts["excused"] - counts["unexcused"]
    parts = [
        tongue("roll_present", n=counts["present"]),
        tongue("roll_excused", n=counts["excused"]),
        tongue("roll_unexcused", n=counts["unexcused"]),
    ]
    if away:
        parts.append(tongue("roll_away", n=away))
    if left:
        parts.append(tongue("roll_left", n=left))
    return " · ".join(parts)
