"""Texts cut into pieces that are translated one by one: those too long for an engine, and hard ones at a clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from glossa.model import Requirement, Span

_BLANK = re.compile(r"\s+")
# A clause begins behind a comma, a semicolon or a dash, or with one of these words.
_CLAUSE = re.compile(
    r"(?:[,;:–—]\s+|\s+(?=(?:and|but|while|which|who|whose|where|when|after|before|because|although|though|as|since|"
    r"so|during|with|under|following|including|saying|adding|according)\s))"
)
_WORDS = 4  # that a clause must have at least
_QUOTES = re.compile(r"[\"“”„«»]")
_STRENGTH = {";": 0.5, ",": 0.7}  # a strong break near the middle is worth some imbalance


def fitting(
    source: str, requirements: Sequence[Requirement], fits: Callable[[str], bool]
) -> list[tuple[str, tuple[Requirement, ...]]]:
    """A text in pieces that fit, cut between clauses or words, never inside of what is required.

    Args:
        source: the text.
        requirements: what is required in it, in order.
        fits: whether a text is short enough, see `Engine.fits`.

    Returns:
        The pieces, which make up the text, with what is required in each; a text that cannot be cut as it is.
    """
    if fits(source):
        return [(source, tuple(requirements))]
    cuts = _allowed((match.end() for match in _BLANK.finditer(source)), source, requirements)
    if not cuts:
        return [(source, tuple(requirements))]
    left, right = _cut(source, requirements, _middlemost(source, cuts))
    return [*fitting(*left, fits), *fitting(*right, fits)]


def halves(source: str, requirements: Sequence[Requirement]) -> list[tuple[str, tuple[Requirement, ...]]]:
    """A sentence in two at a clause near its middle, never inside of a quotation or of what is required.

    Returns:
        The two pieces, which make up the text, with what is required in each; the text alone where no clause of four
        words or more begins.
    """
    cuts = [
        cut
        for cut in _allowed((match.end() for match in _CLAUSE.finditer(source)), source, requirements)
        if min(len(source[:cut].split()), len(source[cut:].split())) >= _WORDS
        and len(_QUOTES.findall(source[:cut])) % 2 == 0
    ]
    if not cuts:
        return [(source, tuple(requirements))]
    return _cut(source, requirements, _middlemost(source, cuts))


def _allowed(cuts: Iterable[int], source: str, requirements: Sequence[Requirement]) -> list[int]:
    return [
        cut
        for cut in cuts
        if 0 < cut < len(source) and not any(each.span.start < cut < each.span.end for each in requirements)
    ]


def _middlemost(source: str, cuts: Sequence[int]) -> int:
    middle = len(source) // 2
    return min(cuts, key=lambda at: abs(at - middle) * _STRENGTH.get(source[:at].rstrip()[-1:], 1.0))


def _cut(source: str, requirements: Sequence[Requirement], at: int) -> list[tuple[str, tuple[Requirement, ...]]]:
    behind = (each for each in requirements if each.span.start >= at)
    return [
        (source[:at], tuple(each for each in requirements if each.span.end <= at)),
        (source[at:], tuple(replace(each, span=Span(each.span.start - at, each.span.end - at)) for each in behind)),
    ]
