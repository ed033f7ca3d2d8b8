"""Printing for every command: rows alone on standard output; summaries and refusals on standard error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

import click

from chibo.cli.steering import unsteered
from chibo.errors import OutputError, why_refused
from chibo.model.row_text import Row, csv_text, json_text


def say(text: str = "") -> None:
    """A line for people, on standard error."""
    click.echo(unsteered(text), err=True)


def print_rows(
    rows: Iterable[Row], columns: Sequence[str], output_format: str, *, headings: Mapping[str, str] | None = None
) -> None:
    """Print rows on standard output as "table", "json" (a list of objects) or "csv" (UTF-8), columns in that order.

    `headings` are the labels of a table's columns; json and csv always carry the column names. Everything is UTF-8
    whatever the code page of the terminal.
    """
    match output_format:
        case "json":
            print_text(json_text(rows, columns))
        case "csv":
            print_text(csv_text(rows, columns))
        case "table":
            from chibo.cli.drawing import print_table  # noqa: PLC0415 - loads for longer than other forms take

            print_table(rows, columns, headings or {})
        case _:
            raise ValueError(f"no such output format: {output_format}")


def print_text(text: str) -> None:
    """Text as it stands on standard output, in UTF-8 whatever the code page of the terminal."""
    print_bytes(text.encode("utf-8"))


def print_bytes(data: bytes) -> None:
    """Bytes as they stand on standard output; OutputError where it is closed or takes no more (a full disk).

    A reader that has gone (`| head`) is left to the command-line library, which ends the command without a word.
    """
    if sys.stdout is None:
        raise OutputError("Luồng ra chuẩn đã đóng, không có nơi ghi kết quả.")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        # What is still held back would be tried, and complained of, once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"Không ghi được kết quả ra luồng chuẩn: {why_refused(error)}.") from None


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody watches this stream; Python has none in place of a closed one."""
    return stream is not None and stream.isatty()
