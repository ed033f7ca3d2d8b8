"""What became of a file that was handed in, in words: which edition is in use, why, and how to have the other one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from chibo.errors import with_command
from chibo.office.memory.handed import HandedIn, Handing
from chibo.office.moments import local_moment
from chibo.submissions import Edition

_RESULTS = {
    HandedIn.NEW: "đã nhận",
    HandedIn.CHANGED: "đã nhận bản mới",
    HandedIn.UNCHANGED: "không có gì mới",
    HandedIn.OLDER: "đã giữ, chưa dùng",
    HandedIn.UNDECIDED: "đã giữ, chưa dùng",
    HandedIn.CHOSEN: "nay dùng tệp này",
    HandedIn.REFUSED: "không nhận",
}
_SAYS_THE_SAME = "đã nhận, phần của kỳ như cũ"
_BLANK = "\0"
"""Stands for the period in a refusal; no text of ours has this sign."""
_AGAIN = "nộp lại chính nó với --again"


def result_words(handing: Handing) -> str:
    """What became of a file; one with a receipt of its own is not told as nothing new, though it says the same."""
    same = handing.result is HandedIn.UNCHANGED and handing.is_kept_now
    return _SAYS_THE_SAME if same else _RESULTS[handing.result]


@frozen
class Told:
    """What became of a file for one period, or for several for the same reason; `first` stands for all of them."""

    first: Handing
    periods: tuple[str, ...]
    why: str


def told_together(found: Iterable[Handing]) -> list[Told]:
    """What is told of files that were handed in, in their order: one refusal for all periods of which it is true."""
    groups: dict[object, list[Handing]] = {}
    for number, one in enumerate(found):
        groups.setdefault(_refusal(one) or number, []).append(one)
    return [_told(group) for group in groups.values()]


def _refusal(one: Handing) -> tuple[object, ...]:
    """What two refusals of a file have in common that are told as one; empty for what is told by itself."""
    if one.result is not HandedIn.REFUSED or not one.why:
        return ()
    state = one.submission.state if one.submission else None
    return (one.file, one.unit_code, state, one.used and one.used.receipt, *_without_period(one))


def _told(group: Sequence[Handing]) -> Told:
    first, periods = group[0], tuple(str(one.period) for one in group if one.period)
    if len(group) == 1:
        return Told(first, periods, why(first))
    text, command = _without_period(first)
    said = text.replace(_BLANK, ", ".join(periods))
    return Told(first, periods, with_command(said, command.replace(_BLANK, "KỲ")))


def _without_period(handing: Handing) -> tuple[str, str]:
    """Why a file was refused, and the command that leads on, with a blank where the period stands."""
    period = str(handing.period or _BLANK)
    return handing.why.replace(period, _BLANK), handing.command.replace(period, _BLANK)


def other_names(found: Iterable[Handing]) -> Iterator[str]:
    """For each file whose book bears another name than its unit, what to look at; periods may know several names."""
    told = ((one.file, one.unit_code, one.unit_name, one.name_in_book) for one in found if one.bears_other_name)
    for file, code, name, own in dict.fromkeys(told):
        yield (
            f"«{file}»: sổ ghi «{own}», còn trong danh bạ mã {code} là «{name}». Xem lại có đúng sổ và đúng mã không. "
            f"Nhầm thì sửa mã ở trang «Thông tin» rồi nộp lại, và nộp lại sổ của {code} với --again."
        )


def why(handing: Handing) -> str:
    """Why a file was refused, or is not what is in use; empty where there is nothing to say beyond the result."""
    if handing.edition is None:
        return with_command(handing.why, handing.command) or "; ".join(finding.code for finding in handing.findings)
    return " ".join(_sentences(handing, handing.edition))


def _sentences(handing: Handing, edition: Edition) -> Iterator[str]:
    used, replaced = handing.used, handing.replaced
    if handing.says_nothing and handing.period:
        yield (
            f"Sổ chưa ghi gì của kỳ {handing.period}, kỳ này vẫn là chưa báo cáo. Ghi buổi họp (không họp thì ghi lý "
            "do) rồi nộp lại."
        )
    if edition.is_of_the_future and edition.saved_at and handing.result is not HandedIn.UNCHANGED:
        yield f"Tệp ghi lúc lưu {_at(edition)}, sau cả lúc nhận, nên tính theo lúc nhận; xem lại giờ của máy đã lưu."
    if handing.result is HandedIn.CHOSEN and replaced is not None:
        as_it_was = f"Phần của kỳ {handing.period} nộp lại nguyên như đã bị trả lại."
        yield f"Thay cho {named(replaced)}." if replaced.part != edition.part else as_it_was
    elif handing.is_unused and used is not None:
        if handing.result is HandedIn.UNCHANGED:
            yield f"Tệp này đã nhận ngày {edition.submitted_on:%d/%m/%Y}."
        elif handing.told_apart:
            yield f"Bản đang dùng được lưu sau tệp này (lúc {_at(used)})."
        else:
            yield "Hai tệp không cho biết tệp nào lưu sau."
        yield f"Đang dùng {named(used)}."
        yield with_command(handing.why, handing.command) or f"Muốn dùng tệp này: {_AGAIN}."
    elif handing.came_back:
        yield f"{_came_back(handing)} không có gì phải sửa thêm ở kỳ này thì {_AGAIN}."
    elif handing.is_other_file:
        yield f"Tệp này không phải tệp đã nộp, nhưng về kỳ {handing.period} thì nói y như {named(edition)}."
    elif handing.result is HandedIn.UNCHANGED and handing.is_kept_now and replaced is not None:
        yield f"Về kỳ {handing.period}, tệp này nói y như {named(replaced)}."
    elif not handing.told_apart and replaced is not None:
        yield f"Hai tệp không cho biết tệp nào lưu sau. Muốn dùng {named(replaced)}: {_AGAIN}."


def _came_back(handing: Handing) -> str:
    """What came back: this very file, or another one that says the same of the period."""
    if handing.is_what_came_back:
        return "Đây đúng là tệp đã bị trả lại. Sửa rồi nộp;"
    same = f"của kỳ {handing.period} trong tệp này vẫn như bản đã bị trả lại"
    said = f"Đã nhận tệp, nhưng phần {same}: kỳ này vẫn chờ sửa." if handing.is_kept_now else f"Phần {same}."
    return f"{said} Sửa phần ấy rồi nộp;"


def named(edition: Edition) -> str:
    """An edition as people know it: the number of its receipt, its file, and when it came in."""
    return f"biên nhận {edition.receipt} («{edition.file_name}», nộp ngày {edition.submitted_on:%d/%m/%Y})"


def _at(edition: Edition) -> str:
    """When the file says it was written, as the office's clock shows it."""
    return local_moment(edition.saved_at) if edition.saved_at else "không rõ"
