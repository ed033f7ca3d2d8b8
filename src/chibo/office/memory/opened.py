"""A period that was opened, or the refusal that says which ones were."""

from __future__ import annotations

from chibo.errors import ChiboError
from chibo.model import Period
from chibo.periods import ReportingPeriod
from chibo.store import Reading
from chibo.store.periods import read_period, read_periods


def opened_period(reading: Reading, period: Period) -> ReportingPeriod:
    """The period. Raises ChiboError, naming those that are there, where it was never opened."""
    known = read_period(reading, period)
    if known is None:
        others = ", ".join(str(one.period) for one in read_periods(reading))
        raise ChiboError(
            f"Kỳ {period} chưa mở. Các kỳ đã mở: {others or 'chưa có'}.", command=f"chibo period open {period}"
        )
    return known
