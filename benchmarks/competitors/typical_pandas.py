"""A typical pandas script: one read_excel per sheet, then the rules, then to_csv and to_excel."""

import sys
from pathlib import Path

import pandas as pd
from plain_rules import COLUMNS, facts_of
from plain_tables import RETURN_HEADER, SHEETS, book_of, month_rows

ENGINE = "openpyxl"


def read(path, engine):
    sheets = {}
    for sheet in SHEETS:
        frame = pd.read_excel(path, sheet_name=sheet, header=None, engine=engine)
        sheets[sheet] = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return sheets


def main(folder, month, out, engine=ENGINE):
    rows = []
    for path in sorted(Path(folder).rglob("*.xlsx")):
        rows += facts_of(book_of(read(path, engine)), path.name)
    pd.DataFrame(rows, columns=COLUMNS).to_csv(f"{out}.csv", index=False)
    pd.DataFrame(month_rows(rows, month), columns=RETURN_HEADER).to_excel(f"{out}.xlsx", index=False, engine="openpyxl")


if __name__ == "__main__":
    main(*sys.argv[1:4])
