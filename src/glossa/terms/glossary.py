"""The glossary: PO entries to terms and back, and how one glossary overrides another.

`msgctxt` is the kind, `msgid` the English term, `msgstr` its rendering; a fuzzy entry is proposed, one that is not
fuzzy is approved. What else is known stands in comments, one fact a line, `key: value`:

    #. definition: …   #. acronym: …   #. variant: …   #. scope: before-name   #. status: rejected   (of the template)
    # accept: …        # forbid: …     # note: …       # only-for: Japan|Japanese = 防衛相           (translator's)
    # reject: …        # origin: …

Any of them is understood in either sort of comment; other comments are free text. Where a template is at hand, it
alone says what the extracted comments are, as after msgmerge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
REJECTED = "rejected"  # the value of `status` of what is no term

_FACT = re.compile(
    "(definition|acronym|variant|scope|status|accept|forbid|note|only-for|reject|origin)[ \t]*:[ \t]*(.*)",
    re.IGNORECASE,
)
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
    reject: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)
    rejected: bool = False
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

    A term of the template that the catalogue lacks has no rendering and is proposed. What was rejected is among them.

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
    return tuple(keyed(template, po, lang, domain, path, template_path=template_path).values())


def keyed(
    template: Iterable[polib.POEntry] | None,
    po: Iterable[polib.POEntry] | None,
    lang: str,
    domain: str,
    path: Path,
    *,
    template_path: Path | None = None,
) -> Mapping[tuple[str, str], Term]:
    """The terms as `from_po` reads them, by the msgctxt and msgid of their entries, just as they are written."""
    asked = _entries(template, template_path or path)
    given = _entries(po, path)
    return {key: _term(asked.get(key), given.get(key), lang, domain) for key in {**asked, **given}}


def _entries(po: Iterable[polib.POEntry] | None, path: Path) -> dict[tuple[str, str], _Entry]:
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
            _read(facts, entry.comment, EXTRACTED, found)
        _read(facts, entry.tcomment, TRANSLATORS, found)
        facts.references += _references(entry)
    if entry is None:  # pragma: no cover - one of the two is always there
        raise ValueError("no entry")
    source = clean(entry.msgid)
    target = "" if given is None else clean(entry.msgstr)
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
        rejected=facts.rejected,
        reject=_unique(facts.reject),
        origin=" ".join(dict.fromkeys(facts.origin)),
    )


def _read(facts: _Facts, comment: str, prefix: str, entry: _Entry) -> None:
    for key, value, *_ in _facts(comment, prefix):
        if not value:
            continue
        if key == "status":
            if value.lower() == REJECTED:
                facts.rejected = True
            elif prefix == EXTRACTED:  # in a translator's comment it is what people write about their work
                raise DataError(f"unknown status {value!r}; known: {REJECTED}", entry.path, entry.po.linenum)
        elif key == "scope":
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
                "reject": facts.reject,
                "origin": facts.origin,
            }
            values[key].append(value)


def _facts(comment: str, prefix: str) -> Iterator[tuple[str, str, int, int]]:
    """The keys and values in a comment, each with its first line and the one behind its last, counted from 0.

    A line that polib broke when it saved the file is put together again.
    """
    key, value, before, start = "", "", "", 0
    lines = comment.split("\n")
    for number, line in enumerate(lines):
        match = _FACT.match(line)
        if match is None and key and _broken(prefix + before, line):
            value += line if value.endswith("-") else f" {line}"
        else:
            if key:
                yield key, clean(value), start, number
            key, value, start = (match[1].lower(), match[2], number) if match else ("", "", 0)
        before = line
    if key:
        yield key, clean(value), start, len(lines)


def _broken(before: str, line: str) -> bool:
    """Whether a line goes on the one before it: that was short enough, and one word more would not have been."""
    words = line.split(maxsplit=1)
    if not words:
        return False
    first = words[0].split("-", 1)[0]
    return len(before) + 1 + len(first) >= _WRAP and (len(before) <= _WRAP or " " not in before.strip("#. "))


def clean(text: str) -> str:
    """A term or a rendering as it is compared: canonical, every run of blanks one space."""
    return " ".join(canonical(text).split())


def _references(entry: polib.POEntry) -> Iterator[str]:
    for name, line in entry.occurrences:
        yield f"{name}:{line}" if line else name


def _unique(values: Iterable[str], other_than: str = "") -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys(values) if value != other_than)


# Facts in comments

EXTRACTED, TRANSLATORS = "#. ", "# "  # the two sorts of comment that hold facts, as they begin in a file


def facts(comment: str, key: str, sort: str) -> tuple[str, ...]:
    """The values of a key in a comment, cleaned, in their order; `sort` is `EXTRACTED` or `TRANSLATORS`."""
    return tuple(value for name, value, *_ in _facts(comment, sort) if name == key and value)


def with_facts(comment: str, key: str, values: Iterable[str], sort: str) -> str:
    """The comment with just these values of a key, where it had values of that key or else at its end.

    Every other line stays as it is, and so does that of a value that was there already.
    """
    lines = comment.split("\n") if comment else []
    places = [(value, start, end) for name, value, start, end in _facts(comment, sort) if name == key]
    before = {value: lines[start:end] for value, start, end in places}
    wanted = {clean(value): value for value in values if clean(value)}
    if tuple(wanted) == facts(comment, key, sort):
        return comment
    new = [line for value, text in wanted.items() for line in before.get(value, [_fact(key, text)])]
    gone = {number for _, start, end in places for number in range(start, end)}
    at = places[0][1] if places else len(lines)
    head, tail = ([lines[i] for i in span if i not in gone] for span in (range(at), range(at, len(lines))))
    changed = "\n".join([*head, *new, *tail])
    others = [fact[:2] for fact in _facts(comment, sort) if fact[0] != key]
    if facts(changed, key, sort) != tuple(wanted) or [f[:2] for f in _facts(changed, sort) if f[0] != key] != others:
        changed = "\n".join([*head, "", *tail, *new])  # a remark would be read as the second line of a fact
    return changed


def _fact(key: str, value: str) -> str:
    """A line that says it; gettext would join one that ends in a backslash with the next."""
    line = f"{key}: {' '.join(value.split())}"
    return line + "\u200b" if line.endswith("\\") else line


# Terms to PO entries


def template_entry(term: Term) -> polib.POEntry:
    """The term's entry in the template: what is known of it in English, without a rendering."""
    import polib

    return polib.POEntry(
        msgctxt=term.kind.value,
        msgid=term.source,
        msgstr="",
        comment="\n".join(_english_facts(term)),
        occurrences=places(term.references),
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
        occurrences=places(term.references),
        flags=["fuzzy"] if term.target and term.status is Status.PROPOSED else [],
    )


def _english_facts(term: Term) -> Iterator[str]:
    if term.definition:
        yield f"definition: {term.definition}"
    yield from (f"acronym: {acronym}" for acronym in term.acronyms)
    yield from (f"variant: {variant}" for variant in term.variants)
    if term.scope:
        yield f"scope: {term.scope}"
    if term.rejected:
        yield f"status: {REJECTED}"


def _language_facts(term: Term) -> Iterator[str]:
    yield from (f"accept: {rendering}" for rendering in term.accept)
    yield from (f"forbid: {rendering}" for rendering in term.forbid)
    yield from (f"only-for: {countries} = {rendering}" for countries, rendering in term.only_for)
    if term.note:
        yield from (f"note: {line}" for line in term.note.split("\n"))
    yield from (f"reject: {rendering}" for rendering in term.reject)
    if term.origin:
        yield f"origin: {term.origin}"


def places(references: Iterable[str]) -> list[tuple[str, str]]:
    """References of a term, "file:line", as those of a PO entry: pairs of file and line ("" where there is none)."""
    found = []
    for reference in references:
        name, _, line = reference.rpartition(":")
        found.append((name, line) if name and line.isascii() and line.isdigit() else (reference, ""))
    return found


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
    - A term that `over` rejects is rejected, whatever `base` says of it; a rendering that an entry of `over` without
      one refuses is gone.
    """
    above = [(identity(term), term) for term in over]
    merged: dict[tuple[str, Kind], Term] = {}
    for term in base:
        merged.setdefault(identity(term), term)
    replaced = {key for key, _ in above}
    acronyms: set[str] = set()
    forms: set[str] = set()
    for (source, _), term in above:
        if _worth(term) == _APPROVED:
            acronyms.update(term.acronyms)
            forms.add(source)
            forms.update(map(fold_text, term.variants))
    claimed = {term.source for _, term in above if _worth(term) == _APPROVED and term.target}
    merged = {key: term for key, term in merged.items() if key in replaced or term.source not in claimed}
    for key, term in merged.items():
        if key not in replaced:
            merged[key] = _without(term, acronyms, forms)
    for key, term in above:
        merged[key] = _inherit(term, merged[key]) if key in merged else term
    return tuple(merged.values())


def join(domains: Iterable[Iterable[Term]]) -> tuple[Term, ...]:
    """The terms of several domains of one glossary.

    Of two entries for a term an approved one counts, then one that says it is no term, then one with a rendering, then
    the first.
    """
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


_APPROVED = 3


def _worth(term: Term) -> int:
    if term.rejected:
        return 2
    return _APPROVED if term.status is Status.APPROVED else 1 if term.target else 0


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
    if term.rejected:
        return term
    if base.target in term.reject:
        base = replace(base, target="", status=Status.PROPOSED, accept=(), forbid=(), only_for=(), origin="")
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
        reject=_unique((*term.reject, *base.reject)),
    )
