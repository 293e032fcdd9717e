"""`glossa translate`: articles in, translations, catalogues and a report out."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from glossa import languages
from glossa.errors import DataError, UsageError
from glossa.model import Document, Finding, Origin, Severity, Status, Term, Translation

if TYPE_CHECKING:
    from glossa.pipeline import Article, Count
    from glossa.translation.engine import Engine
    from glossa.workspace import Workspace

_STDIO = "-"


@dataclass(frozen=True, slots=True)
class _Job:
    """One article in one language, done."""

    article: Article
    lang: str
    translations: tuple[Translation, ...]
    text: str
    output: Path | None  # None: standard output
    count: Count

    @property
    def findings(self) -> list[tuple[int, Finding]]:
        """(line of the source, finding), in order."""
        lines = {segment.id: segment.line for segment in self.article.document.segments}
        return [(lines[t.segment_id], finding) for t in self.translations for finding in t.findings]


@click.command("translate")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--to", "targets", multiple=True, metavar="LANG", help="Target language (km, ja); may be repeated.")
@click.option("-o", "--output", metavar="DIR", help="Where translations go (default: beside FILE); - prints them.")
@click.option(
    "--glossary", "extra", multiple=True, metavar="PATH", help="A .po file or a directory of terms that override."
)
@click.option("--package", "choose", metavar="NAME", help="The translation package to use (see glossa models list).")
@click.option("--proposed", is_flag=True, help="Enforce proposed (fuzzy) renderings as well as approved ones.")
@click.option("--no-glossary", is_flag=True, help="Enforce no terms, for comparison.")
@click.option("--fresh", is_flag=True, help="Translate drafts anew even where nothing has changed.")
@click.option("--format", "format_name", metavar="FORMAT", help="plain or markdown (default: by the file's suffix).")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no report; errors and exit code only.")
def command(
    files: tuple[str, ...],
    targets: tuple[str, ...],
    output: str | None,
    extra: tuple[str, ...],
    choose: str | None,
    format_name: str | None,
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

    started = time.monotonic()
    workspace = workspaces.find(Path.cwd())
    langs = [languages.target(code).code for code in dict.fromkeys(targets or workspace.config.targets)]
    documents = _read(files, format_name)
    outputs = _outputs(documents, langs, output)
    _check_names(documents)
    done: list[_Job] = []
    for lang in langs:
        done += _translate(
            documents,
            outputs,
            lang,
            workspace,
            extra=[Path(path) for path in extra],
            choose=choose or workspace.config.packages.get(lang),
            proposed=proposed,
            no_glossary=no_glossary,
            fresh=fresh,
            quiet=quiet,
        )
    _print_texts(done, as_json=as_json)
    seconds = time.monotonic() - started
    if as_json:
        click.echo(json.dumps(_as_json(done, seconds), ensure_ascii=False, indent=2))
    elif not quiet:
        _report(done, seconds, to_stderr=any(job.output is None for job in done))
    if any(finding.severity is Severity.ERROR for job in done for _, finding in job.findings):
        raise click.exceptions.Exit(1)


def _read(files: Sequence[str], format_name: str | None) -> list[Document]:
    from glossa.text import documents

    read: list[Document] = []
    for name in dict.fromkeys(files):
        try:
            data = sys.stdin.buffer.read() if name == _STDIO else Path(name).read_bytes()
        except OSError as error:
            raise DataError(f"cannot be read: {error.strerror or error}", name) from error
        read.append(documents.read(data, name, format_name))
    return read


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


def _check_names(documents: Sequence[Document]) -> None:
    """Two articles of one run must not share a catalogue: each would take the other's segments for vanished."""
    from glossa import store

    names: dict[str, str] = {}
    for document in documents:
        domain = store.domain_of(document.name)
        if domain in names:
            raise UsageError(f"{names[domain]} and {document.name} would share the catalogue {domain}.po: rename one")
        names[domain] = document.name


def _translate(
    documents: Sequence[Document],
    outputs: Mapping[tuple[str, str], Path | None],
    lang: str,
    workspace: Workspace,
    *,
    extra: Sequence[Path],
    choose: str | None,
    proposed: bool,
    no_glossary: bool,
    fresh: bool,
    quiet: bool,
) -> list[_Job]:
    from glossa import index, pipeline, store
    from glossa.terms.match import Matcher
    from glossa.text import documents as texts
    from glossa.translation import packages
    from glossa.translation.plan import Style

    language = languages.target(lang)
    config = workspace.config
    style = Style(language, config.digits.get(lang, "latin"), config.acronyms.get(lang, "introduce"))
    package = packages.find(languages.SOURCE, lang, os.environ, Path.home(), choose)
    terms = () if no_glossary else index.load_terms(workspace, lang, os.environ, Path.home(), extra)
    matcher = Matcher(term for term in terms if _enforced(term, proposed=proposed))
    root = workspace.root or Path.cwd()
    articles = [_article(document, root, lang, fresh=fresh) for document in documents]

    def open_engine() -> Engine:
        from glossa.translation.ctranslate import open_engine

        return open_engine(package, packages.tokenizer)

    with _progress(lang, quiet=quiet) as progress:
        results = pipeline.translate(articles, matcher, style, package.signature, open_engine, progress)
    done: list[_Job] = []
    for article, translations in zip(articles, results, strict=True):
        document = article.document
        text = texts.render(document, {t.segment_id: t.target for t in translations}, language.joiner)
        if document.name != _STDIO:
            segments = pipeline.catalogue_segments(article, translations)
            domain = store.domain_of(document.name)
            store.update_catalogue(root, lang, domain, _merger(segments, lang, domain))
        path = outputs[document.name, lang]
        if path:
            store.write_atomic(path, texts.encode(document, text))
        done.append(_Job(article, lang, translations, text, path, pipeline.count_terms(translations)))
    return done


def _enforced(term: Term, *, proposed: bool) -> bool:
    return bool(term.target) and (proposed or term.status is Status.APPROVED)


def _article(document: Document, root: Path, lang: str, *, fresh: bool) -> Article:
    from glossa import store
    from glossa.catalogs import drafts
    from glossa.pipeline import Article

    po = None if document.name == _STDIO else store.load_catalogue(root, lang, store.domain_of(document.name))
    entries = drafts.state(po) if po is not None else {}
    if fresh:
        entries = {source: entry for source, entry in entries.items() if entry.reviewed or entry.edited}
    return Article(document, entries)


def _merger(segments: Sequence[Any], lang: str, domain: str) -> Callable[[Any], Any]:
    from glossa.catalogs import drafts

    return lambda po: drafts.merge(po, segments, lang, domain, _now())


def _now() -> str:
    """The time for catalogue headers; SOURCE_DATE_EPOCH stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now().astimezone()
    return now.strftime("%Y-%m-%d %H:%M%z")


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


def _print_texts(done: Sequence[_Job], *, as_json: bool) -> None:
    printed = [job for job in done if job.output is None]
    if as_json:
        return
    for job in printed:
        if len(printed) > 1:
            click.echo(f"== {job.article.document.name} ({job.lang}) ==\n")
        click.echo(job.text, nl=not job.text.endswith("\n") and len(printed) > 1)
        if len(printed) > 1:
            click.echo()


def _origins(job: _Job, *origins: Origin) -> int:
    return sum(translation.origin in origins for translation in job.translations)


def _as_json(done: Sequence[_Job], seconds: float) -> dict[str, Any]:
    return {
        "documents": [
            {
                "source": job.article.document.name,
                "lang": job.lang,
                "output": str(job.output) if job.output else None,
                **({} if job.output else {"text": job.text}),
                "segments": len(job.translations),
                "reused": _origins(job, Origin.REVIEWED, Origin.DRAFT),
                "reviewed": _origins(job, Origin.REVIEWED),
                "terms": {
                    "required": job.count.required,
                    "rendered": job.count.rendered,
                    "repaired": job.count.repaired,
                    "forced": job.count.forced,
                    "missing": job.count.missing,
                },
                "findings": [
                    {"code": f.code, "severity": str(f.severity), "line": line, "message": f.message}
                    for line, f in job.findings
                ],
            }
            for job in done
        ],
        "seconds": round(seconds, 2),
    }


def _report(done: Sequence[_Job], seconds: float, *, to_stderr: bool) -> None:
    for job in done:
        name = job.article.document.name
        reviewed, drafts = _origins(job, Origin.REVIEWED), _origins(job, Origin.DRAFT)
        new = len(job.translations) - reviewed - drafts
        count = job.count
        click.echo(f"{name} → {job.output or 'standard output'}", err=to_stderr)
        click.echo(
            f"  segments: {len(job.translations)} ({new} new, {drafts} drafts reused, {reviewed} reviewed)",
            err=to_stderr,
        )
        click.echo(
            f"  terms: {count.required} required, {count.rendered} rendered "
            f"({count.repaired} repaired, {count.forced} forced), {count.missing} missing",
            err=to_stderr,
        )
        for line, finding in job.findings:
            click.echo(f"  {name}:{line}: {finding.severity} {finding.code}: {finding.message}", err=to_stderr)
    click.echo(f"{seconds:.1f} s", err=to_stderr)
