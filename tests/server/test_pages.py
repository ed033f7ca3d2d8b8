"""Which pages are served, and what the first page says of them."""

from __future__ import annotations

import shlex
from pathlib import Path

from jupyterlab.handlers.announcements import NeverCheckForUpdate
from jupyterlab.labapp import LabApp

from chibo.definitions.language import Language
from chibo.office.home import init_home
from chibo.server.pages import find_page, find_pages
from chibo.server.words import WORDS
from trial_notebook import write_notebook


def test_pages_stand_in_their_order_and_unordered_ones_last(tmp_path: Path) -> None:
    notebooks = tmp_path / "notebooks"
    write_notebook(notebooks / "hai.ipynb", "1", order=2)
    write_notebook(notebooks / "mot.ipynb", "1", order=1)
    write_notebook(notebooks / "a-khac.ipynb", "1")
    own = [page.name for page in find_pages(tmp_path) if page.path.is_relative_to(tmp_path)]
    assert own == ["mot", "hai", "a-khac"]


def test_an_own_page_of_the_same_name_wins(tmp_path: Path) -> None:
    write_notebook(tmp_path / "notebooks" / "chi-bo.ipynb", "1", title={"vi": "Trang riêng"})
    page = find_page(tmp_path, "chi-bo")
    assert page is not None
    assert page.path == tmp_path / "notebooks" / "chi-bo.ipynb"
    assert page.title(Language.VIETNAMESE) == "Trang riêng"


def test_a_page_without_english_words_speaks_vietnamese(tmp_path: Path) -> None:
    about = {"title": {"vi": "Trang"}, "description": {"vi": "Để thử."}}
    write_notebook(tmp_path / "notebooks" / "trang.ipynb", "1", **about)
    page = find_page(tmp_path, "trang")
    assert page is not None
    assert (page.title(Language.ENGLISH), page.description(Language.ENGLISH)) == ("Trang", "Để thử.")


def test_a_page_that_says_nothing_of_itself_goes_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "hong.ipynb").write_text("not a notebook", encoding="utf-8")
    page = find_page(tmp_path, "hong")
    assert page is not None
    assert (page.title(Language.VIETNAMESE), page.description(Language.VIETNAMESE)) == ("hong", "")


def test_a_page_may_bear_a_vietnamese_name(tmp_path: Path) -> None:
    write_notebook(tmp_path / "notebooks" / "Báo cáo quý.ipynb", "1")
    page = find_page(tmp_path, "Báo cáo quý")
    assert page is not None
    assert page.address == "B%C3%A1o%20c%C3%A1o%20qu%C3%BD"
    assert page in find_pages(tmp_path)


def test_analysts_are_led_to_the_copy_in_their_office_folder(tmp_path: Path) -> None:
    home = tmp_path / "van phong"
    init_home(home)
    page = find_page(home, "phan-tich")
    assert page is not None
    assert page.for_analysts
    (command,) = page.lab_commands
    assert command.startswith("jupyter lab --")
    assert command.endswith(f' "{home / "notebooks" / "phan-tich.ipynb"}"')


def test_the_lab_that_analysts_are_led_to_asks_nobody_outside() -> None:
    page = find_page(None, "phan-tich")
    assert page is not None
    lab = LabApp()
    lab.parse_command_line(shlex.split(page.lab_commands[-1])[2:])
    assert lab.check_for_updates_class is NeverCheckForUpdate
    assert lab.news_url is None


def test_analysts_without_an_office_folder_make_one_first() -> None:
    page = find_page(None, "phan-tich")
    assert page is not None
    assert page.lab_commands[0].startswith("chibo init")


def test_both_languages_say_the_same_things() -> None:
    assert WORDS[Language.VIETNAMESE].keys() == WORDS[Language.ENGLISH].keys()
    assert all(text for words in WORDS.values() for text in words.values())
