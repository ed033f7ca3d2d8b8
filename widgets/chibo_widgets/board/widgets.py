"""The widgets of the board: each one table or form, which tells the page what the user wants and decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets
from pydantic import BaseModel

from chibo_widgets.board import messages
from chibo_widgets.page_widget import PageWidget, script, style
from chibo_widgets.sheet_look import LookAt, LookAway
from chibo_widgets.uploads import UploadProblem, Uploads

Heard = Callable[[Any], None]

_SENDING = "parts/upload.js"


class BoardWidget(PageWidget):
    """A widget of the board. Messages of its `kinds` go to `heard`, everything else is left alone."""

    kinds: tuple[type[Any], ...] = ()

    def __init__(self, texts: Mapping[str, str], heard: Heard) -> None:
        super().__init__(texts)
        self._heard = heard
        self.declined: Callable[[], None] = lambda: None
        """Called where something was asked for that is not taken, such as a text longer than any that is."""

    def received(self, content: Any, buffers: list[memoryview]) -> None:
        """Pass a checked message on."""
        message: BaseModel | None = messages.message_of(content, *self.kinds)
        if message is not None:
            self._heard(message)
        elif isinstance(content, dict) and "act" in content:
            self.declined()


class SendingWidget(BoardWidget):
    """A widget that takes files."""

    def __init__(
        self,
        texts: Mapping[str, str],
        heard: Heard,
        limit: int,
        on_file: Callable[[str, bytes], None],
        on_problem: Callable[[str, UploadProblem], None],
    ) -> None:
        super().__init__(texts, heard)
        self._uploads = Uploads(limit, on_file, on_problem, self.send)

    def received(self, content: Any, buffers: list[memoryview]) -> None:
        """Take a slice of a file, or pass a checked message on."""
        if not self._uploads.take(content, buffers):
            super().received(content, buffers)


class Setting(SendingWidget):
    """The month looked at, the list of expected cells, and the language of the page."""

    _esm = script(_SENDING, "parts/masthead.js", "board/setting.js")
    _css = style("board/page.css", "board/setting.css")
    kinds = (messages.ChooseMonth, messages.ChooseLanguage, messages.Forget)


class OfficePanel(BoardWidget):
    """The office's periods: their days, how complete the one looked at is, who is missing."""

    _esm = script("parts/clipboard.js", "board/office.js")
    _css = style("board/office.css")
    kinds = (messages.ChoosePeriod, messages.TakeFromOffice, messages.LookAgain)


class Intake(SendingWidget):
    """Taking workbooks, and how far reading them has come."""

    _esm = script(_SENDING, "board/intake.js")
    _css = style("board/intake.css")
    kinds = (
        messages.Expect,
        messages.Unsent,
        messages.Stop,
        messages.Resume,
        messages.Clear,
        messages.ReadFolder,
    )


class UnitTable(BoardWidget):
    """The table of the month. `lines` are its rows, apart from `view`, so that a click does not send them all again."""

    lines = traitlets.Dict().tag(sync=True)

    _esm = script("board/table.js")
    _css = style("board/table.css")
    kinds = (messages.OpenUnit, messages.ShowAll)


class UnitPanel(BoardWidget):
    """One unit with its findings."""

    _esm = script("parts/clipboard.js", "parts/copy_place.js", "parts/look_link.js", "board/unit.js")
    _css = style("findings_list.css", "board/unit.css")
    kinds = (
        messages.OpenUnit,
        messages.ShowOthers,
        messages.MakeMarked,
        messages.CompareAgain,
        messages.JoinTwo,
        messages.UseOnly,
        messages.PartAgain,
        messages.TakeJoined,
        messages.HandInJoined,
        LookAt,
    )


class LookPanel(BoardWidget):
    """A look at the cell of a finding."""

    _esm = script("parts/clipboard.js", "parts/copy_place.js", "sheet_look.js")
    _css = style("sheet_look.css")
    kinds = (LookAt, LookAway)


class RefusedList(BoardWidget):
    """The refused files with their reasons."""

    _esm = script("board/refused.js")
    _css = style("board/refused.css")
    kinds = (messages.OpenUnit,)


class Bars(BoardWidget):
    """A chart by base organisation."""

    _esm = script("board/bars.js")
    _css = style("board/bars.css")
    kinds = (messages.ChooseBar,)


class Downloads(BoardWidget):
    """The return and the facts, as files."""

    _esm = script("board/downloads.js")
    _css = style("board/downloads.css")
    kinds = (messages.Make, messages.WithSources)
