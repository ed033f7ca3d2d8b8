"""What every widget of the page shows at this moment, made from the work and from what is looked at."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from attrs import frozen

from chibo.findings import Finding
from chibo.model import CellBook, Meeting, Place
from chibo.office.desk.opening import scored_book
from chibo.office.lineage.kinds import NOT_MOVED
from chibo.office.looking import Looked, look_into
from chibo_widgets.cell.facts_view import facts_view
from chibo_widgets.cell.finding_targets import target_of
from chibo_widgets.cell.handing import Handover
from chibo_widgets.cell.handing_view import handing_view
from chibo_widgets.cell.lineage_view import lineage_view
from chibo_widgets.cell.looking import Looking, register_view
from chibo_widgets.cell.meeting_view import meeting_view, tabs_of
from chibo_widgets.cell.mending import (
    ToMend,
    first_target,
    found_in_words,
    found_tags,
    mend_note,
    rejected_points,
    to_mend,
)
from chibo_widgets.cell.merging_view import merged_view
from chibo_widgets.cell.moving_view import left_behind, moved_view, to_move_view
from chibo_widgets.cell.new_form import new_form_view
from chibo_widgets.cell.old_text import old_text_view
from chibo_widgets.cell.receipt_view import receipt_view
from chibo_widgets.cell.returned_view import returned_view
from chibo_widgets.cell.roll_view import roll_view
from chibo_widgets.cell.saving_view import saving_view
from chibo_widgets.cell.saying import act_name
from chibo_widgets.cell.score_view import score_view
from chibo_widgets.cell.sheet_view import sheet_view
from chibo_widgets.cell.steps import HAND_IN, RECORD, SAVE, SCORE
from chibo_widgets.cell.untaken import untaken_lines, untaken_tag
from chibo_widgets.cell.wording import Tongue
from chibo_widgets.cell.work import Work
from chibo_widgets.cell.year_view import year_view
from chibo_widgets.findings_list import finding_rows, in_order
from chibo_widgets.sheet_look import SheetLooks

View = dict[str, Any]


def head_view(work: Work | None, looking: Looking) -> View:
    """The head: unit, steps, undo, and the last sentence."""
    tongue = looking.tongue
    undoable = work.undoable if work else None
    tone, sentence = looking.said
    steps = [1, RECORD, SCORE, SAVE, *([HAND_IN] if tongue.library.office else [])]
    return {
        "language": tongue.language.value,
        "unit": tongue.unit(work.desk.book) if work else "",
        "step": looking.step,
        "steps": steps,
        "reachable": steps if work else [1],
        "undo": tongue("head_undo_what", what=act_name(undoable, tongue)) if undoable else "",
        "draft": work is not None,
        "at": looking.standing() if work else None,
        "said": {"number": looking.said_number, "tone": tone, "text": sentence} if sentence else None,
    }


def doors_view(looking: Looking, today: date) -> View:
    """The ways to open a book."""
    return {
        "shown": True,
        "limit": looking.tongue.library.intake.file.size,
        "refusal": looking.refusal(looking.tongue) if looking.refusal else None,
        "draft": looking.draft,
        "form": new_form_view(looking.new_problem, looking.tongue, today),
        "summary": None,
    }


def sheet_look(looks: SheetLooks, tongue: Tongue) -> View:
    """The look at a cell, nothing while there is none."""
    return looks.view(tongue.library.catalogue, tongue)


@frozen(slots=False)
class Scene:
    """The page with a book open, at one moment."""

    work: Work
    looking: Looking
    findings: tuple[Finding, ...]
    today: date
    handover: Handover
    looks: SheetLooks

    @cached_property
    def scored(self) -> CellBook:
        """The book as it is scored: without impossible points and marks."""
        return scored_book(self.work.desk.book, self.findings)

    @cached_property
    def to_mend(self) -> ToMend:
        """The meetings that something impossible keeps from being counted."""
        return to_mend(self.findings)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is looked at."""
        code = self.looking.meeting
        return self.work.desk.book.meeting(code) if code is not None else None

    def opener(self) -> View:
        """What was read, or the ways to open another book."""
        if self.looking.step != 1:
            return {}
        if self.looking.choosing:
            return {**doors_view(self.looking, self.today), "choosing": True}
        return {**doors_view(self.looking, self.today), "summary": self._summary(), "list": self._looked_through()}

    def _summary(self) -> View:
        desk, tongue = self.work.desk, self.looking.tongue
        book, unit = desk.book, tongue.unit(desk.book)
        held = sum(meeting.is_held for meeting in book.meetings)
        parts = [
            tongue("open_members", n=len(book.members)),
            tongue("open_meetings", n=len(book.meetings), held=held),
            found_in_words(self.findings, tongue),
        ]
        return {
            "title": tongue("open_done") if desk.file else book.info.cell_name,
            "unit": f"{desk.file} · {unit}" if desk.file else unit.partition(" · ")[2],
            "line": " · ".join(parts),
            "notes": self._notes(),
            "text": old_text_view(desk, tongue),
            "move": to_move_view(desk, tongue),
            "moved": moved_view(desk, tongue, len(self.listed)),
            "returned": returned_view(desk, tongue),
            "lineage": lineage_view(desk, tongue),
            "token": f"summary-{self.looking.said_number}",
        }

    def _notes(self) -> list[str]:
        """What somebody should know of the book before going on with it."""
        tongue, year = self.looking.tongue, self.work.desk.book.info.year
        notes = []
        if year > self.today.year:  # of an earlier year the finding BOOK_YEAR_PAST says what to do
            notes.append(tongue("open_other_year", year=year, now=self.today.year))
        return notes

    def year(self) -> View:
        """The year, while a step looks at meetings."""
        looking = self.looking
        if looking.choosing or looking.step >= SAVE or looking.printing:
            return {}
        book, chosen = self.work.desk.book, looking.month if looking.step != 1 else None
        mending = {code: first_target(found, book) for code, found in self.to_mend.items()}
        return year_view(self.scored, chosen, looking.tongue, self.today, mending)

    def form(self) -> View:
        """Registering and recording."""
        looking, book = self.looking, self.work.desk.book
        if looking.step != RECORD:
            return {}
        view: View = {
            "tabs": tabs_of(book, looking.month or 1, looking.meeting, looking.tongue),
            "register": register_view(book, looking),
            "focus": looking.focus,
            "meeting": None,
            "sections": [],
        }
        if self.meeting is not None and not looking.registering:
            view.update(meeting_view(book, self.meeting, self.work.untaken, looking.tongue, self.today))
            view["untaken"] = untaken_tag(self.work.untaken, book, looking.tongue)
            view["found"] = found_tags(self.findings, self.meeting.meeting_code, looking.tongue)
        return view

    def roll(self) -> View:
        """The roll call."""
        meeting = self.meeting
        if self.looking.step != RECORD or meeting is None or self.looking.registering:
            return {}
        unmatched = self.work.unmatched.get(meeting.meeting_code, ())
        view = roll_view(self.work.desk.book, meeting, unmatched, self.looking.tongue)
        return {**view, "focus": self.looking.focus}

    def score(self) -> View:
        """The score form."""
        if self.looking.step != SCORE or self.looking.printing:
            return {}
        tongue, book, meeting = self.looking.tongue, self.work.desk.book, self.meeting
        found = self.to_mend.get(meeting.meeting_code, ()) if meeting else ()
        rejected = rejected_points(found, book, tongue)
        untaken = self.work.untaken
        view = score_view(self.scored, meeting, tongue, self.today, rejected, untaken=untaken)
        tag = untaken_tag(untaken, book, tongue)
        return {**view, "mend": mend_note(found, book, tongue), "focus": self.looking.focus, "untaken": tag}

    def facts(self) -> View:
        """The facts beside the forms."""
        looking, meeting = self.looking, self.meeting
        recording = looking.step == RECORD and not looking.registering
        if meeting is None or looking.printing or not (recording or looking.step == SCORE):
            return {}
        return facts_view(
            self.scored, meeting, looking.tongue, self.today, editable=looking.step == SCORE, to_mend=self.to_mend
        )

    def findings_list(self) -> View:
        """All findings at the start, those of the meeting beside its forms."""
        looking, tongue = self.looking, self.looking.tongue
        registering = looking.registering and looking.step != 1
        if looking.choosing or looking.step >= SAVE or looking.printing or registering:
            return {}
        rows = finding_rows(
            self._told,
            tongue.library.catalogue,
            tongue.texts,
            tongue.language,
            target=lambda finding: target_of(finding, self.work.desk.book),
        )
        return {
            "rows": rows,
            "title": tongue("findings_of_meeting") if looking.meeting and looking.step != 1 else "",
            "list": self._looked_through(),
        }

    @cached_property
    def listed(self) -> tuple[Finding, ...]:
        """The findings that are listed, in their order."""
        return tuple(in_order(self._told))

    @cached_property
    def _told(self) -> tuple[Finding, ...]:
        """The findings that are told: all at the start, later those of the meeting."""
        meeting = self.looking.meeting if self.looking.step != 1 else None
        return tuple(one for one in self.findings if meeting is None or one.meeting == meeting)

    def _looked_through(self) -> int:
        """The number of the list of what can be looked at: the findings, then what an old book left behind."""
        note = self.looking.tongue("look_as_opened") if self.work.changes else ""
        left = left_behind(self.work.desk) if self.looking.step == 1 else []
        return self.looks.listed([*self.listed, *left], self._look_at, note)

    def _look_at(self, finding: Finding, place: Place) -> Looked:
        """A place in the file that the book was opened from, or was moved from."""
        desk = self.work.desk
        old = desk.moved if finding.kind == NOT_MOVED else None
        data, answer = (old.given, old.answer) if old else (desk.given, desk.answer)
        return look_into(data, place, self.looking.tongue.library, answer)

    def look(self) -> View:
        """The look at a cell, while one is open."""
        return sheet_look(self.looks, self.looking.tongue)

    def saving(self) -> View:
        """The last step."""
        if self.looking.step != SAVE or self.looking.printing:
            return {}
        return saving_view(self.work, self.findings, self.looking)

    def handing(self) -> View:
        """The step that hands the book in."""
        if self.looking.step != HAND_IN or self.looking.printing:
            return {}
        left = len(untaken_lines(self.work.untaken, self.work.desk.book, self.looking.tongue))
        view = handing_view(self.handover, self.findings, left, self.looking.tongue)
        return {**view, "merged": merged_view(self.work.desk, self.handover.offer, self.looking.tongue)}

    def receipt(self) -> View:
        """The receipt, while it is asked for."""
        paper = self.handover.paper
        return receipt_view(paper, self.looking.tongue) if self.looking.printing and paper is not None else {}

    def paper(self) -> View:
        """The sheet, while it is asked for."""
        if not self.looking.printing or self.meeting is None or self.handover.paper is not None:
            return {}
        return sheet_view(self.scored, self.meeting, self.looking.tongue.library, self.today) or {}
