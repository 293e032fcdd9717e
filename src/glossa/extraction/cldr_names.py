"""Names that CLDR (through Babel) has for countries, continents, cities, languages, currencies and months.

The cities are those that stand for time zones. Where CLDR lacks a name in a language it gives the English one; that
is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from glossa.extraction.analogy import key
from glossa.model import Kind
from glossa.quantities import cldr
from glossa.text.normalize import canonical

if TYPE_CHECKING:
    from babel import Locale

_NATIVE = {"km": re.compile("[\u1780-\u17ff]"), "ja": re.compile("[\u3041-\u30ff\u4e00-\u9fff]")}
_LATIN = re.compile("[A-Za-z]")
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]$")
_NO_PLACES = frozenset({"001", "UN", "EZ", "ZZ", "XA", "XB", "QO"})  # the world, organisations, pseudo-locales
_SHARED = frozenset({"XAF", "XOF", "XCD", "XPF"})  # currencies of several countries
_LANGUAGE = ("language",)


def name(term: str, kind: Kind, lang: str) -> str | None:
    """What CLDR calls an English term in a language, without zero-width spaces; None where it has no name for it.

    Args:
        term: the English term; plural, spelling and articles do not matter.
        kind: a place is a territory, a continent or a city; a term is a language, a currency or a month.
        lang: the language of the name.
    """
    words = key(_plain(term))
    if kind is Kind.PLACE:
        return _places(lang).get(words)
    if kind is not Kind.TERM:
        return None
    if words[-1:] == _LANGUAGE and len(words) > 1:
        found = _languages(lang).get(words[:-1])
        return f"ភាសា{found}" if found and lang == "km" and not found.startswith("ភាសា") else found
    return _words(lang).get(words)


@cache
def _places(lang: str) -> Mapping[tuple[str, ...], str]:
    english, target = _locale("en"), _locale(lang)
    names: dict[tuple[str, ...], str] = {}
    for code, called in english.territories.items():
        if code not in _NO_PLACES:
            _add(names, called, target.territories.get(code, ""), lang)
    for zone, facts in target.time_zones.items():
        called = english.time_zones.get(zone, {}).get("city", "")
        for city in (called, zone.rpartition("/")[2].replace("_", " ")):
            if "/" in zone and not zone.startswith("Etc/") and "," not in city:
                _add(names, city, facts.get("city", ""), lang)
    return names


@cache
def _languages(lang: str) -> Mapping[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    target = _locale(lang).languages
    for code, called in _locale("en").languages.items():
        _add(names, called, target.get(code, ""), lang)
    return names


@cache
def _words(lang: str) -> Mapping[tuple[str, ...], str]:
    english, target = _locale("en"), _locale(lang)
    names: dict[tuple[str, ...], str] = {}
    for month, called in zip(cldr.months("en"), cldr.months(lang), strict=True):
        _add(names, month, called, lang)
    for words, called in _languages(lang).items():
        names.setdefault(words, called)
    for code, called in english.currencies.items():
        if not code.startswith("X") or code in _SHARED:  # the others are metals, funds, units of account
            _add(names, called, target.currencies.get(code, ""), lang)
    return names


def _locale(lang: str) -> Locale:
    from babel import Locale

    return Locale.parse(lang)


def _add(names: dict[tuple[str, ...], str], english: str, called: str, lang: str) -> None:
    for one, other in _forms(english, str(called)):
        found = _tidy(other, lang)
        words = key(_plain(one))
        if words and _NATIVE[lang].search(found) and not _LATIN.search(found):
            names.setdefault(words, found)


def _forms(english: str, called: str) -> Iterator[tuple[str, str]]:
    """The names as they are and, as for Myanmar (Burma), without what stands in brackets in both."""
    if _BRACKETS.search(english):
        yield _BRACKETS.sub("", english), _BRACKETS.sub("", called)
    else:
        yield english, called


def _plain(english: str) -> str:
    return re.sub(r"\bSt\.? ", "Saint ", english.replace("&", "and"))


def _tidy(called: str, lang: str) -> str:
    """The name as newspapers write it: no zero-width spaces, カンボジア・リエル, no space behind a Khmer "and"."""
    text = canonical(called).strip()
    if lang == "ja":
        return re.sub("(?<=[ァ-ー]) (?=[ァ-ー])", "・", text)
    return text.replace("និង ", "និង")
