"""Which PO files make up the glossary, in what state they are, and the terms in them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from glossa.errors import DataError
from glossa.languages import TARGETS
from glossa.model import Term
from glossa.workspace import Workspace, bundled_glossary

if TYPE_CHECKING:
    import polib


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one domain in one language; `lang` is None where the file says which."""

    domain: str
    lang: str | None
    template: Path | None
    catalogue: Path | None


def levels(workspace: Workspace, extra: Sequence[Path]) -> list[list[Source]]:
    """The glossaries in force, each overriding those before it: the bundled one, the workspace's, what was given.

    Raises:
        DataError: what was given does not exist.
        GlossaError: the bundled glossary is missing.
    """
    bundled = bundled_glossary()
    found = [_directory(bundled)]
    own = workspace.glossary
    if own is not None and own.is_dir() and own.resolve() != bundled.resolve():
        found.append(_directory(own))
    for path in extra:
        if path.is_dir():
            found.append(_directory(path))
        elif path.is_file():
            found.append([_file(path)])
        else:
            raise DataError("no such glossary: neither a directory nor a file", path)
    return found


def _directory(directory: Path) -> list[Source]:
    """The files domain.pot, km/domain.po and ja/domain.po in a glossary directory; also .po files right in it."""
    templates = {path.stem: path for path in _files(directory, ".pot")}
    sources = []
    for lang in TARGETS:
        catalogues = {path.stem: path for path in _files(directory / lang, ".po")}
        for domain in sorted({*templates, *catalogues}):
            sources.append(Source(domain, lang, templates.get(domain), catalogues.get(domain)))
    sources += [Source(path.stem, None, templates.get(path.stem), path) for path in _files(directory, ".po")]
    return sources


def _files(directory: Path, suffix: str) -> list[Path]:
    if not directory.is_dir():
        return []
    names = [name for name in os.listdir(directory) if name.endswith(suffix) and not name.startswith(".")]  # noqa: PTH208 - names only, quicker
    return [directory / name for name in sorted(names)]


def _file(path: Path) -> Source:
    lang = path.parent.name if path.parent.name in TARGETS else None
    template = (path.parent.parent if lang else path.parent) / f"{path.stem}.pot"
    return Source(path.stem, lang, template if template.is_file() else None, path)


def stamp(sources: list[list[Source]]) -> str:
    """What tells one state of the files from another: their places, sizes and times, in order."""
    files: dict[str, tuple[int, int]] = {}
    for source in (source for level in sources for source in level):
        for path in (source.template, source.catalogue):
            if path is not None and str(path) not in files:
                try:
                    status = path.stat()
                except OSError as error:
                    raise DataError(error.strerror or str(error), path) from error
                files[str(path)] = (status.st_size, status.st_mtime_ns)
    return repr(([len(level) for level in sources], files))


def read(sources: list[Source]) -> dict[str, tuple[Term, ...]]:
    """The terms of one glossary in every target language.

    Raises:
        DataError: a file cannot be read or is broken, or its language is unknown.
    """
    from glossa.catalogs import po
    from glossa.store import read_text
    from glossa.terms.glossary import from_po, join

    files: dict[Path, polib.POFile] = {}

    def parsed(path: Path | None) -> polib.POFile | None:
        if path is None:
            return None
        if path not in files:
            files[path] = po.parse(read_text(path), path)
        return files[path]

    domains: dict[str, list[tuple[Term, ...]]] = {lang: [] for lang in TARGETS}
    for source in sources:
        template, catalogue = parsed(source.template), parsed(source.catalogue)
        lang = source.lang or (catalogue.metadata.get("Language", "") if catalogue is not None else "")
        path = source.catalogue or source.template
        if path is None:
            continue
        if lang not in TARGETS:
            known = ", ".join(TARGETS)
            raise DataError(f"the header says Language: {lang or '(none)'}; Glossa knows: {known}", path, 1)
        domains[lang].append(from_po(template, catalogue, lang, source.domain, path, template_path=source.template))
    return {lang: join(terms) for lang, terms in domains.items()}
