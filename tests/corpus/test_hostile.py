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
LOST = {"READER_CRASH", "TIMEOUT", "MEMORY"}
"""The book cost its worker: nobody else was harmed, but the defences before it should have said why."""
OURS_IS_BETTER = {
    "bomb/sheet_rows_200m_ratio.xlsx": "FILE_TOO_BIG",
    "geom/sst_idx_empty.xlsx": "accept",
    "kind/ods_repeat.ods": "NOT_XLSX",
    "kind/random_100k.xlsx": "FILE_UNKNOWN",
    "office/code_num.xlsx": "CELL_NO_VALUE",
    "office/score_float.xlsx": "accept",
    "text/long_5000000.xlsx": "ZIP_RATIO",
    "text/long_5000000_sst.xlsx": "ZIP_RATIO",
    "trunc/trunc_00000.xlsx": "EMPTY",
    "trunc/trunc_00001.xlsx": "NOT_XLSX",
    "xml/deep_3000000.xlsx": "ZIP_RATIO",
    "xml/deep_styles_3000000.xlsx": "ZIP_RATIO",
    "zip/rel_nul.xlsx": "XML_BROKEN",
}
"""The designed cases of which another answer than the one designed is the right one; docs/reliability.md says why."""

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
    otherwise = [verdict for verdict in owed if verdict[1] != verdict[2]]
    wrong = [verdict for verdict in otherwise if verdict[2] != OURS_IS_BETTER.get(verdict[0])]

    tell(f"hostile: {len(owed) - len(otherwise)} of {len(owed)} refused with the very code expected")
    tell(f"hostile: {len(otherwise) - len(wrong)} answered otherwise, for a reason that is written down; {wrong}")
    assert len(owed) > 30
    assert wrong == []


def test_what_should_be_accepted_is_accepted(verdicts: list[tuple[str, str, str]]) -> None:
    owed = [verdict for verdict in verdicts if verdict[1].startswith("accept")]
    wrong = [verdict for verdict in owed if verdict[2] != "accept"]

    tell(f"hostile: {len(owed) - len(wrong)} of {len(owed)} accepted that should be; {wrong}")
    assert len(owed) > 10
    assert wrong == []


def test_no_file_costs_a_worker(verdicts: list[tuple[str, str, str]]) -> None:
    lost = [verdict for verdict in verdicts if verdict[2] in LOST]

    taken = sum(verdict[2] == "accept" for verdict in verdicts)
    tell(f"hostile: {len(verdicts)} files, {taken} accepted, the others refused with a code; {len(lost)} cost a worker")
    assert lost == []
