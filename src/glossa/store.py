"""The only reader and writer of what Glossa keeps on disk: strict when it reads, atomic and locked when it writes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from glossa.catalogs import po as po_text
from glossa.errors import DataError, GlossaError, UsageError
from glossa.languages import TARGETS

if TYPE_CHECKING:
    import polib

    from glossa.catalogs.termbase import Domain

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


# The glossary


def glossary_path(directory: Path, lang: str | None, domain: str) -> Path:
    """Where the template (None) or a language's catalogue of a domain stands in a glossary's directory."""
    return directory / f"{domain}.pot" if lang is None else directory / lang / f"{domain}.po"


def read_glossary(
    directory: Path, domains: Collection[str] | None = None, langs: Collection[str] = tuple(TARGETS)
) -> dict[str, Domain]:
    """The domains of a glossary by name: all that are there, or those asked for, whether or not they are there.

    Raises:
        DataError: a file cannot be read or is broken.
    """
    if domains is None:
        found = [*directory.glob("*.pot"), *(path for lang in langs for path in directory.glob(f"{lang}/*.po"))]
        domains = sorted({path.stem for path in found if not path.name.startswith(".")})
    return {name: _read_domain(directory, name, langs, {}) for name in domains}


def _read_domain(directory: Path, name: str, langs: Collection[str], texts: Mapping[Path, str]) -> Domain:
    """The domain, from `texts` where they have its files. The terms in it are read, too, to see that they can be."""
    from glossa.catalogs.termbase import Domain
    from glossa.terms.glossary import from_po

    files: dict[str | None, polib.POFile | None] = {}
    for lang in (None, *langs):
        path = glossary_path(directory, lang, name)
        text = texts[path] if path in texts else read_text(path) if path.exists() else None
        files[lang] = None if text is None else po_text.parse(text, path)
    template = files.pop(None)
    for lang in langs:
        pot = glossary_path(directory, None, name)
        from_po(template, files[lang], lang, name, glossary_path(directory, lang, name), template_path=pot)
    return Domain(name, template, {lang: files[lang] for lang in langs})


def update_glossary(
    root: Path, domain: str, langs: Collection[str], update: Callable[[Domain], Domain], timeout: float = 60
) -> list[Path]:
    """Read a domain of the workspace's glossary, change it and write what changed, all under the workspace's lock.

    Args:
        root: directory of the workspace.
        domain: its name.
        langs: the languages whose catalogues are read and may be written.
        update: takes the domain as it is and returns it as it shall be.
        timeout: seconds to wait for the lock.

    Returns:
        The files that were written; what would say the same as before is not.

    Raises:
        UsageError: no domain can have that name.
        DataError: a file cannot be read or written, or is broken; nothing was written.
    """
    return update_glossaries(root, [domain], langs, lambda now: {domain: update(now[domain])}, timeout)[0]


def update_glossaries(
    root: Path,
    domains: Collection[str] | None,
    langs: Collection[str],
    update: Callable[[Mapping[str, Domain]], Mapping[str, Domain]],
    timeout: float = 60,
) -> tuple[list[Path], dict[str, Domain]]:
    """Like `update_glossary`, for several domains: those asked for, or (None) all that are there.

    `update` returns those that it changed or made. The domains, too, are returned, as they are in the files now.
    """
    directory = root / "glossary"
    if directory.resolve().is_relative_to(Path(__file__).resolve().parent):
        raise UsageError(f"{directory} belongs to Glossa; make a workspace of your own with: glossa init")
    for name in domains or ():
        _check_name(name)
    with locked(root, timeout):
        before = read_glossary(directory, domains, langs)
        after = update(before)
        texts: dict[Path, str] = {}
        for name, domain in after.items():
            if name not in before:
                _check_name(name)
            for lang, po in ((None, domain.template), *domain.catalogues.items()):
                old = before.get(name)
                was = None if old is None else old.template if lang is None else old.catalogues.get(lang)
                if po is not None and po is not was:
                    path = glossary_path(directory, lang, name)
                    texts[path] = po_text.dump(po) if was is None else _patched(read_text(path), was, po, path)
        done = {name: _read_domain(directory, name, langs, texts) for name in after if texts}
        for path in texts:
            _check_writable(path)
        for path, text in texts.items():
            write_atomic(path, text)
    return list(texts), {**before, **done}


def _check_writable(path: Path) -> None:
    """Raise before anything is written what writing the file would raise."""
    target = Path(os.path.realpath(path))
    try:
        _mode(target)
        parent = next(parent for parent in target.parents if parent.exists())
        if not os.access(parent, os.W_OK | os.X_OK):
            raise PermissionError(0, "permission denied")
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror or error}", path) from error


def _check_name(domain: str) -> None:
    safe = all(char in "_-" or unicodedata.category(char)[0] in "LMN" for char in domain)
    if not domain or not safe or len(domain.encode()) > _LONGEST:
        raise UsageError(f"a domain's name is made of letters, digits, - and _; {domain!r} is not")
    if domain != "glossa" and _RESERVED.fullmatch(domain):
        raise UsageError(f"a domain cannot be called {domain!r}: Windows keeps that name for itself")


# What is not concerned stays byte for byte as another tool wrote it

_PART = re.compile(r"(#~\||#~|#\|)?[ \t]*(msg[a-z_]+|\")?")
_Range: TypeAlias = tuple[int, int]  # of lines, the second one behind the last


def _patched(text: str, old: polib.POFile, new: polib.POFile, path: Path) -> str:
    """The text of the catalogue `new`, with the lines of `text`, which `old` was read from, for what is the same.

    Another tool may wrap lines or order headers otherwise than `catalogs.po.dump`.
    """
    end = "\r" if "\r\n" in text else ""
    lines = (text if text.endswith("\n") else text + end + "\n").split("\n")
    entries = _entry_lines(lines)
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    at = {entry.linenum for entry in old}
    header = next((place for number, place in entries.items() if number not in at), None)
    ours = list(new) if any(a.obsolete > b.obsolete for a, b in pairwise(old)) else sorted(new, key=_obsolete)

    pieces: list[tuple[_Range | None, list[str]]] = []
    if new.metadata or new.header:
        pieces.append((header, _header_lines(lines, header, old, new, end)))
    for entry in ours:
        was = known.get((entry.msgctxt, entry.msgid))
        place = None if was is None else entries.get(was.linenum or 0)
        same = was is not None and place is not None and _content(was) == _content(entry)
        pieces.append((place, lines[slice(*place)] if same and place else _dumped(entry, end)))

    follows = dict(pairwise(entries.values()))
    first, last = next(iter(entries.values()), (0, 0)), next(reversed(entries.values()), (0, 0))
    out = lines[: first[0]]
    for (place, piece), (after, _) in pairwise([*pieces, (None, [])]):
        adjacent = place is not None and after is not None and follows.get(place) == after
        gap = lines[place[1] : after[0]] if adjacent and place and after else [end]
        out += [*piece, *gap]
    out[-1:] = lines[last[1] :]  # what follows the last entry
    result = "\n".join(out)
    wanted = po_text.dump(new)
    if po_text.dump(po_text.parse(result, path)) != wanted:  # pragma: no cover - a safeguard
        return wanted.replace("\n", end + "\n")
    return result


def _entry_lines(lines: list[str]) -> dict[int, _Range]:
    """Where the entries of a PO file stand, by the number of the line of their msgid."""
    found: dict[int, _Range] = {}
    start, msgid, end, done = -1, 0, 0, False
    for number, raw in enumerate(lines):
        line = raw.strip(" \t\r\f\v")
        match = _PART.match(line)
        if not line or line == "#~" or match is None:
            continue
        word = match[2] or ""
        if done and word != '"' and not word.startswith("msgstr"):
            found[msgid] = (start, end)
            start, done = -1, False
        start = number if start < 0 else start
        if word == "msgid" and match[1] in (None, "#~"):
            msgid = number + 1
        done = done or word.startswith("msgstr")
        end = number + 1
    if done:
        found[msgid] = (start, end)
    return found


def _header_lines(lines: list[str], place: _Range | None, old: polib.POFile, new: polib.POFile, end: str) -> list[str]:
    """The lines of the header, with new values in the places of the old ones where there is one line for each."""
    import polib

    bare = polib.POFile()
    bare.metadata, bare.header, bare.metadata_is_fuzzy = new.metadata, new.header, new.metadata_is_fuzzy
    dumped = [line + end for line in po_text.dump(bare).removesuffix("\n").split("\n")]
    if place is None or (old.header, old.metadata_is_fuzzy) != (new.header, new.metadata_is_fuzzy):
        return dumped
    changed = {name: value for name, value in new.metadata.items() if old.metadata.get(name) != value}
    kept = lines[slice(*place)]
    for number, line in enumerate(kept):
        match = re.fullmatch(r'(\s*"([^":]+):[ \t]*)[^"\\]*(\\n"\s*)', line)
        if match and match[2] in changed:
            kept[number] = match[1] + changed.pop(match[2]) + match[3]
    return dumped if changed else kept


def _content(entry: polib.POEntry) -> dict[str, object]:
    return {name: value for name, value in vars(entry).items() if name != "linenum"}


def _dumped(entry: polib.POEntry, end: str) -> list[str]:
    import polib

    po = polib.POFile()
    po.append(entry)
    return [line + end for line in po_text.dump(po).removesuffix("\n").split("\n")]


def _obsolete(entry: polib.POEntry) -> bool:
    return bool(entry.obsolete)
