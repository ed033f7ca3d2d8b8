"""The office folder that an analyst works in: its books, its definitions, and saving a return of one's own."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import tomllib
import warnings
from functools import cache
from pathlib import Path

from attrs import frozen

from chibo.analysis.given import expect, path_of
from chibo.definitions.folders import definition_files
from chibo.definitions.library import Library
from chibo.definitions.loading import parse_definition, syntax_problem
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.engine.sources import find_sources
from chibo.errors import ChiboError, DefinitionError, UnknownNameError
from chibo.office.home import find_home, make_folder
from chibo.workbook.saving import save_atomically

BOOKS_FOLDER = "so"
"""Where an office keeps its workbooks, as `chibo demo` lays them."""
_SAMPLE_CELLS, _SAMPLE_SEED, _SAMPLE_YEAR = 12, 1, 2026
"""The sample office that stands in where there is none."""


class SampleBooksWarning(UserWarning):
    """The books to work with are invented: there is no office, or none of its own books lie where they belong."""


@frozen
class Office:
    """An office folder. `home` holds the definitions, `books` the workbooks.

    `is_sample` tells that those are invented, be it the whole office or its books alone.
    """

    home: Path
    books: Path
    is_sample: bool = False

    @property
    def library(self) -> Library:
        """The definitions as they are saved now."""
        return Library(self.home)

    def save_return(self, definition: str, *, replace: bool = False) -> Path:
        """Save the return that the TOML text describes, so that `chibo consolidate --home` knows it by its id.

        It is checked first; DefinitionError names the key that is wrong, and nothing is saved. Where the office knows
        another return by this id, shipped or its own, ChiboError asks for another id or for `replace=True`.
        """
        expect(definition, str, "definition", "lời văn TOML của biểu")
        file = Path("biểu mới.toml")
        try:
            document = tomllib.loads(definition)
        except tomllib.TOMLDecodeError as error:
            raise DefinitionError(file, "", syntax_problem(error)) from None
        checked = parse_definition(ReturnDefinition, document, file)
        target = self.home / "sheets" / "returns" / f"{checked.id}.toml"
        known = definition_files("returns", self.home).get(checked.id)
        if known is not None and not replace and known.read_bytes() != definition.encode():
            raise ChiboError(
                f"Văn phòng đã có biểu «{checked.id}» với nội dung khác, nên chưa ghi gì. Hãy đặt id khác; nếu muốn "
                "thay biểu ấy thì gọi save_return(..., replace=True)."
            )
        make_folder(target.parent)
        save_atomically(target, definition.encode())
        return target

    def __repr__(self) -> str:
        count = _count(self.books)
        if not self.is_sample:
            return f"<Văn phòng: {self.home}, {count} sổ trong {self.books}>"
        if self.books.is_relative_to(self.home):
            return f"<Văn phòng mẫu, mọi số liệu đều bịa ra: {self.home}, {count} sổ trong {self.books}>"
        return (
            f"<Văn phòng: {self.home}, chưa có sổ trong {self.home / BOOKS_FOLDER}; tạm dùng {count} sổ mẫu, mọi số "
            f"liệu đều bịa ra, trong {self.books}>"
        )


def open_office(home: str | Path | None = None) -> Office:
    """The office to work in: the folder named, else the one found by CHIBO_HOME or upwards from the current folder.

    Its books are all that lie in its folder `so` and below. Where there is no office, a small sample office is made in
    a temporary folder; where it has no books, the sample's books stand in for them. All figures of both are invented:
    a SampleBooksWarning says so, `is_sample` is true, and the office shows it. Raises UnknownNameError for a folder
    named that does not exist.

    >>> office = cb.open_office()                           # doctest: +SKIP
    >>> facts = cb.facts(office.books, period="2026")   # doctest: +SKIP
    """
    found = path_of(home, "home") if home is not None else find_home()
    if found is not None and not found.is_dir():
        raise UnknownNameError(f"Không có thư mục văn phòng «{found}».")
    if found is None:
        warnings.warn(
            "Không thấy văn phòng nào: tạm dùng văn phòng mẫu, mọi số liệu đều bịa ra. Có văn phòng thì nêu thư mục "
            'của nó: cb.open_office("van-phong").',
            SampleBooksWarning,
            stacklevel=2,
        )
        sample = _sample()
        return Office(sample, sample / BOOKS_FOLDER, is_sample=True)
    books = found / BOOKS_FOLDER
    if _count(books):
        return Office(found, books)
    warnings.warn(
        f"Văn phòng «{found}» chưa có sổ nào trong «{books}»: tạm dùng sổ mẫu, mọi số liệu đều bịa ra. Chép sổ vào thư "
        "mục ấy rồi gọi lại cb.open_office; sổ để ở nơi khác thì đưa thẳng nơi ấy cho cb.facts.",
        SampleBooksWarning,
        stacklevel=2,
    )
    return Office(found, _sample_books(), is_sample=True)


def _count(books: Path) -> int:
    """How many workbooks lie in the folder and below it."""
    return find_sources([books]).count if books.is_dir() else 0


@cache
def _sample() -> Path:
    """A sample office, made once in this process and gone with it."""
    from chibo.office.demo import make_demo  # noqa: PLC0415 - the writer of books, which few analysts ever need

    home = _folder_of_this_process()
    make_demo(home, _SAMPLE_CELLS, _SAMPLE_SEED, _SAMPLE_YEAR)
    return home


@cache
def _sample_books() -> Path:
    """The books of the sample office without the office: beside them no other definitions than one's own are found."""
    return shutil.copytree(_sample() / BOOKS_FOLDER, _folder_of_this_process() / BOOKS_FOLDER)


def _folder_of_this_process() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="chibo-mau-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
