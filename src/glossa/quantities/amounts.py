"""Money, percentages and numbers in English text, as requirements on their translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossa.model import Requirement, Span
from glossa.quantities import cldr
from glossa.quantities.currencies import NAMES, SYMBOLS, WORDS
from glossa.quantities.figures import Amount, write
from glossa.quantities.numerals import BARE, NUMBER, SCALE, Spelled, spelled, to_native, unique, value_of

_S = r"[ \u00a0\n]"
_DASH = "[-–—‑]"
LEAD = rf"(?:(?P<lead>[Ff]rom|[Bb]etween){_S})?"
LINK = rf"(?:{_DASH}|{_S}(?:to|and){_S})"
_SYMBOL = "|".join(re.escape(symbol) for symbol in sorted(SYMBOLS, key=len, reverse=True))
_WORD = "|".join(word for word, _ in WORDS)
_PERCENT = r"(?:percentage[ ]points?|per[ ]?cent|pct|%)(?![A-Za-z])"

_MONEY_BEFORE = re.compile(
    rf"(?<!\w)(?P<sign>{_SYMBOL}){_S}?(?P<low>{BARE})(?:(?P<sep>{_DASH})(?:{_SYMBOL})?(?P<high>{BARE}))?"
    rf"(?:(?:{_S}|-)?(?P<scale>(?i:{SCALE}))|(?P<short>[kKmMbB]|mn|[Bb]n|tn))?(?![A-Za-z0-9])"
    rf"(?:{_S}(?:US{_S}|U\.S\.{_S})?dollars)?"
)
_MONEY_AFTER = re.compile(
    rf"{LEAD}(?P<low>{NUMBER})(?:(?P<sep>{LINK})(?P<high>{BARE}))?"
    rf"(?:(?:{_S}|-)(?P<scale>(?i:{SCALE}))|(?P<short>bn|mn|tn|m))?(?:{_S}|-)(?P<word>{_WORD})(?![A-Za-z])"
)
_PERCENTAGE = re.compile(
    rf"{LEAD}(?P<low>{NUMBER})(?:(?:(?:{_S}?%)?(?P<sep>{LINK})(?P<high>{BARE}))?(?:{_S}|-)?(?P<word>{_PERCENT}))"
)
_LARGE = re.compile(
    rf"{LEAD}(?P<low>{NUMBER})(?:(?P<sep>{LINK})(?P<high>{BARE}))?"
    rf"(?:(?:{_S}|-)(?P<scale>(?i:{SCALE}))|(?P<short>mn|bn|tn))(?![A-Za-z0-9])"
)
_MONEY_SPELLED = re.compile(rf"(?:{_S}|-)(?P<word>{_WORD})(?![A-Za-z])")
_PERCENT_SPELLED = re.compile(rf"(?:{_S}|-)(?P<word>{_PERCENT})")
_PLAIN = re.compile(NUMBER)
_FIGURES = re.compile(r"[\d.,]+%?")

_JA_PERCENT = ("%", "パーセント", "％", "ポイント")
_JA_POINTS = ("ポイント", "%ポイント", "パーセントポイント")
_KM_POINTS = ("ពិន្ទុភាគរយ", "ចំណុចភាគរយ")


def find(text: str, lang: str, digits: str) -> Iterator[Requirement]:
    """Money, percentages, large and plain numbers, in that order; later ones may overlap earlier ones."""
    words = list(spelled(text))
    yield from _money(text, words, lang, digits)
    yield from _percentages(text, words, lang, digits)
    yield from _large(text, words, lang, digits)
    yield from _plain(text, lang, digits)


def read(match: re.Match[str]) -> tuple[int, Amount]:
    """Where an amount in digits begins, and the amount.

    Args:
        match: of a pattern with the groups low, sep and high, and where they apply sign, lead, scale and short.
    """
    groups = match.groupdict()
    scale = groups.get("scale") or groups.get("short") or ""
    low, lead = value_of(match["low"], scale), (groups.get("lead") or "").lower()
    single = Amount((low,), bool(scale))
    if not match["high"]:
        return match.start("sign" if "sign" in groups else "low"), single
    high, both = value_of(match["high"], scale), match["sep"].strip() == "and"
    if "sign" in groups:
        low = value_of(match["low"]) if low >= high else low
        return match.start(), Amount((low, high), bool(scale), link="to")
    if both != (lead == "between") or (scale and low >= high):
        # "5 and 10 percent" are two amounts; in "from 500 to 1 million" the scale word is the second's alone.
        return match.start("high"), Amount((high,), bool(scale))
    return match.start("lead" if lead else "low"), Amount((low, high), bool(scale), link=lead or "to")


def _requirement(text: str, place: tuple[int, int], written: tuple[str, ...], kind: str) -> Requirement:
    span = Span(*place)
    # What differs in the style of its digits alone is put right in the finished translation.
    same = bool(_FIGURES.fullmatch(span.of(text)) and _FIGURES.fullmatch(written[0]))
    return Requirement(span, written[0], written[1:], (), (span.of(text),), kind, annotate=not same)


def _money(text: str, words: list[Spelled], lang: str, digits: str) -> Iterator[Requirement]:
    for match in _MONEY_BEFORE.finditer(text):
        start, amount = read(match)
        written = _cash(amount, SYMBOLS[match["sign"]], lang, digits)
        # Some Khmer papers keep the sign: $5 លាន.
        signed = [f"{match['sign']}{form}" for form in write(amount, lang, digits)[:6]] if lang == "km" else []
        yield _requirement(text, (start, match.end()), unique((*written, *signed)), "money")
    for match in _MONEY_AFTER.finditer(text):
        start, amount = read(match)
        code = _currency(match["word"], sure=amount.scaled or "," in match["low"])
        if code:
            yield _requirement(text, (start, match.end()), _cash(amount, code, lang, digits), "money")
    for number in words:
        after = _MONEY_SPELLED.match(text, number.end)
        code = _currency(after["word"], sure=number.scaled) if after else ""
        if after and code and not (number.article and number.value < 10**5):
            written = _cash(Amount((number.value,), number.scaled, worded=True), code, lang, digits)
            yield _requirement(text, (number.start, after.end()), written, "money")


def _currency(word: str, *, sure: bool) -> str:
    """The currency that an English word names; "pounds" and "won" only beside an amount that makes it plain."""
    plain = " ".join(word.replace("\u00a0", " ").split())
    for pattern, code in WORDS:
        if re.fullmatch(pattern, plain):
            return code.removesuffix("?") if sure or not code.endswith("?") else ""
    return ""


def _cash(amount: Amount, code: str, lang: str, digits: str) -> tuple[str, ...]:
    names = unique((*NAMES[code][lang], cldr.currency(code, lang)) if len(code) == 3 else NAMES[code][lang])
    gaps = ("",) if lang == "ja" else ("", " ")
    return write(amount, lang, digits, tuple(f"{gap}{name}" for name in names for gap in gaps))


def _percentages(text: str, words: list[Spelled], lang: str, digits: str) -> Iterator[Requirement]:
    for match in _PERCENTAGE.finditer(text):
        start, amount = read(match)
        written = write(amount, lang, digits, _percent(match["word"], lang))
        yield _requirement(text, (start, match.end()), written, "percent")
    for number in words:
        after = _PERCENT_SPELLED.match(text, number.end)
        if after:
            written = write(Amount((number.value,), worded=True), lang, digits, _percent(after["word"], lang))
            yield _requirement(text, (number.start, after.end()), written, "percent")


def _percent(word: str, lang: str) -> tuple[str, ...]:
    points = word.startswith("percentage")
    if lang == "ja":
        return _JA_POINTS if points else _JA_PERCENT
    # Khmer papers write both; the source decides between the word and the sign.
    units = ("%", " %", "ភាគរយ", " ភាគរយ") if word == "%" else ("ភាគរយ", " ភាគរយ", "%", " %")
    return (*_KM_POINTS, *units) if points else units


def _large(text: str, words: list[Spelled], lang: str, digits: str) -> Iterator[Requirement]:
    for match in _LARGE.finditer(text):
        start, amount = read(match)
        yield _requirement(text, (start, match.end()), write(amount, lang, digits), "number")
    for number in words:
        # "a hundred" and "a thousand" are often not meant to the digit.
        if number.scaled and not (number.article and number.value < 10**5):
            amount = Amount((number.value,), scaled=number.value % 1000 == 0, worded=True)
            yield _requirement(text, (number.start, number.end), write(amount, lang, digits), "number")


def _plain(text: str, lang: str, digits: str) -> Iterator[Requirement]:
    for match in _PLAIN.finditer(text):
        number = match[0]
        if number[0] == "0" and number[1:2].isdigit():  # 007, 0600: digits, not a value
            written = unique((number, to_native(number, lang)))
            written = written[::-1] if digits == cldr.NATIVE else written
        else:
            separated = "," in number or len(number.split(".")[0]) < 4
            written = write(Amount((value_of(number),), separated=separated), lang, digits)
        yield _requirement(text, match.span(), written, "number")
