"""Writing into the workbook that people keep: only the spreadsheet cells that change, every other byte as it was."""
