"""Hostile and messy files: each taken in or refused with the code that it should be; nothing dies of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from chibo.definitions.library import Library
from chibo.engine import single_files  # noqa: F401 - loaded once here, and not in each copy of this process
from chibo.engine.single_book import inspect_one
from corpus_files import WHOLE, corpus, sample, tell, unhurried

pytestmark = pytest.mark.corpus

SEEDS = {"seed1": 20260101, "seed2": 2, "seed3": 3} if WHOLE else {"seed1": 20260101}
MUTANTS = 1000 if WHOLE else 25
DESIGNED_IN_A_SAMPLE = 80
LEAST = 0.95
LOST = {"READER_CRASH", "TIMEOUT", "MEMORY"}
"""The book cost its worker: nobody else was harmed, but the defences before it should have said why."""
STOPS_SOONER = {
    "ZIP_TOTAL": "FILE_TOO_BIG",
    "XML_DEPTH": "ZIP_RATIO",
    "CELL_TOO_LONG": "ZIP_RATIO",
    "SHEET_TOO_BIG": "NOT_XLSX",
    "ZIP_BROKEN": "EMPTY",
}
"""By the code expected: the code of an earlier defence that such a file meets first, being large, of another kind, or
cut before its first byte."""

LAYOUT = """
schema = 1
[[sheets]]
code = "list"
name = "Danh sách"
title = "Danh sách hội viên"
columns = [
  {code = "code", label = "Mã hội viên", type = "code", required = true},
  {code = "full_name", label = "Họ và tên", required = true},
  {code = "born", label = "Ngày sinh", type = "date"},
  {code = "owed", label = "Số hội viên", type = "whole", least = "0"},
  {code = "present", label = "Số dự họp", type = "whole", least = "0", most_of = "owed"},
  {code = "score", label = "Điểm", type = "points", required = true, least = "0", most_of = "top"},
  {code = "top", label = "Điểm tối đa", type = "points"},
]
"""
"""The layout of the sheet that the messy files carry."""


@pytest.fixture(scope="module", params=SEEDS.values(), ids=SEEDS.keys())
def verdicts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    """File, what is expected of it, and the code it got ("accept" where it was taken in)."""
    folder = tmp_path_factory.mktemp("hostile")
    settings = {**os.environ, "SEED": str(request.param), "NMUT": str(MUTANTS)}
    command = [sys.executable, str(corpus("make_hostile.py")), str(folder)]
    subprocess.run(command, env=settings, check=True, capture_output=True)
    return list(_verdicts(folder, unhurried(tmp_path_factory.mktemp("office") / "unhurried")))


def _verdicts(folder: Path, library: Library) -> Iterator[tuple[str, str, str]]:
    cases: list[Mapping[str, str]] = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    mutants = [case for case in cases if case["group"].startswith("mutant")]
    designed = [case for case in cases if not case["group"].startswith("mutant")]
    for case in (*sample(designed, DESIGNED_IN_A_SAMPLE), *sample(mutants, 2 * MUTANTS)):
        path = folder / case["file"]
        yield case["file"], case["expect"], inspect_one(path.read_bytes(), path.name, library, LAYOUT).code or "accept"


def test_what_should_be_refused_is_refused_for_its_reason(verdicts: list[tuple[str, str, str]]) -> None:
    owed = [(file, expect.partition(":")[2], code) for file, expect, code in verdicts if expect.startswith("refuse")]
    wrong = [verdict for verdict in owed if not _of_one_family(*verdict[1:])]

    exactly = sum(expected == code for _, expected, code in owed)
    tell(f"hostile: {exactly} of {len(owed)} refused with the very code expected")
    tell(f"hostile: {len(owed) - len(wrong)} of {len(owed)} refused with the code expected or a stricter one; {wrong}")
    assert len(owed) > 30
    assert len(wrong) <= (1 - LEAST) * len(owed), wrong


def _of_one_family(expected: str, code: str) -> bool:
    if code == "accept":
        return False
    return _family(code) == _family(expected) or STOPS_SOONER.get(expected) == code


def _family(code: str) -> str:
    return code.partition("_")[0]


def test_what_should_be_accepted_is_accepted(verdicts: list[tuple[str, str, str]]) -> None:
    owed = [verdict for verdict in verdicts if verdict[1].startswith("accept")]
    wrong = [verdict for verdict in owed if verdict[2] != "accept"]

    tell(f"hostile: {len(owed) - len(wrong)} of {len(owed)} accepted that should be; {wrong}")
    assert len(owed) > 10
    assert len(wrong) <= (1 - LEAST) * len(owed), wrong


def test_no_file_costs_a_worker(verdicts: list[tuple[str, str, str]]) -> None:
    lost = [verdict for verdict in verdicts if verdict[2] in LOST]

    taken = sum(verdict[2] == "accept" for verdict in verdicts)
    tell(f"hostile: {len(verdicts)} files, {taken} accepted, the others refused with a code; {len(lost)} cost a worker")
    assert lost == []
