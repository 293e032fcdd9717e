"""Headlines in title case, lines in capitals and datelines, read as if they were written like the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from glossa.extraction import kinds
from glossa.extraction import vocabulary as words
from glossa.extraction.english import Lexicon
from glossa.extraction.tokens import Tokens
from glossa.model import Kind


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known before an article is read.

    Args:
        lexicon: ordinary English words.
        model: weights that decide the kind of a name.
        known: the kinds of names that are known, by the name in small letters.
    """

    lexicon: Lexicon
    model: kinds.Model
    known: Mapping[str, Kind]


_PLACE_LINE = re.compile(
    r"([A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ.'’-]+){0,4})(?:, [^—–\n]{2,40}?)?(?: ?\([^()]{2,40}\))? ?(?:—|–|--| - )"
)


_LEAST_WORDS = 3


def shouted(tokens: Tokens) -> bool:
    """Whether a block is a headline in title case or a line in capitals."""
    long = [word for word in tokens.words if word.isalpha() and (len(word) > 3 or word.isupper())]
    every = [word for word in tokens.words if word[0].isalpha()]
    if len(every) < 2 or (tokens.words[-1] in ".?!" and len(every) > 12):
        return False
    capital = sum(word[0].isupper() for word in long)
    if sum(word.isupper() for word in long) > 0.7 * len(long) and long:
        return len(every) > 2 or not any(word[0].isdigit() for word in tokens.words)
    return len(long) >= _LEAST_WORDS and capital >= 0.8 * len(long) and tokens.words[-1] not in ".;,:"


def dateline(tokens: Tokens) -> Tokens:
    """A block whose first words are a place in capitals, as a dateline has it, with that place as it is written elsewhere."""
    match = _PLACE_LINE.match(tokens.text)
    if match is None:
        return tokens
    end = match.end(1)
    out = [
        "-".join(part[:1] + part[1:].lower() for part in word.split("-")) if start < end and word.isupper() else word
        for word, start in zip(tokens.words, tokens.starts, strict=True)
    ]
    return replace(tokens, words=out)


def truecased(tokens: Tokens, seen: frozenset[str], small: frozenset[str], knowledge: Knowledge) -> Tokens:
    """A headline as it would stand in a sentence."""
    lexicon = knowledge.lexicon
    shouting = sum(word.isupper() for word in tokens.words if len(word) > 3) * 2 > sum(
        len(word) > 3 and word.isalpha() for word in tokens.words
    )
    out: list[str] = []
    capital = False
    for i, word in enumerate(tokens.words):
        lower = tokens.lower[i]
        if not word[0].isupper():
            out.append(word)
            capital = False
            continue
        name = lexicon.names(word)
        known = lower in knowledge.known
        if not shouting and _of_title(tokens, i):
            out.append(word)
            capital = False
            continue
        if lower in words.FUNCTION and not (word.isupper() and not shouting and len(word) > 1):
            keep = False
        elif lower in seen and lower not in small:
            keep = True
        elif lower in small and lower not in seen:
            keep = False
        else:
            body = (
                capital
                and tokens.tied[i]
                and (
                    lower in words.INSTITUTIONS
                    or lower in words.UNITS
                    or lower in ("cup", "games", "summit", "province")
                )
                and not lexicon.speech.get(lower, "n").startswith("v")
            )
            keep = (
                known
                or (name >= 6 and lower not in words.PLACES)
                or body
                or (word.isupper() and not shouting and len(word) > 1)
            )
        if keep:
            acronym = word.isupper() and (
                (not shouting)
                or (
                    lower not in seen
                    and lexicon.names(word) >= 9
                    and len(word) <= 5
                    and not lexicon.speech.get(lower)
                    and lower not in knowledge.known
                )
            )
            out.append(
                word
                if acronym or not word.isupper()
                else "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
            )
        else:
            out.append(lower)
        capital = keep
    return replace(tokens, words=out)


def _of_title(tokens: Tokens, i: int) -> bool:
    """Whether a word of a headline is the head of a title, or belongs to one behind it."""
    while (
        i < len(tokens)
        and tokens.words[i][0].isupper()
        and tokens.lower[i] in words.TITLE_MODIFIERS
        and tokens.lower[i] not in words.TITLES
    ):
        i += 1
    return (
        i < len(tokens)
        and tokens.words[i][0].isupper()
        and (tokens.lower[i] in words.TITLES or tokens.lower[i].removesuffix("s") in words.TITLES)
    )
