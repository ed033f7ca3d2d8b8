"""When a workbook was last saved, as the program that saved it wrote down."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from chibo.workbook.intake.package import open_package
from chibo.workbook.intake.refusal import RefusedError

_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([^<\s]+)\s*</dcterms:modified>")


def saved_at(data: bytes) -> datetime | None:
    """The moment in UTC; None where the file does not say, or is no package."""
    try:
        parts = open_package(data).parts
        found = _MODIFIED.search(parts.read(_PROPERTIES)) if _PROPERTIES in parts else None
    except RefusedError:
        return None
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found[1].decode("ascii"))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
