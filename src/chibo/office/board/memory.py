"""Memory given back to the system once many books have been dropped."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress


def give_back_memory() -> None:
    """Collect what nothing refers to any more, and let the C library return the free pages that it holds.

    Without the second step glibc keeps most of them for this process. Elsewhere the system's allocator decides.
    """
    gc.collect()
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):  # no glibc (musl)
            ctypes.CDLL("libc.so.6").malloc_trim(0)
