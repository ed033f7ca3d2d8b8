"""What judges books: the code of this program and its readers, and the definitions of a library.

Outcomes by different rules are never mixed: not in the cache, and not between machines.
"""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path

from attrs import frozen

import chibo
from chibo.definitions.library import Library

_READERS = ("python-calamine", "xlrd", "msoffcrypto-tool", "olefile")
"""The libraries that make values of a file's bytes."""

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


def _program() -> str:
    major, minor, _ = platform.python_version_tuple()
    readers = ", ".join(f"{name} {_version(name)}" for name in _READERS)
    return f"Chibo {chibo.__version__}, Python {major}.{minor}, {readers}"


def _code_digest() -> str:
    package = Path(chibo.__file__).parent
    found = (*package.glob("*.py"), *chain.from_iterable((package / name).rglob("*.py") for name in JUDGING))
    modules = {path.relative_to(package).as_posix(): path for path in found}
    digest = hashlib.sha256()
    for name, path in sorted(modules.items()):
        digest.update(name.encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


# Taken as this process starts: an update while it runs is not what it judges by.
_PROGRAM, _CODE = _program(), _code_digest()
