"""Knowing a return of ours again, without what is needed to write one."""

from __future__ import annotations

import io
import zipfile

PROPERTY = "Chibo return"
"""The document property by which a return is known again."""


def is_return(data: bytes) -> bool:
    """Whether `data` is a return that Chibo has written, which may be replaced by a newer one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return f'name="{PROPERTY}"'.encode() in package.read("docProps/custom.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
