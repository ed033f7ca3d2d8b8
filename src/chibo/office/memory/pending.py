"""Definitions on their way into the office folder: a crash at any instant leaves the old one or the new one.

A file and a database cannot change in one step. So the new content is laid ready beside the database, then its word
goes into the log, and only then the file takes its place; whoever opens the office next finishes what a crash
interrupted, or throws away what never came to have a word in the log.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from chibo.audit import AuditAct, Entry
from chibo.errors import OutputError, why_refused
from chibo.office.home import make_folder
from chibo.store import Store, Writing
from chibo.store.audit_log import entries
from chibo.store.places import OfficeData
from chibo.workbook.saving import save_atomically


def lay_ready(home: Path, inside: str, data: bytes | None) -> str:
    """Lay the new content of a definition ready, None where it is taken out; its digest, as the log is to have it.

    Only whoever holds the writers' lock may. Raises OutputError where it cannot be written.
    """
    folder = _folder(home)
    make_folder(folder)
    text = None if data is None else data.decode("utf-8")
    ready = {"inside": inside, "was": digest_of_file(home / inside), "now": text}
    name = hashlib.sha256(inside.encode()).hexdigest()[:32]
    save_atomically(folder / f"{name}.json", json.dumps(ready, ensure_ascii=False).encode())
    return "" if data is None else hashlib.sha256(data).hexdigest()


def finish_pending(store: Store, home: Path, user: str) -> None:
    """Put into force what is laid ready and stands in the log; what does not stand there is thrown away.

    A definition that somebody has changed by hand meanwhile stays as it is, and `chibo audit verify` tells of it.
    Raises OutputError where a file cannot be written: it stays ready.
    """
    if not any(_folder(home).glob("*.json")):
        return
    with store.writing(user) as writing:
        writing.may_change_nothing = True
        for path in sorted(_folder(home).glob("*.json")):
            _finish(writing, home, path)


def finish_if_possible(store: Store, home: Path, user: str) -> None:
    """Finish what is laid ready; where that cannot be done now, the office opens all the same."""
    with suppress(OutputError):
        finish_pending(store, home, user)


def digest_of_file(path: Path) -> str:
    """The digest of a file, "" where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _finish(writing: Writing, home: Path, path: Path) -> None:
    try:
        ready = json.loads(path.read_bytes())
        inside, was, now = str(ready["inside"]), ready["was"], ready["now"]
        data = None if now is None else str(now).encode("utf-8")
    except (ValueError, KeyError, TypeError):
        raise OutputError(f"Không đọc được «{path.name}» trong thư mục dữ liệu; báo người quản trị.") from None
    after = "" if data is None else hashlib.sha256(data).hexdigest()
    last = _last(writing, inside)
    if last is not None and last.after == after and digest_of_file(home / inside) == was:
        _put(home / inside, data)
    try:
        path.unlink()
    except OSError as error:
        raise OutputError(f"Không xóa được «{path.name}»: {why_refused(error)}.") from None


def _last(writing: Writing, inside: str) -> Entry | None:
    published = AuditAct.DEFINITION_PUBLISHED
    said = [one for one in entries(writing.connection, subject=inside) if one.act == published]
    return said[-1] if said else None


def _put(target: Path, data: bytes | None) -> None:
    if data is not None:
        make_folder(target.parent)
        save_atomically(target, data)
        return
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"Không bỏ được «{target.name}»: {why_refused(error)}.") from None


def _folder(home: Path) -> Path:
    return OfficeData(home).folder / "publishing"
