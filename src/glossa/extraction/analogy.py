"""How the rendering of one term is made from another's: the words of terms, patterns with slots, exchanges, votes.

The parts of which `compose` makes its analogies. A pattern is a rendering with slots for the renderings of parts; an
edit is what two renderings do not have in common; both are found by comparing canonical texts, and neither ever cuts a
Khmer syllable, a word in katakana or in Latin script, or a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from glossa.languages import TARGETS
from glossa.quantities.numerals import to_native
from glossa.terms.spelling import fold
from glossa.text.normalize import canonical

MANY = 4
"""So many models show what all of their kind have in common."""

# Khmer makes a noun of a verb with a word before it, which goes when another noun stands before that: the clearance of
# mines, a mine clearing unit. In the words left out here it is part of what they mean.
VERBAL = re.compile("^ការ(?!ពារ|ងារ|បរទេស|ទូត|បោះឆ្នោត)")

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile("['’]s?$")
_ARTICLES = frozenset({"the", "a", "an"})
_LINKS = frozenset({"of", "for", "to", "in", "at", "on"})
_NUMBER = re.compile(r"([0-9]+)(st|nd|rd|th)?")
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split()
_KANJI = "〇一二三四五六七八九十"
_ENOUGH = 0.66  # of the votes, an even vote added on either side

Pattern = tuple[str | int, ...]
"""Text, and for a slot its number, with ten times the style of a number in it."""

Edit = tuple[str, str, bool]
"""What is exchanged for what, at the beginning (True) or at the end."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """An approved part of a term.

    Args:
        slot: what sort of part it is: parts of one sort may stand for one another.
        kind: of the term, or as `slot` for a number.
        source: the English term that it is, "" for a number.
        forms: renderings that it may have inside of a longer one, the one to use first.
    """

    slot: str
    kind: str
    source: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed rendering.

    Args:
        text: the rendering.
        sources: the approved English terms that it is made of, the model first.
        score: how sure the analogy is, from 0 to 1.
    """

    text: str
    sources: tuple[str, ...]
    score: float


Slot = tuple[int, int, Part]
"""The first word, the word behind the last one, and what stands there."""


def key(text: str) -> tuple[str, ...]:
    """The words of an English term as they are compared: folded spelling, singular, no articles, no possessives.

    Acronyms keep their case and are marked, so that US is not us.
    """
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        bare = word.replace(".", "")
        if len(bare) > 1 and bare.isupper():
            words.append(acronym_word(bare))
        elif word.lower() not in _ARTICLES:
            words.append(_singular(fold(word.lower())))
    return tuple(words)


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def within(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether the words stand together in the others."""
    return any(others[i : i + len(words)] == words for i in range(len(others) - len(words) + 1))


def acronym_word(acronym: str) -> str:
    """An acronym as a word of a key."""
    return f"={acronym.replace('.', '')}"


def number(word: str, lang: str) -> list[Part]:
    """A number as a part; the forms are native digits, Latin digits, Chinese numerals."""
    match = _NUMBER.fullmatch(word)
    if not match and word not in _ORDINALS:
        return []
    value = int(match[1]) if match else _ORDINALS.index(word)
    kind = "ordinal" if not match or match[2] else "number"
    native = to_native(str(value), lang) if TARGETS[lang].digits else str(value)
    kanji = (_KANJI[value],) if lang == "ja" and value < len(_KANJI) else ()
    return [Part(kind, kind, "", (native, str(value), *kanji))]


def loose(own: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether words before a term belong to its head alone, as in deputy + governor of the National Bank."""
    return bool(own) and not _LINKS.intersection(own) and bool(_LINKS.intersection(rest))


def has_content(words: Sequence[str], slots: Sequence[Slot]) -> bool:
    """Whether there is a word outside of the slots that is more than a preposition."""
    outside = set(range(len(words))) - {i for start, end, _ in slots for i in range(start, end)}
    return any(words[i] not in _LINKS and words[i] != "and" for i in outside)


def fits(form: Sequence[str], words: Sequence[str], slots: Sequence[Slot]) -> Iterator[list[tuple[int, int]]]:
    """Where the slots of `words` are in `form`, if the two are the same outside of them."""
    before, behind = slots[0][0], len(words) - slots[-1][1]
    if len(form) <= before + behind or tuple(form[:before]) != tuple(words[:before]):
        return
    if behind and tuple(form[-behind:]) != tuple(words[-behind:]):
        return
    end = len(form) - behind
    if len(slots) == 1:
        yield [(before, end)]
        return
    between = tuple(words[slots[0][1] : slots[1][0]])
    for cut in range(before + 1, end - len(between)):
        if tuple(form[cut : cut + len(between)]) == between:
            yield [(before, cut), (cut + len(between), end)]


def halves(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Two terms that the words may be, and the preposition between them, if there is one."""
    for cut in range(1, len(words)):
        if words[cut] in _LINKS and cut + 1 < len(words):
            yield words[:cut], (words[cut],), words[cut + 1 :]
        else:
            yield words[:cut], (), words[cut:]


def sorts(a: Part, link: Sequence[str], b: Part) -> tuple[str, ...]:
    """What a phrase is made of; an office of, for, at or in an institution is the same."""
    return (a.slot, "of" if a.slot == "title" and link else "".join(link), b.slot)


def make_pattern(target: str, parts: Sequence[Part], lang: str) -> Pattern | None:
    """The rendering with numbers of slots for the parts' renderings; None where these do not all stand in it once."""
    text = canonical(target)
    places: list[tuple[int, int, int]] = []
    for number, part in enumerate(parts):
        place = find(text, part)
        if place is None:
            return None
        places.append((*place[:2], number + 10 * place[2]))
    places.sort()
    pieces: list[str | int] = []
    done = 0
    for start, end, number in places:
        if start < done:
            return None
        pieces += [text[done:start], number]
        done = end
    pieces.append(text[done:])
    if lang == "km":  # a space beside a Latin rendering is that rendering's
        for start, end, number in places:
            at = pieces.index(number)
            if text[start].isascii() and not text[start].isdigit():
                pieces[at - 1] = str(pieces[at - 1]).removesuffix(" ")
            if text[end - 1].isascii() and not text[end - 1].isdigit():
                pieces[at + 1] = str(pieces[at + 1]).removeprefix(" ")
    return tuple(piece for piece in pieces if piece != "")


def find(text: str, part: Part) -> tuple[int, int, int] | None:
    """Where the part stands in a canonical rendering, and (for a number) in which style; None if not just once."""
    numeral = part.slot in ("number", "ordinal")
    for style, form in enumerate(map(canonical, part.forms)):
        if not form or (len(form) < 2 and style and not numeral):
            continue
        found = [at for at in range(len(text)) if text.startswith(form, at) and _cut_free(text, at, at + len(form))]
        if len(found) == 1:
            return found[0], found[0] + len(form), style if numeral else 0
        if found:
            return None
    return None


def _cut_free(text: str, start: int, end: int) -> bool:
    """Whether a rendering can end at these places: no Khmer syllable, katakana or Latin word, number is cut."""
    for at in (start, end):
        if not 0 < at < len(text):
            continue
        before, after = text[at - 1], text[at]
        if unicodedata.category(after)[0] == "M" or before == "\u17d2":
            return False
        if _katakana(before) and _katakana(after):
            return False
        if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
            return False
        if before.isdecimal() and after.isdecimal():
            return False
    return True


def _katakana(char: str) -> bool:
    return "ァ" <= char <= "ヺ" or char == "ー"


def mixed(before: str, after: str) -> bool:
    """Whether a Latin and a Khmer letter meet."""
    return before.isalnum() and after.isalnum() and (before.isascii() != after.isascii())


def make_edit(before: str, after: str) -> Edit | None:
    """How one rendering becomes another: what is exchanged for what, at the beginning (True) or at the end."""
    a, b = canonical(before), canonical(after)
    if a == b:
        return None
    options = []
    for head in (True, False):
        kept = 0
        while kept < min(len(a), len(b)) and (a[-1 - kept] == b[-1 - kept] if head else a[kept] == b[kept]):
            kept += 1
        while kept and not all(
            _cut_free(text, at, at)
            for text, at in ((a, len(a) - kept if head else kept), (b, len(b) - kept if head else kept))
        ):
            kept -= 1
        if kept > 1 or (kept and "\u3040" <= (a[-1] if head else a[0]) <= "\u9fff"):
            options.append((kept, head))
    if not options:
        return None
    kept, head = max(options)
    if head:
        return a[: len(a) - kept], b[: len(b) - kept], True
    return a[kept:], b[kept:], False


def _common(texts: Sequence[str]) -> str:
    """The longest text that all of them begin with."""
    first, last = min(texts), max(texts)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same]


def edited(text: str, edit: Edit, models: Sequence[str]) -> str:
    """The rendering after the exchange; "" if it cannot be made there.

    Args:
        text: the rendering before.
        edit: what is exchanged.
        models: renderings that came of the same exchange; what all of many of them begin or end with, so must this.
    """
    old, new, head = edit
    text = canonical(text)
    if not (text.startswith(old) if head else text.endswith(old)):
        return ""
    kept = text.removeprefix(old) if head else text.removesuffix(old)
    if len(kept) < 2:
        return ""  # too little to know it by: 外相 is short for more than 外
    made = new + kept if head else kept + new
    if len(models) >= MANY:
        texts = [canonical(model) for model in models]
        common = _common(texts) if head else _common([each[::-1] for each in texts])[::-1]
        if not (made.startswith(common) if head else made.endswith(common)):
            return ""
    return made


def winner(votes: Counter[T | None], fewest: int) -> tuple[T, float] | None:
    """What most votes are for, with how sure that is; None if they are fewer than `fewest` or too divided."""
    ranked = sorted(((count, repr(each), each) for each, count in votes.items() if each is not None), reverse=True)
    if not ranked:
        return None
    count, _, best = ranked[0]
    score = (count + 0.5) / (votes.total() + 1)
    return (best, score) if count >= fewest and score >= _ENOUGH else None
