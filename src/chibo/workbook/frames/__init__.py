"""A frame as an Excel workbook, out and in."""
