"""A worker whose reading does something that no reading should; started by test_confinement with what that is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from chibo.definitions.intake_limits import shipped_limits
from chibo.engine import single_files, worker
from chibo.workbook import Reading


def take_memory(_argument: str) -> None:
    """More than a worker may have."""
    bytearray(shipped_limits().process.memory + (1 << 28))


def die(_argument: str) -> None:
    """Without a word."""
    os.kill(os.getpid(), 9)


def write_file(path: str) -> None:
    """Larger than a worker may write."""
    Path(path).write_bytes(bytes(shipped_limits().process.written + 1))


def connect(port: str) -> None:
    """To a server of this machine."""
    socket.create_connection(("127.0.0.1", int(port)), 5).close()


def start_another(_argument: str) -> None:
    """A process that would live on."""
    if os.fork() == 0:
        os._exit(0)


def start_a_program(_argument: str) -> None:
    """Another program as a process."""
    subprocess.run([sys.executable, "-c", ""], check=True)


def reach_who_asked(pid: str) -> None:
    """With a signal, here one that does nothing."""
    os.kill(int(pid), 0)


DEEDS: dict[str, Callable[[str], None]] = {
    one.__name__: one
    for one in (take_memory, die, write_file, connect, start_another, start_a_program, reach_who_asked)
}


def main(deed: str, argument: str) -> None:
    """Serve as any worker does, but for the deed."""

    def overstep(*_args: object) -> Reading:
        try:
            DEEDS[deed](argument)
        except OSError as error:
            return Reading(file="so.xlsx", layout=f"refused {type(error).__name__}")
        return Reading(file="so.xlsx", layout="done")

    single_files.read_book = overstep  # type: ignore[assignment]
    worker.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
