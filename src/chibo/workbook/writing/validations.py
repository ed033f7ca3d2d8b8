"""What may be typed into a cell: drop-downs, limits, dates and times, with a message that says what to do.

Lists and numbers are held to firmly. Dates and times only warn, because a computer set to another country's dates
takes a good 25/03/2026 for text, which Chibo reads all the same. Columns for several values, and for people, offer a
list and take anything.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from xlsxwriter.worksheet import Worksheet

from chibo.definitions.layouts import LayoutField, ValueType
from chibo.workbook.writing.lists import Lists

TITLE_LIMIT, TEXT_LIMIT = 32, 255
_FIRST_DAY, _LAST_DAY = date(1930, 1, 1), date(2100, 12, 31)
_LAST_MINUTE = time(23, 59, 59)
_COUNT_LIMIT = 9999
_YEARS = (2000, 2100)
_SPECIAL_LIMITS = {"year": _YEARS, "month": (1, 12), "min_minutes": (1, 600), "committee_seats": (0, 99)}

PERSON_COLUMNS = frozenset({"chair", "minutes_secretary", "prepared_by", "scored_by", "owner"})
"""Columns that name a person: the members' names are offered."""


def _limits(kind: str, least: float, most: float, message: str) -> dict[str, Any]:
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": "Số chưa đúng",
        "error_message": message,
    }


def _warning(kind: str, least: date | time, most: date | time, message: str) -> dict[str, Any]:
    return {**_limits(kind, 0, 0, message), "minimum": least, "maximum": most, "error_type": "warning"}


_LIMITED: dict[ValueType, dict[str, Any]] = {
    ValueType.RATE: _limits("decimal", 0, 100, "Ghi một số từ 0 đến 100, không ghi dấu %."),
    ValueType.DATE: _warning("date", _FIRST_DAY, _LAST_DAY, "Máy chưa hiểu đây là ngày. Hãy ghi như 05/03/2026."),
    ValueType.TIME: _warning("time", time(0, 0), _LAST_MINUTE, "Máy chưa hiểu đây là giờ. Hãy ghi như 14:00."),
}
"""Limits that are the same wherever the type stands."""
_LISTED: dict[ValueType, tuple[str, bool]] = {
    ValueType.LIST: ("", True),
    ValueType.YES_NO: ("yes_no", True),
    ValueType.SEVERAL: ("", False),
    ValueType.TOPICS: ("topics", False),
    ValueType.AUTHORITY: ("authorities", True),
    ValueType.QUARTER: ("quarter", True),
    ValueType.FRAME: ("frames", True),
}
"""Types whose values are offered as a list (its name; the column's own list without one), and whether firmly."""


def validate(sheet: Worksheet, area: tuple[int, int, int, int], label: LayoutField, lists: Lists) -> None:
    """Put the limits of a label or column on its input cells (first row, first column, last row, last column)."""
    rule = rule_for(label, lists)
    if rule is None and label.help:
        rule = {"validate": "any"}
    if rule is not None:
        sheet.data_validation(*area, with_prompt(rule, label.label, label.help))


def rule_for(label: LayoutField, lists: Lists) -> dict[str, Any] | None:
    """The limits of a label or column as the Excel library takes them; None where anything may be typed."""
    if label.type in _LIMITED:
        return _LIMITED[label.type]
    if label.type in _LISTED:
        name, firm = _LISTED[label.type]
        return listed(lists.ref(name or label.list), firm=firm)
    if label.type in {ValueType.WHOLE, ValueType.COUNT}:
        return _whole(*_SPECIAL_LIMITS.get(label.code, (0, _COUNT_LIMIT)))
    if label.type in {ValueType.MEETING_CODE, ValueType.MEMBER_CODE, ValueType.CRITERION}:
        return _code_rule(label, lists)
    offered = "members" if label.code in PERSON_COLUMNS else "plan_numbers" if label.code == "plan_no" else ""
    return listed(lists.ref(offered), firm=False) if offered else None


def listed(source: str, *, firm: bool = True) -> dict[str, Any]:
    """A drop-down; not firm, it only offers."""
    return {
        "validate": "list",
        "source": source,
        "show_error": firm,
        "error_title": "Chưa đúng danh mục",
        "error_message": "Hãy chọn một giá trị trong danh sách thả xuống của ô này.",
    }


def with_prompt(rule: dict[str, Any], title: str, text: str) -> dict[str, Any]:
    """The rule with a note that shows while the cell is chosen; nothing is added where there is nothing to say."""
    if not text:
        return rule
    return {**rule, "input_title": _cut(title, TITLE_LIMIT), "input_message": _cut(text, TEXT_LIMIT)}


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _code_rule(label: LayoutField, lists: Lists) -> dict[str, Any] | None:
    """Codes are chosen from what the book holds; at their own sheet they are typed freely."""
    offered = {
        ValueType.MEETING_CODE: "meeting_codes" if label.required else "meetings_of_book",
        ValueType.MEMBER_CODE: "member_codes",
        ValueType.CRITERION: "criteria",
    }[label.type]
    rule = listed(lists.ref(offered))
    return {
        **rule,
        "error_type": "warning",
        "error_title": "Mã chưa có",
        "error_message": "Mã này chưa có trong danh sách. Hãy xem lại cách viết trước khi giữ.",
    }


def _whole(least: int, most: int) -> dict[str, Any]:
    return _limits("integer", least, most, f"Ghi một số nguyên từ {least} đến {most}.")
