"""What can be found about where a workbook comes from. None of it blocks: an office decides for itself."""

from __future__ import annotations

from chibo.findings import FindingKind, Severity

SEAL_MISSING = FindingKind("SEAL_MISSING", Severity.NOTE, clause="9")
SEAL_UNSIGNED = FindingKind("SEAL_UNSIGNED", Severity.NOTE, clause="9")
SEAL_FORGED = FindingKind("SEAL_FORGED", Severity.WARN, clause="9")
SEAL_OF_OTHER_UNIT = FindingKind("SEAL_OF_OTHER_UNIT", Severity.WARN, clause="9")
SEAL_INTACT = FindingKind("SEAL_INTACT", Severity.NOTE, clause="9")
SEAL_OF_OTHER_LAYOUT = FindingKind("SEAL_OF_OTHER_LAYOUT", Severity.NOTE, clause="9")
EDITED_OUTSIDE = FindingKind("EDITED_OUTSIDE", Severity.NOTE, clause="9")
EDITED_OUTSIDE_AT = FindingKind("EDITED_OUTSIDE_AT", Severity.NOTE, clause="9")
OLDER_COPY = FindingKind("OLDER_COPY", Severity.NOTE, clause="9")
STALE_BRANCH = FindingKind("STALE_BRANCH", Severity.WARN, clause="9")
NOT_MOVED = FindingKind("NOT_MOVED", Severity.NOTE, clause="9")
"""A place of an old book that the new workbook it was moved into does not hold."""

NOTHING_TO_KNOW = frozenset({SEAL_MISSING, SEAL_UNSIGNED, SEAL_OF_OTHER_LAYOUT})
"""What nobody who looks at a workbook has to know: most carry no seal, none signed here, or one of another layout."""
