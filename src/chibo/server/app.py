"""The server: Voila, standalone, on this machine's loopback only, with our pages, template and repairs."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tornado.ioloop
import tornado.web
from attrs import frozen
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from traitlets import Any as AnyTrait
from voila.app import Voila
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

import chibo_widgets
from chibo.definitions.folders import project_data
from chibo.errors import ChiboError
from chibo.office.home import HOME_VARIABLE
from chibo.office.memory.local_memory import USER_VARIABLE
from chibo.server.handlers import STATIC_PATH, HomeHandler, NotFoundHandler, PageHandler, name_notebook, page_config
from chibo.server.meeting_places import clear_left_behind, hold, make_folder
from chibo.server.pages import page_file
from chibo.server.repairs import SafeKernelWebsocket, SafeTemplateFiles, repair_rendering
from chibo.server.settings import LOOPBACK, voila_config

_NOT_OURS = {TornadoVoilaTreeHandler, VoilaContentsHandler, TornadoVoilaHandler}
"""Voila's handlers that list the disk or open any notebook in it: our pages and first page stand in their place."""
_SAFER: dict[Any, Any] = {
    VoilaKernelWebsocketHandler: SafeKernelWebsocket,
    TemplateStaticFileHandler: SafeTemplateFiles,
}
_WAKE_MS = 1000


class PortError(ChiboError):
    """The port cannot be had: another program answers there already, or it is not ours to take."""


@frozen
class Serving:
    """What to serve, and where. Port 0 takes any free port."""

    office: Path | None
    port: int
    user: str = ""
    """The account that the pages act as; "" where the office remembers nothing yet."""
    named: bool = False
    """Whether that account was named, or is that of the machine's user."""

    @property
    def folder(self) -> Path:
        """Where kernels work: the office's notebooks, so that a page finds the modules next to it."""
        if self.office is None:
            return project_data("notebooks")
        own = self.office / "notebooks"
        return own if own.is_dir() else self.office

    def command(self, port: int) -> str:
        """The command that serves the same office at another port, to be copied as it stands."""
        home = f' --home "{self.office}"' if self.office else ""
        named = f' --as "{self.user}"' if self.named else ""
        return f"chibo serve{home}{named} --port {port}"


class PageContents(LargeFileManager):
    """Finds the notebook of a page: the office's own, else the shipped one."""

    office = AnyTrait()

    def _get_os_path(self, path: str) -> str:
        found = page_file(self.office, path.strip("/"))
        return str(found) if found else str(super()._get_os_path(path))  # type: ignore[no-untyped-call]

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:
        """Nothing: the stored output of a page is thrown away and made anew, so that no trust is asked for it."""


class ChiboServer(Voila):  # type: ignore[misc]
    """Voila with our own pages; `serving` says what is served."""

    def __init__(self, serving: Serving, announce: Callable[[str], None]) -> None:
        super().__init__(config=voila_config(), log_level=logging.WARNING)
        self.serving = serving
        self.announce = announce
        self.config_file_paths: list[str] = []  # settings that another Voila on this machine left behind are not ours
        self.root_dir = str(serving.folder)
        self.ip = LOOPBACK
        self.port = serving.port
        self.sockets: list[socket.socket] = []

    def initialize(self, argv: list[str] | None = None) -> None:
        """Set up the templates and settings; the command line is not Voila's to read."""
        _find_template()
        repair_rendering()
        super().initialize(argv or [])
        signal.signal(signal.SIGINT, self._handle_signal_stop)
        self.voila_configuration.page_config_hook = self._page_config
        self.voila_configuration.prelaunch_hook = name_notebook

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings with the office's kernels, notebooks and our error pages."""
        self.meeting_place = hold(self.connection_dir)
        clear_left_behind(self.connection_dir_root)
        settings: dict[str, Any] = super().init_settings()
        named = {HOME_VARIABLE: str(self.serving.office or ""), USER_VARIABLE: self.serving.user}
        self.kernel_manager.office_environment = {name: value for name, value in named.items() if value}
        self.contents_manager = PageContents(parent=self, office=self.serving.office, allow_hidden=True)
        settings["contents_manager"] = self.contents_manager
        return settings

    def init_handlers(self) -> list[Any]:
        """Our pages, then what Voila's front end needs, then "not found"."""
        office = {"office": self.serving.office}
        whose = {**office, "user": self.serving.user}
        kept = [
            (pattern, _SAFER.get(handler, handler), *rest)
            for pattern, handler, *rest in super().init_handlers()
            if handler not in _NOT_OURS
        ]
        page = {
            "voila_configuration": self.voila_configuration,
            "template_paths": self.template_paths,
            "config": self.config,
        }
        static = {"path": str(Path(chibo_widgets.__file__).parent / "static")}
        return [
            (self.base_url, HomeHandler, whose),
            (url_path_join(self.base_url, STATIC_PATH, "(.*)"), tornado.web.StaticFileHandler, static),
            *kept,
            (url_path_join(self.base_url, "([^/]+)"), PageHandler, {**office, **page}),
            (r".*", NotFoundHandler),
        ]

    def listen(self) -> None:
        """Answer on the loopback until stopped by Ctrl+C or a signal."""
        server = HTTPServer(self.app)
        server.add_sockets(self.sockets)
        self.ioloop = tornado.ioloop.IOLoop.current()
        if sys.platform == "win32":  # there a waiting loop does not notice Ctrl+C by itself
            tornado.ioloop.PeriodicCallback(lambda: None, _WAKE_MS).start()
        self.announce(f"http://{LOOPBACK}:{self.port}/")
        try:
            self.ioloop.start()
        finally:
            server.stop()
            self.stop()

    def stop(self) -> None:
        """End the kernels and take away the folder where they met: Voila begins with the folder, and needs it."""
        make_folder(self.connection_dir)
        self.meeting_place.close()
        super().stop()

    def bind(self) -> None:
        """Take the port; raises PortError where it cannot be had."""
        try:
            self.sockets = bind_sockets(self.port, LOOPBACK)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise PortError(f"không mở được cổng {self.port}: {error.strerror or error}") from error
            raise PortError(
                f"cổng {self.port} đang được một chương trình khác dùng (có thể Chibo đã mở sẵn ở "
                f"http://{LOOPBACK}:{self.port}/). Đóng chương trình đó, hoặc chọn cổng khác: "
                f"{self.serving.command(self.port + 1)}"
            ) from error
        self.port = self.sockets[0].getsockname()[1]

    def _page_config(self, config: dict[str, Any], *, notebook_path: str, **_: Any) -> dict[str, Any]:
        return page_config(config, base_url=self.base_url, office=self.serving.office, notebook_path=notebook_path)


def serve(serving: Serving, log: Callable[[], None], announce: Callable[[str], None]) -> None:
    """Serve the pages until stopped; `announce` is told the address once it answers.

    `log` is called when the port is ours and nothing answers yet; what it raises stops the server. Raises PortError
    where the port cannot be had.
    """
    server = ChiboServer.instance(serving, announce)  # as the one application, whose log Voila's parts write to
    server.bind()
    log()
    server.initialize()
    server.start()


def _find_template() -> None:
    """Let Jupyter find our template inside the package; nothing needs to be installed outside it."""
    ours = str(Path(chibo_widgets.__file__).parent / "template")
    known = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
    if ours not in known:
        os.environ["JUPYTER_PATH"] = os.pathsep.join([ours, *filter(None, known)])
