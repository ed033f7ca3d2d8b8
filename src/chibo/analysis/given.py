"""What every function of the analysts' face starts from: the definitions, the day, the books that are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from chibo.definitions.library import Library
from chibo.errors import ChiboError, UnknownNameError
from chibo.model import MeetingCode, Period
from chibo.office.home import find_home

PathLike = str | Path
_LONGEST = 60


class WrongArgumentError(ChiboError, TypeError):
    """A value of a kind that a function cannot do anything with; says what it was and what is wanted."""


def expect(value: object, kinds: type | tuple[type, ...], name: str, wanted: str) -> None:
    """Raise WrongArgumentError where `value`, given as `name`, is of none of these kinds; `wanted` says what it is."""
    if not isinstance(value, kinds):
        shown = repr(value)
        shown = shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
        raise WrongArgumentError(f"{name}: cần {wanted}, không phải {shown} (kiểu {type(value).__name__}).")


def library_or_own(library: Library | None, beside: object = None) -> Library:
    """The library given, else that of the office: found by CHIBO_HOME, or upwards from the books, or from here."""
    if library is not None:
        expect(library, Library, "library", "định nghĩa của một văn phòng, như cb.open_office(...).library")
        return library
    near = find_home(Path(beside)) if isinstance(beside, str | Path) else None
    return Library(near or find_home())


def day_or_today(today: date | None) -> date:
    """The day given, else today: it tells whether days to report still run, and dates a return."""
    if today is None:
        return date.today()
    expect(today, date, "today", "một ngày, như datetime.date(2026, 4, 10)")
    return today


def paths_of(source: PathLike | Iterable[PathLike]) -> Sequence[Path]:
    """The paths named: one file, folder or zip, or several. Raises UnknownNameError where one does not exist."""
    wanted = "đường dẫn của tệp sổ, thư mục hoặc gói .zip (một, hoặc một danh sách)"
    expect(source, (str, Path, Iterable), "source", wanted)
    named = [source] if isinstance(source, str | Path) else list(source)
    for path in named:
        expect(path, (str, Path), "source", wanted)
    paths = [Path(path) for path in named]
    for path in paths:
        if not path.exists():
            raise UnknownNameError(f"Không có tệp hoặc thư mục «{path}».")
    return paths


def path_of(path: PathLike, name: str) -> Path:
    """The path of one file or folder, given as `name`, whether it exists or not."""
    expect(path, (str, Path), name, 'một đường dẫn, như "so/CB01.xlsx"')
    return Path(path)


def period_of(period: str | Period | None) -> Period | None:
    """The period written as `2026-03`, `2026-Q1`, `2026-H1` or `2026`; None for all. Raises UnknownNameError."""
    if period is None or isinstance(period, Period):
        return period
    found = Period.parse(str(period))
    if found is None:
        raise UnknownNameError(f"«{period}» không phải là kỳ. Viết như 2026-03, 2026-Q1, 2026-H1 hoặc 2026.")
    return found


def meeting_code_of(code: str | MeetingCode) -> MeetingCode:
    """The meeting code written as `2026-03` or `2026-03-CĐ`. Raises UnknownNameError."""
    found = code if isinstance(code, MeetingCode) else MeetingCode.parse(str(code))
    if found is None:
        raise UnknownNameError(f"«{code}» không phải mã kỳ sinh hoạt. Viết như 2026-03 hoặc 2026-03-CĐ.")
    return found
