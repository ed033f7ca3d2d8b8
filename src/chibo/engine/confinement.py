"""What a process that reads books may do: limits that the system enforces, as far as it can enforce them.

A damaged or hostile book can at worst end the process that reads it; these limits make that end come soon, and keep
the process away from the network, from writing files and from other processes. What a system has not is named, never
assumed.
"""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from chibo.engine.system_calls import stay_alone

if TYPE_CHECKING:
    from chibo.definitions.intake_limits import ProcessLimits

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


class Protection(StrEnum):
    """One thing that holds for a process that reads books."""

    SEPARATE = "separate-process"
    """It ends alone: the command or the server that started it goes on."""
    WALL_TIME = "wall-time"
    MEMORY = "memory"
    CPU_TIME = "cpu-time"
    OPEN_FILES = "open-files"
    FILE_SIZE = "file-size"
    NO_CORE = "no-core-dump"
    NO_NEW_RIGHTS = "no-new-rights"
    NO_NETWORK = "no-network"
    NO_OTHER_PROCESS = "no-other-process"
    """It starts none, so that nothing of it lives on when it is ended."""


_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000
_NO_NEW_PRIVILEGES = 38


def confine(limits: ProcessLimits) -> frozenset[Protection]:
    """Put this process under its limits for good; the protections that now hold."""
    held = {Protection.SEPARATE, Protection.WALL_TIME}
    if _cut_network():
        held.add(Protection.NO_NETWORK)
    if _prctl(_NO_NEW_PRIVILEGES, 1):
        held.add(Protection.NO_NEW_RIGHTS)
    if stay_alone() or _starts_none():
        held.add(Protection.NO_OTHER_PROCESS)
    if resource is not None:
        # What the process began with (libraries, the memory of its parent where it was forked) does not count.
        if sys.platform != "darwin" and _limited("RLIMIT_AS", _address_space() + limits.memory):
            held.add(Protection.MEMORY)
        for name, most, protection in (
            ("RLIMIT_NOFILE", limits.open_files, Protection.OPEN_FILES),
            ("RLIMIT_FSIZE", limits.written, Protection.FILE_SIZE),
            ("RLIMIT_CORE", 0, Protection.NO_CORE),
        ):
            if _limited(name, most):
                held.add(protection)
        if hasattr(resource, "RLIMIT_CPU"):
            held.add(Protection.CPU_TIME)
    return frozenset(held)


def start_clock(limits: ProcessLimits) -> None:
    """Give the process its CPU seconds for one more book; it is ended by the system when it needs more."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def _starts_none() -> bool:
    """Whether a limit of the system keeps this process from starting others; the administrator is kept by none."""
    return hasattr(os, "geteuid") and _limited("RLIMIT_NPROC", 0) and os.geteuid() != 0


def _limited(name: str, most: int) -> bool:
    """Lower one limit of the system; whether it holds."""
    kind = getattr(resource, name, None)
    if kind is None:
        return False
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        lowered = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (lowered, lowered))
        return True
    return False


def _address_space() -> int:
    """The address space that this process has now, in bytes; 0 where the system does not tell."""
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def _cut_network() -> bool:
    """Move into a network of its own, which has no way out: with the rights to, or else as a user of its own."""
    unshare = _system_call("unshare")
    return unshare is not None and (unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) == 0)


def _prctl(option: int, value: int) -> bool:
    prctl = _system_call("prctl")
    return prctl is not None and prctl(option, value, 0, 0, 0) == 0


def _system_call(name: str) -> ctypes._NamedFuncPointer | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        return getattr(ctypes.CDLL(None, use_errno=True), name, None)
    except OSError:
        return None
