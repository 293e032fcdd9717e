"""Dates, times, money, percentages and numbers of an English text, as requirements on its translation."""

from __future__ import annotations

from glossa.model import Requirement
from glossa.quantities import amounts, dates, ordinals, protected, times


def find(text: str, lang: str, digits: str) -> tuple[Requirement, ...]:
    """What of an English text is localised by rule and not left to the translation engine.

    Nothing is found inside code, addresses, and names or codes with digits (COVID-19, F-16, 1.2.3). Prepositions
    stay outside a span, except those of a range ("from April 27 to 29"), which the target words in one.

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
    for finder in (times.find, dates.find, ordinals.find, amounts.find):
        for requirement in finder(text, lang, digits):
            start, end = requirement.span.start, requirement.span.end
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append(requirement)
    return tuple(sorted(found, key=lambda requirement: requirement.span))
