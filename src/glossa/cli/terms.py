"""`glossa terms`: approve, reject, set and remove terms of the workspace's glossary; a PO editor does the same."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from glossa import languages, workspace
from glossa.errors import UsageError
from glossa.model import Kind

if TYPE_CHECKING:
    import polib

    from glossa.catalogs.termbase import Change, Domain, Editor, Key, Names

_COLOURS = {"approved": "green", "set": "green", "rejected": "red", "removed": "red", "proposed": "yellow"}
_ENGLISH = ("definition", "acronym", "variant")
_OF_LANGUAGE = ("accept", "forbid", "note")

F = TypeVar("F", bound=Callable[..., object])


@click.group("terms")
def command() -> None:
    """Approve, reject, set and remove terms of the glossary.

    TERM is an English term, whatever its case and spelling, or else a variant or an acronym of one; put a term of
    several words in quotation marks. Editing the glossary's .po files in any editor does the same. Exit code 1: it
    could not be done for some TERM; it was for the others.
    """


def _common(function: F) -> F:
    for option in (
        click.option("--quiet", "-q", is_flag=True, help="Print errors only."),
        click.option("--json", "as_json", is_flag=True, help="Write JSON."),
        click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="The term of this kind."),
        click.option("--domain", metavar="NAME", help="The term in this domain: glossary/NAME.pot."),
    ):
        function = option(function)
    return function


def _to(text: str, *, required: bool = False) -> Callable[[F], F]:
    return click.option("--to", "targets", metavar="LANG", multiple=True, required=required, help=text)


@command.command("approve", short_help="Approve proposed renderings.")
@click.argument("terms", metavar="TERM...", nargs=-1, required=True)
@_to("In this language only; may be repeated.")
@_common
def approve(terms: tuple[str, ...], targets: tuple[str, ...], **options: Any) -> None:
    """Approve the rendering of TERM, in every language of the workspace or those that are given.

    A rendering that is only proposed by the glossary that comes with Glossa goes into that of the workspace. A term
    that was rejected is one again.
    """
    desk = _Desk(targets, **options)

    def change(found: _Found) -> list[Change]:
        return [desk.editor(found).approve(found.key, lang, desk.known(found, lang)) for lang in desk.langs]

    desk.run(terms, change)


@command.command("reject", short_help="Reject renderings, or terms that are none.")
@click.argument("terms", metavar="TERM...", nargs=-1, required=True)
@_to("Reject the rendering in this language; may be repeated.")
@_common
def reject(terms: tuple[str, ...], targets: tuple[str, ...], **options: Any) -> None:
    """With --to: the rendering of TERM is not right; it is taken away and not proposed again.

    Without --to: TERM is no term; it is neither looked for in texts nor proposed again. Its renderings stay in the
    files, and `glossa terms approve` makes it a term again.
    """
    desk = _Desk(targets, **options)

    def change(found: _Found) -> list[Change]:
        editor = desk.editor(found)
        if not targets:
            return [editor.reject(found.key)]
        return [editor.reject_rendering(found.key, lang, desk.known(found, lang)) for lang in desk.langs]

    desk.run(terms, change)


@command.command("set", short_help="Add a term, or change its rendering.")
@click.argument("term")
@click.argument("rendering")
@_to("The language of RENDERING; may be repeated.", required=True)
@click.option("--proposed", is_flag=True, help="RENDERING is still to be approved.")
@click.option("--acronym", metavar="TEXT", multiple=True, help="An English acronym of TERM; may be repeated.")
@click.option("--variant", metavar="TEXT", multiple=True, help="Another English form of it; may be repeated.")
@click.option("--definition", metavar="TEXT", multiple=True, help="What TERM means.")
@click.option("--accept", metavar="TEXT", multiple=True, help="A rendering that is right as well; may be repeated.")
@click.option("--forbid", metavar="TEXT", multiple=True, help="A rendering that must not be used; may be repeated.")
@click.option("--note", metavar="TEXT", multiple=True, help="A remark for people; may be repeated.")
@_common
def set_(term: str, rendering: str, targets: tuple[str, ...], proposed: bool, **options: Any) -> None:
    """Give TERM the RENDERING, approved; a TERM that is not there is added, with --kind saying what it is.

    The same text as TERM means: do not translate. What --acronym, --variant, --definition, --accept, --forbid and
    --note say takes the place of what the glossary says under that name; an empty text removes it.
    """
    english = {name: values for name in _ENGLISH if (values := options.pop(name))}
    of_language = {name: values for name in _OF_LANGUAGE if (values := options.pop(name))}
    _check("TERM", term)
    _check("RENDERING", rendering)
    for name, values in {**english, **of_language}.items():
        for value in values:
            if value:
                _check(f"--{name}", value)
    desk = _Desk(targets, **options)

    def change(found: _Found) -> list[Change]:
        editor = desk.editor(found)
        return [
            editor.put(found.key, lang, rendering.strip(), english, of_language, proposed=proposed)
            for lang in desk.langs
        ]

    desk.run((term,), change, new=True)


@command.command("remove", short_help="Remove terms.")
@click.argument("terms", metavar="TERM...", nargs=-1, required=True)
@_common
def remove(terms: tuple[str, ...], **options: Any) -> None:
    """Take TERM out of the glossary. Its renderings stay in the .po files as obsolete entries (#~).

    If an article has it, `glossa extract` finds it again; `glossa terms reject` is for what is no term.
    """
    desk = _Desk((), **options)
    desk.run(terms, lambda found: desk.editor(found).remove(found.key), bundled=False)


def _check(what: str, text: str) -> None:
    if not text.strip():
        raise UsageError(f"{what} is empty")
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text):
        raise UsageError(f"{what} has a line break or a control character in it: {text!r}")


@dataclass(frozen=True, slots=True)
class _Found:
    """A term asked for, and where it stands or shall stand."""

    query: str
    domain: str
    key: Key


class _Desk:
    """The glossary of the workspace, and that which comes with Glossa, while a command works on them."""

    def __init__(
        self, targets: Sequence[str], domain: str | None, kind: str | None, as_json: bool, quiet: bool
    ) -> None:
        for code in targets:
            languages.target(code)
        place = workspace.find(Path.cwd())
        if place.root is None:
            raise UsageError("there is no workspace here, and so no glossary to change; make one with: glossa init")
        self._root = place.root
        self.langs = tuple(dict.fromkeys(targets)) or place.config.targets
        self._domain, self._kind = domain, None if kind is None else Kind(kind)
        self._as_json, self._quiet = as_json, quiet
        self._domains: Mapping[str, Domain] = {}
        self._editors: dict[str, Editor] = {}

    def run(
        self, terms: Sequence[str], change: Callable[[_Found], list[Change]], *, bundled: bool = True, new: bool = False
    ) -> None:
        """Carry a change out for every term, write the files, say what was done and exit."""
        from glossa import store

        missing: list[str] = []
        changes: list[tuple[str, Change]] = []

        def update(domains: Mapping[str, Domain]) -> dict[str, Domain]:
            self._domains = domains
            found = list(self._find_all(terms, missing, bundled=bundled, new=new))
            changes.extend((one.query, done) for one in found for done in change(one))
            return {name: editor.result() for name, editor in self._editors.items()}

        asked = None if self._domain is None else [self._domain]
        written, after = store.update_glossaries(self._root, asked, tuple(languages.TARGETS), update)
        rows = [(query, done, *self._place(after, done)) for query, done in dict.fromkeys(changes)]
        if self._as_json:
            import json

            shown = [_json(query, done, path, line) for query, done, path, line in rows]
            answer = {"terms": shown, "not_found": missing, "written": [_relative(path) for path in written]}
            click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        elif not self._quiet:
            for text in _lines([(done, path, line) for _, done, path, line in rows]):
                click.echo(text, color=False if os.environ.get("NO_COLOR") else None)
        for term in missing:
            ours = bool(self._find(term, self._bundled_names))
            hint = "it comes with Glossa, where it stays; glossa terms reject hides it" if ours else "no such term"
            click.echo(f"glossa: {term!r}: {hint}", err=True)
        for _, done in changes:
            if not done.ok:
                click.echo(f"glossa: {done.key[1]!r} has no rendering in {done.lang} to be approved", err=True)
        if missing or not all(done.ok for _, done in changes):
            sys.exit(1)

    def editor(self, found: _Found) -> Editor:
        """What changes the domain of a term."""
        from glossa.catalogs.termbase import Domain, Editor

        if found.domain not in self._editors:
            empty = Domain(found.domain, None, dict.fromkeys(languages.TARGETS))
            self._editors[found.domain] = Editor(self._domains.get(found.domain, empty), _now())
        return self._editors[found.domain]

    def known(self, found: _Found, lang: str) -> polib.POEntry | None:
        """The term's entry in the glossary that comes with Glossa, where the workspace has no rendering of its own."""
        own = self.editor(found).entry(lang, found.key)
        if own is not None and own.msgstr:
            return None
        entries = []
        for name, names in self._bundled_names.items():
            files = self._bundled[name]
            for key in names.find(found.key[1], Kind(found.key[0])):
                asked = _entry(files.template, key)
                entry = copy(_entry(files.catalogues[lang], key))
                if entry is not None and entry.msgstr:
                    entry.comment = asked.comment if asked else entry.comment
                    entry.occurrences = []
                    entries.append(entry)
        return min(entries, key=lambda entry: "fuzzy" in entry.flags, default=None)

    def _find_all(self, terms: Sequence[str], missing: list[str], *, bundled: bool, new: bool) -> Iterator[_Found]:
        from glossa.catalogs.termbase import Names

        own = {name: Names(domain) for name, domain in self._domains.items()}
        for term in dict.fromkeys(terms):
            found = self._find(term, own) or (self._find(term, self._bundled_names) if bundled else [])
            if len(found) > 1:
                places = ", ".join(f"{one.key[1]} ({one.key[0]} in {one.domain})" for one in found)
                raise UsageError(f"{term!r} may be one of several; choose with --kind or --domain: {places}")
            if found:
                yield found[0]
            elif new:
                yield self._new(term)
            else:
                missing.append(term)

    def _find(self, term: str, names: Mapping[str, Names]) -> list[_Found]:
        for other in (False, True):
            found = [
                _Found(term, domain, key)
                for domain, known in names.items()
                if self._domain in (None, domain)
                for key in known.find(term, self._kind, other=other)
            ]
            if found:
                return found
        return []

    def _new(self, term: str) -> _Found:
        from glossa.terms.glossary import clean

        if self._kind is None:
            kinds = ", ".join(kind.value for kind in Kind)
            raise UsageError(f"{term!r} is not in the glossary; say with --kind what it is: {kinds}")
        if self._domain is None and len(self._domains) != 1:
            which = f": {', '.join(self._domains)}, or a new one" if self._domains else ", for example vocabulary"
            raise UsageError(f"{term!r} is not in the glossary; say with --domain where it belongs{which}")
        return _Found(term, self._domain or next(iter(self._domains)), (self._kind.value, clean(term)))

    @cached_property
    def _bundled(self) -> dict[str, Domain]:
        from glossa import store

        directory = workspace.bundled_glossary()
        if directory.resolve() == (self._root / "glossary").resolve():
            return {}
        return store.read_glossary(directory)

    @cached_property
    def _bundled_names(self) -> dict[str, Names]:
        from glossa.catalogs.termbase import Names

        return {name: Names(domain) for name, domain in self._bundled.items()}

    def _place(self, domains: Mapping[str, Domain], done: Change) -> tuple[Path | None, int | None]:
        """The file and line where a term stands now that it is changed."""
        from glossa import store

        places = [(self._root / "glossary", domains.get(done.domain))]
        kept = done.action == "already approved"  # perhaps there is nothing of it in the workspace
        if kept:
            places.append((workspace.bundled_glossary(), self._bundled.get(done.domain)))
        for directory, domain in places:
            if domain is None:
                continue
            for lang in (done.lang, *([] if done.lang else domain.catalogues)):
                entry = _entry(
                    domain.template if lang is None else domain.catalogues.get(lang), done.key, obsolete=True
                )
                if entry is not None and (entry.msgstr or not kept):
                    return store.glossary_path(directory, lang, done.domain), entry.linenum
        return None, None


def _entry(po: polib.POFile | None, key: Key, *, obsolete: bool = False) -> polib.POEntry | None:
    entries = (entry for entry in po or () if (entry.msgctxt, entry.msgid) == key)
    return next((entry for entry in entries if obsolete or not entry.obsolete), None)


def _now() -> str:
    from glossa.cli.translate import _now as now

    return now()


def _relative(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _json(query: str, done: Change, path: Path | None, line: int | None) -> dict[str, Any]:
    return {
        "query": query,
        "term": done.key[1],
        "kind": done.key[0],
        "domain": done.domain,
        "lang": done.lang,
        "action": done.action,
        "rendering": done.text or None,
        "ok": done.ok,
        "path": None if path is None else _relative(path),
        "line": line,
    }


def _lines(rows: Sequence[tuple[Change, Path | None, int | None]]) -> Iterator[str]:
    """A line for each term and language; the place stands on one of its own where a terminal is too narrow for both."""
    import shutil

    from glossa.cli.lookup import _columns

    room = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else None
    width = max((len(done.action) for done, _, _ in rows), default=0)
    for done, path, line in rows:
        text = f"{done.action:<{width}}  {done.lang or '-':<2}  {done.key[1]}"
        text += f" = {done.text}" if done.text else f" [{done.key[0]}]" if done.lang is None else ""
        place = "" if path is None else f"({_relative(path)}:{line})"
        wide = room is not None and _columns(text) + 2 + len(place) > room
        colour = _COLOURS.get(done.action)
        shown = click.style(text[:width], fg=colour) + text[width:] if colour else text
        yield shown + ((f"\n{' ' * (width + 6)}" if wide else "  ") + click.style(place, dim=True) if place else "")
