"""`chibo` and `python -m chibo`: the command, loaded with as little as possible beforehand."""

import os
import signal
from importlib import import_module

from chibo.garbage import collect_no_more, collect_nothing_yet


def main() -> None:
    """Run the command. Ctrl+C while it is being loaded ends it without a word; later the command itself answers."""
    collect_nothing_yet()
    # Another program's plugins have no say in what our definitions mean, and looking for them takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    on_interrupt = signal.signal(signal.SIGINT, signal.SIG_DFL)
    command = import_module("chibo.cli").main
    signal.signal(signal.SIGINT, on_interrupt)
    try:
        command()
    finally:
        collect_no_more()


if __name__ == "__main__":
    main()
