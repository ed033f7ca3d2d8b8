"""When a workbook was last saved, as the program that saved it wrote down."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from chibo.workbook.intake.package import open_package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.said_moments import moment_said

_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([^<\s]+)\s*</dcterms:modified>")


def saved_at(data: bytes) -> datetime | None:
    """The moment in UTC; None where the file does not say one that can be, or is no package."""
    try:
        parts = open_package(data).parts
        found = _MODIFIED.search(parts.read(_PROPERTIES)) if _PROPERTIES in parts else None
    except RefusedError:
        return None
    return moment_said(found[1].decode("ascii", "replace"), UTC) if found else None
