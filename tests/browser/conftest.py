"""A real server and a real browser: what a member of staff has in front of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from serving import PATIENCE, Server, Watch, start_server, wait_until_ready

CHROMIUM = os.environ.get("CHIBO_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTH, HEIGHT = 1366, 768
IMAGES = Path(__file__).parents[2] / "docs" / "images"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty office folder: the shipped pages and definitions are served."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="session")
def server(office: Path) -> Iterator[Server]:
    """One server for all browser tests; each test that opens a page gets a kernel of its own."""
    running = start_server(office)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a file. While it runs, so does an event loop, which other tests must not find."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def watch() -> Watch:
    """What the page under test did wrong so far."""
    return Watch()


@pytest.fixture
def page(browser: Browser, watch: Watch) -> Iterator[Page]:
    """A page of an office screen; the test fails on console errors and on anything asked from another host."""
    with office_screen(browser, watch) as opened:
        yield opened


@contextmanager
def office_screen(browser: Browser, watch: Watch) -> Iterator[Page]:
    """A page of an office screen; what it did wrong is told where it is left."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    opened = context.new_page()
    opened.on("console", watch.hear)
    opened.on("pageerror", lambda error: watch.errors.append(str(error)))
    opened.on("request", watch.see)
    yield opened
    with suppress(Error), opened.expect_event("close"):  # a page may be closed, or its server gone, already
        opened.close(run_before_unload=True)
    context.close()
    assert not watch.outside, watch.outside
    assert watch.expected or not watch.errors, watch.errors


@pytest.fixture
def open_page(page: Page, server: Server) -> Callable[..., Page]:
    """Open a page of the server by its name and wait until it is drawn: `open_page("chi-bo", lang="en")`."""
    return partial(open_in, page, server)


@pytest.fixture(scope="module")
def open_shared_page(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """As `open_page`, one page for the tests of a file that leave it as they found it: opening one takes seconds."""
    with office_screen(browser, Watch()) as shared:
        yield partial(open_in, shared, server)


def open_in(page: Page, server: Server, name: str, **query: str) -> Page:
    """The page of that name in `page`, once it is drawn."""

    def log() -> str:
        return (server.home / "serve.log").read_text(encoding="utf-8")[-4000:]

    try:
        page.goto(server.page(name, **query))
    except Error as error:
        raise AssertionError(f"{error.message}\n{log()}") from error
    wait_until_ready(page)
    assert not page.locator(".cb-notice-bad").count(), log()
    return page


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., Path]:
    """Take a picture of the page: beside the test's files, and in docs/images/ when CHIBO_DOCS_IMAGES is set."""

    def taken(page: Page, name: str, *, full_page: bool = False, document: bool = False) -> Path:
        folder = IMAGES if document and os.environ.get("CHIBO_DOCS_IMAGES") else tmp_path
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{name}.png"
        page.screenshot(path=target, full_page=full_page)
        return target

    return taken
