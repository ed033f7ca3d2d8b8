"""The folders of temporary files where servers and their kernels meet, and those that killed servers left behind.

A server that is stopped takes its folder away; one that is killed cannot. Each holds a lock on a file in its folder,
which the system takes from it however it ends, so that the next server knows whose folders nobody uses any more.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows, where folders of killed servers stay until temporary files are cleaned up
    fcntl = None  # type: ignore[assignment]

_LOCK = "chibo-server"
_PREFIX = "voila_"
"""How the name of every such folder begins; Voila makes it."""


def make_folder(path: str) -> None:
    """Make the folder where the server and its kernels meet, unless it is there.

    The server makes it when it starts; what cleans up temporary files may take it away from one that runs for days.
    """
    Path(path).mkdir(mode=0o700, exist_ok=True)


def hold(path: str) -> IO[bytes]:
    """Mark a server's folder as in use until the answer is closed, or the process ends in whatever way."""
    lock = Path(path, f"{_LOCK}.new")
    held = lock.open("wb")
    if fcntl is not None:
        fcntl.flock(held, fcntl.LOCK_EX)
        lock.rename(lock.with_name(_LOCK))  # it is never seen without being held
    return held


def clear_left_behind(root: str) -> None:
    """Take away the folders below `root` that servers of ours, run by the same user, held and no longer do."""
    if fcntl is None:
        return
    for folder in Path(root).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody else's, or gone meanwhile
            if not folder.is_symlink() and folder.stat().st_uid == os.getuid() and _is_let_go(folder / _LOCK):
                shutil.rmtree(folder, ignore_errors=True)


def _is_let_go(lock: Path) -> bool:
    """Whether a server held this file and none does; OSError where there is no such file, or it is held."""
    with lock.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True
