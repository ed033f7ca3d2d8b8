"""How a book comes onto the page: from a file, a form, the sample, or a draft of this browser."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from attrs import evolve, frozen

from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.office.desk.desk import Desk
from chibo.office.desk.new import FormError, book_of_form
from chibo.office.desk.opening import open_file, open_new, open_sample
from chibo_widgets.cell.acts import Merge, Undo
from chibo_widgets.cell.drafts import Draft, Standing, draft_of
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
    """A book that came onto the page; `draft` is the id of its draft, with `restored` acts done again.

    `unmerged` is why another version, which was joined into the book, could not be joined into it again; "" if it was.
    `standing` is where somebody was on the page when the draft was left.
    """

    work: Work
    origin: Origin
    draft: str
    restored: int | None = None
    left: int = 0
    copied: bool = False
    unmerged: str = ""
    standing: Standing | None = None


Refusal = Callable[[Tongue], dict[str, Any]]
"""What the opening panel shows of a book that was not opened, in the language of the page at that moment."""


class NotOpenedError(ChiboError):
    """Nothing came onto the page; `refusal` says why and what to do."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__("Chưa mở được sổ.")


def from_file(name: str, data: bytes, setting: Setting) -> Arrival:
    """The book of a file; raises NotOpenedError with the reasons."""
    return _arrive(Origin("file", name=name, data=data), setting)


def from_sample(setting: Setting) -> Arrival:
    """The invented book."""
    return _arrive(Origin("sample"), setting)


def from_form(form: Mapping[str, str], setting: Setting) -> Arrival:
    """A new book; raises FormError."""
    return _arrive(Origin("new", form=form), setting)


def from_draft(content: Any, data: bytes, setting: Setting) -> Arrival:
    """The book of a draft with its acts done again; raises NotOpenedError for a draft that is no more to be read."""
    draft = draft_of(content)
    if draft is None or len(data) > setting.library.intake.file.size:
        raise NotOpenedError(_refusal("open_drafts", "said_draft_broken"))
    origin = Origin(draft.origin, name=draft.name, form=draft.form, data=data)
    try:
        arrival = _arrive(origin, evolve(setting, day=draft.day), draft.handed)
    except FormError:
        raise NotOpenedError(_refusal("open_drafts", "said_draft_broken")) from None
    work = Work(arrival.work.desk, setting, handed=list(draft.handed))
    done, left, unmerged = _again(work, draft)
    return Arrival(
        work,
        origin,
        draft.id,
        restored=done,
        left=left,
        copied=draft.copied,
        unmerged=unmerged,
        standing=draft.standing,
    )


def refused_upload(name: str, problem: UploadProblem, library: Library) -> Refusal:
    """What the opening panel shows of a file that did not arrive."""
    limit = f"{library.intake.file.megabytes} MB"
    return _refusal("open_refused", f"upload_{problem.name.lower()}", file=name, name=name, limit=limit)


def _arrive(origin: Origin, setting: Setting, own: Collection[str] = ()) -> Arrival:
    return Arrival(Work(_desk_of(origin, setting.library, setting.day, own), setting), origin, uuid4().hex)


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


def _again(work: Work, draft: Draft) -> tuple[int, int, str]:
    """Do the acts of a draft again; those that cannot be done now, as then, are passed over.

    A merge was done then: why one cannot be done again is given back, and undo does not take back what came before it.
    """
    done = left = 0
    unmerged, places = "", list[int]()
    for noted in draft.noted():
        if noted is None:
            left += 1
            continue
        act, day = noted
        if isinstance(act, Undo) and places[-1:] == [len(work.past)]:
            places.pop()
            continue
        said = work.do(act, day)
        done += said.refusal is None
        left += said.refusal is not None and bool(places)
        if isinstance(act, Merge) and said.refusal is not None:
            places.append(len(work.past))
            unmerged = said.refusal.values["why"]
    return done, left, unmerged if places else ""


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
