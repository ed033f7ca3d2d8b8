"""The text of cells as it comes, piece by piece with its fonts, and what somebody says of its encoding."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from chibo.legacy_text.encodings import Encoding


class Answer(StrEnum):
    """What somebody said of text that could not be decided."""

    UNICODE = "unicode"
    """The text is as it should be: nothing is converted."""
    TCVN3 = "tcvn3"
    VNI = "vni"

    @property
    def encoding(self) -> Encoding | None:
        """The encoding meant, None for Unicode."""
        return None if self is Answer.UNICODE else Encoding(self.value)


@frozen
class Run:
    """A piece of a cell's text and the name of its font, "" where that is not known."""

    text: str
    font: str = ""


@frozen
class TextCell:
    """The text of one cell, in one run or, where its formatting changes, in several."""

    row: int
    column: int
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(run.text for run in self.runs)
