"""A return as an Excel workbook."""
