"""How well a machine is fit for the work: which limits hold while a book of unknown origin is read, in words."""

from __future__ import annotations

from attrs import frozen

from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.confinement import Protection
from chibo.engine.no_worker import NoWorkerError
from chibo.engine.single_book import protections
from chibo.workbook.reading.native_sheets import INSTALLED

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
    Protection.NO_OTHER_PROCESS: (
        "Không mở được tiến trình nào khác, nên dừng là không còn lại gì",
        "No other process can be started, so nothing is left when it is stopped",
    ),
}


def reads_compiled() -> bool:
    """Whether the usual form of a workbook is read by compiled code here; the answers are the same without it."""
    return INSTALLED


@frozen
class Guard:
    """One protection: whether it holds on this system, and what it means."""

    protection: Protection
    holds: bool
    meaning: str


@frozen
class Guards:
    """Every protection; without a process that would be under them none holds, and no book is read: `hindered`."""

    all: tuple[Guard, ...]
    hindered: NoWorkerError | None = None


def guards(library: Library, language: Language) -> Guards:
    """Every protection, by the office's own limits."""
    hindered, limits = None, library.intake.process.model_dump()
    try:
        held = protections(library)
    except NoWorkerError as error:
        held, hindered = frozenset(), error
    index = list(Language).index(language)
    meant = ((one, texts[index].format_map(limits)) for one, texts in _MEANINGS.items())
    return Guards(tuple(Guard(one, one in held, meaning) for one, meaning in meant), hindered)
