"""The manual of the commands, made from their own help: `python -m chibo.cli.manual docs` writes docs/commands.md."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chibo.cli.main import COMMANDS, cli
from chibo.cli.set_values import settable_columns
from chibo.definitions.library import Library

FILE_NAME = "commands.md"
_WIDTH = 100
_COLUMNS_HEAD = """### Các cột mà `chibo fill --set` nhận

Nêu bằng tên cột («Có mặt=18») hay bằng mã (`present=18`) đều được. Các cột lấy từ `sheets/layouts/so-sinh-hoat.toml`.
"""
_HEAD = """# Các lệnh `chibo`

Trang này sinh ra từ phần trợ giúp của chính các lệnh (`make docs`); đừng sửa bằng tay.

Mã thoát của mọi lệnh: **0** xong; **1** có thứ bị chặn (phần còn lại vẫn được ghi) hoặc không làm tiếp được;
**2** gọi lệnh sai. Dòng dữ liệu ra đầu ra chuẩn; tiến độ, tóm tắt và từ chối ra luồng lỗi chuẩn.
"""


def manual() -> str:
    """The manual as Markdown: every command and sub-command with its help."""
    top = _context(cli, "chibo", None)
    parts = [_HEAD, _section(top)]
    for name in sorted(COMMANDS):
        found = cli.get_command(top, name)
        if found is not None:
            parts.append(_section(_context(found, name, top)))
        if name == "fill":
            parts.append(_columns_of_fill())
    return "\n".join(parts)


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return command.context_class(
        command,
        info_name=name,
        parent=parent,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        **command.context_settings,
    )


def _section(context: click.Context) -> str:
    """One command, and the commands in it."""
    command = context.command
    level = "##" if context.parent is None or context.parent.parent is None else "###"
    text = f"{level} `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group) and context.parent is not None:
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            text += "\n" + _section(_context(inner, name, context)) if inner else ""
    return text


def _columns_of_fill() -> str:
    """The columns of the meetings that `chibo fill --set` takes, by the layout."""
    columns = settable_columns(Library())
    rows = [f"| {column.label} | `{column.code}` |" for column in columns]
    return "\n".join([_COLUMNS_HEAD, "| Cột | Mã |", "|---|---|", *rows, ""])


def write_manual(folder: Path) -> None:
    """Write the manual into `folder`."""
    (folder / FILE_NAME).write_text(manual(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_manual(Path(sys.argv[1]))
