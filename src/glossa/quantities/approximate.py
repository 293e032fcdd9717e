"""Words before a quantity that make it inexact ("about", "more than", "at least"), as a part of its rendering."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from glossa.model import Requirement, Span
from glossa.quantities.numerals import unique

_S = r"[ \u00a0\n]"
# Forms of the quantity that are taken up with the usual words, in each style of digits, and with the other words.
_MOST, _FEW, _USUAL = 20, 12, 3


@dataclass(frozen=True, slots=True)
class _Sense:
    """How a target language says it: patterns with {} for the quantity, the house form first."""

    ja: tuple[str, ...]
    km: tuple[str, ...]


def _before(*words: str) -> tuple[str, ...]:
    return tuple(f"{word}{gap}{{}}" for word in words for gap in (" ", ""))


_MORE = ("{}以上", "{}超", "{}余り", "{}あまり", "{}を超える")
# Counters that may stand between a bare number and "or more": 30万以上 is 30万人以上 as well.
_COUNTERS = ("人", "名", "件", "台", "個", "社", "戸", "世帯", "本", "隻", "機", "頭", "カ所")
_BARE = re.compile(r"[\d.,万億兆千]+")
_SENSES = {
    "about": _Sense(
        ("約{}", "およそ{}", "おおよそ{}", "{}ほど", "{}程度", "{}前後"),
        _before("ប្រមាណ", "ប្រហែល", "ប្រមាណជា", "ប្រហែលជា"),
    ),
    "more": _Sense(_MORE, _before("ជាង", "លើសពី", "លើស", "ច្រើនជាង")),
    "nearly": _Sense(
        ("約{}", "ほぼ{}", "{}近く", "{}人近く", "およそ{}"), _before("ជិត", "ជិតដល់", "ស្ទើរតែ", "ស្ទើរ", "ប្រហែល", "ប្រមាណ")
    ),
    "least": _Sense(
        ("少なくとも{}", "少なくとも、{}", "最低{}", "最低でも{}", *_MORE),
        _before("យ៉ាងតិច", "យ៉ាងតិចណាស់", "យ៉ាងហោចណាស់", "យ៉ាងតិចក៏"),
    ),
}
_BEFORE = re.compile(
    rf"(?<![A-Za-z-])(?:(?P<about>[Aa]bout|[Aa]round|[Aa]pproximately|[Rr]oughly|[Ss]ome)|"
    rf"(?P<more>(?:(?<!no{_S})(?<!not{_S})[Mm]ore{_S}than)|(?P<over>[Oo]ver))|(?P<nearly>[Nn]early|[Aa]lmost)|"
    rf"(?P<least>[Aa]t{_S}least)){_S}$"
)
# "a dispute over $5 million" and "spread over 300 hectares" are not "more than". Over a length of time it is mostly
# "during", but not behind "for" or "of".
_OVER_ABOUT = re.compile(
    rf"\b(?:disputes?|rows?|concerns?|controvers(?:y|ies)|debates?|anger|outrage|talks|negotiations?|clash(?:es)?|"
    rf"battles?|fights?|deals?|lawsuits?|worries|fears|all|spread|stretch(?:ed|es)?|extend(?:ed|s)?|hand(?:ed|s|ing)?|"
    rf"t[oa]{{1,2}}ken?|taking|turn(?:ed|s|ing)?|carried|control|power|sovereignty|left){_S}$"
)
_FOR = re.compile(rf"\b(?:[Ff]or|[Oo]f|last(?:ed|ing|s)|after|spent){_S}$")
_KHMER_DIGIT = re.compile("[០-៩]")
_TIME = re.compile(r"(?:minute|hour|day|week|month|year)s?$")


def widen(text: str, requirement: Requirement, lang: str) -> Requirement:
    """A quantity together with the word before it that makes it inexact; the quantity itself where there is none.

    The rendering without that word is not accepted any more. Plain digits without a unit are left as they are.
    """
    if not (requirement.annotate or requirement.kind in ("money", "percent")):
        return requirement
    start, end = requirement.span.start, requirement.span.end
    match = _BEFORE.search(text, max(0, start - 20), start)
    if not match or (match["over"] and not _more_than(text[: match.start()][-20:], text[start:end])):
        return requirement
    name = next(name for name in _SENSES if match[name])
    written = _written(_SENSES[name], requirement, lang)
    span = Span(match.start(), end)
    return replace(
        requirement,
        span=span,
        rendering=written[0],
        accept=written[1:],
        sources=(span.of(text),),
        annotate=True,
    )


def _written(sense: _Sense, requirement: Requirement, lang: str) -> tuple[str, ...]:
    forms = (requirement.rendering, *requirement.accept)
    native = [form for form in forms if _KHMER_DIGIT.search(form)][:_MOST]
    latin = [form for form in forms if not _KHMER_DIGIT.search(form)][:_MOST]
    main = [form for form in forms if form in native or form in latin]
    patterns = sense.ja if lang == "ja" else sense.km
    usual = [pattern.format(form) for pattern in patterns[:_USUAL] for form in main]
    others = [pattern.format(form) for pattern in patterns[_USUAL:] for form in main[:_FEW]]
    counted = []
    if lang == "ja" and _BARE.fullmatch(forms[0]):
        counted = [
            pattern.format(forms[0] + counter) for counter in _COUNTERS for pattern in patterns if pattern in _MORE
        ]
    return unique((*usual, *others, *counted))


def _more_than(before: str, quantity: str) -> bool:
    """Whether "over" between these means "more than"."""
    if _TIME.search(quantity):
        return bool(_FOR.search(before))
    return not _OVER_ABOUT.search(before)
