"""What one unit's editions are called: which of them is in use, and names that tell their files apart."""

from __future__ import annotations

import re
from pathlib import PurePath

from chibo.definitions.language import Language
from chibo.submissions import Submission

_MARK = "cần sửa"
_MERGED = " (đã gộp)"
_NAMED = re.compile(rf"( \((bản \d+|{_MARK})\))+$")

_VERSION = {
    Language.VIETNAMESE: ("bản {n}", "bản {n}, có {of} bản"),
    Language.ENGLISH: ("version {n}", "version {n} of {of}"),
}


def version_words(submission: Submission, language: Language = Language.VIETNAMESE) -> str:
    """Which version is in use: «bản 1», «bản 1, có 2 bản» where there are more; empty where nothing came in."""
    if not submission.version_in_use:
        return ""
    alone, among = _VERSION[language]
    return (among if submission.version > 1 else alone).format(n=submission.version_in_use, of=submission.version)


def edition_name(name: str, submission: Submission, part: str) -> str:
    """The name under which a file is handed in that says `part` of the period: «CB01.xlsx», then «CB01 (bản 2).xlsx».

    The number is that of the version that it makes, as the pages count them; what an earlier hand-in or a review put
    behind the name is taken off first. Where another edition has the name already, the next number that is free.
    """
    path = PurePath(name)
    stem = _NAMED.sub("", path.stem)
    taken = {one.file_name.casefold() for one in submission.editions}
    number = len({one.part for one in submission.editions} | {part})
    numbered = _numbered(stem, path.suffix, number)
    while numbered.casefold() in taken:
        number += 1
        numbered = _numbered(stem, path.suffix, number)
    return numbered


def returned_name(stem: str, suffix: str) -> str:
    """What a marked copy is called, so that nobody takes it for the workbook that it was made of."""
    return f"{stem} ({_MARK}){suffix}"


def merged_file_name(stem: str, suffix: str) -> str:
    """What a workbook is called into which another one was joined, so that it lies beside both."""
    return f"{stem.removesuffix(_MERGED)}{_MERGED}{suffix}"


def _numbered(stem: str, suffix: str, number: int) -> str:
    return f"{stem} (bản {number}){suffix}" if number > 1 else f"{stem}{suffix}"
