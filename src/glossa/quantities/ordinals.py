"""Ordinals in digits ("7th Fleet", "the 12th summit", "5th anniversary") as newspapers write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossa.model import Requirement, Span
from glossa.quantities.datestyle import spread
from glossa.quantities.numerals import unique

_S = r"[ \u00a0\n]"
# Nouns that are written in one with the number: what stands behind it in Japanese, before it in Khmer.
_NOUNS = {
    "anniversary": ("周年", "ខួបលើកទី{}", "ខួបទី{}", "ខួបគម្រប់{}ឆ្នាំ"),
    "birthday": ("歳の誕生日", "ខួបកំណើតគម្រប់{}ឆ្នាំ", "ខួបកំណើតទី{}", "ខួបកំណើតលើកទី{}", "ខួបកំណើតគម្រប់ {} ឆ្នាំ"),
    "floor": ("階", "ជាន់ទី{}"),
    "minute": ("分", "នាទីទី{}"),
    "place": ("位", "ចំណាត់ថ្នាក់ទី{}", "លំដាប់ទី{}", "លេខ{}", "លេខ {}"),
    "day": ("日目", "ថ្ងៃទី{}"),
}
# What is numbered in a row: 第7艦隊, 第11旅団.
_UNITS = (
    "brigade|division|fleet|army|armies|regiment|battalion|infantry|corps|squadron|wing|company|platoon|airborne|"
    "marines?|cavalry|artillery|fighter|flotilla|command|region|zone|group|generation|chapter|district|circuit|phase|"
    "parliament|legislature|republic|amendment|reich|symphony|world war"
)
# What is held time after time: 第12回, លើកទី១២.
_MEETINGS = (
    "meeting|session|summit|conference|congress|forum|dialogue|round|time|edition|games|talks|assembly|festival|"
    "exercise|ceremony|plenum|election|cup|championships?"
)
_ORDINAL = re.compile(
    rf"(?<![\w.,/])(?P<n>\d{{1,3}}(?:,\d{{3}})*)(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)"
    rf"(?P<noun>(?:{_S}|-)(?i:{'|'.join(_NOUNS)})(?![A-Za-z]))?"
    rf"(?P<meeting>(?=(?:{_S}[\w-]+){{0,2}}?{_S}(?i:{_MEETINGS})(?!\w)))?"
    rf"(?P<unit>(?=(?:{_S}[\w-]+){{0,2}}?{_S}(?i:{_UNITS})(?!\w)))?"
)
# "First" may be many things, but not in the name of a unit: "the First Infantry Division".
_SPELLED = re.compile(
    rf"(?<![\w-])(?P<n>First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)"
    rf"(?=(?:{_S}[A-Z][a-z]+)?{_S}(?:Brigade|Division|Fleet|Army|Regiment|Battalion|Corps|Squadron)(?!\w))"
)
_NAMES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_COUNTERS = (
    "番目",
    "回目",
    "位",
    "代目",
    "度目",
    "人目",
    "年目",
    "日目",
    "周年",
    "回",
    "代",
    "歳",
    "日",
    "期",
    "階",
    "分",
    "番",
    "世",
    "点目",
    "戦",
    "条",
    "回戦",
    "連隊",
)


def find(text: str, lang: str, digits: str) -> Iterator[Requirement]:
    """The ordinals of an English text; a day of the month is not told from them here."""
    for match in _ORDINAL.finditer(text):
        n = match["n"].replace(",", "")
        noun = (match["noun"] or "").lstrip(" \u00a0\n-").lower()
        meeting = match["meeting"] is not None
        span = Span(*match.span())
        unit = match["unit"] is not None
        if lang == "ja":
            written = _japanese(n, noun, meeting=meeting, unit=unit)
        else:
            written = _khmer(n, noun, digits, meeting=meeting)
        yield Requirement(span, written[0], written[1:], (), (span.of(text),), "number")
    for match in _SPELLED.finditer(text):
        n = str(_NAMES.index(match["n"]) + 1)
        span = Span(*match.span())
        written = _japanese(n, "", unit=True) if lang == "ja" else _khmer(n, "", digits)
        yield Requirement(span, written[0], written[1:], (), (span.of(text),), "number")


def _japanese(n: str, noun: str, *, meeting: bool = False, unit: bool = False) -> tuple[str, ...]:
    if noun:
        return unique((f"{n}{_NOUNS[noun][0]}", f"第{n}{_NOUNS[noun][0]}", f"{n}周年", f"{n}年"))
    house = (
        (f"第{n}回", f"第{n}") if meeting else (f"第{n}", f"第{n}回") if unit else (f"{n}番目", f"第{n}", f"第{n}回")
    )
    first = ("初", "最初") if n == "1" else ()
    return unique((*house, *(f"{n}{counter}" for counter in _COUNTERS), *first))


def _khmer(n: str, noun: str, digits: str, *, meeting: bool = False) -> tuple[str, ...]:
    if noun:
        return spread((*(form.format(n) for form in _NOUNS[noun][1:]), f"ទី{n}", f"{n}ឆ្នាំ"), digits)
    return spread((f"លើកទី{n}", f"ទី{n}") if meeting else (f"ទី{n}", f"លើកទី{n}", f"លេខ{n}", f"លេខ {n}"), digits)
