"""How fast Glossa translates, beside argostranslate and bare CTranslate2, and how time and memory grow.

    python benchmarks/speed.py [--lang ja] [--runs 3] [--threads 2] [--package DIR] [--json]
    python benchmarks/speed.py --scale [--lang ja] [--runs 3] [--threads 2] [--package DIR] [--json]

Every way translates the same sentences with the same package, a beam of 4 and the same number of threads, in a
process of its own; the ways take turns, and what is printed are medians with the least and the most.

argostranslate   `PackageTranslation.translate`, 50 sentences a call. It decodes line by line and asks for one
                 hypothesis, its beam is max(hypotheses, ARGOS_BEAM_SIZE) = 4. In place of its sentence splitter, which
                 downloads a model, it gets one that has nothing to split in a line. It is measured with the threads
                 inside a batch (ARGOS_INTRA_THREADS, its own custom), with the threads on several batches
                 (ARGOS_INTER_THREADS), and once more with 50 sentences a line, which it puts into batches of 32 tokens.
                 The best with one sentence a line counts.
bare             `ctranslate2.Translator.translate_batch` on all sentences, sorted by length, with the package's
                 tokenizer before and after it. The best of six settings counts.
Glossa           documents of 50 sentences, grouped as `glossa translate` groups them: parsed, matched, planned,
                 decoded, repaired, finished, checked and put together; no catalogue is read.

argostranslate computes in the type that the package was stored in, the others in int8, as the bundled packages are
stored. The rate leaves out what comes before the second sentence (imports, loading, one sentence to warm up): "first"
is seconds from the start of the process to its first translation, "load" what of it the network takes. CPU is what all
threads together spend on a sentence; unlike the rate it hardly suffers from other work on the machine. Memory is the
most that the process ever had resident, the network included.

--scale translates distinct sentences with the glossary, from 100 to 10,000, and 500 sentences with 1,000 to 100,000
made-up terms more, read from a warm index as `glossa translate` reads them; it draws docs/speed.svg (needs matplotlib).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FIRST = "The road along the river is open again."
DOCUMENT = 50  # sentences
ENOUGH = 500  # sentences
BEAM = 4
LINE = "\u2028"  # separates sentences where argostranslate gets many in a line
DATA = Path(__file__).parent / "data"
SEED = 20240229
SYLLABLES = "ban cor dul fen gar hol jin kam lor mev nas pol ten vos ril".split()
GOALS = {"argostranslate": 4.0, "glossa": 0.85, "glossary": 0.60, "start": 2.0}
LINEAR = 1.25  # what the cost of one may grow by from the fewest to the most
PLOT = Path(__file__).parents[1] / "docs" / "speed.svg"

Translate = Callable[[list[list[str]]], list[str]]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to translate, and its settings."""

    title: str
    name: str  # of an entry of OPENERS
    inter: int = 0
    intra: int = 0
    batch: int = 0  # tokens
    lines: bool = True  # one sentence a line
    glossary: bool = False
    workspace: str = ""  # whose made-up terms are enforced, too


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lang", choices=("km", "ja"), default="ja")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--package", metavar="DIR", help="default: the newest for the language")
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="sentences, terms and news")
    parser.add_argument("--argos-sentences", type=int, default=0, metavar="N", help="fewer for argostranslate")
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--scale-sentences", type=int, nargs="+", default=[100, 1_000, 10_000], metavar="N")
    parser.add_argument("--scale-terms", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N")
    parser.add_argument("--plot", type=Path, default=PLOT)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(json.loads(options.child))
        return
    options.package = package(options)
    with tempfile.TemporaryDirectory() as name:
        (scale if options.scale else compare)(options, Path(name))


def package(options: argparse.Namespace) -> str:
    """The directory of the package that all ways use."""
    from glossa.translation import routes

    route = routes.route("en", options.lang, os.environ, Path.home(), options.package)
    if len(route) != 1:
        raise SystemExit("two packages in a row cannot be compared; name one with --package")
    return str(route[0].path)


# What is translated


def collection(directory: Path) -> list[str]:
    """The English of the test set and the news, in turns, no sentence twice."""
    import testset

    news = (directory / "news.txt").read_text(encoding="utf-8").splitlines()
    lists = ([line.source for line in testset.sentences(directory)], [line.strip() for line in news if line.strip()])
    places = sorted((i / len(each), sentence) for each in lists for i, sentence in enumerate(each))
    return list(dict.fromkeys(sentence for _, sentence in places))


def spread(sentences: Sequence[str], count: int) -> list[str]:
    """`count` sentences as long as all of them are: taken evenly from those sorted by length, then shuffled."""
    pool = sorted(sentences, key=lambda sentence: (len(sentence), sentence))
    chosen = [pool[i * len(pool) // count] for i in range(count)]
    random.Random(SEED).shuffle(chosen)
    return chosen


def distinct(sentences: Sequence[str], count: int) -> list[str]:
    """`count` sentences, no two the same, each of them set in an invented place."""
    chance = random.Random(SEED)
    places: dict[str, None] = {}
    while len(places) < count:
        places["".join(chance.choices(SYLLABLES, k=5)).capitalize()] = None
    return [f"In {place}, {sentence}" for place, sentence in zip(places, spread(sentences, count), strict=True)]


# The ways; each opens what it needs and returns a function that translates documents


def open_argostranslate(job: Mapping[str, Any], _: dict[str, float]) -> Translate:
    from argostranslate import package as packages
    from argostranslate import settings, translate

    class Splitter:
        """Stands for argostranslate's own."""

        def split_sentences(self, text: str) -> list[str]:
            return text.split(LINE)

    if (settings.beam_size, settings.inter_threads, settings.intra_threads) != (BEAM, job["inter"], job["intra"]):
        raise SystemExit("argostranslate has not taken its settings from the environment")
    english, other = translate.Language("en", "English"), translate.Language(job["lang"], job["lang"])
    translation = translate.PackageTranslation(english, other, packages.Package(Path(job["package"])))
    translation.sentencizer = Splitter()
    glue = "\n" if job["lines"] else LINE
    return lambda documents: [translation.translate(glue.join(document)) for document in documents]


def open_bare(job: Mapping[str, Any], took: dict[str, float]) -> Translate:
    import ctranslate2

    from glossa.translation import packages

    chosen = packages.named(job["package"], os.environ, Path.home())
    tokenizer = packages.tokenizer(chosen)
    before = time.perf_counter()
    translator = ctranslate2.Translator(
        str(chosen.path / "model"), compute_type="int8", inter_threads=job["inter"], intra_threads=job["intra"]
    )
    took["load"] = time.perf_counter() - before
    prefix = [chosen.target_prefix] if chosen.target_prefix else []

    def translate(documents: list[list[str]]) -> list[str]:
        sources = sorted((tokenizer.encode(text) for document in documents for text in document), key=len, reverse=True)
        results = translator.translate_batch(
            sources,
            target_prefix=[prefix] * len(sources) if prefix else None,
            beam_size=BEAM,
            max_batch_size=job["batch"],
            batch_type="tokens",
        )
        return [tokenizer.decode(result.hypotheses[0][len(prefix) :]) for result in results]

    return translate


def open_glossa(job: Mapping[str, Any], took: dict[str, float]) -> Translate:
    import testset

    from glossa import engines, index, pipeline
    from glossa import workspace as workspaces
    from glossa.cli.translate import groups
    from glossa.text import documents as texts
    from glossa.translation import routes

    style = testset.style(job["lang"])
    route = routes.route("en", job["lang"], os.environ, Path.home(), job["package"])
    signature = engines.signature(route)
    before = time.perf_counter()
    engine = engines.Opener(os.environ, Path.home(), job["threads"]).open(route)
    took["load"] = time.perf_counter() - before
    terms = testset.terms(job["lang"], Path(job["data"])) if job["glossary"] else []
    if job["workspace"]:
        before = time.perf_counter()
        more = index.load_terms(workspaces.find(Path(job["workspace"])), job["lang"], os.environ, Path.home())
        took["glossary"] = time.perf_counter() - before
        words = set(Path(job["file"]).read_text(encoding="utf-8").split())
        terms += [term for term in more if term.source not in words]  # "ten" is one of the made-up terms

    def translate(documents: list[list[str]]) -> list[str]:
        read = [texts.read("\n\n".join(document).encode(), "collection.txt") for document in documents]
        before = time.perf_counter()
        matcher = testset.matcher([text for document in read for text in pipeline.plain_texts(document)], terms)
        took["matcher"] = time.perf_counter() - before
        rendered: list[str] = []
        for group in groups([pipeline.Article(document, {}) for document in read]):
            results = pipeline.translate(group, matcher, style, signature, lambda: engine)
            for article, translations in zip(group, results, strict=True):
                targets = {translation.segment_id: translation.target for translation in translations}
                rendered.append(texts.render(article.document, targets, style.language.joiner))
        return rendered

    return translate


OPENERS = {"argostranslate": open_argostranslate, "bare": open_bare, "glossa": open_glossa}


def child(job: Mapping[str, Any]) -> None:
    """Translate in one way, and print what it took as a line of JSON."""
    took: dict[str, float] = {}
    translate = OPENERS[job["name"]](job, took)
    translate([[FIRST]])
    took["first"] = time.time() - job["started"]
    sentences = json.loads(Path(job["file"]).read_text(encoding="utf-8"))
    documents = [sentences[start : start + DOCUMENT] for start in range(0, len(sentences), DOCUMENT)]
    before, spent = time.perf_counter(), time.process_time()
    translations = translate(documents)
    took["seconds"], took["cpu"] = time.perf_counter() - before, time.process_time() - spent
    if len(translations) != len(sentences if job["name"] == "bare" else documents) or not all(translations):
        raise SystemExit("something was not translated")
    unit = 1 if sys.platform == "darwin" else 1024
    took["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    print(json.dumps({"sentences": len(sentences), **took}))


def spawn(way: Way, sentences: Sequence[str], options: argparse.Namespace, directory: Path) -> dict[str, float]:
    """Run the child process for one way; nothing is written to the home directory."""
    file = directory / "sentences.json"
    file.write_text(json.dumps(sentences), encoding="utf-8")
    environment = quarantined(directory)
    environment |= {"ARGOS_INTER_THREADS": str(way.inter), "ARGOS_INTRA_THREADS": str(way.intra)}
    job = {**asdict(way), "file": str(file), "data": str(options.data.resolve())}
    job |= {key: getattr(options, key) for key in ("lang", "threads", "package")}
    command = [sys.executable, __file__, "--child", json.dumps({**job, "started": time.time()})]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {way.title:42} {result['sentences']:6} sentences {result['seconds']:8.2f} s", file=sys.stderr, flush=True)
    return result


def quarantined(directory: Path) -> dict[str, str]:
    """An environment in which argostranslate and Glossa keep all that they write in `directory`."""
    kept = {key: value for key, value in os.environ.items() if key != "SNAP" and not key.startswith("ARGOS_")}
    places = {key: str(directory / key) for key in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    return kept | places | {"GLOSSA_CACHE_DIR": str(directory / "cache")}


# Comparison


def compare(options: argparse.Namespace, directory: Path) -> None:
    """Measure all ways in turns, and print the table and the goals."""
    ways = [*rivals(options), Way("Glossa, no glossary", "glossa"), Way("Glossa, glossary", "glossa", glossary=True)]
    results: dict[str, list[dict[str, float]]] = {way.title: [] for way in ways}
    sentences = collection(options.data)
    few = spread(sentences, options.argos_sentences or len(sentences))
    for _ in range(options.runs):
        for way in ways:
            texts = few if way.name == "argostranslate" else sentences
            results[way.title].append(spawn(way, texts, options, directory))
    cold, warm = start(options, directory)
    rates = {title: [run["sentences"] / run["seconds"] for run in runs] for title, runs in results.items()}
    rate = {title: statistics.median(each) for title, each in rates.items()}
    argos = max((way.title for way in ways if way.name == "argostranslate" and way.lines), key=rate.__getitem__)
    bare = max((way.title for way in ways if way.name == "bare"), key=rate.__getitem__)
    # As argostranslate is set, all threads share one batch.
    usual = next(way.title for way in reversed(ways) if way.name == "argostranslate" and way.lines)
    goals = judged(rate, argos, usual, bare, warm)
    if options.json:
        data = {"lang": options.lang, "package": options.package, "threads": options.threads, "ways": results}
        data |= {"rates": rate, "argostranslate": argos, "bare": bare, "start": {"cold": cold, "warm": warm}}
        print(json.dumps({**data, "goals": goals}, ensure_ascii=False, indent=1))
        return
    count = int(results[bare][0]["sentences"])
    print(f"{count} sentences, {Path(options.package).name}, beam {BEAM}, {options.threads} threads")
    if count < ENOUGH:
        print(f"(fewer than {ENOUGH}: the figures say little)")
    print(f"{'':42} sentences/s     least–most  argos   bare   CPU ms   memory   load  first")
    for title, each in rates.items():
        mark = "*" if title in (argos, bare) else " "
        memory, load, first = (middle(results[title], key) for key in ("memory", "load", "first"))
        cpu = 1000 * middle(results[title], "cpu") / results[title][0]["sentences"]
        shown = f"{load:5.2f}s" if load else "     –"
        print(
            f"{mark}{title:41} {rate[title]:11.1f}  {min(each):6.1f}–{max(each):6.1f} {rate[title] / rate[argos]:5.2f}×"
            f" {rate[title] / rate[bare]:6.0%} {cpu:8.1f} {memory:5.0f} MB {shown} {first:5.2f}s"
        )
    print(f"\n* the best of its kind\nstart to end of `glossa translate` with one sentence: {warm:.2f} s")
    print(f"the same for the first time, when the index of the glossary is made: {cold:.2f} s\n")
    for goal in goals:
        print(f"{goal['goal']:68} {goal['value']:6.2f}   {'met' if goal['met'] else 'NOT MET'}")


def rivals(options: argparse.Namespace) -> list[Way]:
    """All settings of argostranslate and of bare CTranslate2."""
    n, name = options.threads, "argostranslate"
    splits = [(n, 1), (1, n)] if n > 1 else [(1, 1)]
    ways = [Way(f"{name}, {a} × {b} threads", name, a, b) for a, b in splits]
    ways.append(Way(f"{name}, {n} × 1 threads, {DOCUMENT} a line", name, n, 1, lines=False))
    batches = (512, 1024, 2048)
    return ways + [Way(f"bare, {a} × {b} threads, {c} tokens", "bare", a, b, c) for a, b in splits for c in batches]


def middle(runs: Iterable[Mapping[str, float]], key: str) -> float:
    """The median of what each run has under the key."""
    return statistics.median(run.get(key, 0.0) for run in runs)


def start(options: argparse.Namespace, directory: Path) -> tuple[float, float]:
    """Seconds of `glossa translate` with one sentence: the first run, which makes the index, the median of the rest."""
    code = "from glossa.cli import main; main()"
    arguments = ["translate", "-", "--to", options.lang, "--package", options.package, "-q"]
    command = [sys.executable, "-c", code, *arguments, "--threads", str(options.threads)]
    environment = {**quarantined(directory), "GLOSSA_CACHE_DIR": str(directory / "fresh")}
    nothing = subprocess.DEVNULL
    times: list[float] = []
    for _ in range(options.runs + 1):
        before = time.perf_counter()
        subprocess.run(command, cwd=directory, env=environment, input=FIRST.encode(), stdout=nothing, check=True)
        times.append(time.perf_counter() - before)
    return times[0], statistics.median(times[1:])


def judged(rate: Mapping[str, float], argos: str, usual: str, bare: str, warm: float) -> list[dict[str, Any]]:
    """The goals, what was reached, and whether that is enough."""
    least, share, enforced = GOALS["argostranslate"], GOALS["glossa"], GOALS["glossary"]
    without, with_it = rate["Glossa, no glossary"], rate["Glossa, glossary"]
    lines = [
        (f"without the glossary at least {least:g} × argostranslate as it is set", without / rate[usual], least),
        (f"with the glossary at least {least:g} × argostranslate as it is set", with_it / rate[usual], least),
        (f"without the glossary at least {least:g} × argostranslate at its best", without / rate[argos], least),
        (f"with the glossary at least {least:g} × argostranslate at its best", with_it / rate[argos], least),
        (f"without the glossary at least {share:.0%} of bare", without / rate[bare], share),
        (f"with the glossary at least {enforced:.0%} of bare", with_it / rate[bare], enforced),
    ]
    goals = [{"goal": text, "value": value, "met": value >= bar} for text, value, bar in lines]
    bar = GOALS["start"]
    return [*goals, {"goal": f"one sentence within {bar:g} s of the start", "value": warm, "met": warm <= bar}]


# Scale


def scale(options: argparse.Namespace, directory: Path) -> None:
    """Measure how cost grows with sentences and with terms, and draw it."""
    sentences = collection(options.data)
    workspaces = {count: warmed(directory / str(count), count, options, directory) for count in options.scale_terms}
    by_sentences: dict[int, list[dict[str, float]]] = {}
    by_terms: dict[int, list[dict[str, float]]] = {}
    for _ in range(options.runs):
        for count in options.scale_sentences:
            way = Way(f"{count:,} sentences", "glossa", glossary=True)
            by_sentences.setdefault(count, []).append(spawn(way, distinct(sentences, count), options, directory))
        for count, workspace in workspaces.items():
            way = Way(f"{count:,} terms", "glossa", glossary=True, workspace=workspace)
            by_terms.setdefault(count, []).append(spawn(way, distinct(sentences, ENOUGH), options, directory))
    data = {"sentences": summary(by_sentences), "terms": summary(by_terms)}
    draw(data, options)
    if options.json:
        print(json.dumps(data, indent=1))
        return
    for axis, rows in data.items():
        print(f"\n{axis:>10} {'s/sentence':>11} {'seconds':>9} {'of it terms':>12} {'memory':>9}")
        for row in rows:
            cost = row["seconds"] / row["sentences"]
            seconds, glossary = row["seconds"], row["glossary"]
            print(f"{row['count']:10,} {cost:11.4f} {seconds:9.2f} {glossary:12.2f} {row['memory']:6.0f} MB")
        first, last = rows[0], rows[-1]
        growth = last["seconds"] / last["sentences"] / (first["seconds"] / first["sentences"])
        times = last["count"] / first["count"]
        print(f"{times:g} times the {axis}: a sentence costs {growth:.2f} times as much, ", end="")
        print(f"the process holds {last['memory'] / first['memory']:.2f} times as much", end="")
        if axis == "terms":
            growth = last["glossary"] / last["count"] / (first["glossary"] / first["count"])
            print(f", reading and sorting out a term costs {growth:.2f} times as much", end="")
        print(f": {'linear' if growth <= LINEAR else 'NOT LINEAR'}")


def warmed(where: Path, count: int, options: argparse.Namespace, directory: Path) -> str:
    """A workspace with made-up terms whose index is made already."""
    import startup

    startup.make_glossary(where / "glossary", count)
    code = (
        "import os; from pathlib import Path; from glossa import index, workspace;"
        f"print(len(index.load_terms(workspace.find(Path({str(where)!r})), {options.lang!r}, os.environ, Path.home())))"
    )
    subprocess.run([sys.executable, "-c", code], env=quarantined(directory), stdout=subprocess.DEVNULL, check=True)
    return str(where)


def summary(measured: Mapping[int, Sequence[Mapping[str, float]]]) -> list[dict[str, float]]:
    """Medians by count; seconds hold the reading of the glossary."""
    rows = []
    for count, runs in sorted(measured.items()):
        glossary = middle(runs, "glossary")
        row = {"count": count, "sentences": runs[0]["sentences"], "memory": middle(runs, "memory")}
        row |= {"seconds": middle(runs, "seconds") + glossary, "glossary": middle(runs, "matcher") + glossary}
        rows.append(row)
    return rows


def draw(data: Mapping[str, Sequence[Mapping[str, float]]], options: argparse.Namespace) -> None:
    """Time and memory over the number of sentences and of terms."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "glossa", "font.size": 9, "font.family": "sans-serif"}
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(2, 2, figsize=(7.5, 5.2), sharex="col", layout="constrained")
    titles = {"sentences": "sentences", "terms": f"made-up terms added ({ENOUGH} sentences)"}
    for (above, below), (axis, rows) in zip(axes.T, data.items(), strict=True):
        counts = [row["count"] for row in rows]
        seconds = [row["seconds"] for row in rows]
        above.loglog(counts, seconds, "o-", label="everything")
        if axis == "terms":
            above.loglog(counts, [row["glossary"] for row in rows], "s--", label="of it, reading and sorting out terms")
        else:
            above.loglog(counts, [seconds[-1] * count / counts[-1] for count in counts], ":", c="grey", label="linear")
        above.yaxis.set_major_formatter("{x:g}")
        above.margins(y=0.4)
        above.legend(frameon=False)
        below.semilogx(counts, [row["memory"] for row in rows], "o-", color="tab:green")
        below.set_ylim(0, 1.2 * max(row["memory"] for row in rows))
        below.set_xlabel(titles[axis])
        below.set_xticks(counts, [f"{count:,}" for count in counts])
        for each in (above, below):
            each.minorticks_off()
            each.grid(visible=True, alpha=0.3)
    for (left, _), label in zip(axes, ("seconds", "peak memory, MB"), strict=True):
        left.set_ylabel(label)
    figure.suptitle(f"Translation with the glossary, en → {options.lang}, {options.threads} threads", fontsize=10)
    options.plot.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(options.plot, format="svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
