"""Whether a translation carries what was required of it: by count, on normalised text, each place counted once."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from glossa.model import Kind, Requirement, Span
from glossa.text.normalize import canonical, canonical_offsets

_RUNAWAY = re.compile(r"(.{2,40}?)\1{2,}", re.DOTALL)
_PHRASE = 9  # characters of a phrase that may not come again and again
_PRONOUN = re.compile(r"\b(?:he|his|him|she|hers?)\b", re.IGNORECASE)
_COENG = "\u17d2"
_SIGN = re.compile("[\u17b6-\u17d3\u17dd]")
_WORD = re.compile(r"[0-9A-Za-z]")
_DIGIT = re.compile(r"[0-9០-៩]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found.

    Args:
        places: for each requirement where its rendering stands in the target, or None where it is missing.
        forbidden: forbidden renderings that stand in the target.
        surplus: renderings that stand more often than the source asks for.
        leftover: an annotation tag was left in the text.
        repeated: a stretch that comes again and again, "" if there is none.
        touching: how many renderings run into the next one without a word between them, as they do not in the source.
        accepted: how many requirements are met by an accepted form rather than by the approved rendering itself.
    """

    places: tuple[Span | None, ...]
    forbidden: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    leftover: bool = False
    repeated: str = ""
    touching: int = 0
    accepted: int = 0

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the requirements that are not met."""
        return tuple(i for i, place in enumerate(self.places) if place is None)

    @property
    def cost(self) -> float:
        """How bad the failures are, for choosing between translations; 0 is without fault."""
        return (
            10 * len(self.missing)
            + 10 * len(self.forbidden)
            + 20 * self.leftover
            + 6 * bool(self.repeated)
            + 2 * len(self.surplus)
            + 1.5 * self.touching
            + 0.5 * self.accepted
        )


def verify(
    target: str, requirements: Sequence[Requirement], tags: tuple[str, str] | None = None, source: str = ""
) -> Verdict:
    """Hold `target` against what was required.

    Every requirement claims a place of its own, longer renderings first, so that カンボジア is not found inside
    カンボジア王国軍 when both are asked for; approved renderings claim before accepted ones.

    Args:
        requirements: in the order of the source.
        tags: annotation tags that must not be left over.
        source: the source text; a repetition that stands there as well is none.
    """
    text, offsets = canonical_offsets(target)
    claimed: list[Span] = []
    places: dict[int, Span] = {}
    forms = [_forms(requirement) for requirement in requirements]
    depth = max((len(form) for form in forms), default=0)
    by_length = sorted(range(len(requirements)), key=lambda i: -len(forms[i][0]))
    approved = 0
    for main in (True, False):
        for i in by_length:
            if i in places:
                continue
            for form in forms[i][:1] if main else forms[i][1:depth]:
                place = _free(text, form, claimed, forms[i])
                if place:
                    claimed.append(place)
                    places[i] = place
                    break
        if main:
            approved = len(places)
    found = tuple(
        Span(offsets[places[i].start], offsets[places[i].end]) if i in places else None
        for i in range(len(requirements))
    )
    return Verdict(
        found,
        _forbidden(text, requirements, claimed),
        _surplus(text, requirements, claimed, source),
        bool(tags) and any(tag in target for tag in tags or ()),
        repetition(_without(text, claimed), canonical(source)),
        _touching(source, requirements, found),
        len(places) - approved,
    )


def _without(text: str, claimed: Sequence[Span]) -> str:
    """`text` with what was asked for blotted out, each place differently: asked for often, it comes often."""
    blots: list[tuple[Span, str]] = []
    for number, place in enumerate(claimed):
        blots.append((place, chr(0xE000 + number)))
    for place, blot in sorted(blots, reverse=True):
        text = text[: place.start] + blot + text[place.end :]
    return text


def _forms(requirement: Requirement) -> list[str]:
    accept = sorted(requirement.accept, key=len, reverse=True)
    return [form for form in map(canonical, (requirement.rendering, *accept)) if form]


def occurrences(text: str, form: str) -> list[Span]:
    """Where `form` stands in `text`; Latin words, numbers and Khmer syllables only whole (not UN in UNICEF)."""
    found: list[Span] = []
    at = text.find(form)
    while at >= 0:
        span = Span(at, at + len(form))
        if _whole(text, span, form):
            found.append(span)
            at = text.find(form, span.end)
        else:
            at = text.find(form, at + 1)
    return found


def _whole(text: str, span: Span, form: str) -> bool:
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    if before[-1:] == _COENG or _SIGN.match(after[:1]):
        return False  # a Khmer syllable goes on: មីន is not in មីនា
    for edge, near, beyond in ((form[0], before[-1:], before[:-1]), (form[-1], after[:1], after[1:])):
        for kind in (_WORD, _DIGIT):
            if not kind.match(edge):
                continue
            if kind.match(near):
                return False
            # A separator with a digit beyond it goes on with the number: 5 is not in 1,500 or 5.2.
            if kind is _DIGIT and _DIGIT.match(edge) and near and near in ".," and _DIGIT.match(beyond):
                return False
    return True


def _free(text: str, form: str, claimed: Sequence[Span], forms: Sequence[str] = ()) -> Span | None:
    for place in occurrences(text, form):
        if not any(place.overlaps(other) for other in claimed) and not _garbled(text, place, form, forms):
            return place
    return None


def _garbled(text: str, place: Span, form: str, forms: Sequence[str]) -> bool:
    """Whether the text goes on as a longer form begins, but not as it ends: 山崎幸運 where 山崎幸二 is known."""
    for longer in forms:
        rest = longer[len(form) :]
        if longer.startswith(form) and rest[:1].strip() and text.startswith(rest[0], place.end):
            return not text.startswith(rest, place.end)
    return False


def _touching(source: str, requirements: Sequence[Requirement], places: Sequence[Span | None]) -> int:
    placed = sorted((place, i) for i, place in enumerate(places) if place)
    count = 0
    for (left, i), (right, j) in itertools.pairwise(placed):
        if left.end == right.start and len(right) > 0:
            between = source[requirements[i].span.end : requirements[j].span.start] if i < j else "…"
            count += bool(between.strip(" \u00a0"))
    return count


def _forbidden(text: str, requirements: Sequence[Requirement], claimed: Sequence[Span]) -> tuple[str, ...]:
    forms = {canonical(form) for requirement in requirements for form in requirement.forbid}
    return tuple(sorted(form for form in forms if form and _free(text, form, claimed)))


def _surplus(text: str, requirements: Sequence[Requirement], claimed: Sequence[Span], source: str) -> tuple[str, ...]:
    """Renderings that stand more often than the source gives cause for.

    A person may be named again where English has "he" or "her", a country where it has an adjective.
    """
    found: list[str] = []
    for requirement in {r.rendering: r for r in requirements if r.annotate}.values():
        form = canonical(requirement.rendering)
        more = sum(not any(place.overlaps(other) for other in claimed) for place in occurrences(text, form))
        if len(form) > 1 and more > _allowance(requirement, source):
            found.append(form)
    return tuple(sorted(found))


def _allowance(requirement: Requirement, source: str) -> int:
    if requirement.kind in (Kind.PERSON, "name"):
        return len(_PRONOUN.findall(source))
    if requirement.kind == Kind.PLACE and requirement.sources:
        return len(re.findall(rf"\b{re.escape(requirement.sources[0][:4])}\w*", source)) - 1
    return 0


def repetition(text: str, source: str = "") -> str:
    """A stretch that `text` repeats without end, as networks do when they lose the thread; "" if there is none.

    Either the same characters three times in a row, or a phrase of nine characters or more three times, or a
    longer one twice with next to nothing between.
    """
    for row in _RUNAWAY.finditer(text):
        if not row[1].isdigit() and row[1].strip(" .-–—_*=・…") and row[0] not in source:
            return row[1]
    seen: Counter[str] = Counter()
    for i in range(len(text) - _PHRASE + 1):
        seen[text[i : i + _PHRASE]] += 1
    for phrase, count in seen.items():
        if count >= 3 and phrase.strip() and source.count(phrase) < count:
            return phrase
    return ""
