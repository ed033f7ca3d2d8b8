"""The values of `chibo fill --set`: what each names (a column, a member, a criterion), and writing it into the book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

import click

from chibo.cli.asked_language import worded
from chibo.cli.refused_acts import refusal_words
from chibo.cli.steering import spelled_out
from chibo.definitions.layouts import Column
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, normal_label
from chibo.errors import ChiboError, Words
from chibo.file_names import printable
from chibo.model import Mark, MeetingCode
from chibo.office.desk.desk import LONGEST_SEEN, ActRefusedError, Desk, Reason
from chibo.office.desk.meetings import RECORDED, record
from chibo.office.desk.roll_call import set_mark
from chibo.office.desk.scores import set_points
from chibo.office.desk.typing import typed_value
from chibo.office.typed_numbers import typed_points
from chibo.workbook.patching.values import BROKEN_LETTER

_DAY = "held_on"
"""The column whose day a meeting needs before it takes points."""


class _MistypedError(ChiboError):
    """What was typed is no mark, no number, or of a column that is not to be set; the text says what to do instead."""


def typed_pairs(settings: Iterable[str], library: Library) -> Mapping[str, str]:
    """The values by what they name; click.UsageError names all that are no pair or name one thing again differently.

    So it does where something was typed in which there is no text: an empty value alone takes away what stands there.
    A column has two names, its heading and its code, and names go in any letter case: it is one thing all the same.
    """
    pairs: dict[str, tuple[str, str]] = {}
    wrong: list[str] = []
    for setting in settings:
        key, equals, value = (part.strip() for part in setting.partition("="))
        if not equals or not key:
            shown = spelled_out(setting)
            wrong.append(
                worded(
                    f"«{shown}» không đúng dạng. Viết như --set 4b=12.5 hoặc --set present=18.",
                    f"«{shown}» has not the right form. Write it like --set 4b=12.5 or --set present=18.",
                )
            )
            continue
        if _is_no_text(key) or _is_no_text(value):
            wrong.append(
                worded(
                    f"«{printable(setting)}» có ký tự hỏng hoặc không nhìn thấy được. Hãy gõ lại.",
                    f"«{printable(setting)}» has signs that are broken or cannot be seen. Type it again.",
                )
            )
            continue
        first, given = pairs.setdefault(_column(key, library).casefold(), (key, value))
        if given != value:
            wrong.append(_said_twice(*map(spelled_out, (first, given, key, value))))
    if wrong:
        raise click.UsageError("\n".join(wrong))
    return dict(pairs.values())


def _is_no_text(value: str) -> bool:
    """Whether something was typed that holds bytes that are no UTF-8, or nothing that could be seen."""
    return BROKEN_LETTER.search(value) is not None or bool(value and not clean_text(value))


def _said_twice(first: str, given: str, key: str, value: str) -> str:
    """That one thing is to have two values; where it was named in two ways, by both names."""
    if first == key:
        return worded(
            f"--set nêu «{key}» hai lần khác nhau: «{given}» và «{value}». Giữ một.",
            f"--set names «{key}» twice with different values: «{given}» and «{value}». Keep one.",
        )
    return worded(
        f"«{first}={given}» và «{key}={value}» là hai giá trị cho cùng một chỗ. Giữ một.",
        f"«{first}={given}» and «{key}={value}» are two values for one place. Keep one.",
    )


def with_values(desk: Desk, code: MeetingCode, pairs: Mapping[str, str], library: Library, today: date) -> Desk:
    """The desk with these values of the meeting; ChiboError names all that cannot be written, and says why."""
    refused: dict[Words, list[str]] = {}
    has_refused_day = False
    for key, value in sorted(pairs.items(), key=lambda pair: _turn(pair[0], pair[1], library)):
        try:
            desk = _with_value(desk, code, key, value, library, today)
        except ActRefusedError as refusal:
            if refusal.reason is Reason.NOT_HELD and has_refused_day:
                continue  # it is the day that is wrong: the points are taken once that is right
            has_refused_day |= _column(key, library) == _DAY
            refused.setdefault(refusal_words(refusal, library), []).append(_told(key, value))
        except _MistypedError as mistyped:
            refused.setdefault(mistyped.words, []).append(_told(key, value))
    if refused:
        raise _all_refused(refused)
    _refuse_points_without_day(desk, code, pairs, library)
    return desk


def _refuse_points_without_day(desk: Desk, code: MeetingCode, pairs: Mapping[str, str], library: Library) -> None:
    """A day is taken away together with the points of its meeting: without it they would count for nothing."""
    day = next((key for key, value in pairs.items() if not value and _column(key, library) == _DAY), None)
    points = desk.book.self_scores.of(code)
    if day and points:
        away = " ".join(f"--set {criterion}=" for criterion in points)
        raise ChiboError(
            f"{day}=: buổi {code} có điểm, mà buổi không có ngày thì điểm không được tính. Giữ ngày, hoặc xóa cả điểm "
            f"trong cùng lệnh: {away}",
            english=f"{day}=: the meeting {code} has points, and without its day they do not count. Keep the day, or "
            f"take the points away in the same command: {away}",
        )


def _told(key: str, value: str) -> str:
    return f"{key}={value if len(value) <= LONGEST_SEEN else f'{value[:LONGEST_SEEN]}…'}"


def _all_refused(refused: Mapping[Words, Sequence[str]]) -> ChiboError:
    """What was refused, each reason once with all that it holds for."""
    count = sum(map(len, refused.values()))
    vietnamese = _said({why.vietnamese: settings for why, settings in refused.items()})
    english = _said({why.english: settings for why, settings in refused.items()})
    if len(refused) == 1:
        return ChiboError(vietnamese, english=english)
    return ChiboError(
        f"{count} giá trị không ghi được nên chưa ghi gì:\n{vietnamese}",
        english=f"{count} values cannot be written, so nothing was:\n{english}",
    )


def _said(refused: Mapping[str, Sequence[str]]) -> str:
    lines = [f"{', '.join(settings)}: {why}" for why, settings in refused.items()]
    return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)


def _turn(key: str, value: str, library: Library) -> int:
    """When a value is written: only a meeting with its day takes points, in whatever order they were named."""
    if _column(key, library) not in RECORDED:
        return 1
    return 0 if value else 2


def _with_value(  # noqa: PLR0917 - one parameter for each thing that matters
    desk: Desk, code: MeetingCode, key: str, value: str, library: Library, today: date
) -> Desk:
    column = _column(key, library)
    if column in RECORDED:
        return record(desk, code, {column: typed_value(column, value, library, code.month)})
    is_criterion = any(key.casefold() in map(str.casefold, frame.criteria) for frame in library.frames.values())
    if column == library.layout.sheet("meetings").key:
        raise _MistypedError(
            "mã kỳ không đổi bằng lệnh này. Buổi nào được ghi là do --meeting chọn.",
            english="the code of a meeting is not changed by this command. --meeting says which one is written into.",
        )
    member = next((one.member_code for one in desk.book.members if one.member_code.casefold() == key.casefold()), None)
    # A member may have the code of a criterion; a mark is no number.
    if member is not None and not (is_criterion and typed_points(value) is not None):
        return set_mark(desk, code, member, _mark(value))
    if not is_criterion:
        raise ActRefusedError(Reason.UNKNOWN_CRITERION, criterion=key, **_nearest(key, library))
    return set_points(desk, code, key, _points(value), library=library, today=today)


def _column(key: str, library: Library) -> str:
    """The code of a column of the meetings, given by its code or by its heading; else the key itself."""
    column = library.layout.sheet("meetings").columns_by_label.get(normal_label(key))
    return column.code if column is not None and key not in RECORDED else key


def settable_columns(library: Library) -> Sequence[Column]:
    """The columns of the meetings that can be set, in the order of the sheet."""
    return [column for column in library.layout.sheet("meetings").columns if column.code in RECORDED]


def _nearest(key: str, library: Library) -> Mapping[str, str]:
    """The column that may be meant, for the words of the refusal; nothing where none is called nearly so."""
    columns = {name: one for one in settable_columns(library) for name in (one.code, *map(normal_label, one.labels))}
    found = [columns[name] for name in get_close_matches(normal_label(key), columns, n=1)]
    return {name: text for column in found for name, text in (("near", column.label), ("near_code", column.code))}


def _mark(value: str) -> Mark | None:
    try:
        return Mark(value.upper()) if value else None
    except ValueError:
        marks = ", ".join(mark.value for mark in Mark)
        raise _MistypedError(
            f"không phải ký hiệu điểm danh. Dùng một trong: {marks}.",
            english=f"that is no sign of the roll call. Use one of: {marks}.",
        ) from None


def _points(value: str) -> Decimal | None:
    if not value:
        return None
    points = typed_points(value)
    if points is None:
        raise _MistypedError(
            "không phải là số. Viết như 12.5 hoặc 12,5.", english="that is no number. Write it like 12.5."
        )
    return points
