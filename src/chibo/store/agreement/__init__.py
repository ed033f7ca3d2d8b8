"""What database and office folder hold, against what the log says of it: nothing may be changed beside the log."""

from chibo.store.agreement.database import wrong_database
from chibo.store.agreement.definitions import wrong_definitions
from chibo.store.agreement.files import wrong_files
from chibo.store.agreement.tables import wrong_tables

__all__ = ["wrong_database", "wrong_definitions", "wrong_files", "wrong_tables"]
