"""What every command over the office's memory shares: which office, in whose name, and days as people type them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import update_wrapper
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from chibo.cli.output import say
from chibo.cli.typed_text import account_option
from chibo.definitions.library import Library
from chibo.office.home import find_home
from chibo.office.memory import Memory, local_user, open_memory
from chibo.office.memory.clock import later_than_the_clock

F = TypeVar("F", bound=Callable[..., Any])

_home = click.option(
    "--home",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="CHIBO_HOME",
    help="Thư mục văn phòng (tạo bằng chibo init); mặc định là thư mục đang đứng.",
)
_user = account_option("Làm với tài khoản này trong danh bạ; mặc định là người dùng của máy.")


def memory_options(function: F) -> F:
    """`--home DIR` and `--as USER`: the memory of that office for that user, passed on as `memory`."""

    def with_memory(*args: Any, home: Path | None, user: str, **values: Any) -> Any:
        memory = open_memory(Library(home or find_home()), user.strip() or local_user())
        try:
            _tell_of_clock(memory)
            return function(*args, memory=memory, **values)
        finally:
            memory.close()

    return _home(_user(cast(F, update_wrapper(with_memory, function))))


def _tell_of_clock(memory: Memory) -> None:
    """Say that the clock of the machine is behind the log, on standard error: the command goes on."""
    if last := later_than_the_clock(memory):
        entered = last.astimezone()
        say(
            f"Máy đang chỉ ngày {memory.today:%d/%m/%Y}, sớm hơn mục cuối của nhật ký (ngày {entered:%d/%m/%Y}). "
            "Hạn nộp, trễ hạn đang tính theo ngày của máy: xem lại ngày giờ của máy rồi làm lại."
        )


def day_option(name: str, text: str, **more: Any) -> Callable[[F], F]:
    """An option that takes a day, `31/03/2026` or `2026-03-31`, passed on as a date."""
    return click.option(
        name,
        type=click.DateTime(("%d/%m/%Y", "%Y-%m-%d")),
        metavar="NGÀY",
        callback=lambda _ctx, _param, value: as_day(value),
        help=text,
        **more,
    )


def as_day(moment: datetime | None) -> date | None:
    """The day of what the command line understood."""
    return moment.date() if moment else None
