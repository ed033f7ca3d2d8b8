"""A sample office: invented cells whose workbooks look like a year's real work. Same arguments, same bytes."""

from chibo.office.demo.cells import DemoCell, Role, demo_cells
from chibo.office.demo.making import BOOKS_FOLDER, DemoReport, demo_book, make_demo

__all__ = ["BOOKS_FOLDER", "DemoCell", "DemoReport", "Role", "demo_book", "demo_cells", "make_demo"]
