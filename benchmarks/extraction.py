"""How well the extractor finds what is marked in articles by hand, and how fast.

    python benchmarks/extraction.py [--part tuning|heldout]

For the tuning and the set-aside articles apart, and for three settings (a few weights by hand, the trained weights,
the trained weights with the bundled glossary's names as known): precision, recall and F1 of exact spans with the
right kind, F1 of overlapping spans with the right kind, the share of right canonical forms and of acronyms tied to
the right full form. Then words per second on one core, at two sizes. Texts of set-aside articles are never printed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import annotated

from glossa import glossary_files, knowledge
from glossa.extraction import article
from glossa.extraction.headlines import Knowledge
from glossa.extraction.tally import Tally
from glossa.model import Kind, Term
from glossa.text import documents
from glossa.text.formats import FORMATS
from glossa.workspace import Config, Workspace

KINDS = [kind for kind in Kind if kind is not Kind.TERM]
CORE = [Kind.TITLE, Kind.UNIT, Kind.INSTITUTION]
EXAMPLE = Path(__file__).parents[1] / "examples" / "visit.txt"


@dataclass(slots=True)
class Score:
    """What was counted over the articles of a part."""

    marked: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    exact: Counter[Kind] = field(default_factory=Counter)
    touched: Counter[Kind] = field(default_factory=Counter)
    touching: Counter[Kind] = field(default_factory=Counter)
    canonical: int = 0
    acronyms: int = 0
    tied: int = 0

    def figures(self, kinds: Sequence[Kind]) -> str:
        """Precision, recall and F1 of exact spans, F1 of overlapping ones, and how many are marked."""
        marked, found = sum(self.marked[k] for k in kinds), sum(self.found[k] for k in kinds)
        exact = sum(self.exact[k] for k in kinds)
        loose = sum(self.touched[k] + self.touching[k] for k in kinds) / max(marked + found, 1)
        f1 = 2 * exact / max(marked + found, 1)
        return f"{exact / max(found, 1):9.3f} {exact / max(marked, 1):6.3f} {f1:6.3f} {loose:11.3f} {marked:7}"


Place = tuple[int, int]


def mentions(text: str, known: Knowledge) -> Iterator[tuple[Place, article.Mention]]:
    """The mentions in an article with their places in its text."""
    blocks = list(FORMATS["plain"].blocks(text))
    for mention in article.read([block.text for block in blocks], known):
        at: list[int] = []
        for piece in blocks[mention.block].pieces:
            same = len(piece.text) == len(piece.span)
            at += [piece.span.start + i if same else piece.span.start for i in range(len(piece.text))]
        yield (at[mention.span.start], at[mention.span.end - 1] + 1), mention


def measure(part: str, known: Knowledge) -> Score:
    """Read all articles of a part and compare."""
    score = Score()
    for each in annotated.articles(part):
        gold: Mapping[Place, annotated.Mark] = {(mark.span.start, mark.span.end): mark for mark in each.marks}
        got = dict(mentions(each.text, known))
        for place, mark in gold.items():
            score.marked[mark.kind] += 1
            mine = got.get(place)
            if mine is not None and mine.kind is mark.kind:
                score.exact[mark.kind] += 1
                score.canonical += mine.canonical == mark.canonical
            score.touched[mark.kind] += any(
                m.kind is mark.kind and p[0] < place[1] and place[0] < p[1] for p, m in got.items()
            )
        for place, mine in got.items():
            score.found[mine.kind] += 1
            score.touching[mine.kind] += any(
                m.kind is mine.kind and p[0] < place[1] and place[0] < p[1] for p, m in gold.items()
            )
        tied = {mine.text: mine.canonical for mine in got.values() if mine.acronym}
        score.acronyms += len(each.acronyms)
        score.tied += sum(tied.get(short) == full for short, full in each.acronyms.items())
    return score


def names() -> list[Term]:
    """The bundled glossary."""
    bundled = glossary_files.levels(Workspace(None, Config()), [])[0]
    return list(glossary_files.read(bundled)["km"])


def speed(known: Knowledge, copies: int) -> str:
    """Words per second of processor time, from the bytes of articles to the list of candidates."""
    data = EXAMPLE.read_bytes()
    words = len(data.split()) * copies
    start = time.process_time()
    tally = Tally(known)
    for number in range(copies):
        tally.add(f"{number}.txt", documents.passages(data, "article.txt"))
    tally.candidates()
    return f"{words:8} words: {words / (time.process_time() - start):9.0f} words per second"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("tuning", "heldout"), action="append")
    parts = parser.parse_args().part or ["tuning", "heldout"]
    settings = {
        "weights by hand": knowledge.load(rules=True),
        "trained weights": knowledge.load(),
        "trained weights and glossary": knowledge.load(names()),
    }
    for part in parts:
        for name, known in settings.items():
            score = measure(part, known)
            print(f"\n{part}, {name}\n{'':24} precision recall     F1 overlap F1  marked")
            for kind in KINDS:
                print(f"{kind:24} {score.figures([kind])}")
            print(f"{'title, unit, institution':24} {score.figures(CORE)}")
            print(f"{'all':24} {score.figures(KINDS)}")
            print(f"right canonical form: {score.canonical} of {sum(score.exact.values())} exact mentions")
            print(f"acronyms tied to their full form: {score.tied} of {score.acronyms}")
    print()
    for copies in (100, 400):
        print(speed(settings["trained weights and glossary"], copies))


if __name__ == "__main__":
    main()
