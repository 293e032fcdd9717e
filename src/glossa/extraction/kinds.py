"""Deciding what a name is from the company it keeps: a linear model over the words in and around its mentions.

A name is described by features (`features`); the model has a weight for every feature and kind, and the kind with
the highest sum wins. Mentions of one name in an article vote together, as in Cucerzan and Yarowsky (1999): evidence
from one place decides the others. The weights are in `glossa/data/kinds.tsv`, made by `scripts/train_kinds.py`;
`RULES` is the same in a few lines by hand, for comparison and as a start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from glossa.extraction import vocabulary as words
from glossa.extraction.english import Lexicon
from glossa.extraction.runs import Name
from glossa.extraction.tokens import Tokens
from glossa.model import Kind

# Common nouns that say what the name beside them is.
_SORTS: Mapping[str, str] = {
    word: kind
    for kind, listed in {
        "institution": "newspaper daily weekly broadcaster company firm charity group ngo organisation organization operator bank retailer "
        "airline maker giant builder party website magazine agency startup developer union club publisher outlet subsidiary "
        "contractor consultancy supplier manufacturer brand association lender insurer miner carmaker shipbuilder network bloc "
        "regulator watchdog team side university hospital school cooperative foundation think-tank conglomerate bookseller portal platform "
        "employees workers shares executives factory headquarters subsidiaries lawmakers candidates players fans staff branch "
        "branches shareholders customers members coalition movement monitor court council body channel station",
        "place": "town city village province district island port capital river commune lake mountain neighbourhood suburb region country "
        "state hamlet peninsula municipality strait reef temple airport hotel stadium valley bay resort countries residents villagers "
        "embassy border waters coast",
        "event": "festival exercise exercises drill drills holiday tournament summit treaty convention ceremony championship conference forum "
        "storm typhoon race celebrations holidays",
        "unit": "regiment battalion brigade militia squad unit troops soldiers fighters rebels battalion commandos",
        "person": "resident farmer teacher student lawyer analyst researcher shopkeeper widow mother father fisherman nurse doctor engineer "
        "economist activist driver vendor scientist historian veteran journalist striker goalkeeper defender midfielder survivor victim "
        "monk pupil professor novelist singer actor writer grandmother grandfather midwife volunteer expert owner worker trader geologist "
        "labourer carpenter plumber deminer physicist biologist lecturer guard witness defendant accountant daughter son wife husband "
        "widower brother sister guide cook tailor weaver potter pensioner refugee farmer-turned policeman candidate",
    }.items()
    for word in listed.split()
}
CLASSES = ("person", "place", "institution", "unit", "event", "none")
_KINDS = (Kind.PERSON, Kind.PLACE, Kind.INSTITUTION, Kind.UNIT, Kind.EVENT, None)

# By hand: feature -> points for person, place, institution, unit, event, none.
RULES: Mapping[str, tuple[float, ...]] = {
    "bias": (0.0, 0.0, 0.0, -2.0, -2.0, -1.0),
    "title-before": (6.0, -1.0, -1.0, -2.0, -2.0, -2.0),
    "title-behind": (3.0, -0.5, 0.5, 0.0, -1.0, -1.0),
    "title-follows": (-1.0, 1.0, 2.0, 0.5, -2.0, -1.0),
    "age": (4.0, -2.0, -2.0, -2.0, -2.0, -2.0),
    "said": (2.0, -1.0, 1.0, 0.0, -2.0, -1.0),
    "locative": (-2.0, 2.0, 0.0, 0.0, 0.0, 0.0),
    "p=in": (-2.0, 2.0, -1.0, 0.0, 0.0, 0.0),
    "p=the": (-3.0, 0.0, 1.5, 1.0, 1.0, 0.0),
    "acronym": (-3.0, -1.0, 3.0, 0.5, -1.0, 0.0),
    "words=1": (-0.5, 1.0, 0.5, 0.0, 0.0, 0.0),
    "words=2": (1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "words=3": (1.0, -0.5, 0.0, 0.0, 0.0, 0.0),
    "common": (-2.0, -1.0, 2.0, 0.0, 0.5, 1.5),
    "known=person": (5.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "known=place": (0.0, 5.0, 0.0, 0.0, 0.0, 0.0),
    "known=institution": (0.0, 0.0, 5.0, 0.0, 0.0, 0.0),
    "known=unit": (0.0, 0.0, 0.0, 5.0, 0.0, 0.0),
    "known=event": (0.0, 0.0, 0.0, 0.0, 5.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Model:
    """Weights: a row of six numbers, one for each of `CLASSES`, for every feature."""

    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of the features' weights for each class."""
        rows = [row for feature in features if (row := self.weights.get(feature)) is not None]
        return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(CLASSES)


def parse(text: str) -> Model:
    """The model in the text of `kinds.tsv`: a feature and six numbers in hundredths a line."""
    weights = {}
    for line in text.splitlines():
        feature, *numbers = line.split("\t")
        weights[feature] = tuple(int(number) / 100 for number in numbers)
    return Model(weights)


def best(scores: Sequence[float]) -> Kind | None:
    """The kind with the highest score; None: no name at all."""
    return _KINDS[max(range(len(scores)), key=scores.__getitem__)]


def inside(text: str, lexicon: Lexicon, known: Mapping[str, Kind]) -> list[str]:
    """The features of a name that its own words have.

    Args:
        text: the name.
        lexicon: what is known of ordinary words.
        known: kinds of names that are known, by the name in small letters.
    """
    parts = text.split()
    lower = text.lower()
    small = lower.split()
    found = ["bias", f"words={min(len(parts), 4)}", f"f={small[0]}", f"l={small[-1]}"]
    found += [f"w={word}" for word in small]
    kind = known.get(lower)
    if kind is not None:
        found.append(f"known={kind}")
    else:
        found += [f"part={known[word]}" for word in small if len(parts) > 1 and word in known]
    last = small[-1]
    if len(parts) > 1:
        front = "common" if lexicon.common(parts[0]) and small[0] not in known else str(known.get(small[0], "name"))
        back = "common" if lexicon.common(parts[-1]) and last not in known else str(known.get(last, "name"))
        found += [f"front={front}", f"back={back}", f"{front}+{back}"]
    found += [f"s3={last[-3:]}", f"s2={last[-2:]}", f"b3={small[0][:3]}"]
    if len(parts) > 1:
        found.append(f"fs3={small[0][-3:]}")
    capital = [lexicon.names(word) for word in parts]
    if max(capital) < 5:
        found.append("common")
    elif min(capital) < 5:
        found.append("mixed")
    if all(word not in lexicon.capital for word in small):
        found.append("unknown")
    if len(parts) == 1:
        letters = [c for c in text if c.isalpha()]
        if len(letters) > 1 and all(c.isupper() for c in letters):
            found.append("acronym")
        elif sum(c.isupper() for c in letters) > 1 and "-" not in text:
            found.append("camel")
    if "-" in text:
        found.append("hyphen")
    if any(word[0].islower() for word in parts):
        found.append("particle")
    return found


def around(tokens: Tokens, name: Name, titled: frozenset[int], titles_at: frozenset[int]) -> list[str]:
    """The features of one mention that the words around it have.

    Args:
        tokens: the text.
        name: the mention.
        titled: tokens behind which a title ends.
        titles_at: tokens at which a title begins.
    """
    lower, size = tokens.lower, len(tokens)
    first, end = name.first, name.end
    before = lower[first - 1] if first else "<"
    before2 = lower[first - 2] if first > 1 else "<"
    after = lower[end] if end < size else ">"
    after2 = lower[end + 1] if end + 1 < size else ">"
    owns = tokens.owns[end - 1]
    found = [f"p={before}", f"pp={before2}_{before}"]
    found.append("n='s" if owns else f"n={after}")
    if not owns:
        found.append(f"nn={after}_{after2}")
    if first in titled and tokens.tied[first]:
        found.append("title-before")
    elif before == "," and first - 1 in titled:
        found.append("title-before-comma")
    if end in titles_at and not owns:
        found.append("title-follows")
    elif after == "," and (
        end + 1 in titles_at or (after2 in ("the", "a", "an", "its", "his", "her") and end + 2 in titles_at)
    ):
        found.append("title-behind")
    if after == "," and after2.isdigit() and len(after2) < 3 and end + 2 < size and lower[end + 2] in (",", ".", ")"):
        found.append("age")
    if after in words.SPEECH:
        found.append("said")
    if before in words.LOCATIVE:
        found.append("locative")
    if before in words.SPEECH:
        found.append("said-before")
    if after in ("who", "whose", "himself", "herself"):
        found.append("who")
    if after == "," and after2 in ("who", "whose"):
        found.append("who")
    if tokens.begins(first):
        found.append("begins")
    if before in _SORTS:
        found.append(f"sort-before={_SORTS[before]}")
    elif before == "of" and before2 in _SORTS:
        found.append(f"sort-of={_SORTS[before2]}")
    if not owns and after in _SORTS and tokens.words[end][0].islower():
        found.append(f"sort-behind={_SORTS[after]}")
    if after == "," and after2 in ("a", "an", "the", "its", "his", "her"):
        for k in range(end + 2, min(end + 8, size)):
            if lower[k] in (",", ".", "who", "which", "that", "in", "of", "for", "from", "at"):
                kind = _SORTS.get(lower[k - 1])
                if kind:
                    found.append(f"sort-apposed={kind}")
                break
    if before == "," and first > 1:
        for k in range(first - 2, max(first - 8, -1), -1):
            if lower[k] in ("a", "an", "the"):
                kind = _SORTS.get(before2)
                if kind:
                    found.append(f"sort-apposed-before={kind}")
                break
    return found
