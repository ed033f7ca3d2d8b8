"""The pages that are served: the notebooks of the office folder, and the shipped ones it has none of its own for.

A notebook says what it is in its metadata, so that a page added to an office folder appears on the first page at once:

    "title": "…", "chibo": {"title": {"vi": …, "en": …}, "description": {"vi": …, "en": …}, "order": 1, "lab": false}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from attrs import frozen

from chibo.definitions.folders import data_files
from chibo.definitions.language import Language

_LAST = 1_000
_LAB = "jupyter lab --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.news_url=None"
"""JupyterLab as it asks nobody outside: by itself it looks for a newer version of it, and offers to fetch news."""


@frozen
class Page:
    """One page: the notebook `path`, opened at the address `/<name>`."""

    name: str
    path: Path
    about: Mapping[str, object]
    """The notebook's metadata."""
    copy: Path | None = None
    """The office folder's copy, which an analyst may change; None where there is no such copy."""

    def title(self, language: Language) -> str:
        """The title; the name where the notebook gives none."""
        return self._words("title", language) or str(self.about.get("title") or self.name)

    def description(self, language: Language) -> str:
        """What the page is for, in a sentence; empty where the notebook does not say."""
        return self._words("description", language)

    @property
    def address(self) -> str:
        """The last part of the page's address, as it stands in a link."""
        return quote(self.name)

    @property
    def order(self) -> int:
        """Where the page stands on the first page; those without an order come last, by name."""
        order = self._own.get("order")
        return order if isinstance(order, int) else _LAST

    @property
    def for_analysts(self) -> bool:
        """Whether the notebook is meant to be opened in JupyterLab, not as a page."""
        return bool(self._own.get("lab"))

    @property
    def lab_commands(self) -> tuple[str, ...]:
        """What an analyst types to open it in JupyterLab: always a copy of the office's, never the shipped notebook."""
        if self.copy is None:
            return ("chibo init van-phong", f"{_LAB} van-phong/notebooks/{self.path.name}")
        return (f'{_LAB} "{self.copy}"' if " " in str(self.copy) else f"{_LAB} {self.copy}",)

    @property
    def _own(self) -> Mapping[str, object]:
        own = self.about.get("chibo")
        return own if isinstance(own, Mapping) else {}

    def _words(self, key: str, language: Language) -> str:
        words = self._own.get(key)
        if isinstance(words, Mapping):
            return str(words.get(language.value) or words.get(Language.VIETNAMESE.value) or "")
        return str(words or "")


def find_pages(office: Path | None) -> tuple[Page, ...]:
    """Every page of the office, in the order of the first page."""
    found = data_files("notebooks", "*.ipynb", office)
    pages = [_page(path, office) for path in found.values() if not path.name.startswith(".")]
    return tuple(sorted(pages, key=lambda page: (page.order, page.name)))


def find_page(office: Path | None, name: str) -> Page | None:
    """The page called `name`, None where there is none."""
    path = page_file(office, f"{name}.ipynb")
    return _page(path, office) if path else None


def page_file(office: Path | None, file_name: str) -> Path | None:
    """The notebook called `file_name` (with its ending); the office's own before the shipped one, None for neither."""
    return data_files("notebooks", "*.ipynb", office).get(file_name)


def _page(path: Path, office: Path | None) -> Page:
    copy = office / "notebooks" / path.name if office else None
    return Page(path.stem, path, _metadata(path), copy if copy and copy.is_file() else None)


def _metadata(path: Path) -> Mapping[str, object]:
    """The notebook's metadata; empty where the file is no notebook (opening it then says so)."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    metadata = document.get("metadata") if isinstance(document, dict) else None
    return metadata if isinstance(metadata, dict) else {}
