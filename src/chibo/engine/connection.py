"""The connection to a worker: this side can end it at any time, whoever else holds the other end.

What is read from a pipe has no end while anybody could write into it, and a worker that a workbook has taken over may
have started others, where the system does not keep it from that; those live on when it is ended.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import IO, Protocol


class Connection(Protocol):
    """Our end of the way to a worker and back."""

    stdin: IO[bytes]
    stdout: IO[bytes]

    def hang_up(self) -> None:
        """Nothing more comes or goes, from whatever thread: whoever waits for the other side waits no longer."""

    def close(self) -> None:
        """Let go of our end."""


class Sockets:
    """A pair of sockets, `theirs` until it is handed over. Raises OSError where the system gives none."""

    def __init__(self) -> None:
        self._ours, self.theirs = socket.socketpair()
        self.stdin: IO[bytes] = self._ours.makefile("wb")
        self.stdout: IO[bytes] = self._ours.makefile("rb")

    def hang_up(self) -> None:
        """Nothing more comes or goes."""
        with suppress(OSError):
            self._ours.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of our end."""
        self.hang_up()
        _close(self.stdin, self.stdout)
        self._ours.close()


class Pipes:
    """Two pipes, where a process can have no socket for its standard streams, as on Windows."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.stdin, self.stdout = stdin, stdout

    def hang_up(self) -> None:
        """A pipe ends with the process alone."""

    def close(self) -> None:
        """Let go of our ends."""
        _close(self.stdin, self.stdout)


def _close(*streams: IO[bytes]) -> None:
    for stream in streams:
        with suppress(OSError):
            stream.close()
