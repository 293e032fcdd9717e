"""The terminology test set: English sentences with Khmer and Japanese references, and the terms that they hold.

`data/terms.tsv` is a glossary (kind, English, acronyms, variants, Khmer, Japanese), `data/sentences.tsv` the sentences
(id, features, English, Khmer, Japanese). Alternatives within a column are separated by `|`, features by blanks.

    python benchmarks/testset.py [DIRECTORY]

prints what each feature has, and every sentence whose references do not carry what is required of a translation.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossa import languages
from glossa.model import Document, Kind, Requirement, Status, Term
from glossa.pipeline import tasks
from glossa.quantities import numbers
from glossa.terms.match import Matcher
from glossa.terms.nationality import COUNTRIES
from glossa.text import documents
from glossa.translation.enforce import Task
from glossa.translation.plan import Style
from glossa.translation.verify import verify

DATA = Path(__file__).parent / "data"
LANGS = ("km", "ja")
DIGITS = {"km": "native", "ja": "latin"}
TERM_KINDS = frozenset({*Kind, "name"})
# What the test is about; every sentence has at least one of them.
FEATURES = {
    "repeated": "one term twice or more",
    "overlapping": "two glossary terms that share words",
    "nested": "a glossary term inside a longer one",
    "start": "a term begins the sentence",
    "end": "a term ends it",
    "punctuation": "a term beside a comma, colon, dash or bracket",
    "quotes": "a term inside quotation marks",
    "plural": "a term in the plural",
    "possessive": "a term with a possessive ending",
    "acronym": "an acronym, alone or introduced in brackets",
    "name": "a title with a name",
    "invented": "names that no training data holds",
    "latin": "a rendering in Latin script, or partly",
    "long": "a rendering of 30 characters or more",
    "dense": "four to six terms",
    "plain": "an ordinary sentence with one or two terms",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of the test set; `references` holds a human-made translation for each language."""

    id: str
    features: tuple[str, ...]
    source: str
    references: Mapping[str, str]


def style(lang: str) -> Style:
    """The house style in which the references are written."""
    return Style(languages.target(lang), DIGITS[lang])


def terms(lang: str, directory: Path = DATA) -> list[Term]:
    """The glossary of the test set in one language, all of it approved."""
    return [
        Term(
            row["english"],
            Kind(row["kind"]),
            row[lang],
            lang,
            Status.APPROVED,
            _alternatives(row["acronyms"]),
            _alternatives(row["variants"]),
        )
        for row in _rows(directory / "terms.tsv")
    ]


def sentences(directory: Path = DATA) -> list[Sentence]:
    """The sentences in the order of the file."""
    return [
        Sentence(row["id"], tuple(row["features"].split()), row["en"], {lang: row[lang] for lang in LANGS})
        for row in _rows(directory / "sentences.tsv")
    ]


def articles(texts: Sequence[str]) -> list[Document]:
    """Each text as an article of its own."""
    return [documents.read(text.encode(), "sentence.txt") for text in texts]


def matcher(texts: Sequence[str], glossary: Iterable[Term]) -> Matcher:
    """A matcher for the texts."""
    return Matcher(glossary, [*texts, *COUNTRIES.values()])


def asked(texts: Sequence[str], lang: str, glossary: Iterable[Term]) -> list[Task]:
    """What Glossa asks its engine for each text, with what a translation of it must carry."""
    found = matcher(texts, glossary)
    return [tasks(article, found, style(lang))[0] for article in articles(texts)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def _alternatives(column: str) -> tuple[str, ...]:
    return tuple(part for part in column.split("|") if part)


def faults(directory: Path = DATA) -> list[str]:
    """Everything wrong with the test set itself, one line each."""
    found: list[str] = []
    lines = sentences(directory)
    for word, count in Counter(row["english"] for row in _rows(directory / "terms.tsv")).items():
        if count > 1:
            found.append(f"terms.tsv: {word} stands {count} times")
    for name, values in (("id", [line.id for line in lines]), ("sentence", [line.source for line in lines])):
        found += [f"sentences.tsv: {name} {value!r} twice" for value, count in Counter(values).items() if count > 1]
    for line in lines:
        unknown = set(line.features) - set(FEATURES)
        if unknown or not line.features:
            found.append(f"{line.id}: features {' '.join(line.features)!r}")
    for lang in LANGS:
        for line, task in zip(lines, asked([line.source for line in lines], lang, terms(lang, directory)), strict=True):
            found += _wrong_reference(line, lang, task.requirements)
    return found


def _wrong_reference(line: Sentence, lang: str, need: Sequence[Requirement]) -> list[str]:
    reference = line.references[lang]
    verdict = verify(reference, need, source=line.source)
    found = [
        f"{line.id} {lang}: lacks {need[i].rendering} for {need[i].span.of(line.source)!r}" for i in verdict.missing
    ]
    found += [f"{line.id} {lang}: {form} stands too often" for form in verdict.surplus]
    found += [f"{line.id} {lang}: {each.message}" for each in numbers.check(line.source, reference, lang)]
    count = sum(each.kind in TERM_KINDS for each in need)
    if not 1 <= count <= 6:
        found.append(f"{line.id} {lang}: {count} terms")
    return found


def main() -> None:
    """Check the test set that the command line names."""
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    lines = sentences(directory)
    features = Counter(feature for line in lines for feature in line.features)
    print(f"{len(lines)} sentences, {len(terms('km', directory))} terms")
    for feature, meaning in FEATURES.items():
        print(f"  {feature:12} {features[feature]:4}  {meaning}")
    wrong = faults(directory)
    print("\n".join(wrong))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
