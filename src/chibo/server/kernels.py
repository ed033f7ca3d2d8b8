"""The kernels behind the pages: which Python they run, which office they serve, and how many one server may hold."""

from __future__ import annotations

import os
from contextvars import ContextVar
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Dict, default

from chibo.definitions.language import Language
from chibo.server.meeting_places import make_folder

MAX_SOCKETS = 60_000
"""libzmq's default of 1,023 sockets stops a server at about 170 kernels, and leaves the next ones running unseen."""

page_language: ContextVar[Language] = ContextVar("page_language", default=Language.VIETNAMESE)
"""The language of the page being opened; its kernel is told in CHIBO_LANG."""


class OwnKernelSpecs(KernelSpecManager):
    """Knows only the Python that Chibo itself runs in: a kernel of another installation would lack Chibo."""

    @default("kernel_dirs")
    def _no_folders(self) -> list[str]:
        return []


class OfficeKernels(AsyncMappingKernelManager):
    """Starts each kernel with the office's environment (CHIBO_HOME, CHIBO_USER) and the language of its page."""

    office_environment = Dict(help="Environment variables that every kernel gets.")

    @default("context")
    def _roomy_context(self) -> zmq.asyncio.Context:
        context = zmq.asyncio.Context()
        context.set(zmq.MAX_SOCKETS, MAX_SOCKETS)
        self._created_context = True
        return context

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a kernel; returns its id."""
        environment = dict(kwargs.pop("env", None) or os.environ)
        environment.update(self.office_environment)
        environment["CHIBO_LANG"] = page_language.get().value
        make_folder(self.connection_dir)
        kernel_id: str = await super().start_kernel(env=environment, **kwargs)
        return kernel_id
