"""`chibo frame`: the criteria frames of the office, seen, checked, sent out to Excel and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import click

from chibo.cli.asked_language import told, worded
from chibo.cli.disk_file import DiskFile, NewFile, name_of
from chibo.cli.options import check_free, force_option, format_option, home_option, language_option
from chibo.cli.output import print_rows, print_text, say
from chibo.cli.steering import spelled_out
from chibo.definitions.folders import definition_files
from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.frame import CriterionKind, Frame, Line
from chibo.definitions.frames.loading import frame_document
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.errors import ChiboError, UnknownNameError
from chibo.model.row_text import Row
from chibo.office.frames import frame_named, home_path, keep_frame, open_frame, send_out

_LIST = {
    "id": "Mã khung",
    "title": "Tên",
    "meeting_kinds": "Chấm buổi",
    "default_for": "Mặc định cho",
    "from": "Từ ngày",
    "to": "Đến ngày",
    "status": "Tình trạng",
    "criteria": "Tiêu chí",
    "total": "Tổng điểm",
    "fact_maximum": "Theo dữ kiện",
}
_LINES = {
    "group": "Nhóm",
    "criterion": "Mã",
    "label": "Tiêu chí",
    "kind": "Cách chấm",
    "max": "Điểm tối đa",
    "fact": "Theo dữ kiện",
}
_STATUS = {"example": "khung mẫu, chờ khối xác nhận", "official": "chính thức"}
_KINDS = {
    CriterionKind.LEVEL: "chọn mức",
    CriterionKind.YES_NO: "có/không",
    CriterionKind.POINTS: "cho điểm",
    CriterionKind.BONUS: "điểm cộng",
    CriterionKind.DEDUCTION: "điểm trừ",
}


@click.group("frame")
def command() -> None:
    """Xem, kiểm tra, xuất và nhập khung tiêu chí."""


@command.command("list")
@home_option
@format_option("table", "json")
def list_frames(library: Library, output_format: str) -> None:
    """Liệt kê các khung tiêu chí của văn phòng."""
    defaults = library.defaults.frames
    rows: list[Row] = []
    for frame in library.frames.values():
        kinds = frame.applies.meeting_kinds
        decided = max(_by_facts(frame.lines(kind)) for kind in kinds)
        default_for = [kind for rule in defaults if rule.frame == frame.id for kind in rule.meeting_kinds]
        rows.append(
            {
                "id": frame.id,
                "title": frame.title,
                "meeting_kinds": _joined(kinds, output_format),
                "default_for": _joined(default_for, output_format),
                "from": frame.effective.start,
                "to": frame.effective.end,
                "status": frame.status if output_format == "json" else _STATUS[frame.status],
                "criteria": len(frame.criteria),
                "total": frame.total,
                "fact_maximum": decided,
            }
        )
    print_rows(rows, list(_LIST), output_format, headings=_LIST)


@command.command("show")
@click.argument("name", metavar="MÃ_KHUNG")
@home_option
@language_option
@format_option("table", "json")
def show_frame(name: str, library: Library, language: Language, output_format: str) -> None:
    """In một khung: nhóm, tiêu chí, điểm tối đa, mức xếp loại. Dạng json là toàn bộ định nghĩa của khung."""
    frame = _known_frame(name, library)
    if output_format == "json":
        print_text(json.dumps(frame_document(frame), ensure_ascii=False, indent=2, default=str) + "\n")
        return
    english = language is Language.ENGLISH
    click.echo(f"{(english and frame.title_en) or frame.title} ({frame.id})")
    for source in frame.sources:
        click.echo(f"  Căn cứ: {source.number}, ngày {source.date:%d/%m/%Y}, {source.issuer}")
    click.echo(f"  Hiệu lực: từ {frame.effective.start:%d/%m/%Y}{_until(frame)}")
    if frame.confirm_note:
        click.echo(f"  Lưu ý: {(english and frame.confirm_note_en) or frame.confirm_note}")
    print_rows(_criteria(frame, english=english), list(_LINES), output_format, headings=_LINES)
    for text in _below(frame, english=english):
        click.echo(text)


def _known_frame(name: str, library: Library) -> Frame:
    """The frame called `name`; wrong usage where there is none."""
    try:
        return frame_named(name, library)
    except UnknownNameError as error:
        raise click.UsageError(spelled_out(told(error))) from error


@command.command("check")
@click.argument("files", metavar="[TỆP…]", nargs=-1, type=DiskFile())
@home_option
def check_frames(files: tuple[Path, ...], library: Library) -> None:
    """Kiểm tra khung trong các tệp .toml hoặc .xlsx; không nêu tệp thì kiểm tra mọi khung của văn phòng.

    Mã thoát 1 khi có khung sai; mỗi lỗi nêu tệp và khoá, hoặc trang và ô Excel.
    """
    wrong = 0
    for path in files or definition_files("frames", library.office).values():
        try:
            frame = open_frame(path, library)
        except ChiboError as error:
            wrong += 1
            say(str(error))
        else:
            total = plain_decimal(frame.total)
            click.echo(f"Đúng: {name_of(path)}: {frame.id}, {len(frame.criteria)} tiêu chí, {total} điểm.")
    if not files and not wrong:
        click.echo(f"Đúng: khung mặc định, {len(library.defaults.frames)} dòng.")
    if wrong:
        raise SystemExit(1)


@command.command("export")
@click.argument("name", metavar="MÃ_KHUNG")
@click.option("--out", required=True, type=NewFile(), help="Tệp Excel (.xlsx) để ghi ra.")
@force_option
@home_option
def export_frame(name: str, out: Path, force: bool, library: Library) -> None:
    """Xuất một khung ra tệp Excel để xem, sửa rồi nhập lại."""
    check_free(out, force=force)
    if out.suffix.lower() != ".xlsx":
        raise click.BadParameter(_must_end_with(".xlsx"), param_hint="--out")
    send_out(_known_frame(name, library), out)
    click.echo(f"Đã ghi {out}.")


@command.command("import")
@click.argument("file", metavar="TỆP.xlsx", type=DiskFile())
@click.option(
    "--out",
    type=NewFile(makes_folder=True),
    help="Tệp định nghĩa (.toml) để ghi ra; không nêu thì ghi vào sheets/frames của thư mục văn phòng (--home).",
)
@click.option("--replace", is_flag=True, help="Thay định nghĩa đã có cùng tên.")
@home_option
def import_frame(file: Path, out: Path | None, replace: bool, library: Library) -> None:
    """Nhập khung từ tệp Excel thành định nghĩa của văn phòng, sau khi kiểm tra đủ."""
    if out is None and library.office is None:
        raise click.UsageError(
            worded(
                "Cần --home THƯ_MỤC (văn phòng để nhập khung vào) hoặc --out TỆP.toml.",
                "--home THƯ_MỤC (the office that takes in the frame) or --out TỆP.toml is needed.",
            )
        )
    if out is not None and out.suffix.lower() != ".toml":
        raise click.BadParameter(_must_end_with(".toml"), param_hint="--out")
    frame = open_frame(file, library)
    target = out or home_path(frame, library.office or Path())
    if target.stem != frame.id:
        named = worded("tên tệp phải là mã khung", "the file must be called by the code of the frame")
        raise click.BadParameter(f"{named}: {frame.id}.toml", param_hint="--out")
    keep_frame(frame, target, replace=replace)
    click.echo(f"Đã nhập khung {frame.id} ({len(frame.criteria)} tiêu chí) vào {target}.")


def _must_end_with(ending: str) -> str:
    return worded(f"tên tệp phải kết thúc bằng {ending}", f"the name of the file must end with {ending}")


def _by_facts(lines: Iterable[Line]) -> Decimal:
    """The most points that recorded facts can decide."""
    return sum((line.maximum for line in lines if line.criterion.fact is not None), Decimal(0))


def _criteria(frame: Frame, *, english: bool) -> Iterable[Row]:
    for lines in zip(*(frame.lines(kind) for kind in frame.applies.meeting_kinds), strict=True):
        criterion = lines[0].criterion
        yield {
            "group": lines[0].group.code,
            "criterion": criterion.code,
            "label": (english and criterion.label_en) or criterion.label,
            "kind": _KINDS[criterion.kind],
            "max": _maxima(frame, lines),
            "fact": "có" if criterion.fact else None,
        }


def _maxima(frame: Frame, lines: tuple[Line, ...]) -> str:
    """The maximum; one for each kind of meeting where they differ, a dash where the criterion does not apply."""
    shown = [plain_decimal(line.maximum or line.minimum) if line.applies else "–" for line in lines]
    if len(set(shown)) == 1:
        return shown[0]
    return "; ".join(f"{kind}: {text}" for kind, text in zip(frame.applies.meeting_kinds, shown, strict=True))


def _below(frame: Frame, *, english: bool) -> Iterable[str]:
    grades = [
        f"{entry.grade} từ {plain_decimal(entry.at_least)}"
        if entry.at_least is not None
        else f"dưới nữa: {entry.grade}"
        for entry in frame.grades
    ]
    yield f"Tổng {plain_decimal(frame.total)} điểm. Xếp loại: {'; '.join(grades)}."
    for gate in frame.gates:
        yield f"Mức {gate.grade} còn cần đủ điểm ở {', '.join(gate.full_marks)}; nếu không thì xếp {gate.otherwise}."
    for rule in frame.yearly:
        yield (
            f"Cả năm {rule.grade}: mọi buổi thường kỳ từ {rule.every} trở lên, "
            f"ít nhất {rule.count} buổi từ {rule.of} trở lên."
        )
    for criterion in frame.criteria.values():
        if criterion.open_question:
            question = (english and criterion.open_question_en) or criterion.open_question
            yield f"Chờ khối xác nhận, tiêu chí {criterion.code}: {question}"


def _until(frame: Frame) -> str:
    return f" đến {frame.effective.end:%d/%m/%Y}" if frame.effective.end else ""


def _joined(kinds: Iterable[object], output_format: str) -> object:
    names = [str(kind) for kind in kinds]
    return names if output_format == "json" else ", ".join(names)
