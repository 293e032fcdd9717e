"""The joints between what is fixed in a translation and the text that the engine wrote around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossa.model import Kind, Requirement, Span

# What a network adds to names, and now and then to what is none (共同コミュニケ氏, លោក CMAC).
_HONORIFIC = {"ja": ("", "氏"), "km": ("លោក", "")}
_INVENTED = (("時", re.compile("^[0-9]+分")), ("月", re.compile("^[0-9]+日")))
_THINGS = frozenset({Kind.TERM, Kind.UNIT, Kind.INSTITUTION, Kind.PLACE, Kind.EVENT})
_PEOPLE = frozenset({Kind.PERSON, Kind.TITLE, "name"})


def mend(text: str, requirements: Sequence[Requirement], places: Sequence[Span | None], lang: str) -> str:
    """`text` without honorifics on things and minutes or days that no date asked for (9時9分), and in Khmer with the
    blank that stands before និង (and).

    Args:
        text: a finished translation.
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
        if requirement.kind in ("time", "date") and place.of(text) == requirement.rendering:
            for unit, invented in _INVENTED:
                if requirement.rendering.endswith(unit):
                    rest = invented.sub("", rest)
        if lang == "km" and rest.startswith("និង"):
            rest = " " + rest
        text = lead + place.of(text) + rest
    return text
