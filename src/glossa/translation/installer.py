"""Installing and removing translation packages, in the directory where argostranslate keeps them.

`install` and `remove` touch that packages directory alone. They hold a lock while they change it, prepare everything in
a directory of their own, and move packages in or out whole, so that another process never sees half a package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from glossa.errors import PackageError
from glossa.translation import archive
from glossa.translation.packages import BUNDLED, Package, check, directories, read, readable

_LOCK_SECONDS = 60.0
_LOAD_SECONDS = 120.0


def install(file: Path, environ: Mapping[str, str], home: Path, *, load: bool = True) -> Package:
    """Install an .argosmodel file; a package of the same directory name is replaced.

    Everything is checked before the packages directory changes, and on failure nothing is left behind. The package
    is unpacked beside that directory (inside it, under a hidden name, where that cannot be), and moved in at the end.

    With `load`, the network is also loaded and translates a word, in another process, since CTranslate2 may crash on a
    file made to harm it. That costs about a second.

    Raises:
        PackageError: the file is no package, broken or refused, or the directory cannot be written.
    """
    target = directories(environ, home)[0]
    try:
        if not file.is_file():
            file.stat()
            raise PackageError(f"{file}: not a file")
        with file.open("rb") as stream:
            if problem := archive.container_problem(stream):
                raise PackageError(f"{file}: {problem}")
            with zipfile.ZipFile(stream) as opened:
                name, problem = archive.contents(opened)
                if problem:
                    raise PackageError(f"{file}: {problem}")
                with _exclusive(target) as (packages, staging):
                    free = shutil.disk_usage(staging).free
                    if free < (need := sum(info.file_size for info in opened.infolist())):
                        raise PackageError(f"{file}: needs {need >> 20} MiB in {packages}, {free >> 20} MiB are free")
                    archive.unpack(opened, staging / "new")
                    _accept(file, staging / "new" / name, load=load)
                    _swap(staging, packages, name)
    except archive.BAD_ARCHIVE as error:
        raise PackageError(f"{file}: damaged archive ({archive.line(str(error)) or type(error).__name__})") from error
    except OSError as error:
        place = "" if error.filename is not None and Path(error.filename) == file else f" in {target}"
        raise PackageError(f"{file}: cannot be installed{place}: {error.strerror or error}") from error
    installed = read(target / name, bundled=False)
    if installed is None:
        raise PackageError(f"{target / name}: changed while it was being installed")
    return installed


def remove(name: str, environ: Mapping[str, str], home: Path) -> Package:
    """Remove an installed package.

    `name` is its directory name, or argospm's name where only one package has it.

    Raises:
        PackageError: no installed package has that name, several have, it is bundled, or it cannot be removed.
    """
    target = directories(environ, home)[0]
    try:
        installed = readable(target, bundled=False)
        found = [package for package in installed if package.name == name]
        found = found or [package for package in installed if package.argospm_name == name]
        if not found:
            if any(name in (package.name, package.argospm_name) for package in readable(BUNDLED, bundled=True)):
                raise PackageError(f"package {name} comes with Glossa and cannot be removed")
            names = ", ".join(package.name for package in installed) or "none"
            raise PackageError(f"no package {name!r} in {target}; installed there: {names}")
        if len(found) > 1:
            raise PackageError(f"{name!r} may be any of {', '.join(package.name for package in found)}: say which")
        with _exclusive(target) as (packages, staging):
            (packages / found[0].name).rename(staging / found[0].name)
            archive.sync(packages)
    except OSError as error:
        raise PackageError(f"{target / name}: cannot be removed: {error.strerror or error}") from error
    return found[0]


def _accept(file: Path, unpacked: Path, *, load: bool) -> None:
    """Raise PackageError, naming the archive, unless the unpacked package is whole and can be used."""
    try:
        package = read(unpacked, bundled=False)
        if package:
            check(package)
    except PackageError as error:
        raise PackageError(f"{file}: {str(error).removeprefix(f'{unpacked}: ')}") from error
    if package is None:
        raise PackageError(f"{file}: not a translation package")
    if load and (problem := _load_problem(package)):
        raise PackageError(f"{file}: {problem}")


_LOAD = """
import sys
import ctranslate2
from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer
model, file, source, target, prefix = sys.argv[1:]
sentencepiece = file.endswith("sentencepiece.model")
tokenizer = SentencePieceTokenizer(file) if sentencepiece else BPETokenizer(file, source, target)
translator = ctranslate2.Translator(model, device="cpu", inter_threads=1, intra_threads=1)
prefixes = [[prefix]] if prefix else None
translator.translate_batch([tokenizer.encode("a test")], target_prefix=prefixes, beam_size=1, max_decoding_length=4)
"""


def _load_problem(package: Package) -> str:
    """Why the network cannot be used, found by using it in another process, or ""."""
    arguments = [str(package.path / "model"), str(package.tokenizer_file), package.from_code, package.to_code]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _LOAD, *arguments, package.target_prefix],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LOAD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"loading the network took more than {_LOAD_SECONDS:.0f} seconds"
    if not done.returncode:
        return ""
    if done.returncode < 0:
        return "loading the network crashed"
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return f"the network cannot be loaded ({archive.line(lines[-1]) if lines else 'no reason given'})"


@contextmanager
def _exclusive(directory: Path) -> Iterator[tuple[Path, Path]]:
    """Hold the packages directory for oneself and have a directory on the same file system to prepare changes in.

    Yields the real path of the packages directory, made if it was not there, and the other directory. The latter, the
    lock file and directories made in vain are gone afterwards; what a killed process left is cleared away first.
    """
    from filelock import FileLock, Timeout

    packages = directory.resolve()
    made = [path for path in (packages, *packages.parents) if not path.exists()]
    try:
        packages.mkdir(parents=True, exist_ok=True)
        lock = FileLock(packages / ".glossa.lock", timeout=_LOCK_SECONDS)  # argostranslate looks at directories only
        try:
            lock.acquire()
        except Timeout:
            raise PackageError(f"{packages}: another process is changing the packages; try again later") from None
        try:
            prefix = f".{packages.name}-glossa-"
            for place in (packages.parent, packages):
                _clear(place, prefix, packages)
            staging = _staging(packages, prefix)
            try:
                yield packages, staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        finally:
            with suppress(OSError):  # safe while it is held: filelock never takes a lock on a file without a name
                (packages / ".glossa.lock").unlink()
            lock.release()
    finally:
        for path in made:
            with suppress(OSError):
                path.rmdir()


def _staging(packages: Path, prefix: str) -> Path:
    """A new directory from which a rename into the packages directory works; tried with an empty file."""
    for place in (packages.parent, packages):
        with suppress(OSError):
            staging = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
            try:
                (staging / "probe").touch()
                (staging / "probe").rename(packages / f"{prefix}probe")
                (packages / f"{prefix}probe").unlink()
                # argostranslate opens every directory that it finds among the packages and would stumble over this
                # one if it lay there; with a type of its own it is passed over.
                (staging / "metadata.json").write_text('{"type": "glossa-staging"}', encoding="utf-8")
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise
            return staging
    return Path(tempfile.mkdtemp(prefix=prefix, dir=packages))  # fails as the last one did


def _clear(place: Path, prefix: str, packages: Path) -> None:
    """Undo what a killed process left half done: put back a package that it had moved away, remove the rest."""
    with suppress(OSError), os.scandir(place) as entries:
        for left in [Path(entry) for entry in entries if entry.name.startswith(prefix)]:
            if left.is_dir() and not left.is_symlink():
                for old in left.glob("old/*"):
                    if not os.path.lexists(packages / old.name):
                        old.rename(packages / old.name)
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()


def _swap(staging: Path, packages: Path, name: str) -> None:
    """Move the new package in, and the old one, if there is one, out; on failure the old one is there again."""
    new, old, target = staging / "new" / name, staging / "old" / name, packages / name
    old.parent.mkdir()
    try:
        if os.path.lexists(target):
            target.rename(old)
        new.rename(target)
    except BaseException:
        if os.path.lexists(old) and not os.path.lexists(target):
            old.rename(target)
        raise
    archive.sync(packages)
