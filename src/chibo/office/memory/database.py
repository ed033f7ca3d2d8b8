"""Which database an office keeps its memory in, where it is not the file in its own folder."""

from __future__ import annotations

from pathlib import Path

from chibo.errors import ChiboError
from chibo.office.home import make_folder
from chibo.store.places import OfficeData


def use_database(home: Path, address: str) -> None:
    """Write down the address of a PostgreSQL for the office `home`.

    Raises ChiboError for an address of another kind, or where the office has a memory in its folder already.
    """
    data = OfficeData(home)
    if data.database_file.exists():
        raise ChiboError(
            f"Văn phòng «{home}» đã có bộ nhớ trong thư mục của mình; đổi cơ sở dữ liệu bây giờ thì không thấy những "
            "gì đã ghi. Hãy tạo văn phòng ở thư mục khác với --database."
        )
    make_folder(data.folder)
    data.write_address(address)
