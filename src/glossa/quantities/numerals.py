"""Numbers as English writes them, in digits and in words, and digits in the style of a target language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from glossa.languages import TARGETS
from glossa.quantities import cldr

# Digits with or without thousands separators, and a decimal part; not a part of a longer number or word. What has
# more digits than a newspaper counts is a serial number (see `protected.SERIAL`), not a value.
BARE = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12}(?!\d))(?:\.\d{1,9})?(?!\d|,\d{3}(?!\d))"
NUMBER = rf"(?<!\w)(?<!\d[.,]){BARE}"
SCALE = r"(?:hundred thousand|thousand|millions?|billions?|trillions?|hundred)"

SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "k": 10**3,
    "hundred thousand": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
_UNITS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: value for value, word in enumerate(_UNITS)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]+(?![A-Za-z])")
_GLUE = re.compile(r"[ \u00a0\n-]|[ \n]and[ \n]|, ?(?:and )?")


def value_of(digits: str, scale: str = "") -> Decimal:
    """The value of English digits ("1,200", "3.5") with a scale word ("million", "bn") or none."""
    size = SCALES.get(" ".join(scale.lower().split()).removesuffix("s"), 1)
    return Decimal(digits.replace(",", "")).scaleb(len(str(size)) - 1)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in English words.

    Args:
        scaled: it has a scale word (hundred, thousand, million, …).
        article: it begins with "a" or "half a".
    """

    start: int
    end: int
    value: Decimal
    scaled: bool
    article: bool


def spelled(text: str) -> Iterator[Spelled]:
    """The numbers that are written in words, in order: "five", "two hundred and sixteen", "half a million"."""
    words = [word for word in _WORD.finditer(text) if word[0].lower() != "and"]
    at = 0
    while at < len(words):
        found = _spelled_at(text, words, at)
        if found is None:
            at += 1
            continue
        number, at = found
        yield number


def _spelled_at(text: str, words: list[re.Match[str]], at: int) -> tuple[Spelled, int] | None:
    first = at
    lower = words[at][0].lower()
    factor, article = Decimal(1), False
    if lower == "half" and _next(text, words, at) in ("a", "an"):
        factor, at = Decimal("0.5"), at + 1
    if words[at][0].lower() in ("a", "an"):
        article = True
        if _next(text, words, at) not in SCALES:
            return None
        current = 1
    elif lower in SMALL:
        current = SMALL[lower]
    else:
        return None
    total, scaled, ceiling, last = 0, False, 10**15, current
    at += 1
    while at < len(words) and _GLUE.fullmatch(text, words[at - 1].end(), words[at].start()):
        word, glue = words[at][0].lower(), text[words[at - 1].end() : words[at].start()]
        size = SCALES.get(word, 0) if len(word) > 2 else 0
        if size and len(glue) == 1:
            if size == 100 and 0 < current < 100:
                current, last = current * 100, 100
            elif size > 100 and current and size < ceiling:
                total, current, ceiling, last = total + current * size, 0, size, size
            else:
                break
            scaled = True
        elif word in SMALL and _fits(SMALL[word], last, glue):
            current, last = current + SMALL[word], SMALL[word]
        else:
            break
        at += 1
    if article and not scaled:
        return None
    value = factor * (total + current)
    return Spelled(words[first].start(), words[at - 1].end(), value, scaled, article), at


def _next(text: str, words: list[re.Match[str]], at: int) -> str:
    if at + 1 < len(words) and text[words[at].end() : words[at + 1].start()] == " ":
        return words[at + 1][0].lower()
    return ""


def _fits(value: int, last: int, glue: str) -> bool:
    if 20 <= last < 100:  # twenty-one
        return 0 < value < 10 and len(glue) == 1
    return last >= 100 and 0 < value < 100 and not glue.startswith(",")


def to_native(text: str, lang: str) -> str:
    """`text` with native digits for Latin ones, everything else (separators, too) as it is."""
    digits = TARGETS[lang].digits
    return text.translate(dict(zip(range(48, 58), digits, strict=True))) if digits else text


def to_latin(text: str) -> str:
    """`text` with Latin digits for native and full-width ones; the length stays."""
    table = {ord(digit): str(i) for lang in TARGETS.values() for i, digit in enumerate(lang.digits)}
    table |= {ord(digit): str(i) for i, digit in enumerate("０１２３４５６７８９")}
    return text.translate(table)


def grouped(value: Decimal, lang: str, digits: str) -> str:
    """A number in digits with the separators that go with them."""
    group, decimal = cldr.separators(lang, digits)
    text = f"{value:,f}".replace(",", "\0").replace(".", decimal).replace("\0", group)
    return to_native(text, lang) if digits == cldr.NATIVE else text


def plain(value: Decimal, lang: str, digits: str) -> str:
    """A number in digits without thousands separators."""
    text = f"{value:f}".replace(".", cldr.separators(lang, digits)[1])
    return to_native(text, lang) if digits == cldr.NATIVE else text


def unique(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms without repetition, in order."""
    return tuple(dict.fromkeys(forms))
