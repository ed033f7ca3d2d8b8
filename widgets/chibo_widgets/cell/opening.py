"""How a book comes onto the page: from a file, a form, the sample, or a draft of this browser."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from attrs import frozen

from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.office.desk.desk import Desk
from chibo.office.desk.new import FormError, book_of_form
from chibo.office.desk.opening import open_file, open_new, open_sample
from chibo_widgets.cell.drafts import Draft, draft_of
from chibo_widgets.cell.performing import Setting
from chibo_widgets.cell.wording import Tongue
from chibo_widgets.cell.work import Work
from chibo_widgets.findings_list import finding_rows
from chibo_widgets.uploads import UploadProblem

_LOG = logging.getLogger(__name__)
_ARCHIVES = (".zip", ".rar", ".7z")


@frozen
class Origin:
    """What a book on the page began from; kept in the draft so that it can begin there again."""

    kind: str
    name: str = ""
    form: Mapping[str, str] | None = None
    data: bytes = b""


@frozen
class Arrival:
    """A book that came onto the page; `draft` is the id of its draft, with `restored` acts done again."""

    work: Work
    origin: Origin
    draft: str
    restored: int | None = None
    left: int = 0
    copied: bool = False


Refusal = Callable[[Tongue], dict[str, Any]]
"""What the opening panel shows of a book that was not opened, in the language of the page at that moment."""


class NotOpenedError(ChiboError):
    """Nothing came onto the page; `refusal` says why and what to do."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__("Chưa mở được sổ.")


def from_file(name: str, data: bytes, library: Library, today: date) -> Arrival:
    """The book of a file; raises NotOpenedError with the reasons."""
    return _arrive(Origin("file", name=name, data=data), library, today)


def from_sample(library: Library, today: date) -> Arrival:
    """The invented book."""
    return _arrive(Origin("sample"), library, today)


def from_form(form: Mapping[str, str], library: Library, today: date) -> Arrival:
    """A new book; raises FormError."""
    return _arrive(Origin("new", form=form), library, today)


def from_draft(content: Any, data: bytes, library: Library, today: date) -> Arrival:
    """The book of a draft with its acts done again; raises NotOpenedError for a draft that is no more to be read."""
    draft = draft_of(content)
    if draft is None or len(data) > library.intake.file.size:
        raise NotOpenedError(_refusal("open_drafts", "said_draft_broken"))
    origin = Origin(draft.origin, name=draft.name, form=draft.form, data=data)
    try:
        arrival = _arrive(origin, library, draft.day, draft.handed)
    except FormError:
        raise NotOpenedError(_refusal("open_drafts", "said_draft_broken")) from None
    work = Work(arrival.work.desk, Setting(library, today), handed=list(draft.handed))
    done, left = _again(work, draft)
    return Arrival(work, origin, draft.id, restored=done, left=left, copied=draft.copied)


def refused_upload(name: str, problem: UploadProblem, library: Library) -> Refusal:
    """What the opening panel shows of a file that did not arrive."""
    limit = f"{library.intake.file.megabytes} MB"
    return _refusal("open_refused", f"upload_{problem.name.lower()}", file=name, name=name, limit=limit)


def _arrive(origin: Origin, library: Library, today: date, own: Collection[str] = ()) -> Arrival:
    desk = _desk_of(origin, library, today, own)
    return Arrival(Work(desk, Setting(library, today)), origin, uuid4().hex)


def _desk_of(origin: Origin, library: Library, today: date, own: Collection[str]) -> Desk:
    if origin.kind == "new":
        return open_new(book_of_form(origin.form or {}, library))
    if origin.kind == "sample":
        return open_sample(library, today)
    try:
        opened = open_file(origin.data, origin.name, library, today, own)
    except ChiboError:
        raise
    except Exception as error:
        _LOG.exception("reading %s failed", origin.name)
        raise NotOpenedError(_refusal("open_refused", "said_failed_file", file=origin.name)) from error
    if opened.desk is None and origin.name.lower().endswith(_ARCHIVES):
        raise NotOpenedError(_refusal("open_refused", "upload_archive", file=origin.name))
    if opened.desk is None:
        raise NotOpenedError(_refusal_of(origin.name, opened.findings))
    return opened.desk


def _again(work: Work, draft: Draft) -> tuple[int, int]:
    """Do the acts of a draft again; those that cannot be done now, as then, are passed over."""
    done = left = 0
    for noted in draft.noted():
        if noted is None:
            left += 1
            continue
        act, day = noted
        said = work.do(act, day)
        done += said.refusal is None
    return done, left


def _refusal(title: str, text: str, **values: object) -> Refusal:
    """A refusal in two texts of the page, by their keys."""

    def worded(tongue: Tongue) -> dict[str, Any]:
        line = {"title": "", "text": tongue(text, **values), "mend": "", "places": []}
        return {"title": tongue(title, **values), "hint": "", "lines": [line]}

    return worded


def _refusal_of(name: str, findings: tuple[Finding, ...]) -> Refusal:
    """The blocking findings of a refused book, in words."""

    def worded(tongue: Tongue) -> dict[str, Any]:
        rows = finding_rows(findings, tongue.library.catalogue, tongue.texts, tongue.language)
        blocking = [row for row in rows if row["severity"] == "block"] or rows
        return {
            "title": tongue("open_refused", file=name),
            "hint": tongue("open_refused_hint"),
            "lines": [{key: row[key] for key in ("title", "text", "mend", "places")} for row in blocking[:10]],
        }

    return worded
