"""How well the extractor finds what is marked in articles by hand, and how fast, beside other extractors.

    python benchmarks/extraction.py [--part tuning|heldout] [--json]

For the tuning and the set-aside articles apart, and for three settings (a few weights by hand, the trained weights,
the trained weights with the bundled glossary's names as known): precision, recall and F1 per kind, of exact spans
with the right kind and of overlapping spans with the right kind; the share of right canonical forms among the exact
mentions, and of acronyms tied to the right full form.

Beside them, where they are installed: spaCy's NER with en_core_web_sm, its labels read as our kinds; and YAKE and
pyate's combo_basic, which know no kinds. For those, the recall of the marked canonical forms among the N best
candidates of each article, N being how many distinct ones are marked in it; and the same for Glossa's canonical
forms, N too where it finds more (the most frequent first), and all of them.

Then words per second of processor time, from the bytes: reading alone, and to the list of candidates, at two sizes.
Texts of set-aside articles are never printed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import annotated

from glossa import glossary_files, knowledge
from glossa.extraction import article
from glossa.extraction.headlines import Knowledge
from glossa.extraction.tally import Tally
from glossa.model import Kind, Term
from glossa.text import documents
from glossa.text.formats import FORMATS
from glossa.workspace import Config, Workspace

PARTS = ("tuning", "heldout")
KINDS = (Kind.TITLE, Kind.UNIT, Kind.INSTITUTION, Kind.PERSON, Kind.PLACE, Kind.EVENT)
GROUPS = {**{str(kind): (kind,) for kind in KINDS}, "title, unit, institution": KINDS[:3], "all": KINDS}
SIZES = (50_000, 200_000)  # words
MODEL = "en_core_web_sm"
LABELS = {
    "PERSON": Kind.PERSON,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.PLACE,
    "ORG": Kind.INSTITUTION,
    "EVENT": Kind.EVENT,
}
LONGEST = 6  # words of a YAKE candidate

Place = tuple[int, int]
Ranked = Callable[[str, int], Sequence[str]]  # the best candidates of a text


@dataclass(frozen=True, slots=True)
class Found:
    """What an extractor says about a place; canonical form and acronym only where it knows such."""

    kind: Kind
    text: str
    canonical: str = ""
    acronym: bool = False


@dataclass(slots=True)
class Score:
    """What was counted over the articles of a part."""

    marked: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    exact: Counter[Kind] = field(default_factory=Counter)
    touched: Counter[Kind] = field(default_factory=Counter)  # of the marked, those that something found overlaps
    touching: Counter[Kind] = field(default_factory=Counter)  # of the found, those that overlap something marked
    canonical: int = 0
    acronyms: int = 0
    tied: int = 0

    def figures(self, kinds: Sequence[Kind]) -> dict[str, Any]:
        """Precision, recall and F1, exact and overlapping, and how many are marked."""
        marked, found, exact, touched, touching = (
            sum(counts[kind] for kind in kinds)
            for counts in (self.marked, self.found, self.exact, self.touched, self.touching)
        )
        return {
            "marked": marked,
            "found": found,
            "exact": _figures(exact / max(found, 1), exact / max(marked, 1)),
            "overlapping": _figures(touching / max(found, 1), touched / max(marked, 1)),
        }

    def add(self, each: annotated.Article, got: Mapping[Place, Found]) -> None:
        """Compare what was found in an article with what is marked."""
        gold = {(mark.span.start, mark.span.end): mark for mark in each.marks}
        for place, mark in gold.items():
            mine = got.get(place)
            self.marked[mark.kind] += 1
            if mine is not None and mine.kind is mark.kind:
                self.exact[mark.kind] += 1
                self.canonical += mine.canonical == mark.canonical
            self.touched[mark.kind] += _overlaps(place, mark.kind, got)
        for place, mine in got.items():
            self.found[mine.kind] += 1
            self.touching[mine.kind] += _overlaps(place, mine.kind, gold)
        tied = {mine.text: mine.canonical for mine in got.values() if mine.acronym}
        self.acronyms += len(each.acronyms)
        self.tied += sum(tied.get(short) == full for short, full in each.acronyms.items())


def _figures(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def _overlaps(place: Place, kind: Kind, others: Mapping[Place, Found] | Mapping[Place, annotated.Mark]) -> bool:
    return any(other.kind is kind and start < place[1] and place[0] < end for (start, end), other in others.items())


def mentions(text: str, known: Knowledge) -> Iterator[tuple[Place, Found]]:
    """Glossa's mentions in an article with their places in its text."""
    blocks = list(FORMATS["plain"].blocks(text))
    for mention in article.read([block.text for block in blocks], known):
        at: list[int] = []
        for piece in blocks[mention.block].pieces:
            same = len(piece.text) == len(piece.span)
            at += [piece.span.start + i if same else piece.span.start for i in range(len(piece.text))]
        place = (at[mention.span.start], at[mention.span.end - 1] + 1)
        yield place, Found(mention.kind, mention.text, mention.canonical, mention.acronym)


def entities(text: str, nlp: Any) -> Iterator[tuple[Place, Found]]:
    """What spaCy names, as our kinds, without the article and the possessive that it takes along."""
    for entity in nlp(text).ents:
        if entity.label_ in LABELS:
            start, words = entity.start_char, entity.text
            if words.lower().startswith(("the ", "a ", "an ")):
                start, words = start + words.index(" ") + 1, words[words.index(" ") + 1 :]
            words = words.removesuffix("'s").removesuffix("’s")
            yield (start, start + len(words)), Found(LABELS[entity.label_], words)


def names() -> list[Term]:
    """The bundled glossary."""
    bundled = glossary_files.levels(Workspace(None, Config()), [])[0]
    return list(glossary_files.read(bundled)["km"])


def words_of(articles: Sequence[annotated.Article]) -> int:
    """How many words they have."""
    return sum(len(each.text.split()) for each in articles)


def terms_found(articles: Sequence[annotated.Article], ranked: Ranked) -> dict[str, Any]:
    """The share of marked canonical forms among the best candidates of each article, and the words per second."""
    started = time.process_time()
    lists = [ranked(each.text, len({mark.canonical.casefold() for mark in each.marks})) for each in articles]
    seconds = time.process_time() - started
    marked = candidates = right = 0
    for each, best in zip(articles, lists, strict=True):
        gold = {mark.canonical.casefold() for mark in each.marks}
        mine = {text.casefold() for text in best}
        marked, candidates, right = marked + len(gold), candidates + len(mine), right + len(gold & mine)
    rate = words_of(articles) / seconds
    return {"marked": marked, "candidates": candidates, "recall": right / max(marked, 1), "words_per_second": rate}


def forms(known: Knowledge, *, every: bool = False) -> Ranked:
    """Glossa's canonical forms, the most frequent first."""

    def ranked(text: str, number: int) -> list[str]:
        blocks = [block.text for block in FORMATS["plain"].blocks(text)]
        counts = Counter(mention.canonical for mention in article.read(blocks, known))
        return [form for form, _ in counts.most_common(None if every else number)]

    return ranked


def spacy_model() -> Any | str:
    """The spaCy pipeline, or why there is none."""
    for package in ("spacy", MODEL):
        if importlib.util.find_spec(package) is None:
            return f"{package} is not installed"
    return importlib.import_module("spacy").load(MODEL)


def yake() -> Ranked | str:
    """YAKE's keywords, or why there are none."""
    if importlib.util.find_spec("yake") is None:
        return "yake is not installed"
    extractor = importlib.import_module("yake").KeywordExtractor
    return lambda text, number: [
        words for words, _ in extractor(lan="en", n=LONGEST, top=number).extract_keywords(text)
    ]


def pyate() -> Ranked | str:
    """What pyate's combo_basic ranks best, or why there is nothing."""
    for package in ("pyate", MODEL):
        if importlib.util.find_spec(package) is None:
            return f"{package} is not installed"
    module = importlib.import_module("pyate")

    def ranked(text: str, number: int) -> list[str]:
        # combo_basic needs no general corpus, but asks for one that 0.5.5 does not ship unless it gets the counts
        counts = module.TermExtraction(text, default_domain=()).count_terms_from_documents().reindex()
        scores = module.combo_basic(text, have_single_word=True, technical_counts=counts)
        return list(scores.sort_values(ascending=False).head(number).index)

    return ranked


def speed(known: Knowledge, size: int) -> dict[str, Any]:
    """Words per second of processor time over about `size` words, the tuning articles again and again."""
    texts = [each.text.encode() for each in annotated.articles("tuning")]
    lengths = [len(data.split()) for data in texts]
    batch: list[bytes] = []
    words = 0
    while words < size:
        words += lengths[len(batch) % len(texts)]
        batch.append(texts[len(batch) % len(texts)])
    started = time.process_time()
    for data in batch:
        article.read([block.text for block in FORMATS["plain"].blocks(data.decode())], known)
    read = time.process_time() - started
    started = time.process_time()
    tally = Tally(known)
    for number, data in enumerate(batch):
        tally.add(f"{number}.txt", documents.passages(data, "article.txt"))
    tally.candidates()
    whole = time.process_time() - started
    return {"words": words, "articles": len(batch), "reading": words / read, "to_candidates": words / whole}


def row(part: str, setting: str, score: Score, *, ours: bool) -> dict[str, Any]:
    """What is printed of one setting."""
    result: dict[str, Any] = {"part": part, "setting": setting}
    result["kinds"] = {name: score.figures(kinds) for name, kinds in GROUPS.items()}
    if ours:
        result["canonical"] = {"right": score.canonical, "of": sum(score.exact.values())}
        result["acronyms"] = {"right": score.tied, "of": score.acronyms}
    return result


def print_row(result: Mapping[str, Any]) -> None:
    """The table of one setting."""
    print(f"\n{result['part']}, {result['setting']}")
    print(f"{'':24} {'':6} {'exact span and right kind':>26}   {'overlapping and right kind':>26}")
    head = f"{'precision':>10} {'recall':>7} {'F1':>7}"
    print(f"{'':24} {'marked':>6} {head}   {head}")
    for name, figures in result["kinds"].items():
        cells = [
            f"{figures[way]['precision']:10.3f} {figures[way]['recall']:7.3f} {figures[way]['f1']:7.3f}"
            for way in ("exact", "overlapping")
        ]
        print(f"{name:24} {figures['marked']:6} {'   '.join(cells)}")
    for key, text in (
        ("canonical", "right canonical forms of exact mentions"),
        ("acronyms", "acronyms tied to the right full form"),
    ):
        if key in result:
            right, of = result[key]["right"], result[key]["of"]
            print(f"{text}: {right} of {of}, {right / max(of, 1):.3f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    settings = {
        "weights by hand": knowledge.load(rules=True),
        "trained weights": knowledge.load(),
        "trained weights and glossary": knowledge.load(names()),
    }
    best = settings["trained weights and glossary"]
    nlp = spacy_model()
    rankers: dict[str, Ranked | str] = {
        "Glossa, N": forms(best),
        "Glossa, all": forms(best, every=True),
        f"YAKE, n={LONGEST}": yake(),
        "pyate combo_basic": pyate(),
    }
    skipped = {name: why for name, why in (("spaCy", nlp), *rankers.items()) if isinstance(why, str)}
    report: dict[str, Any] = {"skipped": skipped, "kinds": [], "terms": [], "speed": []}
    for part in options.part or PARTS:
        articles = list(annotated.articles(part))
        for name, known in settings.items():
            score = Score()
            for each in articles:
                score.add(each, dict(mentions(each.text, known)))
            report["kinds"].append(row(part, name, score, ours=True))
        if "spaCy" not in skipped:
            score, started = Score(), time.process_time()
            named = [dict(entities(each.text, nlp)) for each in articles]
            seconds = time.process_time() - started
            for each, got in zip(articles, named, strict=True):
                score.add(each, got)
            result = row(part, f"spaCy {MODEL}", score, ours=False)
            report["kinds"].append(result | {"words_per_second": words_of(articles) / seconds})
        for name, ranked in rankers.items():
            if not isinstance(ranked, str):
                report["terms"].append({"part": part, "extractor": name, **terms_found(articles, ranked)})
    report["speed"] = [speed(best, size) for size in SIZES]
    if options.json:
        print(json.dumps(report, indent=1))
    else:
        print_report(report)


def print_report(report: Mapping[str, Any]) -> None:
    """All tables."""
    for name, why in report["skipped"].items():
        print(f"{name}: skipped, {why}")
    for result in report["kinds"]:
        print_row(result)
        if "words_per_second" in result:
            print(f"words per second: {result['words_per_second']:.0f}")
    print("\nmarked canonical forms among the candidates, of whatever kind")
    print(f"{'':8} {'':20} {'marked':>6} {'candidates':>10} {'recall':>6} {'words/s':>8}")
    for each in report["terms"]:
        print(f"{each['part']:8} {each['extractor']:20} {each['marked']:6} {each['candidates']:10}", end=" ")
        print(f"{each['recall']:6.3f} {each['words_per_second']:8.0f}")
    print("\nGlossa's words per second of processor time")
    print(f"{'words':>8} {'articles':>8} {'reading':>9} {'to candidates':>13}")
    for each in report["speed"]:
        print(f"{each['words']:8} {each['articles']:8} {each['reading']:9.0f} {each['to_candidates']:13.0f}")


if __name__ == "__main__":
    main()
