"""A worker process: takes tasks on its standard input, does them within its limits, answers on its standard output.

Started as `python -m chibo.engine.worker` rather than by multiprocessing, so that it never runs the user's own script
or notebook a second time; or forked, where the process that needs it has no threads.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import IO, Any

from chibo.definitions.library import Library
from chibo.engine.answer_bytes import OUTCOMES, READY, AnswerBytes, answers_of
from chibo.engine.book_source import BookSource
from chibo.engine.confinement import confine, start_clock
from chibo.engine.errands import Errand, perform
from chibo.engine.judging import reader_failed, refused
from chibo.engine.messages import Broken, Ready, Setup, receive_task, send_answer
from chibo.engine.reading_bytes import book_bytes
from chibo.errors import ChiboError
from chibo.garbage import collect_seldom


def serve(incoming: IO[bytes], outgoing: IO[bytes], library: Library | None = None) -> None:
    """Do tasks until no more come. The first message is the Setup, each further one a BookSource or an Errand."""
    collect_seldom()
    setup: Setup = receive_task(incoming)
    library = library or Library(setup.office)
    if setup.with_basis:
        import chibo.engine.rules  # noqa: F401, PLC0415 - the code as it is now is what this process judges by
    try:
        limits = library.intake.process
    except ChiboError as error:
        send_answer(outgoing, READY.dump(Broken.by(error)))
        return
    send_answer(outgoing, READY.dump(Ready(confine(limits), specimen=refused("", reader_failed("", "")))))
    with book_bytes(library.intake.file) as reader:
        while True:
            task: BookSource | Errand = receive_task(incoming)
            start_clock(limits)
            try:
                answer = perform(task, reader, library, setup)
            except ChiboError as error:
                answer = Broken.by(error)
            send_answer(outgoing, _answers_to(task).dump(answer))


def _answers_to(task: BookSource | Errand) -> AnswerBytes[Any]:
    if isinstance(task, BookSource):
        return OUTCOMES
    from chibo.engine.answers import ANSWERS  # noqa: PLC0415 - as much again as all that a run needs

    return answers_of(ANSWERS[task.work])


def main() -> None:
    """Keep the two streams for messages: nothing that a library prints may get between them."""
    # Ctrl+C reaches every process of the terminal; it is the parent that decides what happens then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    with suppress(EOFError, BrokenPipeError):
        serve(incoming, outgoing)


if __name__ == "__main__":
    main()
