"""Set phrases of time and fractions in English text: "the first half of 2025", "every year", "two-thirds"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from glossa.model import Requirement, Span
from glossa.quantities.datestyle import spread
from glossa.quantities.numerals import unique

_S = r"[ \u00a0\n]"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\w|[.,/]\d|-\w|–)"
_RELATIVE = rf"(?P<rel>this|last|next){_S}year(?![\w-])"
_THE_YEAR = rf"(?:(?:the{_S}year{_S})?{_YEAR}|{_RELATIVE}|the{_S}year(?![\w-]))"
_FIRST_OR_SECOND = "(?P<n>(?i:first|second|1st|2nd))"
_FIRST_TO_FOURTH = "(?P<n>(?i:first|second|third|fourth|1st|2nd|3rd|4th))"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_KM_NUMBERS = ("", "មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ប្រាំមួយ", "ប្រាំពីរ", "ប្រាំបី", "ប្រាំបួន", "ដប់")

# What "this year" and the others are, the house form first.
_JA_YEARS = {"this": ("今年", "本年"), "last": ("昨年", "去年", "前年"), "next": ("来年", "翌年", "明年")}
_KM_YEARS = {
    "this": ("ឆ្នាំនេះ",),
    "last": ("ឆ្នាំមុន", "ឆ្នាំទៅ", "ឆ្នាំកន្លងទៅ"),
    "next": ("ឆ្នាំក្រោយ", "ឆ្នាំខាងមុខ", "ឆ្នាំបន្ទាប់"),
}
_JA_HALVES = {1: ("上半期", "前半", "上期"), 2: ("下半期", "後半", "下期")}
_OWNERS = "".join(rf"(?<!\b{owner}{_S})" for owner in ("the", "The", "his", "her", "its", "their", "our", "my", "your"))
_DENOMINATORS = {
    "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_NUMERATORS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PARTS = "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_FRACTION = (
    rf"(?<![\w-])(?P<top>(?i:one))-(?P<one>{_PARTS}|quarter)(?![\w-])|"
    rf"(?<![\w-])(?P<top2>(?i:{'|'.join(_NUMERATORS[1:])}))(?:-(?P<parts>{_PARTS}|quarter)|{_S}(?P<apart>{_PARTS}))s(?![\w-])"
)


def find(text: str, lang: str, digits: str) -> Iterator[Requirement]:
    """The set phrases of an English text; later ones may overlap earlier ones."""
    for pattern, kind, write in _PHRASES:
        for match in pattern.finditer(text):
            forms = write(match, lang)
            forms = unique(forms) if lang == "ja" else spread(forms, digits)
            span = Span(*match.span())
            yield Requirement(span, forms[0], forms[1:], (), (span.of(text),), kind)


def _years(match: re.Match[str], lang: str) -> tuple[str, ...]:
    """The year that a phrase names; "" for "the year"."""
    if match["year"]:
        return (f"{match['year']}年",) if lang == "ja" else (f"ឆ្នាំ{match['year']}",)
    if match["rel"]:
        return (_JA_YEARS if lang == "ja" else _KM_YEARS)[match["rel"]]
    return ("",)


def _nth(match: re.Match[str]) -> int:
    name = match["n"].lower()
    return int(name[0]) if name[0].isdigit() else _ORDINALS[name]


def _half(match: re.Match[str], lang: str) -> tuple[str, ...]:
    n, years = _nth(match), _years(match, lang)
    if lang == "ja":
        return tuple(
            f"{year}{the}{half}" for half in _JA_HALVES[n] for year in years for the in ("", *(["の"] if year else []))
        )
    return _khmer_part("ឆមាស", n, years)


def _quarter(match: re.Match[str], lang: str) -> tuple[str, ...]:
    n, years = _nth(match), _years(match, lang)
    if lang == "ja":
        return tuple(f"{year}{the}第{n}四半期" for year in years for the in ("", *(["の"] if year else [])))
    return _khmer_part("ត្រីមាស", n, years)


def _khmer_part(name: str, n: int, years: tuple[str, ...]) -> tuple[str, ...]:
    links = (" ", " នៃ", "នៃ", "")
    return tuple(
        f"{name}ទី{number}{link}{year}".rstrip()
        for year in years
        for link in (links if year else ("", " នៃឆ្នាំ"))
        for number in (n, _KM_NUMBERS[n])
    )


def _end(match: re.Match[str], lang: str) -> tuple[str, ...]:
    years = _years(match, lang)
    if lang == "ja":
        bases = [f"{year.removesuffix('年')}年末" if year else "年末" for year in years]
        bases += [f"{year}の年末" for year in years if year]
        until = [f"{base}までに" for base in bases]
        loose = [f"{base}{word}" for base in bases for word in ("まで", "前に")]
        within = [f"{year or '年'}内に".replace("年年", "年") for year in years]
        return (*until, *loose, *within)
    words = ("មុនចុង", "ត្រឹមចុង", "នៅចុង", "មុនដំណាច់", "ត្រឹមដំណាច់", "នៅដំណាច់", "មុនបញ្ចប់")
    return tuple(f"{word}{year or 'ឆ្នាំ'}" for year in years for word in words)


def _relative(match: re.Match[str], lang: str) -> tuple[str, ...]:
    return (_JA_YEARS if lang == "ja" else _KM_YEARS)[match["word"].lower()]


def _every(_: re.Match[str], lang: str) -> tuple[str, ...]:
    return ("毎年", "年々", "例年") if lang == "ja" else ("រៀងរាល់ឆ្នាំ", "រាល់ឆ្នាំ", "ជារៀងរាល់ឆ្នាំ")


def _same(match: re.Match[str], lang: str) -> tuple[str, ...]:
    if lang == "ja":
        return ("同年", "同じ年", "その年", "同一年")
    inside = "ក្នុង" if match["in"] else ""
    return tuple(f"{inside}{year}" for year in ("ឆ្នាំដដែល", "ឆ្នាំដដែលនោះ", "ឆ្នាំតែមួយ", "ឆ្នាំដូចគ្នា", "ឆ្នាំនោះ"))


def _fraction(match: re.Match[str], lang: str) -> tuple[str, ...]:
    top = _NUMERATORS.index((match["top"] or match["top2"]).lower()) + 1
    bottom = _DENOMINATORS[match["one"] or match["parts"] or match["apart"]]
    if lang == "ja":
        kanji = "〇一二三四五六七八九十"
        return (f"{bottom}分の{top}", f"{kanji[bottom]}分の{kanji[top]}", f"{top}/{bottom}")
    words = f"{_KM_NUMBERS[top]}ភាគ{_KM_NUMBERS[bottom]}", f"{_KM_NUMBERS[top]} ភាគ {_KM_NUMBERS[bottom]}"
    return (*words, f"{top}ភាគ{bottom}", f"{top} ភាគ {bottom}", f"{top}/{bottom}")


_PHRASES: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str], str], tuple[str, ...]]], ...] = tuple(
    (re.compile(pattern), kind, write)
    for pattern, kind, write in (
        (rf"(?<!\w)(?:[Tt]he{_S})?{_FIRST_OR_SECOND}{_S}half{_S}of{_S}{_THE_YEAR}",
         "date", _half),
        (rf"(?<!\w)(?:[Tt]he{_S})?{_FIRST_TO_FOURTH}{_S}quarter{_S}of{_S}{_THE_YEAR}", "date", _quarter),
        (rf"(?<!\w)(?:[Bb]efore|[Bb]y){_S}the{_S}end{_S}of{_S}{_THE_YEAR}", "date", _end),
        (rf"(?<!\w)(?:(?P<in>[Ii]n{_S}the)|[Tt]he){_S}same{_S}year(?![\w-]|{_S}(?:as|that|when)\b)", "date", _same),
        (rf"(?<![\w-])(?:[Ee]ach|[Ee]very){_S}year(?![\w-]|{_S}(?:or|since)\b)", "date", _every),
        (rf"(?<![\w-]){_OWNERS}(?<!['’]s{_S})(?P<word>[Tt]his|[Ll]ast|[Nn]ext){_S}year(?![\w-])", "date", _relative),
        (_FRACTION, "number", _fraction),
    )
)  # fmt: skip
