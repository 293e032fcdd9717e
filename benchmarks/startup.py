"""CPU time from the start of the process to its end: `glossa --help`, `glossa lookup`, and lookup in 100,000 terms.

    python benchmarks/startup.py [--terms 100000] [--runs 7]

Every number is the median of several runs, user and system time of the child process, in milliseconds; the bar is 150.
The glossary of 100,000 terms is made up, the same every time.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from glossa.catalogs import po as po_text
from glossa.model import Kind, Status, Term
from glossa.terms.glossary import catalogue_entry, template_entry

SEED = 20240229
SYLLABLES = ("ban", "cor", "dul", "fen", "gar", "hol", "jin", "kam", "lor", "mev", "nas", "pol", "ten", "ation", "er")
KHMER = (*"កខគងចជញដតទនបពមយរលវសហ", "អា", "កា", "តិ", "នី", "សេ", "ពល", "ម្ត", "ក្រុង", "ភូមិ", "ប្រទេស")
JAPANESE = "防衛省国連軍部隊長官事務局地域協力会議計画開発技術委員会東南西北山川中大小新"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--terms", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        environment = {**os.environ, "GLOSSA_CACHE_DIR": str(directory / "cache")}
        (directory / "empty").mkdir()
        big = directory / "big"
        last = make_glossary(big / "glossary", options.terms)
        for title, command, where in (
            ("python -c pass", [sys.executable, "-c", "pass"], directory / "empty"),
            ("glossa --help", glossa("--help"), directory / "empty"),
            ('glossa lookup "Peace Palace"', glossa("lookup", "Peace Palace"), directory / "empty"),
            (f"the same, {options.terms:,} terms", glossa("lookup", "Peace Palace"), big),
            ("  a made-up term", glossa("lookup", last.source), big),
            ("  its rendering in Japanese", glossa("lookup", last.target), big),
            ("  a prefix", glossa("lookup", last.source[:5]), big),
            ("  part of a word", glossa("lookup", "nation"), big),
            ("  two characters of Japanese", glossa("lookup", "防衛"), big),
            ("  a misspelling", glossa("lookup", "Peice Palise"), big),
        ):
            first, median = measure(command, where, environment, options.runs)
            print(f"{title:40} {median:7.1f} ms   (first run {first:.0f} ms)")
        print(f"{'all terms of one language, warm index':40} {load(big, environment):7.1f} ms")


def glossa(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from glossa.cli import main; main()", *arguments]


def measure(command: list[str], where: Path, environment: dict[str, str], runs: int) -> tuple[float, float]:
    """CPU milliseconds of the first run, which may build the index, and the median of those after it."""
    times = []
    for _ in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=where, env=environment, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime))
    return times[0], statistics.median(times[1:])


def load(where: Path, environment: dict[str, str]) -> float:
    """CPU milliseconds of reading every term of one language from the index, without the start of Python."""
    from glossa import index, workspace

    found = workspace.find(where)
    before = time.process_time()
    index.load_terms(found, "km", environment, Path.home())
    return 1000 * (time.process_time() - before)


def make_glossary(directory: Path, count: int) -> Term:
    """Write a made-up glossary of `count` terms in both languages; returns the last one, in Japanese."""
    chance = random.Random(SEED)
    kinds = list(Kind)
    english: dict[str, None] = {}
    while len(english) < count:
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(chance.randint(1, 4))]
        english[" ".join(words)] = None
    template = po_text.new(None, "made up")
    catalogues = {lang: po_text.new(lang, "made up") for lang in ("km", "ja")}
    term = None
    for source in english:
        kind = chance.choice(kinds)
        acronyms = ("".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=4)),) if chance.random() < 0.2 else ()
        variants = (f"the {source}",) if chance.random() < 0.3 else ()
        for lang, signs, glue in (("km", KHMER, ""), ("ja", JAPANESE, "")):
            renderings = [glue.join(chance.choices(signs, k=chance.randint(2, 10))) for _ in range(2)]
            term = Term(
                source,
                kind,
                renderings[0],
                lang,
                Status.APPROVED if chance.random() < 0.9 else Status.PROPOSED,
                acronyms=acronyms,
                variants=variants,
                accept=tuple(renderings[1:]),
            )
            catalogues[lang].append(catalogue_entry(term))
        template.append(template_entry(term))
    for name, catalogue in (("big.pot", template), ("km/big.po", catalogues["km"]), ("ja/big.po", catalogues["ja"])):
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(po_text.dump(catalogue), encoding="utf-8")
    return term


if __name__ == "__main__":
    main()
