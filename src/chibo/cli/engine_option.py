"""`--engine`: where the books of a command are judged, on this machine or on a cluster of several."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import click

from chibo.cli.asked_language import worded
from chibo.cli.steering import spelled_out
from chibo.engine.ports import Engine
from chibo.errors import ChiboError

_SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
_SENT, _SHARED = "send", "shared"
_LIKE = "dask://10.0.0.5:8786 hoặc dask://10.0.0.5:8786?books=1000&files=shared"


def _engine(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Engine | None:
    if value is None or value == "local":
        return None
    try:
        address = urlsplit(value)
        scheme, host, port = _SCHEMES[address.scheme], address.hostname, address.port
        options = dict(parse_qsl(address.query, strict_parsing=True)) if address.query else {}
        files, books = options.pop("files", _SENT), options.pop("books", None)
        if not host or not port or address.path.strip("/") or options or files not in {_SENT, _SHARED}:
            raise ValueError
        count = {"books_per_task": _positive(books)} if books is not None else {}
    except (KeyError, ValueError):
        shown = spelled_out(value)
        raise click.BadParameter(
            worded(
                f"«{shown}» không phải nơi đọc sổ. Viết như {_LIKE}.",
                f"«{shown}» is no place to read workbooks at. Write it like {_LIKE.replace(' hoặc ', ' or ')}.",
            )
        ) from None
    try:
        from chibo.engine.dask_cluster import DaskCluster  # noqa: PLC0415 - a part that not everybody installs
    except ModuleNotFoundError:
        raise ChiboError(
            "--engine dask://… cần phần mở rộng. Hãy cài: pip install 'chibo[cluster]'.",
            english="--engine dask://… needs an extra part. Install it: pip install 'chibo[cluster]'.",
        ) from None
    host = f"[{host}]" if ":" in host else host
    return DaskCluster(f"{scheme}://{host}:{port}", shared=files == _SHARED, **count)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


engine_option = click.option(
    "--engine",
    metavar="NƠI",
    callback=_engine,
    help="Nơi đọc sổ: local là máy này (mặc định); dask://MÁY:CỔNG là một cụm máy, xem docs/nhieu-may.md.",
)
"""Passed on as `engine`, None for this machine."""
