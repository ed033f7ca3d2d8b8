"""Floor 2: what an office remembers. The only package that knows a database."""

from chibo.store.opening import open_store
from chibo.store.sessions import Reading, Store, Writing

__all__ = ["Reading", "Store", "Writing", "open_store"]
