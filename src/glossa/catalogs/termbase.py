"""Changes to the glossary of a domain, its template and its catalogues: what was found goes in, what people decide.

`merge` does for terms what msgmerge does for messages; an `Editor` carries out single decisions. Neither changes the
files that it is given: they work on copies. A header's dates change only when something else in its file does.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from glossa import __version__
from glossa.catalogs import po as po_text
from glossa.model import Candidate, Kind, Proposal, Status, Term
from glossa.terms import glossary
from glossa.terms.glossary import EXTRACTED, REJECTED, TRANSLATORS, clean, facts, with_facts
from glossa.terms.spelling import fold_text

if TYPE_CHECKING:
    import polib

Key: TypeAlias = tuple[str, str]  # msgctxt and msgid of an entry
Place: TypeAlias = tuple[str, str]  # file and line of a reference
Facts: TypeAlias = Mapping[str, Sequence[str]]  # the values of facts in comments, by their name
Proposals: TypeAlias = Mapping[str, Mapping[tuple[Kind, str], Proposal]]  # by language, then by kind and term

_UNFIT = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")  # what no term, rendering or comment line can hold
_UNFIT_NAME = re.compile("[\u2068\u2069\x85\u2028\u2029\x00-\x1f]")  # what PO cannot hold in the name of a file


@dataclass(frozen=True, slots=True)
class Domain:
    """The files of one domain of a glossary; None stands for a file that is not there."""

    name: str
    template: polib.POFile | None
    catalogues: Mapping[str, polib.POFile | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a term in one file.

    Args:
        action: "approved", "rejected", "set", "removed"; "already …" where there was nothing to do; "no rendering".
        lang: the language, or None where the term itself is meant.
        text: the rendering that it is about, or "".
        ok: whether the term is now as it was asked for.
    """

    action: str
    domain: str
    key: Key
    lang: str | None
    text: str = ""
    ok: bool = True


class Names:
    """The names under which the terms of a domain are known, rejected ones included."""

    def __init__(self, domain: Domain) -> None:
        self._own: dict[str, list[Key]] = {}
        self._variants: dict[str, list[Key]] = {}
        self._acronyms: dict[str, list[Key]] = {}
        self._gone: dict[str, list[Key]] = {}
        for lang, po in (domain.catalogues or {"": None}).items():
            for key, term in glossary.keyed(domain.template, po, lang, domain.name, Path(domain.name)).items():
                self.add(key, term)
            for entry in po or ():
                if entry.obsolete and entry.msgctxt:
                    _put(self._gone, fold(entry.msgid), (entry.msgctxt, entry.msgid))

    def add(self, key: Key, term: Term) -> None:
        """Make a term known."""
        _put(self._own, fold(term.source), key)
        for variant in term.variants:
            _put(self._variants, fold(variant), key)
        for acronym in term.acronyms:
            _put(self._acronyms, acronym, key)

    def find(self, text: str, kind: Kind | None = None, *, other: bool = False) -> list[Key]:
        """The terms of that English name, whatever its case and spelling; with `other`, by variant or acronym."""
        asked = fold(text)
        found = self._own.get(asked, [])
        if other:
            acronyms = [key for name, keys in self._acronyms.items() if fold(name) == asked for key in keys]
            found = list(dict.fromkeys([*self._variants.get(asked, ()), *acronyms]))
        found = [key for key in found if kind is None or key[0] == kind.value]
        # names that differ in their case only cannot be told apart otherwise
        exact = [key for key in found if clean(key[1]) == clean(text)]
        return [key for key in found if key in exact or not any(key[0] == twin[0] for twin in exact)]

    def known(self, text: str) -> bool:
        """Whether some term has that name or variant."""
        return fold(text) in self._own or fold(text) in self._variants

    def home(self, text: str, kind: Kind) -> tuple[Key, bool] | None:
        """The entry that a term which was found belongs to, and whether it means the same."""
        asked = fold(text)
        for keys, same in (
            (self.find(text, kind), True),
            (_of_kind(self._variants.get(asked, ()), kind), True),
            (_of_kind(self._acronyms.get(text, ()), kind), False),
            (self._own.get(asked, ()), False),
            (_of_kind(self._gone.get(asked, ()), kind), True),
        ):
            if keys:
                return keys[0], same
        return None


def fold(text: str) -> str:
    """A name as names are compared."""
    return fold_text(clean(text))


def _put(index: dict[str, list[Key]], name: str, key: Key) -> None:
    keys = index.setdefault(name, [])
    if key not in keys:
        keys.append(key)


def _of_kind(keys: Sequence[Key], kind: Kind) -> list[Key]:
    return [key for key in keys if key[0] == kind.value]


class Editor:
    """A copy of a domain to be changed, and what it was. A file is named by its language; None is the template.

    Args:
        domain: the files of now; they are not changed.
        now: "2020-01-31 12:00+0700"; the revision date of what is changed, the creation date of what is made.
    """

    def __init__(self, domain: Domain, now: str) -> None:
        self._before = domain
        self._now = now
        self._files: dict[str | None, polib.POFile | None] = {None: _copy(domain.template)}
        self._files |= {lang: _copy(po) for lang, po in domain.catalogues.items()}
        self._index = {lang: {_key(entry): entry for entry in po or ()} for lang, po in self._files.items()}
        self.langs = tuple(domain.catalogues)

    def state(self) -> Domain:
        """The domain with its changes, but with the old headers."""
        return Domain(self._before.name, self._files[None], {lang: self._files[lang] for lang in self.langs})

    def result(self) -> Domain:
        """The domain with its changes; a file that says the same as before is the very same object."""
        before = self._before
        catalogues = {lang: self._dated(self._files[lang], before.catalogues[lang], lang) for lang in self.langs}
        return Domain(before.name, self._dated(self._files[None], before.template, None), catalogues)

    def _dated(self, po: polib.POFile | None, old: polib.POFile | None, lang: str | None) -> polib.POFile | None:
        if po is None or old is None:
            return po
        if po_text.dump(po) == po_text.dump(old):
            return old
        header = po.metadata
        if "Content-Type" not in header:  # without a header nobody knows the charset
            po.metadata = header = {**po_text.new(lang, self._before.name, self._now).metadata, **header}
        sources = lang is None or set(self.keys(lang)) != {_key(entry) for entry in old if not entry.obsolete}
        for name, changed in (("POT-Creation-Date", sources), ("PO-Revision-Date", lang is not None)):
            if changed and name in header:
                header[name] = self._now
        if re.match(r"Glossa [0-9]", header.get("X-Generator", "")):
            header["X-Generator"] = f"Glossa {__version__}"
        return po

    def keys(self, lang: str | None) -> list[Key]:
        """The terms in a file, in its order."""
        return [key for key, entry in self._index[lang].items() if not entry.obsolete]

    def entry(self, lang: str | None, key: Key, *, obsolete: bool = False) -> polib.POEntry | None:
        """The term's entry in a file, or None where there is none; an obsolete one on demand only."""
        entry = self._index[lang].get(key)
        return None if entry is None or (entry.obsolete and not obsolete) else entry

    def term(self, lang: str, key: Key) -> Term | None:
        """What the files say of a term in a language, or None where they do not have it."""
        asked, given = self.entry(None, key), self.entry(lang, key)
        name = self._before.name
        return glossary.keyed([asked] if asked else None, [given] if given else None, lang, name, Path(name)).get(key)

    def ensure(self, lang: str | None, key: Key, like: polib.POEntry | None = None) -> polib.POEntry:
        """The term's entry in a file, which is made if need be, with the extracted comments and references of `like`.

        An obsolete entry returns with its rendering as proposed.
        """
        import polib

        entry = self._index[lang].get(key)
        if entry is not None and not entry.obsolete:
            return entry
        if entry is None:
            entry = polib.POEntry(msgctxt=key[0], msgid=key[1], msgstr="", flags=[], occurrences=[])
            po = self._files[lang]
            if po is None:
                po = self._files[lang] = po_text.new(lang, self._before.name, self._now)
            po.append(entry)
            self._index[lang][key] = entry
        elif entry.msgstr and "fuzzy" not in entry.flags:
            entry.flags.insert(0, "fuzzy")
        entry.obsolete = False
        entry.comment = "" if like is None else like.comment
        entry.occurrences = [] if like is None else list(like.occurrences)
        return entry

    def _entries(self, key: Key) -> list[polib.POEntry]:
        return [entry for lang in self._files if (entry := self.entry(lang, key)) is not None]

    def _change(self, action: str, key: Key, lang: str | None, text: str = "", *, ok: bool = True) -> Change:
        return Change(action, self._before.name, key, lang, text, ok)

    def approve(self, key: Key, lang: str, known: polib.POEntry | None = None) -> Change:
        """Approve the rendering of a term in a language; that it is no term is then forgotten.

        `known` is its entry in the glossary that this one overrides, whose rendering counts where there is none here.
        """
        entry, term = self.entry(lang, key), self.term(lang, key)
        rejected = term is not None and term.rejected
        if entry is None or not clean(entry.msgstr):
            text = "" if known is None else known.msgstr
            if known is None or not clean(text) or (term and clean(text) in term.reject):
                return self._change("no rendering", key, lang, ok=False)
            if "fuzzy" not in known.flags and not rejected:
                return self._change("already approved", key, lang, text)
            if term is None:
                self.ensure(None, key, known)
            entry = self.ensure(lang, key, self.entry(None, key) or known)
            entry.msgstr = text
            entry.tcomment = "\n".join(filter(None, (entry.tcomment, known.tcomment)))
        elif "fuzzy" not in entry.flags and not rejected:
            return self._change("already approved", key, lang, entry.msgstr)
        self._accept(key)
        _settle(entry, fuzzy=False)
        return self._change("approved", key, lang, entry.msgstr)

    def _accept(self, key: Key) -> None:
        for entry in self._entries(key):
            entry.comment = _without_status(entry.comment, EXTRACTED)
            entry.tcomment = _without_status(entry.tcomment, TRANSLATORS)

    def reject_rendering(self, key: Key, lang: str, known: polib.POEntry | None = None) -> Change:
        """Take the rendering of a term away and remember it, so that it is not proposed again; `known` as above."""
        entry, term = self.entry(lang, key), self.term(lang, key)
        before = term.reject if term else ()
        text = entry.msgstr if entry else ""
        if not clean(text) and known is not None and clean(known.msgstr) not in before:
            text = known.msgstr
        if not clean(text):
            return self._change(
                *(("already rejected", key, lang, before[-1]) if before else ("no rendering", key, lang))
            )
        if not self._entries(key):
            self.ensure(None, key)
        entry = self.ensure(lang, key, self.entry(None, key))
        entry.msgstr = ""
        entry.tcomment = with_facts(entry.tcomment, "origin", (), TRANSLATORS)
        entry.tcomment = with_facts(entry.tcomment, "reject", [*before, text], TRANSLATORS)
        _settle(entry, fuzzy=False)
        return self._change("rejected", key, lang, text)

    def reject(self, key: Key) -> Change:
        """Say that it is no term. Its renderings stay, but count no longer."""
        done = True
        for entry in self._entries(key) or [self.ensure(None, key)]:
            comment = with_facts(entry.comment, "status", (REJECTED,), EXTRACTED)
            done = done and comment == entry.comment
            entry.comment = comment
        return self._change("already rejected" if done else "rejected", key, None)

    def put(
        self, key: Key, lang: str, text: str, english: Facts, of_language: Facts, *, proposed: bool = False
    ) -> Change:
        """Give a term, known or not, its rendering in a language.

        The facts about the English term and about the rendering take the place of those of the same name.
        """
        before = [str(entry) for entry in self._entries(key)]
        if not before:
            self.ensure(None, key)
        entry = self.ensure(lang, key, self.entry(None, key))
        for name, values in english.items():
            for one in self._entries(key):
                one.comment = with_facts(one.comment, name, values, EXTRACTED)
        for name, values in of_language.items():
            entry.tcomment = with_facts(entry.tcomment, name, values, TRANSLATORS)
        if clean(entry.msgstr) != clean(text):
            entry.tcomment = with_facts(entry.tcomment, "origin", (), TRANSLATORS)
            entry.msgstr = text
        self._accept(key)
        _settle(entry, fuzzy=proposed)
        same = before == [str(entry) for entry in self._entries(key)]
        return self._change("already set" if same else "proposed" if proposed else "set", key, lang, text)

    def remove(self, key: Key) -> list[Change]:
        """Take a term out of the template; in the catalogues it becomes obsolete, if there is anything to be kept."""
        changes = [self._change("removed", key, None)] if self.entry(None, key) else []
        for lang, po in self._files.items():
            entry = self.entry(lang, key)
            if po is None or entry is None:
                continue
            if lang is None or not (entry.msgstr or entry.tcomment):
                po.remove(entry)
                del self._index[lang][key]
            else:
                entry.obsolete = True
                entry.occurrences = []
                entry.comment = _without_status(entry.comment, EXTRACTED)
                changes.append(self._change("removed", key, lang, entry.msgstr))
        return changes


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def _copy(po: polib.POFile | None) -> polib.POFile | None:
    if po is None:
        return None
    twin = copy.copy(po)
    twin.metadata = dict(po.metadata)
    twin.clear()
    for entry in po:
        other = copy.copy(entry)
        other.flags = list(entry.flags)
        other.occurrences = list(entry.occurrences)
        twin.append(other)
    return twin


def _without_status(comment: str, sort: str) -> str:
    """The comment without the fact that it is no term; other remarks about a status stay."""
    others = [value for value in facts(comment, "status", sort) if value.lower() != REJECTED]
    return with_facts(comment, "status", others, sort)


def _settle(entry: polib.POEntry, *, fuzzy: bool) -> None:
    """Mark the rendering of an entry as what a person wants, or proposes; it is then not refused any more."""
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.flags = ["fuzzy", *flags] if fuzzy else flags
    entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
    refused = [text for text in facts(entry.tcomment, "reject", TRANSLATORS) if text != clean(entry.msgstr)]
    entry.tcomment = with_facts(entry.tcomment, "reject", refused, TRANSLATORS)


# What was found goes in


def merge(
    domain: Domain, candidates: Iterable[Candidate], proposals: Proposals, *, files: Collection[str], now: str
) -> Domain:
    """The domain after a run of the extractor: new terms and their proposed renderings, and where all were seen.

    Renderings, comments and flags that are there stay. An empty rendering gets a proposal that nobody has refused. A
    term that was found by a variant or an acronym, or that stands there as another kind, gets no entry of its own.

    Args:
        domain: the files of now, with a (perhaps missing) catalogue for every language that is to have one.
        candidates: what was found.
        proposals: renderings for them.
        files: the articles that were read, named as in the references: theirs are replaced, those to others kept.
        now: see `Editor`.
    """
    edit = Editor(domain, now)
    names = Names(domain)
    found = [(candidate, term) for candidate in candidates if (term := _fit(candidate.term))]
    for candidate, term in found:
        home = names.home(term, candidate.kind)
        key = home[0] if home else (candidate.kind.value, term)
        if edit.entry(None, key) is None:
            news = _english(candidate, key, names)
            _introduce(edit, key, news)
            names.add(key, news)
    template = edit.keys(None)
    for lang in edit.langs:
        for key in template:
            edit.ensure(lang, key, edit.entry(None, key))

    names = Names(edit.state())
    homes = [(candidate, *home) for candidate, term in found if (home := names.home(term, candidate.kind))]
    _refer(edit, homes, {_fit_name(name) for name in files})
    for lang in edit.langs:
        for candidate, key, same in homes:
            proposal = proposals.get(lang, {}).get((candidate.kind, candidate.term))
            if same and proposal is not None:
                _propose(edit, lang, key, proposal)
    return edit.result()


def _fit(text: str) -> str:
    return clean(_UNFIT.sub(" ", text.encode(errors="replace").decode()))


def _fit_name(name: str) -> str:
    return _UNFIT_NAME.sub("_", name.encode(errors="replace").decode())


def _english(candidate: Candidate, key: Key, names: Names) -> Term:
    """What the template is to say of a new term: not that it is also what another term is called."""
    variants = {fold(text): text for variant in candidate.variants if (text := _fit(variant))}
    acronyms = dict.fromkeys(text for acronym in candidate.acronyms if (text := _fit(acronym)))
    return Term(
        clean(key[1]),
        candidate.kind,
        "",
        "",
        Status.PROPOSED,
        acronyms=tuple(acronym for acronym in acronyms if acronym != key[1]),
        variants=tuple(text for name, text in variants.items() if name != fold(key[1]) and not names.known(text)),
    )


def _introduce(edit: Editor, key: Key, term: Term) -> None:
    """Put a term into the template; what the catalogues say of the English term already counts more."""
    said = [one.comment for lang in edit.langs if (one := edit.entry(lang, key, obsolete=True)) and one.comment]
    edit.ensure(None, key).comment = said[0] if said else glossary.template_entry(term).comment


def _refer(edit: Editor, homes: Iterable[tuple[Candidate, Key, bool]], files: Collection[str]) -> None:
    """Replace the references to those files by what was found, in every entry of every file."""
    seen: dict[Key, dict[Place, None]] = {}
    for candidate, key, _ in homes:
        places = glossary.places(candidate.references)
        seen.setdefault(key, {}).update(dict.fromkeys((_fit_name(name), line) for name, line in places))
    for lang in (None, *edit.langs):
        for key in edit.keys(lang):
            entry, found = edit.entry(lang, key), seen.get(key, {})
            if entry is not None:
                old = entry.occurrences
                kept = [place for place in old if place[0] not in files or place in found]
                entry.occurrences = [*kept, *(place for place in found if place not in kept)]


def _propose(edit: Editor, lang: str, key: Key, proposal: Proposal) -> None:
    entry, term = edit.entry(lang, key), edit.term(lang, key)
    text = _UNFIT.sub(" ", proposal.text.encode(errors="replace").decode()).strip()
    if entry is None or term is None or term.target or term.rejected or not clean(text):
        return
    if clean(text) not in (*term.reject, *term.forbid):
        entry.msgstr = text
        entry.tcomment = with_facts(entry.tcomment, "origin", [_fit(proposal.origin)], TRANSLATORS)
        if "fuzzy" not in entry.flags:
            entry.flags.insert(0, "fuzzy")
