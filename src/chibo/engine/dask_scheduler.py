"""The way to the scheduler of a Dask cluster: whether it is one and answers, within seconds and in our own words."""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from distributed import Client, Security
from distributed.comm import connect

from chibo.errors import ChiboError

SECONDS_TO_ANSWER = 10

NO_WORKERS = (
    "bộ điều phối chưa có máy nào nhận việc. Trên mỗi máy đọc sổ hãy chạy: dask worker ĐỊA_CHỈ (xem docs/nhieu-may.md)."
)
_SILENT = (
    "bộ điều phối «{place}» không trả lời. Hãy kiểm tra địa chỉ, cổng, mạng, và lệnh dask scheduler có đang chạy{also}."
)
_ALSO_TLS = " với --protocol tls; chứng thư của hai bên phải do cùng một nơi cấp"
_FOREIGN = (
    "ở «{place}» là chương trình khác, không phải bộ điều phối của Dask. Hãy xem lại địa chỉ và cổng mà lệnh dask "
    "scheduler nêu khi khởi động."
)


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler. Raises ChiboError where it does not answer, is something else, or has no workers."""
    _silence_dask()
    security = _security(address)
    _ask_who_it_is(address, security)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            client = Client(address, timeout=SECONDS_TO_ANSWER, security=security, set_as_default=False)
    except (OSError, ValueError, TimeoutError, RuntimeError):
        raise ChiboError(_silent(address)) from None
    try:
        try:
            client.wait_for_workers(1, timeout=SECONDS_TO_ANSWER)
        except TimeoutError:
            raise ChiboError(NO_WORKERS) from None
        with client.as_current():
            yield client
    finally:
        with suppress(TimeoutError):
            client.close(timeout=SECONDS_TO_ANSWER)


def _silence_dask() -> None:
    """What matters of its words is told in ours. Each of its loggers has a level of its own."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in {"distributed", "tornado"}:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _ask_who_it_is(address: str, security: Security) -> None:
    """Raises ChiboError where no scheduler answers. Dask's own client waits for ever for what answers otherwise."""
    try:
        identity = asyncio.run(asyncio.wait_for(_identity(address, security), SECONDS_TO_ANSWER))
    except (OSError, TimeoutError):
        raise ChiboError(_silent(address)) from None
    except Exception:  # of whatever kind: what was read is no message of Dask's
        raise ChiboError(_FOREIGN.format(place=_place(address))) from None
    if not isinstance(identity, dict) or identity.get("type") != "Scheduler":
        raise ChiboError(_FOREIGN.format(place=_place(address)))


async def _identity(address: str, security: Security) -> object:
    """What stands there says of itself, as plain values: nothing of it is unpickled."""
    comm = await connect(
        address, timeout=SECONDS_TO_ANSWER, deserialize=False, **security.get_connection_args("client")
    )
    try:
        await comm.write({"op": "identity", "reply": True})
        return await comm.read()
    finally:
        comm.abort()


def _silent(address: str) -> str:
    return _SILENT.format(place=_place(address), also=_ALSO_TLS if address.startswith("tls:") else "")


def _place(address: str) -> str:
    return address.partition("://")[2]


def _security(address: str) -> Security:
    """The certificates that Dask's own settings name. Raises ChiboError where they do not go with the address."""
    security = Security()
    if not address.startswith("tls:"):
        if security.require_encryption:
            raise ChiboError("cấu hình Dask của máy này đòi mã hóa. Hãy viết --engine dask+tls://… thay cho dask://….")
        return security
    try:
        context = security.get_connection_args("client").get("ssl_context")
    except OSError:
        raise ChiboError(
            "không dùng được chứng thư nêu trong cấu hình Dask của máy này: thiếu tệp, không có quyền đọc, hoặc khóa "
            "không phải của chứng thư. Hãy xem lại ca-file và phần client (docs/nhieu-may.md)."
        ) from None
    if context is None:
        raise ChiboError("dask+tls:// cần chứng thư: nêu trong cấu hình Dask của máy này (xem docs/nhieu-may.md).")
    return security
