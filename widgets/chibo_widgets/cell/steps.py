"""The steps of the page by their numbers."""

from __future__ import annotations

RECORD, SCORE, SAVE, HAND_IN = 2, 3, 4, 5
"""The steps after opening; the last one where the page is that of an office."""
