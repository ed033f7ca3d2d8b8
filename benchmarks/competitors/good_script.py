"""A good script: python-calamine, the same rules, xlsxwriter, on two processes; no defence against bad files."""

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import xlsxwriter
from plain_rules import COLUMNS, facts_of
from plain_tables import RETURN_HEADER, SHEETS, book_of, month_rows
from python_calamine import CalamineWorkbook


def facts(path):
    book = CalamineWorkbook.from_path(path)
    sheets = {}
    for sheet in SHEETS:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        sheets[sheet] = [[None if value == "" else value for value in row] for row in rows]
    return facts_of(book_of(sheets), path.name)


def main(folder, month, out, processes="2"):
    paths = sorted(Path(folder).rglob("*.xlsx"))
    if processes == "1":
        rows = [row for path in paths for row in facts(path)]
    else:
        with ProcessPoolExecutor(int(processes)) as pool:
            rows = [row for found in pool.map(facts, paths, chunksize=8) for row in found]
    with open(f"{out}.csv", "w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    with xlsxwriter.Workbook(f"{out}.xlsx") as book:
        sheet = book.add_worksheet()
        for number, line in enumerate([RETURN_HEADER, *month_rows(rows, month)]):
            sheet.write_row(number, 0, line)


if __name__ == "__main__":
    main(*sys.argv[1:])
