"""The frame around every page, in a real browser."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from serving import Server, Watch, kernel_of, kernels_of, start_server, wait_until_ready
from trial_notebook import COUNTER, write_notebook

RECEIVER = '''
import anywidget, traitlets

class Receiver(anywidget.AnyWidget):
    _esm = """
    export default {
      render({ model, el }) {
        const button = document.createElement("button");
        button.className = "sender";
        button.textContent = "Gửi";
        button.onclick = () => model.send({}, undefined, [new ArrayBuffer(20 * 2 ** 20)]);
        model.on("change:received", () => { button.textContent = "Đã nhận " + model.get("received"); });
        el.append(button);
      },
    };
    """
    received = traitlets.Int(0).tag(sync=True)

    def __init__(self):
        super().__init__()
        self.on_msg(lambda _widget, _content, buffers: setattr(self, "received", len(buffers[0])))

Receiver()
'''

ABOUT = {
    "title": {"vi": "Trang thử", "en": "Trial page"},
    "description": {"vi": "Một trang để thử.", "en": "A page to try."},
    "order": 0,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("van phong thu")  # a blank in the path, as offices have
    write_notebook(folder / "notebooks" / "thu.ipynb", "# # Đảng ủy Khối\nChữ Việt", COUNTER, **ABOUT)
    environment = "import os\nprint('home=' + os.environ['CHIBO_HOME'], 'lang=' + os.environ['CHIBO_LANG'])"
    write_notebook(folder / "notebooks" / "moi-truong.ipynb", environment)
    write_notebook(folder / "notebooks" / "hong.ipynb", "1 / 0")
    write_notebook(folder / "notebooks" / "chet.ipynb", "# # Phần đầu", "import os\nos.kill(os.getpid(), 9)", COUNTER)
    write_notebook(folder / "notebooks" / "lau.ipynb", "import time\ntime.sleep(3)", COUNTER)
    write_notebook(folder / "notebooks" / "gui.ipynb", RECEIVER)
    write_notebook(folder / "notebooks" / "Sổ tay riêng.ipynb", COUNTER)
    write_notebook(folder / "notebooks" / "lon.ipynb", COUNTER, "print('x' * 200_000)")
    return folder


@pytest.fixture(scope="module")
def trial(home: Path) -> Iterator[Server]:
    running = start_server(home)
    yield running
    running.stop()


@pytest.fixture
def counter(page: Page, trial: Server) -> Page:
    page.goto(trial.page("thu"))
    wait_until_ready(page)
    expect(page.locator(".counter")).to_have_text("Đếm: 0")
    return page


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something outside the browser holds."""
    for _ in range(600):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came to hold")


def test_a_widget_talks_to_its_kernel(counter: Page) -> None:
    counter.click(".counter")
    expect(counter.locator(".counter")).to_have_text("Đếm: 10")


def test_the_page_says_its_name_in_vietnamese(counter: Page) -> None:
    expect(counter).to_have_title("Trang thử · Sổ sinh hoạt chi bộ")
    expect(counter.locator("html")).to_have_attribute("lang", "vi")
    expect(counter.locator(".cb-page-title")).to_have_text("Trang thử")


def test_english_is_one_click_away_and_is_kept(counter: Page, trial: Server) -> None:
    counter.click("text=English")
    wait_until_ready(counter)
    expect(counter.locator(".cb-page-title")).to_have_text("Trial page")
    counter.goto(trial.page("moi-truong"))
    wait_until_ready(counter)
    expect(counter.locator("body")).to_contain_text("lang=en")


def test_kernels_know_their_office(page: Page, trial: Server, home: Path) -> None:
    page.goto(trial.page("moi-truong"))
    wait_until_ready(page)
    expect(page.locator("body")).to_contain_text(f"home={home} lang=vi")


def test_nothing_lies_over_the_masthead_and_the_page_fits_the_screen(counter: Page) -> None:
    assert counter.evaluate("document.elementFromPoint(60, 20).className") == "cb-product"
    assert counter.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_keyboard_shows_where_it_is(counter: Page) -> None:
    counter.keyboard.press("Tab")
    expect(counter.locator(".cb-skip")).to_be_focused()
    counter.keyboard.press("Tab")
    width = counter.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert width == "3px"


def test_the_masthead_is_not_printed(counter: Page) -> None:
    counter.emulate_media(media="print")
    expect(counter.locator(".cb-masthead")).to_be_hidden()
    expect(counter.locator(".counter")).to_be_visible()


def test_a_waiting_page_says_so_in_vietnamese(page: Page, trial: Server) -> None:
    page.goto(trial.page("thu"), wait_until="commit")
    expect(page.locator("#loading_text")).to_contain_text("Đang")
    wait_until_ready(page)
    expect(page.locator("#loading")).to_have_count(0)


def test_a_failing_cell_is_told_calmly_without_a_traceback(page: Page, trial: Server) -> None:
    page.goto(trial.page("hong"))
    wait_until_ready(page)
    expect(page.get_by_role("alert").filter(has_text="gặp lỗi")).to_be_visible()
    assert "ZeroDivisionError" not in page.content()
    assert "ZeroDivisionError" in (trial.home / "serve.log").read_text(encoding="utf-8")


def starting_page(page: Page, server: Server, name: str) -> set[int]:
    """Begin to open a page, whose kernel then starts; returns the kernel."""
    before = set(kernels_of(server))
    page.goto(server.page(name), wait_until="commit")
    return set(kernels_of(server)) - before


def test_a_kernel_that_does_not_start_is_told_and_the_page_can_be_opened_again(page: Page, trial: Server) -> None:
    (kernel,) = starting_page(page, trial, "thu")
    os.kill(kernel, signal.SIGKILL)
    told = page.get_by_role("alert").filter(has_text="Chibo gặp lỗi khi mở trang này")
    expect(told).to_be_visible()
    expect(page.locator("#loading")).to_have_count(0)
    told.get_by_role("link", name="Mở lại").click()
    wait_until_ready(page)
    expect(page.locator(".counter")).to_be_visible()


def test_a_kernel_lost_while_the_cells_run_is_told_below_what_was_there(page: Page, trial: Server) -> None:
    page.goto(trial.page("chet"))
    wait_until_ready(page)
    expect(page.get_by_role("heading", name="Phần đầu")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="Chibo gặp lỗi khi mở trang này")).to_be_visible()
    assert "Voil" not in page.inner_text("body")


def test_a_page_left_before_it_was_there_leaves_no_kernel(page: Page, trial: Server) -> None:
    kernel = starting_page(page, trial, "lau")
    assert kernel
    page.goto("about:blank")
    until(page, lambda: not kernel & set(kernels_of(trial)))
    assert "lau" not in (trial.home / "serve.log").read_text(encoding="utf-8")  # nothing to tell an administrator


def open_without_front_end(page: Page, server: Server) -> int:
    """Open a page whose cells ran and whose front end is still on its way; returns its kernel."""
    page.route("**/voila.js*", lambda _: None)
    page.goto(server.page("thu"), wait_until="commit")
    page.wait_for_function("window.cellLoaded")
    return kernel_of(page, server)


def test_a_page_left_before_its_front_end_was_there_leaves_no_kernel(page: Page, trial: Server) -> None:
    kernel = open_without_front_end(page, trial)
    page.goto("about:blank")
    until(page, lambda: kernel not in kernels_of(trial))


def test_a_kernel_lost_before_the_front_end_was_there_is_told(page: Page, trial: Server, watch: Watch) -> None:
    watch.expect_errors()
    os.kill(open_without_front_end(page, trial), signal.SIGKILL)
    expect(page.get_by_role("alert").filter(has_text="Chibo gặp lỗi khi mở trang này")).to_be_visible()
    expect(page.locator("#loading")).to_have_count(0)


def test_a_page_that_was_stopped_while_it_opened_can_be_opened_again(page: Page, trial: Server, watch: Watch) -> None:
    watch.expect_errors()
    kernel = starting_page(page, trial, "lau")
    expect(page.locator("#loading")).to_be_visible()
    page.evaluate("window.stop()")
    page.get_by_role("alert").get_by_role("button", name="Mở lại").click()
    wait_until_ready(page)
    expect(page.locator(".counter")).to_be_visible()
    assert not kernel & set(kernels_of(trial))


def test_a_page_that_stays_after_its_kernel_was_let_go_says_so(counter: Page, watch: Watch) -> None:
    watch.expect_errors()
    counter.evaluate("window.setTimeout(() => window.stop(), 1); window.location.href = '/'")
    expect(counter.get_by_role("alert").filter(has_text="Phiên làm việc đã bị ngắt")).to_be_visible()


def test_a_server_lost_while_a_page_opens_is_told(page: Page, tmp_path: Path, watch: Watch) -> None:
    watch.expect_errors()
    write_notebook(tmp_path / "notebooks" / "lau.ipynb", "import time\ntime.sleep(60)", COUNTER)
    own = start_server(tmp_path)
    starting_page(page, own, "lau")
    expect(page.locator("#loading")).to_be_visible()
    own.process.kill()
    own.process.wait()
    expect(page.get_by_role("alert").filter(has_text="Mất kết nối với Chibo")).to_be_visible()
    expect(page.locator("#loading")).to_have_count(0)


def test_large_outputs_arrive_whole(page: Page, trial: Server) -> None:
    page.goto(trial.page("lon"))
    wait_until_ready(page)
    assert page.evaluate("document.body.innerText.split('x').length") > 200_000


def test_a_file_of_twenty_megabytes_arrives(page: Page, trial: Server) -> None:
    page.goto(trial.page("gui"))
    wait_until_ready(page)
    page.click(".sender")
    expect(page.locator(".sender")).to_have_text(f"Đã nhận {20 * 2**20}")


def test_closing_the_tab_ends_its_kernel(page: Page, trial: Server) -> None:
    other = page.context.new_page()
    other.goto(trial.page("thu"))
    wait_until_ready(other)
    own = kernel_of(other, trial)
    other.close(run_before_unload=True)
    until(page, lambda: own not in kernels_of(trial))


def test_a_killed_kernel_is_told_and_the_page_can_be_opened_again(counter: Page, trial: Server, watch: Watch) -> None:
    os.kill(kernel_of(counter, trial), signal.SIGKILL)
    banner = counter.get_by_role("alert").filter(has_text="Phiên làm việc đã bị ngắt")
    expect(banner).to_be_visible()
    watch.expect_errors()
    banner.get_by_role("button", name="Mở lại").click()
    wait_until_ready(counter)
    counter.click(".counter")
    expect(counter.locator(".counter")).to_have_text("Đếm: 10")


def test_a_stopped_server_is_told(page: Page, tmp_path: Path, watch: Watch) -> None:
    write_notebook(tmp_path / "notebooks" / "thu.ipynb", COUNTER)
    own = start_server(tmp_path)
    page.goto(own.page("thu"))
    wait_until_ready(page)
    expect(page.locator(".counter")).to_be_visible()
    assert own.stop() == 0
    expect(page.get_by_role("alert").filter(has_text="Mất kết nối với Chibo")).to_be_visible()
    watch.expect_errors()


def test_the_home_page_lists_the_pages_in_plain_words(page: Page, trial: Server) -> None:
    page.goto(trial.url)
    card = page.get_by_role("region", name="Trang thử")
    expect(card).to_contain_text("Một trang để thử.")
    card.get_by_role("link", name="Mở trang").click()
    wait_until_ready(page)
    expect(page.locator(".counter")).to_be_visible()


def test_a_page_of_the_offices_own_with_a_vietnamese_name_opens(page: Page, trial: Server) -> None:
    page.goto(trial.url)
    page.get_by_role("region", name="Sổ tay riêng").get_by_role("link", name="Mở trang").click()
    wait_until_ready(page)
    expect(page).to_have_title("Sổ tay riêng · Sổ sinh hoạt chi bộ")
    page.click("text=English")
    wait_until_ready(page)
    expect(page.locator(".counter")).to_be_visible()


def test_an_unknown_address_leads_back(page: Page, trial: Server, watch: Watch) -> None:
    for address in ("khong-co", "khong/co"):
        answer = page.goto(trial.page(address))
        assert answer is not None
        assert answer.status == 404
    page.get_by_role("alert").get_by_role("link", name="Về trang đầu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hôm nay")
    watch.expect_errors()


def test_the_notebooks_source_is_not_handed_out(trial: Server, page: Page) -> None:
    for path in (
        "voila/files/notebooks/thu.ipynb",
        "voila/files/thu.ipynb",
        "voila/tree",
        "api/contents",
        "api/kernels",
    ):
        answer = page.request.get(trial.url + path)
        assert answer.status in {403, 404}, path


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_strangers_host_name_is_refused(trial: Server, page: Page) -> None:
    answer = page.request.get(trial.url, headers={"Host": "evil.example"})
    assert answer.status == 403
