"""Looking into workbooks that were written: their parts for golden files, and LibreOffice as a second calculator."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest

_FORMULA_VALUE = re.compile(r"(<c [^>]*>)(<f>.*?</f>)<v>[^<]*</v>")


def parts_of(data: bytes) -> dict[str, str]:
    """The parts of a workbook by name, one tag to a line so that a difference shows."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode("utf-8").replace("><", ">\n<") for name in package.namelist()}


def without_cached_values(data: bytes, today: date) -> bytes:
    """The workbook with every formula's value taken out, so that whoever opens it has to calculate, as on `today`."""
    day = f"DATE({today.year},{today.month},{today.day})"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            part = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = _FORMULA_VALUE.sub(r"\1\2", part.decode("utf-8")).encode("utf-8")
            part = part.replace(b"TODAY()", day.encode())
            copy.writestr(name, part)
    return stream.getvalue()


def convert(data: bytes, target: str, folder: Path) -> Path:
    """What LibreOffice makes of a workbook: `target` is "xlsx" or "pdf"."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    source = folder / "in" / "book.xlsx"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", target]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(source)], check=True, capture_output=True, timeout=180
    )
    return folder / "out" / f"book.{target}"


def text_of(pdf: Path) -> str:
    """The words of a printed workbook."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    command = [tool, "-layout", str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode("utf-8")
