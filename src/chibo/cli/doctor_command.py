"""`chibo doctor`: which protections hold while a book of unknown origin is read, and where outcomes are remembered."""

from __future__ import annotations

import json
import platform
import sys
from decimal import Decimal

import click

from chibo import __version__
from chibo.checks.showing import show_points
from chibo.cli.options import format_option, home_option, language_option
from chibo.cli.output import print_rows, print_text, say
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.outcome_store import FOLDER_VARIABLE, OutcomeStore
from chibo.errors import why_code, why_refused
from chibo.office.health import Guards, guards, reads_compiled

_MEGABYTE = 1 << 20
_WORDS = {
    Language.VIETNAMESE: {
        "title": "Khi đọc một sổ lạ trên máy này:",
        "held": "có",
        "missing": "không có",
        "note": "Mục «không có» là điều hệ điều hành này không cho; kiểm tra tệp trước khi đọc thì máy nào cũng đủ.",
        "compiled": "Sổ ở dạng thông thường được đọc bằng mã đã biên dịch (chibo_native).",
        "not_compiled": "Phần đọc nhanh (chibo_native) chưa được cài: kết quả vẫn như thế, đọc chậm hơn. "
        "Muốn cài: pip install ./native trong thư mục của dự án (cần trình biên dịch C).",
        "cache": "Kết quả đọc của {count} sổ được nhớ ở «{path}» ({megabytes} MB, nhiều nhất {most} MB): "
        "sổ chưa đổi không phải đọc lại. Xóa lúc nào cũng được: chibo doctor --clear-cache.",
        "no_cache": "Không nhớ được kết quả đọc ở «{path}»: {why}. Lần nào sổ cũng được đọc lại; kết quả vẫn như thế. "
        "Muốn nhớ: cho quyền ghi vào thư mục ấy, hoặc đặt biến môi trường {variable} là một thư mục khác.",
        "cleared": "Đã xóa kết quả nhớ ở «{path}».",
    },
    Language.ENGLISH: {
        "title": "While a book of unknown origin is read on this system:",
        "held": "holds",
        "missing": "missing",
        "note": "What is missing is what this system does not give; a file is checked before it is read on any system.",
        "compiled": "Workbooks in the usual form are read by compiled code (chibo_native).",
        "not_compiled": "The fast reading (chibo_native) is not installed: answers are the same, reading is slower. "
        "To install it: pip install ./native in the folder of the project (needs a C compiler).",
        "cache": "Outcomes of {count} workbooks are remembered in «{path}» ({megabytes} MB, at most {most} MB): "
        "an unchanged workbook is not read again. They may be deleted at any time: chibo doctor --clear-cache.",
        "no_cache": "Nothing can be remembered in «{path}» ({why}). Workbooks are read anew in each run, with the same "
        "answers. To remember: allow writing to that folder, or name another in the environment variable {variable}.",
        "cleared": "Deleted what was remembered in «{path}».",
    },
}
_HEADINGS = {
    Language.VIETNAMESE: {"held": "", "protection": "Điều bảo vệ"},
    Language.ENGLISH: {"held": "", "protection": "Protection"},
}


@click.command("doctor")
@format_option("table", "json")
@click.option("--clear-cache", is_flag=True, help="Xóa kết quả đã nhớ của các lần đọc trước, rồi dừng.")
@home_option
@language_option
def command(output_format: str, clear_cache: bool, library: Library, language: Language) -> None:
    """Cho biết khi đọc một sổ lạ thì máy này giữ được những giới hạn nào: thời gian, bộ nhớ, tệp, mạng, tiến trình.

    Cũng cho biết kết quả đọc sổ được nhớ ở đâu, lớn bao nhiêu.
    """
    store = OutcomeStore()
    if clear_cache:
        store.clear()
        say(_WORDS[language]["cleared"].format(path=store.path))
        return
    found = guards(library, language)
    if output_format == "json":
        refusal = store.refusal()
        document = {
            "version": __version__,
            "system": platform.system(),
            "python": platform.python_version(),
            "limits": library.intake.process.model_dump(),
            "protections": {guard.protection.value: guard.holds for guard in found.all},
            "reading": "protected" if found.hindered is None else found.hindered.hindrance.value,
            "compiled_reading": reads_compiled(),
            "cache": {
                "path": str(store.path),
                "refused": why_code(refusal) if refusal else None,
                "outcomes": store.count,
                "bytes": store.size,
                "most": store.most_bytes,
            },
        }
        print_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        _tell(found, language)
        say(_remembered(store, language))
    if found.hindered is not None:
        sys.exit(1)


def _tell(found: Guards, language: Language) -> None:
    """The protections, or why no book can be read; and how fast reading is."""
    words = _WORDS[language]
    if found.hindered is not None:
        say(found.hindered.said(language))
    else:
        say(words["title"])
        rows = [{"held": words["held" if one.holds else "missing"], "protection": one.meaning} for one in found.all]
        print_rows(rows, ("held", "protection"), "table", headings=_HEADINGS[language])
        if not all(one.holds for one in found.all):
            say(words["note"])
    say(words["compiled" if reads_compiled() else "not_compiled"])


def _remembered(store: OutcomeStore, language: Language) -> str:
    """What is remembered and where, or why nothing can be."""
    words = _WORDS[language]
    refusal = store.refusal()
    is_vietnamese = language is Language.VIETNAMESE
    if refusal is not None:
        why = why_refused(refusal) if is_vietnamese else why_code(refusal)
        return words["no_cache"].format(path=store.folder, why=why, variable=FOLDER_VARIABLE)
    megabytes = f"{store.size / _MEGABYTE:.1f}"
    return words["cache"].format(
        count=store.count,
        path=store.path,
        megabytes=show_points(Decimal(megabytes)) if is_vietnamese else megabytes,
        most=store.most_bytes // _MEGABYTE,
    )
