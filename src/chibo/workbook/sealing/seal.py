"""What a seal says, and its signature with the key of an office."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime

from attrs import asdict, evolve, frozen

from chibo.workbook.said_moments import moment_said

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_YEAR = re.compile(r"[0-9]{4}")
"""Forms of what becomes part of the names under which an office keeps copies: another one could lead anywhere."""


@frozen(kw_only=True)
class Seal:
    """What stands on the very hidden sheet. Saving in Excel or LibreOffice changes none of it.

    `digest` is the fingerprint of the values that the workbook held (`chibo.comparing.fingerprint_of`), `parent` that
    of the book it was made from, "" for a new one. `signature` is empty where the office has no key. `written_at` is
    when Chibo wrote it, in UTC and ISO form, "" in books of before there was this line.
    """

    cell_code: str
    year: str
    digest: str
    layout: str = ""
    layout_version: str = ""
    frames: str = ""
    parent: str = ""
    signature: str = ""
    written_at: str = ""

    @property
    def lines(self) -> dict[str, str]:
        """Name and value of each line."""
        return asdict(self)

    @classmethod
    def of_lines(cls, lines: Mapping[str, str]) -> Seal | None:
        """The seal that the lines hold, None where they hold none that we would write.

        Anybody may have written them: a parent that is no fingerprint is none.
        """
        named = {name: lines.get(name, "") for name in asdict(cls(cell_code="", year="", digest=""))}
        if not _FINGERPRINT.fullmatch(named["digest"]) or not _YEAR.fullmatch(named["year"]):
            return None
        if not _FINGERPRINT.fullmatch(named["parent"]):
            named["parent"] = ""
        return cls(**named)

    @property
    def moment(self) -> datetime | None:
        """When Chibo wrote the workbook, in UTC; None where the seal does not say so in a form of ours."""
        return moment_said(self.written_at)

    def signed(self, key: bytes | None) -> Seal:
        """The seal with the signature of this key; without one where there is no key."""
        return evolve(self, signature=_signature(self, key) if key else "")


def is_signed_by(seal: Seal, key: bytes) -> bool:
    """Whether the signature is that of the key over exactly what the seal says."""
    return hmac.compare_digest(seal.signature.encode(), _signature(seal, key).encode())


def _signature(seal: Seal, key: bytes) -> str:
    said = [value for name, value in sorted(seal.lines.items()) if name not in {"signature", "written_at"}]
    if seal.written_at:  # what was signed before there was this line stays signed
        said.append(seal.written_at)
    return hmac.new(key, "\n".join(said).encode(), hashlib.sha256).hexdigest()
