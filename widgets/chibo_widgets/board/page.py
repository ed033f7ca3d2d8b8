"""The page `tong-hop`: its widgets, and what happens between them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import ipywidgets
from attrs import evolve

from chibo.consolidation import Consolidation
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.outcome_store import OutcomeStore
from chibo.engine.ports import Engine
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.model import CellIdentity, Month, Place
from chibo.office.board.board import Board, Unit, board_of, usual_month
from chibo.office.board.files import BoardFile, FileKind, make_file
from chibo.office.board.folder import allowed_folders
from chibo.office.board.joining import noted
from chibo.office.board.looking import book_of, look_on_board
from chibo.office.board.memory import give_back_memory
from chibo.office.board.origin import origins_of
from chibo.office.board.returned import Tell, marked_copies, marked_file, to_return
from chibo.office.board.run import BoardRun
from chibo.office.expected_list import read_expected
from chibo.office.home import find_home
from chibo.office.looking import Looked
from chibo_widgets.board import messages
from chibo_widgets.board.chart_view import attendance_view, chosen_units, grades_view
from chibo_widgets.board.delivering import Delivering
from chibo_widgets.board.joining import Joining
from chibo_widgets.board.joining_handed import JoiningHanded
from chibo_widgets.board.remembering import Remembering
from chibo_widgets.board.table_view import outside_list, table_lines, table_view
from chibo_widgets.board.taking import Read, Taking
from chibo_widgets.board.unit_view import listed_findings, origin_view, refused_view, unit_view
from chibo_widgets.board.widgets import Bars, LookPanel, RefusedList, Setting, UnitPanel, UnitTable
from chibo_widgets.board.wording import Tongue
from chibo_widgets.main_loop import Redraw
from chibo_widgets.office_door import Door, local_door
from chibo_widgets.seeking import Seeking
from chibo_widgets.sheet_look import LookAt, LookAway, SheetLooks
from chibo_widgets.uploads import UploadProblem

_PAUSE = 0.4
"""Seconds between two redraws while books are being read …"""
_PAUSE_PER_UNIT = 0.001
"""… and so much more for every row, because each redraw sends them all."""
_LIST_LIMIT = 5 * 2**20
"""Bytes of a list of expected cells."""


class BoardPage:
    """The consolidation board; `setting`, `office`, `intake`, `units`, `refused`, `charts`, `downloads` are shown.

    `library` holds the definitions (those of the office folder found by CHIBO_HOME or upwards from here by default),
    `door` leads to the office's memory; `today` is the day that lateness is judged by; `engine` judges the books, None
    choosing by their number.
    """

    def __init__(
        self,
        library: Library | None = None,
        *,
        today: date | None = None,
        engine: Engine | None = None,
        door: Door | None = None,
    ) -> None:
        self.library = library or Library(find_home())
        self.today = today or date.today()
        self._tongue = Tongue(Language(os.environ.get("CHIBO_LANG", Language.VIETNAMESE.value)))
        self._redraw = Redraw(self._draw, _PAUSE)
        self._run = BoardRun(self.library, self.today, self._redraw.ask, engine, OutcomeStore())
        self._chosen_month: Month | None = None
        self._expected: tuple[CellIdentity, ...] = ()
        self._expected_name = ""
        self._expected_problem = ""
        self._open = ""
        self._following = ""
        self._led = 0
        self._with_others = False
        self._origins: Seeking[tuple[Finding, ...]] = Seeking(self._redraw.ask)
        self._looks = SheetLooks(self._redraw.ask)
        self._focus: dict[str, Any] = {"title": "", "units": [], "token": 0}
        self._door = door or local_door(self.library)
        self._remembering = Remembering(self._tongue, self._door, self._other_books, self._redraw.ask)
        self.board = board_of(self.consolidation, self.month)
        self._build()
        self._draw()
        self._remembering.begin()

    def _build(self) -> None:
        texts = self._tongue.texts
        hear = self._hear
        self._taking = Taking(
            self._tongue, self._run, allowed_folders(self.library.office), self._redraw.ask, self._cleared
        )
        self._delivering = Delivering(self._tongue, self._make, self._read, self._redraw.ask)
        self._joining = Joining(
            self._run,
            self.library,
            self._door,
            deliver=self._delivering.deliver,
            settled=self._follow,
            redraw=self._redraw.ask,
        )
        self._joining_handed = JoiningHanded(
            self.library,
            self._door,
            deliver=self._delivering.deliver,
            handed=self._handed_in,
            redraw=self._redraw.ask,
        )
        self.setting = Setting(texts, hear, _LIST_LIMIT, self._take_expected, self._expected_not_taken)
        self.office = self._remembering.widget
        self.intake = self._taking.widget
        self.table = UnitTable(texts, hear)
        self.unit = UnitPanel(texts, hear)
        self.refused = RefusedList(texts, self._lead)
        self.grades = Bars(texts, lambda message: self._choose("grades", message))
        self.attendance = Bars(texts, lambda message: self._choose("attendance", message))
        self.downloads = self._delivering.widget
        self.look = LookPanel(texts, hear).add_class("cb-look-holder")
        self.units = ipywidgets.Box([self.table, self.unit, self.look]).add_class("cb-board-pair")
        self.charts = ipywidgets.Box([self.grades, self.attendance])
        self.charts.add_class("cb-board-pair")
        self.charts.add_class("cb-board-even")

    @property
    def consolidation(self) -> Consolidation:
        """The books that the board is made of: those handed in to the office where that is wanted, else those taken."""
        given = self._remembering.given
        return given.consolidation if given else self._run.consolidation

    @property
    def month(self) -> Month:
        """The month looked at: the one chosen, else that of the books, else that of the office's period, else this."""
        today = Month(self.today.year, self.today.month)
        return self._chosen_month or usual_month(self.consolidation) or self._remembering.month or today

    def _hear(self, message: Any) -> None:
        match message:
            case messages.ChooseMonth(month=month, year=year):
                self._chosen_month = Month(year, month)
                self._focus_on("", ())
                self._delivering.forget()
            case messages.ChooseLanguage(language=language):
                self._tongue = Tongue(language)
                self._delivering.forget()
            case messages.Forget():
                self._expected, self._expected_name, self._expected_problem = (), "", ""
            case messages.ShowAll():
                self._focus_on("", ())
            case messages.OpenUnit(open=key):
                self._open, self._with_others = key, False
            case messages.ShowOthers(others=wanted):
                self._with_others = wanted
            case LookAt() | LookAway():
                self._looks.hear(message)
            case messages.MakeMarked(marked=file):
                make = partial(marked_file, file, self._run, self.library, self.today)
                self._delivering.deliver(self._tongue("unit_marked"), make)
            case _:
                self._hear_of_two(message)
        self._redraw.now()

    def _hear_of_two(self, message: Any) -> None:
        """Something is wanted with two books of the open unit: of those taken on the page, or of the office's."""
        unit, given = self.board.by_key.get(self._open), self._remembering.given
        if unit is not None and given is None:
            self._joining.hear(message, unit, self._tongue)
        elif unit is not None and given is not None:
            self._joining_handed.hear(message, unit, given, self._tongue)

    def _handed_in(self) -> None:
        """Something was handed in from here: the board shows what the office has by now."""
        self._remembering.look_again()
        self._delivering.forget()

    def _follow(self, file: str) -> None:
        """Other books of the open unit count now: the unit of this book is shown as soon as it is there."""
        self._following = file
        self._delivering.forget()

    def _cleared(self) -> None:
        """All books were dropped: nothing here holds them any longer."""
        self._open, self._with_others = "", False
        self._following = ""
        self._joining.forget()
        self._origins.forget()
        self._looks.close()
        self._focus_on("", ())
        self._delivering.forget()
        self._redraw.now()
        give_back_memory()

    def _other_books(self, month: Month | None) -> None:
        """A period of the office was chosen, or the board is made of other books now: those of the office, or not."""
        self._chosen_month = month or self._chosen_month
        self._joining_handed.forget()
        self._open, self._with_others = "", False
        self._focus_on("", ())
        self._delivering.forget()
        self._redraw.now()

    def _lead(self, message: Any) -> None:
        """A unit opened from below its panel: the reader is led up to it."""
        self._led += 1
        self._hear(message)

    def _choose(self, chart: str, message: messages.ChooseBar) -> None:
        self._focus_on(*chosen_units(self.board, self._tongue, chart, message.group, message.part))
        self._redraw.now()

    def _focus_on(self, title: str, units: Sequence[str]) -> None:
        self._focus = {"title": title, "units": list(units), "token": self._focus["token"] + 1}

    def _take_expected(self, name: str, data: bytes) -> None:
        try:
            self._expected = read_expected(data, name, self.month.year, self.library)
            self._expected_name, self._expected_problem = name, ""
        except ChiboError as error:
            self._expected_problem = error.words.told(self._tongue.language)
        self._redraw.now()

    def _expected_not_taken(self, name: str, problem: UploadProblem) -> None:
        limit = f"{_LIST_LIMIT // 2**20} MB"
        self._expected_problem = self._tongue(f"upload_{problem.value.replace('-', '_')}", name=name, limit=limit)
        self._redraw.now()

    def _make(self, kind: FileKind, sources: bool, tell: Tell) -> BoardFile:
        if kind is FileKind.MARKED:
            return marked_copies(self._run, self.library, self.today, tell)
        board, given = self._board_now(), self._remembering.given  # the board drawn last may be a book behind
        notes = given.noted if given is not None else partial(noted, in_place=self._joining.all_in_place)
        board = evolve(board, table=notes(board.table))
        made = make_file(kind, self.consolidation, board, self.library, self.today, with_sources=sources)
        if given is not None:
            self._remembering.log_made(made)
        return made

    def _read(self) -> Read:
        """How far the books of the board are read; those handed in to the office are there as a whole."""
        return Read() if self._remembering.given else self._taking.read

    def _board_now(self) -> Board:
        return board_of(self.consolidation, self.month, self._owing())

    def _owing(self) -> tuple[CellIdentity, ...]:
        """Who owes a report, by the office's list or the one given on the page."""
        given = self._remembering.given
        return tuple(given.expected) if given else self._expected

    def _draw(self) -> None:
        """Show what stands now."""
        tongue = self._tongue
        self._remembering.follow(self.month)
        consolidation, given = self.consolidation, self._remembering.given
        self.board = board = self._board_now()
        self._open_followed(board)
        texts = dict(tongue.texts)
        for widget in (self.setting, self.table, self.unit, self.look, self.refused, self.grades, self.attendance):
            widget.texts = texts
        self._taking.show(tongue, away=given is not None)
        self._remembering.show(tongue, board.month)
        self.setting.view = self._setting_view(board, self._owing())
        self.table.lines = table_lines(board, tongue)
        self.table.view = {**table_view(board, tongue), "open": self._open, "focus": self._focus}
        self.unit.view = self._unit_view(board)
        self.look.view = self._looks.view(self.library.catalogue, tongue)
        self.refused.view = refused_view(board, tongue, self.library.catalogue)
        self.grades.view = grades_view(board, tongue)
        self.attendance.view = attendance_view(board, tongue)
        self._delivering.show(tongue, board, len(to_return(consolidation)))
        self._redraw.pause = _PAUSE + _PAUSE_PER_UNIT * len(board.units)

    def _setting_view(self, board: Board, expected: Sequence[CellIdentity]) -> dict[str, Any]:
        years = {facts.meeting_code.month.year for facts in self.consolidation.facts}
        around = range(self.today.year - 2, self.today.year + 2)
        return {
            "month": board.month.number,
            "year": board.month.year,
            "years": sorted({*years, *around, board.month.year}),
            "language": self._tongue.language.value,
            "expected": {
                "count": len(self._expected),
                "name": self._expected_name,
                "problems": [self._expected_problem] if self._expected_problem else [],
                "office": self._remembering.owing(),
                "has_office": self._remembering.has_list,
                "outside": outside_list(board, expected, self._tongue),
            },
        }

    def _open_followed(self, board: Board) -> None:
        unit = next((one for one in board.units if self._following and self._following in one.files), None)
        if unit is not None:
            self._open, self._following, self._led = unit.key, "", self._led + 1

    def _unit_view(self, board: Board) -> dict[str, Any]:
        unit = board.by_key.get(self._open)
        if unit is None:  # a book that is being read will be shown before long: until then the panel stays
            return dict(self.unit.view) if self._following else {"key": "", "token": ""}
        of_two = self._view_of_two(unit)
        compared = of_two["twice"] is not None
        catalogue, others = self.library.catalogue, self._with_others
        shown = unit_view(unit, self._tongue, catalogue, with_others=others, compared=compared)
        return {
            **shown,
            "token": str(self._led or ""),
            "list": self._looks.listed(
                listed_findings(unit, with_others=self._with_others), partial(self._look_at, unit.files)
            ),
            "origin": self._origin_view(unit),
            **of_two,
        }

    def _view_of_two(self, unit: Unit) -> dict[str, Any]:
        given = self._remembering.given
        if given is None:
            return self._joining.view(unit, self._tongue)
        return self._joining_handed.view(unit, given, self._tongue)

    def _look_at(self, files: Sequence[str], finding: Finding, place: Place) -> Looked:
        label = book_of(finding, place, self.consolidation, files)
        return look_on_board(label, place, self._run, self.library)

    def _origin_view(self, unit: Unit) -> dict[str, Any] | None:
        """Where the unit's books come from; None for a unit without any that was taken on the page."""
        if unit.cell is None or not unit.files or self._remembering.given is not None:
            return None
        find = partial(origins_of, unit.counting, self._run, self.library)
        found = self._origins.ask(self._run.versions(unit.counting), find, failed=())
        return origin_view(found, self._tongue, self.library.catalogue)
