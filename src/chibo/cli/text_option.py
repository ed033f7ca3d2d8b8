"""`--text`: what somebody says of text whose encoding a workbook leaves open, for all files or for one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import evolve, field, frozen

from chibo.cli.asked_language import worded
from chibo.cli.steering import spelled_out
from chibo.engine.book_source import Sources
from chibo.legacy_text import Answer

F = TypeVar("F", bound=Callable[..., Any])

_ANSWERS = ", ".join(answer.value for answer in Answer)


@frozen
class TextAnswers:
    """The answers given: `by_file` for the files named, `for_all` for every other one. None leaves the text as it is.

    A file is named by its path or the end of it, down to the name alone.
    """

    for_all: Answer | None = None
    by_file: Mapping[str, Answer] = field(factory=dict)

    def for_files(self, *files: Path) -> tuple[Answer | None, ...]:
        """The answer for each of these files; wrong usage where one was named that is not among them."""
        return tuple(self._each([file.as_posix() for file in files]))

    def on(self, sources: Sources) -> Sources:
        """The books, each with its answer; wrong usage where a file was named that is not among them."""
        if self.for_all is None and not self.by_file:
            return sources
        answers = self._each([book.label for book in sources.books])
        books = (evolve(book, answer=answer) for book, answer in zip(sources.books, answers, strict=True))
        return evolve(sources, books=tuple(books))

    def _each(self, names: list[str]) -> Iterable[Answer | None]:
        for file in self.by_file:
            if not any(_is_called(name, file) for name in names):
                shown = spelled_out(file)
                raise click.UsageError(
                    worded(
                        f"--text: trong các sổ được đọc không có tệp «{shown}».",
                        f"--text: there is no file «{shown}» among the workbooks to be read.",
                    )
                )
        for name in names:
            yield next((answer for file, answer in self.by_file.items() if _is_called(name, file)), self.for_all)


def _is_called(name: str, file: str) -> bool:
    return f"/{name}".endswith(f"/{file}")


def _parsed(_ctx: click.Context, _param: click.Parameter, values: Iterable[str]) -> TextAnswers:
    for_all: Answer | None = None
    by_file: dict[str, Answer] = {}
    for value in values:
        file, _, said = value.rpartition("=")
        if said not in {answer.value for answer in Answer}:
            shown = spelled_out(value)
            raise click.BadParameter(
                worded(
                    f"«{shown}» không phải cách đọc chữ. Viết một trong: {_ANSWERS}; hoặc TỆP=tcvn3.",
                    f"«{shown}» is no way to read text. Write one of: {_ANSWERS}; or TỆP=tcvn3.",
                )
            )
        if file:
            by_file[Path(file).as_posix()] = Answer(said)
        else:
            for_all = Answer(said)
    return TextAnswers(for_all, by_file)


def text_option(function: F) -> F:
    """`--text [FILE=]unicode|tcvn3|vni`, as often as wanted; passed on as `text`."""
    return click.option(
        "--text",
        "text",
        multiple=True,
        metavar="[TỆP=]" + "|".join(answer.value for answer in Answer),
        callback=_parsed,
        help="Cách đọc chữ chưa rõ bảng mã; unicode: không chuyển chữ nào. Ghi TỆP=… để chọn riêng cho một tệp; nêu "
        "được nhiều lần.",
    )(function)
