"""The pure steps of repair: where a missing rendering belongs in a translation, and putting it there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossa.model import Kind, Requirement, Span
from glossa.text.normalize import canonical
from glossa.translation.engine import Alignment
from glossa.translation.verify import Verdict

_NAMES = frozenset({Kind.PERSON, "name"})
_LOOKING = 0.5  # share of a run's strongest look at the term from which a token belongs to the run
_AIMED = 0.3  # attention below which no token of the target can be said to render the term


def runs(mass: Sequence[float], target: Sequence[Span]) -> list[tuple[float, Span]]:
    """The stretches of the target that look at one place of the source, strongest first.

    Args:
        mass: how much each target token looks there (`Alignment.mass`).
        target: the characters of each target token.

    Returns:
        (weight, characters) of each run of neighbouring tokens.
    """
    top = max(mass, default=0.0)
    if top <= 0:
        return []
    found: list[tuple[float, Span]] = []
    i = 0
    while i < len(mass):
        if mass[i] < _LOOKING * top:
            i += 1
            continue
        j = i
        while j + 1 < len(mass) and mass[j + 1] >= _LOOKING * top:
            j += 1
        span = Span(target[i].start, target[j].end)
        if len(span) > 0:
            found.append((sum(mass[i : j + 1]), span))
        i = j + 1
    return sorted(found, key=lambda run: -run[0])


def prefixes(
    target: str,
    number: int,
    rendering: str,
    place: Span,
    alignment: Alignment,
    verdict: Verdict,
    limit: int,
    least: int = 0,
) -> list[str]:
    """Beginnings of a translation that carry the missing rendering, for the engine to go on from.

    The translation is cut where the alignment puts the term, at most `limit` places, never inside a rendering that
    is already right, and the rendering is put there. Where no token looks at the term, it goes behind the rendering
    of the requirement before it.

    Args:
        number: of the requirement.
        rendering: what to put in.
        place: what stands for the requirement in the annotated source.
        alignment: of the annotated source with `target`.
        verdict: of `target`.
        least: length of the beginning that must stay.
    """
    kept = [span for span in verdict.places if span]
    cuts: list[int] = []
    for _, run in runs(alignment.mass(place), alignment.target):
        # The token before may have been the first of a wrong word: cutting it off, too, is worth a try.
        before = max((token.start for token in alignment.target if token.end <= run.start and len(token)), default=0)
        for cut in (_whole_number(target, run.start), _whole_number(target, before)):
            for span in kept:
                if span.start < cut < span.end:
                    cut = span.end  # noqa: PLW2901
            if cut >= least and cut not in cuts:
                cuts.append(cut)
    if not cuts:
        cuts = [max([least, *(span.end for span in verdict.places[:number] if span)])]
    made: list[str] = []
    for cut in cuts[:limit]:
        firm = max([least, *(span.end for span in kept if span.end <= cut)])
        made.append(joined(target[:firm] + _before(target[firm:cut], rendering), rendering))
    return made


def closed(requirement: Requirement) -> str:
    """The rendering as it is put into a beginning: a Khmer name with the blank behind it that ends it.

    Networks like to spell on at a name that they did not choose.
    """
    name = requirement.kind in _NAMES and "\u1780" <= requirement.rendering[-1:] <= "\u17dd"
    return requirement.rendering + " " * name


def whole_syllables(text: str, at: int) -> int:
    """`at`, or the beginning of the Khmer syllable that it would cut in two."""
    while 0 < at < len(text) and (text[at - 1] == "\u17d2" or "\u17b6" <= text[at] <= "\u17d3" or text[at] == "\u17dd"):
        at -= 1
    return at


def _whole_number(text: str, at: int) -> int:
    """`at`, or the beginning of the number or the Khmer syllable that it would cut in two."""
    at = whole_syllables(text, at)
    if at < len(text) and text[at].isdigit():
        while at and (text[at - 1].isdigit() or (text[at - 1] in ",." and text[at - 2 : at - 1].isdigit())):
            at -= 1
    return at


def _syllable_end(text: str, at: int) -> int:
    while at < len(text) and whole_syllables(text, at) != at:
        at += 1
    return at


def _before(lead: str, rendering: str) -> str:
    """`lead` without what is already the beginning of the rendering: the network had set out to write it."""
    for length in range(len(rendering) - 1, 0, -1):
        if lead.endswith(rendering[:length]):
            return lead[:-length]
    return lead


def joined(lead: str, rest: str) -> str:
    """The two put together, with a space where two Latin words or numbers would run into one."""
    return f"{lead} {rest}" if _latin(lead[-1:]) and _latin(rest[:1]) else lead + rest


def unstutter(target: str, requirements: Sequence[Requirement], verdict: Verdict) -> str:
    """`target` without what networks write around a rendering when they stumble over copying it.

    A false start is the beginning of the rendering right before it (សមយុ before សមយុទ្ធរួម), or of another one that
    stands elsewhere (災害救 of 災害救援); an echo is its end once
    more right behind it (UN behind UN), or any part of it where it is a title with a name; and where it stands more
    often than asked for, the whole of it again, joined by a blank, a comma or an "and". Two characters make one,
    four in Khmer (whose syllables have several), and a single katakana that would run into a katakana word.
    """
    placed = [(place, requirements[i]) for i, place in enumerate(verdict.places) if place]
    kept = [place for place, _ in placed]
    for place, requirement in sorted(placed, key=lambda pair: pair[0], reverse=True):
        rendering = requirement.rendering
        if place.of(target) != rendering:
            continue
        lead, rest = target[: place.start], target[place.end :]
        others_begun = (other.rendering for _, other in placed if other.rendering != rendering)
        begun = _false_start(lead, rendering) or max((_fragment(lead, other) for other in others_begun), default=0)
        start = lead[: len(lead) - begun]
        echo = rest[_echo(rest, rendering, named=requirement.kind == "name") :]
        if canonical(rendering) in verdict.surplus:
            again = re.match(rf"{_AND.pattern}{re.escape(rendering)}", echo)
            before = re.search(rf"{re.escape(rendering)}{_AND.pattern}$", start)
            echo = echo[again.end() :] if again else echo
            start = start[: before.start()] if before and not again else start
        others = [other for other in kept if other != place]
        if any(other.start < place.start and other.end > len(start) for other in others):
            start = lead
        if any(place.end <= other.start < place.end + len(rest) - len(echo) for other in others):
            echo = rest
        target = start + rendering + echo
    return target


_AND = re.compile(r"(?:\s*(?:[、,・とや]|及び|និង)?\s*)")


def _false_start(lead: str, rendering: str) -> int:
    """How many characters at the end of `lead` are the beginning of `rendering`."""
    for length in range(len(rendering), _least(rendering) - 1, -1):
        if lead.endswith(rendering[:length]):
            return length
    apart = lead.rstrip(" ")
    for length in range(len(rendering) - 1, _WHOLE_WORD - 1, -1):
        if len(apart) < len(lead) and apart.endswith(rendering[:length]):
            return length + len(lead) - len(apart)
    alone = lead[-1:] == rendering[:1] and _KATAKANA.match(lead[-1:]) and not _KATAKANA.match(lead[-2:-1])
    return 1 if alone else 0


def _fragment(lead: str, other: str) -> int:
    """How many characters at the end of `lead` are the cut-off beginning of another rendering."""
    for length in range(len(other) - 1, _least(other), -1):
        if lead.endswith(other[:length]):
            return length
    return 0


def _echo(rest: str, rendering: str, *, named: bool) -> int:
    """How many characters at the beginning of `rest` are the end of `rendering`, or with `named` any part of it."""
    for length in range(len(rendering), _least(rendering) - 1, -1):
        if rest.startswith(rendering[-length:]):
            return length
        if named and length > _least(rendering) and len(rest) >= length and rest[:length] in rendering:
            return length
    return 0


def _least(rendering: str) -> int:
    """From how many characters on a stutter is one: ការ, three of them, begins half of all Khmer nouns."""
    return 4 if "\u1780" <= rendering[:1] <= "\u17ff" else 2


_WHOLE_WORD = 5  # characters of a false start that a blank parts from the rendering
_KATAKANA = re.compile("[ァ-ヺー]")


def _latin(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or "០" <= char <= "៩"


def splice(
    target: str,
    requirements: Sequence[Requirement],
    numbers: Sequence[int],
    places: Sequence[Span],
    alignment: Alignment,
    verdict: Verdict,
    stop: str,
) -> str:
    """`target` with missing renderings put in at the aligned place: the last resort, to be reviewed.

    A stretch that clearly renders the term is replaced; without one the rendering goes in where the alignment is
    strongest, or before the end of the sentence.

    Args:
        numbers: of the requirements to put in.
        places: what stands for each requirement in the annotated source.
        alignment: of the annotated source with `target`.
        stop: the target's sentence end.
    """
    kept = [span for span in verdict.places if span]
    edits: list[tuple[Span, str]] = []
    for number in numbers:
        requirement = requirements[number]
        mass = alignment.mass(places[number])
        spot = _spot(target, mass, alignment, [*kept, *(span for span, _ in edits)], stop)
        edits.append((spot, requirement.rendering))
    # Later places first, and of those at one place the later requirement first, so that earlier offsets stay true.
    order = sorted(range(len(edits)), key=lambda i: (edits[i][0].start, i), reverse=True)
    for i in order:
        span, rendering = edits[i]
        firm = max((other.end for other in (*kept, *(e for e, _ in edits)) if other.end <= span.start), default=0)
        lead = target[:firm] + _before(target[firm : span.start], rendering)
        target = joined(joined(lead, rendering), target[span.end :])
    return target


def _spot(target: str, mass: Sequence[float], alignment: Alignment, kept: Sequence[Span], stop: str) -> Span:
    for weight, run in runs(mass, alignment.target):
        if weight < _AIMED:
            break
        free = _trim(Span(whole_syllables(target, run.start), _syllable_end(target, run.end)), kept)
        if len(free) > 0:
            return free
    candidates = runs(mass, alignment.target)
    at = _syllable_end(target, candidates[0][1].end) if candidates else len(target.rstrip(stop + " "))
    for span in kept:
        if span.start < at < span.end:
            at = span.end
    return Span(at, at)


def _trim(run: Span, kept: Sequence[Span]) -> Span:
    """What of `run` no other rendering holds: the part before, or else behind, what is kept."""
    for span in sorted(kept):
        if not run.overlaps(span):
            continue
        run = Span(run.start, span.start) if run.start < span.start else Span(min(span.end, run.end), run.end)
    return run


def project(alignment: Alignment, place: Span, kept: Sequence[Span], target: str) -> Span | None:
    """The stretch of the target that renders `place` of the source, for carrying emphasis and links over.

    It reaches from the first to the last target token that looks there with at least half its attention (the
    strongest token if none does), and never ends inside a kept rendering.
    """
    mass = alignment.mass(place)
    visible = [i for i in range(len(mass)) if any(map(str.isalnum, alignment.target[i].of(target)))]
    inside = [i for i in visible if mass[i] >= _LOOKING]
    if not inside:
        if not visible:
            return None
        inside = [max(visible, key=lambda i: mass[i])]
    start, end = alignment.target[inside[0]].start, alignment.target[inside[-1]].end
    for span in kept:
        if span.start < start < span.end:
            start = span.start
        if span.start < end < span.end:
            end = span.end
    return Span(start, end)
