"""What a package lets through: found out once, on sentences of our own, before it is used for the first time.

A package that nobody made for Glossa may copy text between tags or bare target text out of its source, or bracketed
numbers, or nothing; the attention that it returns may or may not tell which word came from where. Each is tried on
the same few sentences. Without a network's good will the guarantee holds all the same (see `enforce`), but what comes
through by itself reads best.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from glossa.model import Requirement, Span
from glossa.translation.engine import Alignment, Engine, Request
from glossa.translation.marking import BARE, PLACEHOLDERS, PLAIN, Content, Marking, mark, of_tags, unmark
from glossa.translation.verify import verify

# Frames for one or two terms, short and long, at the beginning, in the middle and at the end.
_FRAMES = (
    ("The {} arrived on Monday.", ("general",)),
    ("Officials of the {} met reporters in the capital.", ("ministry",)),
    ("The visitors were received at the {}.", ("palace",)),
    ("The {} thanked the {} for its help after the flood.", ("general", "ministry")),
    ("He said that the {} would train with the {} next year.", ("navy", "army")),
    ("A new school near the {} was opened by the {} this week.", ("palace", "general")),
    ("Soldiers of the {} repaired a road.", ("army",)),
    ("Ships of the {}, which came back in spring, carried rice and medicine.", ("navy",)),
)
_RENDERINGS = {
    "ja": {"general": "陸軍大将", "ministry": "国防省", "palace": "平和宮殿", "navy": "海上自衛隊", "army": "王国陸軍"},
    "km": {
        "general": "នាយឧត្តមសេនីយ៍",
        "ministry": "ក្រសួងការពារជាតិ",
        "palace": "វិមានសន្តិភាព",
        "navy": "កងទ័ពជើងទឹក",
        "army": "កងទ័ពជើងគោក",
    },
}
# Numbers and Latin words that most networks copy: they show whether attention aligns.
_ANCHORED = (
    ("NATO had 31 members in 2019.", ("NATO", "31", "2019")),
    ("In 1997, the UN sent 450 people.", ("1997", "UN", "450")),
    ("Flight 702 left at 6 with 83 tourists.", ("702", "6", "83")),
    ("UNESCO gave 25 schools 140 computers.", ("UNESCO", "25", "140")),
)
_ENOUGH = 0.25  # share of renderings from which marking them is better than leaving the English
_ENOUGH_PLACEHOLDERS = 0.6  # a placeholder says nothing to the network, so it must come through more often
_ANCHORS = 4  # that must have come through for attention to be judged by them


@dataclass(frozen=True, slots=True)
class Habits:
    """What was found out about an engine.

    Args:
        marking: the way of marking that suits it.
        carried: for each way tried (its marks around a sample), the share of renderings in its translations.
        numbers: the share of numbers and Latin words that it copies.
    """

    marking: Marking = PLAIN
    carried: dict[str, float] = field(default_factory=dict)
    numbers: float = 0.0


def probe(engine: Engine, lang: str, tags: tuple[str, str] | None) -> Habits:
    """Find out what an engine lets through.

    Args:
        engine: any engine.
        lang: the code of its target language.
        tags: the tags that its package says it was trained with.
    """
    markings = [of_tags(tags)] if tags else []
    markings += [BARE, *PLACEHOLDERS]
    shares = {marking: _carried(engine, lang, marking) for marking in markings}
    carried = {f"{marking.before}{marking.content.value}{marking.after}": share for marking, share in shares.items()}
    # Of markings that do equally well the first one.
    best = max(markings, key=lambda marking: shares[marking] * _worth(marking))
    anchored = engine.translate([Request(source) for source, _ in _ANCHORED])
    copied = [word in made[0].text for (_, words), made in zip(_ANCHORED, anchored, strict=True) for word in words]
    suits = shares[best] >= (_ENOUGH if best.content is Content.RENDERING else _ENOUGH_PLACEHOLDERS)
    return Habits(best if suits else PLAIN, carried, sum(copied) / len(copied))


def _worth(marking: Marking) -> float:
    """What a rendering is worth that comes through: where the network sees it, it can fit the words around it."""
    return 1.0 if marking.content is Content.RENDERING else 0.5


def _carried(engine: Engine, lang: str, marking: Marking) -> float:
    """The share of renderings that come through, each once and without litter."""
    samples = [_sample(frame, words, lang) for frame, words in _FRAMES]
    texts = [mark(source, requirements, marking)[0] for source, requirements in samples]
    found = count = 0
    for (source, requirements), hypotheses in zip(samples, engine.translate(list(map(Request, texts))), strict=True):
        verdict = verify(unmark(hypotheses[0].text, requirements, marking), requirements, marking.tags, source)
        count += len(requirements)
        if not (verdict.leftover or verdict.repeated or verdict.surplus):
            found += len(requirements) - len(verdict.missing)
    return found / count


def _sample(frame: str, words: Sequence[str], lang: str) -> tuple[str, tuple[Requirement, ...]]:
    source = frame.format(*words)
    requirements: list[Requirement] = []
    for word in words:
        start = source.index(word, requirements[-1].span.end if requirements else 0)
        requirements.append(Requirement(Span(start, start + len(word)), _RENDERINGS[lang][word], sources=(word,)))
    return source, tuple(requirements)


def sharpness(engine: Engine) -> float:
    """How well an engine's attention tells where a word came from, between 0 and 1.

    What it copies is judged by how much of its attention lies on the original; an engine that copies too little by
    how many words of the source are looked at more than any other by some word of the translation (a head that looks
    at nothing in particular has few of them).
    """
    sources = [source for source, _ in _ANCHORED]
    pairs = [
        (source, made[0].text)
        for source, made in zip(sources, engine.translate(list(map(Request, sources))), strict=True)
    ]
    alignments = engine.align(pairs)
    looks = [
        look
        for (source, words), (_, target), alignment in zip(_ANCHORED, pairs, alignments, strict=True)
        for word in words
        for look in _looks(word, source, target, alignment)
    ]
    if len(looks) >= _ANCHORS:
        return sum(looks) / len(looks)
    return sum(map(_coverage, alignments)) / len(alignments)


def _looks(word: str, source: str, target: str, alignment: Alignment) -> Iterable[float]:
    """For each token of a word that was copied once, the share of its attention that lies on the original."""
    found = [Span(*match.span()) for match in re.finditer(rf"(?<![0-9A-Za-z]){word}(?![0-9A-Za-z])", target)]
    if len(found) != 1:
        return
    start = source.index(word)
    mass = alignment.mass(Span(start, start + len(word)))
    for token, look in zip(alignment.target, mass, strict=True):
        if token.overlaps(found[0]):
            yield min(1.0, look)


def _coverage(alignment: Alignment) -> float:
    if not alignment.source or not alignment.weights:
        return 0.0
    strongest = {max(range(len(row)), key=row.__getitem__) for row in alignment.weights if any(row)}
    return len(strongest) / max(len(alignment.source), len(alignment.target))
