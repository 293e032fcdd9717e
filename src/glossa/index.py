"""The index of the glossary: one SQLite database in the cache directory, made from the PO files and never edited.

It is made anew whenever a file of the glossary was changed, added or removed, or when Glossa itself was. It is built
in memory and put in its place in one step, so that several processes may do so at once; where it cannot be put there,
the one in memory serves.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from glossa import __version__, glossary_files
from glossa.glossary_files import Source
from glossa.languages import TARGETS
from glossa.model import Kind, Status, Term
from glossa.terms import search as ranking
from glossa.terms.search import Form, Hit
from glossa.workspace import Workspace, bundled_glossary

SCHEMA = 2  # to be raised when the tables or the keys in them change

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entry (id INTEGER PRIMARY KEY, kind TEXT);
CREATE TABLE term (
    lang TEXT, entry INTEGER, source TEXT, kind TEXT, target TEXT, status TEXT, acronyms TEXT, variants TEXT,
    accept TEXT, forbid TEXT, only_for TEXT, scope TEXT, definition TEXT, note TEXT, refs TEXT, domain TEXT,
    rejected TEXT, reject TEXT, origin TEXT,
    PRIMARY KEY (lang, entry)
) WITHOUT ROWID;
CREATE TABLE form (id INTEGER PRIMARY KEY, entry INTEGER, form INTEGER, key TEXT, words TEXT);
CREATE VIRTUAL TABLE gram USING fts5 (key, content='', columnsize=0, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (gram, 'row');
"""
_COLUMNS = (
    "source, kind, target, lang, status, acronyms, variants, accept, forbid, only_for, "
    "scope, definition, note, refs, domain, rejected, reject, origin"
)

_ENOUGH = 500  # candidates of one sort; they come shortest first
_CANDIDATES = 4000  # words that a misspelled one is compared with

_LONGEST = 500  # characters; no term is so long
_SHORT = 8  # a misspelled word so short may share no trigram with the right one

# What candidates are taken from, and which; {} is for a join with the entries
_PREFIX = "form INDEXED BY form_key{} WHERE form.key >= ? AND form.key < ?"
_NEAR = _PREFIX + " AND length(form.key) BETWEEN ? AND ?"
_PART = "gram CROSS JOIN form ON form.id = gram.rowid{} WHERE gram MATCH ?"

T = TypeVar("T")


def load_terms(
    workspace: Workspace,
    lang: str,
    environ: Mapping[str, str],
    home: Path,
    extra: Sequence[Path] = (),
    *,
    rejected: bool = False,
) -> tuple[Term, ...]:
    """All terms in a language, approved and proposed: those that come with Glossa, the workspace's over them.

    Args:
        workspace: the workspace that one works in.
        lang: the target language.
        environ: the environment, for the place of the cache.
        home: the user's home directory, for the same.
        extra: glossary directories or `.po` files that override both, the last one most.
        rejected: also those of which someone said that they are no terms; `Term.rejected` tells them.

    Raises:
        DataError: a file of the glossary is broken.
    """
    return _ask(workspace, environ, home, extra, lambda index: index.terms(lang, rejected=rejected))


def search(
    workspace: Workspace,
    queries: Iterable[str],
    environ: Mapping[str, str],
    home: Path,
    *,
    kind: Kind | None = None,
    limit: int = 10,
    extra: Sequence[Path] = (),
) -> list[list[Hit]]:
    """For every query, the terms that answer it, best first: in English, Khmer or Japanese, whole, in part, misspelled.

    Args:
        workspace: the workspace that one works in.
        queries: what to look for.
        environ: the environment, for the place of the cache.
        home: the user's home directory, for the same.
        kind: only terms of that kind.
        limit: so many terms for each query.
        extra: glossary directories or `.po` files that override both, the last one most.

    Raises:
        DataError: a file of the glossary is broken.
    """
    asked = list(queries)
    return _ask(
        workspace, environ, home, extra, lambda index: [index.search(query, kind=kind, limit=limit) for query in asked]
    )


def cache_directory(environ: Mapping[str, str], home: Path) -> Path:
    """The directory of what Glossa derives: GLOSSA_CACHE_DIR, or the user's cache directory by the system's custom."""
    chosen = environ.get("GLOSSA_CACHE_DIR")
    if chosen:
        return Path(chosen)
    xdg = environ.get("XDG_CACHE_HOME", "")
    if Path(xdg).is_absolute():
        return Path(xdg) / "glossa"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "glossa"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "glossa" / "Cache"
    return home / ".cache" / "glossa"


def _ask(
    workspace: Workspace,
    environ: Mapping[str, str],
    home: Path,
    extra: Sequence[Path],
    question: Callable[[Index], T],
) -> T:
    levels = glossary_files.levels(workspace, extra)
    stamp = f"{SCHEMA} {__version__} {glossary_files.stamp(levels)}"
    roots = repr([str(path) for path in (bundled_glossary(), workspace.glossary, *extra)])
    path = cache_directory(environ, home) / f"glossary-{zlib.crc32(roots.encode()):08x}.sqlite"
    try:
        index = _open(path, stamp)
        if index is not None:
            with index:
                return question(index)
    except sqlite3.DatabaseError:
        pass  # damaged: a new one is made
    with _build(levels, stamp) as index:
        index.save(path)
        return question(index)


def _open(path: Path, stamp: str) -> Index | None:
    if not path.is_file():
        return None
    connection = sqlite3.connect(path)
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'stamp'").fetchone()
        if row is not None and row[0] == stamp:
            return Index(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    connection.close()
    return None


# Building


def _build(levels: list[list[Source]], stamp: str) -> Index:
    from glossa.terms.glossary import identity, override

    parsed = [glossary_files.read(level) for level in levels]
    entries: dict[tuple[str, Kind], dict[str, Term]] = {}
    for lang in TARGETS:
        terms: tuple[Term, ...] = ()
        for level in parsed:
            terms = override(terms, level[lang]) if terms else level[lang]
        for term in terms:
            entries.setdefault(identity(term), {})[lang] = term

    connection = sqlite3.connect(":memory:")
    connection.executescript(_TABLES)
    words: list[tuple[str, str, int, int]] = []
    for number, languages in enumerate(entries.values()):
        connection.execute("INSERT INTO entry VALUES (?, ?)", (number, next(iter(languages.values())).kind))
        connection.executemany(
            f"INSERT INTO term (entry, {_COLUMNS}) VALUES ({', '.join('?' * 19)})",  # noqa: S608 - constants
            [(number, *_row(term)) for term in languages.values()],
        )
        for spelled, form in ranking.forms(term for term in languages.values() if not term.rejected).items():
            words.append((spelled.replace(" ", ""), spelled, number, form))
    words.sort(key=lambda item: (len(item[0]), item))
    connection.executemany(
        "INSERT INTO form VALUES (?, ?, ?, ?, ?)",
        (
            (i, number, form, key, None if key == spelled else spelled)
            for i, (key, spelled, number, form) in enumerate(words)
        ),
    )
    connection.execute("CREATE INDEX form_key ON form (key)")
    # with two characters behind the key, a trigram begins at every character of it
    connection.execute("INSERT INTO gram (rowid, key) SELECT id, key || char(1, 1) FROM form ORDER BY id")
    connection.execute("INSERT INTO meta VALUES ('stamp', ?)", (stamp,))
    connection.commit()
    return Index(connection)


def _row(term: Term) -> tuple[str, ...]:
    return (
        term.source,
        term.kind.value,
        term.target,
        term.lang,
        term.status.value,
        "\n".join(term.acronyms),
        "\n".join(term.variants),
        "\n".join(term.accept),
        "\n".join(term.forbid),
        "\n".join(f"{countries}\t{rendering}" for countries, rendering in term.only_for),
        term.scope,
        term.definition,
        term.note,
        "\n".join(term.references),
        term.domain,
        "rejected" if term.rejected else "",
        "\n".join(term.reject),
        term.origin,
    )


_KINDS = {kind.value: kind for kind in Kind}
_STATUS = {status.value: status for status in Status}


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _pair(text: str) -> tuple[str, str]:
    first, _, second = text.partition("\t")
    return first, second


def _term(row: Sequence[str]) -> Term:
    (source, kind, target, lang, status, acronyms, variants, accept, forbid, only_for, scope, *rest) = row
    definition, note, references, domain, rejected, reject, origin = rest
    return Term(
        source,
        _KINDS[kind],
        target,
        lang,
        _STATUS[status],
        _list(acronyms),
        _list(variants),
        _list(accept),
        _list(forbid),
        tuple(_pair(pair) for pair in only_for.split("\n")) if only_for else (),
        scope,
        definition,
        note,
        _list(references),
        domain,
        bool(rejected),
        _list(reject),
        origin,
    )


# Asking


class Index:
    """An open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def save(self, path: Path) -> None:
        """Put a copy of the index into the file in one step; not being able to is no error."""
        temporary = path.with_name(f"{path.name}.{os.urandom(8).hex()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(temporary)) as copy:
                self._connection.backup(copy)
            temporary.replace(path)
        except (OSError, sqlite3.Error):
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def terms(self, lang: str, *, rejected: bool = False) -> tuple[Term, ...]:
        """All terms in a language, in an order that stays the same; on demand with those that were rejected."""
        which = "" if rejected else "AND rejected = ''"
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM term WHERE lang = ? {which} ORDER BY entry",  # noqa: S608 - constants
            (lang,),
        )
        return tuple(map(_term, rows))

    def search(self, query: str, *, kind: Kind | None = None, limit: int = 10) -> list[Hit]:
        """The terms that answer a query, best first; see `glossa.index.search`."""
        asked = ranking.words(query)
        key = asked.replace(" ", "")
        if not key or len(key) > _LONGEST:
            return []
        scores: dict[int, float] = {}
        for sql, values in self._candidates(key):
            for entry, form, whole, spelled in self._rows(sql, values, kind):
                score = ranking.score(asked, spelled or whole, form)
                if score is not None and score > scores.get(entry, 0.0):
                    scores[entry] = score
        best = max(scores.values(), default=0.0)
        if best >= ranking.EXACT:
            scores = {entry: score for entry, score in scores.items() if score >= ranking.WORD_START}
        elif best < ranking.WORD_START:
            for entry, score in self._similar(key, kind):
                scores[entry] = max(score, scores.get(entry, 0.0))
        ranked = sorted(scores, key=lambda entry: -scores[entry])[: limit + 40]
        hits = [Hit(query, self._entry(entry), scores[entry]) for entry in ranked]
        return sorted(hits, key=_order)[:limit]

    def _candidates(self, key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield _PREFIX, (key, _after(key))
        if len(key) > 2:
            yield _PART, (f'"{key}"',)
        elif not key.isascii():  # one or two characters are a word in Khmer and Japanese
            grams = self._connection.execute(
                f"SELECT term FROM vocabulary WHERE term >= ? AND term < ? LIMIT {_ENOUGH}",  # noqa: S608 - a constant
                (key, _after(key)),
            )
            asked = " OR ".join(f'"{gram}"' for (gram,) in grams)
            if asked:
                yield _PART, (asked,)

    def _rows(
        self, sql: str, values: tuple[str | int, ...], kind: Kind | None, limit: int = _ENOUGH
    ) -> Iterable[tuple[int, Form, str, str | None]]:
        """Words that fulfil the condition, the shortest first: entry, form, key, and words if they are not the key."""
        join, chosen = (" JOIN entry ON entry.id = form.entry AND entry.kind = ?", (kind.value,)) if kind else ("", ())
        order = "gram.rowid" if sql is _PART else "form.id"
        return self._connection.execute(
            f"SELECT entry, form, form.key, words FROM {sql.format(join)} ORDER BY {order} LIMIT {limit}",  # noqa: S608 - constants
            (*chosen, *values),
        )

    def _similar(self, key: str, kind: Kind | None) -> Iterator[tuple[int, float]]:
        """Entries with a word like `key`: those that share its rarest trigrams, or its first character and length."""
        counts = []
        for gram in ranking.trigrams(key):
            row = self._connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (gram,)).fetchone()
            if row is not None:
                counts.append((row[0], gram))
        found: dict[tuple[int, str], None] = {}
        room = _CANDIDATES
        for count, gram in sorted(counts):
            rows = self._rows(_PART, (f'"{gram}"',), kind, room)
            found.update(dict.fromkeys((entry, whole) for entry, _, whole, _ in rows))
            room -= count
            if room <= 0:
                break
        if len(key) <= _SHORT:
            rows = self._rows(_NEAR, (key[0], _after(key[0]), len(key) - 1, len(key) + 1), kind, _CANDIDATES)
            found.update(dict.fromkeys((entry, whole) for entry, _, whole, _ in rows))
        candidates = list(found)
        if candidates:
            for position, score in ranking.similar(key, [whole for _, whole in candidates]):
                yield candidates[position][0], score

    def _entry(self, entry: int) -> tuple[Term, ...]:
        found = []
        for lang in TARGETS:
            row = self._connection.execute(
                f"SELECT {_COLUMNS} FROM term WHERE lang = ? AND entry = ? AND rejected = ''",  # noqa: S608 - constants
                (lang, entry),
            ).fetchone()
            if row is not None:
                found.append(_term(row))
        return tuple(found)


def _after(key: str) -> str:
    """The first text, in the order of code points, that follows all that begin with `key`."""
    return key[:-1] + chr(ord(key[-1]) + 1)


def _order(hit: Hit) -> tuple[float, bool, int, str]:
    approved = any(term.status is Status.APPROVED for term in hit.terms)
    source = hit.terms[0].source
    return -hit.score, not approved, len(source), source
