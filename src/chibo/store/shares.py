"""Whether a folder lies on a share of the network, where SQLite's locks cannot be trusted."""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path, PurePosixPath

_MOUNTS = Path("/proc/self/mountinfo")
_SHARES = re.compile(
    r"^(nfs\d*|cifs|smb\w*|ncpfs|afs|9p|ceph|lustre|gpfs|davfs2?|glusterfs|fuse\.(sshfs|s3fs|rclone|davfs|glusterfs))$"
)
_REMOTE_DRIVE = 4
"""What Windows answers for a drive of another machine."""


def is_on_share(folder: Path) -> bool:
    """Whether the folder (or the nearest one above it that exists) is on a share, as far as the system tells."""
    if sys.platform == "win32":
        return _is_remote_drive(folder.resolve().anchor)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return lies_on_share(PurePosixPath(folder.resolve()), mounts)


def lies_on_share(folder: PurePosixPath, mounts: str) -> bool:
    """Whether an absolute path lies on a share, by the text of `mountinfo`.

    The later of two mounts on one point hides the earlier.
    """
    deepest, found = -1, ""
    for line in mounts.splitlines():
        front, _, back = line.partition(" - ")
        parts = front.split(" ")
        if len(parts) < 5 or not back:
            continue
        point = PurePosixPath(_unescaped(parts[4]))
        if folder.is_relative_to(point) and len(point.parts) >= deepest:
            deepest, found = len(point.parts), back.split(" ")[0]
    return _SHARES.match(found) is not None


def _unescaped(point: str) -> str:
    """A mount point as it is: the system writes blanks and the like as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point)


def _is_remote_drive(anchor: str) -> bool:
    if anchor.startswith("\\\\"):
        return True
    windows = getattr(ctypes, "windll", None)
    return windows is not None and windows.kernel32.GetDriveTypeW(anchor) == _REMOTE_DRIVE
