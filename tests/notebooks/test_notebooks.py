"""Every notebook is run from its first cell to its last, as JupyterLab does, and shows what it promises."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import openpyxl
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

from chibo.definitions.folders import project_data
from chibo.office.demo import make_demo
from chibo.server.settings import kernel_transport

pytestmark = pytest.mark.notebook

NOTEBOOKS = sorted(project_data("notebooks").glob("*.ipynb"))
TIMEOUT = 300
"""Seconds that one cell may take on a busy machine."""
MOST_LINES = 16
"""A cell holds a few lines; a definition written out in one is text, not logic."""

Run = Callable[[str, Path], NotebookNode]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample office with a dozen cells."""
    home = tmp_path_factory.mktemp("van phong")
    make_demo(home, 12, 1, 2026)
    return home


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a notebook in a folder; a failing cell fails the test."""
    monkeypatch.delenv("CHIBO_LANG", raising=False)
    monkeypatch.delenv("CHIBO_HOME", raising=False)

    def executed(name: str, folder: Path) -> NotebookNode:
        notebook = nbformat.read(project_data("notebooks") / f"{name}.ipynb", as_version=4)
        return execute(notebook, folder)

    return executed


def execute(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run a notebook in a folder, with its kernel reached as by the server: a port may be taken by another program."""
    with TemporaryDirectory() as meeting_place:
        reached = {"transport": kernel_transport(meeting_place), "connection_file": f"{meeting_place}/kernel.json"}
        where = {"metadata": {"path": str(folder)}}
        settings = Config(KernelManager=reached)
        return NotebookClient(notebook, timeout=TIMEOUT, resources=where, config=settings).execute()


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def text_after(notebook: NotebookNode, source: str) -> str:
    """What the cell that holds `source` shows, as text."""
    (cell,) = [cell for cell in notebook.cells if cell.cell_type == "code" and source in cell.source]
    return "\n".join(output.data["text/plain"] for output in cell.outputs if "data" in output)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_ready_to_be_opened_by_people(path: Path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    about = notebook.metadata["chibo"]
    assert about["title"]["vi"]
    assert about["title"]["en"]
    assert about["description"]["vi"]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            code = re.sub(r'""".*?"""', '""', cell.source, flags=re.DOTALL)
            assert len(code.splitlines()) <= MOST_LINES, cell.source
            assert not re.search(r"^\s*(def|class|for|while|if|try)\b", code, re.MULTILINE), cell.source


@pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS if path.stem != "phan-tich"])
def test_a_page_shows_its_widgets(name: str, run: Run, tmp_path: Path):
    shown = [output for output in outputs(run(name, tmp_path)) if "data" in output]
    assert shown
    for output in shown:
        assert "application/vnd.jupyter.widget-view+json" in output.data


def test_the_board_shows_each_of_its_parts(run: Run, tmp_path: Path):
    shown = outputs(run("tong-hop", tmp_path))
    assert len(shown) == 7


@pytest.fixture(scope="module")
def analysis(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NotebookNode]:
    """The analysts' notebook, run from the office folder's own notebooks/, as JupyterLab runs it there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CHIBO_HOME", raising=False)
        notebook = nbformat.read(office / "notebooks" / "phan-tich.ipynb", as_version=4)
        yield execute(notebook, office / "notebooks")


def test_the_analysis_works_on_the_office_it_lies_in(analysis: NotebookNode, office: Path):
    assert f"<Văn phòng: {office}, 12 sổ" in text_after(analysis, "cb.open_office()")
    assert "[5 rows x 27 columns]" in text_after(analysis, "facts.head()")
    assert "attendance_rate" in text_after(analysis, "describe()")


def test_the_analysis_draws_three_charts_in_vietnamese_letters(analysis: NotebookNode):
    charts = [output for output in outputs(analysis) if "image/png" in output.get("data", {})]
    assert len(charts) == 3
    for chart in charts:
        picture = base64.b64decode(chart.data["image/png"])
        assert picture.startswith(b"\x89PNG")
        assert len(picture) > 5_000
    said = [output.text for output in outputs(analysis) if output.output_type == "stream"]
    assert not [text for text in said if "Glyph" in text], "a letter is missing in the font"


def test_the_analysis_saves_a_return_that_the_command_then_uses(analysis: NotebookNode, office: Path, tmp_path: Path):
    assert (office / "sheets" / "returns" / "du-sinh-hoat-quy.toml").is_file()
    assert "Chi bộ Văn phòng" in text_after(analysis, "cb.write_return")
    out = tmp_path / "quy-3.xlsx"
    words = ("--period", "2026-Q3", "--return", "du-sinh-hoat-quy", "--out", str(out), "--home", str(office))
    command = [sys.executable, "-m", "chibo", "consolidate", str(office / "so"), *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env={**os.environ})
    assert done.returncode in {0, 1}, done.stderr
    ours = openpyxl.load_workbook(office / "du-sinh-hoat-quy-3.xlsx").worksheets[0]
    theirs = openpyxl.load_workbook(out).worksheets[0]
    assert [[cell.value for cell in row] for row in ours] == [[cell.value for cell in row] for row in theirs]


def test_the_analysis_lists_the_meetings_whose_grade_changes(analysis: NotebookNode):
    stricter = text_after(analysis, "cb.what_if(office.books, thresholds")
    assert "Tốt" in stricter
    assert "Khá" in stricter
    assert "total_after" in text_after(analysis, "maxima=")


def test_the_analysis_works_where_there_is_no_office(run: Run, tmp_path: Path):
    notebook = run("phan-tich", tmp_path)
    assert "Văn phòng mẫu" in text_after(notebook, "cb.open_office()")
    assert not any(tmp_path.iterdir()), "nothing is left in the current folder"
