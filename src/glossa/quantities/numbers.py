"""The digits of a finished translation: their style, and whether none was lost or invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from glossa.languages import TARGETS
from glossa.model import Finding, Severity, Span
from glossa.quantities import cldr, protected, values_english, values_japanese, values_khmer
from glossa.quantities.numerals import to_latin, to_native
from glossa.quantities.values import CODE, MONTH, Value
from glossa.text.normalize import canonical_offsets

MISSING = "number-missing"
ADDED = "number-added"
_MANY = 600

_READERS: dict[str, Callable[[str], tuple[Value, ...]]] = {
    "ja": values_japanese.find,
    "km": values_khmer.find,
}
_FULL_WIDTH = {ord(digit): str(i) for i, digit in enumerate("０１２３４５６７８９")}
_FULL_WIDTH_MARK = re.compile("(?<=[0-9])[，．](?=[0-9])")
_LATIN_TOKEN = re.compile(r"(?<![A-Za-z0-9])[0-9]+(?:[.,][0-9]+)*(?![A-Za-z0-9])")
_LATIN_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_THOUSAND = re.compile(r"(?<![A-Za-z0-9.,])([1-9]),([0-9]{3})(?![A-Za-z0-9]|,[0-9])")
_SWAP = str.maketrans(".,", ",.")


def localise_digits(text: str, lang: str, digits: str) -> str:
    """A finished translation with the digits of its house style; the values stay, and doing it twice changes nothing.

    Full-width digits become ASCII ones in every language. Japanese numbers below ten thousand lose their separator
    (1200人). In Khmer, Latin digits become native ones
    (`digits="native"`) or native ones Latin (`digits="latin"`), together with their separators: 1,200.5 is
    ១.២០០,៥. Addresses, code, and names or codes with digits (COVID-19, F-16, 5km) stay as they are.
    """
    text = _FULL_WIDTH_MARK.sub(lambda match: ",."["，．".index(match[0])], text.translate(_FULL_WIDTH))
    native = TARGETS[lang].digits
    if not native:
        return _without_separators(text) if lang == "ja" else text
    taken = protected.mask(len(text), protected.codes(text) + protected.addresses(text))

    def latin_to_native(match: re.Match[str]) -> str:
        if 1 in taken[match.start() : match.end()]:
            return match[0]
        token = match[0].translate(_SWAP) if _LATIN_NUMBER.fullmatch(match[0]) else match[0]
        return to_native(token, lang)

    def native_to_latin(match: re.Match[str]) -> str:
        if 1 in taken[match.start() : match.end()]:
            return match[0]
        token = to_latin(match[0])
        swapped = token.translate(_SWAP)
        return swapped if _LATIN_NUMBER.fullmatch(swapped) else token

    if digits == cldr.NATIVE:
        return _LATIN_TOKEN.sub(latin_to_native, text)
    return re.sub(f"[{native}]+(?:[.,][{native}]+)*", native_to_latin, text)


def _without_separators(text: str) -> str:
    taken = protected.mask(len(text), protected.codes(text) + protected.addresses(text))
    return _THOUSAND.sub(
        lambda match: match[0] if 1 in taken[match.start() : match.end()] else match[1] + match[2], text
    )


def check(source: str, target: str, lang: str) -> tuple[Finding, ...]:
    """Whether every number of the source stands in the target, and no other.

    Values are compared, not digits: 3.5 billion is 35億, 9 p.m. is 午後9時 or 21時, April is 4月 and ខែមេសា. A
    number in words on one side may be digits on the other. A number in digits that comes twice must come twice.

    Returns:
        A finding "number-missing" for each number of the source without a counterpart, and "number-added", with
        its place in the target, for each of the target.
    """
    text, offsets = canonical_offsets(target)
    wanted, given = _wanted(source), _READERS[lang](text)
    missing = [value for value in wanted if not value.optional]
    added = [value for value in given if not value.optional]
    pairs, missing, added = _pair(missing, added)
    _, missing, _ = _pair(missing, [value for value in given if value.optional])
    known = [value for value in wanted if value.optional]
    added = _unknown(added, pairs, known)
    return (
        *(
            Finding(
                MISSING, Severity.ERROR, f"{source[value.start : value.end]} of the source is not in the translation"
            )
            for value in missing
        ),
        *(
            Finding(
                ADDED,
                Severity.ERROR,
                f"the translation has {text[value.start : value.end]}, which is not in the source",
                span=Span(offsets[value.start], offsets[value.end]),
            )
            for value in added
        ),
    )


@lru_cache(maxsize=1024)
def _wanted(source: str) -> tuple[Value, ...]:
    """The numbers of a source, which is held against many translations."""
    return values_english.find(source)


def _unknown(added: list[Value], pairs: list[tuple[Value, Value]], known: list[Value]) -> list[Value]:
    """Those of the target's numbers that no word of the source explains, either.

    Where a word explains a number that is already paired ("$5-10 million and five percent": 500万, 5), its partner is
    free for another. The name of a month explains a month only, and "one" neither a month nor a day: "mid-April" is
    not 4月4日, and "in 2013" is not 2013年1月1日.
    """
    months = {reading for value in known if value.kind == MONTH for reading in value.readings}
    words = {reading for value in known if value.kind != MONTH for reading in value.readings}

    def explained(value: Value) -> bool:
        readings = set(value.readings)
        return (
            not words.isdisjoint(readings)
            or (value.kind in (MONTH, CODE) and not months.isdisjoint(readings))
            or (value.kind in ("", CODE) and 1 in readings)
        )

    free = [wanted for wanted, given in pairs if explained(given)]
    left = [value for value in added if not explained(value)]
    return _pair(free, left)[2]


def _pair(wanted: list[Value], given: list[Value]) -> tuple[list[tuple[Value, Value]], list[Value], list[Value]]:
    """As many pairs of values that share a reading as can be, and what is left of both.

    Values with the same likeliest reading are paired first; what is left is paired along augmenting paths (Kuhn's
    algorithm for bipartite matching), since "5-10 million, 5 percent" has a 5 that may be 5 or 5 million.
    """
    places: dict[Decimal, list[int]] = {}
    first: dict[Decimal, list[int]] = {}
    for i, value in enumerate(given):
        first.setdefault(value.readings[0], []).append(i)
        for reading in value.readings:
            places.setdefault(reading, []).append(i)
    partner: dict[int, int] = {}  # place in `given` -> place in `wanted`
    left = []
    for i, value in enumerate(wanted):
        here = first.get(value.readings[0])
        if here:
            partner[here.pop()] = i
        else:
            left.append(i)

    def place(i: int, seen: set[Decimal]) -> bool:
        for reading in wanted[i].readings:
            if reading in seen:
                continue
            seen.add(reading)
            for j in places.get(reading, ()):
                if j not in partner or place(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    # A text of thousands of numbers is a table, not a sentence; there the first pairing has to do.
    small = len(wanted) + len(given) < _MANY
    left = [i for i in left if not (small and place(i, set()))]
    pairs = [(wanted[i], given[j]) for j, i in partner.items()]
    return pairs, [wanted[i] for i in left], [value for j, value in enumerate(given) if j not in partner]
