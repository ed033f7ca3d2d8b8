"""Writing the export of an office: register, periods, what came in with every step, files, figures, the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from attrs import define, field, frozen

from chibo.access import Act
from chibo.audit import AuditAct, Head
from chibo.definitions.folders import definition_files
from chibo.errors import ChiboError
from chibo.model.row_text import Row, csv_lines, json_object
from chibo.office.export import words
from chibo.office.export.folder import ExportFolder, new_folder
from chibo.office.export.readme import README, Described, readme_text
from chibo.office.export.tables import LOG, TABLES, ExportTable
from chibo.office.memory import Memory
from chibo.office.memory.remembering import Standing
from chibo.store import Reading
from chibo.store.audit_log import head_of
from chibo.store.trash import kept_or_destroyed
from chibo.store.whole_tables import NamedFile, named_files
from chibo.submissions.retention import Discarded
from chibo.workbook.register.writing import write_register

_BYTE_ORDER_MARK = "\ufeff"
"""Excel takes a CSV file for UTF-8 only with this in front."""
_FILES, _DEFINITIONS, _REGISTER = "tep", "dinh-nghia", "danh-ba.xlsx"
_ENDINGS = {".xlsx", ".xlsm", ".xls"}
_KINDS = ("frames", "layouts", "messages", "register", "returns", "rules")


@frozen(kw_only=True)
class ExportAccount:
    """What was written: rows by table, how many workbooks, and the hashes of those that the office no longer has."""

    rows: Mapping[str, int]
    files: int
    missing: tuple[str, ...]
    head: Head


def export_office(memory: Memory, target: Path, reason: str = "") -> ExportAccount:
    """Write everything that the office remembers to the new folder `target`: all of it, or nothing.

    It is of one moment; others may go on working. Raises NotAllowedError, ChiboError where `target` holds something
    already, OutputError where it cannot be written.
    """
    with memory.reading() as (reading, standing):
        standing.require(Act.EXPORT)
        with new_folder(target) as folder:
            account = _write(memory, reading, standing, folder)
            digest = folder.close()
            with memory.writing() as (writing, _):  # before the folder has its name: what goes out is known
                writing.note(AuditAct.EXPORTED, target.name, after=digest, reason=reason)
            return account


def _write(memory: Memory, reading: Reading, standing: Standing, folder: ExportFolder) -> ExportAccount:
    folder.add(_REGISTER, write_register(standing.register, memory.library.register_layout, standing.day))
    described = [Described(name=_REGISTER, about=words.REGISTER_ABOUT)]
    rows = {}
    for table in TABLES:
        rows[table.name] = _write_csv(folder, table, reading)
        if table.exact:
            _write_json_lines(folder, table, reading)
        described.append(_described(table, rows[table.name], "csv, jsonl" if table.exact else "csv"))
    files = _Files(memory, folder)
    listing = ExportTable(name=_FILES, about=words.FILES_ABOUT, columns=words.FILES, rows=files.copied, exact=False)
    described.append(_described(listing, _write_csv(folder, listing, reading), "thư mục, csv"))
    rows[LOG.name] = _write_json_lines(folder, LOG, reading)
    described.append(_described(LOG, rows[LOG.name], "jsonl"))
    count = _add_definitions(memory, folder)
    described.append(Described(name=f"{_DEFINITIONS}/", about=words.DEFINITIONS_ABOUT, count=f"{count} tệp"))
    head = head_of(reading.connection)
    at = memory.store.clock().astimezone()
    text = readme_text(described, folder.written, at=at, user=memory.user, head=head, missing=len(files.missing))
    folder.add(README, text.encode())
    return ExportAccount(rows=rows, files=files.count, missing=tuple(files.missing), head=head)


@define
class _Files:
    """Copies the kept files into the folder, one after the other, each held against its hash."""

    memory: Memory
    folder: ExportFolder
    count: int = 0
    missing: list[str] = field(factory=list)

    def copied(self, reading: Reading) -> Iterator[Row]:
        """A row for each file, once it lies in the folder. What is lost does not keep the rest from leaving."""
        for one in named_files(reading):
            row = {"content_hash": one.content_hash, "file_name": one.file_name, "came_in": one.came_in}
            yield {**row, **self._copy(one)}

    def _copy(self, one: NamedFile) -> Row:
        """Copy a file; where it lies now, when it was destroyed, or nothing where it is lost."""
        digest = one.content_hash
        try:
            found = kept_or_destroyed(self.memory.store, digest)
        except ChiboError:
            self.missing.append(digest)
            return {}
        if isinstance(found, Discarded):
            return {"destroyed_on": found.destroyed_on}
        ending = PurePosixPath(one.file_name).suffix.lower()
        path = f"{_FILES}/{digest[:2]}/{digest}{ending if ending in _ENDINGS else '.xlsx'}"
        self.folder.add(path, found)
        self.count += 1
        return {"path": path, "size": len(found)}


def _add_definitions(memory: Memory, folder: ExportFolder) -> int:
    """The definitions in force: without the frames nobody knows what the points are of."""
    found = [(kind, path) for kind in _KINDS for path in definition_files(kind, memory.library.office).values()]
    for kind, path in found:
        folder.add(f"{_DEFINITIONS}/{kind}/{path.name}", path.read_bytes())
    return len(found)


def _described(table: ExportTable, count: int, forms: str) -> Described:
    return Described(name=f"{table.name} ({forms})", about=table.about, count=f"{count} dòng", columns=table.columns)


def _write_csv(folder: ExportFolder, table: ExportTable, reading: Reading) -> int:
    lines = csv_lines((_for_csv(row) for row in table.rows(reading)), list(table.columns))
    return _write_lines(folder, f"{table.name}.csv", _BYTE_ORDER_MARK + next(lines), lines)


def _write_json_lines(folder: ExportFolder, table: ExportTable, reading: Reading) -> int:
    columns = list(table.columns)
    lines = (f"{json_object(row, columns)}\n" for row in table.rows(reading))
    return _write_lines(folder, f"{table.name}.jsonl", "", lines)


def _write_lines(folder: ExportFolder, name: str, begin: str, lines: Iterable[str]) -> int:
    """Write lines after a beginning; how many lines."""
    count = 0
    with folder.file(name) as hashed:
        hashed.write(begin.encode())
        for line in lines:
            hashed.write(line.encode())
            count += 1
    return count


def _for_csv(row: Row) -> Row:
    return {name: _in_a_field(value) for name, value in row.items()}


def _in_a_field(value: object) -> object:
    """Yes and no in words; a list one after the other, of each member what it says."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, list):
        return "; ".join(": ".join(map(str, one.values())) if isinstance(one, dict) else str(one) for one in value)
    return value
