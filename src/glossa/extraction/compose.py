"""Renderings composed from approved terms, by analogy with how the approved terms themselves are made.

Four ways, all learned from the glossary and none from a table:

frames      A term of which a part is approved by itself shows how its wording is made from that part's: Royal
            Cambodian Army is カンボジア + 陸軍, so Royal Cambodian Navy is カンボジア + 海軍. A part is an approved
            term, the nationality of an approved country, or a number.
exchanges   Where several pairs of terms differ in the same words, their renderings differ in the same way: Ministry
            of X and Minister of X are X省 and X相, whatever X is.
phrases     Two approved terms with nothing but a preposition between them, in the order in which the language puts
            two terms of those sorts: spokesperson + (for the) + Ministry of Health is 保健省 + 報道官.
persons     A name every part of which stands in approved names and is always written in the same way there.

Every way is put to the vote of all approved terms made alike, the ones that it would get wrong included, and is used
only where it is right for most of them. (On proportional analogy: Y. Lepage, "Solving analogies on words", 1998.)
`benchmarks/proposals.py` measures how often the rendering is the one that was approved.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from glossa.extraction.analogy import (
    MANY,
    VERBAL,
    Composed,
    Edit,
    Part,
    Pattern,
    Slot,
    acronym_word,
    edited,
    find,
    fits,
    halves,
    has_content,
    key,
    loose,
    make_edit,
    make_pattern,
    mixed,
    number,
    sorts,
    winner,
    within,
)
from glossa.extraction.composed_names import PersonNames
from glossa.model import Kind, Term
from glossa.terms.nationality import COUNTRIES
from glossa.text.normalize import canonical

_MOST_WORDS = 16  # a term of more words is not taken apart
_MOST_VOTES = 100  # approved terms that are asked about one analogy
_MOST_ASKED = 20_000  # ways to write a term that are asked for the order of phrases
_MOST_FORMS = 8
_MOST_SLOTS = 24  # parts that are tried by twos

# How many approved terms must agree. Japanese has several words for most English ones and chooses by what they stand
# with (停戦違反, 人権侵害): there one model is too few for a term of the vocabulary.
_FEWEST = {"frame": 1, "exchange": 2, "phrase": 3}
_FEWEST_WORDS = {"ja": 2}

_SLOTS = {
    Kind.UNIT: "body",
    Kind.INSTITUTION: "body",
    Kind.PLACE: "place",
    Kind.TITLE: "title",
    Kind.EVENT: "event",
    Kind.TERM: "term",
    Kind.PERSON: "person",
}


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write an approved term."""

    words: tuple[str, ...]
    term: Term


@dataclass(frozen=True, slots=True)
class _Vote:
    """How an approved term is made (None where that cannot be seen), of parts of which kinds."""

    pattern: Pattern | None
    term: Term
    kinds: list[str]


class Phrasebook:
    """The approved terms of one language, indexed by their words and by how they begin and end.

    Args:
        terms: approved terms with a rendering, all of one language.
        lang: that language.
    """

    def __init__(self, terms: Iterable[Term], lang: str) -> None:
        terms = list(terms)
        self.lang = lang
        self._persons = PersonNames(terms, lang)
        self._parts: dict[tuple[str, ...], list[Term]] = defaultdict(list)
        self._starts: dict[tuple[str, ...], list[_Form]] = defaultdict(list)
        self._ends: dict[tuple[str, ...], list[_Form]] = defaultdict(list)
        self._whole: dict[tuple[str, ...], Term] = {}
        self._phrases: dict[tuple[str, ...], Counter[Pattern | None]] | None = None
        self._usuals: dict[str, str] = {}
        self._found: dict[tuple[str, ...], list[Part]] = {}
        self._forms: list[_Form] = []
        for term in terms:
            own = key(term.source)
            keys = dict.fromkeys((own, *map(key, term.variants[:_MOST_FORMS])))
            for words in keys:
                if not words or (words != own and within(words, own)):
                    continue  # Mekong says less than Mekong River, whose rendering is not the Mekong's
                if term not in self._parts[words]:
                    self._parts[words].append(term)
                self._whole.setdefault(words, term)
                if len(words) <= _MOST_WORDS:
                    self._index(_Form(words, term))
            for acronym in term.acronyms:
                self._parts[acronym_word(acronym),].append(term)
        last = Counter(form.words[-1] for form in self._forms if form.term.kind is Kind.PLACE and len(form.words) > 1)
        self._geographic = {word for word, count in last.items() if count >= MANY}  # province, sea, islands
        self._nations = {
            key(adjective): key(country) for adjective, country in COUNTRIES.items() if key(country) in self._parts
        }

    def _index(self, form: _Form) -> None:
        self._forms.append(form)
        for cut in range(1, len(form.words)):
            self._starts[form.words[:cut]].append(form)
            self._ends[form.words[cut:]].append(form)

    def compose(self, term: str, kind: Kind) -> list[Composed]:
        """Renderings for an English term that can be made from the approved ones, the surest first."""
        words = key(term)
        if not 1 < len(words) <= _MOST_WORDS:
            return []
        if kind is Kind.PERSON:
            return self._persons.compose(term)
        fewest = _FEWEST_WORDS.get(self.lang, 1) if kind is Kind.TERM else _FEWEST["frame"]
        ways = (self._by_frames(term, words, fewest), self._by_exchange(words), self._by_phrases(term, words))
        made: dict[str, Composed] = {}
        for way in ways:
            best: dict[str, Composed] = {}
            for composed in way:
                if composed.text not in best or composed.score > best[composed.text].score:
                    best[composed.text] = composed
            for text, composed in best.items():
                other = made.get(text)
                if other is None:
                    made[text] = composed
                else:  # two ways that agree are surer than either
                    first = max(other, composed, key=lambda each: each.score)
                    made[text] = replace(first, score=1 - (1 - other.score) * (1 - composed.score))
        return sorted(made.values(), key=lambda each: (-each.score, each.text))

    # parts

    def _parts_at(self, words: tuple[str, ...], whole: str) -> list[Part]:
        """What the words of `whole` are a part as: the first term of each sort."""
        if words in self._found:
            return self._found[words]
        terms: Sequence[Term] = self._parts.get(words, ())
        country = self._nations.get(words)
        if country:
            terms = [*terms, *(term for term in self._parts[country] if term.kind is Kind.PLACE)]
        found: dict[str, Part] = {}
        for term in terms:
            if term.scope != "before-name":
                slot = _SLOTS[term.kind]
                if slot == "place" and words[-1] in self._geographic:
                    slot = f"place {words[-1]}"
                if slot not in found:
                    found[slot] = self._part(term, slot, whole, words)
        if len(words) == 1:
            for part in number(words[0], self.lang):
                found.setdefault(part.slot, part)
        parts = list(found.values())
        if parts and not any(term.only_for for term in terms):  # the others depend on `whole`
            self._found[words] = parts
        return parts

    def _part(self, term: Term, slot: str, whole: str, words: tuple[str, ...]) -> Part:
        """A term as a part of `whole`, with the rendering that belongs to the country named there."""
        special = [
            rendering
            for countries, rendering in term.only_for
            if any(re.search(rf"\b{re.escape(word)}\b", whole) for word in countries.split("|"))
        ]
        forms = dict.fromkeys((*special, term.target, *term.accept))
        if self.lang == "km" and term.kind is Kind.TERM:
            forms[VERBAL.sub("", term.target)] = None
        acronym = words[0].startswith("=") and len(words) == 1
        same = [form for form in forms if acronym and acronym_word(form) == words[0]]  # G7 for G7
        return Part(slot, term.kind, term.source, tuple(dict.fromkeys((*same, *forms))))

    def _slots(self, words: tuple[str, ...], whole: str) -> list[Slot]:
        """All parts within the words, the whole left out."""
        size = len(words)
        return [
            (start, end, part)
            for start in range(size)
            for end in range(start + 1, size + 1)
            if end - start < size
            for part in self._parts_at(words[start:end], whole)
        ]

    # frames

    def _by_frames(self, term: str, words: tuple[str, ...], fewest: int) -> Iterator[Composed]:
        slots = self._slots(words, term)
        for slot in slots:
            if not loose(words[: slot[0]], words[slot[0] : slot[1]]):
                yield from self._framed(words, (slot,), fewest)
        for first in slots[:_MOST_SLOTS]:
            for second in slots[:_MOST_SLOTS]:
                if first[1] <= second[0] and has_content(words, (first, second)):
                    yield from self._framed(words, (first, second), fewest)

    def _framed(self, words: tuple[str, ...], slots: tuple[Slot, ...], fewest: int) -> Iterator[Composed]:
        votes = self._votes(words, slots)
        kinds = [part.kind for _, _, part in slots]
        alike = [vote for vote in votes if vote.kinds == kinds]
        found = winner(Counter(vote.pattern for vote in alike), fewest)
        if found is None:
            alike = votes
            found = winner(Counter(vote.pattern for vote in votes), fewest)
        if found is None:
            return
        pattern, score = found
        model = next(vote.term.source for vote in alike if vote.pattern == pattern)
        text = self._fill(pattern, [part for _, _, part in slots])
        if text:
            score -= 0.02 * (len(slots) - 1)
            yield Composed(text, (model, *(part.source for _, _, part in slots if part.source)), score)

    def _votes(self, words: tuple[str, ...], slots: tuple[Slot, ...]) -> list[_Vote]:
        """How the approved terms that differ in these slots only are made; None where it cannot be seen.

        If some of them have the same head word there, as in Deputy Commander and Deputy Brigade Commander, these
        alone are asked.
        """
        before, behind = words[: slots[0][0]], words[slots[-1][1] :]
        forms = self._starts.get(before, ()) if before else self._ends.get(behind, ())
        votes: dict[str, _Vote] = {}
        near: set[str] = set()
        for form in forms[:_MOST_VOTES]:
            if form.words == words or form.term.source in votes:
                continue
            for spans in fits(form.words, words, slots):
                filled = [self._same(form, span, slot[2]) for span, slot in zip(spans, slots, strict=True)]
                parts = [part for part in filled if part]
                if len(parts) < len(slots):
                    continue
                pattern = make_pattern(form.term.target, parts, self.lang)
                if len(pattern or ()) == len(parts) and has_content(words, slots):
                    pattern = None  # words of the term have left no trace
                votes[form.term.source] = _Vote(pattern, form.term, [part.kind for part in parts])
                if len(slots) == 1 and slots[0][1] > slots[0][0] + 1:
                    near |= {form.term.source} if form.words[spans[0][1] - 1] == words[slots[0][1] - 1] else set()
                break
        return [vote for source, vote in votes.items() if not near or source in near]

    def _same(self, form: _Form, span: tuple[int, int], part: Part) -> Part | None:
        """The part of a term at that place, if it is of the same sort."""
        if span[1] - span[0] == len(form.words):
            return None
        there = self._parts_at(form.words[span[0] : span[1]], form.term.source)
        return next((other for other in there if other.slot == part.slot), None)

    # exchanges

    def _by_exchange(self, words: tuple[str, ...]) -> Iterator[Composed]:
        for cut in range(1, len(words)):
            yield from self._exchanged(words[:cut], words[cut:], left=True)
            yield from self._exchanged(words[cut:], words[:cut], left=False)

    def _exchanged(self, own: tuple[str, ...], rest: tuple[str, ...], *, left: bool) -> Iterator[Composed]:
        """What becomes of a term that has other words in the place of `own` when it gets these."""
        if left and loose(own, rest):
            return
        ending = self._ends if left else self._starts
        beginning = self._starts if left else self._ends

        def joined(edge: tuple[str, ...], core: tuple[str, ...]) -> tuple[str, ...]:
            return edge + core if left else core + edge

        models = [form.words for form in ending.get(rest, ())[:_MOST_VOTES]]
        if rest in self._whole:
            models.append(rest)
        cores = [
            (form, form.words[len(own) :] if left else form.words[: len(form.words) - len(own)])
            for form in beginning.get(own, ())[:_MOST_VOTES]
        ]
        for words in models:
            other = words[: len(words) - len(rest)] if left else words[len(rest) :]
            if other == own or words == joined(own, rest):
                continue
            model = self._whole[words]
            votes: dict[str, tuple[Edit | None, Term]] = {}
            for form, core in cores:
                twin = self._whole.get(joined(other, core)) if core != rest else None
                if twin is None or _SLOTS[twin.kind] != _SLOTS[model.kind] or twin.source == form.term.source:
                    continue
                if form.term.source not in votes:
                    votes[form.term.source] = make_edit(twin.target, form.term.target), form.term
            found = winner(Counter(edit for edit, _ in votes.values()), _FEWEST["exchange"])
            if found:
                pairs = [after for edit, after in votes.values() if edit == found[0]]
                old, new, head = found[0]
                inner = head and new and not old and model.kind is Kind.TERM and self.lang == "km"
                before = VERBAL.sub("", model.target) if inner else model.target
                text = edited(before, found[0], [after.target for after in pairs])
                if text:
                    yield Composed(text, (model.source, pairs[0].source), found[1])

    # phrases

    def _by_phrases(self, term: str, words: tuple[str, ...]) -> Iterator[Composed]:
        for left, link, right in halves(words):
            for a in self._parts_at(left, term):
                for b in self._parts_at(right, term):
                    found = winner(self._phrase_votes().get(sorts(a, link, b), Counter()), _FEWEST["phrase"])
                    if found is None or self._known_otherwise(words, len(left), len(link), a, b):
                        continue
                    text = self._fill(found[0], (a, b))
                    if text:
                        yield Composed(text, (a.source, b.source), found[1] - 0.1)

    def _known_otherwise(self, words: tuple[str, ...], first: int, link: int, a: Part, b: Part) -> bool:
        """Whether there are approved terms with the same head, so that a frame knows better, or knows not."""
        other = (first + link, len(words), b) if link else (0, first, a)
        return bool(self._votes(words, (other,)))

    def _phrase_votes(self) -> Mapping[tuple[str, ...], Counter[Pattern | None]]:
        """For two sorts of terms and the preposition between them, how the approved terms made so are rendered.

        Every head has one vote: President, which is another word for every institution, counts once.
        """
        if self._phrases is None:
            heads: dict[tuple[str, ...], dict[str, Counter[Pattern | None]]] = {}
            for form in self._forms[:_MOST_ASKED]:
                for left, link, right in halves(form.words):
                    for a in self._parts_at(left, form.term.source):
                        for b in self._parts_at(right, form.term.source):
                            votes = heads.setdefault(sorts(a, link, b), {})
                            head = votes.setdefault((a if link else b).source, Counter())
                            head[make_pattern(form.term.target, (a, b), self.lang)] += 1
            self._phrases = {
                names: Counter(max(each, key=lambda one: (each[one], repr(one))) for each in votes.values())
                for names, votes in heads.items()
            }
            for names in (("title", "of", "body"), ("body", "", "title")):
                # Of an office at an institution only the order is asked: offices that are called otherwise at some
                # institutions are known otherwise.
                self._phrases.get(names, Counter()).pop(None, None)
        return self._phrases

    # rendering

    def _usual(self, part: Part) -> str:
        """The rendering that a place usually has in the names of others: អាមេរិក rather than សហរដ្ឋអាមេរិក."""
        if part.kind != Kind.PLACE or len(part.forms) < 2:
            return part.forms[0]
        if part.source not in self._usuals:
            own = key(part.source)
            keys = [own, *(nation for nation, country in self._nations.items() if country == own)]
            keys += [(acronym_word(acronym),) for term in self._parts[own] for acronym in term.acronyms]
            named = {form.term.source: form.term for words in keys for form in self._with(words)}
            votes: Counter[str] = Counter()
            for term in named.values():
                text = canonical(term.target)
                place = find(text, part) if term.source != part.source else None
                if place:
                    votes[text[place[0] : place[1]]] += 1
            self._usuals[part.source] = max(part.forms, key=lambda form: votes[canonical(form)])
        return self._usuals[part.source]

    def _with(self, words: tuple[str, ...]) -> list[_Form]:
        """Some of the forms that begin or end with these words."""
        return [*self._starts.get(words, ())[:_MOST_VOTES], *self._ends.get(words, ())[:_MOST_VOTES]]

    def _styled(self, part: Part, style: int, *, inner: bool) -> str:
        """The rendering as it stands inside of a longer one, a number in the style of its model."""
        if part.kind in ("number", "ordinal"):
            return part.forms[style]
        text = self._usual(part)
        return VERBAL.sub("", text) if inner and part.kind == Kind.TERM else text

    def _fill(self, pattern: Pattern, parts: Sequence[Part]) -> str:
        """The pattern with the parts' renderings; in Khmer a space keeps Latin and Khmer letters apart."""
        text = ""
        for piece in pattern:
            added = piece if isinstance(piece, str) else self._styled(parts[piece % 10], piece // 10, inner=bool(text))
            if self.lang == "km" and text and added and text[-1] != " " != added[0] and mixed(text[-1], added[0]):
                text += " "
            text += added
        return text
