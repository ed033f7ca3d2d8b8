"""The distribution: one wheel that carries everything, run from another directory than the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from attrs import frozen

from serving import Server, listen_to

CHECKOUT = Path(__file__).parents[2]
CARRIED = {
    "src/chibo": "chibo",
    "widgets/chibo_widgets": "chibo_widgets",
    "notebooks": "chibo/notebooks",
    "sheets": "chibo/sheets",
}
"""Folders of the checkout, and where the wheel carries them."""
NOT_CARRIED = {"__pycache__", ".ipynb_checkpoints"}

pytestmark = pytest.mark.wheel


@frozen
class Place:
    """A virtual environment without Chibo, that sees the libraries of the environment the tests run in.

    The libraries come by a path file at the end of the search path: what is installed here is found before them, and
    the editable installation of the tests is not found at all, because path files inside a path file are not followed.
    """

    root: Path

    @property
    def scripts(self) -> Path:
        return self.root / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        return self.scripts / ("python.exe" if os.name == "nt" else "python")

    @property
    def site_packages(self) -> Path:
        return Path(sysconfig.get_path("purelib", "venv", {"base": str(self.root), "platbase": str(self.root)}))

    def install(self, *what: str) -> None:
        """Install with the pip of the tests, offline and without dependencies."""
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(self.python), "install"]
        run([*pip, "--quiet", "--no-deps", "--no-index", "--no-build-isolation", *what])

    def chibo(self, folder: Path, *arguments: str, code: int = 0) -> str:
        """Run the installed `chibo` command in `folder`; what it printed."""
        return run([str(self.scripts / "chibo"), *arguments], folder=folder, code=code)


def run(command: list[str], folder: Path | None = None, code: int = 0) -> str:
    """Run a command as a user would, outside the tests' own environment variables."""
    ended = subprocess.run(
        command, check=False, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=plain_environment()
    )
    assert ended.returncode == code, f"{command}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


def plain_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHIBO", "PYTHON", "VIRTUAL"))}
    share = Path(sys.prefix) / "share" / "jupyter"  # the front end of Voila, which its own installation puts there
    return {**kept, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "JUPYTER_PATH": str(share)}


def a_place(root: Path) -> Place:
    venv.create(root, with_pip=False, symlinks=os.name != "nt")
    place = Place(root)
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (place.site_packages / "zz_libraries.pth").write_text("\n".join(sorted(libraries)), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CHECKOUT)]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def place(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    clean = a_place(tmp_path_factory.mktemp("env"))
    clean.install(str(wheel))
    return clean


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Place:
    clean = a_place(tmp_path_factory.mktemp("editable"))
    clean.install("--editable", str(CHECKOUT))
    return clean


def carried_files() -> Iterator[str]:
    for folder, inside in CARRIED.items():
        for path in (CHECKOUT / folder).rglob("*"):
            if path.is_file() and not NOT_CARRIED.intersection(path.parts):
                yield f"{inside}/{path.relative_to(CHECKOUT / folder).as_posix()}"


def test_the_wheel_carries_every_file_of_the_project_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == set(carried_files())
    assert any(name.endswith(".html.j2") for name in names)


def test_nothing_else_lands_in_site_packages(place: Place) -> None:
    landed = {path.name for path in place.site_packages.iterdir()} - {"zz_libraries.pth", "__pycache__"}
    assert {name.split("-")[0] for name in landed} == {"chibo", "chibo_widgets"}


def test_what_runs_is_the_wheel(place: Place, tmp_path: Path) -> None:
    asked = "import chibo, chibo_widgets; print(chibo.__file__); print(chibo_widgets.__file__)"
    found = run([str(place.python), "-c", asked], folder=tmp_path).split()
    assert all(Path(path).is_relative_to(place.site_packages) for path in found)


def test_the_commands_work_from_another_directory(place: Place, tmp_path: Path) -> None:
    assert place.chibo(tmp_path, "--version").startswith("chibo ")
    assert "hd42-thuong-ky" in place.chibo(tmp_path, "frame", "list")
    place.chibo(
        tmp_path, "new", "--code", "CB01", "--name", "Chi bộ Văn phòng", "--kind", "Cơ quan hành chính",
        "--year", "2026", "--out", "so.xlsx",
    )  # fmt: skip
    place.chibo(tmp_path, "check", "so.xlsx")
    place.chibo(tmp_path, "init", "van-phong")
    copied = {path.name for path in (tmp_path / "van-phong" / "notebooks").iterdir()}
    assert {"chi-bo.ipynb", "tong-hop.ipynb", "phan-tich.ipynb"} <= copied


def test_the_pages_are_served_from_the_wheel(place: Place, tmp_path: Path) -> None:
    command = [str(place.scripts / "chibo"), "serve", "--port", "0", "--no-browser"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=plain_environment()
    )
    server = Server(listen_to(process), tmp_path, process)
    try:
        with urlopen(server.url) as home:
            assert "chi-bo" in home.read().decode()
        with urlopen(server.page("chi-bo")) as page:
            assert "cb-masthead" in page.read().decode()
    finally:
        assert server.stop() == 0


def test_an_editable_installation_reads_the_checkout(editable: Place, tmp_path: Path) -> None:
    stale = editable.site_packages / "chibo" / "sheets" / "frames"
    stale.mkdir(parents=True, exist_ok=True)
    (stale / "cu-ky.toml").write_text("stale = true", encoding="utf-8")
    asked = "from chibo.definitions.folders import project_data; print(project_data('sheets'))"
    assert Path(run([str(editable.python), "-c", asked], folder=tmp_path).strip()) == CHECKOUT / "sheets"
    assert "cu-ky" not in editable.chibo(tmp_path, "frame", "list")
