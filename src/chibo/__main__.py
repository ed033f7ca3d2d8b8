"""`chibo` and `python -m chibo`: the command, loaded with as little as possible beforehand."""

import os
import signal
import sys
from importlib import import_module

from chibo.garbage import collect_no_more, collect_nothing_yet


def main() -> None:
    """Run the command. Ctrl+C while it is being loaded ends it without a word; later the command itself answers."""
    _take_text_for_utf8()
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


def _take_text_for_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where text is taken for ASCII: no word of Vietnamese would be understood there.

    That is a machine without a language (`LC_ALL=POSIX`) whose Python is kept from that mode (`PYTHONUTF8=0`).
    """
    if sys.getfilesystemencoding() == "ascii" and os.environ.get("PYTHONUTF8") != "1" and sys.executable:
        os.environ["PYTHONUTF8"] = "1"  # the processes that read books go by it too
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this very command, no shell


if __name__ == "__main__":
    main()
