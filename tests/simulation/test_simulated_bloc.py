"""A small bloc through the real use cases: its figures are those of SQL. `make simulate` plays a whole one."""

from __future__ import annotations

from pathlib import Path

import pytest

from chibo.model import Period
from simulation.playing import play


@pytest.mark.parametrize(
    ("seed", "periods"),
    [
        (1, [Period(2026, 11, 11), Period(2026, 12, 12), Period(2027, 1, 1)]),
        (2, [Period(2026, 7, 9), Period(2026, 10, 12)]),
    ],
)
def test_every_period_is_what_sql_counts(tmp_path: Path, seed: int, periods: list[Period]) -> None:
    played = play(tmp_path / "vp", 16, periods, seed)
    assert set(played.periods) == {str(period) for period in periods}
    assert played.acts["submit"] >= 16
    assert played.acts["verify"] + played.acts["score"] >= 16
