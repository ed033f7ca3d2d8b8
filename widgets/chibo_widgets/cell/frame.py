"""How the widgets of the page stand beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets

from chibo_widgets.cell import widgets
from chibo_widgets.uploads import UploadProblem

Parts = Mapping[str, widgets.CellWidget]
"""The widgets, each under the name of what it shows (`showing.Scene`)."""

_MAIN = ("form", "roll", "score", "saving", "handing")
_SIDE = ("facts", "findings_list")


def parts_of_page(
    texts: Mapping[str, str],
    heard: widgets.Heard,
    *,
    limit: int,
    on_file: Callable[[str, bytes], None],
    on_problem: Callable[[str, UploadProblem], None],
    on_restore: Callable[[Any, bytes], None],
) -> Parts:
    """Every widget of the page, telling what the user does to these functions; `limit` is that of a file, in bytes."""
    return {
        "head": widgets.PageHead(texts, heard),
        "opener": widgets.OpenPanel(
            texts, heard, limit=limit, on_file=on_file, on_problem=on_problem, on_restore=on_restore
        ),
        "year": widgets.YearStrip(texts, heard),
        "form": widgets.MeetingForm(texts, heard),
        "roll": widgets.RollCallGrid(texts, heard),
        "score": widgets.ScoreForm(texts, heard),
        "saving": widgets.SavingPanel(texts, heard),
        "handing": widgets.HandingPanel(texts, heard),
        "facts": widgets.FactsPanel(texts, heard),
        "findings_list": widgets.FindingsPanel(texts, heard),
        "look": widgets.LookPanel(texts, heard),
        "paper": widgets.ScoreSheetPaper(texts, heard),
        "receipt": widgets.ReceiptPaper(texts, heard),
    }


class PageFrame(ipywidgets.VBox):  # type: ignore[misc]
    """The widgets in their places: head, opening and year over two columns, the sheet of paper below."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        main = _column("cb-main-column", [parts[name] for name in _MAIN])
        side = _column("cb-side-column", [parts[name] for name in _SIDE])
        columns = ipywidgets.Box([main, side]).add_class("cb-columns")
        paper = _column("cb-sheet-holder", [parts["paper"], parts["receipt"]])
        super().__init__([parts["head"], parts["opener"], parts["year"], columns, paper, parts["look"]])
        self.add_class("cb-page")

    @property
    def head(self) -> widgets.CellWidget:
        """The head, which keeps the draft."""
        return self.parts["head"]

    @property
    def opener(self) -> widgets.CellWidget:
        """The opening panel."""
        return self.parts["opener"]

    @property
    def saving(self) -> widgets.CellWidget:
        """The last step, which hands files out."""
        return self.parts["saving"]

    def arrange(self, step: int, *, printing: bool) -> None:
        """Tell the style sheet which step is shown, and whether the sheet alone is to be seen."""
        for number in range(1, 6):
            self.remove_class(f"cb-step-{number}")
        self.add_class(f"cb-step-{step}")
        if printing:
            self.add_class("cb-printing")
        else:
            self.remove_class("cb-printing")


def _column(name: str, inside: list[widgets.CellWidget]) -> ipywidgets.VBox:
    return ipywidgets.VBox(inside).add_class(name)
