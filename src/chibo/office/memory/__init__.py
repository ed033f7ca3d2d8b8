"""Use cases of the office's memory: units and people, periods, what is handed in, and the log of it all."""

from chibo.office.memory.local_memory import local_user, open_local_memory
from chibo.office.memory.remembering import Memory, open_memory

__all__ = ["Memory", "local_user", "open_local_memory", "open_memory"]
