"""`chibo migrate` over folders, archives and several files: each book that needs it in a new workbook of one folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

import click
from attrs import define, field

from chibo.cli.asked_language import told, worded
from chibo.cli.counted import Counted
from chibo.cli.many_books import no_book
from chibo.cli.migration_text import WORDS, lines_left, written_line
from chibo.cli.output import say
from chibo.cli.passed_over import tell_passed_over
from chibo.cli.progress import progress
from chibo.cli.steering import unsteered
from chibo.cli.text_option import TextAnswers
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.reading_bytes import BookBytes, book_bytes
from chibo.engine.sources import find_sources
from chibo.errors import ChiboError
from chibo.office.home import make_folder
from chibo.office.lineage.keeping import keep_copy
from chibo.office.migrating import Migrated, is_in_present_form, migrate
from chibo.workbook.saving import save_atomically

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_ASKING = frozenset({"TEXT_UNDECIDED", "TEXT_LOST", "LAYOUT_OTHER"})
"""What of an old workbook somebody has to answer or to look at; that it was old is why it is moved at all."""


@define
class _Work:
    """The books moved into one folder, and what came of each."""

    folder: Path
    force: bool
    library: Library
    language: Language
    taken: set[str] = field(factory=set)
    moved: int = 0
    present: int = 0
    failed: int = 0

    def move(self, source: BookSource, reader: BookBytes, originals: Sequence[Path]) -> None:
        """Move one book where it is not in the present form. Whatever is against it is told; it stops no other one."""
        words = WORDS[self.language]
        try:
            data = reader.read(source)
            if not isinstance(data, bytes):
                raise ChiboError(str(self.library.catalogue.at_the_prompt.message(data, self.language)))
            found = migrate(data, source.name, self.library, date.today(), source.answer)
            if is_in_present_form(data, found):
                self.present += 1
                self._tell_asking(source, found)
                return
            out = self._name_for(source.label)
            if any(out.exists() and out.samefile(original) for original in originals):
                raise ChiboError(words["original"].format(out=out))
            if out.exists() and not self.force:
                raise ChiboError(words["there"].format(out=out))
            make_folder(out.parent)
            save_atomically(out, found.data)
        except ChiboError as error:
            self.failed += 1
            say(f"{source.label}: {told(error)}")
            return
        keep_copy(found.data, self.library)
        self.moved += 1
        self._tell(source, out, found)

    def _tell(self, source: BookSource, out: Path, found: Migrated) -> None:
        say(f"{source.label}: {written_line(found, out, self.library.layout.version, self.language)}")
        self._tell_asking(source, found)
        lines = list(lines_left(found, self.language))
        for line in (f"{source.label}:", *lines) if lines else ():
            click.echo(unsteered(line))

    def _tell_asking(self, source: BookSource, found: Migrated) -> None:
        catalogue = self.library.catalogue.at_the_prompt
        for finding in found.findings:
            if finding.code in _ASKING:
                say(f"{source.label}: {catalogue.message(finding, self.language)}")

    def _name_for(self, label: str) -> Path:
        """Where the new workbook of a book goes: under the folder as the book lay, no two in one place."""
        *folders, name = _parts(label)
        stem = PurePosixPath(name).stem.strip(" .") or "so"
        path, number = PurePosixPath(*folders, f"{stem}.xlsx"), 1
        while str(path).casefold() in self.taken:
            number += 1
            path = PurePosixPath(*folders, f"{stem} ({number}).xlsx")
        self.taken.add(str(path).casefold())
        return self.folder / path


def _parts(label: str) -> Iterator[str]:
    """The folders and the name of a book, as every system can have them; an archive may have named its books anyhow."""
    named = label.replace("\\", "/").split("/")
    cleaned = [_FORBIDDEN.sub(" ", part).strip(" .") for part in named]
    yield from [part for part in cleaned[:-1] if part]
    yield cleaned[-1] or "so"


def migrate_many(
    paths: Sequence[Path], folder: Path, library: Library, language: Language, *, text: TextAnswers, force: bool
) -> None:
    """Move every book of `paths` that is not in the present form into `folder`; SystemExit 1 where one could not be.

    Raises click.UsageError where there is no book in `paths`.
    """
    sources = text.on(find_sources(paths))
    if not sources.count:
        raise no_book(paths, sources, language)
    words = WORDS[language]
    work = _Work(folder, force, library, language, failed=len(sources.refused))
    for refusal in sources.refused:
        say(f"{refusal.label}: {library.catalogue.at_the_prompt.message(refusal.finding, language)}")
    originals = [source.path for source in sources.books if source.path is not None]
    with progress(words["moving"], len(sources.books)) as advance, book_bytes(library.intake.file) as reader:
        for source in sources.books:
            work.move(source, reader, originals)
            advance(source.label)
    tell_passed_over(sources, language)
    say(
        words["summary"].format(
            total=Counted(sources.count), moved=work.moved, present=work.present, failed=work.failed
        )
    )
    if work.failed:
        raise SystemExit(1)


def one_file_for_many(out: Path) -> click.UsageError:
    """Wrong usage: one file for what may be many books."""
    return click.UsageError(
        worded(
            f"Nhiều tệp, thư mục hay gói .zip thì --out là một thư mục, không phải tệp «{out}».",
            f"For several files, a folder or a zip archive --out is a folder, not the file «{out}».",
        )
    )
