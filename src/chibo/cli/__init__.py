"""The `chibo` command: a thin skin over the use cases; each command is a module of this package."""

from chibo.cli.main import main

__all__ = ["main"]
