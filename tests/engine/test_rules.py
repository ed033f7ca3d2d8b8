"""What an outcome rests on: all code that can have a say in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import grimp
import pytest

import chibo
from chibo.engine.rules import JUDGING, rules_of
from scored import LIBRARY


def test_no_code_that_judges_a_book_is_left_out():
    upstream = grimp.build_graph("chibo").find_upstream_modules("chibo.engine.judging")

    packages = {name.split(".")[1] for name in upstream if name.count(".") > 1}

    assert packages
    assert packages <= JUDGING


def test_the_program_is_named_with_the_versions_of_its_readers():
    program = rules_of(LIBRARY).program
    for name in ("python-calamine", "xlrd", "msoffcrypto-tool", "olefile"):
        assert f"{name} {version(name)}" in program


@pytest.mark.parametrize("updated", [False, True])
def test_outcomes_by_code_that_was_replaced_meanwhile_are_those_of_nobody(tmp_path, updated):
    shutil.copytree(Path(chibo.__file__).parent, tmp_path / "chibo", ignore=shutil.ignore_patterns("__pycache__"))
    judge_first = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
import chibo.engine.judging
if {updated}:
    open(chibo.engine.judging.__file__, "a").write("# newer")
from chibo.engine.rules import loaded_from
print(loaded_from()[1])
"""
    code = [subprocess.run([sys.executable, "-c", judge_first], capture_output=True, text=True, check=True).stdout]
    digest_alone = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import chibo.engine.rules as r; print(r.loaded_from()[1])"
    )
    code += [subprocess.run([sys.executable, "-c", digest_alone], capture_output=True, text=True, check=True).stdout]

    assert (code[0] != code[1]) is updated
