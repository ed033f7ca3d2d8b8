"""What answers a browser: the first page, the pages themselves, and the files of our own look."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import tornado.web
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.httputil import HTTPHeaders, url_concat
from tornado.iostream import StreamClosedError
from voila.handler import VoilaHandler
from voila.utils import make_url

from chibo.definitions.language import Language
from chibo.server.kernels import page_language
from chibo.server.pages import find_page, find_pages
from chibo.server.settings import TEMPLATE
from chibo.server.words import WORDS, other_language

STATIC_PATH = "chibo/static"
_LANGUAGE_COOKIE = "chibo_lang"
_A_YEAR_IN_DAYS = 365
_FETCHING_EXTENSIONS = ("@jupyterlab/mathjax2-extension:plugin",)
"""Extensions of the front end that would fetch what they need from the internet."""


class _Spoken(JupyterHandler):
    """A handler that knows the language of its reader: asked for by `?lang=`, else as chosen before."""

    @property
    def language(self) -> Language:
        """The reader's language; Vietnamese unless chosen otherwise."""
        asked = self.get_query_argument("lang", "") or self.get_cookie(_LANGUAGE_COOKIE, "")
        return Language(asked) if asked in set(Language) else Language.VIETNAMESE

    def remember_language(self) -> None:
        """Keep a choice made by `?lang=` for the next pages."""
        if self.get_query_argument("lang", "") in set(Language):
            self.set_cookie(_LANGUAGE_COOKIE, self.language.value, expires_days=_A_YEAR_IN_DAYS, samesite="Lax")

    def frame_words(self) -> dict[str, Any]:
        """What the frame around every page needs."""
        return {
            "language": self.language,
            "words": WORDS[self.language],
            "tokens_url": url_path_join(self.base_url, STATIC_PATH, "tokens.css"),
            "other_language_url": url_concat(self.request.path, {"lang": other_language(self.language).value}),
        }

    def get_template(self, name: str) -> Any:
        """Our own template of a plain page, error pages among them."""
        return self.settings["voila_jinja2_env"].get_template(name)

    @property
    def template_namespace(self) -> dict[str, Any]:
        """The names that templates of plain pages may use."""
        names: dict[str, Any] = super().template_namespace
        return {**names, **self.frame_words(), "template_static": self._template_static}

    def _template_static(self, name: str) -> str:
        url: str = make_url(TEMPLATE, self.base_url, f"static/{name}")
        return url


class HomeHandler(_Spoken):
    """The first page: what there is to open, in plain words."""

    def initialize(self, office: Path | None, user: str) -> None:
        """`office` is the office folder served, None for the shipped pages alone; `user` the account they act as."""
        self.office = office
        self.account = user

    @tornado.web.authenticated
    def get(self) -> None:
        """Show the pages."""
        self.remember_language()
        home = self.get_template("home.html")
        pages = find_pages(self.office)
        self.finish(
            home.render(pages=pages, office=str(self.office or ""), account=self.account, **self.template_namespace)
        )


class PageHandler(_Spoken, VoilaHandler):  # type: ignore[misc]
    """A page: its notebook is run in a kernel of its own and sent piece by piece."""

    kernel_id = ""
    """The kernel of the page; "" until it was asked for."""
    left = False
    """Whether the browser went away, or asked anew, before the page was there."""

    def initialize(self, office: Path | None, **kwargs: Any) -> None:
        """Take the office folder and what Voila's own handler needs."""
        self.office = office
        VoilaHandler.initialize(self, **kwargs)

    @tornado.web.authenticated
    async def get(self, name: str) -> None:
        """Open the page called `name`."""
        if find_page(self.office, name) is None:
            raise tornado.web.HTTPError(404)
        if not _is_opened_by_somebody(self.request.headers):
            raise tornado.web.HTTPError(403)
        self.remember_language()
        page_language.set(self.language)
        _ = self.xsrf_token  # sets the cookie without which closing the tab leaves the kernel running
        try:
            async for html in self.get_generator(path=f"{name}.ipynb"):
                self.write(html)
                await self.flush()
        except StreamClosedError:
            await self.end_kernel()

    def on_connection_close(self) -> None:
        """Note that nobody waits for the page any more."""
        self.left = True
        super().on_connection_close()

    async def end_kernel(self) -> None:
        """End the kernel of a page that nobody will see; without it each impatient reload would leave one running."""
        if self.kernel_id in self.kernel_manager:
            await self.kernel_manager.shutdown_kernel(self.kernel_id, now=True)  # type: ignore[no-untyped-call]

    def broken_off(self) -> str:
        """The end of a page that cannot be drawn further."""
        html: str = self.get_template("broken-off.html").render(words=WORDS[self.language])
        return html


def _is_opened_by_somebody(headers: HTTPHeaders) -> bool:
    """Whether a page is asked for to be looked at, as browsers say of what they ask for.

    A site elsewhere that names the page as an image, or has it fetched ahead, would start a kernel each time, until the
    machine has no room left. Programs other than browsers say nothing of that.
    """
    if headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}:
        return True
    return headers.get("Sec-Fetch-Dest") == "document" and "Sec-Purpose" not in headers


class NotFoundHandler(_Spoken):
    """Any other address."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Say that there is nothing here, once it is known who asks: the page that says so needs that."""
        await super().prepare()
        raise tornado.web.HTTPError(404)


def name_notebook(handler: PageHandler, notebook: Any, cwd: str) -> None:  # noqa: ARG001  (Voila names them)
    """Give the notebook the title that the browser's tab shows."""
    page = find_page(handler.office, unquote(Path(handler.request.path).name))
    title = page.title(handler.language) if page else ""
    notebook.metadata["title"] = " · ".join(filter(None, [title, WORDS[handler.language]["product"]]))


def page_config(config: dict[str, Any], *, base_url: str, office: Path | None, notebook_path: str) -> dict[str, Any]:
    """What a page's template is told: its title, its words, and no address outside this machine."""
    language = page_language.get()
    name = Path(notebook_path).stem
    page = find_page(office, name)
    config["disabledExtensions"] = [*config.get("disabledExtensions", []), *_FETCHING_EXTENSIONS]
    config["chibo"] = {
        "language": language.value,
        "title": page.title(language) if page else name,
        "words": WORDS[language],
        "tokens_url": url_path_join(base_url, STATIC_PATH, "tokens.css"),
        "other_language_url": url_concat(
            url_path_join(base_url, quote(name)), {"lang": other_language(language).value}
        ),
    }
    return config
