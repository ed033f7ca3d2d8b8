"""Facts and findings as DataFrames, with dtypes fit for counting and drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pandas as pd

from chibo.definitions.language import Language
from chibo.definitions.messages import Catalogue
from chibo.findings import Finding, Severity
from chibo.model import FACT_COLUMNS, Grade, MeetingCode, MeetingFacts, MeetingKind

COUNTS = (
    "year",
    "minutes",
    "membership",
    "exempt",
    "transferred",
    "special_duty",
    "present",
    "excused",
    "unexcused",
    "speakers",
    "opinions",
    "findings",
)
"""Whole numbers; an unknown one is <NA>."""

MEASURES = ("attendance_rate", "self_total", "fact_total", "official_total")
"""Percent and points; an unknown one is NaN. Points move in steps of a half at most, which a float holds exactly."""

GRADES = ("self_grade", "official_grade")

GRADE_DTYPE = pd.CategoricalDtype([grade.value for grade in reversed(Grade)], ordered=True)
"""From the lowest to the highest, so that `table.self_grade >= "Khá"` means what it says."""

_DTYPES: dict[str, Any] = {
    **dict.fromkeys(COUNTS, "Int64"),
    **dict.fromkeys(MEASURES, "float64"),
    **dict.fromkeys(GRADES, GRADE_DTYPE),
    "kind": pd.CategoricalDtype([kind.value for kind in MeetingKind]),
    "thematic": "bool",
}


def facts_table(rows: Iterable[MeetingFacts]) -> pd.DataFrame:
    """One line per meeting, the columns of `chibo facts` in their order.

    Counts are `Int64`, percent and points `float64`, `held_on` a datetime, `kind` and the grades categories (grades
    ordered from Kém to Tốt), `thematic` a boolean, everything else text, an unknown text being empty.

    >>> facts_table([]).columns[:3].tolist()
    ['committee_code', 'cell_code', 'cell_name']
    """
    listed = list(rows)
    return pd.DataFrame({name: _column(name, [getattr(row, name) for row in listed]) for name in FACT_COLUMNS})


def _column(name: str, values: Sequence[object]) -> pd.Series[Any]:
    plain = [_plain(value) for value in values]
    if name == "held_on":
        return pd.Series(pd.to_datetime(pd.Series(plain, dtype="object")), dtype="datetime64[s]")
    column: pd.Series[Any] = pd.Series(plain, dtype=_DTYPES.get(name, "str"))
    return column


def _plain(value: object) -> Any:
    """The value as pandas holds it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, MeetingCode) else value


FINDING_COLUMNS = ("severity", "file", "sheet", "cell", "meeting", "code", "title", "text", "mend", "clause")

_SEVERITIES = pd.CategoricalDtype([severity.value for severity in Severity], ordered=False)
_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def findings_table(
    findings: Iterable[Finding], catalogue: Catalogue, language: Language = Language.VIETNAMESE
) -> pd.DataFrame:
    """One line per finding, the heaviest first: where it stands, its code, and its words from the catalogue."""
    ordered = sorted(findings, key=lambda finding: (_ORDER[finding.severity], finding.place, finding.code))
    rows = []
    for finding in ordered:
        message = catalogue.message(finding, language)
        place = finding.place
        rows.append(
            (
                finding.severity.value,
                place.file,
                place.sheet,
                place.address,
                str(finding.meeting or ""),
                finding.code,
                message.title,
                message.text,
                message.mend,
                finding.kind.clause,
            )
        )
    table = pd.DataFrame(rows, columns=list(FINDING_COLUMNS), dtype="str")
    return table.astype({"severity": _SEVERITIES})
