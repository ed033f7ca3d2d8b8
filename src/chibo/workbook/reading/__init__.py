"""Reading cell workbooks: whatever people send in, a book of the model and findings with their places come out."""

from chibo.workbook.reading.book import Reading, read_book

__all__ = ["Reading", "read_book"]
