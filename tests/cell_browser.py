"""The page `chi-bo` in front of a browser that tests play: messages in, views out."""

from __future__ import annotations

from datetime import date
from typing import Any

from chibo.model import CellBook
from chibo.workbook import write_book
from chibo_widgets.cell import CellPage
from desks import library

TODAY = date(2026, 4, 15)


class Browser:
    """What a browser would do with the page: send messages, look at what is shown."""

    def __init__(self, language: str = "vi", page: CellPage | None = None) -> None:
        self.page = page or CellPage(library(), language, today=lambda: TODAY)
        self.sent: list[tuple[Any, list[bytes]]] = []
        for widget in (self.page.head, self.page.opener, self.page.saving):
            widget.send = lambda content, buffers=(): self.sent.append((content, list(buffers)))

    def view(self, name: str) -> dict[str, Any]:
        return self.page.parts[name].view

    def go(self, **step: Any) -> None:
        self.page.head.received({"go": step}, [])

    def act(self, **act: Any) -> None:
        self.page.head.received({"act": act}, [])

    def upload(self, data: bytes, name: str = "so.xlsx") -> None:
        head = {"id": 1, "name": name, "size": len(data), "offset": 0}
        self.page.opener.received({"upload": head}, [memoryview(data)])

    def open(self, book: CellBook) -> None:
        self.upload(write_book(book, library(), TODAY))

    @property
    def said(self) -> str:
        said = self.view("head")["said"]
        return said["text"] if said else ""

    @property
    def book(self) -> CellBook:
        assert self.page._work is not None
        return self.page._work.desk.book

    def row(self, code: str) -> dict[str, Any]:
        return next(row for group in self.view("score")["groups"] for row in group["rows"] if row["code"] == code)

    def arrivals(self) -> list[bool]:
        return [content["arrived"] for content, _ in self.sent if "arrived" in content]

    def drafts(self) -> list[dict[str, Any]]:
        return [content["draft"] for content, _ in self.sent if "draft" in content]
