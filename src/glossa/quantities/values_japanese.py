"""The numeric values in a Japanese text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from glossa.quantities.numerals import BARE, to_latin, value_of
from glossa.quantities.values import DAY, MONTH, Value, clock, codes, decimals, full_year, gathered

_TIME = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])時(?!間)(?:(?P<minute>[0-5]?\d)分|(?P<halfpast>半))?"
    r"|(?<![\d:.,])(?P<hour2>[01]?\d|2[0-4]):(?P<minute2>[0-5]\d)(?!\d|[.:]\d)"
)
_MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_AMOUNT = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<era>令和|平成|昭和|大正|明治)?(?:(?P<big>(?:{BARE}[十百千]?[万億兆京])+)(?P<rest>{BARE}[百千]?)?|"
    rf"(?P<plain>{BARE})(?:秒(?P<part>\d{{1,3}})(?!\d))?(?P<small>[百千])?(?P<tenth>割)?"
    r"(?P<half>(?:年|時間|[かカヶ]月|日|週間|倍)半)?)"
)
_PART = re.compile(rf"({BARE})([十百千]?)([万億兆京])")
_SHARED = re.compile(rf"(?:年|月|日)?[〜～\-–－から]{{1,2}}{BARE}[十百千]?([万億兆京])")
_KANJI = re.compile("[〇一二三四五六七八九十百千万億兆]+")
_KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_WORDS = re.compile(
    "(?P<one>ひとつ|ひとり|元年|初|首位|トップ)|(?P<two>ふたつ|ふたり|両|双方)|(?P<noon>正午)|(?P<night>真夜中|深夜)|(?P<half>半)"
)
_WORD_VALUES = {"one": (1,), "two": (2,), "noon": (12, 0), "night": (0, 12, 24), "half": ("0.5", 30, 6, 2)}


# 4月 and the 4 of 4〜5月, but not 4カ月.
_MONTH_AHEAD = re.compile(r"(?:[〜～－–\-・、]\d{1,2})*月")
_DAY_AHEAD = re.compile("日(?!間)")


def find(text: str) -> tuple[Value, ...]:
    """The values in a Japanese text."""
    text = to_latin(text)
    return gathered(text, (codes(text), clock(_TIME, text), _amounts(text), _words(text)), _dated)


def _dated(text: str, value: Value) -> Value:
    """A value that is the number of a month or a day of one, marked as that."""
    if value.kind or value.optional or value.end - value.start > 2:
        return value
    if _MONTH_AHEAD.match(text, value.end):
        return replace(value, kind=MONTH)
    day = text[value.start - 1 : value.start] == "月" and _DAY_AHEAD.match(text, value.end)
    return replace(value, kind=DAY) if day else value


def _amounts(text: str) -> Iterator[Value]:
    for match in _AMOUNT.finditer(text):
        start = match.end("era") if match["era"] else match.start()
        if match["big"]:
            total = sum(
                (value_of(n) * _SMALL.get(small, 1) * _MYRIADS[big] for n, small, big in _PART.findall(match["big"])),
                Decimal(0),
            )
            if match["rest"]:
                rest = match["rest"]
                total += value_of(rest.rstrip("百千")) * _SMALL.get(rest[-1], 1)
            yield Value(start, match.end(), (total,))
            continue
        value = value_of(match["plain"])
        readings = [value * _SMALL.get(match["small"] or "", 1)]
        shared = _SHARED.match(text, match.end())
        if shared:
            readings.append(value * _MYRIADS[shared[1]])
        if match["era"]:
            readings.append(value + _ERAS[match["era"]])
        if match["tenth"]:
            readings.append(value * 10)
        if match["part"]:  # 9秒58
            readings = [Decimal(f"{value}.{match['part']}")]
        if match["half"]:  # 1年半
            readings.append(value + Decimal("0.5"))
        readings += full_year(text, match.start("plain"), match["plain"])
        yield Value(start, match.end(), tuple(readings))


def _words(text: str) -> Iterator[Value]:
    for match in _KANJI.finditer(text):
        yield Value(*match.span(), (_kanji(match[0]),), optional=True)
    for match in _WORDS.finditer(text):
        yield Value(*match.span(), decimals(*_WORD_VALUES[match.lastgroup or ""]), optional=True)


def _kanji(numeral: str) -> Decimal:
    total = section = digit = 0
    for char in numeral:
        if char in _KANJI_DIGITS:
            digit = digit * 10 + _KANJI_DIGITS[char]
        elif char in _SMALL:
            section, digit = section + (digit or 1) * _SMALL[char], 0
        else:
            total, section, digit = total + (section + digit or 1) * _MYRIADS[char], 0, 0
    return Decimal(total + section + digit)
