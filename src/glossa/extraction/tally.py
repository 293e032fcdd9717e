"""What is found in many articles, put together: one candidate for every term, its forms, places and weight.

Only counts, forms and places are kept, never an article's text, so that thousands of articles fit into little memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from glossa.extraction import acronyms, article, phrases
from glossa.extraction.article import Mention
from glossa.extraction.headlines import Knowledge
from glossa.extraction.tokens import tokenize
from glossa.model import Candidate, Kind, Span
from glossa.terms.spelling import fold_text
from glossa.text.documents import Passage

PART = 100_000  # characters: a longer article is read in parts of this size
_CONTEXT = 240  # characters
_LINK = re.compile(r" (?:of|for|at|to) (?:the )?")
_SURE = {Kind.TITLE: 0.6, Kind.UNIT: 0.7, Kind.INSTITUTION: 0.7, Kind.PERSON: 0.5, Kind.PLACE: 0.5, Kind.EVENT: 0.6}
_WHOLE = 0.45  # a title with its body: known as soon as its parts are
_STOP = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")


@dataclass(slots=True)
class _Entry:
    """What is known of one term so far."""

    kind: Kind
    forms: Counter[str] = field(default_factory=Counter)
    acronyms: Counter[str] = field(default_factory=Counter)
    local: Counter[str] = field(default_factory=Counter)
    persons: Counter[str] = field(default_factory=Counter)
    references: dict[str, None] = field(default_factory=dict)
    documents: int = 0
    last: int = -1
    count: int = 0
    context: str = ""
    whole: bool = False


class Tally:
    """Collects the terms of articles, one article after the other.

    Args:
        knowledge: what is known beforehand.
        evidence: further mentions for a passage, as another recogniser sees them; they decide where `article.read`
            leaves a kind to guessing, see `article.Knowledge`.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._entries: dict[tuple[Kind, str], _Entry] = {}
        self._phrases: dict[str, _Entry] = {}
        self._full: dict[str, tuple[str, Kind]] = {}
        self._disputed: set[str] = set()
        self._articles = 0

    def add(self, name: str, passages: Sequence[Passage]) -> None:
        """Read one article.

        Args:
            name: the file's name, for references.
            passages: its paragraphs.
        """
        for part in _parts(passages):
            mentions = article.read([passage.text for passage in part], self._knowledge, self._full)
            by_passage: dict[int, list[Mention]] = {}
            for mention in mentions:
                by_passage.setdefault(mention.block, []).append(mention)
            for number, passage in enumerate(part):
                self._passage(name, passage, by_passage.get(number, []))
        self._articles += 1

    def _passage(self, name: str, passage: Passage, mentions: list[Mention]) -> None:
        for i, mention in enumerate(mentions):
            place = f"{name}:{passage.line(mention.span.start)}"
            self._mention(mention, place, passage)
            after = mentions[i + 1] if i + 1 < len(mentions) else None
            if mention.kind is Kind.TITLE and after and after.kind in (Kind.INSTITUTION, Kind.UNIT) and not after.local:
                link = _LINK.fullmatch(passage.text, mention.span.end, after.span.start)
                if link:
                    entry = self._entry(Kind.TITLE, f"{mention.canonical}{link[0]}{after.canonical}")
                    entry.whole = True
                    self._count(entry, f"{mention.canonical}{link[0]}{after.canonical}", place, passage, mention.span)
        tokens = tokenize(passage.text)
        for phrase in phrases.find(tokens, self._knowledge.lexicon, [mention.span for mention in mentions]):
            entry = self._phrases.setdefault(fold_text(phrase.text), _Entry(Kind.TERM))
            self._count(entry, phrase.text, f"{name}:{passage.line(phrase.span.start)}", passage, phrase.span)

    def _mention(self, mention: Mention, place: str, passage: Passage) -> None:
        entry = self._entry(mention.kind, mention.canonical)
        if mention.acronym:
            short = acronyms.bare(mention.text)
            entry.acronyms[short] += 1
            known = self._full.get(short)
            if known is None:
                self._full[short] = (mention.canonical, mention.kind)
            elif fold_text(known[0]) != fold_text(mention.canonical):
                self._disputed.add(short)
            self._count(entry, "", place, passage, mention.span)
            entry.forms[mention.canonical] += 0
            return
        if mention.local:
            entry.local[mention.text] += 1
            entry.forms[mention.canonical] += 0
            self._count(entry, "", place, passage, mention.span)
            return
        if mention.person:
            entry.persons[mention.person] += 1
        self._count(entry, mention.canonical, place, passage, mention.span)
        if mention.text != mention.canonical and not mention.text.isupper():
            entry.forms[mention.text] += 0

    def _entry(self, kind: Kind, canonical: str) -> _Entry:
        return self._entries.setdefault((kind, fold_text(canonical)), _Entry(kind))

    def _count(self, entry: _Entry, form: str, place: str, passage: Passage, span: Span) -> None:
        entry.count += 1
        if form:
            entry.forms[form] += 1
        entry.references[place] = None
        if entry.last != self._articles:
            entry.last = self._articles
            entry.documents += 1
        if not entry.context:
            entry.context = _sentence(passage.text, span)

    def candidates(self) -> tuple[Candidate, ...]:
        """The terms of all articles read so far, those with the highest score first."""
        entries = dict(self._entries)
        for key, entry in self._entries.items():  # acronyms that only another article explains
            form = _usual(entry)
            full = self._full.get(form) if form not in self._disputed else None
            if (
                full is not None
                and (home := entries.get((full[1], fold_text(full[0])))) is not None
                and home is not entry
            ):
                entries[full[1], fold_text(full[0])] = _merged(home, entry, form)
                del entries[key]
        found = [_candidate(entry, _score(entry)) for entry in entries.values()]
        names = {fold_text(each.term) for each in found}
        counts = {_usual(entry): entry.count for entry in self._phrases.values()}
        scores = phrases.termhood(counts, self._knowledge.lexicon)
        for phrase, entry in self._phrases.items():
            score = scores[_usual(entry)]
            if score > 0 and phrase not in names:
                found.append(_candidate(entry, score))
        return tuple(sorted(found, key=lambda each: (-each.score, -each.count, each.term, each.kind)))


def _usual(entry: _Entry) -> str:
    """The commonest form of a term; of equals the one in small letters, or the first."""
    best = max(entry.forms.values())
    return min(
        (form for form, count in entry.forms.items() if count == best), key=lambda form: (form[0].isupper(), form)
    )


def _merged(home: _Entry, other: _Entry, acronym: str) -> _Entry:
    return _Entry(
        home.kind,
        home.forms,
        home.acronyms + Counter({acronym: other.count}),
        home.local + other.local,
        home.persons + other.persons,
        {**home.references, **other.references},
        home.documents + other.documents,
        home.last,
        home.count + other.count,
        home.context,
        home.whole,
    )


def _score(entry: _Entry) -> float:
    """From how sure a kind is by itself towards 1, half of the way for every two further places."""
    sure = _WHOLE if entry.whole else _SURE[entry.kind]
    return float(1 - (1 - sure) * 0.5 ** ((entry.count - 1) / 2))


def _candidate(entry: _Entry, score: float) -> Candidate:
    term = _usual(entry)
    forms = [form for form, _ in entry.forms.most_common() if fold_text(form) != fold_text(term)]
    return Candidate(
        term=term,
        kind=entry.kind,
        count=entry.count,
        documents=entry.documents,
        score=round(score, 4),
        acronyms=tuple(short for short, _ in entry.acronyms.most_common()),
        variants=tuple(forms) if entry.kind is Kind.TITLE else (),
        short_forms=tuple(form for form, _ in entry.local.most_common())
        + (() if entry.kind is Kind.TITLE else tuple(forms)),
        persons=tuple(person for person, _ in entry.persons.most_common()),
        references=tuple(entry.references),
        context=entry.context,
    )


def _sentence(text: str, span: Span) -> str:
    """The sentence of a paragraph in which something stands, cut at words if it is long."""
    start = 0
    end = len(text)
    for stop in _STOP.finditer(text, max(0, span.start - 600), min(len(text), span.end + 600)):
        if stop.end() <= span.start:
            start = stop.end()
        elif stop.start() >= span.end:
            end = stop.start()
            break
    if end - start > _CONTEXT:
        start = max(start, span.start - _CONTEXT // 2)
        end = min(end, start + _CONTEXT)
        start = text.rfind(" ", 0, start) + 1 if start else 0
        cut = text.rfind(" ", span.end, end)
        end = cut if cut > 0 else end
    return text[start:end].strip()


def _parts(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """The passages in groups of a bounded size; one that is longer is cut at its sentences or blanks."""
    group: list[Passage] = []
    size = 0
    for passage in passages:
        for piece in _pieces(passage):
            if group and size + len(piece.text) > PART:
                yield group
                group, size = [], 0
            group.append(piece)
            size += len(piece.text)
    if group:
        yield group


def _pieces(passage: Passage) -> Iterator[Passage]:
    text = passage.text
    if len(text) <= PART:
        yield passage
        return
    at = 0
    while at < len(text):
        end = min(at + PART, len(text))
        if end < len(text):
            stops = [text.rfind(stop, at + PART // 2, end) for stop in (". ", " ")]
            end = next((stop + 1 for stop in stops if stop > 0), end)
        yield passage.part(at, end)
        at = end
