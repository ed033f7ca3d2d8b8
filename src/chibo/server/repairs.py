"""Repairs of Voila that no setting reaches."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import tornado.web
import voila.handler
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from nbclient.exceptions import CellExecutionError
from voila.notebook_renderer import NotebookRenderer
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

_V1 = "v1.kernel.websocket.jupyter.org"
_FEWEST_OFFSETS = 6
"""Channel, header, parent header, metadata and content, each with its begin, and the end of the last."""
_WORD, _OLD_WORD = 8, 4
"""Bytes of one number at the head of a binary message, by the v1 protocol and by the one before it."""
_LOOK_SECONDS = 0.2
"""How often it is asked whether a kernel that does not answer is there at all."""
_WHATEVER_IS_WRONG = (ValueError, TypeError, LookupError, AttributeError, AssertionError, struct.error)


class SafeKernelWebsocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The websocket of a kernel, on which no message can hang the server or end the connection of the page.

    A binary message begins with a count that Voila and Jupyter believe: a random one, of 64 bits, has them loop for
    ever, and with them all pages. What comes in is looked at before it is read. What goes out is read by Voila to hide
    the code of cells, in the v1 form only: a message of the other form, which has no code, is not shown to it.

    A page that asks for a kernel which has just ended is refused when that is known; Jupyter waits for it a minute.
    """

    async def pre_get(self) -> None:
        """Meet the kernel; HTTPError where it is not there, or ends meanwhile."""
        meeting = asyncio.ensure_future(super().pre_get())
        while not (await asyncio.wait({meeting}, timeout=_LOOK_SECONDS))[0]:
            if self.kernel_id not in self.kernel_manager:
                meeting.cancel()
                with suppress(asyncio.CancelledError):
                    await meeting
                self.connection.disconnect()
                raise tornado.web.HTTPError(404)
        await meeting

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        """Refuse to open, by the status alone: nobody reads a page where a websocket was asked for."""
        self.finish()

    def on_message(self, ws_message: str | bytes) -> None:
        """Take one message of the page; one that is not made as the protocol says is left aside."""
        try:
            if _counts_are_true(ws_message, v1=self.selected_subprotocol == _V1):
                super().on_message(ws_message)
                return
        except _WHATEVER_IS_WRONG:
            pass
        self.log.warning("a malformed message of a page was left aside")

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send one message to the page."""
        if isinstance(message, bytes) and self.selected_subprotocol != _V1:
            return KernelWebsocketHandler.write_message(self, message, binary)
        return super().write_message(message, binary)


class SafeTemplateFiles(TemplateStaticFileHandler):  # type: ignore[misc]
    """The files of the template; an address with too few parts is one of no file, not a failure of the server."""

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """Where the file lies; HTTPError for an address that cannot be one of a file."""
        try:
            found: str = super().get_absolute_path(root, path)
        except ValueError:
            raise tornado.web.HTTPError(404) from None
        return found


class EndingRenderer(NotebookRenderer):  # type: ignore[misc]
    """Draws a page to an end, whatever happens to its kernel or its reader.

    Voila leaves a page whose kernel does not start loading for ever: what goes wrong ends the task that draws it, and
    nobody is told. Here the handler of the page is, and has the last words.
    """

    executor: Any = None
    """What runs the cells; Voila sets it once the kernel is there."""

    async def generate_content_generator(self, kernel_id: str, kernel_future: Any) -> AsyncIterator[tuple[str, Any]]:
        """The page piece by piece, each with its resources."""
        handler = self.request_handler
        handler.kernel_id = kernel_id
        try:
            async for piece in super().generate_content_generator(kernel_id, kernel_future):
                yield piece
        except Exception:
            self._let_go()
            if handler.left:  # its kernel was ended on purpose
                return
            self.log.exception("the page %s was not drawn to its end", self.notebook_path)
            await handler.end_kernel()
            yield handler.broken_off(), self.resources

    async def _jinja_cell_generator(self, nb: Any, kernel_id: str) -> AsyncIterator[Any]:
        """The cells as they have run, to the first that fails; Voila's own shows English words on a lost kernel."""
        for index, cell in enumerate(nb.cells):
            try:
                yield await self.executor.execute_cell(cell, None, index, store_history=False)
            except CellExecutionError:
                self.log.exception("a cell of the page %s failed", self.notebook_path)
                self.executor.strip_code_cell_errors(cell)
                yield cell
                break
        await self._cleanup_resources()

    def _let_go(self) -> None:
        """Close what still listens to the kernel: a thread and five sockets, which would stay for ever."""
        if self.executor is not None and self.executor.kc is not None:
            self.executor.kc.stop_channels()


def repair_rendering() -> None:
    """Let Voila's handler of pages use our renderer; it asks no setting for one."""
    voila.handler.NotebookRenderer = EndingRenderer


def _counts_are_true(message: str | bytes, *, v1: bool) -> bool:
    """Whether a message has as many parts as it says; texts, which only the older protocol has, count nothing."""
    if isinstance(message, str):
        return not v1
    if not v1:
        return 0 < int.from_bytes(message[:_OLD_WORD], "big") < len(message) // _OLD_WORD
    return _FEWEST_OFFSETS <= int.from_bytes(message[:_WORD], "little") < len(message) // _WORD
