"""The joints between what is fixed in a translation and the text that the engine wrote around it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from glossa.model import Kind, Requirement, Span
from glossa.translation.verify import verify

# What a network adds to names, and now and then to what is none (共同コミュニケ氏, លោក CMAC).
_HONORIFIC = {"ja": ("", "氏"), "km": ("លោក", "")}
_INVENTED = (("時", re.compile("^[0-9]+分")), ("月", re.compile("^[0-9]+日")))
_NUMBER_BEHIND_WORD = re.compile(r"(?<=[\u1780-\u17d3])(?<!ទី)(?<!ឆ្នាំ)(?<!លេខ)(?<!ខែ)(?=[0-9០-៩])")
_KANA_SCRAP = re.compile("(^|[。、はがをにのでと」])[ァ-ヺ]$")
_KANA_SCRAP_LATIN = re.compile("(^|[。、はがをにのでと」])[ァ-ヺー]{1,3}$")
_RANK_SCRAP = re.compile("^[佐官長省相](?=[はがをの、に])")
_LIST = re.compile(r"\s*,?\s*(?:and\s+)?(?:the\s+)?")
_THINGS = frozenset({Kind.TERM, Kind.UNIT, Kind.INSTITUTION, Kind.PLACE, Kind.EVENT})
_PEOPLE = frozenset({Kind.PERSON, Kind.TITLE, "name"})


def mend(text: str, source: str, requirements: Sequence[Requirement], places: Sequence[Span | None], lang: str) -> str:
    """`text` without honorifics on things and minutes or days that no date asked for (9時9分).

    In Japanese a lone katakana before a rendering goes, as does the kanji of another rank behind a person (中将佐); a
    bracket that is never closed before one, and what is missing between two parts of a list, becomes 、.

    In Khmer there is a blank before និង (and) and between a word and a number, but for those that number things
    (ទី២៩, ឆ្នាំ២០២២); and no លោក before a title with a name.

    Args:
        text: a finished translation.
        source: the English text.
        requirements: what was fixed in it.
        places: where each of them stands in `text`.
        lang: its language.
    """
    before, behind = _HONORIFIC[lang]
    people = [place for place, r in zip(places, requirements, strict=True) if place and r.kind in _PEOPLE]
    placed = [(place, r) for place, r in zip(places, requirements, strict=True) if place]
    for place, requirement in sorted(placed, key=lambda pair: pair[0], reverse=True):
        lead, rest = text[: place.start], text[place.end :]
        if requirement.kind in _THINGS and not any(place.end == other.start for other in people):
            if behind and rest.startswith(behind):
                rest = rest.removeprefix(behind)
            if before and lead.rstrip().endswith(before):
                lead = lead.rstrip().removesuffix(before)
        if before and requirement.kind == "name" and lead.rstrip().endswith(before):
            lead = lead.rstrip().removesuffix(before)
        if requirement.kind in ("time", "date") and place.of(text) == requirement.rendering:
            for unit, invented in _INVENTED:
                if requirement.rendering.endswith(unit):
                    rest = invented.sub("", rest)
        if lang == "km" and rest.startswith("និង"):
            rest = " " + rest
        if lang == "ja":
            lead, rest = _japanese(lead, place.of(text), rest, requirement)
        text = lead + place.of(text) + rest
    if lang == "km":
        return _NUMBER_BEHIND_WORD.sub(" ", text)
    return _listed(text, source, requirements) if lang == "ja" else text


def _japanese(lead: str, rendering: str, rest: str, requirement: Requirement) -> tuple[str, str]:
    """What stands before and behind a rendering, without the scraps that networks leave there."""
    scrap = _KANA_SCRAP_LATIN if rendering[:1].isascii() and rendering[:1].isalpha() else _KANA_SCRAP
    lead = scrap.sub(r"\1", lead)
    if requirement.kind in _PEOPLE:
        rest = _RANK_SCRAP.sub("", rest)
    whole = lead + rendering + rest
    if lead.endswith(("（", "(")) and sum(map(whole.count, "（(")) > sum(map(whole.count, "）)")):
        lead = lead[:-1] + "、" * (lead[-2:-1] not in ("", "、", "。"))
    return lead, rest


def _listed(text: str, source: str, requirements: Sequence[Requirement]) -> str:
    """`text` with 、 between renderings that run together where the English lists them."""
    places = verify(text, requirements).places
    cuts = [
        left.end
        for i, (left, right) in enumerate(itertools.pairwise(places))
        if left
        and right
        and left.end == right.start
        and _LIST.fullmatch(source[requirements[i].span.end : requirements[i + 1].span.start])
    ]
    for cut in sorted(cuts, reverse=True):
        text = text[:cut] + "、" + text[cut:]
    return text
