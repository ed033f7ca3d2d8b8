"""A typical openpyxl script: load each workbook for its values, apply the rules, write the return cell by cell."""

import csv
import sys
from pathlib import Path

from openpyxl import Workbook, load_workbook
from plain_rules import COLUMNS, facts_of
from plain_tables import RETURN_HEADER, SHEETS, book_of, month_rows


def read(path):
    book = load_workbook(path, data_only=True)
    return {sheet: [list(row) for row in book[sheet].iter_rows(values_only=True)] for sheet in SHEETS}


def main(folder, month, out):
    rows = []
    for path in sorted(Path(folder).rglob("*.xlsx")):
        rows += facts_of(book_of(read(path)), path.name)
    with open(f"{out}.csv", "w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    book = Workbook()
    book.active.append(RETURN_HEADER)
    for line in month_rows(rows, month):
        book.active.append(line)
    book.save(f"{out}.xlsx")


if __name__ == "__main__":
    main(*sys.argv[1:4])
