"""The languages that Chibo speaks."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """Languages that people can read Chibo in."""

    VIETNAMESE = "vi"
    ENGLISH = "en"
