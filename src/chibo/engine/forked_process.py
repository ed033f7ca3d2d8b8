"""A copy of this process as a child, connected with it: it serves as a worker, and brings the definitions along."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing, suppress

from chibo.definitions.library import Library
from chibo.engine import worker
from chibo.engine.connection import Sockets


class ForkedProcess:
    """A copy of this process that serves as a worker and never returns to what this one was doing."""

    def __init__(self, library: Library) -> None:
        self._returned: int | None = None
        self.connection = Sockets()
        with closing(self.connection.theirs) as theirs:
            try:
                self.pid = os.fork()
            except BaseException:
                self.connection.close()
                raise
            if self.pid == 0:
                _serve_forked(theirs.fileno(), library)

    def kill(self) -> None:
        """End it now."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def poll(self) -> int | None:
        """Its return code, None while it lives."""
        return self._ended(os.WNOHANG)

    def wait(self) -> int:
        """Its return code, once it has ended."""
        returned = self._ended(0)
        return returned if returned is not None else 0

    def _ended(self, options: int) -> int | None:
        """Ask the system, which tells of an end only once."""
        if self._returned is None:
            try:
                pid, status = os.waitpid(self.pid, options)
            except ChildProcessError:
                self._returned = 0
            else:
                self._returned = os.waitstatus_to_exitcode(status) if pid else None
        return self._returned


def _serve_forked(connection: int, library: Library) -> None:
    """In the copy: let go of everything but the connection, serve, and end without any farewell of the program's."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        tasks, answers = _above_standard(connection), _above_standard(connection)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        for open_file in map(int, os.listdir("/proc/self/fd")):
            if open_file > 2 and open_file not in {tasks, answers}:
                with suppress(OSError):
                    os.close(open_file)
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open until the process ends
        worker.serve(os.fdopen(tasks, "rb"), os.fdopen(answers, "wb"), library)
    finally:
        os._exit(0)


def _above_standard(descriptor: int) -> int:
    """A copy above the three standard streams: where one of those is closed, another file takes its number."""
    import fcntl  # noqa: PLC0415 - only systems that fork have it

    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 3)
