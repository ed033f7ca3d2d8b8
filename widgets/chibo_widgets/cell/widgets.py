"""The widgets of the page `chi-bo`, one for each table or form. What they show is made in the modules `*_view`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from chibo_widgets.cell.acts import Act, act_of
from chibo_widgets.cell.goes import Go, go_of
from chibo_widgets.page_widget import PageWidget, script, style
from chibo_widgets.uploads import UploadProblem, Uploads

_MOST_ACTS = 2**31


@frozen
class Heard:
    """Whom a widget tells what the user did: an act, a step, or something that is not to be taken as either."""

    act: Callable[[Act], None]
    go: Callable[[Go], None]
    unsound: Callable[[], None]


class CellWidget(PageWidget):
    """A widget of this page: what the user does in it goes to the page, once it is known to be sound."""

    def __init__(self, texts: Mapping[str, str], heard: Heard) -> None:
        super().__init__(texts)
        self._heard = heard
        self._answered = 0

    def show(self, view: Mapping[str, Any]) -> None:
        """Show this; the browser is told how many of its acts are known here, so that it shows nothing outdated."""
        self.view = {**view, "answered": self._answered} if self._answered else dict(view)

    def received(self, content: Any, buffers: list[memoryview]) -> None:
        """Pass an act or a step on; one that cannot be taken is answered too, or the widget would wait for it."""
        if not isinstance(content, dict) or not content.keys() & {"act", "go"}:
            return
        number = content.get("number")
        self._answered = number if isinstance(number, int) and 0 < number < _MOST_ACTS else self._answered
        if (act := act_of(content)) is not None:
            self._heard.act(act)
        elif (go := go_of(content)) is not None:
            self._heard.go(go)
        else:
            self._heard.unsound()


class PageHead(CellWidget):
    """The unit, the state of the work, the steps, and what just happened; keeps the draft."""

    _esm = script("parts/masthead.js", "parts/drafts.js", "cell/page_head.js")
    _css = style("cell/page.css", "cell/page_head.css")


class OpenPanel(CellWidget):
    """Opening a book: a file of `limit` bytes at most, a draft, a new book, the sample."""

    _esm = script(
        "parts/upload.js",
        "parts/drafts.js",
        "parts/fields.js",
        "parts/look_link.js",
        "cell/opened_book.js",
        "cell/open_panel.js",
    )
    _css = style("static/fields.css", "cell/open_panel.css")

    def __init__(
        self,
        texts: Mapping[str, str],
        heard: Heard,
        *,
        limit: int,
        on_file: Callable[[str, bytes], None],
        on_problem: Callable[[str, UploadProblem], None],
        on_restore: Callable[[Any, bytes], None],
    ) -> None:
        super().__init__(texts, heard)
        self._uploads = Uploads(limit, on_file, on_problem, self.send)
        self._on_restore = on_restore

    def received(self, content: Any, buffers: list[memoryview]) -> None:
        """Take slices of a file, and drafts, besides acts and steps."""
        if self._uploads.take(content, buffers):
            return
        if isinstance(content, dict) and "restore" in content:
            self._on_restore(content["restore"], bytes(buffers[0]) if buffers else b"")
            return
        super().received(content, buffers)


class YearStrip(CellWidget):
    """The year at a glance."""

    _esm = script("cell/year_strip.js")
    _css = style("cell/year_strip.css")


class MeetingForm(CellWidget):
    """Registering a meeting and recording it."""

    _esm = script("parts/fields.js", "cell/meeting_form.js")
    _css = style("static/fields.css", "cell/meeting_form.css")


class RollCallGrid(CellWidget):
    """The roll call."""

    _esm = script("cell/roll_call.js")
    _css = style("static/fields.css", "cell/roll_call.css")


class ScoreForm(CellWidget):
    """The score form made from the frame."""

    _esm = script("cell/score_form.js")
    _css = style("static/fields.css", "cell/score_form.css")


class FactsPanel(CellWidget):
    """The facts of the meeting."""

    _esm = script("cell/facts_panel.js")
    _css = style("cell/facts_panel.css")


class FindingsPanel(CellWidget):
    """The findings, each leading to where it is mended."""

    _esm = script("parts/look_link.js", "findings_list.js")
    _css = style("findings_list.css")


class LookPanel(CellWidget):
    """A look at the cell of a finding, in the file as it was opened."""

    _esm = script("parts/clipboard.js", "parts/copy_place.js", "sheet_look.js")
    _css = style("sheet_look.css")


class SavingPanel(CellWidget):
    """The last step: the workbook and the sheet."""

    _esm = script("cell/saving_panel.js")
    _css = style("cell/saving_panel.css")


class HandingPanel(CellWidget):
    """The step that hands the book in to the office: periods, state, differences, history."""

    _esm = script("cell/merged_book.js", "cell/handing_panel.js")
    _css = style("cell/handing_panel.css")


class ScoreSheetPaper(CellWidget):
    """The score sheet on paper."""

    _esm = script("parts/printing.js", "cell/score_sheet.js")
    _css = style("cell/score_sheet.css")


class ReceiptPaper(CellWidget):
    """A receipt on paper."""

    _esm = script("parts/printing.js", "cell/receipt.js")
    _css = style("cell/score_sheet.css", "cell/receipt.css")
