"""Articles in which every title, unit, institution, person, place and event is marked by hand.

The markup, and what is marked, is described in `tests/data/extraction/README.md`.

    python benchmarks/annotated.py FILE…

checks files and prints what is marked in them: each kind with its canonical forms and how often they stand there.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from glossa.model import Kind, Span

DATA = Path(__file__).parents[1] / "tests" / "data" / "extraction"
KINDS = frozenset(kind for kind in Kind if kind is not Kind.TERM)
_MARK = re.compile(r"\{([a-z]+)(?:=([^|{}\n]*))?\|([^|{}\n]*)\}")
_EDGES = re.compile(r"\s|(?i:the|a|an)\s")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A marked stretch of an article; `canonical` is its own text or the full form that it stands for."""

    span: Span
    kind: Kind
    canonical: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article without its markup, and the marks in the order of the text."""

    name: str
    text: str
    marks: tuple[Mark, ...]

    @property
    def acronyms(self) -> dict[str, str]:
        """The acronyms in it with their full forms."""
        return {
            mark.span.of(self.text): mark.canonical
            for mark in self.marks
            if mark.kind not in (Kind.PERSON, Kind.TITLE) and _is_acronym(mark.span.of(self.text), mark.canonical)
        }


def _is_acronym(text: str, canonical: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    initials = [word[0] for word in re.findall(r"\w+", canonical)]
    return " " not in text and len(initials) >= 2 and capitals >= 2 and text.casefold() != canonical.casefold()


def parse(marked: str, name: str) -> Article:
    """Take the marks out of a text.

    Raises:
        ValueError: the markup is broken; the message names file and line.
    """
    marks: list[Mark] = []
    text = ""
    at = 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        place = f"{name}:{marked.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        if match[1] not in KINDS:
            raise ValueError(f"{place}: unknown kind")
        if not match[3].strip() or _EDGES.match(match[3]) or match[3] != match[3].strip():
            raise ValueError(f"{place}: a mark begins with a blank or an article, or is empty")
        if match[3].endswith(("'s", "’s", ",", ";", ":")) or match[2] == "":
            raise ValueError(f"{place}: a possessive, a stop, or an empty canonical form")
        marks.append(Mark(Span(len(text), len(text) + len(match[3])), Kind(match[1]), match[2] or match[3]))
        text += match[3]
        at = match.end()
    text += marked[at:]
    left = re.search(r"[{}|]", text)
    if left:
        raise ValueError(f"{name}:{text.count(chr(10), 0, left.start()) + 1}: {left[0]!r} outside of a mark")
    return Article(name, text, tuple(marks))


def articles(part: str) -> Iterator[Article]:
    """The articles of a part, "tuning" or "heldout"."""
    for path in sorted((DATA / part).glob("*.txt")):
        yield parse(path.read_text(encoding="utf-8"), path.name)


def main() -> int:
    """Check the files named on the command line and print what is marked in them."""
    for name in sys.argv[1:]:
        article = parse(Path(name).read_text(encoding="utf-8"), name)
        found: dict[Kind, Counter[str]] = defaultdict(Counter)
        for mark in article.marks:
            found[mark.kind][mark.canonical] += 1
        print(f"{name}: {len(article.text.split())} words, {len(article.marks)} marks")
        for kind in sorted(found):
            print(f"  {kind}: " + "; ".join(f"{text} {count}" for text, count in sorted(found[kind].items())))
        print("  acronyms:", article.acronyms)
    return 0


if __name__ == "__main__":
    sys.exit(main())
