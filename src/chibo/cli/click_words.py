"""What the command-line library says by itself (usage, wrong calls, its part of the help), in Vietnamese.

The library asks gettext for its words. Catalogues of gettext are compiled files that are found by the locale of the
machine, which offices leave in English; so the words are put in the place of its lookups instead.
"""

from __future__ import annotations

from importlib import import_module

from chibo.cli.asked_language import english_is_wanted
from chibo.cli.steering import spelled_out

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")

WORDS = {
    "Aborted!": "Đã dừng.",
    "Choose from:\n\t{choices}": "Chọn một trong:\n\t{choices}",
    "Commands": "Lệnh",
    "Could not open file {filename!r}: {message}": "Không mở được tệp «{filename}».",
    "Error: {message}": "Lỗi: {message}",
    "Invalid value for {param_hint}: {message}": "Giá trị của {param_hint} chưa đúng: {message}",
    "Invalid value: {message}": "Giá trị chưa đúng: {message}",
    "Missing argument": "Thiếu",
    "Missing command.": "Thiếu tên lệnh.",
    "Missing option": "Thiếu tùy chọn",
    "Missing parameter": "Thiếu tham số",
    "Missing parameter: {param_name}": "Thiếu tham số {param_name}",
    "Missing {param_type}": "Thiếu {param_type}",
    "No such command {name!r}.": "Không có lệnh «{name}».",
    "No such option {name!r}.": "Không có tùy chọn «{name}».",
    "Option {name!r} does not take a value.": "Tùy chọn «{name}» không đi kèm giá trị.",
    "Options": "Tùy chọn",
    "Argument {name!r} takes {nargs} values.": "{name} cần {nargs} giá trị.",
    "Positional arguments": "Tham số",
    "Show the version and exit.": "In phiên bản.",
    "Show this message and exit.": "In trợ giúp này.",
    "Try '{command} {option}' for help.": "Xem trợ giúp: {command} {option}",
    "Usage:": "Cách dùng:",
    "(dynamic)": "(tự chọn)",
    "default: {default}": "mặc định: {default}",
    "directory": "thư_mục",
    "env var: {var}": "biến môi trường: {var}",
    "file": "tệp",
    "path": "đường dẫn",
    "required": "bắt buộc",
    "{name} {filename!r} does not exist.": "không có «{filename}».",
    "{name} {filename!r} is a directory.": "«{filename}» là thư mục, ở đây cần một tệp.",
    "{name} {filename!r} is a file.": "«{filename}» là một tệp, ở đây cần thư mục.",
    "{name} {filename!r} is not readable.": "không được quyền đọc «{filename}».",
    "{name} {filename!r} is not writable.": "không được quyền ghi vào «{filename}».",
    "{value!r} is not a valid {number_type}.": "«{value}» không phải số nguyên.",
    "{value} is not in the range {range}.": "{value} nằm ngoài khoảng cho phép ({range}).",
}
"""English -> Vietnamese, for all that Chibo's commands can make the library say."""

PLURALS = {
    "Did you mean {possibility}?": "Có phải {possibilities}?",
    "Got unexpected extra argument ({args})": "Thừa: {args}",
    "Option {name!r} requires an argument.": "Tùy chọn «{name}» cần một giá trị.",
    "{value!r} does not match the format {format}.": "«{value}» không phải ngày. Viết như 31/03/2026.",
    "{value!r} is not {choice}.": "«{value}» không có; chọn một trong: {choices}.",
}
"""The same of what has a plural in English, by its singular; Vietnamese has one form."""


_OF_LINES = {"choices", "message"}


def speak_vietnamese() -> None:
    """Let the library say `WORDS` and `PLURALS` from now on, unless English is asked for."""
    for name in _MODULES:
        module = import_module(f"click.{name}")
        for lookup, words in (("_", _said), ("ngettext", _said_of_several)):
            if hasattr(module, lookup):
                setattr(module, lookup, words)


def _said(english: str) -> str:
    return _Sentence(english if english_is_wanted() else WORDS.get(english) or english)


def _said_of_several(one: str, several: str, number: int) -> str:
    english = one if number == 1 else several
    return _Sentence(english if english_is_wanted() else PLURALS.get(one) or english)


class _Sentence(str):
    """Words of the library; what was typed stays within the line that it is put into."""

    __slots__ = ()

    def format(self, *places: object, **values: object) -> str:
        """The sentence with these values: those that the library or Chibo say themselves may be of several lines."""
        shown = {
            name: spelled_out(value) if isinstance(value, str) and name not in _OF_LINES else value
            for name, value in values.items()
        }
        return super().format(*places, **shown)
