"""`glossa extract`: propose the terms of English articles for the glossary."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from glossa import languages
from glossa import workspace as workspaces
from glossa.errors import DataError, UsageError
from glossa.model import Candidate, Kind, Proposal, Status, Term

if TYPE_CHECKING:
    from glossa.workspace import Workspace

_STDIO = "-"
_Terms = Mapping[str, Sequence[Term]]
_Proposals = Mapping[str, Mapping[tuple[Kind, str], Proposal]]


@click.command(short_help="Propose the terms of articles for the glossary.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--to", "targets", metavar="LANG", multiple=True, help="Propose renderings in this language; repeatable.")
@click.option(
    "--kind", "chosen", type=click.Choice([kind.value for kind in Kind]), multiple=True, help="Only this kind."
)
@click.option("--known", is_flag=True, help="List also the terms that the glossary has already.")
@click.option(
    "--missing", metavar="LANG", help="List only terms without an approved rendering; exit code 1 if there are any."
)
@click.option(
    "--write", "domain", metavar="DOMAIN", help="Merge the terms into glossary/DOMAIN.pot and its catalogues."
)
@click.option("--no-machine", is_flag=True, help="Propose nothing by machine translation.")
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="Leave out what scores less.")
@click.option("--format", "format_name", help="Read all files in this format, whatever their names.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--quiet", is_flag=True, help="No progress, no table.")
def command(
    files: tuple[str, ...],
    targets: tuple[str, ...],
    chosen: tuple[str, ...],
    known: bool,
    missing: str | None,
    domain: str | None,
    no_machine: bool,
    min_score: float,
    format_name: str | None,
    as_csv: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """List titles, units, institutions, persons, places, events and recurring phrases of English articles.

    Each with the forms seen, where, how often, and a rendering to propose. Nothing is enforced before somebody
    approves it.
    """
    from glossa import index

    if as_csv and as_json:
        raise UsageError("--csv and --json exclude one another")
    place = workspaces.find(Path.cwd())
    langs = [languages.target(code.lower()).code for code in dict.fromkeys(targets or place.config.targets)]
    lacking = languages.target(missing.lower()).code if missing else None
    every = list(dict.fromkeys([*langs, *([lacking] if lacking else []), *(place.config.targets if domain else ())]))
    terms = {lang: index.load_terms(place, lang, os.environ, Path.home(), rejected=True) for lang in every}
    found = _extract(files, terms[every[0]], format_name, quiet=quiet)
    status = _Status(terms)
    shown = [each for each in found if each.score >= min_score and (not chosen or each.kind.value in chosen)]
    if lacking:
        shown = [each for each in shown if status.of(each, lacking) not in ("approved", "rejected")]
    elif not known:
        shown = [each for each in shown if any(status.of(each, lang) in ("", "proposed") for lang in every)]
    proposals = _propose(shown, terms, place, every, machine=not no_machine, quiet=quiet)
    if domain:
        for path in _write(place, domain, shown, proposals, files, status):
            click.echo(f"{path}", err=as_csv or as_json)
    if as_json:
        rows = [_json(each, langs, proposals, status) for each in shown]
        click.echo(json.dumps({"terms": rows}, ensure_ascii=False, indent=2))
    elif as_csv:
        _csv(shown, langs, proposals, status)
    elif not quiet and not domain:
        for line in _table(shown, langs, proposals, status):
            click.echo(line)
    if lacking and shown:
        sys.exit(1)


class _Status:
    """How the terms of the glossary stand, asked by candidate."""

    def __init__(self, terms: _Terms) -> None:
        from glossa.terms.spelling import fold_text

        self._fold = fold_text
        self._known: dict[str, dict[str, Term]] = {}
        for lang, listed in terms.items():
            forms: dict[str, Term] = {}
            for term in listed:
                for form in (term.source, *term.variants, *term.acronyms):
                    other = forms.get(fold_text(form))
                    if other is None or (other.status is not Status.APPROVED and term.status is Status.APPROVED):
                        forms[fold_text(form)] = term
            self._known[lang] = forms

    def of(self, candidate: Candidate, lang: str) -> str:
        """One of "approved", "proposed", "rejected", "" where the glossary has no rendering."""
        term = self.term(candidate, lang)
        if term is None:
            return ""
        if term.rejected:
            return "rejected"
        return term.status.value if term.target else ""

    def term(self, candidate: Candidate, lang: str) -> Term | None:
        """The glossary's term, by its English form or a variant."""
        forms = self._known.get(lang, {})
        return next(
            (forms[key] for form in (candidate.term, *candidate.variants) if (key := self._fold(form)) in forms), None
        )


def _extract(
    files: Sequence[str], terms: Sequence[Term], format_name: str | None, *, quiet: bool
) -> tuple[Candidate, ...]:
    from glossa import knowledge
    from glossa.extraction.tally import Tally
    from glossa.text import documents

    tally = Tally(knowledge.load(term for term in terms if not term.rejected))
    names = list(dict.fromkeys(files))
    hidden = quiet or len(names) < 2 or not sys.stderr.isatty()
    with click.progressbar(names, label="articles", file=sys.stderr, hidden=hidden) as bar:
        for name in bar:
            try:
                data = sys.stdin.buffer.read() if name == _STDIO else Path(name).read_bytes()
            except OSError as error:
                raise DataError(f"cannot be read: {error.strerror or error}", name) from error
            tally.add(name, documents.passages(data, name, format_name))
    return tally.candidates()


def _propose(
    found: Sequence[Candidate], terms: _Terms, place: Workspace, langs: Sequence[str], *, machine: bool, quiet: bool
) -> _Proposals:
    from glossa import proposals
    from glossa.engines import Opener

    def notice(message: str) -> None:
        if not quiet:
            click.echo(f"glossa: {message}", err=True)

    opener = Opener(os.environ, Path.home(), notice=notice) if machine else None
    standing = {lang: [term for term in listed if not term.rejected] for lang, listed in terms.items()}
    return proposals.propose_all(
        found, standing, place, langs, opener=opener, environ=os.environ, home=Path.home(), notice=notice
    )


def _write(
    place: Workspace,
    domain: str,
    found: Sequence[Candidate],
    proposals: _Proposals,
    files: Sequence[str],
    status: _Status,
) -> list[Path]:
    """Merge into the workspace's glossary; a rendering approved elsewhere is not proposed over."""
    from glossa import store
    from glossa.catalogs import termbase
    from glossa.cli.translate import _now as now

    if place.root is None:
        raise UsageError("there is no workspace here to write to; make one with: glossa init")
    langs = place.config.targets
    date = now()
    here = {
        lang: {
            name: proposal
            for each in found
            if status.of(each, lang) != "approved" and (proposal := proposals[lang].get(name := (each.kind, each.term)))
        }
        for lang in langs
    }
    return store.update_glossary(
        place.root, domain, langs, lambda files_now: termbase.merge(files_now, found, here, files=files, now=date)
    )


def _json(each: Candidate, langs: Sequence[str], proposals: _Proposals, status: _Status) -> dict[str, Any]:
    made = {lang: proposals[lang].get((each.kind, each.term)) for lang in langs}
    return {
        "kind": each.kind.value,
        "term": each.term,
        "acronym": each.acronyms[0] if each.acronyms else None,
        "variants": [*each.acronyms[1:], *each.variants, *each.short_forms],
        "persons": list(each.persons),
        "count": each.count,
        "documents": each.documents,
        "score": each.score,
        "references": list(each.references),
        "context": each.context,
        "proposed": {lang: {"text": one.text, "origin": one.origin} for lang, one in made.items() if one},
        "status": {lang: status.of(each, lang) or "new" for lang in langs},
    }


def _csv(found: Sequence[Candidate], langs: Sequence[str], proposals: _Proposals, status: _Status) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    head = ["kind", "term", "acronym", "variants", "count", "documents", "score"]
    out.writerow(
        [*head, *(f"{lang}{part}" for lang in langs for part in ("", "_origin", "_status")), "references", "context"]
    )
    for each in found:
        row: list[object] = [
            each.kind,
            each.term,
            (each.acronyms or ("",))[0],
            "|".join((*each.variants, *each.short_forms)),
        ]
        row += [each.count, each.documents, each.score]
        for lang in langs:
            one = proposals[lang].get((each.kind, each.term))
            row += [one.text if one else "", one.origin if one else "", status.of(each, lang) or "new"]
        out.writerow([*row, " ".join(each.references), each.context])


def _table(found: Sequence[Candidate], langs: Sequence[str], proposals: _Proposals, status: _Status) -> Iterator[str]:
    """Two or more lines for each term: what it is, and in each language what there is or is proposed."""
    for each in found:
        acronym = f" ({', '.join(each.acronyms)})" if each.acronyms else ""
        yield f"{each.score:4.2f}  {each.kind:11}  {click.style(each.term, bold=True)}{acronym}  ×{each.count}"
        forms = (*each.variants, *each.short_forms)
        if forms or each.persons:
            yield click.style(f"      {', '.join((*forms, *each.persons))}", dim=True)
        for lang in langs:
            one = proposals[lang].get((each.kind, each.term))
            term = status.term(each, lang)
            if term is not None and status.of(each, lang) in ("approved", "proposed"):
                yield f"      {lang}  {term.target}  ({status.of(each, lang)})"
            elif one:
                yield f"      {lang}  {one.text}  ({one.origin})"
