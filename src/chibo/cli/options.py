"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from chibo.cli.asked_language import worded
from chibo.cli.disk_file import quoted
from chibo.cli.steering import spelled_out
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.errors import UnknownNameError
from chibo.model import MeetingCode, Period
from chibo.office.home import find_home

F = TypeVar("F", bound=Callable[..., Any])


class PeriodType(click.ParamType[Period]):
    """`2026-03`, `2026-Q1`, `2026-H1` or `2026`."""

    name = "kỳ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """The period written as `value`; wrong usage otherwise."""
        period = value if isinstance(value, Period) else Period.parse(value)
        if period is None:
            shown = spelled_out(str(value))
            self.fail(
                worded(
                    f"«{shown}» không phải là kỳ. Viết như 2026-03, 2026-Q1, 2026-H1 hoặc 2026.",
                    f"«{shown}» is no period. Write it like 2026-03, 2026-Q1, 2026-H1 or 2026.",
                ),
                param,
                ctx,
            )
        return period


class MeetingCodeType(click.ParamType[MeetingCode]):
    """`2026-03`, `2026-03-CĐ`, `2026-03-BT1`."""

    name = "mã_kỳ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> MeetingCode:
        """The meeting code written as `value`; wrong usage otherwise."""
        code = value if isinstance(value, MeetingCode) else MeetingCode.parse(value)
        if code is None:
            shown = spelled_out(str(value))
            self.fail(
                worded(
                    f"«{shown}» không phải mã kỳ sinh hoạt. Viết như 2026-03 hoặc 2026-03-CĐ.",
                    f"«{shown}» is no meeting code. Write it like 2026-03 or 2026-03-CĐ.",
                ),
                param,
                ctx,
            )
        return code


def home_option(function: F) -> F:
    """`--home DIR`: the office folder whose own definitions win, else that around the current folder (`library`)."""

    def to_library(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Library:
        return Library(value or find_home())

    return click.option(
        "--home",
        "library",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        envvar="CHIBO_HOME",
        callback=to_library,
        help="Thư mục văn phòng (tạo bằng chibo init); định nghĩa trong đó được dùng trước. Không nêu thì là thư mục "
        "văn phòng mà lệnh được gọi trong đó.",
    )(function)


def home_typed() -> str:
    """` --home DIR` as it was typed, for a command that is advised to go on with; "" where it was not typed."""
    context = click.get_current_context(silent=True)
    if context is None or context.get_parameter_source("library") is not ParameterSource.COMMANDLINE:
        return ""
    office = context.params["library"].office
    return f" --home {quoted(office)}"


def language_option(function: F) -> F:
    """`--lang vi|en`, passed on as `language`."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice([language.value for language in Language]),
        default=Language.VIETNAMESE.value,
        envvar="CHIBO_LANG",
        show_default=True,
        callback=lambda _ctx, _param, value: Language(value),
        help="Ngôn ngữ của thông báo.",
    )(function)


def format_option(*formats: str) -> Callable[[F], F]:
    """`--format …`, the first of `formats` being the default; passed on as `output_format`."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Dạng kết quả in ra.",
    )


def force_option(function: F) -> F:
    """`--force`, passed on as `force`: a file that stands there already may be replaced (see `check_free`)."""
    return click.option("--force", is_flag=True, help="Ghi đè khi tệp đã có.")(function)


def check_free(file: Path, *, force: bool) -> None:
    """Wrong usage where something stands already at the file to be written."""
    if file.exists() and not force:
        raise click.UsageError(
            worded(
                f"Đã có tệp «{file}». Chọn tên khác, hoặc thêm --force để ghi đè.",
                f"There is a file «{file}» already. Choose another name, or add --force to replace it.",
            )
        )


def unknown_name(what: str, english: str, name: str, known: list[str]) -> UnknownNameError:
    """The error for a name that is not known, listing those that are; what it names is given in both languages."""
    shown = spelled_out(name)
    return UnknownNameError(
        f"Không có {what} «{shown}». Hiện có: {', '.join(known) or 'chưa có gì'}.",
        english=f"There is no {english} «{shown}». Known: {', '.join(known) or 'none yet'}.",
    )
