"""Frames in the office: taken from a file, sent out as a workbook, kept among the office's own definitions."""

from __future__ import annotations

from pathlib import Path

from chibo.definitions.folders import definition_files
from chibo.definitions.frames.frame import Frame
from chibo.definitions.frames.loading import dump_frame, load_frame
from chibo.definitions.library import Library
from chibo.errors import ChiboError, OutputError, UnknownNameError, why_refused
from chibo.file_names import printable
from chibo.workbook.frames.reading import read_frame
from chibo.workbook.frames.sheet import write_frame
from chibo.workbook.saving import save_atomically

WORKBOOKS = {".xlsx", ".xlsm"}
_HEADER = "# Khung tiêu chí nhập từ tệp Excel. Điểm và mốc viết thành chuỗi; R là số phút quy định của buổi.\n\n"


def frame_named(name: str, library: Library) -> Frame:
    """The frame with this id, whatever its letter case; raises UnknownNameError, which lists those there are."""
    frame = library.frames.get(name.strip().lower())
    if frame is None:
        known = ", ".join(library.frames)
        raise UnknownNameError(
            f"Không có khung «{name}». Hiện có: {known or 'chưa có khung nào'}.",
            english=f"There is no frame «{name}». Known: {known or 'none yet'}.",
        )
    return frame


def open_frame(path: Path, library: Library) -> Frame:
    """The frame in a workbook (.xlsx, .xlsm) or a definition (.toml); raises DefinitionError naming key or cell."""
    if path.suffix.lower() in WORKBOOKS:
        return read_frame(_read(path), printable(path.name))
    if path.suffix.lower() == ".toml":
        return load_frame(path, definition_files("frames", library.office))
    raise ChiboError(f"«{printable(str(path))}» không phải tệp khung: cần tệp .xlsx hoặc .toml.")


def send_out(frame: Frame, path: Path) -> None:
    """Write a frame as an Excel workbook to `path`, whole or not at all."""
    save_atomically(path, write_frame(frame))


def keep_frame(frame: Frame, path: Path, *, replace: bool = False) -> None:
    """Write a frame as a definition to `path`; a different one that stands there only gives way with `replace`."""
    data = definition_text(dump_frame(frame))
    if path.exists() and not replace and path.read_bytes() != data:
        raise OutputError(
            f"Đã có «{path}». Thêm --replace để thay, hoặc đặt mã khung khác trong ô «Mã khung» của tệp Excel."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Không tạo được thư mục «{path.parent}»: {why_refused(error)}.") from None
    save_atomically(path, data)


def definition_text(text: str) -> bytes:
    """The definition file of a frame that was dumped as `text`."""
    return (_HEADER + text).encode()


def workbook_of(name: str, library: Library) -> tuple[str, bytes]:
    """A frame as an Excel workbook: the name of the file and its content. Raises UnknownNameError."""
    frame = frame_named(name, library)
    return f"{frame.id}.xlsx", write_frame(frame)


def home_path(frame: Frame, home: Path) -> Path:
    """Where a frame is kept in an office folder."""
    return home / "sheets" / "frames" / f"{frame.id}.toml"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ChiboError(f"Không đọc được «{printable(str(path))}»: {why_refused(error)}.") from None
