"""What judges books: the code of this program and its readers, and the definitions of a library.

Outcomes by different rules are never mixed: not in the cache, and not between machines.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from attrs import frozen

import chibo
from chibo.definitions.library import Library

_READERS = ("python-calamine", "xlrd", "msoffcrypto-tool", "olefile")
"""The libraries that make values of a file's bytes."""
_LOADERS = ("pydantic", "pydantic-core")
"""The libraries that make definitions of files."""

JUDGING = frozenset(
    {
        "checks",
        "consolidation",
        "definitions",
        "engine",
        "findings",
        "legacy_text",
        "model",
        "returns",
        "scoring",
        "workbook",
    }
)
"""The packages of Chibo whose code decides what is said of a book, with the modules beside them."""
_FILES_BEHIND = 0.1
"""Seconds by which the clock of a file system may be behind that of the program."""


@frozen
class Rules:
    """Equal on every machine that judges alike. `program` names the versions for people; the others are digests."""

    program: str
    code: str
    definitions: str

    @property
    def digest(self) -> str:
        """One digest of all, in hexadecimal."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def rules_of(library: Library) -> Rules:
    """The rules by which this process judges. Raises DefinitionError where a definition is wrong."""
    return Rules(_PROGRAM, _CODE, library.digest)


def loaded_from() -> tuple[str, ...]:
    """What makes rules of the same definition files, besides these: equal where it makes the same of them."""
    return _PROGRAM, _CODE, *_LOADER_VERSIONS


def _program() -> str:
    major, minor, *_ = sys.version_info
    readers = ", ".join(f"{name} {_version(name)}" for name in _READERS)
    return f"Chibo {chibo.__version__}, Python {major}.{minor}, {readers}"


def _code_digest() -> str:
    package = Path(chibo.__file__).parent
    found = (*package.glob("*.py"), *chain.from_iterable((package / name).rglob("*.py") for name in JUDGING))
    modules = {path.relative_to(package).as_posix(): path for path in found}
    digest = hashlib.sha256()
    for name, path in sorted(modules.items()):
        digest.update(name.encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    if _judges_by_older_code(modules.values()):
        digest.update(os.urandom(32))
    return digest.hexdigest()


def _judges_by_older_code(files: Iterable[Path]) -> bool:
    """Whether this process judged books before it came here, and a file was written since: what it has is gone."""
    judging = sys.modules.get("chibo.engine.judging")
    times = chain.from_iterable((about.st_mtime, about.st_ctime) for about in map(Path.stat, files))
    return judging is not None and max(times) > judging.LOADED_AT - _FILES_BEHIND


def _version(name: str) -> str:
    """The version of an installed library, "?" where there is none.

    The name of the folder with its metadata has it. `importlib.metadata`, which takes as long to load as all else here,
    is asked where there is no such folder.
    """
    folder = re.compile(rf"{re.sub('[-_.]+', '[-_.]+', name)}-([^-]+)\.dist-info", re.IGNORECASE)
    for place in sys.path:
        with suppress(OSError):
            for found in filter(None, map(folder.fullmatch, os.listdir(place or "."))):
                return found[1]
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


# Taken as this process starts: an update while it runs is not what it judges by.
_PROGRAM, _CODE, _LOADER_VERSIONS = _program(), _code_digest(), tuple(map(_version, _LOADERS))
