"""Moments as people read them: in the time of the place where the office is, which is that of its machine."""

from __future__ import annotations

from datetime import datetime


def local_moment(at: datetime) -> str:
    """A moment as it stands on receipts: `15:00:27 03/11/2026`."""
    return f"{at.astimezone():%H:%M:%S %d/%m/%Y}"
