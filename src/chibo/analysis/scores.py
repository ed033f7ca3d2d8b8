"""The scores of one meeting as a table: each criterion with its points and the fact behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from chibo.analysis.books import OpenBook, open_book
from chibo.analysis.given import PathLike, expect, meeting_code_of
from chibo.definitions.frames.frame import Frame
from chibo.definitions.library import Library
from chibo.errors import UnknownNameError
from chibo.findings import Severity
from chibo.model import MeetingCode
from chibo.scoring import MeetingScore, choose_frame, score_meeting

SCORE_COLUMNS = ("group", "criterion", "label", "maximum", "self", "official", "fact", "why", "explanation")


def score(
    source: PathLike | OpenBook,
    meeting: str | MeetingCode,
    *,
    frame: str | Frame | None = None,
    library: Library | None = None,
    today: date | None = None,
) -> pd.DataFrame:
    """One line per criterion that applies to the meeting: its maximum, the points given, what the facts support, why.

    `frame` is the one in force for the meeting unless another is named. Totals and grades stand in `.attrs`:
    `self_total`, `self_grade`, `official_total`, `official_grade`, `fact_total`, `frame`. Raises UnknownNameError for a
    meeting or frame that does not exist, or where no frame scores the meeting.

    >>> table = cb.score("so/CB01.xlsx", "2026-03")     # doctest: +SKIP
    >>> table[table["self"] > table["fact"]]            # doctest: +SKIP
    """
    book = source if isinstance(source, OpenBook) else open_book(source, library=library, today=today)
    scored = _scored(book, meeting_code_of(meeting), frame)
    rows = [
        (
            entry.group.label,
            entry.code,
            entry.label(),
            _number(entry.maximum),
            _number(entry.self_points),
            _number(entry.official_points),
            _number(entry.fact.points if entry.fact else None),
            entry.fact.reason() if entry.fact else "",
            entry.explanation,
        )
        for entry in scored.criteria
        if entry.applies
    ]
    table = pd.DataFrame(rows, columns=list(SCORE_COLUMNS))
    table.attrs = {
        "frame": scored.frame.id,
        "self_total": _number(scored.self_total),
        "self_grade": str(scored.self_grade or ""),
        "official_total": _number(scored.official_total),
        "official_grade": str(scored.official_grade or ""),
        "fact_total": _number(scored.fact_total),
    }
    return table


def _scored(book: OpenBook, code: MeetingCode, frame: str | Frame | None) -> MeetingScore:
    meeting = book.book.meeting(code)
    if meeting is None:
        for finding in book.found:
            if finding.meeting == code and finding.severity is Severity.BLOCK:
                reason = book.library.catalogue.message(finding)
                raise UnknownNameError(f"Buổi «{code}» chưa được tính vì có lỗi ở {finding.place}: {reason}")
        known = ", ".join(str(row.meeting_code) for row in book.book.meetings)
        raise UnknownNameError(f"Sổ «{book.book.file}» không có buổi «{code}». Hiện có: {known or 'chưa có buổi nào'}.")
    chosen = choose_frame(meeting, book.book, book.library).frame if frame is None else frame_of(frame, book.library)
    if chosen is None or not chosen.scores(meeting.kind):
        raise UnknownNameError(f"Buổi «{code}» ({meeting.kind}) không có khung nào để chấm.")
    return score_meeting(book.book, meeting, chosen, book.today)


def frame_of(frame: str | Frame, library: Library) -> Frame:
    """The frame given, or the one of that id. Raises UnknownNameError listing those that are known."""
    if isinstance(frame, Frame):
        return frame
    expect(frame, str, "frame", 'mã của khung, như "hd42-thuong-ky"')
    found = library.frames.get(frame)
    if found is None:
        raise UnknownNameError(f"Không có khung «{frame}». Hiện có: {', '.join(library.frames)}.")
    return found


def _number(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)
