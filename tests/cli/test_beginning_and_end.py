"""How the command begins and ends: Python looks seldom for objects that only hold each other, at the end not at all."""

from __future__ import annotations

import subprocess
import sys

THRESHOLD = "import gc; print(gc.get_threshold()[0])"
COMMAND = """
import gc, sys
from chibo.__main__ import main
sys.argv = ["chibo", "facts", "--help"]
try:
    main()
finally:
    print(gc.get_threshold()[0], gc.get_freeze_count())
"""


def test_what_is_left_at_the_end_is_not_looked_through():
    (usual,) = _numbers_printed_by(THRESHOLD, 1)
    threshold, frozen = _numbers_printed_by(COMMAND, 2)

    assert threshold > usual
    assert frozen > 0


def _numbers_printed_by(code: str, last: int) -> list[int]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [int(number) for number in done.stdout.split()[-last:]]
