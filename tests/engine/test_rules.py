"""What an outcome rests on: all code that can have a say in it."""

from __future__ import annotations

from importlib.metadata import version

import grimp

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
