"""How much work a call is, told by a count that is the same on every machine: the steps of Python that it takes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps_of(work: Callable[[], object]) -> int:
    """How many steps (opcodes) of Python code a call takes; what is remembered from before costs none."""
    count = 0

    def trace(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        if event == "call":
            frame.f_trace_opcodes, frame.f_trace_lines = True, False
        elif event == "opcode":
            count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """By how much more work twice as much is: 2 where each thing takes its own work alone, 4 where each takes all.

    `work` prepares the call for a size. Both are called once before they are counted, so that caches are filled.
    """
    few, many = work(size), work(2 * size)
    few(), many()
    return steps_of(many) / steps_of(few)
