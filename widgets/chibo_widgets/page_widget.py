"""The base of our widgets: Python shows a `view`, the browser draws it and answers with messages.

A widget is one table or form: a Python class with a `.js` and a `.css` next to it. The plain files in `parts/` hold
what several widgets share; they are put in front of a widget's own script, so nobody needs a bundler.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).parent

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of an Excel workbook."""


@cache
def script(*names: str) -> str:
    """The widget script made of the shared parts and the named files of this folder, in this order."""
    shared = ("parts/dom.js", "parts/format.js", "parts/focus.js", "parts/page.js")
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in (*shared, *names))


@cache
def style(*names: str) -> str:
    """The style sheet made of the shared tokens and the named files of this folder."""
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("static/tokens.css", *names))


class PageWidget(anywidget.AnyWidget):
    """One table or form of a page.

    `view` and `texts` travel from Python to the browser only. The browser could forge them like any synced value, so
    they are never read back: whatever the user does arrives as a message in `received`, which checks it.
    """

    view = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)

    def __init__(self, texts: Mapping[str, str], view: Mapping[str, Any] | None = None) -> None:
        super().__init__(texts=dict(texts), view=dict(view or {}))
        self.on_msg(lambda _widget, content, buffers: self.received(content, buffers))

    def received(self, content: Any, buffers: list[memoryview]) -> None:
        """Take a message of the browser; `content` is whatever was sent, so a subclass checks it before using it."""

    def offer_download(self, name: str, data: bytes, media_type: str = XLSX) -> None:
        """Let the browser save `data` as a file called `name`."""
        self.send({"download": {"name": name, "type": media_type}}, buffers=[data])
