"""The register: whole, each kind once, nothing found in a healthy book, every kind provoked by some seeded fault."""

from __future__ import annotations

import ast
import inspect
from datetime import date
from pathlib import Path

import test_attendance_faults
import test_meeting_faults
import test_people_faults
import test_record_faults
import test_score_faults

from chibo import checks
from chibo.checks import check_book
from chibo.checks.context import BookContext
from chibo.checks.register import register
from chibo.definitions.folders import definition_files
from chibo.definitions.thresholds import Thresholds
from healthy import TODAY, healthy_book
from located import located
from scored import LIBRARY

ELSEWHERE = {
    # provoked by tests of their own, beside the tables of faults
    "BOOK_EMPTY",
    "BOOK_YEAR_AHEAD",
    "BOOK_YEAR_PAST",
    "FRAMES_SHARE_CRITERIA",
    "CHAIRED_BY_OTHERS",
    "SUPERVISOR_SELDOM_PRESENT",
    "SAME_FORM_RUNNING",
    "SELF_ABOVE_FACT",
    "MEETING_NOT_SCORED",
    "NO_FRAME_IN_FORCE",
    "ONE_ABSENCE_DECIDES",
}

MODULES = sorted(Path(inspect.getfile(checks)).parent.glob("*.py"))
KINDS = [kind for subject in register() for check in subject.checks for kind in check.kinds]


def test_a_healthy_book_gives_no_finding():
    assert check_book(located(healthy_book()), LIBRARY, TODAY) == ()


def test_a_book_without_places_is_checked_as_well():
    assert {f.code for f in check_book(healthy_book(), LIBRARY, TODAY)} == set()


def test_each_kind_belongs_to_one_check():
    codes = [kind.code for kind in KINDS]

    assert sorted(codes) == sorted(set(codes))


def test_each_check_finds_only_the_kinds_that_it_names():
    for table in (
        test_attendance_faults,
        test_meeting_faults,
        test_people_faults,
        test_record_faults,
        test_score_faults,
    ):
        for fault in table.FAULTS:
            context = BookContext(fault.placed(), LIBRARY, fault.today)
            for subject in register():
                for check in subject.checks:
                    assert {finding.kind for finding in check(context)} <= set(check.kinds), (fault.code, check.name)


def test_every_kind_is_provoked_by_a_test():
    tables = (test_attendance_faults, test_meeting_faults, test_people_faults, test_record_faults, test_score_faults)
    provoked = {fault.code for table in tables for fault in table.FAULTS} | {
        entry[0] for entry in test_record_faults.LATER
    }

    assert provoked | ELSEWHERE == {kind.code for kind in KINDS}


def test_every_check_written_is_in_the_register():
    registered = {check.name for subject in register() for check in subject.checks}
    written = {
        node.name
        for path in MODULES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("check_") and path.name != "checking.py"
    }

    assert written == registered


def test_every_threshold_is_used_by_a_check():
    source = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    names = set(Thresholds.model_fields) - {"schema_number"}

    assert {name for name in names if f".{name}" not in source} == set()
    assert definition_files("rules")["thresholds"].is_file()


def test_today_alone_decides_what_is_late():
    book = located(healthy_book())

    assert check_book(book, LIBRARY, TODAY) == check_book(book, LIBRARY, TODAY)
    assert check_book(book, LIBRARY, date(2026, 12, 31)) != ()
