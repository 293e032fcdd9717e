"""The numeric values in a Khmer text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from glossa.quantities import cldr
from glossa.quantities.numerals import to_latin
from glossa.quantities.values import DAY, MONTH, Value, clock, codes, decimals, full_year, gathered

_SCALES = {
    "ពាន់ពាន់លាន": 10**12,
    "លានលាន": 10**12,
    "ទ្រីលាន": 10**12,
    "សែនលាន": 10**11,
    "ម៉ឺនលាន": 10**10,
    "ពាន់លាន": 10**9,
    "ប៊ីលាន": 10**9,
    "ប៊ីល្លាន": 10**9,
    "រយលាន": 10**8,
    "កោដិ": 10**7,
    "លាន": 10**6,
    "សែន": 10**5,
    "ម៉ឺន": 10**4,
    "ពាន់": 10**3,
    "រយ": 100,
}
_SCALE = f"(?:{'|'.join(_SCALES)})(?![\u17b6-\u17d3\u17dd])"
_FIGURES = r"\d+(?:[.,]\d+)*"
_TIME = re.compile(
    r"ម៉ោង ?(?:ប្រហែល |ប្រមាណ )?(?P<hour>[01]?\d|2[0-4])(?!\d|[.,:]\d{3}|[.,]\d(?!\d))"
    r"(?:(?:[:.h]| ?និង ?)(?P<minute>[0-5]?\d)(?!\d))?"
    r"|(?<![\d:.,])(?P<hour2>[01]?\d|2[0-4]):(?P<minute2>[0-5]\d)(?!\d|[.:]\d)"
)
_AMOUNT = re.compile(rf"{_FIGURES}(?: ?{_SCALE}(?:{_FIGURES} ?{_SCALE})*(?:{_FIGURES}(?! ?{_SCALE}))?)?")
_PART = re.compile(rf"({_FIGURES}) ?({_SCALE})?")
_SHARED = re.compile(rf" ?(?:-|–|ដល់|ទៅ) ?{_FIGURES} ?({_SCALE})")
_DIGITS = {
    "សូន្យ": 0, "មួយ": 1, "ពីរ": 2, "បី": 3, "បួន": 4, "ប្រាំមួយ": 6, "ប្រាំពីរ": 7, "ប្រាំពិល": 7, "ប្រាំបី": 8,
    "ប្រាំបួន": 9, "ប្រាំ": 5,
}  # fmt: skip
_TENS = {
    "ដប់": 10, "ម្ភៃ": 20, "សាមសិប": 30, "សែសិប": 40, "ហាសិប": 50, "ហុកសិប": 60, "ចិតសិប": 70, "ប៉ែតសិប": 80, "កៅសិប": 90,
}  # fmt: skip
_WORD = re.compile("|".join(sorted((*_DIGITS, *_TENS, *_SCALES), key=len, reverse=True)))
_WORDS = re.compile(f"(?:{'|'.join(sorted((*_DIGITS, *_TENS, *_SCALES), key=len, reverse=True))})+")
_OTHER = re.compile("(?P<noon>ថ្ងៃត្រង់)|(?P<night>អធ្រាត្រ)|(?P<half>កន្លះ)|(?P<two>ទ្វេ)|(?P<one>ដំបូង)")
_OTHER_VALUES = {"noon": (12, 0), "night": (0, 12, 24), "half": ("0.5", 30, 6, 2), "two": (2,), "one": (1,)}


_MONTH_BEFORE = re.compile(r"ខែ ?(?:ទី ?)?(?:\d{1,2} ?[-–] ?)?$")
_DAY_BEFORE = re.compile("ថ្ងៃ(?:[^ ]{1,14} )?ទី ?$")


def find(text: str) -> tuple[Value, ...]:
    """The values in a Khmer text; its signs are to be in canonical order and without zero-width characters."""
    text = to_latin(text)
    return gathered(text, (codes(text), clock(_TIME, text), _amounts(text), _words(text)), _dated)


def _dated(text: str, value: Value) -> Value:
    """A value that is the number of a month or a day of one, marked as that."""
    if value.kind or value.optional or value.end - value.start > 2:
        return value
    for pattern, kind in ((_MONTH_BEFORE, MONTH), (_DAY_BEFORE, DAY)):
        if pattern.search(text, max(0, value.start - 24), value.start):
            return replace(value, kind=kind)
    return value


def _figures(token: str) -> tuple[Decimal, ...]:
    """Digits as English separators have them and as Khmer ones have them, where the two differ."""
    readings = []
    for group, point in ((",", "."), (".", ",")):
        if re.fullmatch(rf"(?:\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d+)(?:{re.escape(point)}\d+)?", token):
            readings.append(Decimal(token.replace(group, "").replace(point, ".")))
    return tuple(dict.fromkeys(readings)) or decimals(*re.findall(r"\d+", token))


def _amounts(text: str) -> Iterator[Value]:
    for match in _AMOUNT.finditer(text):
        parts = _PART.findall(match[0])
        readings = tuple(value * _SCALES.get(parts[0][1], 1) for value in _figures(parts[0][0]))
        for figures, scale in parts[1:]:
            more = _figures(figures)[0] * _SCALES.get(scale, 1)
            readings = tuple(value + more for value in readings)
        shared = None if parts[0][1] else _SHARED.match(text, match.end())
        if shared:
            readings += tuple(value * _SCALES[shared[1]] for value in readings)
        readings += full_year(text, match.start(), match[0])
        yield Value(*match.span(), readings)


def _words(text: str) -> Iterator[Value]:
    for number, name in enumerate(cldr.months("km"), 1):
        for match in re.finditer(f"(ខែ ?)?{name}", text):
            yield Value(*match.span(), decimals(number), optional=match[1] is None, kind=MONTH)
    for match in _WORDS.finditer(text):
        yield Value(*match.span(), (_khmer_spelled(match[0]),), optional=True)
    for match in _OTHER.finditer(text):
        yield Value(*match.span(), decimals(*_OTHER_VALUES[match.lastgroup or ""]), optional=True)


def _khmer_spelled(numeral: str) -> Decimal:
    total = section = 0
    for word in _WORD.findall(numeral):
        if word in _SCALES and _SCALES[word] >= 1000:
            total, section = total + (section or 1) * _SCALES[word], 0
        elif word in _SCALES:
            section = (section or 1) * _SCALES[word]
        else:
            section += _DIGITS.get(word, _TENS.get(word, 0))
    return Decimal(total + section)
