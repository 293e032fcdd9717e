"""Acronyms and the full forms that a text gives them, in either order.

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003),
and beyond it: the letters may skip words that are no names (of, and, the) and, where a name stands before the
bracket, any inner word; the plural s of an acronym stands for nothing; small letters of an acronym (MoND) count if
they can be matched; the full form may follow (RCAF, the Royal Cambodian Armed Forces); what `names` found there says
where a full form begins.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SKIPPED = frozenset("of and the for in on to at with de du des la le von und et against y".split())
LONGEST = 12  # characters of an acronym


def is_acronym(word: str) -> bool:
    """Whether a word may be an acronym: two to twelve characters, most of its letters capitals, the first among them."""
    if not 2 <= len(word) <= LONGEST or not word[0].isalnum():
        return False
    letters = [char for char in word if char.isalpha()]
    if letters and letters[-1] == "s" and len(letters) > 2:
        letters.pop()
    capitals = sum(char.isupper() for char in letters)
    return capitals >= 2 and capitals * 2 > len(letters)


def bare(acronym: str) -> str:
    """The acronym without a plural s and full stops."""
    word = acronym.replace(".", "")
    return word[:-1] if len(word) > 2 and word[-1] == "s" and word[-2].isupper() else word


def stands_for(acronym: str, full: str) -> bool:
    """Whether the letters of the acronym can be those of the full form, in order, its first one among them.

    Every capital must begin a word or follow a hyphen, or (at most once) stand within a word; small letters may stand
    anywhere behind the letter before.
    """
    letters = [char for char in bare(acronym) if char.isalnum()]
    words = [_plain(word) for word in _WORD.findall(full.replace("-", " "))]
    if not letters or not words or _plain(letters[0]) != words[0][0]:
        return False
    if len(words) < 2 and len(letters) > 2 and "-" not in full:
        return False
    significant = [word for word in words if word not in _SKIPPED]
    return _match(letters, words, inner=1) and len(letters) >= max(2, (len(significant) + 1) // 2)


def goes_with(acronym: str, full: str) -> bool:
    """Whether an acronym in brackets directly behind a name may be that name's: half of its letters, the first two of
    them or more, stand in the name in order. Acronyms from other languages, or without the country, pass.
    """
    letters = [_plain(char) for char in bare(acronym) if char.isalpha()]
    words = [_plain(word) for word in _WORD.findall(full.replace("-", " "))]
    if len(letters) < 2 or not words:
        return False
    if stands_for(acronym, full):
        return True
    text, at, hits = " ".join(words), 0, 0
    for letter in letters:
        found = text.find(letter, at)
        if found >= 0:
            hits += 1
            at = found + 1
    return (letters[0] == text[0] and hits >= 1 and len(words) > 1) or hits == len(letters)


def _match(letters: list[str], words: list[str], inner: int) -> bool:
    """Whether the letters can be found in the words: at most `inner` capitals within a word."""
    state = {(0, 0, inner)}  # word, place in it from which on to look, inner letters left
    for number, letter in enumerate(letters):
        wanted = _plain(letter)
        after: set[tuple[int, int, int]] = set()
        for word, place, left in state:
            for at in range(word, len(words)):
                text = words[at]
                begin = place if at == word else 0
                if number == 0 and at:
                    break
                if begin == 0 and text[:1] == wanted:
                    after.add((at, 1, left))
                elif begin or letter.islower() or left:
                    found = text.find(wanted, max(begin, 1) if begin else 1)
                    if found > 0 and (letter.islower() or left):
                        after.add((at, found + 1, left - (not letter.islower())))
                if at > word and text not in _SKIPPED:
                    break  # only a word that stands for nothing may be skipped
        if not after:
            return False
        state = after
    last = max(word for word, _, _ in state)
    return all(word in _SKIPPED for word in words[last + 1 :])


def syllables(word: str, full: str) -> bool:
    """Whether a word is put together from the beginnings of words of the full form, in order: Nolcom, Interpol."""
    if " " in word or not word.isalpha() or len(word) < 4 or " " not in full:
        return False
    rest = _plain(word)
    for part in [_plain(each) for each in _WORD.findall(full)]:
        size = 0
        while size < min(len(rest), len(part)) and rest[size] == part[size]:
            size += 1
        rest = rest[size:]
    return not rest


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in folded if not unicodedata.combining(char))
