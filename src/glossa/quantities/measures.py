"""Numbers with a unit in English text ("45 minutes", "12,500 people"), as requirements on their translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from glossa.model import Requirement, Span
from glossa.quantities.amounts import LEAD, LINK, read
from glossa.quantities.figures import Amount, write
from glossa.quantities.numerals import BARE, NUMBER, SCALE, Spelled, spelled, unique

_S = r"[ \u00a0\n]"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it is called in English, and what follows the number in the target languages.

    Args:
        words: its English names, a pattern; they stand behind a space.
        symbols: its English signs, a pattern; they may follow the number directly.
        ja: the Japanese names, the house form first.
        km: the Khmer names, the house form first.
        joined: "time" if a hyphen joins it as in "a three-day visit", "size" as in "a 25-kilometre road", or "".
    """

    words: str
    symbols: str
    ja: tuple[str, ...]
    km: tuple[str, ...]
    joined: str = ""


_DAY = Unit("days?", "", ("日間", "日"), ("ថ្ងៃ",), "time")
_PEOPLE = Unit("people", "", ("人", "名"), ("នាក់",))
_CELSIUS = Unit(
    f"degrees?{_S}(?:[Cc]elsius|[Cc]entigrade|C)",
    f"{_S}?°{_S}?C|℃",
    ("度", "℃", "度C", "°C"),
    ("អង្សាសេ", "អង្សារសេ", "អង្សាសែលស៊ីស", "អង្សា", "°C"),
)
_UNITS = (
    Unit("minutes?", "", ("分", "分間"), ("នាទី",), "time"),
    Unit("hours?", "", ("時間",), ("ម៉ោង",), "time"),
    _DAY,
    Unit("weeks?", "", ("週間",), ("សប្ដាហ៍", "សប្តាហ៍", "អាទិត្យ"), "time"),
    Unit(
        "months?",
        "",
        tuple(f"{counter}月{during}" for during in ("", "間") for counter in ("カ", "か", "ヶ", "ヵ", "ケ", "箇")),
        ("ខែ",),
        "time",
    ),
    Unit("years?", "", ("年", "年間", "カ年", "か年"), ("ឆ្នាំ",), "time"),
    Unit(
        "(?:square|sq)[.]?[ ](?:kilomet(?:er|re)s?|km)",
        "km²",
        ("平方キロ", "平方キロメートル", "平方km", "km²"),
        ("គីឡូម៉ែត្រការ៉េ", "គីឡូម៉ែត្រក្រឡា", "គ.ម²", "km²"),
        "size",
    ),
    Unit("square[ ]met(?:er|re)s?", "m²", ("平方メートル", "平米", "㎡", "m²"), ("ម៉ែត្រការ៉េ", "ម៉ែត្រក្រឡា", "m²"), "size"),
    Unit("kilomet(?:er|re)s?", "km", ("キロ", "キロメートル", "km"), ("គីឡូម៉ែត្រ", "គីឡូ", "គ.ម", "គម", "km"), "size"),
    Unit("met(?:er|re)s?", "", ("メートル", "m"), ("ម៉ែត្រ",), "size"),
    Unit("miles?", "", ("マイル",), ("ម៉ាយល៍", "ម៉ាយ", "ម៉ៃល៍"), "size"),
    Unit("(?:kilogram(?:me)?s?|kilos?)", "kg", ("キログラム", "キロ", "kg"), ("គីឡូក្រាម", "គីឡូ", "គ.ក", "kg"), "size"),
    Unit("(?:metric[ ])?ton(?:ne)?s?", "", ("トン",), ("តោន",), "size"),
    Unit("hectares?", "ha", ("ヘクタール", "ha"), ("ហិកតា", "ហិចតា", "ha"), "size"),
    _CELSIUS,
    _PEOPLE,
)

# "25 years old", "60 km per hour", "100 km/h": other things than a length of time or of a road.
_END = rf"(?![A-Za-z0-9²/'’-]|{_S}(?:old|of{_S}age|(?:per|an|a){_S}hour)\b)"
_NUMBERS = rf"(?P<low>{NUMBER})(?:(?P<sep>{LINK})(?P<high>{BARE}))?"
_SCALED = rf"(?:(?:{_S}|-)(?P<scale>(?i:{SCALE}))|(?P<short>mn|bn|tn))?"


def _behind(unit: Unit) -> str:
    """The pattern of what stands behind a number."""
    apart = [rf"{_S}(?:{unit.words})"]
    if unit.symbols:
        apart.append(rf"(?:{_S}|-)?(?:{unit.symbols})")
    if unit.joined:
        # In a compound the unit is singular and a noun follows: "a three-day visit", not "a three-day-old baby".
        apart.append(rf"-(?:{unit.words})(?={_S}[a-z])")
    return f"(?P<unit>{'|'.join(apart)}){_END}"


_FOUND = tuple((unit, re.compile(f"{LEAD}{_NUMBERS}{_SCALED}{_behind(unit)}")) for unit in _UNITS)
_SPELLED = tuple((unit, re.compile(_behind(unit))) for unit in _UNITS)
# Where a number of days is a point in time or a rate, not a length: "three days ago", "five days a week".
_POINT = re.compile(rf"{_S}(?:ago|earlier|later|before|after|prior|(?:a|per|each|every){_S}(?:week|month|year))\b")
_EACH = re.compile(rf"(?:[Ee]very|[Ee]ach){_S}$")
# Of "two or three days" only the half would be rendered.
_OPEN = re.compile(
    rf"(?:\d|(?<![A-Za-z])(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|hundred|dozen))"
    rf"(?:{_S}(?:or|to|and){_S}|[-–—])$"
)
_ONE_DAY = re.compile(rf"\b(?:[Ff]or|[Ii]n|within|than|least|only|just|about|lasting|lasted){_S}$")
_MINUS = re.compile("[-–−‐]$")
_KANJI = "〇一二三四五六七八九十"
_MANY_PEOPLE = 3  # forms that are accepted behind the word for people as well


def find(text: str, lang: str, digits: str) -> Iterator[Requirement]:
    """The numbers with a unit of an English text; small ones in words ("three days") as well."""
    words = [number for number in spelled(text) if not (number.article and number.value < 10**5)]
    for unit, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, amount = read(match)
            before = text[: match.start("low")][-12:]
            alone = len(amount.values) == 1
            if (alone and not match["high"] and _OPEN.search(before)) or (unit is _CELSIUS and _MINUS.search(before)):
                continue
            yield _requirement(text, (start, match.end()), amount, unit, lang, digits)
    for unit, pattern in _SPELLED:
        for number in words:
            after = pattern.match(text, number.end)
            if after and _plain(text, number, unit, after["unit"]):
                amount = Amount((number.value,), scaled=number.scaled and number.value % 1000 == 0, worded=True)
                yield _requirement(text, (number.start, after.end()), amount, unit, lang, digits)


def _plain(text: str, number: Spelled, unit: Unit, behind: str) -> bool:
    before = text[: number.start][-14:]
    if _OPEN.search(before) or before.endswith(("-", "–")):
        return False
    if number.value != 1 or behind.startswith("-"):
        return True
    return unit is not _PEOPLE and (unit is not _DAY or bool(_ONE_DAY.search(before)))


def _requirement(text: str, place: tuple[int, int], amount: Amount, unit: Unit, lang: str, digits: str) -> Requirement:
    start, end = place
    names = unit.ja if lang == "ja" else unit.km
    if unit is _DAY and lang == "ja":
        point = _POINT.match(text, end) or _EACH.search(text[:start][-7:]) or amount.values == (Decimal(1),)
        names = names[::-1] if point else names
    if lang == "km":
        names = tuple(f"{gap}{name}" for name in names for gap in ("", " "))
    if lang == "ja" and unit.joined == "time" and amount.link:
        amount = replace(amount, link="to")  # 3〜5日間 is shorter than 3日間から5日間
    written = write(amount, lang, digits, names)
    low = amount.values[0]
    if lang == "ja" and low % 1 == Decimal("0.5") and len(amount.values) == 1:
        half = tuple(f"{int(low)}{name}半" for name in ("時間", "年", "カ月") if low > 1 and name in names)
        written = (*written, *half)
    if lang == "ja" and amount.worded and 0 < low <= 10 and low == int(low):
        written = (*written, *(f"{_KANJI[int(low)]}{name}" for name in names))
    if unit is _CELSIUS and lang == "ja":
        written = (*written, *(f"摂氏{form}" for form in written[:2]), *(f"セ氏{form}" for form in written[:2]))
    if unit is _PEOPLE and lang == "km":
        named = (
            f"{people}{gap}{form}"
            for people in ("មនុស្ស", "ប្រជាជន")
            for gap in (" ", "")
            for form in written[:_MANY_PEOPLE]
        )
        written = (*written, *named)
    span = Span(start, end)
    written = unique(written)
    return Requirement(span, written[0], written[1:], (), (span.of(text),), "number")
