"""Proposed renderings for extracted terms, in every language: loads what `extraction.propose` needs, and asks the
translator for what nothing else knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from glossa import languages
from glossa.errors import PackageError
from glossa.extraction.propose import Glossary, clean, propose
from glossa.model import Candidate, Document, Kind, Proposal, Segment, Severity, Span, Status, Term, Translation
from glossa.terms.spelling import fold_text

if TYPE_CHECKING:
    from glossa.engines import Opener
    from glossa.translation.engine import Engine
    from glossa.workspace import Workspace

Proposals = Mapping[tuple[Kind, str], Proposal]
"""By kind and term of a candidate."""

_OWN = "glossa.po"  # the messages of the program itself
_MSGID = re.compile(r'^msgid "((?:[^"\\]|\\.)+)"$', re.MULTILINE)
_WRAPPED = 60  # characters from which on a msgid may stand on several lines
_WORD = re.compile(r"\S+")
_SMALL = frozenset({"of", "the", "and", "for", "a", "an", "to", "in", "on", "at", "by", "with"})
# Mean log-probabilities per token, and how much a word must add to it. Chosen on 90 everyday terms that the glossary
# does not have; of 50 others in two languages, 14 renderings of the bundled packages pass, and 11 of these are right.
_LIKELY = -0.85
_LIKELY_WORD = -0.65
_GAIN = 0.6
_LOST = frozenset({"repetition", "number-missing", "number-added", "term-touching", "term-surplus", "tag-leftover"})


def propose_all(
    candidates: Sequence[Candidate],
    terms: Mapping[str, Sequence[Term]],
    workspace: Workspace,
    langs: Iterable[str],
    *,
    opener: Opener | None = None,
    environ: Mapping[str, str] | None = None,
    home: Path | None = None,
    notice: Callable[[str], None] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> dict[str, Proposals]:
    """A rendering to propose for each candidate for which there is one, by language.

    Args:
        candidates: the terms; those of one kind and spelling are the same.
        terms: by language, all terms of the glossary in force, approved or not.
        workspace: where reviewed catalogues are, and which packages to use.
        langs: the languages to propose in.
        opener: opens the translator; None: nothing is translated by machine.
        environ: the environment, for where packages are; needed with `opener`.
        home: the home directory, for the same.
        notice: told, once a language, why nothing is translated by machine.
        progress: called with (language, terms translated, terms to translate).

    Raises:
        DataError: a catalogue cannot be read or is broken.
    """
    done: dict[str, Proposals] = {}
    for lang in langs:
        known = terms.get(lang, ())
        glossary = Glossary(known, lang, reviewed(workspace.root, lang, candidates))
        found = {(each.kind, each.term): propose(each, glossary) for each in candidates}
        made = {name: proposal for name, proposal in found.items() if proposal}
        # A small network spells a name that it has never seen as if it were another one.
        rest = {(each.kind, each.term): each for each in candidates if each.kind is not Kind.PERSON}
        rest = {name: each for name, each in rest.items() if name not in made}
        if opener is not None and rest:
            try:
                made |= _by_machine(list(rest.values()), known, glossary, workspace, opener, environ, home, progress)
            except PackageError as error:
                if notice:
                    notice(f"nothing is proposed by machine in {languages.target(lang).name}: {error}")
        done[lang] = made
    return done


def reviewed(root: Path | None, lang: str, candidates: Iterable[Candidate]) -> dict[str, tuple[str, str]]:
    """Approved entries of the workspace's catalogues that are one of the terms, folded, and nothing more.

    Of several catalogues that have a term the first by name counts.
    """
    from glossa.catalogs import drafts, po
    from glossa.store import catalogue_path, read_text

    if root is None:
        return {}
    wanted = {fold_text(form) for each in candidates for form in (each.term, *each.variants)}
    every = any(len(form) > _WRAPPED for form in wanted)
    found: dict[str, tuple[str, str]] = {}
    folder = catalogue_path(root, lang, "x").parent
    for path in sorted(folder.glob("*.po")):
        if path.name == _OWN or path.name.startswith("."):
            continue
        text = read_text(path)
        if every or any(fold_text(match[1]) in wanted for match in _MSGID.finditer(text)):
            for source, entry in drafts.state(po.parse(text, path)).items():
                if entry.reviewed and entry.target and fold_text(source) in wanted:
                    found.setdefault(fold_text(source), (entry.target, path.stem))
    return found


def _by_machine(
    candidates: Sequence[Candidate],
    terms: Iterable[Term],
    glossary: Glossary,
    workspace: Workspace,
    opener: Opener,
    environ: Mapping[str, str] | None,
    home: Path | None,
    progress: Callable[[str, int, int], None] | None,
) -> dict[tuple[Kind, str], Proposal]:
    """What the translator makes of the terms, each alone, where it can be believed.

    Raises:
        PackageError: there is no package for the language, or it cannot be used.
    """
    from glossa import engines, pipeline
    from glossa.terms.match import Matcher
    from glossa.translation import routes
    from glossa.translation.plan import Style

    lang = glossary.lang
    route = routes.route(
        languages.SOURCE, lang, environ or {}, home or Path.home(), workspace.config.packages.get(lang)
    )
    open_engine = cache(lambda: opener.open(route))
    texts = [each.term for each in candidates]
    approved = [term for term in terms if term.status is Status.APPROVED and term.target and not term.rejected]
    translations = pipeline.translate(
        [pipeline.Article(_document(text, number), {}) for number, text in enumerate(texts)],
        Matcher(approved, texts),
        Style(languages.target(lang), workspace.config.digits.get(lang, "latin"), "latin"),
        engines.signature(route),
        open_engine,
        None if progress is None else lambda count, total: progress(lang, count, total),
    )
    made: list[tuple[Candidate, str, Translation]] = []
    for candidate, (translation,) in zip(candidates, translations, strict=True):
        text = _rendering(candidate.term, translation, lang)
        if text and not glossary.foreign(candidate.term, text) and not glossary.refused(candidate, text):
            made.append((candidate, text, translation))
    believed = _believed(made, open_engine) if made else []
    origin = "machine: " + " + ".join(f"{package.argospm_name} {package.version}" for package in route)
    return {(each.kind, each.term): Proposal(text, origin) for each, text in believed}


def _believed(
    made: Sequence[tuple[Candidate, str, Translation]], open_engine: Callable[[], Engine]
) -> list[tuple[Candidate, str]]:
    """The renderings that the network thinks likely, and less likely whichever word of the term is left out.

    A network that does not know a word renders the others only, or says something likely that has nothing to do with
    the term; then a term without that word is as good a source for what it says. Words of approved terms are not left
    out: that their renderings are there is known.
    """
    asked: list[tuple[str, str]] = []
    ranges: list[tuple[int, int]] = []
    for candidate, text, translation in made:
        begin = len(asked)
        asked.append((candidate.term, text))
        asked += [(shorter, text) for shorter in _shortened(candidate.term, translation)]
        ranges.append((begin, len(asked)))
    scores = open_engine().score(asked)
    found: list[tuple[Candidate, str]] = []
    for (candidate, text, translation), (begin, end) in zip(made, ranges, strict=True):
        whole, shortened = scores[begin], scores[begin + 1 : end]
        least = _LIKELY if " " in candidate.term else _LIKELY_WORD
        likely = bool(translation.requirements) or whole >= least
        if likely and all(whole - score >= _GAIN for score in shortened):
            found.append((candidate, text))
    return found


def _shortened(term: str, translation: Translation) -> list[str]:
    """The term without each of its words that mean something, but those of approved terms."""
    words = list(_WORD.finditer(term))
    shorter: list[str] = []
    for word in words:
        span = Span(*word.span())
        fixed = any(span.overlaps(requirement.span) for requirement in translation.requirements)
        if len(words) > 1 and not fixed and word[0].lower() not in _SMALL:
            shorter.append(" ".join((term[: span.start] + term[span.end :]).split()))
    return shorter


def _document(term: str, number: int) -> Document:
    segment = Segment(0, term, Span(0, len(term)), 0, 1)
    return Document(str(number), "plain", term, (segment,))


def _rendering(term: str, translation: Translation, lang: str) -> str:
    if any(finding.severity is Severity.ERROR or finding.code in _LOST for finding in translation.findings):
        return ""
    return clean(term, translation.target, lang)
