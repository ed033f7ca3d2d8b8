"""Where an office keeps what it remembers: one folder in the office folder, and the address of its database."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from attrs import frozen

from chibo.errors import ChiboError, why_refused
from chibo.store.shares import is_on_share
from chibo.workbook.saving import save_atomically

DATA_FOLDER = ".chibo-data"
"""Hidden, so that no walk over the office folder takes the kept files for books that came in."""
DATABASE_VARIABLE = "CHIBO_DATABASE"
"""The environment variable that names a database; it goes before the one written down in the office folder."""
_SQLITE = "sqlite+pysqlite:///"
_POSTGRESQL = "postgresql+psycopg://"


@frozen
class OfficeData:
    """The places of one office."""

    home: Path

    @property
    def folder(self) -> Path:
        """The folder of everything below."""
        return self.home / DATA_FOLDER

    @property
    def database_file(self) -> Path:
        """The database where the office has no other one."""
        return self.folder / "office.db"

    @property
    def address_file(self) -> Path:
        """Holds the address of another database (a line; it may contain a password)."""
        return self.folder / "database"

    @property
    def files(self) -> Path:
        """The workbooks as they came in, by content."""
        return self.folder / "files"

    @property
    def heads_file(self) -> Path:
        """The heads of the log, a line each: outside the database, so that a shortened log is noticed."""
        return self.folder / "audit-heads.txt"

    @property
    def address(self) -> str:
        """The address of the office's database in the form that SQLAlchemy knows.

        Raises ChiboError where it cannot be read, is of no kind that we know, or is a SQLite file on a share.
        """
        named = os.environ.get(DATABASE_VARIABLE) or self._written_address()
        if named:
            return database_address(named)
        if is_on_share(self.home):
            raise ChiboError(
                f"Thư mục văn phòng «{self.home}» nằm trên ổ mạng; cơ sở dữ liệu đặt ở đó có thể hỏng khi hai máy cùng "
                "ghi. Nhờ người quản trị máy chuyển thư mục về một ổ trên máy này, hoặc dùng PostgreSQL.",
                command="chibo init THƯ_MỤC --database postgresql://…",
            )
        return f"{_SQLITE}{self.database_file}"

    def write_address(self, address: str) -> None:
        """Write down the address of another database, for the owner of the folder alone to read."""
        database_address(address)
        save_atomically(self.address_file, f"{address}\n".encode())
        if sys.platform != "win32":
            self.address_file.chmod(0o600)

    def _written_address(self) -> str:
        try:
            return self.address_file.read_text(encoding="utf-8-sig").strip()
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise ChiboError(f"Không đọc được địa chỉ cơ sở dữ liệu của văn phòng: {why_refused(error)}.") from None


def database_address(address: str) -> str:
    """The address as SQLAlchemy wants it; raises ChiboError for a database of another kind."""
    kind, _, rest = address.partition("://")
    if kind.partition("+")[0] not in {"postgresql", "postgres"} or not rest:
        raise ChiboError(
            "Địa chỉ cơ sở dữ liệu phải có dạng postgresql://người_dùng:mật_khẩu@máy/tên. Không nêu thì văn phòng dùng "
            "SQLite ngay trong thư mục của mình."
        )
    return _POSTGRESQL + rest
