"""Where a workspace is and what its `glossa.toml` says.

A workspace is the nearest directory, upwards from where one works, that holds `glossa.toml` or a directory
`glossary/`. Without one, Glossa works with the glossary that comes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from glossa.errors import DataError, GlossaError
from glossa.languages import SOURCE, TARGETS

CONFIG_NAME = "glossa.toml"

DIGIT_STYLES = ("native", "latin")
ACRONYM_STYLES = ("introduce", "full", "latin")


def _default_digits() -> Mapping[str, str]:
    return {code: "native" if language.digits else "latin" for code, language in TARGETS.items()}


def _default_acronyms() -> Mapping[str, str]:
    return dict.fromkeys(TARGETS, ACRONYM_STYLES[0])


def _default_packages() -> Mapping[str, str | None]:
    return dict.fromkeys(TARGETS)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a workspace; every mapping has an entry for every target language.

    Args:
        source: the language of the articles.
        targets: the languages to translate into when a command does not say.
        digits: "native" (២០២៣) or "latin" (2023).
        acronyms: how "Full Form (ACRONYM)" is written. "introduce": the rendering of the full form, then the acronym
            in brackets at first mention, the acronym after; "full": always the rendering of the full form, no
            acronym; "latin": the acronym in Latin script wherever the source has it.
        packages: name of the translation package to use, or None for the newest one installed.
    """

    source: str = SOURCE
    targets: tuple[str, ...] = tuple(TARGETS)
    digits: Mapping[str, str] = field(default_factory=_default_digits)
    acronyms: Mapping[str, str] = field(default_factory=_default_acronyms)
    packages: Mapping[str, str | None] = field(default_factory=_default_packages)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace and its settings; `root` is None where there is none."""

    root: Path | None
    config: Config

    @property
    def glossary(self) -> Path | None:
        """The directory of its glossary, whether or not it exists."""
        return None if self.root is None else self.root / "glossary"


def find(start: Path) -> Workspace:
    """The workspace that the directory `start` belongs to.

    Raises:
        DataError: its `glossa.toml` cannot be used.
    """
    start = start.absolute()
    for directory in (start, *start.parents):
        path = directory / CONFIG_NAME
        if path.is_file():
            return Workspace(directory, parse_config(_read(path), path))
        if (directory / "glossary").is_dir():
            return Workspace(directory, Config())
    return Workspace(None, Config())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        from glossa.store import read_text  # takes its time to load, and knows how to complain

        return read_text(path)


def bundled_glossary() -> Path:
    """The directory of the glossary that comes with Glossa: in the installed package, or in a checkout of the source.

    Raises:
        GlossaError: the installation is incomplete.
    """
    here = Path(__file__).resolve()
    for directory in (here.parent / "data" / "glossary", here.parents[2] / "glossary"):
        if directory.is_dir():
            return directory
    raise GlossaError("the glossary that comes with Glossa is missing; please install Glossa again")


def parse_config(text: str, path: Path) -> Config:
    """The settings in the text of a `glossa.toml`.

    Args:
        text: the whole file.
        path: where the text comes from, for messages.

    Raises:
        DataError: the text is not TOML, a key is unknown, or a value is not of the kind it should be.
    """
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = re.search(r" \(at line (\d+), column \d+\)$| \(at end of document\)$", message)
        line = None if place is None else int(place[1]) if place[1] else text.count("\n") + 1
        raise DataError(f"not TOML: {message}", path, line) from None

    source = TomlSource(text, path)
    known = ("source", "targets", "digits", "acronyms", "packages")
    source.check_keys(data, known, "")
    if data.get("source", SOURCE) != SOURCE:
        raise source.error(f'Glossa translates from English only: source = "{SOURCE}"', "", "source")
    return Config(
        targets=_targets(data.get("targets", list(TARGETS)), source),
        digits={**_default_digits(), **_table(data, "digits", source, _check_digits)},
        acronyms={**_default_acronyms(), **_table(data, "acronyms", source, _check_acronyms)},
        packages={**_default_packages(), **_table(data, "packages", source, _check_package)},
    )


@dataclass(frozen=True, slots=True)
class TomlSource:
    """The text that settings were read from, to say on which line one stands."""

    text: str
    path: Path

    def error(self, message: str, table: str, key: str) -> DataError:
        """A DataError that names the line of `key` in `table` ("": the top), as far as it can be found."""
        return DataError(message, self.path, self._line(table, key))

    def check_keys(self, data: Mapping[str, object], known: tuple[str, ...], table: str) -> None:
        """Raise a DataError for the first key that is not known."""
        for key in data:
            if key not in known:
                where = f"[{table}]" if table else CONFIG_NAME
                raise self.error(f"unknown key {key!r}; {where} may have: {', '.join(known)}", table, key)

    def _line(self, table: str, key: str) -> int | None:
        inside = ""
        quoted = f"[\"']?{re.escape(key)}[\"']?"
        here, above = rf"\s*{quoted}\s*[.=]", rf"\s*{re.escape(table)}\s*(=|\.\s*{quoted}\s*=)"
        for number, line in enumerate(self.text.split("\n"), 1):
            header = re.match(r"\s*\[+\s*([^\[\]]+?)\s*\]", line)
            if header:
                inside = header[1].strip("\"'")
                if not table and inside.split(".")[0] == key:
                    return number
            elif re.match(here if inside == table else above, line) and inside in ("", table):
                return number
        return None


def _targets(value: object, source: TomlSource) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(code, str) for code in value):
        raise source.error('targets is a list of language codes, as in ["km", "ja"]', "", "targets")
    for code in value:
        if code not in TARGETS:
            raise source.error(f"unknown target language {code!r}; known: {', '.join(TARGETS)}", "", "targets")
    return tuple(dict.fromkeys(value))


def _table(
    data: Mapping[str, object], name: str, source: TomlSource, check: Callable[[str, str], str | None]
) -> dict[str, str]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise source.error(f"{name} is a table with one line for each language", "", name)
    source.check_keys(table, tuple(TARGETS), name)
    for code, value in table.items():
        complaint = check(code, value) if isinstance(value, str) else "a text in quotation marks is wanted here"
        if complaint:
            raise source.error(f"{name}.{code} = {value!r}: {complaint}", name, code)
    return table


def _check_digits(code: str, value: str) -> str | None:
    if value not in DIGIT_STYLES:
        return f"known: {', '.join(DIGIT_STYLES)}"
    if value == "native" and not TARGETS[code].digits:
        return f"{TARGETS[code].name} has no other digits than Latin ones in use"
    return None


def _check_acronyms(_code: str, value: str) -> str | None:
    return None if value in ACRONYM_STYLES else f"known: {', '.join(ACRONYM_STYLES)}"


def _check_package(_code: str, value: str) -> str | None:
    return None if value.strip() else "the name of a translation package is wanted here"
