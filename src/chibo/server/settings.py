"""The settings of Voila that cure what stock Voila does badly, each with its reason."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from uuid import uuid4

import zmq
from traitlets.config import Config

from chibo.server.kernels import OfficeKernels, OwnKernelSpecs

TEMPLATE = "chibo"
LOOPBACK = "127.0.0.1"

RENDER_SECONDS = 120
"""How long a cell's output may be on its way: with the default of 4 s a busy machine drops outputs silently."""
START_SECONDS = 180
"""How long a kernel may take to start on a slow, busy machine."""
LARGEST_MESSAGE = 64 * 2**20
"""Bytes of one message from a page, an uploaded file among them; larger ones close the connection without a word."""
IDLE_SECONDS = 60 * 60
"""After this long without a page, a kernel whose browser vanished is ended. Kernels with an open page live on."""
CULL_EVERY_SECONDS = 60
IOPUB_MESSAGES_PER_SECOND = 10_000
"""Progress of many books is many small messages; the default of 1,000 would drop some of them."""

EXTENSIONS = ("@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget")
"""The front-end extensions that the pages need. Without the first no widget appears at all; others only cost time."""

CONTENT_SECURITY = "; ".join(
    [
        "default-src 'self' data: blob:",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:",  # widgets are modules loaded from blobs
        "style-src 'self' 'unsafe-inline'",
        "connect-src 'self' ws: data: blob:",
        "frame-ancestors 'self'",
    ]
)
"""The browser itself refuses whatever a page would fetch from, or send to, another host."""


def kernel_transport(folder: str) -> str:
    """How the server talks with its kernels: by files, where the system can; Voila puts them below `folder`.

    A port of the network is chosen before the kernel takes it; another program may take it in between, and the kernel
    ends before its page is there. Files also keep other users of the machine out. Where the system has no such files
    (Windows) or allows no path of their length, it is by ports.
    """
    longest = Path(folder) / "voila_12345678" / f"kernel-{uuid4()}-ipc-00"
    return "ipc" if zmq.has("ipc") and len(os.fsencode(longest)) <= zmq.IPC_PATH_MAX_LEN else "tcp"


def voila_config() -> Config:
    """All settings as traitlets configuration."""
    config = Config()
    config.VoilaConfiguration.template = TEMPLATE
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)
    config.VoilaConfiguration.file_allowlist = []  # files are handed out by widgets, never by address
    config.VoilaConfiguration.multi_kernel_manager_class = OfficeKernels
    config.VoilaConfiguration.kernel_spec_manager_class = OwnKernelSpecs
    config.VoilaExecutor.iopub_timeout = RENDER_SECONDS
    config.VoilaExecutor.startup_timeout = START_SECONDS
    config.MappingKernelManager.cull_idle_timeout = IDLE_SECONDS
    config.MappingKernelManager.cull_interval = CULL_EVERY_SECONDS
    config.MappingKernelManager.cull_connected = False
    config.MappingKernelManager.transport_encryption = "auto" if zmq.has("curve") else "disabled"
    config.KernelRestarter.restart_limit = 0  # a kernel begun anew is empty: its page can only be opened again
    config.KernelManager.transport = kernel_transport(tempfile.gettempdir())
    config.ZMQChannelsWebsocketConnection.iopub_msg_rate_limit = IOPUB_MESSAGES_PER_SECOND
    config.Voila.tornado_settings = {
        "websocket_max_message_size": LARGEST_MESSAGE,
        "allow_remote_access": False,  # refuse other names for this machine: a page elsewhere cannot reach in by DNS
        "ws_ping_interval": 0,  # a connection within one machine does not fade away unseen
        "headers": {"Content-Security-Policy": CONTENT_SECURITY, "Referrer-Policy": "no-referrer"},
    }
    return config
