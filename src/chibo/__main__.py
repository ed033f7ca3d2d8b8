"""`chibo` and `python -m chibo`: the command, loaded with as little as possible beforehand."""

import gc
import os
import signal
from importlib import import_module

_NEW_OBJECTS = 20_000
"""After so many, Python looks for those that only hold each other; what commands make of books has no rings."""


def main() -> None:
    """Run the command. Ctrl+C while it is being loaded ends it without a word; later the command itself answers."""
    gc.set_threshold(_NEW_OBJECTS)
    # Another program's plugins have no say in what our definitions mean, and looking for them takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    on_interrupt = signal.signal(signal.SIGINT, signal.SIG_DFL)
    command = import_module("chibo.cli").main
    signal.signal(signal.SIGINT, on_interrupt)
    command()


if __name__ == "__main__":
    main()
