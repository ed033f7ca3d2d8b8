"""What is being looked at: step, month, meeting, open forms, problems of fields, the last sentence said."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import field, mutable

from chibo.model import CellBook, MeetingCode, MeetingKind
from chibo.office.desk.desk import ActRefusedError
from chibo.office.desk.new import FormError
from chibo.workbook import Loss
from chibo_widgets.cell.drafts import Standing
from chibo_widgets.cell.opening import Refusal
from chibo_widgets.cell.saying import refusal_sentence
from chibo_widgets.cell.steps import HAND_IN, SAVE
from chibo_widgets.cell.wording import Tongue
from chibo_widgets.cell.year_view import first_to_look_at


@mutable
class Looking:
    """The page's own state; nothing of it goes into the workbook."""

    tongue: Tongue
    step: int = 1
    choosing: bool = False
    """Whether another book is being chosen while one is open."""
    draft: str = ""
    """The id of the draft that the browser keeps of the open book."""
    month: int | None = None
    meeting: MeetingCode | None = None
    registering: bool = False
    register_form: int = 0
    """Which opening of the register form this is: each begins empty."""
    register_problems: dict[str, ActRefusedError] = field(factory=dict)
    focus: str = ""
    printing: bool = False
    taken: str = ""
    """When the book was downloaded as it is now, hh:mm."""
    lost: tuple[Loss, ...] = ()
    """What the last download does not carry, where it had to be a new file."""
    refusal: Refusal | None = None
    new_problem: FormError | None = None
    said: tuple[str, str] = ("note", "")
    said_number: int = 0

    def say(self, tone: str, sentence: str) -> None:
        """Say this in the line under the steps; an empty sentence clears it."""
        self.said = (tone, sentence)
        self.said_number += 1

    def start(self, book: CellBook, draft: str, today: date) -> None:
        """Look at a book that was just opened."""
        self.draft = draft
        self.step = 1
        self.choosing = False
        self.refusal = None
        self.printing = False
        self.taken = ""
        self.lost = ()
        self.month = today.month if book.info.year == today.year else 1
        self.look_at(book, first_to_look_at(book, today))

    def stand(self, book: CellBook, at: Standing) -> None:
        """Look at what was looked at when a draft was left; the step that hands in is there in an office alone."""
        self.step = min(at.step, HAND_IN if self.tongue.library.office else SAVE)
        code = MeetingCode.parse(at.meeting)
        if code is not None and book.meeting(code) is not None:
            self.look_at(book, code)
        elif at.month is not None:
            self.look_at_month(book, at.month)

    def standing(self) -> dict[str, Any] | None:
        """Where somebody is, for the draft to keep; None while another book is being chosen."""
        if self.choosing:
            return None
        meeting = str(self.meeting) if self.meeting is not None else ""
        return {"draft": self.draft, "step": self.step, "month": self.month, "meeting": meeting}

    def look_at(self, book: CellBook, code: MeetingCode | None) -> None:
        """Look at a meeting; where there is none, at the form that registers the first."""
        self.meeting = code if code is not None and book.meeting(code) else None
        if self.meeting is not None:
            self.month = self.meeting.month.number
            self.registering = False
        else:
            self.open_register(self.month or 1)

    def look_at_month(self, book: CellBook, month: int) -> None:
        """Look at a month: at its regular meeting, else at any, else at registering one."""
        self.month = month
        here = sorted((row for row in book.meetings if row.meeting_code.month.number == month), key=_regular_first)
        if here:
            self.look_at(book, here[0].meeting_code)
        else:
            self.meeting = None
            self.open_register(month)

    def open_register(self, month: int) -> None:
        """Open the form that registers a meeting of this month."""
        self.month = month
        self.registering = True
        self.register_form += 1
        self.register_problems = {}

    def keep_sound(self, book: CellBook) -> None:
        """After undo a meeting may be gone: look at what is there."""
        if self.meeting is not None and book.meeting(self.meeting) is None:
            self.look_at_month(book, self.meeting.month.number)


def register_view(book: CellBook, looking: Looking) -> dict[str, Any] | None:
    """The form that registers a meeting, None while it is closed."""
    if not looking.registering:
        return None
    tongue, month = looking.tongue, looking.month or 1
    has_regular = any(row.is_regular and row.meeting_code.month.number == month for row in book.meetings)
    kind = MeetingKind.THEMATIC if has_regular else MeetingKind.REGULAR
    return {
        "token": looking.register_form,
        "form": {
            "month": str(month),
            "kind": kind.value,
            "planned_on": "",
            "starts_at": "",
            "like_last": bool(book.meetings),
        },
        "months": [{"value": str(n), "label": tongue("month_name", month=n)} for n in range(1, 13)],
        "kinds": [
            {
                "value": kind.value,
                "label": tongue.listed("meeting_kind", kind.value),
                "help": tongue("register_help_" + kind.name.lower()),
            }
            for kind in MeetingKind
        ],
        "problems": {code: refusal_sentence(why, tongue) for code, why in looking.register_problems.items()},
        "hasLast": bool(book.meetings),
        "canCancel": looking.meeting is not None,
    }


def _regular_first(row: Any) -> tuple[int, int, int, int]:
    key: tuple[int, int, int, int] = row.meeting_code.sort_key
    return key
