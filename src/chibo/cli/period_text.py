"""What opening or closing a period does, in words: before it is done, and after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.office.memory.locking import PeriodChange
from chibo.periods import PeriodState
from chibo.submissions.states import STATE_WORDS

NOT_DONE = "Xem trước, chưa làm gì; bỏ --preview để làm."


def closing_lines(change: PeriodChange, *, done: bool) -> Iterator[str]:
    """What closing a period locks, and what comes back when it is opened again."""
    period = change.period.period
    yield f"{'Đã đóng' if done else 'Sẽ đóng'} kỳ {period}: {_books(change)} được khóa, không nhận thêm."
    if change.silent:
        yield f"{change.silent} chi bộ chưa nộp thì không nộp được nữa."
    if change.promised:
        units = ", ".join(f"{unit} đến {until:%d/%m/%Y}" for unit, until in change.promised.items())
        yield f"Trong đó còn hạn đã gia hạn: {units}. Kỳ đóng thì gia hạn ấy không còn tác dụng."
    yield f"Mở lại thì sổ nào về đúng tình trạng của sổ ấy: chibo period open {period} --reason «…»"


def opening_lines(change: PeriodChange, today: date, *, again: bool, done: bool) -> Iterator[str]:
    """The days of a period that is opened, what of it comes back where it was closed, and whether it takes books in."""
    one = change.period
    days = f"hạn nộp {one.due_on:%d/%m/%Y}, ân hạn đến {one.grace_until:%d/%m/%Y}, khóa sau {one.locks_on:%d/%m/%Y}"
    verb = f"{'Đã' if done else 'Sẽ'} mở{' lại' if again else ''} kỳ"
    yield f"{verb} {one.period}: {days}; {change.silent} chi bộ {'chưa nộp' if again else 'phải nộp'}."
    if again and change.kept:
        yield f"{_books(change)} được mở khóa, giữ đúng tình trạng trước khi đóng kỳ; không phải thẩm định lại."
    if one.state(today) is PeriodState.LOCKED:
        yield (
            f"Đã qua ngày khóa nên kỳ chỉ nhận sổ bị trả lại, được mở lại (chibo reopen) hoặc được gia hạn "
            f"(chibo period except {one.period} MÃ_ĐƠN_VỊ --until NGÀY). Để cả kỳ nhận sổ thì đóng kỳ rồi mở lại với "
            "hạn mới: --due NGÀY"
        )


def _books(change: PeriodChange) -> str:
    """How many books there are, and how many of them in which state."""
    states = ", ".join(f"{count} {STATE_WORDS[state].replace(', ', ' ')}" for state, count in change.kept.items())
    count = sum(change.kept.values())
    return f"{count} sổ ({states})" if states else "chưa có sổ nào"
