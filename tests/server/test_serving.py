"""`chibo serve` from outside: the port, the stop, and what a client can do to it."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from urllib.request import urlopen

import pytest
import tornado.websocket
from click.testing import CliRunner
from tornado.httpclient import HTTPError, HTTPRequest

from chibo.cli.main import cli
from chibo.server.settings import LARGEST_MESSAGE, kernel_transport
from serving import Server, kernels_of, listen_to, start_server
from trial_notebook import write_notebook

Answer = TypeVar("Answer")
BUFFERS = '''
import ipywidgets
class Echo(ipywidgets.Label):
    """Answers every message with a binary buffer, as a widget with binary state does."""
    def __init__(self):
        super().__init__()
        self.on_msg(lambda _widget, content, buffers: self.send({"size": sum(map(len, buffers))}, [b"\\xff" * 64]))
Echo()
'''


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("office")
    write_notebook(home / "notebooks" / "thu.ipynb", BUFFERS)
    running = start_server(home)
    yield running
    running.stop()


def open_page(server: Server) -> str:
    """The page as a browser gets it; its kernel runs from then on."""
    with urlopen(server.page("thu")) as answer:
        return str(answer.read().decode())


def kernel_of(html: str) -> str:
    """The id of a page's kernel."""
    start = html.index('id="jupyter-config-data"')
    config = json.loads(html[html.index("{", start) : html.index("</script>", start)])
    return str(config["kernelId"])


def channels_of(server: Server, html: str) -> str:
    """The address of the websocket to a page's kernel."""
    return f"{server.url.replace('http', 'ws')}api/kernels/{kernel_of(html)}/channels"


def echo_comm(html: str) -> str:
    """The id of the page's widget, whose comm is open."""
    marker = '"model_id": "'
    start = html.index(marker) + len(marker)
    return html[start : html.index('"', start)]


def test_a_taken_port_is_told_in_vietnamese(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "chibo", "serve", "--home", str(tmp_path), "--port", str(port), "--no-browser"]
        ended = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert ended.returncode == 1
    assert f"cổng {port} đang được một chương trình khác dùng" in ended.stderr
    assert f'chibo serve --home "{tmp_path}" --port {port + 1}' in ended.stderr  # to be copied as it stands
    assert "Traceback" not in ended.stderr


def test_only_the_loopback_address_answers(trial: Server) -> None:
    port = int(trial.url.rstrip("/").rsplit(":", 1)[1])
    with socket.socket() as caller, pytest.raises(ConnectionRefusedError):
        caller.connect(("127.0.0.2", port))  # what listens on every address answers here too


def test_a_stop_ends_the_kernels_and_exits_cleanly(tmp_path: Path) -> None:
    write_notebook(tmp_path / "notebooks" / "thu.ipynb", BUFFERS)
    own = start_server(tmp_path)
    open_page(own)
    kernels = kernels_of(own)
    assert kernels
    assert own.stop() == 0
    assert "Chibo đã dừng." in own.last_words
    for kernel in kernels:
        with pytest.raises(ProcessLookupError):
            os.kill(kernel, 0)
    assert "Traceback" not in (tmp_path / "serve.log").read_text(encoding="utf-8")


def answer_to(server: Server, address: str, **headers: str) -> int:
    """The status of the answer to one question, its address as it stands."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://").rstrip("/"))
    connection.request("GET", address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse().status


@pytest.mark.parametrize(
    "asked",
    [
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Dest": "iframe"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "document", "Sec_Purpose": "prefetch"},
    ],
)
def test_a_site_elsewhere_starts_no_kernels(trial: Server, asked: dict[str, str]) -> None:
    before = kernels_of(trial)
    assert answer_to(trial, "/thu", **asked) == 403
    assert kernels_of(trial) == before


def test_a_link_from_elsewhere_opens_a_page(trial: Server) -> None:
    assert answer_to(trial, "/thu", Sec_Fetch_Site="cross-site", Sec_Fetch_Dest="document") == 200


def test_an_address_of_no_template_file_is_not_found(trial: Server) -> None:
    assert answer_to(trial, "/voila/templates/chibo/static/%2e%2e/index.html.j2") == 404
    assert "Traceback" not in (trial.home / "serve.log").read_text(encoding="utf-8")


def test_a_page_closed_by_its_beacon_ends_its_kernel(trial: Server) -> None:
    """What the browser sends when a tab is closed: the XSRF token of the page's own cookie."""
    connection = http.client.HTTPConnection(trial.url.removeprefix("http://").rstrip("/"))
    connection.request("GET", "/thu")
    answer = connection.getresponse()
    html = answer.read().decode()
    cookies = [value for name, value in answer.getheaders() if name == "Set-Cookie"]
    token = next(cookie.split(";")[0] for cookie in cookies if cookie.startswith("_xsrf="))
    kernel = kernel_of(html)
    headers = {"Cookie": token, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"/voila/api/shutdown/{kernel}", body=token, headers=headers)
    closed = connection.getresponse()
    closed.read()
    assert closed.status == 204
    connection.request("GET", f"/api/kernels/{kernel}")
    assert connection.getresponse().status == 404


async def talk(url: str, messages: list[dict[str, object]], wanted: str) -> dict[str, object]:
    """Send messages in the old JSON form (no subprotocol agreed on) and wait for one of the kind `wanted`."""
    client = await tornado.websocket.websocket_connect(url, max_message_size=LARGEST_MESSAGE)
    for message in messages:
        await client.write_message(json.dumps(message))
    while True:
        answer = await client.read_message()
        assert answer is not None, "the server closed the connection"
        if isinstance(answer, bytes):
            client.close()
            return {"binary": len(answer)}
        heard: dict[str, object] = json.loads(answer)
        if heard["msg_type"] == wanted:
            client.close()
            return heard


def in_a_thread(talking: Coroutine[Any, Any, Answer]) -> Answer:
    """Run a talk to its end in a thread of its own: a browser of other tests may hold this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asyncio.wait_for(talking, timeout=60)).result()


def a_message(kind: str, content: dict[str, object]) -> dict[str, object]:
    header = {
        "msg_id": secrets.token_hex(8),
        "msg_type": kind,
        "username": "",
        "session": "test",
        "version": "5.3",
        "date": "2026-01-01T00:00:00Z",
    }
    return {
        "channel": "shell",
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": content,
        "buffers": [],
    }


def test_a_binary_buffer_does_not_hang_the_server_for_clients_of_the_old_protocol(trial: Server) -> None:
    html = open_page(trial)
    ask = a_message("comm_msg", {"comm_id": echo_comm(html), "data": {"method": "custom", "content": {}}})
    heard = in_a_thread(talk(channels_of(trial, html), [ask], "comm_msg"))
    assert heard["binary"]
    with urlopen(trial.url, timeout=10) as home:
        assert home.status == 200


V1 = "v1.kernel.websocket.jupyter.org"
MALFORMED: list[bytes | str] = [
    b"\xff" * 64,
    b"\x7f" * 64,
    b"",
    b"\x01",
    bytes(64),
    (6).to_bytes(8, "little") + b"\xff" * 48,
    "no JSON",
    "[]",
    '{"channel": "shell"}',
    '{"channel": "shell", "header": null}',
]


async def pester(url: str, protocol: str | None) -> None:
    """Send what no page sends, in one go, and wait until the server has closed the connection at our wish."""
    protocols = [protocol] if protocol else None
    client = await tornado.websocket.websocket_connect(url, subprotocols=protocols)
    for message in MALFORMED:
        await client.write_message(message, binary=isinstance(message, bytes))
    client.close(1000, "done")
    while await client.read_message() is not None:
        pass
    assert client.close_code == 1000, "the server broke the connection off"


@pytest.mark.parametrize("protocol", [V1, None])
def test_malformed_messages_neither_hang_the_server_nor_end_the_connection(trial: Server, protocol: str | None) -> None:
    url = channels_of(trial, open_page(trial))
    in_a_thread(pester(url, protocol))
    with urlopen(trial.url, timeout=10) as home:
        assert home.status == 200


def test_code_sent_by_a_client_is_not_run(trial: Server, tmp_path: Path) -> None:
    url = channels_of(trial, open_page(trial))
    trace = tmp_path / "ran"
    code = a_message("execute_request", {"code": f"open({str(trace)!r}, 'w')", "silent": False})
    info = a_message("kernel_info_request", {})
    in_a_thread(talk(url, [code, info], "kernel_info_reply"))
    assert not trace.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows talks with kernels by ports")
def test_kernels_are_reached_by_files_where_their_names_are_short_enough() -> None:
    assert kernel_transport("/tmp") == "ipc"
    assert kernel_transport("/tmp/" + "rất/dài/" * 10) == "tcp"


def test_a_cleaner_of_temporary_files_stops_neither_pages_nor_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notebook(tmp_path / "notebooks" / "thu.ipynb", BUFFERS)
    temporary = tmp_path / "tam"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    own = start_server(tmp_path)
    for folder in temporary.iterdir():
        shutil.rmtree(folder)
    assert kernel_of(open_page(own))
    for folder in temporary.iterdir():
        shutil.rmtree(folder)
    assert own.stop() == 0
    assert not list(temporary.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locks that end with their process")
def test_a_server_takes_away_what_killed_ones_left_behind_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tam"
    (temporary / "voila_another" / "deeper").mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(temporary))
    killed, running = start_server(tmp_path), start_server(tmp_path)
    both = {*temporary.iterdir()}
    killed.process.kill()
    killed.process.wait()
    third = start_server(tmp_path)

    left = {*temporary.iterdir()}
    assert (len(both), len(both - left), len(left)) == (3, 1, 3)
    assert temporary / "voila_another" in left
    assert (running.stop(), third.stop()) == (0, 0)
    assert [*temporary.iterdir()] == [temporary / "voila_another"]


async def knock(url: str) -> None:
    """Open the websocket to a kernel, which may take its time, and go."""
    (await tornado.websocket.websocket_connect(HTTPRequest(url, request_timeout=90))).close()


def test_a_page_that_asks_for_a_kernel_that_has_just_ended_is_refused_without_a_traceback(tmp_path: Path) -> None:
    write_notebook(tmp_path / "notebooks" / "thu.ipynb", BUFFERS)
    own = start_server(tmp_path)
    address = channels_of(own, open_page(own))
    for kernel in kernels_of(own):
        os.kill(kernel, signal.SIGKILL)

    with pytest.raises(HTTPError) as refused:
        in_a_thread(knock(address))
    own.stop()
    assert refused.value.code == 404
    assert "Traceback" not in (tmp_path / "serve.log").read_text(encoding="utf-8")


def test_a_foreign_voila_configuration_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "voila.json").write_text('{"Voila": {"base_url": "/elsewhere/"}}', encoding="utf-8")
    command = [sys.executable, "-m", "chibo", "serve", "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    own = Server(listen_to(process), tmp_path, process)
    try:
        with urlopen(own.url) as answer:
            assert answer.status == 200
    finally:
        own.stop()


def test_a_home_that_does_not_exist_is_wrong_usage() -> None:
    result = CliRunner().invoke(cli, ["serve", "--home", "khong-co"])
    assert result.exit_code == 2
