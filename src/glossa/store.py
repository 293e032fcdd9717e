"""The only reader and writer of what Glossa keeps on disk: strict when it reads, atomic and locked when it writes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from glossa.catalogs import po as po_text
from glossa.errors import DataError, GlossaError

if TYPE_CHECKING:
    import polib

_NEWLINE = re.compile(rb"\r\n|\r|\n")


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, line ends as they are, without a byte order mark.

    Raises:
        DataError: the file cannot be read, is not UTF-8 (the message names the byte, the error the line) or is binary.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(error.strerror or str(error), path) from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError("this is UTF-16 text; save it as UTF-8", path, 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error.start` counts from behind a byte order mark
        at = error.start + (len(data) - len(error.object))
        raise DataError(f"not UTF-8: byte 0x{data[at]:02X} at offset {at}", path, _line(data, at)) from None
    if "\0" in text:
        at = data.index(b"\0")
        raise DataError(f"not a text: NUL byte at offset {at}", path, _line(data, at))
    return text


def _line(data: bytes, at: int) -> int:
    return len(_NEWLINE.findall(data[:at])) + 1


def write_atomic(path: Path, data: str | bytes) -> None:
    """Put `data` into the file in one step: whoever reads it, or kills us, finds the old or the new content, whole.

    Directories are made as needed, an existing file keeps its mode, a symbolic link stays and its target is written.

    Raises:
        DataError: it could not be written (full disk, no permission, …); the old file is untouched.
    """
    try:
        content = data.encode("utf-8") if isinstance(data, str) else data
    except UnicodeEncodeError as error:
        raise DataError(f"cannot be written as UTF-8: {error.reason} at character {error.start}", path) from error
    try:
        target = Path(os.path.realpath(path))
        mode = _mode(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content, mode)
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror or error}", path) from error


def _mode(target: Path) -> int | None:
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "not a regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError(0, "permission denied")
    return stat.S_IMODE(status.st_mode)


def _replace(target: Path, content: bytes, mode: int | None) -> None:
    temporary = target.parent / f".glossa-{secrets.token_hex(8)}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_directory(target.parent)


def _sync_directory(directory: Path) -> None:
    """Make the new name last through a power cut, where the file system can; the file is whole anyway."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def locked(root: Path, timeout: float = 60) -> Iterator[None]:
    """Hold the workspace's lock, `.glossa/lock`, against other Glossas; it cannot be taken twice by one process.

    Args:
        root: directory of the workspace.
        timeout: seconds to wait for it.

    Raises:
        GlossaError: another process held it all that time.
        DataError: the lock file cannot be made.
    """
    import filelock

    path = root / ".glossa" / "lock"
    lock = filelock.FileLock(path, timeout=timeout)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        raise GlossaError(f"{path}: another Glossa has been holding this lock for {timeout:g} seconds") from None
    except OSError as error:
        raise DataError(f"cannot be locked: {error.strerror or error}", path) from error
    try:
        ignore = path.with_name(".gitignore")
        if not ignore.exists():
            write_atomic(ignore, "*\n")
        yield
    finally:
        lock.release()


def catalogue_path(root: Path, lang: str, domain: str) -> Path:
    """Where the catalogue of that domain (see `domain_of`) and language stands in the workspace."""
    return root / "locale" / lang / "LC_MESSAGES" / f"{domain}.po"


def load_catalogue(root: Path, lang: str, domain: str) -> polib.POFile | None:
    """The catalogue, or None where there is none yet.

    Raises:
        DataError: it cannot be read or is broken.
    """
    path = catalogue_path(root, lang, domain)
    return po_text.parse(read_text(path), path) if path.exists() else None


def update_catalogue(
    root: Path, lang: str, domain: str, update: Callable[[polib.POFile | None], polib.POFile], timeout: float = 60
) -> bool:
    """Read the catalogue, change it and write it, all under the workspace's lock.

    Args:
        root: directory of the workspace.
        lang: code of the target language.
        domain: name of the catalogue, see `domain_of`.
        update: takes what is in the file now (None: no file) and returns what shall be in it.
        timeout: seconds to wait for the lock.

    Returns:
        Whether the file was written; it is not when it would say the same as before.
    """
    path = catalogue_path(root, lang, domain)
    with locked(root, timeout):
        before = read_text(path) if path.exists() else None
        old = None if before is None else po_text.parse(before, path)
        unchanged = None if old is None else po_text.dump(old)
        text = po_text.dump(update(old))
        if text == unchanged:
            return False
        if before is not None and "\r\n" in before:
            text = text.replace("\n", "\r\n")
        write_atomic(path, text)
        return True


_RESERVED = re.compile(r"(?:glossa|con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_LONGEST = 150  # bytes; file systems allow 255 with ".po" and the temporary name


def domain_of(article: str) -> str:
    """The name of an article's catalogues: its file name without suffix, letters, digits, "_" and "-" only.

    "texts/Visit to Phnom Penh.md" gives "Visit-to-Phnom-Penh", "-" gives "stdin". "glossa" is kept for the messages
    of the program itself. Articles of the same name share their catalogues, wherever they stand.
    """
    if article == "-":
        return "stdin"
    stem = unicodedata.normalize("NFC", Path(article).stem)
    safe = "".join(char if char in "_-" or unicodedata.category(char)[0] in "LMN" else "-" for char in stem)
    safe = re.sub("-{2,}", "-", safe).strip("-") or "article"
    if _RESERVED.fullmatch(safe):
        safe += "-article"
    if len(safe.encode()) > _LONGEST:
        digest = hashlib.sha256(safe.encode()).hexdigest()[:8]
        safe = safe.encode()[:_LONGEST].decode(errors="ignore") + "-" + digest
    return safe
