"""`chibo doctor`: which protections hold while a book of unknown origin is read, and where outcomes are remembered."""

from __future__ import annotations

import json
import platform

import click

from chibo import __version__
from chibo.cli.options import format_option, home_option, language_option
from chibo.cli.output import print_rows, print_text, say
from chibo.definitions.library import Library
from chibo.definitions.messages import Language
from chibo.engine.confinement import Protection
from chibo.engine.outcome_store import OutcomeStore
from chibo.engine.single_book import protections

_MEGABYTE = 1 << 20
_MEANINGS = {
    Protection.SEPARATE: (
        "Sổ được đọc trong tiến trình riêng; tiến trình ấy hỏng thì lệnh và máy chủ vẫn chạy",
        "Books are read in a process of their own; when it ends, command and server go on",
    ),
    Protection.WALL_TIME: ("Dừng sau {wall_seconds} giây một sổ", "Stopped after {wall_seconds} seconds a book"),
    Protection.CPU_TIME: (
        "Dừng sau {cpu_seconds} giây tính toán một sổ",
        "Stopped after {cpu_seconds} seconds of computing a book",
    ),
    Protection.MEMORY: (
        "Bộ nhớ thêm không quá {memory_megabytes} MB",
        "At most {memory_megabytes} MB of further memory",
    ),
    Protection.OPEN_FILES: ("Mở không quá {open_files} tệp", "At most {open_files} open files"),
    Protection.FILE_SIZE: (
        "Không ghi được tệp lớn hơn {written_megabytes} MB",
        "No file above {written_megabytes} MB can be written",
    ),
    Protection.NO_CORE: ("Không để lại ảnh bộ nhớ khi hỏng", "No core dump is left behind"),
    Protection.NO_NEW_RIGHTS: ("Không xin thêm được quyền nào của hệ thống", "No further rights can be gained"),
    Protection.NO_NETWORK: ("Không nối được ra mạng", "No way to the network"),
}
_WORDS = {
    Language.VIETNAMESE: {
        "title": "Khi đọc một sổ lạ trên máy này:",
        "held": "có",
        "missing": "không có",
        "note": "Mục «không có» là điều hệ điều hành này không cho; kiểm tra tệp trước khi đọc thì máy nào cũng đủ.",
        "cache": "Kết quả đọc của {count} sổ được nhớ ở «{path}» ({megabytes:.1f} MB, nhiều nhất {most} MB): "
        "sổ chưa đổi không phải đọc lại. Xóa lúc nào cũng được: chibo doctor --clear-cache.",
        "cleared": "Đã xóa kết quả nhớ ở «{path}».",
    },
    Language.ENGLISH: {
        "title": "While a book of unknown origin is read on this system:",
        "held": "holds",
        "missing": "missing",
        "note": "What is missing is what this system does not give; a file is checked before it is read on any system.",
        "cache": "Outcomes of {count} workbooks are remembered in «{path}» ({megabytes:.1f} MB, at most {most} MB): "
        "an unchanged workbook is not read again. They may be deleted at any time: chibo doctor --clear-cache.",
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
    """Cho biết khi đọc một sổ lạ thì máy này giữ được những giới hạn nào: thời gian, bộ nhớ, tệp, mạng.

    Cũng cho biết kết quả đọc sổ được nhớ ở đâu, lớn bao nhiêu.
    """
    store = OutcomeStore()
    if clear_cache:
        store.clear()
        say(_WORDS[language]["cleared"].format(path=store.path))
        return
    held = protections(library)
    limits = library.intake.process.model_dump()
    meanings = {
        protection: texts[list(Language).index(language)].format_map(limits) for protection, texts in _MEANINGS.items()
    }
    if output_format == "json":
        document = {
            "version": __version__,
            "system": platform.system(),
            "python": platform.python_version(),
            "limits": limits,
            "protections": {protection.value: protection in held for protection in Protection},
            "cache": {"path": str(store.path), "outcomes": store.count, "bytes": store.size, "most": store.most_bytes},
        }
        print_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        return
    words = _WORDS[language]
    say(words["title"])
    rows = [
        {"held": words["held" if protection in held else "missing"], "protection": meaning}
        for protection, meaning in meanings.items()
    ]
    print_rows(rows, ("held", "protection"), "table", headings=_HEADINGS[language])
    if len(held) < len(Protection):
        say(words["note"])
    sizes = {"megabytes": store.size / _MEGABYTE, "most": store.most_bytes // _MEGABYTE}
    say(words["cache"].format(count=store.count, path=store.path, **sizes))
