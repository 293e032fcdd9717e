"""The glossary: PO entries to terms and back, and how one glossary overrides another.

`msgctxt` is the kind, `msgid` the English term, `msgstr` its rendering; a fuzzy entry is proposed, one that is not
fuzzy is approved. What else is known stands in comments, one fact a line, `key: value`:

    #. definition: …      #. acronym: …     #. variant: …     #. scope: before-name     (extracted, from the template)
    # accept: …           # forbid: …       # note: …         # only-for: Japan|Japanese = 防衛相     (translator's)

Any of them is understood in either sort of comment; other comments are free text. Where a template is at hand, it
alone says what the extracted comments are, as after msgmerge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from glossa.errors import DataError
from glossa.model import Kind, Status, Term
from glossa.terms.spelling import fold_text
from glossa.text.normalize import canonical

if TYPE_CHECKING:
    import polib

SCOPES = ("", "before-name")

_FACT = re.compile("(definition|acronym|variant|scope|accept|forbid|note|only-for)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_WRAP = 78  # columns at which polib breaks a long comment
_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry and the file that it stands in."""

    po: polib.POEntry
    path: Path


@dataclass(slots=True)
class _Facts:
    """What the comments and references of an entry say, while it is collected."""

    acronyms: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    accept: list[str] = field(default_factory=list)
    forbid: list[str] = field(default_factory=list)
    only_for: list[tuple[str, str]] = field(default_factory=list)
    definition: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    scope: str = ""
    references: list[str] = field(default_factory=list)


def from_po(
    template: polib.POFile | None,
    po: polib.POFile | None,
    lang: str,
    domain: str,
    path: Path,
    *,
    template_path: Path | None = None,
) -> tuple[Term, ...]:
    """The terms of one domain in one language, in the order of the files; obsolete entries are left out.

    A term of the template that the catalogue lacks has no rendering and is proposed.

    Args:
        template: the `.pot` of the domain, if there is one.
        po: the language's catalogue, if there is one.
        lang: the language of the renderings.
        domain: the name that the terms carry.
        path: where `po` was read, for messages.
        template_path: where `template` was read, for messages; `path` if not given.

    Raises:
        DataError: an entry is not a term (unknown kind, nothing or two things in it, a comment that makes no sense).
    """
    asked = _entries(template, template_path or path)
    given = _entries(po, path)
    return tuple(_term(asked.get(key), given.get(key), lang, domain) for key in {**asked, **given})


def _entries(po: polib.POFile | None, path: Path) -> dict[tuple[str, str], _Entry]:
    found: dict[tuple[str, str], _Entry] = {}
    for entry in po or ():
        if entry.obsolete:
            continue
        kind, source = entry.msgctxt or "", entry.msgid
        if kind not in _KINDS:
            kinds = ", ".join(_KINDS)
            what = f"unknown kind {kind!r}" if kind else "no kind (msgctxt)"
            raise DataError(f"{what} for {source!r}; a term is one of: {kinds}", path, entry.linenum)
        if not source.strip():
            raise DataError("a term without text (msgid)", path, entry.linenum)
        if entry.msgid_plural:
            raise DataError(f"the term {source!r} has a plural; leave it out, plurals are found", path, entry.linenum)
        if (kind, source) in found:
            first = found[kind, source].po.linenum
            raise DataError(
                f"the term {source!r} stands here a second time, first on line {first}", path, entry.linenum
            )
        found[kind, source] = _Entry(entry, path)
    return found


def _term(asked: _Entry | None, given: _Entry | None, lang: str, domain: str) -> Term:
    facts = _Facts()
    entry = None
    for number, found in enumerate((asked, given)):
        if found is None:
            continue
        entry = found.po
        if number == 0 or asked is None:
            _read(facts, entry.comment, "#. ", found)
        _read(facts, entry.tcomment, "# ", found)
        facts.references += _references(entry)
    if entry is None:  # pragma: no cover - one of the two is always there
        raise ValueError("no entry")
    source = _clean(entry.msgid)
    target = "" if given is None else _clean(entry.msgstr)
    return Term(
        source=source,
        kind=_KINDS[entry.msgctxt or ""],
        target=target,
        lang=lang,
        status=Status.APPROVED if target and not entry.fuzzy else Status.PROPOSED,
        acronyms=_unique(facts.acronyms, source),
        variants=_unique(facts.variants, source),
        accept=_unique(facts.accept, target),
        forbid=_unique(facts.forbid),
        only_for=tuple(dict.fromkeys(facts.only_for)),
        scope=facts.scope,
        definition=" ".join(dict.fromkeys(facts.definition)),
        note="\n".join(dict.fromkeys(facts.note)),
        references=_unique(facts.references),
        domain=domain,
    )


def _read(facts: _Facts, comment: str, prefix: str, entry: _Entry) -> None:
    for key, value in _facts(comment, prefix):
        if not value:
            continue
        if key == "scope":
            if value not in SCOPES:
                raise DataError(f"unknown scope {value!r}; known: {SCOPES[1]}", entry.path, entry.po.linenum)
            facts.scope = value
        elif key == "only-for":
            countries, equals, rendering = (part.strip() for part in value.partition("="))
            words = "|".join(word.strip() for word in countries.split("|") if word.strip())
            if not (equals and words and rendering):
                raise DataError(
                    f'"only-for: {value}" should be "only-for: Japan|Japanese = rendering"',
                    entry.path,
                    entry.po.linenum,
                )
            facts.only_for.append((words, rendering))
        else:
            values: dict[str, list[str]] = {
                "acronym": facts.acronyms,
                "variant": facts.variants,
                "accept": facts.accept,
                "forbid": facts.forbid,
                "definition": facts.definition,
                "note": facts.note,
            }
            values[key].append(value)


def _facts(comment: str, prefix: str) -> Iterator[tuple[str, str]]:
    """The keys and values in a comment; a line that polib broke when it saved the file is put together again."""
    key, value, before = "", "", ""
    for line in comment.split("\n"):
        match = _FACT.match(line)
        if match is None and key and _broken(prefix + before, line):
            value += line if value.endswith("-") else f" {line}"
        else:
            if key:
                yield key, _clean(value)
            key, value = (match[1].lower(), match[2]) if match else ("", "")
        before = line
    if key:
        yield key, _clean(value)


def _broken(before: str, line: str) -> bool:
    """Whether a line goes on the one before it: that was short enough, and one word more would not have been."""
    words = line.split(maxsplit=1)
    if not words:
        return False
    first = words[0].split("-", 1)[0]
    return len(before) + 1 + len(first) >= _WRAP and (len(before) <= _WRAP or " " not in before.strip("#. "))


def _clean(text: str) -> str:
    return " ".join(canonical(text).split())


def _references(entry: polib.POEntry) -> Iterator[str]:
    for name, line in entry.occurrences:
        yield f"{name}:{line}" if line else name


def _unique(values: Iterable[str], other_than: str = "") -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys(values) if value != other_than)


# Terms to PO entries


def template_entry(term: Term) -> polib.POEntry:
    """The term's entry in the template: what is known of it in English, without a rendering."""
    import polib

    return polib.POEntry(
        msgctxt=term.kind.value,
        msgid=term.source,
        msgstr="",
        comment="\n".join(_english_facts(term)),
        occurrences=_occurrences(term),
    )


def catalogue_entry(term: Term) -> polib.POEntry:
    """The term's entry in a language's catalogue; fuzzy where the rendering is proposed."""
    import polib

    return polib.POEntry(
        msgctxt=term.kind.value,
        msgid=term.source,
        msgstr=term.target,
        comment="\n".join(_english_facts(term)),
        tcomment="\n".join(_language_facts(term)),
        occurrences=_occurrences(term),
        flags=["fuzzy"] if term.target and term.status is Status.PROPOSED else [],
    )


def _english_facts(term: Term) -> Iterator[str]:
    if term.definition:
        yield f"definition: {term.definition}"
    yield from (f"acronym: {acronym}" for acronym in term.acronyms)
    yield from (f"variant: {variant}" for variant in term.variants)
    if term.scope:
        yield f"scope: {term.scope}"


def _language_facts(term: Term) -> Iterator[str]:
    yield from (f"accept: {rendering}" for rendering in term.accept)
    yield from (f"forbid: {rendering}" for rendering in term.forbid)
    yield from (f"only-for: {countries} = {rendering}" for countries, rendering in term.only_for)
    if term.note:
        yield from (f"note: {line}" for line in term.note.split("\n"))


def _occurrences(term: Term) -> list[tuple[str, str]]:
    places = []
    for reference in term.references:
        name, _, line = reference.rpartition(":")
        places.append((name, line) if name and line.isascii() and line.isdigit() else (reference, ""))
    return places


# One glossary over another


def identity(term: Term) -> tuple[str, Kind]:
    """What makes two entries the same term: the English, whatever its case and spelling, and the kind."""
    return fold_text(term.source), term.kind


def override(base: Iterable[Term], over: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of both, all of one language; where both have a term, that of `over` counts.

    - A rendering in `over`, approved or proposed, replaces that of `base` with all that is said about it (accepted,
      forbidden, country-dependent renderings, note). To suspend a term is to override it with a fuzzy entry.
    - An entry without a rendering replaces none; it only adds what it knows of the English term.
    - English facts (acronyms, variants, scope, definition) that `over` does not state are kept from `base`.
    - An acronym or a variant that an approved term of `over` claims is taken from the other terms of `base`; a term
      of `base` that is spelled just the same but of another kind goes.
    """
    above = [(identity(term), term) for term in over]
    merged: dict[tuple[str, Kind], Term] = {}
    for term in base:
        merged.setdefault(identity(term), term)
    replaced = {key for key, _ in above}
    acronyms: set[str] = set()
    forms: set[str] = set()
    for (source, _), term in above:
        if term.status is Status.APPROVED:
            acronyms.update(term.acronyms)
            forms.add(source)
            forms.update(map(fold_text, term.variants))
    claimed = {term.source for _, term in above if term.status is Status.APPROVED and term.target}
    merged = {key: term for key, term in merged.items() if key in replaced or term.source not in claimed}
    for key, term in merged.items():
        if key not in replaced:
            merged[key] = _without(term, acronyms, forms)
    for key, term in above:
        merged[key] = _inherit(term, merged[key]) if key in merged else term
    return tuple(merged.values())


def join(domains: Iterable[Iterable[Term]]) -> tuple[Term, ...]:
    """The terms of several domains of one glossary; of two entries for a term an approved one counts, or the first."""
    merged: dict[tuple[str, Kind], Term] = {}
    for terms in domains:
        for term in terms:
            key = identity(term)
            other = merged.get(key)
            if other is None:
                merged[key] = term
            elif _worth(term) > _worth(other):
                merged[key] = _inherit(term, other)
            else:
                merged[key] = _inherit(other, term)
    return tuple(merged.values())


def _worth(term: Term) -> int:
    return 2 if term.status is Status.APPROVED else 1 if term.target else 0


def _without(term: Term, acronyms: set[str], forms: set[str]) -> Term:
    if not (
        acronyms.isdisjoint(term.acronyms) and (not term.variants or forms.isdisjoint(map(fold_text, term.variants)))
    ):
        return replace(
            term,
            acronyms=tuple(acronym for acronym in term.acronyms if acronym not in acronyms),
            variants=tuple(variant for variant in term.variants if fold_text(variant) not in forms),
        )
    return term


def _inherit(term: Term, base: Term) -> Term:
    rendering = term if term.target else base
    return replace(
        rendering,
        source=term.source,
        acronyms=term.acronyms or base.acronyms,
        variants=term.variants or base.variants,
        scope=term.scope or base.scope,
        definition=term.definition or base.definition,
        references=_unique((*term.references, *base.references)),
        domain=rendering.domain,
    )
