"""Dates, times, money, percentages and numbers of an English text, as requirements on its translation."""

from __future__ import annotations

from collections.abc import Iterator

from glossa.model import Requirement
from glossa.quantities import amounts, approximate, dates, measures, ordinals, phrases, protected, times


def find(text: str, lang: str, digits: str) -> tuple[Requirement, ...]:
    """What of an English text is localised by rule and not left to the translation engine.

    Nothing is found inside code, addresses, and names or codes with digits (COVID-19, F-16, 1.2.3). Prepositions
    stay outside a span, except those of a range ("from April 27 to 29") and of some set phrases ("by the end of the
    year"), which the target words in one. Words such as "about" and "more than" are part of a quantity that has a
    unit or is big.

    Args:
        text: the source text.
        lang: the target language, "ja" or "km".
        digits: "native" or "latin": the digits of the renderings; the other style is always accepted.

    Returns:
        Requirements in order of place, without overlap. `annotate` is False where the rendering is the source's
        own digits (or the same ones in Khmer), which are only checked.
    """
    taken = protected.mask(len(text), protected.codes(text))
    found: list[Requirement] = []
    for requirement in _all(text, lang, digits):
        start, end = requirement.span.start, requirement.span.end
        if 1 not in taken[start:end]:
            taken[start:end] = b"\1" * (end - start)
            found.append(requirement)
    return tuple(sorted(found, key=lambda requirement: requirement.span))


def _all(text: str, lang: str, digits: str) -> Iterator[Requirement]:
    """Everything that could be meant, the surest first."""
    for requirement in phrases.find(text, lang, digits):
        yield approximate.widen(text, requirement, lang) if requirement.kind == "number" else requirement
    for finder in (times.find, dates.find, ordinals.find):
        yield from finder(text, lang, digits)
    for finder in (measures.find, amounts.find):
        for requirement in finder(text, lang, digits):
            yield approximate.widen(text, requirement, lang)
