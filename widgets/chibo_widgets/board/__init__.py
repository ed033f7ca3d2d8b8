"""The page `tong-hop`: one widget for each of its tables and forms, and the class that puts them together."""

from chibo_widgets.board.page import BoardPage

__all__ = ["BoardPage"]
