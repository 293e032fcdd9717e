"""The numeric values in an English text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from glossa.quantities import protected
from glossa.quantities.numerals import BARE, SCALE, spelled, to_latin, value_of
from glossa.quantities.values import CODE_FIGURES, MONTH, Value, claim, clock, decimals, full_year, ordered

_S = r"[ \u00a0\n]"
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<number>{BARE})(?P<gap>{_S}|-)?(?P<scale>(?i:{SCALE}|mn|bn|tn)(?![A-Za-z])|[kKmMbB](?![A-Za-z]))?"
)
_SHARED = re.compile(
    rf"(?:{_S}?[-–—‑]{_S}?|{_S}(?:to|and|or){_S})[$€£¥]?{BARE}(?:{_S}|-)?(?P<scale>(?i:{SCALE}|mn|bn|tn)(?![A-Za-z]))"
)
_EN_HALF = r"(?:[ap]\.?m\b|noon\b|midnight\b)"
_EN_TIME = re.compile(
    rf"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d|[.:]\d)"
    rf"|(?<![\d:.,])(?P<hour2>[01]?\d|2[0-4])\.(?P<minute2>[0-5]\d)(?={_S}?(?:{_EN_HALF}|hrs|hours|GMT|UTC|local\b))"
    rf"|(?<![\d:.,])(?P<hour3>[01]?\d|2[0-4])"
    rf"(?={_S}?(?:{_EN_HALF}|o['’]clock|(?:[-–]|to\b|and\b){_S}?\d{{1,2}}(?:[:.]\d\d)?{_S}?{_EN_HALF}))"
    rf"|(?<![\d:.,$€£¥])(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?={_S}?(?-i:hours|hrs|GMT|UTC|[A-Z]{{2,3}}T|local)\b)",
    re.IGNORECASE,
)
# Words that a translation may put into digits, with what they may become.
_BY_VALUE: tuple[tuple[tuple[int | str, ...], str], ...] = (
    ((0, 12, 24), "midnight"),
    ((0,), "zero nil none no"),
    (
        (1,),
        "once single sole only another each every per pence overnight daily weekly monthly annual annually yearly",
    ),
    ((10, 12), "dozens"),
    ((10,), "tenth tens decade decades teenager teenagers teen teens teenage tenfold"),
    ((100,), "hundredth century centuries hundred hundreds"),
    ((1000,), "thousand thousands"),
    ((1000000, 100), "millions"),
    ((1000000,), "million"),
    ((1000000000, 10), "billions"),
    ((1000000000,), "billion"),
    ((1000000000000,), "trillion"),
    ((11,), "eleventh"),
    ((12, 0), "noon midday"),
    ((12,), "twelfth dozen"),
    ((13,), "thirteenth"),
    ((14,), "fourteenth"),
    ((15,), "fifteenth"),
    ((16,), "sixteenth"),
    ((17,), "seventeenth"),
    ((18,), "eighteenth"),
    ((19,), "nineteenth"),
    ((2, 14), "fortnight"),
    ((2, 3), "couple"),
    ((2, 30, 6, "0.5", 50, "1.5"), "half"),
    ((2, 50), "halved"),
    (
        (2,),
        (
            "both two twice double doubled doubling pair second secondly bilateral either neither "
            "twin twins mutual dual between biennial biannual twofold duo brace"
        ),
    ),
    ((20,), "twentieth twenties"),
    ((24,), "clock"),
    ((3, 1), "third"),
    ((3,), "triple tripled thrice trilateral trio thirds threefold trick"),
    ((30,), "thirtieth thirties"),
    ((4, 1, 15, 3, 25), "quarter"),
    ((4, 3), "quarterly"),
    ((4,), "quarters quad quadrilateral fourth fourfold"),
    ((40,), "fortieth forties"),
    ((5, 1), "fifth"),
    ((5,), "fifths fivefold"),
    ((50, 1950), "fifties"),
    ((50,), "fiftieth"),
    ((6,), "sixth"),
    ((60, 1960), "sixties"),
    ((7,), "seventh"),
    ((70, 1970), "seventies"),
    ((8,), "eighth"),
    ((80, 1980), "eighties"),
    ((9,), "ninth"),
    ((90, 1990), "nineties"),
)
_WORDS = {word: decimals(*readings) for readings, words in _BY_VALUE for word in words.split()}
_LINK = re.compile(rf"(?:{_S}(?:to|and|or){_S}|-)")
_TENS_ORDINAL = re.compile(
    r"(?<![a-z])(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-"
    r"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?![a-z])"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_COUNTED_UNIT = re.compile(
    rf"(?:{_S}|-)(?:(?P<decade>decades?)|(?P<dozen>dozen)|(?P<century>centur(?:y|ies))|(?P<half>and{_S}a{_S}half))\b"
)
_MONTHS = re.compile(
    r"(?<![A-Za-z])(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?"
    r"(?![a-z])",
    re.IGNORECASE,
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Holidays on the first of a month.
_FIRST_DAY = re.compile(r"(?<![A-Za-z])(?:[Ff]irst|New Year|May Day|Labou?r Day)(?![a-z])")
_ROMAN = re.compile(r"(?<![A-Za-z])(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})(?![A-Za-z])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
# Codes that are usually translated by a word without the number.
_REWORDED = re.compile(r"COVID|24/7|9/11|H\dN\d|G7|G8|P5|(?:km|[cm]?m|ft|mi)[23]", re.IGNORECASE)


def find(text: str) -> tuple[Value, ...]:
    """The values in an English text."""
    text = to_latin(text)
    taken = bytearray(len(text))
    found = [*claim(_codes(text), taken), *claim(clock(_EN_TIME, text), taken), *claim(_amounts(text), taken)]
    return ordered((*found, *_words(text)))


def _codes(text: str) -> Iterator[Value]:
    """The digits of codes; optional where a translation may well do without them."""
    for start, end in protected.codes(text):
        optional = bool(_REWORDED.search(text, start, end)) or "/" in text[start:end] or text[start] in "<("
        for match in CODE_FIGURES.finditer(text, start, end):
            yield Value(*match.span(), decimals(match[0]), optional)


def _amounts(text: str) -> Iterator[Value]:
    for match in _NUMBER.finditer(text):
        scale = match["scale"] or ""
        readings = [value_of(match["number"], scale)]
        if len(scale) == 1:
            readings.append(value_of(match["number"]))
        shared = None if scale else _SHARED.match(text, match.end("number"))
        if shared:
            readings.append(value_of(match["number"], shared["scale"]))
        if len(match["number"]) == 2:
            readings += full_year(text, match.start("number"), match["number"])
            if text[match.end("number") :].startswith(("s", "'s", "’s")) and match["number"][1] == "0":
                readings.append(Decimal("19" + match["number"]))
        if re.fullmatch("1[5-9]00", match["number"]) and text[match.end("number") :].startswith("s"):
            readings.append(Decimal(int(match["number"][:2]) + 1))  # the 1800s are the 19th century
        readings += _counted(text, match.end("number"), readings[0])
        yield Value(match.start("number"), match.end("number"), tuple(dict.fromkeys(readings)))


def _counted(text: str, end: int, value: Decimal) -> Iterator[Decimal]:
    """What a number means together with the words behind it: two dozen, two decades, three and a half."""
    unit = _COUNTED_UNIT.match(text, end)
    if unit:
        yield (
            value + Decimal("0.5") if unit["half"] else value * (12 if unit["dozen"] else 10 if unit["decade"] else 100)
        )


def _words(text: str) -> Iterator[Value]:
    numbers = list(spelled(text))
    for number, after in zip_longest(numbers, numbers[1:]):
        readings = [number.value]
        if after and after.scaled and not number.scaled and _LINK.fullmatch(text, number.end, after.start):
            scale = next(scale for scale in (10**12, 10**9, 10**6, 1000, 100) if after.value >= scale)
            readings.append(number.value * scale)  # three to six million
        readings += _counted(text, number.end, number.value)
        yield Value(number.start, number.end, tuple(readings), optional=True)
    for match in re.finditer(r"[A-Za-z]+", text):
        readings_ = _WORDS.get(match[0].lower())
        if readings_:
            yield Value(*match.span(), readings_, optional=True)
    for match in _TENS_ORDINAL.finditer(text.lower()):
        value = 20 + 10 * _TENS.index(match[1]) + _ORDINALS.index(match[2]) + 1
        yield Value(*match.span(), decimals(value), optional=True)
    for match in _MONTHS.finditer(text):
        yield Value(*match.span(), decimals(_MONTH_NAMES.index(match[0][:3].lower()) + 1), optional=True, kind=MONTH)
    for match in _FIRST_DAY.finditer(text):
        yield Value(*match.span(), decimals(1), optional=True)
    for match in _ROMAN.finditer(text):
        yield Value(*match.span(), decimals(_roman(match[0])), optional=True)


def _roman(numeral: str) -> int:
    digits = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))
