"""What is marked in a workbook that goes back to its unit: severity by severity a colour, and a note on the cell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from chibo.findings import Severity

AUTHOR = "Chibo"
REVIEWER = "Người thẩm định"
"""So begins what a person marked, beside what Chibo found."""

COLOURS: Mapping[Severity, str] = {Severity.BLOCK: "FFF8C9C4", Severity.WARN: "FFFDE9A9", Severity.NOTE: "FFD5E7F6"}
WORDS: Mapping[Severity, str] = {Severity.BLOCK: "Phải sửa", Severity.WARN: "Cần xem lại", Severity.NOTE: "Để biết"}

_NOTE = re.compile(r"^\s*(?:Chibo:?\s*)?Chibo · mục (\d+)\b")


@frozen
class Mark:
    """One thing to be mended, in words, and where: no address means the whole sheet, no sheet the whole file."""

    sheet: str
    address: str
    severity: Severity
    text: str

    @property
    def is_of_person(self) -> bool:
        """Whether a person asks for it who looked at the book."""
        return self.text.startswith(REVIEWER)


def note_head(number: int) -> str:
    """How our note on a cell begins; by it the note is known again, whoever saved the file meanwhile."""
    return f"Chibo · mục {number}"


def number_of_note(text: str) -> int | None:
    """The number of our note with this text, None for anybody else's."""
    found = _NOTE.match(text)
    return int(found[1]) if found else None


def fill_of(severity: Severity, prefix: bytes) -> bytes:
    """The fill of marked cells as an element of the styles."""
    return (
        b'<~fill><~patternFill patternType="solid"><~fgColor rgb="%s"/><~bgColor indexed="64"/></~patternFill></~fill>'
        % COLOURS[severity].encode()
    ).replace(b"~", prefix)


def is_our_fill(fill: bytes) -> bool:
    """Whether a fill is one of ours, also as another program writes it."""
    upper = fill.upper()
    return any(colour.encode() in upper for colour in COLOURS.values())
