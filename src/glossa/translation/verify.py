"""Whether a translation carries what was required of it: by count, on normalised text, each place counted once."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from glossa.model import Kind, Requirement, Span
from glossa.text.normalize import ZERO_WIDTH, canonical, canonical_offsets
from glossa.translation.marking import litter

_RUNAWAY = re.compile(r"(.{2,40}?)\1{2,}", re.DOTALL)
_PHRASE = 9  # characters of a phrase that may not come again and again
_PRONOUN = re.compile(r"\b(?:he|his|him|she|hers?)\b", re.IGNORECASE)
_COENG = "\u17d2"
_SIGN = re.compile("[\u17b6-\u17d3\u17dd]")
_WORD = re.compile(r"[0-9A-Za-z]")
_KATAKANA = re.compile("[ァ-ヺー]")
_KANJI_PAIR = re.compile("[一-鿿]{2}")
_NAMES = frozenset({Kind.PERSON, Kind.PLACE, "name"})
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
        glued: how many renderings have a kanji right before them that would make another word of them (自捜索救助).
    """

    places: tuple[Span | None, ...]
    forbidden: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    leftover: bool = False
    repeated: str = ""
    touching: int = 0
    accepted: int = 0
    glued: int = 0

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
            + 1.0 * self.glued
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
    forms = [_forms(requirement) for requirement in requirements]
    places = _claim(text, requirements, forms)
    claimed = list(places.values())
    found = tuple(
        Span(offsets[places[i].start], _end(target, offsets[places[i].end])) if i in places else None
        for i in range(len(requirements))
    )
    approved = sum(i in places and places[i].of(text) == forms[i][0] for i in range(len(requirements)))
    return Verdict(
        found,
        _forbidden(text, requirements, claimed),
        _surplus(text, requirements, claimed, source),
        bool(tags and litter(tags).search(target) and not litter(tags).search(source)),
        repetition(_without(text, claimed), canonical(source)),
        _touching(source, requirements, found),
        len(places) - approved,
        _glued(text, claimed),
    )


def _end(target: str, end: int) -> int:
    """Without the zero-width characters that stand before it."""
    while end and target[end - 1] in ZERO_WIDTH:
        end -= 1
    return end


def _claim(text: str, requirements: Sequence[Requirement], forms: Sequence[Sequence[str]]) -> dict[int, Span]:
    """A place of its own for as many requirements as can have one.

    Longer forms choose first, of equal ones the approved before the accepted; one that comes away empty may push
    another from its place if that one finds a new place.
    """
    where: dict[tuple[str, bool], list[Span]] = {}

    def options(i: int, form: str) -> Iterator[Span]:
        key = (form, requirements[i].kind in _NAMES)
        if key not in where:
            where[key] = occurrences(text, form, names=key[1])
        return (place for place in where[key] if not _garbled(text, place, form, forms[i]))

    taken = bytearray(len(text))
    places: dict[int, Span] = {}

    def take(i: int, place: Span) -> None:
        places[i] = place
        taken[place.start : place.end] = b"\1" * len(place)

    order = sorted(
        ((form, i, rank) for i, own in enumerate(forms) for rank, form in enumerate(own)),
        key=lambda choice: (-len(choice[0]), choice[2], choice[1]),
    )
    for form, i, _ in order:
        if i not in places:
            free = next((place for place in options(i, form) if not any(taken[place.start : place.end])), None)
            if free:
                take(i, free)
    for i in range(len(forms)):
        if i not in places:
            _push(i, forms, places, taken, options, take)
    return places


def _push(
    i: int,
    forms: Sequence[Sequence[str]],
    places: dict[int, Span],
    taken: bytearray,
    options: Callable[[int, str], Iterator[Span]],
    take: Callable[[int, Span], None],
) -> None:
    for wanted in (place for form in forms[i] for place in options(i, form)):
        holders = [j for j, place in places.items() if place.overlaps(wanted)]
        if len(holders) != 1:
            continue
        holder = places[holders[0]]
        taken[holder.start : holder.end] = b"\0" * len(holder)
        taken[wanted.start : wanted.end] = b"\1" * len(wanted)
        others = (place for form in forms[holders[0]] for place in options(holders[0], form))
        other = next((place for place in others if not any(taken[place.start : place.end])), None)
        if other:
            take(holders[0], other)
            take(i, wanted)
            return
        taken[wanted.start : wanted.end] = b"\0" * len(wanted)
        taken[holder.start : holder.end] = b"\1" * len(holder)


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
    forms = [form for form in map(canonical, (requirement.rendering, *accept)) if form.strip()]
    return list(dict.fromkeys(forms)) or ["\ufffe"]  # a blank rendering is never met


def occurrences(text: str, form: str, *, names: bool = False) -> list[Span]:
    """Where `form` stands in `text`; Latin words, numbers and Khmer syllables only whole (not UN in UNICEF).

    Args:
        text: in canonical form.
        form: likewise, not empty.
        names: katakana words only whole, too: インド is not in インドネシア. (A common noun may well form a
            compound with its neighbour.)
    """
    found: list[Span] = []
    at = text.find(form)
    while at >= 0:
        span = Span(at, at + len(form))
        if _whole(text, span, form, names=names):
            found.append(span)
            at = text.find(form, span.end)
        else:
            at = text.find(form, at + 1)
    return found


_ADDRESS = re.compile(r"://|www\.|@")
_NUMBER_BEFORE = re.compile("[0-9] $")
_GOES_ON = re.compile(r"[./:@?&=#%~_-]+[0-9A-Za-z]|[0-9A-Za-z_]")


def _whole(text: str, span: Span, form: str, *, names: bool) -> bool:
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    if before[-1:] == _COENG or _SIGN.match(after[:1]):
        return False  # a Khmer syllable goes on: មីន is not in មីនា
    if _ADDRESS.search(form) and _GOES_ON.match(text, span.end):
        return False  # an address with something more at its end is another address
    if form[:1].isascii() and form[:1].isdigit() and _NUMBER_BEFORE.search(text[: span.start][-2:]):
        return False  # 1 250万 is no 250万
    for edge, near, beyond in ((form[0], before[-1:], before[:-1]), (form[-1], after[:1], after[1:])):
        for kind in (_WORD, _DIGIT, _KATAKANA) if names else (_WORD, _DIGIT):
            if not kind.match(edge):
                continue
            if kind.match(near):
                return False
            # A separator with a digit beyond it goes on with the number: 5 is not in 1,500 or 5.2.
            if kind is _DIGIT and _DIGIT.match(edge) and near and near in ".," and _DIGIT.match(beyond):
                return False
    return True


def _garbled(text: str, place: Span, form: str, forms: Sequence[str]) -> bool:
    """Whether the text goes on as a longer form begins, but not as it ends: 山崎幸運 where 山崎幸二 is known."""
    for longer in forms:
        rest = longer[len(form) :]
        begun = rest[:3] if "\u1780" <= rest[:1] <= "\u17ff" else rest[:1]  # one Khmer letter begins many a word
        if longer.startswith(form) and begun.strip() and text.startswith(begun, place.end):
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


def _glued(text: str, claimed: Sequence[Span]) -> int:
    ends = {place.end for place in claimed}
    return sum(
        place.start not in ends and bool(_KANJI_PAIR.match(text[max(0, place.start - 1) : place.start + 1]))
        for place in claimed
    )


def _forbidden(text: str, requirements: Sequence[Requirement], claimed: Sequence[Span]) -> tuple[str, ...]:
    forms = {canonical(form) for requirement in requirements for form in requirement.forbid}
    return tuple(sorted(form for form in forms if form and _unclaimed(text, form, claimed)))


def _unclaimed(text: str, form: str, claimed: Sequence[Span], *, names: bool = False) -> int:
    """How often `form` stands outside of what is claimed."""
    mask = bytearray(len(text))
    for place in claimed:
        mask[place.start : place.end] = b"\1" * len(place)
    return sum(not any(mask[place.start : place.end]) for place in occurrences(text, form, names=names))


def _surplus(text: str, requirements: Sequence[Requirement], claimed: Sequence[Span], source: str) -> tuple[str, ...]:
    """Renderings that stand more often than the source gives cause for.

    A person may be named again where English has "he" or "her", a country where it has an adjective.
    """
    found: list[str] = []
    for requirement in {r.rendering: r for r in requirements if r.annotate}.values():
        form = canonical(requirement.rendering)
        if len(form) < 2:
            continue
        more = _unclaimed(text, form, claimed, names=requirement.kind in _NAMES)
        if more > _allowance(requirement, source):
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

    Either the same characters three times in a row, or a phrase of nine characters or more three times.
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
