"""Text from before Unicode (TCVN3, VNI) in the sheets of a workbook: converted before anything is understood of them.

It is looked for before text is cleaned: the letter ư of TCVN3 is the character that cleaning takes for invisible.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from chibo.findings import Finding
from chibo.legacy_text import Answer, Encoding, convert
from chibo.workbook.reading.sheet import Sheet

SUSPECT = re.compile("[¡-¦¨-ª¬-¯³-¶¸-º¼¾ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþ\uf0a1-\uf0fe]")
"""Characters that Vietnamese in Unicode has no use for and neither old encoding can do without. Most workbooks hold
none, and are done with after one search."""


def convert_old_text(sheets: Mapping[str, Sheet], answer: Answer | None = None) -> list[Finding]:
    """Put converted text in the place of old text, and say where; `answer` settles what cannot be decided."""
    if not any(SUSPECT.search(sheet.wording) for sheet in sheets.values()):
        return []
    from chibo.workbook.reading.old_text import convert_seen  # noqa: PLC0415 - most workbooks do without

    return convert_seen(sheets, answer)


@lru_cache(maxsize=512)
def possible_names(name: str) -> tuple[str, ...]:
    """A sheet's name as it stands, and as it would be read in each old encoding."""
    return (name,) if name.isascii() else (name, *(convert(name, encoding) for encoding in Encoding))
