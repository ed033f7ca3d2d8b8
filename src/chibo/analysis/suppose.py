"""What if the thresholds or the weights were others: the meetings whose grade would change."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import pandas as pd
from attrs import frozen

from chibo.analysis.books import OpenBook
from chibo.analysis.given import day_or_today, expect, library_or_own, period_of
from chibo.analysis.scores import frame_of
from chibo.analysis.tables import GRADE_DTYPE
from chibo.analysis.whole_books import NamedBooks, whole_books
from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.frame import Frame
from chibo.definitions.library import Library
from chibo.errors import UnknownNameError
from chibo.model import Grade, Meeting, Period
from chibo.scoring import MeetingScore, frame_for, score_meeting
from chibo.scoring.what_if import Number, Regraded, regraded, with_maxima, with_thresholds

CHANGE_COLUMNS = (
    "committee_code",
    "cell_code",
    "cell_name",
    "meeting_code",
    "frame",
    "score",
    "total_before",
    "grade_before",
    "total_after",
    "grade_after",
    "source",
)


class OtherTotalWarning(UserWarning):
    """Weights were changed so that a frame adds up to another total, which its thresholds were not made for."""


@frozen
class _Supposed:
    """How each frame is changed; a frame that the supposition does not touch is not in it."""

    frame: Frame | None
    thresholds: Mapping[Grade | str, Number]
    maxima: Mapping[str, Number]
    only: str

    def of(self, own: Frame) -> Frame | None:
        """The changed frame for meetings scored by `own`; None where they are not meant."""
        if self.frame is not None:
            return self._changed(self.frame) if own.criteria.keys() == self.frame.criteria.keys() else None
        if self.only and own.id != self.only:
            return None
        return self._changed(own) if self.maxima.keys() <= own.criteria.keys() else None

    def _changed(self, frame: Frame) -> Frame:
        if self.maxima:
            frame = with_maxima(frame, self.maxima)
        return with_thresholds(frame, self.thresholds) if self.thresholds else frame


def what_if(
    source: NamedBooks,
    *,
    frame: str | Frame | None = None,
    thresholds: Mapping[Grade | str, Number] | None = None,
    maxima: Mapping[str, Number] | None = None,
    period: str | Period | None = None,
    changed_only: bool = True,
    library: Library | None = None,
    today: date | None = None,
) -> pd.DataFrame:
    """The meetings whose grade changes under other thresholds or weights, with totals and grades before and after.

    `thresholds` are the least totals of grades ({"Tốt": 92}); `maxima` are weights of criteria ({"7": 20}), under which
    the points given keep their share of the maximum and the thresholds stay. `frame` is the id of the one frame meant
    (all that meetings are scored by, without it), or a changed frame with the same criteria. The score looked at is
    the official one where complete, else the self-score, as in the month's return; `changed_only=False` lists all.

    Raises UnknownNameError for a frame, grade or criterion that does not exist, DefinitionError where the changed
    frame does not hang together. Weights that add up to another total than before are an OtherTotalWarning.

    >>> cb.what_if("so", thresholds={"Tốt": 92})        # doctest: +SKIP
    >>> cb.what_if("so", frame="hd42-thuong-ky", maxima={"7": 20, "4b": 25})  # doctest: +SKIP
    """
    library, today = library_or_own(library, source), day_or_today(today)
    for name, given, example in (("thresholds", thresholds, '{"Tốt": 92}'), ("maxima", maxima, '{"7": 20, "4b": 25}')):
        expect(given or {}, Mapping, name, f"bảng tên và điểm, như {example}")
    supposed = _supposed(frame, thresholds or {}, {str(code): most for code, most in (maxima or {}).items()}, library)
    wanted = period_of(period)
    rows, totals = [], dict[str, tuple[Decimal, Decimal]]()
    for opened in whole_books(source, library, today):
        for meeting, score in _scores(opened, wanted):
            changed = supposed.of(score.frame)
            if changed is not None:
                totals[changed.id] = (score.frame.total, changed.total)
                rows.append(_row(opened, meeting, score, regraded(score, changed)))
    for name, (before, after) in totals.items():
        if before != after and not thresholds:
            warnings.warn(
                f"Tổng điểm của khung «{name}» đổi từ {plain_decimal(before)} thành {plain_decimal(after)} mà ngưỡng "
                "xếp loại vẫn giữ: bù điểm ở tiêu chí khác (maxima) hoặc đặt lại ngưỡng (thresholds) thì so sánh mới "
                "đúng.",
                OtherTotalWarning,
                stacklevel=2,
            )
    table = pd.DataFrame([row for row in rows if row is not None], columns=list(CHANGE_COLUMNS))
    table = table.astype({"grade_before": GRADE_DTYPE, "grade_after": GRADE_DTYPE})
    if changed_only:
        table = table[table["grade_before"] != table["grade_after"]]
    return table.sort_values(["committee_code", "cell_code", "meeting_code"]).reset_index(drop=True)


def _supposed(
    frame: str | Frame | None,
    thresholds: Mapping[Grade | str, Number],
    maxima: Mapping[str, Number],
    library: Library,
) -> _Supposed:
    grades = [grade.value for grade in Grade]
    for grade in thresholds:
        if str(grade) not in grades:
            raise UnknownNameError(f"Không có mức xếp loại «{grade}». Hiện có: {', '.join(grades)}.")
    for name, number in (*thresholds.items(), *maxima.items()):
        if not _is_points(number):
            raise UnknownNameError(f"«{name}» cần một số điểm lớn hơn 0, không phải «{number}».")
    if isinstance(frame, Frame):
        return _Supposed(frame, thresholds, maxima, "")
    frames = [frame_of(frame, library)] if frame is not None else list(library.frames.values())
    if not any(maxima.keys() <= known.criteria.keys() for known in frames):
        named = ", ".join(maxima)
        raise UnknownNameError(
            f"Không có khung nào gồm đủ các tiêu chí {named}. Hiện có: {', '.join(known.id for known in frames)}."
        )
    return _Supposed(None, thresholds, maxima, frame or "")


def _is_points(number: object) -> bool:
    try:
        value = Decimal(str(number))
    except InvalidOperation:
        return False
    return value.is_finite() and value > 0


def _scores(opened: OpenBook, wanted: Period | None) -> Iterator[tuple[Meeting, MeetingScore]]:
    for meeting in opened.book.meetings:
        if not meeting.is_held or (wanted is not None and meeting.meeting_code not in wanted):
            continue
        frame = frame_for(meeting, opened.book, opened.library)
        if frame is not None:
            yield meeting, score_meeting(opened.book, meeting, frame, opened.today)


def _row(opened: OpenBook, meeting: Meeting, before: MeetingScore, after: Regraded) -> tuple[object, ...] | None:
    """One line; None for a meeting that is not fully scored, which has no grade to change."""
    official = before.official_total is not None
    old_total = before.official_total if official else before.self_total
    old_grade = before.official_grade if official else before.self_grade
    new_total = after.official_total if official else after.self_total
    new_grade = after.official_grade if official else after.self_grade
    if old_total is None or old_grade is None or new_total is None or new_grade is None:
        return None
    info = opened.book.info
    return (
        info.committee_code,
        info.cell_code,
        info.cell_name,
        str(meeting.meeting_code),
        before.frame.id,
        "official" if official else "self",
        _float(old_total),
        old_grade.value,
        _float(new_total),
        new_grade.value,
        opened.book.file,
    )


def _float(total: Decimal | Fraction) -> float:
    """A total to be shown, two decimals; grades are decided on the exact one."""
    return round(float(total), 2)
