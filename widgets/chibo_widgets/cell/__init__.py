"""The page `chi-bo`: one widget for each of its tables and forms, and the class that puts them together."""

from chibo_widgets.cell.page import CellPage

__all__ = ["CellPage"]
