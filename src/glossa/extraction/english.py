"""What is known of ordinary English words: how often they stand in news, how often with a capital, as which parts of
speech. The figures are in `glossa/data/english.tsv`, made by `scripts/english_lexicon.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_ORDINARY = 3
_ENDINGS = (
    "ation", "ations", "isation", "ization", "logy", "ment", "ments", "ness", "ance", "ence", "ics", "ism", "ities", "ity", "aries",
    "tion", "tions", "sion", "sions", "ship", "ological", "ional", "ical", "ing", "ings", "ists",
)  # fmt: skip
_UNKNOWN = 10  # tenths: a word that the corpora do not have is a name


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Facts about English words, by the word in small letters.

    Args:
        frequency: binary logarithm of occurrences per 100 million words of English.
        capital: tenths of its occurrences within sentences that begin with a capital.
        speech: its parts of speech, the commonest first: n noun, v verb, j adjective, r adverb; V, G, S forms of a
            verb in -ed, -ing, -s; "" where nothing is known.
    """

    frequency: Mapping[str, int]
    capital: Mapping[str, int]
    speech: Mapping[str, str]

    def names(self, word: str) -> int:
        """How much of a name a capitalised word is, in tenths; 10 where it is unknown. Hyphened words by their parts."""
        lower = word.lower()
        found = self.capital.get(lower)
        if found is None and "-" in lower:
            return max((self.capital.get(part, _UNKNOWN) for part in lower.split("-") if part), default=_UNKNOWN)
        if found is not None:
            return found
        if lower.endswith("s") and lower[:-1] in self.capital:
            return self.capital[lower[:-1]]
        return _ORDINARY if lower.endswith(_ENDINGS) else _UNKNOWN

    def common(self, word: str) -> bool:
        """Whether a word is more often written small than with a capital."""
        return self.names(word) < 5


def parse(text: str) -> Lexicon:
    """The lexicon in the text of `english.tsv`."""
    frequency: dict[str, int] = {}
    capital: dict[str, int] = {}
    speech: dict[str, str] = {}
    for line in text.splitlines():
        word, times, tenths, parts = line.split("\t")
        frequency[word] = int(times)
        if tenths:
            capital[word] = int(tenths)
        speech[word] = parts
    return Lexicon(frequency, capital, speech)
