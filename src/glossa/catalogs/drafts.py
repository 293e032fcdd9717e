"""What Glossa writes into the catalogue of an article: machine drafts, each with a record of how it was made.

A draft is a fuzzy entry whose translator comment says, one fact a line, which engine made it, which terms were
enforced in it, what had to be forced and what a check found, and ends with digests of translation and source:

    # engine: glossa-en-km 1.0
    # term: Royal Cambodian Army = កងទ័ពជើងគោក
    # stage: forced
    # check: number-missing 1953
    # draft: 5d41402a 9b2e11c0
    #: visit.md:12
    #, fuzzy
    msgid "…"

The first digest tells a draft from a translation that a person has begun to edit but not yet approved, the second
one whether another tool has carried it over to a changed sentence. Everything a person wrote, in whatever entry, is
kept. Translator comments survive every gettext tool; extracted ones do not.
"""

from __future__ import annotations

import copy
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossa import __version__
from glossa.catalogs import po as po_text

if TYPE_CHECKING:
    import polib

_UNFIT = re.compile("[\0\x04]")  # ends a string, separates a context from it: gettext refuses both

RESEMBLANCE = 0.75  # of an old and a new source, from which on the old one is shown with the new one

Terms = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's translation of one segment.

    Args:
        source: the segment's text, never "".
        target: what the machine made of it.
        references: where the segment stands, "file:line".
        engine: the signature of the engine.
        terms: pairs (English term, rendering enforced), in the order of the segment.
        stage: the step that satisfied the terms, see `model.Translation`.
        findings: what checks found, one line each, "code message".
    """

    source: str
    target: str
    references: tuple[str, ...] = ()
    engine: str = ""
    terms: Terms = ()
    stage: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptSegment:
    """A segment whose entry stays as it is: it is reviewed, or its draft still holds."""

    source: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a catalogue says about one source.

    Args:
        target: the translation, or "".
        reviewed: a person approved it (it is not fuzzy).
        edited: it is fuzzy, but not what the machine wrote: a person is at work on it.
        engine: who made the draft it began as, or "" where that is unknown.
        terms: the terms that were enforced in that draft.
        previous: the source that it was translated from before, if that was another one.
        stage: as in `Draft`.
        findings: as in `Draft`.
        stale: it is fuzzy and was made for another source; a tool such as msgmerge carried it over.
    """

    source: str
    target: str
    reviewed: bool
    edited: bool
    engine: str
    terms: Terms
    previous: str | None
    stage: str = ""
    findings: tuple[str, ...] = ()
    stale: bool = False


def state(po: polib.POFile) -> Mapping[str, Entry]:
    """The entries of a catalogue by source, obsolete ones that could return included.

    Entries with a context or a plural are not an article's segments and are left out.
    """
    return {entry.msgid: _read(entry) for entry in po if _is_segment(entry)}


def holds(entry: Entry, engine: str, terms: Terms) -> bool:
    """Whether the entry can be used for its source as it is.

    What a person approved or edited can; a draft can if this engine made it with these very terms. Nothing does that
    was made for another source and not approved since.
    """
    if entry.reviewed:
        return True
    if entry.stale or not entry.target:
        return False
    return entry.edited or (entry.engine, entry.terms) == (engine, terms)


def merge(
    po: polib.POFile | None, segments: Sequence[Draft | KeptSegment], lang: str, domain: str, now: str
) -> polib.POFile:
    """The article's catalogue after a run: `po`, which is not changed, brought up to the segments of today.

    Entries stand in the order of the segments, one for each source, then those that are not segments, then the
    obsolete ones. What a person approved or edited stays, a draft for it notwithstanding; it becomes obsolete when
    its source has gone and returns with it. A draft whose source has gone is dropped. A new source that resembles
    one that has gone carries that as its previous msgid. A source that no PO file can hold has no entry.

    Args:
        po: the catalogue of now, or None where there is none yet.
        segments: every segment of the article, in order; sources may repeat.
        lang: code of the target language.
        domain: the catalogue's name.
        now: "2020-01-31 12:00+0700"; the revision date if anything changes, the creation date if a source comes or
            goes.
    """
    old = po_text.new(lang, domain, now) if po is None else po
    known = {entry.msgid: entry for entry in old if _is_segment(entry)}
    plurals = {entry.msgid for entry in old if entry.msgctxt is None and entry.msgid_plural}
    ours, references = _by_source(s for s in segments if s.source not in plurals and not _UNFIT.search(s.source))
    live = {source for source, entry in known.items() if not entry.obsolete}
    previous = _resembling([source for source in ours if source not in known], [s for s in live if s not in ours])

    out = copy.copy(old)  # the header; the entries follow
    out.metadata = dict(old.metadata)
    out.clear()
    for source, segment in ours.items():
        entry = _entry_for(segment, known.get(source))
        if source in previous:
            entry.previous_msgid = previous[source]
        entry.occurrences = [_place(reference) for reference in references[source]]
        out.append(entry)
    out.extend(_copy(entry) for entry in old if not _is_segment(entry) and not entry.obsolete)
    out.extend(_copy(entry) for entry in old if entry.obsolete and (not _is_segment(entry) or _stays(entry, ours)))
    for entry in old:
        if _is_segment(entry) and not entry.obsolete and _stays(entry, ours):
            gone = _copy(entry)
            gone.obsolete = True
            gone.occurrences = []
            out.append(gone)
    _date(out, None if po is None else old, po_text.new(lang, domain, now), sources_changed=live != set(ours))
    return out


def _by_source(segments: Iterable[Draft | KeptSegment]) -> tuple[dict[str, Draft | KeptSegment], dict[str, list[str]]]:
    """The segment that speaks for each source, the first draft if there is one, and all its references."""
    ours: dict[str, Draft | KeptSegment] = {}
    references: dict[str, list[str]] = {}
    for segment in segments:
        if not segment.source:
            raise ValueError("a segment without text")
        if isinstance(ours.setdefault(segment.source, segment), KeptSegment) and isinstance(segment, Draft):
            ours[segment.source] = segment
        places = references.setdefault(segment.source, [])
        places.extend(place for place in segment.references if place not in places)
    return ours, references


def _is_segment(entry: polib.POEntry) -> bool:
    return entry.msgctxt is None and not entry.msgid_plural and bool(entry.msgid)


def _is_a_persons(entry: polib.POEntry) -> bool:
    facts = _read(entry)
    return facts.reviewed or facts.edited


def _stays(entry: polib.POEntry, ours: Mapping[str, object]) -> bool:
    """Whether an entry that no segment needs is worth keeping: a person approved, edited or commented on it."""
    if entry.msgid in ours:
        return False
    before, _, after = _split_comment(entry.tcomment)
    return _is_a_persons(entry) or any(line.strip() for line in (*before, *after))


def _entry_for(segment: Draft | KeptSegment, entry: polib.POEntry | None) -> polib.POEntry:
    import polib

    entry = polib.POEntry(msgid=segment.source, occurrences=[], flags=[]) if entry is None else _copy(entry)
    entry.obsolete = False
    if isinstance(segment, Draft) and not _is_a_persons(entry):
        before, _, after = _split_comment(entry.tcomment)
        entry.tcomment = "\n".join([*before, *_record(segment), *after])
        entry.msgstr = _UNFIT.sub("", segment.target)
        if "fuzzy" not in entry.flags:
            entry.flags.insert(0, "fuzzy")
    return entry


def _copy(entry: polib.POEntry) -> polib.POEntry:
    twin = copy.copy(entry)
    twin.flags = list(entry.flags)
    twin.occurrences = list(entry.occurrences)
    twin.msgstr_plural = dict(entry.msgstr_plural)
    return twin


def _place(reference: str) -> tuple[str, str]:
    name, _, line = reference.rpartition(":")
    return (name, line) if name and line.isascii() and line.isdigit() else (reference, "")


def _resembling(new: Sequence[str], gone: Iterable[str]) -> dict[str, str]:
    """Pairs of a new and a gone source, the most alike first, each source in one pair at most."""
    from rapidfuzz import fuzz, process

    candidates = sorted(gone)
    cutoff = RESEMBLANCE * 100
    scored = [
        (-score, order, old)
        for order, source in enumerate(new)
        for old, score, _ in process.extract(source, candidates, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
    ]
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, order, old in sorted(scored):
        if new[order] not in pairs and old not in taken:
            pairs[new[order]] = old
            taken.add(old)
    return pairs


def _date(out: polib.POFile, old: polib.POFile | None, fresh: polib.POFile, *, sources_changed: bool) -> None:
    """Complete the header, and set its dates and generator if anything else differs from `old`."""
    for name, value in fresh.metadata.items():
        out.metadata.setdefault(name, value)
    if old is not None and po_text.dump(out) != po_text.dump(old):
        out.metadata["PO-Revision-Date"] = fresh.metadata["PO-Revision-Date"]
        out.metadata["X-Generator"] = f"Glossa {__version__}"
        if sources_changed:
            out.metadata["POT-Creation-Date"] = fresh.metadata["POT-Creation-Date"]


# The record in the translator comment

_DRAFT = re.compile(r"draft: ([0-9a-f]{8}) ([0-9a-f]{8})")
_LINE = re.compile(r"(engine|term|stage|check|draft):(?: (.*))?", re.DOTALL)
_TERM = re.compile(r"(.*?) =(?: (.*))?", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")
_WIDTH = 72  # characters of a comment line; no tool that wraps comments breaks one as short


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]


def _record(draft: Draft) -> list[str]:
    lines = _fact("engine", _escape(draft.engine))
    for source, target in draft.terms:
        lines += _fact("term", f"{_escape(source)} = {_escape(target)}")
    if draft.stage:
        lines += _fact("stage", _escape(draft.stage))
    for finding in draft.findings:
        lines += _fact("check", _escape(finding))
    return [*lines, f"draft: {_digest(_UNFIT.sub('', draft.target))} {_digest(draft.source)}"]


def _fact(key: str, value: str) -> list[str]:
    """`key: value` in lines of at most `_WIDTH` characters; a line that begins with "+" continues the one before."""
    lines: list[str] = []
    line = f"{key}:"
    for word in re.findall(r" ?[^ ]+| ", f" {value}" if value else ""):
        if len(line) + len(word) > _WIDTH and len(lines) + len(line) > len(key) + 1:
            lines.append(line)
            line = "+"
        for unit in re.findall(r" ?(?:\\u[0-9a-f]{4}|\\.|.)", word, re.DOTALL):
            if len(line) + len(unit) > _WIDTH:
                lines.append(line)
                line = "+"
            line += unit
    return [*lines, line]


def _escape(text: str) -> str:
    """`text` without "=", control characters, blanks that tools strip or fold, or a backslash at its end.

    A backslash at the end of a line would join it with the next, in comments, too, when GNU gettext reads it.
    """
    out: list[str] = []
    for i, char in enumerate(text):
        if char == " " and 0 < i < len(text) - 1 and text[i - 1] != " ":
            out.append(char)
        elif char == "=":
            out.append("\\=")
        elif char == "\n":
            out.append("\\n")
        elif char == "\\" or char.isspace() or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
            out.append(f"\\u{ord(char):04x}")
        else:
            out.append(char)
    return "".join(out)


def _unescape(text: str) -> str:
    def char(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else "\n" if match[2] == "n" else match[2]

    return _ESCAPE.sub(char, text)


def _split_comment(comment: str) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """The lines before the record, the facts of the record (escaped), the other lines; no facts: no record."""
    lines = comment.split("\n") if comment else []
    ends = [i for i, line in enumerate(lines) if _DRAFT.fullmatch(line)]
    starts = [i for i, line in enumerate(lines) if line.startswith("engine:") and ends and i < ends[-1]]
    if not starts:
        return lines, [], []
    start, end = starts[-1], ends[-1] + 1
    facts: list[tuple[str, str]] = []
    others: list[str] = []
    for line in lines[start:end]:
        match = _LINE.fullmatch(line)
        if match:
            facts.append((match[1], match[2] or ""))
        elif line.startswith("+"):
            key, value = facts[-1]
            facts[-1] = (key, value + line[1:])
        else:
            others.append(line)
    return lines[:start], facts, others + lines[end:]


def _read(entry: polib.POEntry) -> Entry:
    _, facts, _ = _split_comment(entry.tcomment)
    of_target, _, of_source = next((value for key, value in facts if key == "draft"), "").partition(" ")
    target = entry.msgstr
    pending = "fuzzy" in entry.flags and bool(target)
    engines = [_unescape(value) for key, value in facts if key == "engine"]
    terms = [match for key, value in facts if key == "term" and (match := _TERM.fullmatch(value))]
    return Entry(
        source=entry.msgid,
        target=target,
        reviewed="fuzzy" not in entry.flags and bool(target),
        edited=pending and of_target != _digest(target),
        engine=engines[0] if engines else "",
        terms=tuple((_unescape(match[1]), _unescape(match[2] or "")) for match in terms),
        previous=entry.previous_msgid,
        stage=next((_unescape(value) for key, value in facts if key == "stage"), ""),
        findings=tuple(_unescape(value) for key, value in facts if key == "check"),
        stale=pending and (of_source != _digest(entry.msgid) if facts else entry.previous_msgid is not None),
    )
