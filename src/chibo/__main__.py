"""`chibo` and `python -m chibo`: the command, loaded with as little as possible beforehand."""

import signal
from importlib import import_module


def main() -> None:
    """Run the command. Ctrl+C while it is being loaded ends it without a word; later the command itself answers."""
    on_interrupt = signal.signal(signal.SIGINT, signal.SIG_DFL)
    command = import_module("chibo.cli").main
    signal.signal(signal.SIGINT, on_interrupt)
    command()


if __name__ == "__main__":
    main()
