"""`glossa lookup`: what the glossary says about a word, in any of its languages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from glossa import index, languages, workspace
from glossa.model import Kind, Status, Term
from glossa.terms.search import Hit

_MARKS = {Status.APPROVED: "approved", Status.PROPOSED: "proposed"}
_COLOURS = {Status.APPROVED: "green", Status.PROPOSED: "yellow"}


@click.command(short_help="Look a term up in the glossary.")
@click.argument("terms", metavar="TERM...", nargs=-1, required=True)
@click.option("--to", "targets", metavar="LANG", multiple=True, help="Show this language only; may be repeated.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only terms of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True, help="At most this many terms for each TERM."
)
def command(terms: tuple[str, ...], targets: tuple[str, ...], kind: str | None, as_json: bool, limit: int) -> None:
    """Look terms up in the glossary: in English, Khmer or Japanese, by term, acronym or variant, whole or in part.

    The best answers come first; words that are only similar are shown where nothing else is found. Put a term of
    several words in quotation marks. Exit code 1: nothing was found for one of them.
    """
    for code in targets:
        languages.target(code)
    place = workspace.find(Path.cwd())
    shown = tuple(dict.fromkeys(targets)) or place.config.targets
    answers = index.search(
        place, terms, os.environ, Path.home(), kind=None if kind is None else Kind(kind), limit=limit
    )
    if as_json:
        import json

        matches = [_json(hit, shown) for hits in answers for hit in hits]
        click.echo(json.dumps({"matches": matches}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_page(answers, shown)), nl=any(answers), color=_colour())
    missing = [term for term, hits in zip(terms, answers, strict=True) if not hits]
    for term in missing:
        click.echo(f"glossa: nothing found for {term!r}", err=True)
    if missing:
        sys.exit(1)


def _colour() -> bool | None:
    """None: as click sees fit, colours on a terminal only."""
    return False if os.environ.get("NO_COLOR") else None


def _json(hit: Hit, langs: Sequence[str]) -> dict[str, Any]:
    first = hit.terms[0]
    return {
        "query": hit.query,
        "term": first.source,
        "kind": first.kind.value,
        "acronym": first.acronyms[0] if first.acronyms else None,
        "acronyms": list(first.acronyms),
        "variants": list(first.variants),
        "scope": first.scope or None,
        "definition": first.definition or None,
        "references": _references(hit.terms),
        "renderings": {term.lang: _rendering(term) for term in _ordered(hit, langs) if term.target},
        "score": round(hit.score, 3),
    }


def _rendering(term: Term) -> dict[str, Any]:
    return {
        "text": term.target,
        "status": term.status.value,
        "accept": list(term.accept),
        "forbid": list(term.forbid),
        "only_for": dict(term.only_for),
        "note": term.note or None,
    }


def _references(terms: Iterable[Term]) -> list[str]:
    return list(dict.fromkeys(reference for term in terms for reference in term.references))


def _ordered(hit: Hit, langs: Sequence[str]) -> list[Term]:
    terms = {term.lang: term for term in hit.terms}
    return [terms[lang] for lang in langs if lang in terms]


def _page(answers: Sequence[Sequence[Hit]], langs: Sequence[str]) -> Iterator[str]:
    """The answers as lines: what was found as asked for at length, what only holds the query below it in brief."""
    blank = False
    for hits in answers:
        whole = [hit for hit in hits if hit.exact] or hits
        if hits and hits[0].similar:
            if blank:
                yield ""
            yield click.style(f"Nothing is written {hits[0].query!r}; this is similar:", dim=True)
            blank = False
        for hit in whole:
            if blank:
                yield ""
            yield from _entry(hit, langs)
            blank = True
        rest = hits[len(whole) :]
        if rest:
            yield ""
            yield click.style("See also", dim=True)
            for hit in rest:
                renderings = [term.target for term in _ordered(hit, langs) if term.target]
                yield from _wrapped("", [_name(hit.terms[0]), *renderings], " · ")


def _name(term: Term) -> str:
    return f"{term.source} ({', '.join(term.acronyms)})" if term.acronyms else term.source


def _entry(hit: Hit, langs: Sequence[str]) -> Iterator[str]:
    first = hit.terms[0]
    scope = " · only before a name" if first.scope == "before-name" else ""
    yield f"{click.style(_name(first), bold=True)}  {click.style(f'[{first.kind.value}{scope}]', dim=True)}"
    if first.definition:
        yield from _wrapped("", [first.definition], " ")
    if first.variants:
        yield from _wrapped("also: ", first.variants)
    for term in _ordered(hit, langs):
        if not term.target:
            yield f"  {term.lang}  {click.style('no rendering yet', dim=True)}"
            continue
        mark = click.style(f"({_MARKS[term.status]})", fg=_COLOURS[term.status])
        same = ", not translated" if term.target == term.source else ""
        yield f"  {term.lang}  {click.style(term.target, bold=True)}  {mark}{same}"
        for countries, rendering in term.only_for:
            yield from _wrapped(f"    {rendering} for ", countries.split("|"))
        if term.accept:
            yield from _wrapped("    accepted: ", term.accept)
        if term.forbid:
            yield from _wrapped("    never: ", term.forbid)
        for line in term.note.split("\n") if term.note else ():
            yield from _wrapped("    note: ", [line])
    references = _references(hit.terms)
    if references:
        more = f" and {len(references) - 5} more" if len(references) > 6 else ""
        yield from _wrapped("seen: ", references[:5] if more else references, ", ", more)


def _wrapped(label: str, parts: Sequence[str], between: str = ", ", after: str = "") -> Iterator[str]:
    """Lines of at most 80 columns, indented below one another; a part is broken at its spaces if it must be."""
    indent = len(label) - len(label.lstrip()) + 2
    text = between.join(parts) + after
    line = "  " + label
    for number, word in enumerate(text.split(" ")):
        if number and _columns(line) + 1 + _columns(word) > 80:
            yield line
            line = " " * (indent + 2) + word
        else:
            line += f" {word}" if number else word
    yield line


def _columns(text: str) -> int:
    """Columns of a text in a terminal: two for a wide character, none for a mark on another."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )
