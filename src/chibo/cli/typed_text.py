"""Text typed at the prompt that an office keeps or prints: names, notes, reasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from chibo.cli.asked_language import worded
from chibo.cli.steering import spelled_out

_NO_TEXT = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes that are no UTF-8."""


F = TypeVar("F", bound=Callable[..., Any])


class TypedText(click.ParamType[str]):
    """Text; wrong usage where it holds bytes that are no UTF-8, which no database and no workbook takes."""

    name = "chữ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, as it was typed."""
        text = str(value)
        if _NO_TEXT.search(text):
            shown = spelled_out(text)
            self.fail(
                worded(
                    f"«{shown}» có ký tự hỏng, không phải chữ UTF-8. Hãy gõ lại.",
                    f"«{shown}» has broken signs that are no UTF-8 text. Type it again.",
                ),
                param,
                ctx,
            )
        return text


def account_option(help_text: str) -> Callable[[F], F]:
    """`--as USER`: in whose name something is done, passed on as `user`; "" where nobody says."""
    return click.option("--as", "user", type=TypedText(), metavar="TÀI_KHOẢN", default="", help=help_text)
