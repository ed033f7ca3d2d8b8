"""`chibo fill`: write values of one meeting into the workbook that a cell keeps; everything else in it stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from chibo.cli.asked_language import worded
from chibo.cli.counted import Counted
from chibo.cli.disk_file import DiskFile, content_of, name_of, quoted
from chibo.cli.options import MeetingCodeType, home_option, home_typed, language_option
from chibo.cli.output import say
from chibo.cli.refused_acts import refusal_words
from chibo.cli.set_values import typed_pairs, with_values
from chibo.cli.written_copies import OLD_FILE, check_copy, copy_option, not_written_into, refuse_file
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.errors import ChiboError, UnknownNameError, Words
from chibo.model import MeetingCode, MeetingKind, MeetingSeries
from chibo.office.desk.desk import ActRefusedError, Desk, Reason
from chibo.office.desk.meetings import register_meeting
from chibo.office.desk.opening import open_file
from chibo.office.desk.saving import HandedOut, keep_handed, prepare
from chibo.workbook import can_be_written_into
from chibo.workbook.reading.kinds import LAYOUT_OLD, TEXT_CONVERTED, TYPED_ON_LIST
from chibo.workbook.reading.list_of_marks import INDEX_SHEET
from chibo.workbook.reading.opening import unlocked
from chibo.workbook.saving import save_atomically

_KINDS = {
    MeetingSeries.REGULAR: MeetingKind.REGULAR,
    MeetingSeries.THEMATIC: MeetingKind.THEMATIC,
    MeetingSeries.EXTRAORDINARY: MeetingKind.EXTRAORDINARY,
}

_OLD_FORMS = {
    LAYOUT_OLD: Words("sổ theo mẫu cũ", "a workbook of an old form"),
    TEXT_CONVERTED: Words("chữ theo bảng mã cũ", "text in an old encoding"),
}
"""What keeps a package from being written into, by what was found on reading it."""
_WRITTEN = Words("{done} vào «{out}». Tệp «{file}» giữ nguyên.", "{done} in «{out}». «{file}» stays as it is.")
_VALUES = Words("Đã ghi {count} giá trị của buổi {code}", "Wrote {count:value|values} of the meeting {code}")
_REGISTERED = Words("Đã đăng ký buổi {code}", "Registered the meeting {code}")
_REGISTERED_WITH_VALUES = Words(
    "Đã đăng ký buổi {code}, ghi {count} giá trị của buổi ấy",
    "Registered the meeting {code} and wrote {count:value|values} of it",
)
_NEW_BOOK = Words(
    "Đây là sổ mới, vì không ghi thêm được vào chính tệp «{file}»: {why}.",
    "This is a new workbook, for nothing could be written into «{file}» itself: {why}.",
)
_LOST = Words("Sổ mới không mang theo:", "The new workbook does not carry:")
_MARKS_LEFT_BEHIND = Words(
    f"Các dấu của chibo mark ({{count}} chỗ) và trang «{INDEX_SHEET}» chỉ còn ở tệp gốc. Cần dấu theo số liệu mới thì: "
    "{again}",
    f"The marks of chibo mark ({{count:place|places}}) and the sheet «{INDEX_SHEET}» are in the original alone. For "
    "marks by the new values: {again}",
)


@click.command("fill")
@click.argument("file", metavar="TỆP", type=DiskFile())
@click.option("--meeting", "code", type=MeetingCodeType(), required=True, help="Mã kỳ sinh hoạt, như 2026-03.")
@click.option("--register", is_flag=True, help="Đăng ký buổi sinh hoạt nếu sổ chưa có.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="MÃ=GIÁ_TRỊ",
    help="Mã tiêu chí (4b=12.5), tên hoặc mã cột của trang Sinh hoạt («Có mặt=18», present=18) hoặc mã đảng viên "
    "(DV01=X); để trống là xóa. Nêu được nhiều lần. Tên và mã của mọi cột: docs/commands.md.",
)
@copy_option
@home_option
@language_option
def command(  # noqa: PLR0917 - one parameter for each option
    file: Path,
    code: MeetingCode,
    register: bool,
    settings: tuple[str, ...],
    out: Path,
    force: bool,
    library: Library,
    language: Language,
) -> None:
    """Ghi số liệu của một buổi sinh hoạt vào đúng ô trong sổ Excel; mọi thứ khác trong tệp giữ nguyên.

    Tệp gốc không bị sửa: kết quả ghi ra --out. Tệp không ghi thêm được thì --out là sổ mới, kèm danh sách những gì sổ
    mới không mang theo. Sổ .xls, sổ theo mẫu cũ hoặc chữ theo bảng mã cũ thì chuyển bằng chibo migrate trước. Mã thoát
    1 khi sổ bị từ chối hoặc có giá trị không ghi được.
    """
    check_copy(file, out, force=force)
    if not settings and not register:
        raise click.UsageError(
            worded(
                "Chưa nêu gì để ghi. Thêm --set MÃ=GIÁ_TRỊ, nêu được nhiều lần.",
                "Nothing is given to be written. Add --set MÃ=GIÁ_TRỊ, as often as wanted.",
            )
        )
    pairs = typed_pairs(settings, library)
    today = date.today()
    desk = _opened(file, library, today, language)
    _refuse_other_year(desk, code, library)
    is_new = register and desk.book.meeting(code) is None
    if is_new:
        desk = _registered(desk, code, library, today)
    desk = with_values(desk, code, pairs, library, today)
    handed = prepare(desk, library, today)
    save_atomically(out, handed.data)
    keep_handed(handed, library)
    done = _done(len(pairs), is_new=is_new).told(language).format(code=code, count=Counted(len(pairs)))
    say(_WRITTEN.told(language).format(done=done, out=out, file=name_of(file)))
    _tell_new(handed, name_of(file), language)
    _tell_marks(desk, out, library, language)


def _done(count: int, *, is_new: bool) -> Words:
    if not is_new:
        return _VALUES
    return _REGISTERED_WITH_VALUES if count else _REGISTERED


def _tell_new(handed: HandedOut, name: str, language: Language) -> None:
    """Where the workbook itself could not be written into: that this is a new one, why, and what it does not carry."""
    if not handed.without_place:
        return
    say(_NEW_BOOK.told(language).format(file=name, why=handed.why_new.told(language)))
    if handed.lost:
        say(_LOST.told(language))
        for loss in handed.lost:
            say(f"- {loss.said(language)}")


def _tell_marks(desk: Desk, out: Path, library: Library, language: Language) -> None:
    """Of a marked workbook: that the marks and their list, which told of it as it was, are not in what was written."""
    if desk.marks:
        again = f"chibo mark {quoted(out)} --out {worded('TỆP', 'FILE')}{home_typed()}"
        say(_MARKS_LEFT_BEHIND.told(language).format(count=Counted(len(desk.marks)), again=again))
    typed = [finding for finding in desk.reading if finding.kind == TYPED_ON_LIST]
    if typed:
        from chibo.cli.findings_said import say_findings  # noqa: PLC0415 - brings what draws tables with it

        say_findings(typed, library, language)


def _opened(file: Path, library: Library, today: date, language: Language) -> Desk:
    opened = open_file(content_of(file), name_of(file), library, today)
    if opened.desk is None:
        refuse_file(file, opened.findings, library, language, Words("không ghi vào", "nothing is written into it"))
    if not opened.desk.source:
        raise not_written_into(file, _why_not(opened.desk))
    return opened.desk


def _why_not(desk: Desk) -> Words:
    """Why nothing is written into the file of a desk; an old file where nothing in its package is in the way."""
    found = [words for kind, words in _OLD_FORMS.items() if any(finding.kind == kind for finding in desk.reading)]
    is_old_file = not found or not can_be_written_into(unlocked(desk.given))
    reasons = [OLD_FILE, *found] if is_old_file else found
    return Words("; ".join(one.vietnamese for one in reasons), "; ".join(one.english for one in reasons))


def _refuse_other_year(desk: Desk, code: MeetingCode, library: Library) -> None:
    """A meeting of another year is not registered in this book either; one that stands in it all the same is filled."""
    if code.month.year != desk.book.info.year and desk.book.meeting(code) is None:
        why = refusal_words(ActRefusedError(Reason.OTHER_YEAR, year=desk.book.info.year), library)
        raise ChiboError(
            f"Không ghi được buổi {code}: {why.vietnamese}",
            english=f"The meeting {code} cannot be written: {why.english}",
        )


def _registered(desk: Desk, code: MeetingCode, library: Library, today: date) -> Desk:
    try:
        desk, registered = register_meeting(desk, code.month, _KINDS[code.series], today=today)
    except ActRefusedError as refusal:
        why = refusal_words(refusal, library)
        raise ChiboError(
            f"Không đăng ký được buổi {code}: {why.vietnamese}",
            english=f"The meeting {code} cannot be registered: {why.english}",
        ) from None
    if registered != code:
        raise UnknownNameError(
            f"Không đăng ký được buổi {code}: mã tiếp theo của loại này là {registered}.",
            english=f"The meeting {code} cannot be registered: the next code of its kind is {registered}.",
        )
    return desk
