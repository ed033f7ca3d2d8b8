"""What is said of files and folders that lay beside the books and were not read: how many, which, and what to do."""

from __future__ import annotations

from chibo.cli.many_books_text import WORDS
from chibo.cli.output import say
from chibo.definitions.language import Language
from chibo.engine.archives import ARCHIVE_SUFFIX
from chibo.engine.book_source import SkipReason, Sources

_NAMED = 20
"""Files that are no workbooks are named up to so many; a shared folder may hold thousands."""


def tell_passed_over(sources: Sources, language: Language) -> None:
    """Count what was passed over by its reasons, and name what a book may hide in: archives, files of another kind."""
    words, skipped = WORDS[language], sources.skipped_by_reason
    if skipped:
        parts = [words[reason].format(count=skipped[reason]) for reason in SkipReason if reason in skipped]
        say(words["skipped"].format(total=sum(skipped.values()), parts=", ".join(parts)))
    _tell_other_kinds(sources, language)
    _tell_archives(sources, language)


def _tell_other_kinds(sources: Sources, language: Language) -> None:
    """Somebody's book may be among them, saved as .ods or without an ending."""
    words, labels = WORDS[language], _labels(sources, SkipReason.OTHER_KIND)
    if not labels:
        return
    say(words["other_kinds"])
    for label in labels[:_NAMED]:
        say(f"- {label}")
    if len(labels) > _NAMED:
        say(words["other_kinds_more"].format(count=len(labels) - _NAMED))


def _tell_archives(sources: Sources, language: Language) -> None:
    """Name the archives that lay in a folder, and say how the books in them are read."""
    words, labels = WORDS[language], _labels(sources, SkipReason.ARCHIVE)
    if labels:
        say(words["archives"])
    for label in labels:
        key = "archive_named" if label.lower().endswith(ARCHIVE_SUFFIX) else "archive_unpack"
        say(words[key].format(label=label))


def _labels(sources: Sources, reason: SkipReason) -> list[str]:
    return [one.label for one in sources.skipped if one.reason is reason]
