"""Repairs of Voila that no setting reaches."""

from __future__ import annotations

import struct
from typing import Any

from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

_V1 = "v1.kernel.websocket.jupyter.org"
_FEWEST_OFFSETS = 6
"""Channel, header, parent header, metadata and content, each with its begin, and the end of the last."""
_WORD, _OLD_WORD = 8, 4
"""Bytes of one number at the head of a binary message, by the v1 protocol and by the one before it."""
_WHATEVER_IS_WRONG = (ValueError, TypeError, LookupError, AttributeError, AssertionError, struct.error)


class SafeKernelWebsocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The websocket of a kernel, on which no message can hang the server or end the connection of the page.

    A binary message begins with a count that Voila and Jupyter believe: a random one, of 64 bits, has them loop for
    ever, and with them all pages. What comes in is looked at before it is read. What goes out is read by Voila to hide
    the code of cells, in the v1 form only: a message of the other form, which has no code, is not shown to it.
    """

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


def _counts_are_true(message: str | bytes, *, v1: bool) -> bool:
    """Whether a message has as many parts as it says; texts, which only the older protocol has, count nothing."""
    if isinstance(message, str):
        return not v1
    if not v1:
        return 0 < int.from_bytes(message[:_OLD_WORD], "big") < len(message) // _OLD_WORD
    return _FEWEST_OFFSETS <= int.from_bytes(message[:_WORD], "little") < len(message) // _WORD
