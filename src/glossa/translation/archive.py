"""Archives of translation packages (.argosmodel, a zip): what is wrong with one, and unpacking it.

Packages come from strangers, so an archive is looked through before anything of it is written: its table of contents
has to be small, its entries plain files that stay inside their directory, and its sizes believable.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import IO

MAX_ENTRIES = 1000
MAX_BYTES = 4 << 30  # unpacked
MAX_RATIO = 100  # unpacked to packed; a network's weights hardly compress
# What zipfile raises where an archive is damaged.
BAD_ARCHIVE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OverflowError)

_MAX_DIRECTORY = 1 << 20  # bytes of the archive's table of contents
_CHUNK = 1 << 20

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,127}")


def container_problem(stream: IO[bytes]) -> str:
    """Why the file is not to be given to zipfile, which reads the whole table of contents, or "".

    `stream` stands at the beginning of the file.

    Raises:
        OSError: the file cannot be read.
    """
    if stream.read(4) != b"PK\x03\x04":
        return "not a zip archive"
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - (1 << 16) - 98))  # longest comment, and the three records that may stand before it
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return "cut short: the end of the zip archive is missing"
    count, table = struct.unpack_from("<HI", tail, end + 10)
    if end >= 76 and tail[end - 20 : end - 16] == b"PK\x06\x07":  # zip64
        count, table = struct.unpack_from("<QQ", tail, end - 44)
    return f"more than {MAX_ENTRIES} entries" if count > MAX_ENTRIES or table > _MAX_DIRECTORY else ""


def _name_problem(name: str) -> str:
    """Why an archive must not hold an entry of that name (a directory's ends with "/"), or ""."""
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or ".." in parts or re.match("[A-Za-z]:", name):
        return "leaves its directory"
    if not name.isprintable() or set(name) & set('\\:*?"<>|'):
        return "has a forbidden character"
    if any(
        part != part.strip() or part in ("", ".") or part.endswith(".") or len(part.encode()) > 200 for part in parts
    ):
        return "is not a plain path"
    return ""


def _entry_problem(info: zipfile.ZipInfo) -> str:
    """Why the entry is refused, or ""."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if problem := _name_problem(info.orig_filename):
        return f"path {line(ascii(info.orig_filename))} {problem}"
    if info.filename != info.orig_filename:
        return f"{line(info.filename)} has two names"
    if kind not in (0, stat.S_IFDIR if info.is_dir() else stat.S_IFREG) or info.external_attr & 0x400:
        return f"{info.filename} is a symbolic link or a special file"
    if info.flag_bits & 0x41:
        return f"{info.filename} is encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"{info.filename} is compressed in a way that packages do not use"
    if info.is_dir() and info.file_size:
        return f"{info.filename} is a directory with content"
    return ""


def contents(archive: zipfile.ZipFile) -> tuple[str, str]:
    """The one directory at the top of the archive, and why the archive is refused, or ""."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        return "", f"more than {MAX_ENTRIES} entries"
    for problem in map(_entry_problem, entries):
        if problem:
            return "", problem
    unpacked, packed = sum(info.file_size for info in entries), sum(info.compress_size for info in entries)
    if unpacked > MAX_BYTES:
        return "", f"unpacks to more than {MAX_BYTES >> 30} GiB"
    if unpacked > max(_CHUNK, MAX_RATIO * packed):
        return "", f"a zip bomb: {packed} bytes unpack to {unpacked}"
    end = 0
    for info in sorted(entries, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return "", f"damaged: {info.filename} overlaps another entry"
        end = info.header_offset + 30 + info.compress_size
    names: set[str] = set()
    paths: dict[str, tuple[str, bool]] = {}  # also the directories that only follow from other paths
    for info in entries:
        parts = info.filename.removesuffix("/").split("/")
        if _key(parts) in names:
            return "", f"{info.filename} is there twice"
        names.add(_key(parts))
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth]), depth < len(parts) or info.is_dir()
            if paths.setdefault(_key(parts[:depth]), path) != path:
                return "", f"{info.filename} cannot stand beside {paths[_key(parts[:depth])][0]}"
    tops = {info.filename.split("/")[0] for info in entries}
    name = next(iter(tops), "")
    if len(tops) != 1 or not _NAME.fullmatch(name) or f"{name}/metadata.json" not in archive.namelist():
        return "", "not a package: it must hold one directory with metadata.json in it, and nothing else"
    return name, ""


def _key(parts: Sequence[str]) -> str:
    """A path as a file system sees it that knows neither case nor composition."""
    return unicodedata.normalize("NFC", "/".join(parts)).casefold()


def line(text: str) -> str:
    """`text` as part of one line for the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)[:200].strip()


def unpack(archive: zipfile.ZipFile, target: Path) -> None:
    """Unpack an archive whose `contents` were found good, counting, for the sizes that it names may be wrong.

    Everything is on the disk when this returns.

    Raises:
        OSError: the directory `target`, made if it is not there, cannot be written.
        BAD_ARCHIVE: an entry is damaged or not as long as it says.
    """
    for info in archive.infolist():
        path = target / info.filename
        if info.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        written = 0
        longer = copy(info)  # or zipfile stops where the header says, and what comes after it is never seen
        longer.file_size += 1
        with archive.open(longer) as source, path.open("xb") as sink:
            while written <= info.file_size and (chunk := source.read(_CHUNK)):
                written += len(chunk)
                sink.write(chunk)
            sink.flush()
            os.fsync(sink.fileno())
        if written != info.file_size:
            raise zipfile.BadZipFile(f"{info.filename} is not as long as it says")
    for folder, _, _ in os.walk(target):
        sync(Path(folder))


def sync(directory: Path) -> None:
    """Make a directory's names durable; where the system cannot (Windows), that is all."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
