"""The one normal form in which texts are compared: NFC, no zero-width characters, Khmer signs in canonical order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_ZERO_WIDTH = re.compile(f"[{ZERO_WIDTH}]")

# A Khmer syllable's dependent signs, after the base: coeng + consonant pairs, register shifters, dependent
# vowels, then other signs. The order is that of the Unicode Standard, chapter 16.4: base, (robat), coeng pairs
# (coeng ro last), shifter, vowel, signs. Two spellings that differ only in that order look the same.
_CLUSTER = re.compile("([\u1780-\u17b3])((?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd])+)")
_PART = re.compile("\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd]")
_COENG_RO = "\u17d2\u179a"


def _rank(part: str) -> int:
    if part == "\u17cc":  # robat
        return 0
    if part[0] == "\u17d2":
        return 2 if part == _COENG_RO else 1
    if part in "\u17c9\u17ca":  # muusikatoan, triisap
        return 3
    if "\u17b6" <= part <= "\u17c5":  # dependent vowels
        return 4
    return 5


def _reorder(match: re.Match[str]) -> str:
    parts = _PART.findall(match[2])
    parts.sort(key=_rank)
    return match[1] + "".join(parts)


def khmer_order(text: str) -> str:
    """`text` with the signs of every Khmer syllable in canonical order; everything else unchanged."""
    return _CLUSTER.sub(_reorder, text)


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """`text` as it is compared: NFC, without zero-width characters, Khmer signs in canonical order."""
    return khmer_order(_ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text)))


def canonical_offsets(text: str) -> tuple[str, list[int]]:
    """`canonical(text)` and, for each of its characters and its end, an offset in `text`.

    Where normalisation moved or joined characters, the offset is that of the cluster's beginning. Zero-width
    characters behind a cluster belong to neither side of it.
    """
    if canonical(text) == text:
        return text, list(range(len(text) + 1))
    out: list[str] = []
    offsets: list[int] = []
    for match in _CHUNK.finditer(text):
        piece = canonical(match[0])
        out.append(piece)
        same = len(piece) == len(match[0])
        offsets.extend(match.start() + i if same else match.start() for i in range(len(piece)))
    offsets.append(len(text))
    return "".join(out), offsets


# A chunk is a base character with what may combine with it: enough for NFC and for the order of Khmer signs.
_CHUNK = re.compile(
    "[\u1780-\u17b3](?:\u17d2[\u200b-\u200d\u2060]*[\u1780-\u17b3]|[\u17b4-\u17d3\u17dd\u200b-\u200d\u2060])*|."
    "(?:[\u0300-\u036f\u3099\u309a\u200b-\u200d\u2060])*",
    re.DOTALL,
)
