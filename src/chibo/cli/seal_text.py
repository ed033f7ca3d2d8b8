"""What the seal of a workbook names, in words and as columns: cell and year, and the copy that it was made from."""

from __future__ import annotations

from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text, without_turns
from chibo.model.row_text import Row
from chibo.office.lineage.keeping import copy_named, kept_copies, short_name
from chibo.office.moments import local_moment
from chibo.workbook.sealing import Seal

SEAL_COLUMNS = ("seal_cell", "seal_year", "seal_written_at", "seal_digest", "seal_parent")
"""What stands beside each finding; all empty where a workbook has no seal, the parent also of a first copy."""

_WORDS = {
    Language.VIETNAMESE: {
        "names": "Dấu nguồn gốc ghi: chi bộ {cell}, năm {year}{written}; dấu vân tay {copy}.",
        "written": ", ghi lúc {at}",
        "first": "Không lập từ bản nào trước.",
        "from": "Lập từ bản có dấu vân tay {parent}.",
        "kept": "Lập từ bản có dấu vân tay {parent}, văn phòng còn giữ bản ấy.",
        "not_kept": "Lập từ bản có dấu vân tay {parent}, văn phòng không giữ bản ấy.",
    },
    Language.ENGLISH: {
        "names": "The mark of origin names: cell {cell}, year {year}{written}; fingerprint {copy}.",
        "written": ", written at {at}",
        "first": "It was made from no earlier copy.",
        "from": "It was made from the copy with the fingerprint {parent}.",
        "kept": "It was made from the copy with the fingerprint {parent}, which the office keeps.",
        "not_kept": "It was made from the copy with the fingerprint {parent}, which the office does not keep.",
    },
}


def seal_line(seal: Seal, library: Library, language: Language) -> str:
    """What the seal names, in two sentences; fingerprints are shortened as in the names of the copies that are kept."""
    words = _WORDS[language]
    written = words["written"].format(at=local_moment(seal.moment)) if seal.moment else ""
    names = {"cell": seal.cell_code, "year": seal.year, "copy": short_name(seal.digest)}
    said = f"{words['names'].format(written=written, **names)} {_origin(seal, library, words)}"
    return without_turns(clean_text(said))


def seal_row(seal: Seal | None) -> Row:
    """What the seal names, by `SEAL_COLUMNS`: the moment in UTC, fingerprints whole."""
    if seal is None:
        return dict.fromkeys(SEAL_COLUMNS, "")
    named = (seal.cell_code, seal.year, seal.written_at, seal.digest, seal.parent)
    return dict(zip(SEAL_COLUMNS, map(clean_text, named), strict=True))


def _origin(seal: Seal, library: Library, words: dict[str, str]) -> str:
    if not seal.parent:
        return words["first"]
    said = words["from"]
    if library.office is not None:
        copies = kept_copies(library.office, seal.cell_code, seal.year)
        said = words["kept" if copy_named(copies, seal.parent) else "not_kept"]
    return said.format(parent=short_name(seal.parent))
