"""The progress bar: on a terminal only, and only where the work lasts."""

from __future__ import annotations

import io

from chibo.cli.progress import progress


def test_progress_writes_nothing_where_nobody_watches(capfdbinary):
    with progress("Đang đọc", total=2) as advance:
        advance("a.xlsx")
        advance("b.xlsx")

    assert capfdbinary.readouterr() == (b"", b"")


class _Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_shows_on_a_terminal_once_the_work_lasts(monkeypatch):
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("chibo.cli.progress._DELAY", 0)

    with progress("Đang đọc", total=2) as advance:
        advance("a.xlsx")
        advance("b.xlsx")

    assert "Đang đọc" in terminal.getvalue()
    assert "2/2" in terminal.getvalue()


def test_short_work_shows_no_progress(monkeypatch):
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("chibo.cli.progress._DELAY", 3600)

    with progress("Đang đọc", total=1) as advance:
        advance("a.xlsx")

    assert "Đang đọc" not in terminal.getvalue()
