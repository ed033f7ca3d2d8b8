"""Looking at the very cell that a finding stands on, in the bytes that a page holds of its book."""

from __future__ import annotations

from attrs import frozen

from chibo.definitions.library import Library
from chibo.engine.single_book import look_one
from chibo.errors import ChiboError, Words
from chibo.findings import Finding
from chibo.legacy_text import Answer
from chibo.model import Place
from chibo.workbook.excerpt import Excerpt


@frozen
class Looked:
    """What there is to be seen at a place: an excerpt, or why there is none.

    `refusal` is what the reader has against the file, `problem` any other reason, fit for the user. Without any of the
    three the file has no such sheet.
    """

    excerpt: Excerpt | None = None
    refusal: Finding | None = None
    problem: Words | None = None


def look_into(data: bytes, place: Place, library: Library, answer: Answer | None = None) -> Looked:
    """The cells around `place` of the workbook held by `data`, read in a limited process like any book."""
    try:
        found = look_one(data, place.file, place, library, answer)
    except ChiboError as error:
        return Looked(problem=error.words)
    return Looked(refusal=found) if isinstance(found, Finding) else Looked(excerpt=found)
