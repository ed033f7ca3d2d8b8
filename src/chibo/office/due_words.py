"""Until when a unit has, and how it stands against that: one way of saying it, for the commands and all pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chibo.definitions.language import Language
from chibo.periods import UnitStanding, UnitState

_WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.VIETNAMESE: {
        "exempt": "được miễn",
        "more_time": "gia hạn đến {day}",
        "due": "hạn {day}",
        "left": "còn {n} ngày",
        "today": "hôm nay là hạn",
        "grace": "đang ân hạn, đến {day}",
        "overdue": "quá hạn {n} ngày",
        "late": "trễ {n} ngày",
        "in_time": "đúng hạn",
        "closed": "kỳ đã đóng",
    },
    Language.ENGLISH: {
        "exempt": "owes nothing",
        "more_time": "more time until {day}",
        "due": "due {day}",
        "left": "{n} day(s) left",
        "today": "due today",
        "grace": "in its grace, until {day}",
        "overdue": "{n} day(s) overdue",
        "late": "{n} day(s) late",
        "in_time": "in time",
        "closed": "the period is closed",
    },
}


def due_day(standing: UnitStanding, language: Language = Language.VIETNAMESE) -> str:
    """A unit's own day: «05/11/2026», «gia hạn đến 12/11/2026», «được miễn»."""
    if standing.owed.is_exempt:
        return _WORDS[language]["exempt"]
    day = f"{standing.due_on:%d/%m/%Y}"
    return day if standing.owed.until is None else _WORDS[language]["more_time"].format(day=day)


def due_words(standing: UnitStanding, language: Language = Language.VIETNAMESE) -> str:
    """The same inside a line: «hạn 05/11/2026», «gia hạn đến 12/11/2026»."""
    said = due_day(standing, language)
    plain = not standing.owed.is_exempt and standing.owed.until is None
    return _WORDS[language]["due"].format(day=said) if plain else said


def lateness_words(standing: UnitStanding, day: date, language: Language = Language.VIETNAMESE) -> str:
    """How a unit stands against its own day; empty for one that owes nothing.

    Days are counted from the last one in time, as everywhere: the grace counts as in time.
    """
    if standing.state is UnitState.EXEMPT:
        return ""
    key, days = _lateness(standing, day)
    return _WORDS[language][key].format(n=days, day=f"{standing.in_time_until:%d/%m/%Y}")


def _lateness(standing: UnitStanding, day: date) -> tuple[str, int]:
    if not standing.is_silent:
        return ("late", standing.days_late) if standing.is_late else ("in_time", 0)
    if overdue := standing.days_overdue(day):
        return "overdue", overdue
    if standing.closed_on is not None:
        return "closed", 0
    if day > standing.due_on:
        return "grace", 0
    return ("left", (standing.due_on - day).days) if day < standing.due_on else ("today", 0)
