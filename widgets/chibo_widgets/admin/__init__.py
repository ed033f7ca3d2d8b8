"""The page `quan-tri`: units and people, periods, definitions, health and backup of an office."""

from chibo_widgets.admin.page import AdminPage

__all__ = ["AdminPage"]
