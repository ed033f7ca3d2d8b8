"""In whose name somebody acts at this machine, and the office's memory in his hands: what every page begins with.

Until people sign in, that is the account named at the start (`chibo serve --as USER`), else the machine's own user.
"""

from __future__ import annotations

import os
from getpass import getuser

from chibo.audit import AuditAct
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.office.home import find_home
from chibo.office.memory.remembering import Memory, open_memory

USER_VARIABLE = "CHIBO_USER"
"""The environment variable that names the account; the pages' kernels learn by it in whose name they act."""


def local_user() -> str:
    """The account named for this process, else the machine's user. Raises ChiboError where neither is known."""
    user = os.environ.get(USER_VARIABLE, "").strip() or machine_user()
    if not user:
        raise ChiboError("Máy không cho biết tên người dùng. Nêu tài khoản bằng --as TÀI_KHOẢN.")
    return user


def machine_user() -> str:
    """Who the machine says that works at it, "" where it does not say."""
    try:
        return getuser()
    except (OSError, KeyError, ImportError):  # an account without a name; which of them depends on the system
        return ""


def open_local_memory(library: Library | None = None) -> Memory:
    """The memory of the office that a page is opened in (CHIBO_HOME), in the hands of the local user.

    Whatever is written through it stands in the log in his name. Close it when done. Raises ChiboError where no office
    is named, or its memory cannot be opened.
    """
    return open_memory(library or Library(find_home()), local_user())


def log_pages_opened(library: Library, user: str) -> bool:
    """Note in the log that the pages were opened in the name of `user`, and by whom at the machine.

    Returns whether he may do anything in the office today. Raises ChiboError where the memory cannot be written:
    what is done through the pages must be known.
    """
    memory = open_memory(library, user)
    try:
        with memory.writing() as (writing, standing):
            writing.note(AuditAct.PAGES_OPENED, machine_user())
            return standing.actor.at_the_machine or bool(standing.actor.assignments)
    finally:
        memory.close()
