"""The words of the page `quan-tri` in one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from chibo.definitions.language import Language
from chibo_widgets.texts import fill, load_texts


@frozen
class Tongue:
    """The words of the page in one language."""

    language: Language
    texts: Mapping[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "texts", load_texts("shared", "admin", language=self.language))

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its blanks filled; KeyError for a key that the catalogue lacks."""
        return fill(self.texts[key], **values)


def show_day(day: date | None) -> str:
    """dd/mm/yyyy, empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""
