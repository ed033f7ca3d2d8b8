"""What a workbook written anew would not carry, as a sentence in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from chibo.definitions.language import Language
from chibo.definitions.wording import without_turns


@frozen
class Loss:
    """One thing left behind; what people wrote in their workbook (names of sheets, headings, values) stays as it is."""

    vietnamese: str
    english: str

    def said(self, language: Language) -> str:
        """The sentence in this language."""
        return self.english if language is Language.ENGLISH else self.vietnamese


MACROS = Loss("Macro trong tệp.", "Macros in the file.")
PARTS = {
    "xl/vbaProject.bin": MACROS,
    "xl/charts": Loss("Biểu đồ.", "Charts."),
    "xl/media": Loss("Hình ảnh.", "Pictures."),
    "xl/pivotTables": Loss("Bảng tổng hợp PivotTable.", "Pivot tables."),
    "xl/threadedComments": Loss("Trao đổi nhiều lượt trong ghi chú ô.", "Threads of comments on cells."),
    "xl/externalLinks": Loss("Liên kết sang tệp khác.", "Links to other files."),
    "xl/embeddings": Loss("Tệp nhúng.", "Embedded files."),
    "xl/activeX": Loss("Nút bấm, ô điều khiển.", "Buttons and controls."),
    "xl/ctrlProps": Loss("Nút bấm, ô điều khiển.", "Buttons and controls."),
    "xl/slicers": Loss("Bộ lọc Slicer.", "Slicers."),
}
"""Parts of a package that we never write, by file or folder, and what they are to the user."""

NOT_OURS = Loss(
    "Sổ không do Chibo tạo: màu sắc, độ rộng cột, công thức và cách trình bày riêng.",
    "Chibo did not make this book: its colours, column widths, formulas and form.",
)
OLD_TEXT = Loss(
    "Chữ theo bảng mã cũ: sổ mới ghi bằng Unicode.", "Text from before Unicode: the new book is written in Unicode."
)
OLD_FILE = Loss(
    "Dạng tệp Excel cũ (.xls): sổ mới ghi thành .xlsx.", "The old Excel format (.xls): the new book is .xlsx."
)
OWN_NOTES = Loss("Ghi chú riêng gắn vào các ô.", "Notes of your own on cells.")


def own_sheets(names: Iterable[str]) -> Loss:
    """Sheets that the layout does not know."""
    named = ", ".join(f"«{without_turns(name)}»" for name in names)
    return Loss(f"Trang riêng: {named}.", f"Sheets of your own: {named}.")


def own_column(sheet: str, heading: str) -> Loss:
    """A column that the layout does not know."""
    heading = without_turns(heading)
    return Loss(f"Trang «{sheet}», cột thêm: «{heading}».", f"Sheet «{sheet}», an added column: «{heading}».")


def stray_values(sheet: str, named: str, more: int) -> Loss:
    """Values of a sheet outside its tables, or not understood: some are named, `more` are counted."""
    named = without_turns(named)
    others = (f" và {more} ô nữa", f" and {more} more cells") if more else ("", "")
    return Loss(
        f"Trang «{sheet}», chữ hoặc số ghi ngoài bảng hay chưa đọc được: {named}{others[0]}.",
        f"Sheet «{sheet}», words or numbers outside the tables or not understood: {named}{others[1]}.",
    )
