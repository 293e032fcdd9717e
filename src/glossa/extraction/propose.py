"""Renderings to propose for extracted terms, from what is known: the glossary, reviewed catalogues, CLDR.

Only what a person has approved is used, and CLDR. Whatever is found is a proposal: a person sees it with its origin
and approves, changes or rejects it. Nothing is proposed twice that was rejected once, and no proposal is made where
nothing sound can be made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from glossa.extraction import cldr_names
from glossa.extraction.analogy import key
from glossa.extraction.compose import Phrasebook
from glossa.model import Candidate, Kind, Proposal, Status, Term
from glossa.terms.nationality import COUNTRIES
from glossa.terms.spelling import fold_text
from glossa.text.normalize import canonical

_ALIKE = 0.5  # of the words of two full forms that share an acronym
_LONGEST_PART = 40  # characters of a rendering that is looked for within another

_SCRIPT = {"km": re.compile("[\u1780-\u17ff]"), "ja": re.compile("[\u3041-\u30ff\u4e00-\u9fff]")}
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'’.-]*")
_ENDS = " \t.。．、,，។៕!！?？:：;"
_QUOTES = "\"'“”‘’«»「」『』（）()"
_SENTENCE = re.compile(r"[。។?？!！、\n<>]|(?:です|ます)$|[ぁ-ん一-龯][たる]$|[でをはが](?=[一-龯ァ-ー])")
_ARTICLES = {
    "ja": re.compile("^(?:その|この|ある)(?=[\u30a1-\u30ff\u4e00-\u9fff])"),
    "km": re.compile("(?:នេះ|នោះ|មួយ|ម្នាក់)$"),
}
_GAP = re.compile("[\u1780-\u17ff] (?!និង)[\u1780-\u17ff]")
_TWICE = re.compile("([^0-9\u17e0-\u17e9]{2,})\\1|([一-龯]{2,}).*\\2")
# Shares of the length of an English term between which 98 in 100 of the bundled glossary's renderings lie.
_LENGTHS = {"km": (0.4, 2.4), "ja": (0.1, 1.0)}
_SHORT = 6  # characters that a short term's rendering may have besides
_STEM = 5  # letters that two words of one family begin with: tourist, tourism


class Glossary:
    """The terms of one language, prepared for proposals.

    Args:
        terms: all terms of the glossary in force, in one language; only approved ones are proposed from.
        lang: that language.
        reviewed: approved entries of catalogues, by their source as `fold_text` has it: rendering and catalogue.
    """

    def __init__(self, terms: Iterable[Term], lang: str, reviewed: Mapping[str, tuple[str, str]] | None = None) -> None:
        every = [term for term in terms if not term.rejected]
        approved = [term for term in every if term.status is Status.APPROVED and term.target]
        self.lang = lang
        self.phrases = Phrasebook(approved, lang)
        self._reviewed = reviewed or {}
        self._wholes: dict[tuple[str, ...], list[tuple[int, Term]]] = defaultdict(list)
        self._acronyms: dict[str, list[Term]] = defaultdict(list)
        self._renderings: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._refused = {
            (fold_text(term.source), term.kind): {canonical(each) for each in (*term.reject, *term.forbid)}
            for term in every
            if term.reject or term.forbid
        }
        for term in approved:
            keys = {key(form) for form in (term.source, *term.variants)}
            self._wholes[key(term.source)].append((0, term))
            for words in sorted(keys - {key(term.source)}):
                self._wholes[words].append((1, term))
            for acronym in term.acronyms:
                self._wholes[key(acronym)].append((2, term))
                self._acronyms[acronym].append(term)
            for form in (term.target, *term.accept):
                self._renderings[canonical(form)] |= keys

    def whole(self, candidate: Candidate) -> Iterator[Term]:
        """The approved terms that a candidate is: the same words, a variant, an acronym; its own kind first."""
        found: dict[str, Term] = {}
        for form in (candidate.term, *candidate.variants):
            ranked = sorted(
                ((term.kind is not candidate.kind, rank, number, term) for number, (rank, term) in self._known(form)),
                key=lambda each: each[:3],
            )
            for other, _, _, term in ranked:
                if not (other and (term.scope or Kind.PERSON in (term.kind, candidate.kind))):
                    found.setdefault(term.source, term)
        for acronym in candidate.acronyms:
            for term in self._acronyms.get(acronym, ()):
                if term.kind is candidate.kind and _alike(term.source, candidate.term):
                    found.setdefault(term.source, term)
        yield from found.values()

    def _known(self, form: str) -> Iterable[tuple[int, tuple[int, Term]]]:
        return enumerate(self._wholes.get(key(form), ()))

    def reviewed(self, candidate: Candidate) -> tuple[str, str] | None:
        """The approved rendering of a candidate that is the whole of a catalogue's entry, and the catalogue."""
        for form in (candidate.term, *candidate.variants):
            found = self._reviewed.get(fold_text(form))
            if found:
                return found
        return None

    def refused(self, candidate: Candidate, text: str) -> bool:
        """Whether somebody rejected or forbade this rendering of the term."""
        return canonical(text) in self._refused.get((fold_text(candidate.term), candidate.kind), ())

    def foreign(self, term: str, text: str) -> bool:
        """Whether a rendering says what the term does not: it is another term's, or approved ones stand in it
        of which not a word is in the term.
        """
        own = key(term)
        whole = self._renderings.get(canonical(text))
        if whole is not None and own not in whole:
            return True
        known = canonical(text)
        at = 0
        while at < len(known):
            for end in range(min(len(known), at + _LONGEST_PART), at + 1, -1):
                sources = self._renderings.get(known[at:end])
                if sources is not None:
                    if not any(_akin(words, own) for words in sources):
                        return True
                    at = end
                    break
            else:
                at += 1
        return False


def propose(candidate: Candidate, glossary: Glossary) -> Proposal | None:
    """The best rendering to propose for a candidate that is not rejected, or None."""
    for text, origin in _options(candidate, glossary):
        if text and not glossary.refused(candidate, text):
            return Proposal(text, origin)
    return None


def _options(candidate: Candidate, glossary: Glossary) -> Iterator[tuple[str, str]]:
    for term in glossary.whole(candidate):
        yield term.target, f"glossary: {term.source}"
    for composed in glossary.phrases.compose(candidate.term, candidate.kind):
        yield composed.text, f"composed: {' + '.join(composed.sources)}"
    reviewed = glossary.reviewed(candidate)
    if reviewed:
        yield reviewed[0], f"catalogue: {reviewed[1]}"
    name = cldr_names.name(candidate.term, candidate.kind, glossary.lang)
    if name:
        yield name, "CLDR"


def _akin(words: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two terms have a word in common, or two words of one family."""
    stems = {word[:_STEM] for word in words if len(word) > 3}
    return any(word[:_STEM] in stems for word in others if len(word) > 3) or bool(set(words) & set(others))


def _alike(one: str, other: str) -> bool:
    """Whether two full forms of one acronym may be the same: most of their words, and the same countries."""
    a, b = set(key(one)), set(key(other))
    return len(a & b) / len(a | b) >= _ALIKE and _countries(one) == _countries(other)


def _countries(text: str) -> frozenset[str]:
    words = " ".join(text.split())
    return frozenset(
        country for adjective, country in COUNTRIES.items() if re.search(rf"\b(?:{adjective}|{country})\b", words)
    )


def clean(term: str, text: str, lang: str) -> str:
    """What a translator made of a term alone, as a rendering; "" where it is none.

    A full stop, quotation marks and an article that the term does not have are taken off. It is no rendering if it is
    a sentence, still has words of the source or tags, or is much too long or too short for the term.
    """
    text = " ".join(canonical(text).split()).strip(_ENDS)
    if text[:1] in _QUOTES and text[-1:] in _QUOTES and term[:1] not in _QUOTES:
        text = text[1:-1].strip(_ENDS)
    text = _ARTICLES[lang].sub("", text).strip()
    if not _SCRIPT[lang].search(text) or _SENTENCE.search(text) or _GAP.search(text) or _TWICE.search(text):
        return ""
    kept = {word for word in _LATIN.findall(term) if word.isupper()}
    if any(word.strip(".") not in kept for word in _LATIN.findall(text)):
        return ""
    least, most = _LENGTHS[lang]
    return text if least * len(term) <= len(text) <= most * len(term) + _SHORT else ""
