"""The mentions of names and titles in one article, and what each stands for.

A first pass over the blocks collects what the article itself tells (which words it writes with a capital within
sentences, which acronyms it explains, who has which title); a second decides. Headlines in title case and lines in
capitals are read as if they were written like the rest: "truecased" (Lita et al. 2003) by the article first and by
the lexicon where the article says nothing.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from glossa.extraction import acronyms, bodies, kinds, names, titles
from glossa.extraction import vocabulary as words
from glossa.extraction.headlines import Knowledge, dateline, shouted, truecased
from glossa.extraction.runs import Name
from glossa.extraction.titles import Title
from glossa.extraction.tokens import Tokens, tokenize
from glossa.model import Kind, Span

_BYLINE = re.compile(
    r"(?:By|BY|Text by|Story by|Reported by|Written by|Photos? by|Reporting by|Editing by)\s+[A-Z][\w.’'-]*(?:,? (?:and |AND |& )?[A-Z][\w.’'-]*){0,9}\s*$"
)
_AGENCY = re.compile(r"^(?:[A-ZÀ-Þ][\w.’' -]{1,40}(?:, [\w.’' ]{2,40}){0,3})? ?\(([^()]{2,40})\) ?(?:--?|[–—])")
_CREDIT = re.compile(r"\((?:Reporting|Editing|Additional reporting|Photo|Writing) [^()]*\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a block where a term stands.

    Args:
        block: number of the block, from 0.
        span: its characters in the block.
        kind: what it is.
        text: how it is written there.
        canonical: the full form that it stands for; equal to `text` where it is the full form itself.
        acronym: whether `text` is an acronym of `canonical`.
        local: whether it stands for `canonical` in this article only (Manet, the Ministry).
        person: for a title, the person it stands with, or "".
    """

    block: int
    span: Span
    kind: Kind
    text: str
    canonical: str
    acronym: bool = False
    local: bool = False
    person: str = ""


@dataclass(slots=True)
class _Found:
    """A name or title while it is being decided."""

    block: int
    tokens: Tokens
    name: Name
    text: str
    features: list[str]
    title: Title | None = None


def read(
    blocks: Sequence[str], knowledge: Knowledge, abroad: Mapping[str, tuple[str, Kind]] | None = None
) -> list[Mention]:
    """The mentions in an article, in order, without overlap.

    Args:
        blocks: its paragraphs, headings, items.
        knowledge: what is known beforehand.
        abroad: full forms and kinds of acronyms that other articles explain.
    """
    cut = [tokenize(text) for text in blocks]
    prose = [not shouted(tokens) for tokens in cut]
    seen = frozenset(
        tokens.lower[i]
        for tokens, plain in zip(cut, prose, strict=True)
        if plain
        for i, word in enumerate(tokens.words)
        if word[0].isupper() and not tokens.begins(i)
    )
    small = frozenset(
        word for tokens, plain in zip(cut, prose, strict=True) if plain for word in tokens.words if word[0].islower()
    )
    found: list[_Found] = []
    for number, (tokens, plain) in enumerate(zip(cut, prose, strict=True)):
        if _BYLINE.match(tokens.text):
            continue
        lined = dateline(tokens)
        read_as = lined if plain else truecased(lined, seen, small, knowledge)
        found += _block(number, read_as, knowledge, seen)
    return _Resolver(knowledge, abroad or {}).resolve(found)


def _block(number: int, tokens: Tokens, knowledge: Knowledge, seen: frozenset[str]) -> Iterable[_Found]:
    """The titles and names of one block."""
    lexicon = knowledge.lexicon
    stated = titles.find(tokens, lexicon)
    behind = frozenset(title.end for title in stated)
    begin = frozenset(title.first for title in stated)
    agency = _AGENCY.match(tokens.text)
    for title in stated:
        yield _Found(
            number,
            tokens,
            Name(title.first, title.end, Kind.TITLE, title.canonical),
            tokens.quote(title.first, title.end),
            [],
            title,
        )
    for name in names.find(tokens, stated, lexicon, seen, knowledge.known):
        text = _shown(tokens, name)
        if agency and tokens.starts[name.first] >= agency.start(1) and tokens.ends[name.end - 1] <= agency.end(1):
            continue
        features = (
            []
            if name.kind is not None
            else kinds.inside(text, lexicon, knowledge.known) + kinds.around(tokens, name, behind, begin)
        )
        yield _Found(number, tokens, name, text, features)
    for name in bodies.find(tokens, stated):
        yield _Found(number, tokens, name, tokens.quote(name.first, name.end), [])


def _shown(tokens: Tokens, name: Name) -> str:
    """How a name is written, in a headline as it would be elsewhere."""
    text = tokens.quote(name.first, name.end)
    if text.isupper() and (len(text) > 4 or " " in text or not tokens.words[name.first].isupper()):
        shown = text
        for i in range(name.first, name.end):
            shown = shown.replace(tokens.quote(i, i + 1), tokens.words[i], 1)
        return shown
    return text


_COMPANY_TAILS = words.COMPANY_ENDS | frozenset(
    "group holdings bank industries motors airlines airways company corporation garments textiles apparel technologies systems "
    "logistics foods energy construction electric telecom insurance securities capital shipping mining petroleum steel cement".split()
)


class _Resolver:
    """Decides what each name of one article is and which full form it stands for."""

    def __init__(self, knowledge: Knowledge, abroad: Mapping[str, tuple[str, Kind]]) -> None:
        self._knowledge = knowledge
        self._full: dict[str, tuple[str, Kind | None]] = {
            acronym: (full, kind) for acronym, (full, kind) in abroad.items()
        }
        self._kinds: dict[str, Kind | None] = {}
        self._persons: dict[str, str] = {}
        self._bodies: list[tuple[str, Kind]] = []
        self._local: set[str] = set()  # single names that stand behind "in", "at", "from"

    def resolve(self, found: list[_Found]) -> list[Mention]:
        found.sort(key=lambda each: (each.block, each.name.first, -each.name.end))
        self._explained(found)
        self._decide(found)
        mentions = [mention for each in found if (mention := self._mention(each)) is not None]
        mentions = _apart(mentions)
        return _with_persons(found, mentions)

    def _explained(self, found: list[_Found]) -> None:
        """The acronyms that the article explains: "Full Form (ACR)", "ACR (Full Form)", "ACR, the Full Form,"."""
        for before, after in itertools.pairwise(found):
            if before.block != after.block or before.title or after.title:
                continue
            tokens = before.tokens
            gap = tokens.words[before.name.end : after.name.first]
            first, second = before.text, after.text
            if gap == ["("] and tokens.words[after.name.end : after.name.end + 1] == [")"]:
                if (
                    (acronyms.is_acronym(second) or acronyms.syllables(second, first))
                    and " " not in second
                    and before.name.kind not in (Kind.PERSON, Kind.PLACE)
                ):
                    if acronyms.goes_with(second, first) and (
                        before.name.kind is not None or acronyms.stands_for(second, first)
                    ):
                        self._full.setdefault(acronyms.bare(second), (first, before.name.kind))
                elif acronyms.is_acronym(first) and acronyms.stands_for(first, second):
                    self._full.setdefault(acronyms.bare(first), (second, after.name.kind))
            elif (
                gap in ([",", "or"], ["or"])
                and acronyms.is_acronym(second)
                and " " not in second
                and " " in first
                and acronyms.goes_with(second, first)
            ):
                self._full.setdefault(acronyms.bare(second), (first, before.name.kind))
            elif gap in (
                [","],
                [",", "the"],
                [",", "or"],
                ["or"],
                [",", "or", "the"],
                [",", "short", "for"],
                ["—", "the"],
            ):
                if acronyms.is_acronym(first) and acronyms.stands_for(first, second):
                    self._full.setdefault(acronyms.bare(first), (second, after.name.kind))
                elif acronyms.is_acronym(second) and acronyms.stands_for(second, first):
                    self._full.setdefault(acronyms.bare(second), (first, before.name.kind))
        for each in found:
            if each.name.kind is Kind.PERSON and " " in each.text:
                self._person(_key(each.text))
            if each.name.kind in (Kind.INSTITUTION, Kind.UNIT, Kind.EVENT) and not each.name.canonical:
                self._bodies.append((each.text, each.name.kind))

    def _decide(self, found: list[_Found]) -> None:
        """The kind of every name that its own words leave open, by all its mentions together."""
        model = self._knowledge.model
        sums: dict[str, list[float]] = {}
        counts: dict[str, int] = defaultdict(int)
        for each in found:
            if each.name.kind is None:
                key = _key(each.text)
                if "locative" in each.features and "p=at" not in each.features:
                    self._local.add(key.lower())
                scores = model.scores(each.features)
                counts[key] += 1
                sums[key] = [a + b for a, b in zip(sums[key], scores, strict=True)] if key in sums else scores
        headed = {_key(text): kind for text, kind in self._bodies}
        for key in sums:
            if acronyms.is_acronym(key) and acronyms.bare(key) not in self._full:
                full = next((each for each in self._bodies if acronyms.stands_for(key, each[0])), None)
                if full:
                    self._full[acronyms.bare(key)] = full
        known = self._knowledge.known
        for key in sorted(sums, key=lambda key: -len(key.split())):
            if key in headed:
                self._kinds[key] = headed[key]
                continue
            explained = self._full.get(key)
            if explained is not None and explained[1] is not None:
                self._kinds[key] = explained[1]
                continue
            self._kinds[key] = self._short_kind(key) or known.get(key.lower()) or kinds.best(sums[key])
            if self._kinds[key] is None and acronyms.is_acronym(key) and " " not in key:
                self._kinds[key] = Kind.INSTITUTION
            if self._kinds[key] is Kind.PERSON and " " in key:
                self._person(key)
            elif self._kinds[key] in (Kind.INSTITUTION, Kind.UNIT, Kind.PLACE, Kind.EVENT) and " " in key:
                self._bodies.append((key, self._kinds[key]))  # type: ignore[arg-type]
        for acronym, (full_form, kind) in list(self._full.items()):
            if kind is None:
                decided = self._kinds.get(_key(full_form))
                kind = decided if decided in (Kind.UNIT, Kind.EVENT) else Kind.INSTITUTION
                self._kinds[_key(full_form)] = kind
            self._full[acronym] = (full_form, kind)
            self._kinds[acronym] = kind

    def _person(self, full: str) -> None:
        parts = full.split()
        self._persons.setdefault(parts[-1], full)
        self._persons.setdefault(parts[0], full)
        for start in range(1, len(parts) - 1):
            self._persons.setdefault(" ".join(parts[start:]), full)
        if len(parts) > 2:
            self._persons.setdefault(" ".join(parts[:-1]), full)
            for part in parts[1:-1]:
                if len(part) > 2:
                    self._persons.setdefault(part, full)

    def _short_kind(self, key: str) -> Kind | None:
        """The kind of a name that is the beginning of a longer one, or a part of a person's."""
        if key in self._persons:
            return Kind.PERSON
        longer = self._longer(key) or self._head_of(key)
        return longer[1] if longer else None

    def _head_of(self, key: str) -> tuple[str, Kind] | None:
        """The body whose head a single capitalised word repeats: "the Declaration", "the Union"."""
        lower = key.lower()
        if " " in key or not (lower in words.EVENTS or lower in words.INSTITUTIONS or lower in words.UNITS):
            return None
        return next((each for each in self._bodies if " " in each[0] and lower in _heads(each[0])), None)

    def _longer(self, key: str) -> tuple[str, Kind] | None:
        for text, kind in self._bodies:
            if text.startswith(key + " ") and (kind is Kind.PLACE or self._company(text, key)):
                return text, kind
        lower = key.lower()
        if (
            " " not in key
            and lower not in self._knowledge.known
            and lower not in self._local
            and self._knowledge.lexicon.names(key) > 8
        ):
            within = [
                each for each in self._bodies if each[1] in (Kind.INSTITUTION, Kind.UNIT) and key in each[0].split()
            ]
            if len(within) == 1 and within[0][0].lower().split()[-1] in _COMPANY_TAILS:
                return within[0]
        return None

    def _company(self, text: str, key: str) -> bool:
        """Whether `key` alone may stand for the company `text`: Alpenbahn for Alpenbahn AG, but not Nepal for Nepal Bank."""
        if key.lower() in self._knowledge.known or key.lower() in words.NATIONALITIES:
            return False
        rest = text[len(key) :].lower().replace(".", "").replace(",", "").split()
        return rest[-1] in words.COMPANY_ENDS or rest[-1] in _COMPANY_TAILS

    def _mention(self, each: _Found) -> Mention | None:
        name, tokens, text = each.name, each.tokens, each.text
        span = Span(tokens.starts[name.first], tokens.ends[name.end - 1])
        raw = span.of(tokens.text)
        if each.title is not None:
            return Mention(each.block, span, Kind.TITLE, raw, name.canonical or text)
        key = _key(text)
        kind = name.kind or self._kinds.get(key)
        bare = acronyms.bare(text)
        if bare in self._full and " " not in text:
            full, found_kind = self._full[bare]
            return Mention(each.block, span, found_kind or Kind.INSTITUTION, raw, full, acronym=True)
        if kind is None:
            return None
        if name.canonical:
            return Mention(each.block, span, kind, raw, name.canonical)
        if kind is Kind.PERSON and key in self._persons:
            return Mention(each.block, span, kind, raw, self._persons[key], local=self._persons[key] != key)
        longer = (self._longer(key) or self._head_of(key)) if name.kind is None else None
        if longer is not None and longer[0] != key:
            return Mention(each.block, span, kind, raw, longer[0], local=True)
        if name.kind in (Kind.INSTITUTION, Kind.UNIT) and " " not in text:
            antecedent = self._antecedent(text)
            if antecedent:
                return Mention(each.block, span, antecedent[1], raw, antecedent[0], local=True)
            if text.lower() in (
                "authority",
                "agency",
                "bank",
                "party",
                "union",
                "department",
                "foundation",
                "society",
                "association",
                "federation",
                "institute",
                "university",
                "academy",
                "committee",
                "commission",
                "council",
                "court",
                "tribunal",
                "secretariat",
                "police",
                "army",
                "navy",
            ):
                return Mention(each.block, span, kind, raw, text) if not tokens.begins(name.first) else None
        return Mention(each.block, span, kind, raw, text)

    def _antecedent(self, text: str) -> tuple[str, Kind] | None:
        """The full form that "the Ministry" stands for: the last one before it with that head, or else the first."""
        head = text.lower()
        fitting = [(body, kind) for body, kind in self._bodies if " " in body and head in _heads(body)]
        fitting = [(body, kind) for body, kind in fitting if kind is not Kind.EVENT] or [
            (body, kind)
            for body, kind in self._bodies
            if " " in body and head in body.lower().split() and kind is not Kind.EVENT
        ]
        return fitting[0] if fitting else None


def _heads(body: str) -> tuple[str, str]:
    """The words by which a body may be called for short: the last of its name and the last before a complement."""
    words_of = body.lower().split()
    cut = next((i for i, word in enumerate(words_of) if word in ("of", "for", "on", "in", "against")), len(words_of))
    return words_of[-1], words_of[cut - 1]


def _key(text: str) -> str:
    """A name as its mentions are counted together."""
    return text.replace("’", "'")


def _apart(mentions: list[Mention]) -> list[Mention]:
    """The mentions without those that overlap an earlier or longer one."""
    kept: list[Mention] = []
    for mention in mentions:
        if kept and kept[-1].block == mention.block and kept[-1].span.overlaps(mention.span):
            continue
        kept.append(mention)
    return kept


def _with_persons(found: list[_Found], mentions: list[Mention]) -> list[Mention]:
    """The mentions, each title with the person that stands directly before or behind it."""
    out: list[Mention] = []
    for i, mention in enumerate(mentions):
        person = ""
        if mention.kind is Kind.TITLE:
            after = mentions[i + 1] if i + 1 < len(mentions) and mentions[i + 1].block == mention.block else None
            before = mentions[i - 1] if i and mentions[i - 1].block == mention.block else None
            if after and after.kind is Kind.PERSON and after.span.start - mention.span.end <= 2:
                person = after.canonical
            elif before and before.kind is Kind.PERSON and 0 < mention.span.start - before.span.end <= 6:
                person = before.canonical
        out.append(replace(mention, person=person) if person else mention)
    return out
