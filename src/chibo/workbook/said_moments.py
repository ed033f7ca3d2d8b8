"""Moments that a workbook says of itself: anybody may have written them, so not each is one."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

_FIRST = datetime(1970, 1, 2, tzinfo=UTC)
_END = datetime(3000, 1, 1, tzinfo=UTC)
"""Between them every machine can tell a moment in the time of its place, Windows too."""


def moment_said(text: str, zone: tzinfo | None = None) -> datetime | None:
    """The moment in UTC that a text in ISO form says; None where it says none that can be.

    `zone` is that of a text that names none; without it, such a text says no moment.
    """
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    if said.tzinfo is None:
        said = said.replace(tzinfo=zone)
    return said.astimezone(UTC) if said.tzinfo and _FIRST <= said < _END else None
