"""Finding the band of a value. Bands are tried in the order of the frame; the first that holds the value counts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from chibo.definitions.frames.bands import contains
from chibo.definitions.frames.facts import Band


def band_of(bands: Sequence[Band], value: Fraction, required: int | None = None) -> Band:
    """The band that holds `value`; `required` are the required minutes for edges that use R.

    The cross-checks have made sure that one does. Only where a granted minimum is so small that edges change places
    can a value lie in two bands: then the one written first, the better one, counts.
    """
    return next(band for band in bands if contains(band, value, required))
