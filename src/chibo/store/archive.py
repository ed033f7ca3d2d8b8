"""The file of a backup: a zip archive whose manifest has the hash of each member, sealed by a passphrase if wished.

Without a passphrase any program that knows zip, JSON and Excel reads it. With one, each member is a Fernet token
(AES-128 and HMAC-SHA256) under a key made of the passphrase by scrypt.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import define, field

from chibo.errors import ChiboError
from chibo.file_names import printable

FORMAT = 1
MANIFEST = "manifest.json"
_SALT = "salt"
_SALT_BYTES = 16
_COST = 2**15
_DAMAGED = "Tệp sao lưu «{name}» bị hỏng ở «{member}». Hãy dùng bản sao lưu khác."


class _Cipher:
    """Seals and opens members with a passphrase; leaves them as they are without one."""

    def __init__(self, passphrase: str, salt: bytes) -> None:
        self._fernet: Any = None
        if passphrase:
            from cryptography.fernet import Fernet  # noqa: PLC0415 - only offices that seal their backups need it

            key = hashlib.scrypt(passphrase.encode(), salt=salt, n=_COST, r=8, p=1, maxmem=2**26, dklen=32)
            self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def sealed(self, data: bytes) -> bytes:
        return self._fernet.encrypt(data) if self._fernet else data

    def opened(self, data: bytes) -> bytes:
        """The member; ValueError where it was sealed with another passphrase, or changed since."""
        if self._fernet is None:
            return data
        from cryptography.fernet import InvalidToken  # noqa: PLC0415

        try:
            return bytes(self._fernet.decrypt(data))
        except InvalidToken:
            raise ValueError from None


@define
class ArchiveWriter:
    """Writes the members of a backup, then the manifest."""

    _zip: zipfile.ZipFile
    _cipher: _Cipher
    _hashes: dict[str, str] = field(factory=dict, init=False)

    @classmethod
    def begin(cls, archive: zipfile.ZipFile, passphrase: str) -> ArchiveWriter:
        """Begin an archive with what its key is made from."""
        salt = secrets.token_bytes(_SALT_BYTES)
        if passphrase:
            archive.writestr(_SALT, salt)
        return cls(archive, _Cipher(passphrase, salt))

    def add(self, name: str, data: bytes) -> None:
        """Add a member."""
        self._hashes[name] = hashlib.sha256(data).hexdigest()
        self._zip.writestr(name, self._cipher.sealed(data))

    def finish(self, about: dict[str, object]) -> None:
        """Add the manifest: what the backup is of, and the hash of every member."""
        manifest = {"chibo-backup": FORMAT, **about, "members": self._hashes}
        self._zip.writestr(MANIFEST, self._cipher.sealed(json.dumps(manifest, ensure_ascii=False).encode()))


class ArchiveReader:
    """Reads a backup; every member is held against the manifest."""

    def __init__(self, path: Path, passphrase: str = "") -> None:
        self._name = printable(path.name)
        try:
            self._zip = zipfile.ZipFile(path)
            sealed = _SALT in self._zip.namelist()
            salt = self._zip.read(_SALT) if sealed else b""
        except (OSError, zipfile.BadZipFile):
            raise ChiboError(f"«{self._name}» không phải tệp sao lưu của Chibo, hoặc đã hỏng.") from None
        if sealed and not passphrase:
            raise ChiboError("Bản sao lưu này có mật khẩu. Nêu tệp chứa mật khẩu: --passphrase-file TỆP.")
        self._cipher = _Cipher(passphrase if sealed else "", salt)
        self.about = self._manifest(sealed)
        self._hashes: dict[str, str] = self.about["members"]

    def names(self, folder: str) -> list[str]:
        """The members below a folder, in order."""
        return sorted(name for name in self._hashes if name.startswith(f"{folder}/"))

    def read(self, name: str) -> bytes:
        """A member. Raises ChiboError where it is missing or no longer what was put in."""
        try:
            data = self._cipher.opened(self._zip.read(name))
        except (KeyError, ValueError, OSError, zipfile.BadZipFile, zipfile.LargeZipFile):
            data = None
        except Exception as error:  # zlib's own error, which is no OSError
            raise ChiboError(_DAMAGED.format(name=self._name, member=name)) from error
        if data is None or hashlib.sha256(data).hexdigest() != self._hashes.get(name):
            raise ChiboError(_DAMAGED.format(name=self._name, member=name))
        return data

    def lines(self, name: str) -> Iterator[str]:
        """The lines of a member of text."""
        yield from self.read(name).decode("utf-8").splitlines()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def _manifest(self, sealed: bool) -> dict[str, Any]:
        try:
            about = json.loads(self._cipher.opened(self._zip.read(MANIFEST)))
            known = about["chibo-backup"] <= FORMAT
        except (KeyError, ValueError, TypeError):
            what = "Mật khẩu không đúng, hoặc tệp" if sealed else "Tệp"
            raise ChiboError(f"{what} sao lưu «{self._name}» bị hỏng.") from None
        if not known:
            raise ChiboError("Bản sao lưu do Chibo mới hơn ghi. Hãy cập nhật Chibo trên máy này rồi làm lại.")
        return dict(about)
