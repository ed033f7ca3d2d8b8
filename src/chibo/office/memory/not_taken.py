"""Why a file is not taken in for a period, in words that lead on to what helps."""

from __future__ import annotations

from datetime import date

from chibo.errors import ChiboError
from chibo.model import CellInfo, Period
from chibo.periods import PeriodState, ReportingPeriod
from chibo.register import Register, UnitTree
from chibo.submissions import State, Submission
from chibo.submissions.states import STATE_WORDS


class NotTakenError(ChiboError):
    """A file, or a file for one period, is not taken in; the text says why."""


def of_another_year(year: int, named: Period) -> NotTakenError:
    """A book of a year, handed in for a period of another."""
    return NotTakenError(
        f"Sổ là của năm {year}, không nộp cho kỳ {named} được. Nộp nhầm sổ thì chọn sổ năm {named.year}."
    )


def no_period_of(year: int, today: date) -> NotTakenError:
    """A book of a year of which no period is open; most often it is last year's, taken for this year's."""
    mistaken = f" Nộp nhầm sổ năm {year} thì chọn sổ năm {today.year}." if year < today.year else ""
    return NotTakenError(
        f"Chưa có kỳ nào của năm {year} đang mở.{mistaken} Cần nộp sổ năm {year} thì nhờ Ban Tổ chức mở kỳ.",
        command=f"chibo period open {year}-MM",
    )


def not_expected(register: Register, tree: UnitTree, period: Period, info: CellInfo) -> NotTakenError:
    """A book whose unit is not among those that the period expects: gone by then, not yet there, or not known."""
    known = register.known_code(info.cell_code, tree) or info.cell_code
    if tree.unit(known) is not None:
        return NotTakenError(f"{known} không có trong danh sách phải báo cáo của kỳ {period}.")
    changes = register.units.by_unit.get(known.casefold(), ())
    if changes and changes[-1].change.ends:
        return _gone(register, period, known)
    likely = " hoặc ".join(register.likely(info.cell_code, info.cell_name, tree))
    unknown = f"Danh bạ không có chi bộ mã «{info.cell_code}» ({info.cell_name})."
    if likely:
        return NotTakenError(
            f"{unknown} Có phải {likely}? Nếu đúng, ghi mã ấy ở trang «Thông tin» của sổ, hoặc nhờ người quản trị "
            "xác nhận tên gọi này.",
            command=f"chibo units alias «{info.cell_code}» MÃ_ĐƠN_VỊ",
        )
    return NotTakenError(
        f"{unknown} Kiểm tra mã ở trang «Thông tin» của sổ; mã đúng thì nhờ người quản trị ghi chi bộ vào danh bạ."
    )


def _gone(register: Register, period: Period, code: str) -> NotTakenError:
    """A unit that was merged or closed before the period's list was settled."""
    last = register.units.by_unit[code.casefold()][-1]
    ended = f"{last.unit_code} đã {last.change.value.lower()} ngày {last.day:%d/%m/%Y}"
    not_listed = f"không có trong danh sách phải báo cáo của kỳ {period}"
    if last.merged_into:
        return NotTakenError(f"{ended} vào {last.merged_into}, {not_listed}: nộp sổ của {last.merged_into}.")
    return NotTakenError(f"{ended}, {not_listed}.")


def not_taking(period: ReportingPeriod, submission: Submission, until: date | None, day: date) -> NotTakenError | None:
    """Why a submission takes no other edition on a day, None where it does; the unit has time `until` on top."""
    state, code, kept = submission.state, submission.unit_code, submission.period
    if not state.takes_editions:
        return NotTakenError(
            f"{code} kỳ {kept} {STATE_WORDS[state]}. Muốn nộp bản khác, nhờ Ban Tổ chức mở lại.",
            command=f"chibo reopen {code} --period {kept} --reason …",
        )
    if period.state(day) is PeriodState.OPEN or state in {State.RETURNED, State.REOPENED}:
        return None
    in_time = period.closed_on is None and until is not None and day <= until
    return None if in_time else locked(period, code)


def locked(period: ReportingPeriod, code: str) -> NotTakenError:
    """A period that takes nothing more in: closed by somebody, or past the day of its locking."""
    if period.closed_on is not None:
        return NotTakenError(
            f"Kỳ {period.period} đã đóng ngày {period.closed_on:%d/%m/%Y}. Cần nộp thì xin Ban Tổ chức mở lại kỳ.",
            command=f"chibo period open {period.period} --reason …",
        )
    return NotTakenError(
        f"Kỳ {period.period} đã khóa từ sau ngày {period.locks_on:%d/%m/%Y}. Cần nộp thì xin Ban Tổ chức gia hạn.",
        command=f"chibo period except {period.period} {code} --until NGÀY --reason …",
    )
