"""How well terms are rendered, and at what price in fluency: per language, package and strategy.

    python benchmarks/terminology.py [--lang km --lang ja] [--package bundled …] [--strategy cascade …] [--sentences N]
                                     [--examples DIR] [--json]

The test set is `data/` (see testset.py): sentences with 1 to 6 approved terms and a reference in each language.

Packages: "bundled"; "untagged", the same network as somebody else would have packed it, without a word about tags;
and networks made by hand that fail in known ways (tests/support/networks.py): "copy", "drop", "repeat", "random",
"source-only" (they know no target script in a source), "bpe", "pivot" (two packages in a row). Of those the language
is nonsense; what counts is that every term is rendered or flagged.

Strategies: "none", no glossary; "replace", the English term replaced by its rendering before translation;
"placeholders", by a number in brackets that is replaced afterwards; "marked", by what suits the package, without
repair; "cascade", all of Glossa.

Columns, in percent of the occurrences of terms: rendered; surplus (renderings more often than in the source); forced;
flagged, of those not rendered. Then in percent of the sentences the stage that served. chrF of the whole; chrF- with
the terms cut out of both sides (where a term is not rendered, what the attention aligns with it); the mean
log-probability per token that the package itself gives the texts, for the source as it reads it under that strategy:
from "marked" to "cascade" it tells what repair costs in fluency; and sentences per second.
"""

from __future__ import annotations

import argparse
import collections
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import sacrebleu
import testset

from glossa.engines import Opener
from glossa.model import Severity
from glossa.pipeline import Article, translate
from glossa.translation import enforce, packages, repair, routes
from glossa.translation.engine import Alignment, Engine, Request
from glossa.translation.marking import BARE, PLACEHOLDERS, PLAIN, mark
from glossa.translation.verify import verify

PACKAGES = ("bundled", "untagged", "copy", "drop", "repeat", "random", "source-only", "bpe", "pivot")
REAL = ("bundled", "untagged")
HAND_MADE, ENDLESS = 4, 20  # every fourth sentence is enough for the others, every twentieth for what never ends
STRATEGIES = ("none", "replace", "placeholders", "marked", "cascade")


@dataclass
class Row:
    """What one strategy gave with one package."""

    lang: str
    package: str
    strategy: str
    sentences: int = 0
    occurrences: int = 0
    rendered: float = 0.0
    surplus: float = 0.0
    forced: float = 0.0
    flagged: float = 100.0
    stages: dict[str, float] = field(default_factory=dict)
    chrf: float = 0.0
    chrf_outside: float = 0.0
    score: float = 0.0
    rate: float = 0.0


@dataclass(frozen=True)
class Text:
    """One translation, the stage that served, how many terms were forced, and whether all misses are flagged."""

    text: str
    stage: str = "decode"
    forced: int = 0
    flagged: bool = True


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", action="append", choices=testset.LANGS)
    parser.add_argument("--package", action="append", choices=PACKAGES)
    parser.add_argument("--strategy", action="append", choices=STRATEGIES)
    parser.add_argument("--sentences", type=int, help="only so many")
    parser.add_argument(
        "--examples", type=Path, help="a directory for the translations, a file per language and package"
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    lines = testset.sentences()[: options.sentences]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        for lang in options.lang or testset.LANGS:
            for package in options.package or PACKAGES:
                opener = Opener({}, home)
                engine = opener.open(route(package, lang, home, lines))
                made: dict[str, list[Text]] = {}
                some = lines if package in REAL else lines[:: ENDLESS if package in ("repeat", "random") else HAND_MADE]
                for strategy in options.strategy or STRATEGIES:
                    row, made[strategy] = measure(engine, lang, package, strategy, some)
                    rows.append(row)
                    if not options.json:
                        print_row(row, first=len(rows) == 1)
                if options.examples:
                    write_examples(options.examples / f"{lang}-{package}.txt", some, lang, made)
    if options.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))


def route(package: str, lang: str, home: Path, lines: Sequence[testset.Sentence]) -> tuple[packages.Package, ...]:
    """The package of that name, made in `home` if it is one of ours."""
    if package == "bundled":
        return routes.route("en", lang, {}, home)
    directory = home / "packages" / package / lang
    environ = {"ARGOS_PACKAGES_DIR": str(directory)}
    if package == "untagged":
        bundled = packages.find("en", lang, {}, home)
        copy = directory / f"translate-en_{lang}-untagged"
        if not copy.exists():
            shutil.copytree(bundled.path, copy)
            metadata = json.loads((copy / "metadata.json").read_bytes())
            del metadata["glossa"]
            (copy / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
        return (packages.named(str(copy), environ, home),)
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
    from networks import build

    words = "".join(sorted({char for line in lines for char in line.source + line.references[lang]}))
    words += "".join(sorted({char for term in testset.terms(lang) for char in term.target}))
    if package == "pivot":
        build(directory, to_code="xx", vocabulary=words)
        build(directory, from_code="xx", to_code=lang, vocabulary=words)
        return routes.route("en", lang, environ, home, f"translate-en_xx+translate-xx_{lang}")
    behaviour, tokenizer = ("copy", "bpe") if package == "bpe" else (package, "sentencepiece")
    path = build(directory, to_code=lang, behaviour=behaviour, tokenizer=tokenizer, vocabulary=words)
    return (packages.named(str(path), environ, home),)


def measure(
    engine: Engine, lang: str, package: str, strategy: str, lines: Sequence[testset.Sentence]
) -> tuple[Row, list[Text]]:
    """Translate the test set in one way and compare it with the references."""
    asked = testset.asked([line.source for line in lines], lang, testset.terms(lang))
    engine.translate([Request("Hello.")])
    started = time.perf_counter()
    texts = cascade(engine, lang, lines) if strategy == "cascade" else list(simple(engine, strategy, asked))
    seconds = time.perf_counter() - started
    row = Row(lang, package, strategy, len(lines), rate=len(lines) / seconds)
    rendered = surplus = 0
    alignments = engine.align([(task.source, text.text) for task, text in zip(asked, texts, strict=True)])
    outside: list[tuple[str, str]] = []
    for line, task, text, alignment in zip(lines, asked, texts, alignments, strict=True):
        verdict = verify(text.text, task.requirements, None, task.source)
        numbers = [i for i, each in enumerate(task.requirements) if each.kind in testset.TERM_KINDS]
        row.occurrences += len(numbers)
        rendered += sum(verdict.places[i] is not None for i in numbers)
        surplus += len(verdict.surplus)
        outside.append((cut_terms(text.text, task, alignment), cut_terms(line.references[lang], task, None)))
    row.rendered = 100 * rendered / row.occurrences
    row.surplus = 100 * surplus / row.occurrences
    row.forced = 100 * sum(text.forced for text in texts) / row.occurrences
    row.flagged = 100 * statistics.fmean(text.flagged for text in texts)
    counts = collections.Counter(text.stage for text in texts)
    row.stages = {stage: 100 * counts[stage] / len(texts) for stage in enforce.STAGES if counts[stage]}
    references = [line.references[lang] for line in lines]
    row.chrf = sacrebleu.corpus_chrf([text.text for text in texts], [references]).score
    row.chrf_outside = sacrebleu.corpus_chrf([ours for ours, _ in outside], [[theirs for _, theirs in outside]]).score
    marking = {"none": PLAIN, "replace": BARE, "placeholders": PLACEHOLDERS[0]}.get(strategy, engine.marking)
    read = [mark(task.source, terms(task), marking)[0] for task in asked]
    row.score = statistics.fmean(engine.score(list(zip(read, (text.text for text in texts), strict=True))))
    return row, texts


def simple(engine: Engine, strategy: str, asked: Sequence[enforce.Task]) -> Iterator[Text]:
    """Decode once and take what comes."""
    marking = {"none": PLAIN, "replace": BARE, "placeholders": PLACEHOLDERS[0], "marked": engine.marking}[strategy]
    results = engine.translate([Request(mark(task.source, terms(task), marking)[0]) for task in asked])
    for task, hypotheses in zip(asked, results, strict=True):
        yield Text(
            enforce.judge(enforce.Task(task.source, terms(task)), hypotheses[0].text, marking).text, flagged=False
        )


def terms(task: enforce.Task) -> tuple:
    """The terms among the requirements: other strategies know nothing of dates and numbers."""
    return tuple(each for each in task.requirements if each.kind in testset.TERM_KINDS)


def cascade(engine: Engine, lang: str, lines: Sequence[testset.Sentence]) -> list[Text]:
    """All of Glossa, each sentence an article of its own."""
    sources = [line.source for line in lines]
    articles = [Article(document, {}) for document in testset.articles(sources)]
    matcher = testset.matcher(sources, testset.terms(lang))
    results = translate(articles, matcher, testset.style(lang), engine.signature, lambda: engine)
    texts: list[Text] = []
    for (made,) in results:
        named = sum(finding.code == "term-missing" and finding.severity is Severity.ERROR for finding in made.findings)
        texts.append(Text(made.target, made.stage, made.forced, named >= made.missing))
    return texts


def cut_terms(text: str, task: enforce.Task, alignment: Alignment | None) -> str:
    """The text without the terms; of those that are not rendered, without what is aligned with them."""
    verdict = verify(text, task.requirements, None, task.source)
    numbers = [i for i, each in enumerate(task.requirements) if each.kind in testset.TERM_KINDS]
    spans = [verdict.places[i] for i in numbers]
    kept = [span for span in verdict.places if span]
    cuts = [span for span in spans if span]
    if alignment:
        missing = [i for i in numbers if verdict.places[i] is None]
        cuts += [span for i in missing if (span := repair.project(alignment, task.requirements[i].span, kept, text))]
    out = bytearray(len(text))
    for span in cuts:
        out[span.start : span.end] = b"\1" * len(span)
    return "".join(char for char, cut in zip(text, out, strict=True) if not cut)


def print_row(row: Row, *, first: bool) -> None:
    """One line of the table."""
    if first:
        print(
            f"{'':2} {'package':11} {'strategy':12} {'rendered':>8} {'surplus':>7} {'forced':>6} {'flagged':>7}",
            end=" ",
        )
        print(f"{'chrF':>5} {'chrF-':>5} {'score':>6} {'sent/s':>6}  stages")
    stages = " ".join(f"{stage} {share:.1f}" for stage, share in row.stages.items()) if len(row.stages) > 1 else ""
    print(
        f"{row.lang:2} {row.package:11} {row.strategy:12} {row.rendered:8.1f} {row.surplus:7.1f} {row.forced:6.1f}",
        end=" ",
    )
    flagged = f"{row.flagged:7.1f}" if row.strategy == "cascade" else f"{'-':>7}"
    print(f"{flagged} {row.chrf:5.1f} {row.chrf_outside:5.1f} {row.score:6.2f} {row.rate:6.1f}  {stages}", flush=True)


def write_examples(path: Path, lines: Sequence[testset.Sentence], lang: str, made: dict[str, list[Text]]) -> None:
    """All translations of each sentence, one under another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines):
            print(f"{line.id} {' '.join(line.features)}\n  en           {line.source}", file=out)
            print(f"  reference    {line.references[lang]}", file=out)
            for strategy, texts in made.items():
                print(f"  {strategy:12} {texts[number].text}  [{texts[number].stage}]", file=out)


if __name__ == "__main__":
    main()
