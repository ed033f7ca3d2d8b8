"""Moments as people read them: in the time of the place where the office is, which is that of its machine."""

from __future__ import annotations

from datetime import UTC, datetime


def local_moment(at: datetime) -> str:
    """A moment as it stands on receipts: `15:00:27 03/11/2026`; in UTC where the place's calendar does not have it."""
    try:
        here = at.astimezone()
    except (OverflowError, OSError):  # what an office remembers for good, as a file once said it
        here = at.astimezone(UTC)
    return f"{here:%H:%M:%S %d/%m/%Y}"
