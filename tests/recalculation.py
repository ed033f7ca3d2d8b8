"""Recalculating workbooks with LibreOffice: every formula computed anew, many workbooks in one call."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
 </item>
</oor:items>
"""
_TIME_ALLOWED = 300


def recalculated(workbooks: Mapping[str, bytes], folder: Path, to: str = "xlsx") -> dict[str, bytes]:
    """The workbooks (by base name without suffix) as LibreOffice saves them after computing every formula anew.

    `to` may be another format, such as `pdf`. The profile of LibreOffice lies in `folder`, so that runs beside each
    other, and the user's own settings, do not matter.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    given, made, profile = folder / "given", folder / "made", folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    given.mkdir()
    for name, data in workbooks.items():
        (given / f"{name}.xlsx").write_bytes(data)
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", to]
    files = [str(path) for path in sorted(given.glob("*.xlsx"))]
    subprocess.run([*command, "--outdir", str(made), *files], check=True, capture_output=True, timeout=_TIME_ALLOWED)
    return {name: (made / f"{name}.{to}").read_bytes() for name in workbooks}
