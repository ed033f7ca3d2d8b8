"""A new Python as a child: it serves as a worker where no copy of this process would be sound, or none can be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing

from chibo.engine.connection import Connection, Pipes, Sockets


class SpawnedProcess:
    """A process that this command starts. Raises OSError where the system starts none."""

    def __init__(self, command: Sequence[str]) -> None:
        self.connection: Connection
        if sys.platform == "win32":
            self._process = _started(command, subprocess.PIPE, subprocess.PIPE)
            self.connection = Pipes(self._process.stdin, self._process.stdout)  # type: ignore[arg-type]
            return
        sockets = Sockets()
        with closing(sockets.theirs):
            try:
                self._process = _started(command, sockets.theirs.fileno(), sockets.theirs.fileno())
            except BaseException:
                sockets.close()
                raise
        self.connection = sockets

    def kill(self) -> None:
        """End it now."""
        self._process.kill()

    def poll(self) -> int | None:
        """Its return code, None while it lives."""
        return self._process.poll()

    def wait(self) -> int:
        """Its return code, once it has ended."""
        return self._process.wait()


def _started(command: Sequence[str], stdin: int, stdout: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
