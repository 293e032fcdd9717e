"""How a glossary is searched: the keys under which its words are found, and how well a found word answers a query.

A key is a text without what people spell differently: case, accents, British or American spelling, hyphens, spaces,
punctuation, zero-width characters, full-width letters. English, Khmer and Japanese words stand in one index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from glossa.model import Term
from glossa.terms.spelling import fold_text
from glossa.text.normalize import canonical

# What is neither letter nor digit nor a mark that belongs to a letter (Khmer signs, voiced kana, accents).
_OTHER = re.compile("(?:[^\\w\u0300-\u036f\u17b4-\u17d3\u17dd\u3099\u309a]|_)+")

_SIMILAR = 70.0  # the similarity, of 100, below which a word is not a misspelling of another
_SIMILAR_SHORT = 60.0  # the same for words of up to five letters, where one letter weighs more
_SHORT = 5
_CLOSE = 10.0  # how much less similar than the best one a word may be to be shown with it


class Form(IntEnum):
    """What a word is to its term; the better form has the lower number."""

    TERM = 0  # the English term or its rendering
    ACRONYM = 1
    OTHER = 2  # a variant, an accepted rendering, one for a certain country


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that answers a query.

    Args:
        query: the words asked for.
        terms: the term in every language, in the order of the languages.
        score: from 0 to 1. 0.9 and more: found as it was asked for (1.0 the term or its rendering, 0.95 an acronym,
            0.9 a variant or accepted rendering); from 0.7 its beginning; from 0.35 a part of it; below, it is similar.
    """

    query: str
    terms: tuple[Term, ...]
    score: float

    @property
    def exact(self) -> bool:
        """Whether the query is the term, or one of its other forms, as a whole."""
        return self.score >= EXACT

    @property
    def similar(self) -> bool:
        """Whether the term does not hold the query at all, only something like it."""
        return self.score <= _LIKE


EXACT = 0.9  # a score from here on: found as a whole
WORD_START = 0.5  # from here on: a word at least begins as the query does
_LIKE = 0.3  # up to here: the query is not in it
_EXACT = {Form.TERM: 1.0, Form.ACRONYM: 0.95, Form.OTHER: 0.9}


def words(text: str) -> str:
    """The words of a text as they are compared, with one space between them."""
    if not text.isascii():
        text = canonical(unicodedata.normalize("NFKC", text))
    return _OTHER.sub(" ", fold_text(text)).strip()


def key(text: str) -> str:
    """The key of a text: its words, without anything between them; "" where it has no letter and no digit."""
    return words(text).replace(" ", "")


def forms(terms: Iterable[Term]) -> dict[str, Form]:
    """Words (see `words`) under which a term is found, given in all its languages, and what they are to it."""
    found: dict[str, Form] = {}
    for text, form in _texts(terms):
        spelled = words(text)
        if spelled and form < found.get(spelled, len(Form)):
            found[spelled] = form
    return found


def _texts(terms: Iterable[Term]) -> Iterator[tuple[str, Form]]:
    for term in terms:
        yield term.source, Form.TERM
        if term.target:
            yield term.target, Form.TERM
        for text in term.acronyms:
            yield text, Form.ACRONYM
        for text in (*term.variants, *term.accept):
            yield text, Form.OTHER
        for _, text in term.only_for:
            yield text, Form.OTHER


def score(query: str, found: str, form: Form) -> float | None:
    """How well the words `found` answer the words of a query, from 0 to 1; None where they do not hold them.

    Args:
        query: the query's words (see `words`).
        found: the words of one form of a term.
        form: what they are to the term.
    """
    asked, whole = query.replace(" ", ""), found.replace(" ", "")
    if asked == whole:
        return _EXACT[form]
    share = len(asked) / max(len(whole), 1) * 0.1
    behind = form * 0.01
    if whole.startswith(asked):
        return 0.75 + share - behind
    if f" {query}" in f" {found}":  # a word in it begins so
        return 0.55 + share - behind
    if asked in whole:
        return 0.4 + share - behind
    return None


def trigrams(text: str) -> tuple[str, ...]:
    """The different runs of three characters in a key."""
    return tuple(dict.fromkeys(text[i : i + 3] for i in range(len(text) - 2)))


def similar(query: str, keys: Sequence[str]) -> list[tuple[int, float]]:
    """Which of the keys a misspelled key may stand for: positions in `keys` and scores from 0 to 0.3, best first."""
    from rapidfuzz import fuzz, process

    cutoff = _SIMILAR_SHORT if len(query) <= _SHORT else _SIMILAR
    found = process.extract(query, keys, scorer=fuzz.ratio, score_cutoff=cutoff, limit=200, processor=None)
    best = found[0][1] if found else 0.0
    return [(position, _LIKE * ratio / 100) for _, ratio, position in found if ratio >= best - _CLOSE]
