"""What an outcome rests on: all code that can have a say in it."""

from __future__ import annotations

import grimp

from chibo.engine.rules import JUDGING


def test_no_code_that_judges_a_book_is_left_out():
    upstream = grimp.build_graph("chibo").find_upstream_modules("chibo.engine.judging")

    packages = {name.split(".")[1] for name in upstream if name.count(".") > 1}

    assert packages
    assert packages <= JUDGING
