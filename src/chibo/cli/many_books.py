"""What the commands over many books share: running them with a progress bar, and saying what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chibo.cli.asked_language import worded
from chibo.cli.disk_file import NewFile, TypedPath
from chibo.cli.identical_copies import are_all_named, copies_by_book, named, original_of
from chibo.cli.many_books_text import WORDS
from chibo.cli.output import say
from chibo.cli.passed_over import tell_passed_over
from chibo.cli.progress import progress
from chibo.cli.text_option import TextAnswers
from chibo.consolidation import BookOutcome
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.book_source import SkipReason, Sources
from chibo.engine.ports import Engine
from chibo.engine.running import Run, run_books
from chibo.engine.sources import find_sources
from chibo.file_names import printable
from chibo.findings import Finding, Severity
from chibo.workbook.returns.recognising import is_return

if TYPE_CHECKING:
    from chibo.engine.remembering import OutcomeCache

paths_argument = click.argument(
    "paths",
    metavar="PATH…",
    nargs=-1,
    required=True,
    type=TypedPath(exists=True, readable=False),
)
"""Files, folders, zip archives. One that may not be read is refused by name, and never stops the others."""

workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="SỐ",
    help="Số tiến trình cùng đọc, mỗi tiến trình trong giới hạn riêng. Mặc định tự chọn theo số sổ và máy.",
)


def _cache(_ctx: click.Context, _param: click.Parameter, value: bool) -> OutcomeCache | None:
    """What is known of books read before, None where they are to be read again."""
    if not value:
        return None
    from chibo.engine.outcome_store import OutcomeStore  # noqa: PLC0415 - brings a digest of all our code with it

    return OutcomeStore()


cache_option = click.option(
    "--no-cache",
    "cache",
    is_flag=True,
    flag_value=False,
    default=True,
    callback=_cache,
    help="Đọc lại mọi sổ, kể cả sổ chưa đổi từ lần trước; kết quả lần này cũng không được nhớ.",
)
"""`--no-cache`: passed on as `cache`, what is known of books read before."""


def out_option(*suffixes: str, required: bool = False) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """`--out FILE`: a file with one of these endings in a folder that exists; anything else is wrong usage."""

    def check(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
        if value is None:
            return None
        if suffixes and value.suffix.lower() not in suffixes:
            ending = ", ".join(suffixes)
            raise click.BadParameter(
                worded(
                    f"tên tệp «{value.name}» phải có đuôi {ending}.",
                    f"the name of the file «{value.name}» must end with {ending}.",
                )
            )
        return value

    return click.option(
        "--out",
        required=required,
        type=NewFile(),
        callback=check,
        help="Tệp ghi kết quả.",
    )


def keep_apart(out: Path, given: Path | None, what: str, english: str) -> None:
    """Wrong usage where `out` would take the place of a file that somebody gave.

    `what` says which one that is in Vietnamese, `english` in English.
    """
    if given is not None and out.exists() and out.samefile(given):
        shown = printable(str(given))
        raise click.UsageError(
            worded(
                f"--out trùng với {what} «{shown}». Hãy chọn tên khác để giữ tệp ấy.",
                f"--out is {english} «{shown}» itself. Choose another name, so that this file stays.",
            )
        )


def run_with_progress(
    paths: Sequence[Path],
    library: Library,
    language: Language,
    *,
    today: date,
    workers: int | None = None,
    engine: Engine | None = None,
    cache: OutcomeCache | None = None,
    out: Path | None = None,
    text: TextAnswers | None = None,
) -> tuple[Sources, Run]:
    """Find the books of `paths` and run them, with a progress bar where the work lasts.

    `engine` judges the books instead of `workers` of this machine; click.UsageError where both are given. `out`, the
    file about to be written, is no book; raises click.UsageError where it holds anything but an old return
    of ours, since somebody's book would be lost. `text` settles what the books leave open of their encoding.
    """
    if workers is not None and engine is not None:
        raise click.UsageError(
            worded(
                "--workers là của máy này, không đi cùng --engine dask://… được.",
                "--workers is of this machine and does not go with --engine dask://….",
            )
        )
    sources = find_sources(paths, output=out)
    if out is not None and SkipReason.OUTPUT in sources.skipped_by_reason and not is_return(out.read_bytes()):
        raise click.UsageError(
            worded(
                f"--out: «{out}» là một sổ đang được đọc. Hãy ghi kết quả ra tệp khác.",
                f"--out: «{out}» is one of the workbooks to be read. Write the result to another file.",
            )
        )
    if text is not None:
        sources = text.on(sources)
    with progress(WORDS[language]["reading"], sources.count) as advance:
        run = run_books(
            sources,
            library,
            today=today,
            workers=workers,
            engine=engine,
            cache=cache,
            alone=True,
            on_done=lambda _done, _total, one: advance(one.file),
        )
    return sources, run


def no_book(paths: Sequence[Path], sources: Sources, language: Language) -> click.UsageError:
    """Wrong usage, there being no workbook in `paths`; what lies there instead is said at once."""
    tell_passed_over(sources, language)
    places = ", ".join(f"«{printable(str(path))}»" for path in paths)
    return click.UsageError(WORDS[language]["none_in"].format(places=places))


class Account:
    """What is said of a run on standard error, in one language."""

    def __init__(self, sources: Sources, run: Run, library: Library, language: Language) -> None:
        self._sources = sources
        self._result = run.consolidation
        self._library = library
        self._language = language
        self._words = WORDS[language]

    def tell(self) -> None:
        """How many books came in and what became of them; what was refused or taken out by name, with its reasons."""
        result = self._result
        used = len(result.accepted) + len(result.copies)
        say(self._words["books"].format(total=len(result.outcomes), accepted=used, refused=len(result.refused)))
        if not result.outcomes:
            say(self._words["none"])
        tell_passed_over(self._sources, self._language)
        copies_of_refused = [outcome for outcome in result.refused if original_of(outcome)]
        refused = [outcome for outcome in result.refused if not original_of(outcome)]
        self._tell_books(self._words["refused"], refused, lambda outcome: outcome.refusals)
        damaged = [outcome for outcome in result.accepted if outcome.has_blocks]
        self._tell_books(self._words["taken_out"], damaged, _blocks)
        self._tell_copies((*result.copies, *copies_of_refused))
        self._tell_findings()

    def _tell_books(
        self, title: str, books: Sequence[BookOutcome], why: Callable[[BookOutcome], Iterable[Finding]]
    ) -> None:
        if not books:
            return
        catalogue = self._library.catalogue.at_the_prompt
        say(title)
        for outcome in books:
            say(f"- {outcome.file}")
            for finding in why(outcome):
                place = finding.place
                where = f"[{place.sheet.strip()} {place.address}".rstrip() + "] " if place.sheet else ""
                said = catalogue.message(finding, self._language)
                say(f"    {where}{said} ({finding.code})")

    def _tell_copies(self, copies: Sequence[BookOutcome]) -> None:
        """One line for all copies of a book: of one that lies in every folder there may be hundreds."""
        if not copies:
            return
        say(self._words["copies"].format(copies=len(copies)))
        by_book = {book: [copy.file for copy in found] for book, found in copies_by_book(copies).items()}
        for book, files in by_book.items():
            say(self._words["copies_of"].format(file=book, count=len(files), names=named(files)))
        if not all(map(are_all_named, by_book.values())):
            say(self._words["copies_all"])

    def _tell_findings(self) -> None:
        found = Counter(finding.severity for outcome in self._result.settled for finding in outcome.findings)
        if found:
            say(self._words["findings"].format(**{severity.value: found[severity] for severity in Severity}))


def _blocks(outcome: BookOutcome) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.severity is Severity.BLOCK]
