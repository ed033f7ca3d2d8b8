"""`chibo inspect`: what the reader alone says of a file, accepted or refused, with the counts of every sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from chibo.cli.disk_file import DiskFile, content_of, name_of
from chibo.cli.options import format_option, home_option, language_option
from chibo.cli.output import print_rows, print_text, say
from chibo.cli.text_option import TextAnswers, text_option
from chibo.definitions.inspection_layout import parse_inspection_layout
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.single_book import inspect_one
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.workbook.inspection import Inspection
from chibo.workbook.intake.marks import SheetCounts

_COLUMNS = ("sheet", "hidden", "values", "errors", "valueless")
_HEADINGS = {
    Language.VIETNAMESE: {
        "sheet": "Trang",
        "hidden": "Ẩn",
        "values": "Ô có giá trị",
        "errors": "Ô lỗi",
        "valueless": "Công thức chưa có kết quả",
    },
    Language.ENGLISH: {
        "sheet": "Sheet",
        "hidden": "Hidden",
        "values": "Values",
        "errors": "Error cells",
        "valueless": "Formulas without a value",
    },
}
_WORDS = {
    Language.VIETNAMESE: {
        "accepted": "«{file}» nhận được.",
        "refused": "«{file}» không nhận được ({code}).",
        "macros": "Tệp có macro; Chibo không chạy và không dùng đến macro.",
    },
    Language.ENGLISH: {
        "accepted": "«{file}» is accepted.",
        "refused": "«{file}» is refused ({code}).",
        "macros": "The file brings macros, which are neither run nor used.",
    },
}


@click.command("inspect")
@click.argument("file", metavar="TỆP", type=DiskFile())
@click.option(
    "--layout",
    type=DiskFile(),
    help="Tệp bố cục (.toml) của bảng khác (không phải sổ sinh hoạt): xét thêm tiêu đề, kiểu, khoảng giá trị từng cột.",
)
@text_option
@format_option("table", "json")
@home_option
@language_option
def command(  # noqa: PLR0917 - one parameter for each option
    file: Path, layout: Path | None, text: TextAnswers, output_format: str, library: Library, language: Language
) -> None:
    """Xem một tệp Excel bất kỳ có nhận được không: mã từ chối, các trang, số ô có giá trị, ô lỗi, công thức trống.

    Tệp được đọc trong một tiến trình có giới hạn; không macro, liên kết hay công thức nào trong tệp được chạy. Mã thoát
    1 khi tệp bị từ chối.
    """
    (answer,) = text.for_files(file)
    inspection = inspect_one(content_of(file), name_of(file), library, _layout_text(layout), answer)
    if output_format == "json":
        print_text(json.dumps(_document(inspection, library, language), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(inspection, library, language)
    if inspection.refusal is not None:
        raise SystemExit(1)


def _layout_text(layout: Path | None) -> str:
    """The text of a layout, once it is known to be one."""
    if layout is None:
        return ""
    try:
        text = content_of(layout).decode("utf-8")
    except UnicodeDecodeError:
        raise ChiboError(f"Tệp bố cục «{name_of(layout)}» không phải văn bản UTF-8.") from None
    parse_inspection_layout(text, layout)
    return text


def _document(inspection: Inspection, library: Library, language: Language) -> dict[str, Any]:
    refusal = inspection.refusal
    return {
        "file": inspection.file,
        "accepted": refusal is None,
        "code": inspection.code,
        "message": str(library.catalogue.at_the_prompt.message(refusal, language)) if refusal else "",
        **_figures(inspection.counts),
        "macros": inspection.has_macros,
        "sheets": [
            {"sheet": sheet.name, "hidden": sheet.hidden, **_figures(sheet.counts)} for sheet in inspection.sheets
        ],
        "findings": [_finding(finding, library, language) for finding in inspection.findings],
    }


def _figures(counts: SheetCounts) -> dict[str, int]:
    return {"values": counts.values, "errors": counts.errors, "valueless": counts.valueless}


def _finding(finding: Finding, library: Library, language: Language) -> dict[str, str]:
    message = library.catalogue.at_the_prompt.message(finding, language)
    place = {"sheet": finding.place.sheet, "cell": finding.place.address}
    said = {"title": message.title, "text": message.text, "mend": message.mend}
    return {"code": finding.code, "severity": finding.severity.value, **place, "seen": finding.seen, **said}


def _print(inspection: Inspection, library: Library, language: Language) -> None:
    words = _WORDS[language]
    refusal = inspection.refusal
    if refusal is None:
        say(words["accepted"].format(file=inspection.file))
    else:
        say(words["refused"].format(file=inspection.file, code=inspection.code))
    for finding in inspection.findings:
        say(f"- {finding.place}: {library.catalogue.at_the_prompt.message(finding, language)} ({finding.code})")
    if inspection.has_macros:
        say(words["macros"])
    rows = [
        {"sheet": sheet.name, "hidden": "×" if sheet.hidden else "", **_figures(sheet.counts)}
        for sheet in inspection.sheets
    ]
    if rows:
        print_rows(rows, _COLUMNS, "table", headings=_HEADINGS[language])
