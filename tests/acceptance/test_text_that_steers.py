"""What a workbook says reaches the terminal as text: it cannot wipe the screen, colour lines or turn them around."""

from __future__ import annotations

import pytest
from command_line import chibo
from rich.text import Text
from small_books import meetings, small_book, workbook

from chibo.cli.drawing import console

STEERING = "\x1b[2J\x1b[1;31mKhông có gì\x1b[0m \u202egnúđ"
"""Wipes the screen, goes on in red, and turns the direction of what follows."""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_cell_does_not_steer_the_terminal(language, tmp_path):
    path = tmp_path / "so.xlsx"
    written = STEERING.replace("\x1b", "_x001B_")  # as Excel keeps such signs
    path.write_bytes(workbook(small_book(Sinh_hoạt=meetings({"Có mặt": written}))))

    said = chibo("check", path, "--lang", language)

    assert "?[2J?[1;31mKhông có gì?[0m [U+202E]gnúđ" in " ".join(said.out.decode().split())
    assert not set("\x1b\u202e") & set(said.out.decode() + said.err)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_about_a_cell_is_not_turned_round(language, tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(small_book(Sinh_hoạt=meetings({"Có mặt": "\u202enúđ\u2066"}))))

    (said,) = [
        one["message"]
        for one in chibo("check", path, "--format", "json", "--lang", language).data()
        if one["code"] == "NUMBER_UNREADABLE"
    ]

    assert "«[U+202E]núđ[U+2066]»" in said
    assert not set("\u202e\u2066") & set(said)


def test_a_console_has_its_own_styles_but_not_those_of_a_text(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")

    console().print(Text(STEERING, style="bold"))

    said = capsys.readouterr().out
    assert "\x1b[1m?[2J?[1;31mKhông có gì?[0m ?gnúđ" in said
