"""The export as one file to be handed out: the folder as it is written anywhere else, packed."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from chibo.office.export.exporting import ExportAccount, export_office
from chibo.office.memory import Memory

_PACKED_ALREADY = {".xlsx", ".xlsm"}


def export_file(memory: Memory, reason: str = "") -> tuple[str, bytes, ExportAccount]:
    """An export to be handed out: its name, its content, what is in it; logged as the folder is.

    Raises NotAllowedError, OutputError where it cannot be written.
    """
    name = f"chibo-xuat-{memory.today:%Y-%m-%d}"
    with tempfile.TemporaryDirectory(prefix="chibo-") as aside:
        folder = Path(aside) / name
        account = export_office(memory, folder, reason)
        packed = folder.with_suffix(".zip")
        _pack(folder, packed)
        return packed.name, packed.read_bytes(), account


def _pack(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            how = zipfile.ZIP_STORED if path.suffix in _PACKED_ALREADY else zipfile.ZIP_DEFLATED
            archive.write(path, path.relative_to(folder.parent), how)
