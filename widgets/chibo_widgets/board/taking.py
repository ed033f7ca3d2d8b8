"""Taking workbooks on the page: files that are sent, folders that are named, and how far reading has come."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from chibo.engine.archives import ARCHIVE_SUFFIX
from chibo.engine.book_source import BOOK_SUFFIXES
from chibo.engine.sources import find_sources, find_uploads
from chibo.office.board.folder import FolderError, book_folder
from chibo.office.board.progress import Phase, Progress
from chibo.office.board.run import BoardRun
from chibo_widgets.board import messages
from chibo_widgets.board.widgets import Intake
from chibo_widgets.board.wording import Tongue
from chibo_widgets.uploads import UploadProblem

UPLOAD_LIMIT = 256 * 2**20
"""Bytes of one file: a zip archive of a thousand books is far below."""
_MANY = 20
"""Books from which on it is worth saying how long the rest will take."""
_MOST_NOTES = 6
_MOST_NAMED = 5
"""A whole folder may hold hundreds of files."""


@frozen
class Read:
    """How many books are read, of how many in all; an archive or folder not looked into yet counts as one."""

    done: int = 0
    total: int = 0

    @property
    def unread(self) -> int:
        """How many are still to be read."""
        return self.total - self.done


class Taking:
    """The intake of the board: passes books on to the run, and tells what was not taken and why."""

    def __init__(
        self,
        tongue: Tongue,
        run: BoardRun,
        folders: Sequence[Path],
        redraw: Callable[[], None],
        cleared: Callable[[], None],
    ) -> None:
        self._tongue = tongue
        self._run = run
        self._folders = folders
        self._redraw = redraw
        self._cleared = cleared
        self._notes: list[dict[str, str]] = []
        self._folder_problem = ""
        self._coming = 0
        self._unsent = Counter[str]()
        """Files that were to be sent and were not, by name, until such ones come."""
        self.widget = Intake(tongue.texts, self._hear, UPLOAD_LIMIT, self._take, self._not_taken)

    @property
    def read(self) -> Read:
        """How many books are read, of how many that have come or are being sent."""
        progress = self._run.progress
        return Read(progress.done, progress.total + progress.gathering + self._coming)

    def _take(self, name: str, data: bytes) -> None:
        """A whole file has come: a book, or an archive that is looked into elsewhere, because it may be large."""
        self._coming = max(0, self._coming - 1)
        self._unsent -= Counter([name])
        if name.lower().endswith(ARCHIVE_SUFFIX):
            self._run.gather(lambda: find_uploads([(name, data)], self._run.limits))
        else:
            self._run.add(find_uploads([(name, data)]))

    def _not_taken(self, name: str, problem: UploadProblem) -> None:
        if problem is UploadProblem.EMPTY:
            # An empty file is one of the books that came in: it is refused by name like any other broken one.
            self._take(name, b"")
            return
        self._coming = max(0, self._coming - 1)
        limit = f"{UPLOAD_LIMIT // 2**20} MB"
        self._say("bad", self._tongue(f"upload_{problem.value.replace('-', '_')}", name=name, limit=limit))

    def _hear(self, message: Any) -> None:
        match message:
            case messages.Expect(expect=count):
                self._coming += count
                self._notes.clear()
                self._run.resume()
            case messages.Unsent(unsent=names):
                self._coming = max(0, self._coming - len(names))
                self._unsent.update(names)
            case messages.Stop():
                self._run.stop()
            case messages.Resume():
                self._run.resume()
            case messages.Clear():
                self._notes.clear()
                self._unsent.clear()
                self._run.clear()
                self._cleared()
            case messages.ReadFolder(folder=typed):
                self._read_folder(typed)
        self._redraw()

    def _read_folder(self, typed: str) -> None:
        try:
            folder = book_folder(typed, self._folders)
        except FolderError as error:
            self._folder_problem = error.words.told(self._tongue.language)
            return
        self._folder_problem = ""
        self._run.gather(lambda: find_sources([folder]))

    def _say(self, kind: str, text: str) -> None:
        """A note to the user; only the last few are kept, or a folder of broken files would bury the page."""
        self._notes = [note for note in self._notes if note["text"] != text][-(_MOST_NOTES - 1) :]
        self._notes.append({"kind": kind, "text": text})
        self._redraw()

    def show(self, tongue: Tongue, *, away: bool = False) -> None:
        """Draw the intake as it stands now, in the language of `tongue`; not at all while the board needs no books."""
        self._tongue = tongue
        progress = self._run.progress
        self.widget.texts = dict(tongue.texts)
        self.widget.view = {
            "away": away,
            "phase": progress.phase.value,
            "done": progress.done,
            "total": progress.total,
            "coming": self._coming,
            "suffixes": [*BOOK_SUFFIXES, ARCHIVE_SUFFIX],
            "folders": bool(self._folders),
            "folder_hint": "so",
            "folder_problem": self._folder_problem,
            "left": self._left(progress),
            "outcome": tongue("outcome", total=progress.done, accepted=progress.accepted, refused=progress.refused),
            "notes": [*self._notes, *self._standing_notes(progress)],
        }

    def _standing_notes(self, progress: Progress) -> list[dict[str, str]]:
        notes = []
        if self._unsent:
            unsent = [*self._unsent]
            told = ", ".join(unsent[:_MOST_NAMED]) + (", …" if len(unsent) > _MOST_NAMED else "")
            notes.append({"kind": "warn", "text": self._tongue("unsent", n=self._unsent.total(), names=told)})
        if progress.skipped:
            notes.append({"kind": "note", "text": self._tongue("passed_over", n=progress.skipped)})
        if progress.other_kinds:
            names = ", ".join(progress.other_kinds)
            notes.append({"kind": "note", "text": self._tongue("passed_over_named", names=names)})
        if progress.problem is not None:
            problem = progress.problem.told(self._tongue.language)
            notes.append({"kind": "bad", "text": self._tongue("reading_failed", problem=problem)})
        return notes

    def _left(self, progress: Progress) -> str:
        if progress.phase is not Phase.WORKING or progress.left is None or progress.total - progress.done < _MANY:
            return ""
        seconds = max(1, math.ceil(progress.left))
        if seconds < 60:
            return self._tongue("reading_left_seconds", n=seconds)
        return self._tongue("reading_left_minutes", n=math.ceil(seconds / 60))
