"""Recurring noun phrases in small letters: joint communique, freedom of navigation, landmine.

Candidates are runs of adjectives and nouns that end with a noun, two of them joined by "of" or "and", and single nouns that are
rare in ordinary English. How much of a term each is: C-value (Frantzi, Ananiadou and Mima 2000), which takes from a phrase
what it owes to longer ones around it, times how much rarer its words are in ordinary English (Ahmad 1999 calls it weirdness).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from glossa.extraction import vocabulary as words
from glossa.extraction.english import Lexicon
from glossa.extraction.tokens import Tokens
from glossa.model import Span

LONGEST = 4  # words of a run
_NESTED = 0.3  # what a phrase keeps that is never seen outside of a longer one
_RARE = 12  # binary logarithm of occurrences per 100 million words up to which a single noun counts
_COMMON = 16  # from which on an adjective says nothing
_FREQUENT = 18.0
_IDLE = frozenset(
    "year month week day time hour minute morning afternoon evening night today end beginning part side way thing kind sort number "
    "lot people man woman percent cent per people example case place first second third few many other such own same several new old "
    "last next former late early good bad big small great high low long short full able certain various different whole early "
    "more most less least half hundred thousand million billion kilometre kilometer kilo metre meter ton tonne dollar euro yen riel "
    "north south east west northern southern eastern western central one two three four five six seven eight nine ten".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: where it stands in its text, and its form with the head in the singular."""

    span: Span
    text: str


def find(tokens: Tokens, lexicon: Lexicon, taken: Sequence[Span]) -> Iterator[Phrase]:
    """The noun phrases in a text outside of the spans that names and titles take.

    A run yields itself and every shorter phrase that ends with its head.
    """
    runs = list(_runs(tokens, lexicon, taken))
    for number, (first, end) in enumerate(runs):
        head = lexicon.speech.get(tokens.lower[end - 1], "")
        for start in range(max(first, end - LONGEST), end):
            if end - start == 1 and not _alone(tokens, start, lexicon):
                continue
            if end - start > 1 and not head.startswith(("n", "G")):
                continue
            yield Phrase(Span(tokens.starts[start], tokens.ends[end - 1]), _singular(tokens, start, end))
        following = runs[number + 1] if number + 1 < len(runs) else None
        if following and following[0] == end + 1 and tokens.lower[end] in ("of", "and") and end - first <= 2:
            stop = following[1]
            if stop - first <= LONGEST + 2:
                yield Phrase(Span(tokens.starts[first], tokens.ends[stop - 1]), _singular(tokens, first, stop))
                if following[1] - following[0] == 1 and stop + 1 < len(tokens) and tokens.lower[stop] == "of":
                    last = next((run for run in runs if run[0] == stop + 1), None)
                    if last:
                        yield Phrase(
                            Span(tokens.starts[first], tokens.ends[last[1] - 1]), _singular(tokens, first, last[1])
                        )


def _runs(tokens: Tokens, lexicon: Lexicon, taken: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The runs of nouns and adjectives, each cut behind its last noun."""
    size = len(tokens)
    i = 0
    spans = list(taken)
    while i < size:
        if not _of_phrase(tokens, i, lexicon) or _covered(tokens, i, spans):
            i += 1
            continue
        end = i + 1
        while end < size and tokens.tied[end] and not tokens.owns[end - 1] and _of_phrase(tokens, end, lexicon):
            if _covered(tokens, end, spans):
                break
            end += 1
        last = end
        while last > i and not _noun(tokens.lower[last - 1], lexicon):
            last -= 1
        if last > i:
            yield i, last
        i = end


def _covered(tokens: Tokens, i: int, spans: list[Span]) -> bool:
    while spans and spans[0].end <= tokens.starts[i]:
        spans.pop(0)
    return bool(spans) and spans[0].start <= tokens.starts[i]


def _of_phrase(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    word, lower = tokens.words[i], tokens.lower[i]
    if (
        lower in words.FUNCTION
        or lower in words.CALENDAR
        or lower in _IDLE
        or len(lower) < 3
        or lower in words.NATIONALITIES
    ):
        return False
    if not word[0].isalpha() or (word[0].isupper() and not (tokens.begins(i) and lexicon.common(word))):
        return False
    speech = lexicon.speech.get(lower)
    if speech is None:
        return word[0].islower() and (("-" in word) or lexicon.names(word) < 10 or lower not in lexicon.frequency)
    if speech.startswith("j") and lexicon.frequency.get(lower, 0) >= _COMMON:
        return False
    return bool(speech) and (
        speech[0] in "njG" or (speech[0] == "v" and "n" in speech[:2] and tokens.tied[i] and i > 0)
    )


def _noun(lower: str, lexicon: Lexicon) -> bool:
    speech = lexicon.speech.get(lower)
    if speech is None:
        return not lower.endswith(("ly", "ed"))
    return speech[:1] in ("n", "G") or "n" in speech[:2]


def _alone(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a single word may be a term: a noun that is rare elsewhere."""
    lower = tokens.lower[i]
    speech = lexicon.speech.get(lower, "")
    singular = singular_of(lower)
    frequency = max(lexicon.frequency.get(lower, 0), lexicon.frequency.get(singular, 0))
    if speech:
        return speech[0] == "n" and frequency <= _RARE
    return tokens.words[i][0].islower() and len(lower) > 4 and _noun(lower, lexicon)


def _singular(tokens: Tokens, first: int, end: int) -> str:
    """The phrase as a glossary has it: in small letters, its last word in the singular."""
    text = tokens.quote(first, end)
    if tokens.words[first][0].isupper():
        text = text[0].lower() + text[1:]
    last = tokens.words[end - 1]
    if "of" in tokens.lower[first:end] or "and" in tokens.lower[first:end]:
        return text
    return text[: len(text) - len(last)] + singular_of(last)


def singular_of(word: str) -> str:
    """The singular of a regular English plural; other words stay."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "news", "series")) and len(word) > 3:
        return word[:-1]
    return word


def termhood(counts: Mapping[str, int], lexicon: Lexicon) -> dict[str, float]:
    """How much of a term each phrase is, by the number of its occurrences; from 0 up to below 1."""
    around: dict[str, list[int]] = defaultdict(list)
    for phrase, count in counts.items():
        parts = phrase.split(" ")
        if "and" in parts or "of" in parts:
            continue  # two terms, each with a life of its own
        for size in range(1, len(parts)):
            for start in range(len(parts) - size + 1):
                inner = " ".join(parts[start : start + size])
                if inner in counts:
                    around[inner].append(count)
    scores = {}
    for phrase, count in counts.items():
        parts = phrase.split(" ")
        longer = around.get(phrase)
        free = count - (sum(longer) / len(longer) if longer else 0)
        if longer and sum(longer) >= count:
            free = count * _NESTED  # never seen by itself
        value = math.log2(len(parts) + 1) * free
        rare = sum(_FREQUENT - lexicon.frequency.get(part.lower(), 4) for part in parts) / len(parts) / _FREQUENT
        scores[phrase] = max(0.0, 1 - math.exp(-value * max(rare, 0.05) / 2))
    return scores
