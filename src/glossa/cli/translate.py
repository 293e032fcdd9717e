"""`glossa translate`: articles in, translations, catalogues and a report out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from glossa import languages
from glossa.cli import report
from glossa.cli.report import Job
from glossa.errors import DataError, UsageError
from glossa.model import Document, Severity, Status, Term, Translation

if TYPE_CHECKING:
    from glossa.engines import Opener
    from glossa.pipeline import Article
    from glossa.terms.match import Matcher
    from glossa.translation.engine import Engine
    from glossa.translation.packages import Package
    from glossa.translation.plan import Style
    from glossa.workspace import Workspace

    Route: TypeAlias = tuple[Package, ...]

_STDIO = "-"
_TOGETHER = 512  # segments from which on a group of articles is written before the next one is begun


@click.command("translate", short_help="Translate articles with the glossary enforced.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--to", "targets", multiple=True, metavar="LANG", help="Target language (km, ja); may be repeated.")
@click.option("-o", "--output", metavar="DIR", help="Where translations go (default: beside FILE); - prints them.")
@click.option(
    "--glossary", "extra", multiple=True, metavar="PATH", help="A .po file or a directory of terms that override."
)
@click.option(
    "--package",
    "choose",
    metavar="NAME",
    help="The package for the language it translates into (see glossa models list).",
)
@click.option("--proposed", is_flag=True, help="Enforce proposed (fuzzy) renderings as well as approved ones.")
@click.option("--no-glossary", is_flag=True, help="Enforce no terms, for comparison; drafts are neither used nor kept.")
@click.option("--fresh", is_flag=True, help="Translate drafts anew even where nothing has changed.")
@click.option("--format", "format_name", metavar="FORMAT", help="plain or markdown (default: by the file's suffix).")
@click.option(
    "--threads",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Processor threads (default: as many as there are).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no report unless --json asks for it.")
def command(
    files: tuple[str, ...],
    targets: tuple[str, ...],
    output: str | None,
    extra: tuple[str, ...],
    choose: str | None,
    format_name: str | None,
    threads: int,
    *,
    proposed: bool,
    no_glossary: bool,
    fresh: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Translate English articles with the approved terms of the glossary enforced.

    FILE is plain text or Markdown in UTF-8, or - for standard input. Each article.txt becomes article.km.txt,
    article.ja.txt; its segments are kept as drafts in locale/LANG/LC_MESSAGES/ of the workspace, where reviewed
    translations are reused and never changed.

    Exit code: 0 clean; 1 a term or a check failed (see the report); 2 wrong usage or unusable input.
    """
    from glossa import workspace as workspaces
    from glossa.engines import Opener

    started = time.monotonic()
    now = _now()
    workspace = workspaces.find(Path.cwd())
    langs = [languages.target(code.lower()).code for code in dict.fromkeys(targets or workspace.config.targets)]
    documents = _read(files, format_name)
    outputs = _outputs(documents, langs, output)
    root = None if no_glossary else workspace.root or Path.cwd()
    # Everything that can be wrong with what we were given is found before the first word is translated.
    routes = _routes(langs, choose, workspace)
    prepared = [
        _prepare(
            documents,
            lang,
            workspace,
            routes[lang],
            root,
            extra=[Path(path) for path in extra],
            proposed=proposed,
            no_glossary=no_glossary,
            fresh=fresh,
        )
        for lang in langs
    ]
    _check_places(documents, root, outputs)
    opener = Opener(os.environ, Path.home(), threads, notice=partial(_notice, quiet=quiet))
    done = [job for run in prepared for job in _translate(run, opener, outputs, root, now, quiet=quiet)]
    if not as_json:
        report.print_texts(done)
    seconds = time.monotonic() - started
    if as_json:
        report.print_json(done, seconds)
    elif not quiet:
        report.print_report(done, seconds)
    if any(finding.severity is Severity.ERROR for job in done for _, finding in job.findings):
        raise click.exceptions.Exit(1)


def _read(files: Sequence[str], format_name: str | None) -> list[Document]:
    from glossa.text import documents

    names: dict[Path | str, str] = {}
    for name in files:
        names.setdefault(_STDIO if name == _STDIO else Path(name).resolve(), name)
    read: list[Document] = []
    for name in names.values():
        if _is_translation(name, names.values()):
            click.echo(f"glossa: {name}: left out, it is the translation of another FILE", err=True)
            continue
        try:
            data = sys.stdin.buffer.read() if name == _STDIO else Path(name).read_bytes()
        except OSError as error:
            raise DataError(f"cannot be read: {error.strerror or error}", name) from error
        read.append(documents.read(data, name, format_name))
    return read


def _is_translation(name: str, names: Iterable[str]) -> bool:
    """Whether `a.ja.txt` is asked for beside `a.txt`, as `glossa translate *.txt` does from its second run on."""
    path = Path(name)
    if not path.name:
        return False
    stem, lang = path.stem, path.stem.rpartition(".")[2]
    source = path.with_name(stem.removesuffix(f".{lang}") + path.suffix)
    return lang in languages.TARGETS and "." in stem and str(source) in {str(Path(other)) for other in names}


def _outputs(
    documents: Sequence[Document], langs: Sequence[str], output: str | None
) -> dict[tuple[str, str], Path | None]:
    outputs: dict[tuple[str, str], Path | None] = {}
    taken: dict[Path, str] = {Path(document.name).resolve(): document.name for document in documents}
    for document in documents:
        for lang in langs:
            if output == _STDIO or (document.name == _STDIO and output is None):
                outputs[document.name, lang] = None
                continue
            source = Path("stdin.txt" if document.name == _STDIO else document.name)
            folder = Path(output) if output is not None else source.parent
            path = folder / f"{source.stem}.{lang}{source.suffix}"
            if path.resolve() in taken:
                raise UsageError(f"{path}: both {taken[path.resolve()]} and {document.name} would be written there")
            taken[path.resolve()] = document.name
            outputs[document.name, lang] = path
    return outputs


def _routes(langs: Sequence[str], choose: str | None, workspace: Workspace) -> dict[str, Route]:
    """The packages for each language; what is named on the command line serves the language it translates into."""
    from glossa.translation import routes

    target = routes.target_of(choose, os.environ, Path.home()) if choose else None
    if target and target not in langs:
        raise UsageError(f"package {choose} translates into {target}, not into {', '.join(langs)}")
    found: dict[str, Route] = {}
    for lang in langs:
        wanted = choose if target == lang else workspace.config.packages.get(lang)
        found[lang] = routes.route(languages.SOURCE, lang, os.environ, Path.home(), wanted)
    return found


@dataclass(frozen=True, slots=True)
class _Run:
    """All that one language's translation needs, read and checked."""

    style: Style
    route: Route
    articles: Sequence[Article]
    matcher: Matcher
    proposed: frozenset[str]  # sources whose rendering is only proposed, but enforced on demand


def _prepare(
    documents: Sequence[Document],
    lang: str,
    workspace: Workspace,
    route: Route,
    root: Path | None,
    *,
    extra: Sequence[Path],
    proposed: bool,
    no_glossary: bool,
    fresh: bool,
) -> _Run:
    from glossa import index, pipeline
    from glossa.terms.match import Matcher
    from glossa.terms.nationality import COUNTRIES
    from glossa.translation.plan import Style

    config = workspace.config
    style = Style(languages.target(lang), config.digits.get(lang, "latin"), config.acronyms.get(lang, "introduce"))
    terms = () if no_glossary else index.load_terms(workspace, lang, os.environ, Path.home(), extra)
    texts = [text for document in documents for text in pipeline.plain_texts(document)]
    return _Run(
        style,
        route,
        [_article(document, root, lang, fresh=fresh) for document in documents],
        Matcher((term for term in terms if _enforced(term, proposed=proposed)), [*texts, *COUNTRIES.values()]),
        frozenset(term.source for term in terms if proposed and term.target and term.status is Status.PROPOSED),
    )


def _check_places(
    documents: Sequence[Document], root: Path | None, outputs: Mapping[tuple[str, str], Path | None]
) -> None:
    """Refuse what could not be written, or would mix two articles in one catalogue, before any work is done."""
    from glossa import store

    kept = [document for document in documents if root and document.name != _STDIO]
    names: dict[str, str] = {}
    for document in kept:
        domain = store.domain_of(document.name)
        if domain in names:
            raise UsageError(f"{names[domain]} and {document.name} would share the catalogue {domain}.po: rename one")
        names[domain] = document.name
    for output in outputs.values():
        if output and output.is_dir():
            raise DataError("is a directory", output)
    if root and kept:
        with store.locked(root):
            pass


def _translate(
    run: _Run,
    opener: Opener,
    outputs: Mapping[tuple[str, str], Path | None],
    root: Path | None,
    now: str,
    *,
    quiet: bool,
) -> list[Job]:
    from glossa import engines, pipeline, store
    from glossa.catalogs import drafts
    from glossa.text import documents as texts

    language = run.style.language
    lang = language.code

    signature = engines.signature(run.route)

    @cache
    def open_engine() -> Engine:
        return opener.open(run.route)

    def written(article: Article, translations: tuple[Translation, ...]) -> Job:
        document = article.document
        text = texts.render(document, {t.segment_id: t.target for t in translations}, language.joiner)
        if root and document.name != _STDIO:
            segments = pipeline.catalogue_segments(article, translations)
            domain = store.domain_of(document.name)
            store.update_catalogue(
                root, lang, domain, partial(drafts.merge, segments=segments, lang=lang, domain=domain, now=now)
            )
        path = outputs[document.name, lang]
        if path:
            store.write_atomic(path, texts.encode(document, text))
        return Job(document, lang, translations, text, path, pipeline.count_terms(translations), run.proposed)

    done: list[Job] = []
    for group in groups(run.articles):
        with _progress(lang, quiet=quiet) as progress:
            results = pipeline.translate(group, run.matcher, run.style, signature, open_engine, progress)
        done += [written(article, translations) for article, translations in zip(group, results, strict=True)]
    return done


def groups(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """Articles that are decoded together and then written: what is done of a long run is safe when it is broken off."""
    group: list[Article] = []
    for article in articles:
        group.append(article)
        if sum(len(each.document.segments) for each in group) >= _TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _enforced(term: Term, *, proposed: bool) -> bool:
    return bool(term.target) and (proposed or term.status is Status.APPROVED)


def _article(document: Document, root: Path | None, lang: str, *, fresh: bool) -> Article:
    from glossa import store
    from glossa.catalogs import drafts
    from glossa.pipeline import Article

    if root is None or document.name == _STDIO:
        return Article(document, {})
    domain = store.domain_of(document.name)
    po = store.load_catalogue(root, lang, domain)
    for other in {name for entry in po or () for name, _ in entry.occurrences}:
        if Path(other).resolve() != Path(document.name).resolve() and Path(other).is_file():
            path = store.catalogue_path(root, lang, domain)
            raise UsageError(f"{path} holds the translation of {other}: rename {document.name}")
    entries = drafts.state(po) if po is not None else {}
    if fresh:
        entries = {source: entry for source, entry in entries.items() if entry.reviewed or entry.edited}
    return Article(document, entries)


def _now() -> str:
    """The time for catalogue headers; SOURCE_DATE_EPOCH stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now().astimezone()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH={epoch} is no time in seconds") from None
    return now.strftime("%Y-%m-%d %H:%M%z")


def _notice(text: str, *, quiet: bool) -> None:
    if not quiet and sys.stderr.isatty():
        click.echo(f"glossa: {text}", err=True)


@contextmanager
def _progress(lang: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    bar: Any = None

    def report(done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            bar = click.progressbar(length=total, label=f"en → {lang}", file=sys.stderr, show_pos=True)
        bar.update(done - bar.pos)

    try:
        yield report
    finally:
        if bar is not None:
            bar.render_finish()
