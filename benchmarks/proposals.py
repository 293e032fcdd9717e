"""How often a composed rendering is the approved one: every term of a glossary is hidden and composed from the rest.

    python benchmarks/proposals.py [--wrong] [--glossary DIR] [--jobs 2]

A term counts as right where the composed rendering is the approved one or an accepted one. Terms of one word cannot
be composed. With `--wrong` the others are printed, with what they were composed from.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from glossa import glossary_files
from glossa.extraction.analogy import key
from glossa.extraction.compose import Composed, Phrasebook
from glossa.model import Kind, Status, Term
from glossa.text.normalize import canonical
from glossa.workspace import Config, Workspace

SHARE = 100  # terms that a process hides, one after the other


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wrong", action="store_true", help="print what was composed wrongly")
    parser.add_argument("--glossary", type=Path, help="a glossary directory instead of the bundled one")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    for lang in ("km", "ja"):
        terms = approved(options.glossary, lang)
        results = list(compose_all(terms, lang, options.jobs))
        report(lang, results)
        if options.wrong:
            for term, composed in results:
                if composed and not right(term, composed):
                    print(f"  {term.source}: {composed.text} ({' + '.join(composed.sources)}), not {term.target}")


def approved(directory: Path | None, lang: str) -> list[Term]:
    """The approved terms of a glossary directory, or of the bundled one, in one language."""
    sources = glossary_files.levels(Workspace(None, Config()), [directory] if directory else [])
    terms = glossary_files.read(sources[-1])[lang]
    return [term for term in terms if term.status is Status.APPROVED and term.target]


def compose_all(terms: list[Term], lang: str, jobs: int) -> Iterator[tuple[Term, Composed | None]]:
    starts = range(0, len(terms), SHARE)
    with ProcessPoolExecutor(jobs) as pool:
        for share in pool.map(partial(without, terms, lang), starts):
            yield from share


def without(terms: list[Term], lang: str, start: int) -> list[tuple[Term, Composed | None]]:
    """The terms from `start` on, each composed from all others."""
    results: list[tuple[Term, Composed | None]] = []
    for i in range(start, min(start + SHARE, len(terms))):
        if len(key(terms[i].source)) < 2:
            results.append((terms[i], None))
            continue
        book = Phrasebook([*terms[:i], *terms[i + 1 :]], lang)
        composed = book.compose(terms[i].source, terms[i].kind)
        results.append((terms[i], composed[0] if composed else None))
    return results


def right(term: Term, composed: Composed) -> bool:
    return canonical(composed.text) in {canonical(form) for form in (term.target, *term.accept)}


def report(lang: str, results: list[tuple[Term, Composed | None]]) -> None:
    every = Counter(term.kind for term, _ in results)
    made = Counter(term.kind for term, composed in results if composed)
    good = Counter(term.kind for term, composed in results if composed and right(term, composed))
    print(f"{lang}  {'kind':12} {'terms':>6} {'composed':>9} {'right':>6}")
    for kind in Kind:
        share = f"{good[kind] / made[kind]:6.0%}" if made[kind] else "     -"
        print(f"    {kind.value:12} {every[kind]:6} {made[kind]:9} {good[kind]:6} {share}")
    share = f"{good.total() / made.total():6.0%}" if made else "     -"
    print(f"    {'together':12} {every.total():6} {made.total():9} {good.total():6} {share}")


if __name__ == "__main__":
    main()
