"""Everything that an office remembers, written out in open forms: for leaving, for an archive, for other programs."""

from chibo.office.export.exporting import ExportAccount, export_office
from chibo.office.export.zipped import export_file

__all__ = ["ExportAccount", "export_file", "export_office"]
