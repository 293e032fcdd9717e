"""Translation packages: those that come with Glossa and those that the user installed, in argostranslate's format.

Installed packages lie where argostranslate keeps them, so that what `argospm` installed is seen here and what Glossa
installs works there. Nothing of argostranslate is imported for that, since its `settings` module makes three
directories under the home as soon as it is imported; only `tokenizer` uses the one module of it that imports none of
the others. Nothing here creates or changes a file; `glossa.translation.installer` does.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.version import InvalidVersion, Version

from glossa.errors import PackageError
from glossa.translation import network

if TYPE_CHECKING:
    from glossa.translation.engine import Tokenizer

BUNDLED = Path(str(files("glossa") / "data" / "models"))
TOKENIZERS = ("sentencepiece.model", "bpe.model")  # the order in which argostranslate looks for them

_MAX_METADATA = 1 << 20
_CHUNK = 1 << 20

_CODE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_HOW = "install one with `glossa models install FILE.argosmodel`"


@dataclass(frozen=True)
class Package:
    """A translation package on disk.

    Args:
        name: the name of its directory.
        version: `package_version` of its metadata.
        target_prefix: the token that every target begins with, or "".
        term_tags: the marks that its network understands around text already in the target language, or None.
        license: the licence of the package, or "" where it names none.
    """

    name: str
    path: Path
    version: str
    from_code: str
    to_code: str
    from_name: str
    to_name: str
    bundled: bool
    target_prefix: str
    term_tags: tuple[str, str] | None
    license: str

    @property
    def argospm_name(self) -> str:
        """The name by which argospm knows it: "translate-en_km"."""
        return f"translate-{self.from_code}_{self.to_code}"

    @property
    def tokenizer_file(self) -> Path | None:
        """Its tokenizer's model, if there is one."""
        return next((self.path / name for name in TOKENIZERS if (self.path / name).is_file()), None)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of network and tokenizer, in hexadecimal digits; packages that share both differ in the prefix only.

        Raises:
            PackageError: one of the two cannot be read.
        """
        digest = hashlib.sha256()
        try:
            for file in (self.path / "model" / "model.bin", self.tokenizer_file or self.path / TOKENIZERS[0]):
                with file.open("rb") as stream:
                    while chunk := stream.read(_CHUNK):
                        digest.update(chunk)
        except OSError as error:
            raise PackageError(f"{error.filename or self.path}: {error.strerror}") from error
        return digest.hexdigest()

    @property
    def signature(self) -> str:
        """Name, version and the first 12 digits of the digest.

        Raises:
            PackageError: the network or the tokenizer cannot be read.
        """
        return f"{self.name} {self.version} {self.digest[:12]}"


def directories(environ: Mapping[str, str], home: Path) -> list[Path]:
    """Where argostranslate looks for installed packages; it installs into the first. They need not exist.

    In this order decide `ARGOS_PACKAGES_DIR`, the entry of that name in argostranslate's `settings.json` (under
    `XDG_CONFIG_HOME`), and `XDG_DATA_HOME`; a Snap adds its own directories. A variable that is empty counts as
    unset. `ARGOS_TRANSLATE_PACKAGE_DIR` has no effect, as in argostranslate since 1.2.
    """
    if "SNAP" in environ:
        home = Path(environ.get("SNAP_USER_DATA") or home)
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "argos-translate"
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "argos-translate"
    chosen = environ.get("ARGOS_PACKAGES_DIR") or _setting(config / "settings.json", "ARGOS_PACKAGES_DIR")
    found = [Path(chosen) if chosen else data / "packages"]
    if "SNAP" in environ:
        snap = Path(environ["SNAP"]) / "snap_custom"
        found += [path for path in (snap / "packages",) if path.is_dir()]
        found += _subdirectories(snap / "content_snap_packages")
    return found


def _setting(file: Path, key: str) -> str:
    try:
        value = json.loads(file.read_bytes())[key]
    except (OSError, ValueError, RecursionError, KeyError, TypeError, IndexError):
        return ""
    return value if isinstance(value, str) else ""


def _subdirectories(directory: Path) -> list[Path]:
    try:
        return sorted(path for path in directory.iterdir() if path.is_dir() and not path.name.startswith("."))
    except FileNotFoundError:
        return []


def available(environ: Mapping[str, str], home: Path) -> tuple[list[Package], list[str]]:
    """The bundled and the installed packages, by language pair, the newest of a pair first.

    At equal version an installed package stands before a bundled one. Packages that hold no translator (argostranslate
    knows others) are left out.

    Returns:
        The packages, and one line for each directory that is broken and was skipped.
    """
    found: list[Package] = []
    broken: list[str] = []
    for directory, bundled in [*((path, False) for path in directories(environ, home)), (BUNDLED, True)]:
        try:
            candidates = _subdirectories(directory)
        except OSError as error:
            broken.append(f"{directory}: {error.strerror}")
            continue
        for path in candidates:
            try:
                package = read(path, bundled=bundled)
                if package:
                    check(package)
                    found.append(package)
            except PackageError as error:
                broken.append(str(error))
    found.sort(key=lambda package: (version_of(package.version), not package.bundled), reverse=True)
    found.sort(key=lambda package: (package.from_code, package.to_code))
    return found, broken


def readable(directory: Path, *, bundled: bool) -> list[Package]:
    """The packages in `directory` whose metadata can be read, whole or not; none where there is no directory.

    Raises:
        OSError: the directory cannot be read.
    """
    found: list[Package] = []
    for path in _subdirectories(directory):
        with suppress(PackageError):
            if package := read(path, bundled=bundled):
                found.append(package)
    return found


def named(choose: str, environ: Mapping[str, str], home: Path) -> Package:
    """The package that `choose` means, whatever its languages.

    `choose` is a directory name ("translate-en_km-1_0"), argospm's name ("translate-en_km", the newest), either with
    "=VERSION" after it, or the path of a package directory.

    Raises:
        PackageError: there is none, or it is broken.
    """
    packages, broken = available(environ, home)
    return _named(choose, packages, broken)


def find(from_code: str, to_code: str, environ: Mapping[str, str], home: Path, choose: str | None = None) -> Package:
    """The package to translate with: the newest of the pair, or the one that `choose` (see `named`) means.

    Raises:
        PackageError: there is none, it is broken, or the chosen one is for other languages.
    """
    packages, broken = available(environ, home)
    pair = [package for package in packages if (package.from_code, package.to_code) == (from_code, to_code)]
    if choose is None:
        if pair:
            return pair[0]
        raise PackageError(f"no package translates {from_code} into {to_code}; {_what_there_is(packages, broken)}")
    package = _named(choose, pair + packages, broken)
    if (package.from_code, package.to_code) != (from_code, to_code):
        languages = f"{package.from_code} into {package.to_code}"
        raise PackageError(f"package {choose} translates {languages}, not {from_code} into {to_code}")
    return package


def _named(choose: str, packages: Sequence[Package], broken: Sequence[str]) -> Package:
    name, _, version = choose.partition("=")
    fitting = [package for package in packages if not version or version_of(package.version) == version_of(version)]
    for package in fitting:
        if package.name == name:
            return package
    for package in fitting:
        if package.argospm_name == name:
            return package
    path = Path(choose)
    if choose and path.is_dir():
        at = path.resolve()
        chosen = read(at, bundled=at.parent == BUNDLED.resolve())
        if chosen is None:
            raise PackageError(f"{path}: not a translation package")
        check(chosen)
        return chosen
    if path.is_file():
        raise PackageError(f"{path}: not installed yet; {_HOW}")
    raise PackageError(f"no package {choose!r}; {_what_there_is(packages, broken)}")


def _what_there_is(packages: Sequence[Package], broken: Sequence[str]) -> str:
    names = ", ".join(dict.fromkeys(package.name for package in packages)) or "none"
    skipped = f" ({len(broken)} broken, see `glossa models list`)" if broken else ""
    return f"there is: {names}{skipped}; {_HOW}"


def version_of(text: str) -> Version:
    """A version to compare by; what is none counts as 0."""
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def read(path: Path, *, bundled: bool) -> Package | None:
    """The package in the directory `path` as its metadata describes it; None where it is no translator.

    Only the metadata is read: whether the rest is whole, `check` says.

    Raises:
        PackageError: the metadata is missing or broken.
    """
    file = path / "metadata.json"
    try:
        if file.stat().st_size > _MAX_METADATA:
            raise PackageError(f"{path}: metadata.json is too big")
        metadata = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise PackageError(f"{path}: not a package, it has no metadata.json") from None
    except OSError as error:
        raise PackageError(f"{path}: metadata.json: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{path}: metadata.json is not valid JSON") from error
    if not isinstance(metadata, dict):
        raise PackageError(f"{path}: metadata.json is not an object")
    if metadata.get("type", "translate") != "translate":
        return None
    values = {key: _text(path, metadata, key) for key in ("from_code", "to_code", "from_name", "to_name")}
    for key in ("from_code", "to_code"):
        if not _CODE.fullmatch(values[key]):
            raise PackageError(f"{path}: metadata.json has no usable {key}")
    extra = metadata.get("glossa")
    extra = extra if isinstance(extra, dict) else {}
    tags = (_text(path, extra, "term_open"), _text(path, extra, "term_close"))
    return Package(
        name=path.name,
        path=path,
        version=_text(path, metadata, "package_version"),
        bundled=bundled,
        target_prefix=_text(path, metadata, "target_prefix"),
        term_tags=tags if all(tags) else None,
        license=_text(path, extra, "license") or _text(path, metadata, "license"),
        **values,
    )


def _text(path: Path, values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or not value.isprintable() or len(value) > 200:
        raise PackageError(f"{path}: {key} in metadata.json is not a short line of text")
    return value


def check(package: Package) -> None:
    """Make sure that all files that a translator needs are there and that the network is whole, without loading it.

    Raises:
        PackageError: something is missing, empty, cut short or damaged.
    """
    model = package.path / "model"
    try:
        with (model / "model.bin").open("rb") as stream:
            binary_version = network.check(stream)
        vocabularies = {file.name.split("_vocabulary.")[0] for file in model.glob("*_vocabulary.*") if file.is_file()}
        if "shared" not in vocabularies and not {"source", "target"} <= vocabularies:
            raise PackageError(f"{package.path}: it has no vocabulary")
        config = model / "config.json"
        if binary_version >= 6 or config.exists():  # before version 6 there was none
            json.loads(config.read_bytes())
        tokenizer_file = package.tokenizer_file
        if tokenizer_file is None or not tokenizer_file.stat().st_size:
            raise PackageError(f"{package.path}: it has no tokenizer ({' or '.join(TOKENIZERS)})")
    except FileNotFoundError as error:
        raise PackageError(f"{package.path}: it has no model/{Path(error.filename).name}") from None
    except OSError as error:
        raise PackageError(f"{package.path}: model: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{package.path}: model/config.json is not valid JSON") from error
    except struct.error as error:
        raise PackageError(f"{package.path}: model/model.bin is cut short or damaged") from error


def tokenizer(package: Package) -> Tokenizer:
    """The tokenizer that argostranslate has for the package, opened. Creates no directory and reads no setting.

    Raises:
        PackageError: the package has none, or it cannot be opened.
    """
    from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

    file = package.tokenizer_file
    if file is None:
        raise PackageError(f"{package.path}: it has no tokenizer ({' or '.join(TOKENIZERS)})")
    opened: Tokenizer
    if file.name == TOKENIZERS[0]:
        opened = SentencePieceTokenizer(file)
    else:
        opened = BPETokenizer(file, package.from_code, package.to_code)
    try:
        opened.encode("a")  # it opens its file only now
    except (OSError, RuntimeError, ValueError, IndexError, SystemExit) as error:  # a bad merge makes it exit
        raise PackageError(f"{file}: the tokenizer cannot be opened") from error
    return opened
