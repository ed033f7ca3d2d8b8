"""What a process gives up for good of what it may ask of Linux: to start other processes, and to reach others.

A process that a workbook has taken over would leave behind what it started, and could end whoever asked it. The filter
is a small program that the system runs at each call (seccomp); neither this process nor anybody can take it away.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

from attrs import frozen


@frozen
class _Calls:
    """The numbers that one kind of processor has for the calls."""

    architecture: int
    never: tuple[int, ...]
    """clone, fork, vfork, clone3, execve, execveat; tkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send_signal,
    ptrace, process_vm_readv, process_vm_writev, pidfd_getfd."""
    to_itself: tuple[int, ...]
    """kill and tgkill, of which the first argument is a process."""


_CALLS = {
    "x86_64": _Calls(0xC000003E, (56, 57, 58, 435, 59, 322, 200, 129, 297, 424, 101, 310, 311, 438), (62, 234)),
    "aarch64": _Calls(0xC00000B7, (220, 435, 221, 281, 130, 138, 240, 424, 117, 270, 271, 438), (129, 131)),
}
_OTHER_WAY_OF_COUNTING = 0x40000000
"""From here on the numbers of calls are those of x32, a second way to the same calls."""

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_CALL, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Where in what the filter is shown these stand."""
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_SET_FILTER, _BY_PROGRAM = 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def stay_alone() -> bool:
    """Start no process and no thread any more, and send signals to none but this one; whether that holds now.

    It needs a process that can gain no rights any more (PR_SET_NO_NEW_PRIVS), or one that has them all.
    """
    calls = _CALLS.get(platform.machine())
    if not sys.platform.startswith("linux") or calls is None or sys.maxsize < 2**32:
        return False
    steps = _steps(calls, os.getpid())
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return False
    program = _Program(len(steps), b"".join(steps))
    return bool(prctl(_SET_FILTER, ctypes.c_ulong(_BY_PROGRAM), ctypes.byref(program)) == 0)


def _steps(calls: _Calls, own: int) -> list[bytes]:
    """The program: numbers of steps to be passed over stand for where to go on, so it is written from its end."""
    end = [_step(_LOAD, _FIRST_ARGUMENT), _step(_IF_EQUAL, own, 1, 0), _step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW)]
    steps = [_step(_RETURN, _ALLOW), *end]  # for any other call; behind it the argument is looked at, then refused
    for call in calls.to_itself:
        steps.insert(0, _step(_IF_EQUAL, call, len(steps) - 4, 0))
    for call in calls.never:
        steps.insert(0, _step(_IF_EQUAL, call, len(steps) - 2, 0))
    steps.insert(0, _step(_IF_AT_LEAST, _OTHER_WAY_OF_COUNTING, len(steps) - 2, 0))
    steps.insert(0, _step(_LOAD, _CALL))
    steps.insert(0, _step(_IF_EQUAL, calls.architecture, 0, len(steps) - 2))
    return [_step(_LOAD, _ARCHITECTURE), *steps]


def _step(code: int, value: int, if_so: int = 0, else_: int = 0) -> bytes:
    """One step: what to do, with what, and how many steps to pass over then."""
    return struct.pack("=HBBI", code, if_so, else_, value)
