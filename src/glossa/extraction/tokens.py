"""A block of English text as tokens: words, numbers and marks, with what the extractor asks of each again and again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossa.text.abbreviations import TITLES

_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"(?:{_LETTER}\.){{2,}}"  # U.S., H.E.
    rf"|{_LETTER}\w*(?:[-‐‑’'/]\w+)*"  # words, with hyphens and apostrophes in them
    r"|\d+(?:[.,:/]\d+)*(?:[-\w]*\w)?"
    r"|[^\w\s]|_"
)
_POSSESSIVE = ("'s", "’s", "'S", "’S")
_PLURAL_POSSESSIVE = "'’"
_ABBREVIATIONS = TITLES | {"no", "st", "co", "ltd", "inc", "corp", "jr", "sr", "h.e", "ph", "bros", "hon", "ven"}
_FIRST = frozenset("The A An It He She They In On At But We This That".split())
_STOPS = frozenset(".?!")
_OPENING = frozenset("“‘«\"'(")
_STARTERS = frozenset("•-–—*:;")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, in parallel lists.

    Args:
        text: the text that they were cut from.
        words: each token without a possessive ending, an abbreviation without its full stop.
        lower: the same in small letters.
        starts: where each begins in the text.
        ends: where it ends there, without a possessive ending, with the full stop of an abbreviation.
        owns: whether a possessive ending follows it.
        tied: whether only blanks separate it from the token before.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    owns: list[bool]
    tied: list[bool]

    def __len__(self) -> int:
        return len(self.words)

    def begins(self, index: int) -> bool:
        """Whether a sentence, a quotation or a list item may begin with the token."""
        if index == 0:
            return True
        before = self.words[index - 1]
        if before in _STOPS:
            return self.starts[index] > self.ends[index - 1] or index == 1
        if before in _STARTERS:
            return True
        if self.text[self.ends[index - 1] - 1] == "." and self.words[index] in _FIRST:
            return True
        if before in _OPENING and self.starts[index] == self.ends[index - 1]:
            return index == 1 or self.words[index - 2] in '.?!,:;—–-”"’'
        return before in '”"’)' and index > 1 and self.words[index - 2] in _STOPS

    def quote(self, first: int, last: int) -> str:
        """The text from one token to another, the last one not included, without a possessive ending."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def tokenize(text: str) -> Tokens:
    """Cut a text into tokens."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    owns: list[bool] = []
    tied: list[bool] = []
    last = -1
    for match in _TOKEN.finditer(text):
        word = match[0]
        start, end = match.span()
        owner = False
        if word == ".":
            if (last == start and words[-1].lower() in _ABBREVIATIONS) or (last == start and len(words[-1]) == 1):
                if end < len(text):
                    ends[-1] = last = end
                    continue
        elif word in _PLURAL_POSSESSIVE:
            if last == start and words[-1][-1:] in "sxz" and not text[end : end + 1].isalnum():
                owns[-1] = True
                last = end
                continue
        elif word[-2:] in _POSSESSIVE:
            word = word[:-2]
            owner = True
        elif word[-1] == ".":
            word = word[:-1]
        tied.append(last < start if last >= 0 else False)
        words.append(word)
        starts.append(start)
        ends.append(start + len(word) if not match[0].endswith(".") or word == "." else end)
        owns.append(owner)
        last = end
    return Tokens(text, words, [word.lower() for word in words], starts, ends, owns, tied)
