"""From parsed articles to their translations: the steps of the data flow, with engine and glossary passed in.

1. every segment is parsed for inline markup and planned: which terms, names, dates and numbers are fixed in it;
2. a reviewed entry of the article's catalogue is used as it is, a draft that still holds is used again;
3. the rest, of all articles together, is decoded with what is fixed enforced (`translation.enforce`);
4. each result is finished: digits, punctuation, emphasis and links; and checked once more as it will be read.

Pure but for the engine: no file is read or written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from glossa.catalogs import drafts
from glossa.catalogs.drafts import Draft, Entry, KeptSegment
from glossa.model import Document, Finding, Origin, Requirement, Segment, Severity, Span, Translation
from glossa.quantities import numbers
from glossa.terms.match import Matcher
from glossa.text import formats
from glossa.text.inline import Inline, Mark, restore
from glossa.translation import check, enforce, joints, repair, typography
from glossa.translation.engine import Alignment, Engine
from glossa.translation.marking import litter
from glossa.translation.plan import Style, plan
from glossa.translation.verify import Verdict, verify


@dataclass(frozen=True, slots=True)
class Article:
    """A document and what its catalogue in one language holds already, by source."""

    document: Document
    entries: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class _Job:
    """A segment on its way through the pipeline."""

    segment: Segment
    inline: Inline
    requirements: tuple[Requirement, ...]
    parse: Callable[[str], Inline]

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """What is enforced, as the catalogue records it."""
        return tuple(_pairs(self.requirements, self.inline.plain))


def _pairs(requirements: Iterable[Requirement], plain: str) -> Iterator[tuple[str, str]]:
    return ((requirement.span.of(plain), requirement.rendering) for requirement in requirements)


def translate(
    articles: Sequence[Article],
    matcher: Matcher,
    style: Style,
    signature: str,
    open_engine: Callable[[], Engine],
    progress: Callable[[int, int], None] | None = None,
) -> list[tuple[Translation, ...]]:
    """Translate the articles into one language.

    Args:
        matcher: over the terms to enforce; an empty one enforces nothing but dates, numbers and code.
        signature: of the engine, to know which drafts hold without loading it.
        open_engine: loads the engine; called only if something is to be decoded.
        progress: called with (segments done, segments to do).

    Returns:
        For each article the translations of all its segments, in order.
    """
    planned = [_jobs(article.document, matcher, style) for article in articles]
    results: list[dict[str, Translation]] = [{} for _ in articles]
    waiting: dict[tuple[int, str], _Job] = {}
    for number, (article, jobs) in enumerate(zip(articles, planned, strict=True)):
        for source, job in _strictest((job.segment.text, job) for job in jobs).items():
            entry = article.entries.get(source)
            if entry and entry.target and drafts.holds(entry, signature, job.terms):
                results[number][source] = _reused(job, entry, style)
            else:
                waiting[number, source] = job
    rendered = _render(list(waiting.values()), style, signature, open_engine, progress)
    for (number, source), translation in zip(waiting, rendered, strict=True):
        results[number][source] = translation
    return [_in_order(jobs, done, style) for jobs, done in zip(planned, results, strict=True)]


_Asking = TypeVar("_Asking", _Job, Translation)


def _strictest(pairs: Iterable[tuple[str, _Asking]]) -> dict[str, _Asking]:
    """One of those with the same source: a catalogue has one entry for a sentence, however often it stands.

    What is required can differ with the place (an acronym introduced meanwhile); the most demanding place counts.
    """
    chosen: dict[str, _Asking] = {}
    for source, asking in pairs:
        other = chosen.get(source)
        if other is None or len(asking.requirements) > len(other.requirements):
            chosen[source] = asking
    return chosen


def _in_order(jobs: Sequence[_Job], done: Mapping[str, Translation], style: Style) -> tuple[Translation, ...]:
    """One translation per segment; where a sentence stands again, only what is wrong there and not before is said."""
    said: set[tuple[str, str]] = set()
    translations: list[Translation] = []
    for job in jobs:
        translation = done[job.segment.text]
        findings = translation.findings
        if job.terms != tuple(_pairs(translation.requirements, job.inline.plain)):
            plain = job.parse(translation.target).plain
            verdict = verify(plain, job.requirements, source=job.inline.plain)
            findings = check.check(job.inline.plain, job.requirements, plain, verdict, style.language.code)
            translation = replace(translation, requirements=job.requirements, missing=_missing(job, verdict))
        new = [finding for finding in findings if (job.segment.text, finding.message) not in said]
        said.update((job.segment.text, finding.message) for finding in new)
        translations.append(
            replace(
                translation,
                segment_id=job.segment.id,
                findings=tuple(replace(finding, segment_id=job.segment.id) for finding in new),
            )
        )
    return tuple(translations)


def _jobs(document: Document, matcher: Matcher, style: Style) -> list[_Job]:
    parse = formats.FORMATS[document.format].inline
    inlines = [parse(segment.text) for segment in document.segments]
    planned = plan(inlines, matcher, style)
    return [
        _Job(segment, inline, requirements, parse)
        for segment, inline, requirements in zip(document.segments, inlines, planned, strict=True)
    ]


def _reused(job: _Job, entry: Entry, style: Style) -> Translation:
    lang = style.language.code
    plain = job.parse(entry.target).plain
    verdict = verify(plain, job.requirements, source=job.inline.plain)
    findings = list(check.check(job.inline.plain, job.requirements, plain, verdict, lang))
    forced = [] if entry.reviewed else [line for line in entry.findings if line.startswith(check.FORCED)]
    findings += [Finding(check.FORCED, Severity.WARNING, line.removeprefix(check.FORCED).strip()) for line in forced]
    return Translation(
        job.segment.id,
        job.segment.text,
        entry.target,
        lang,
        Origin.REVIEWED if entry.reviewed else Origin.DRAFT,
        entry.engine,
        job.requirements,
        entry.stage,
        forced=len(forced),
        missing=_missing(job, verdict),
        findings=tuple(findings),
    )


def _render(
    jobs: Sequence[_Job],
    style: Style,
    signature: str,
    open_engine: Callable[[], Engine],
    progress: Callable[[int, int], None] | None,
) -> list[Translation]:
    asked = [_task(job, style) for job in jobs]
    outcomes: dict[int, enforce.Outcome] = {}
    for i, task in enumerate(asked):
        outcome = enforce.direct(task)
        if outcome:
            outcomes[i] = outcome
    to_decode = [i for i in range(len(asked)) if i not in outcomes]
    engine = open_engine() if to_decode else None
    finished = 0

    def report(count: int) -> None:
        nonlocal finished
        finished += count
        if progress:
            progress(finished, len(to_decode))

    if engine:
        decoded = enforce.enforce(engine, [asked[i] for i in to_decode], style.language, report)
        outcomes.update(zip(to_decode, decoded, strict=True))
    texts = [_finished(job, outcomes[i], engine, style) for i, job in enumerate(jobs)]
    marked = [i for i, job in enumerate(jobs) if _partial_marks(job.inline)]
    alignments: dict[int, Alignment] = {}
    if engine and marked:
        pairs = [(outcomes[i].marked, texts[i]) for i in marked]
        alignments = dict(zip(marked, engine.align(pairs), strict=True))
    return [_translation(job, outcomes[i], texts[i], alignments.get(i), signature, style) for i, job in enumerate(jobs)]


def _task(job: _Job, style: Style) -> enforce.Task:
    source = job.inline.plain

    def fault(target: str, verdict: Verdict) -> float:
        """Digits lost or invented, Latin words from nowhere, nothing at all."""
        wrong = len(check.digits(source, job.requirements, target, verdict, style.language.code))
        return 3.0 * wrong + 1.0 * len(check.strangers(source, job.requirements, target)) + 50.0 * (not target.strip())

    return enforce.Task(source, job.requirements, fault)


def _finished(job: _Job, outcome: enforce.Outcome, engine: Engine | None, style: Style) -> str:
    """The decoded text as it is published, inline markup apart: no tags, localised digits, proper punctuation."""
    text = outcome.target
    tags = engine.marking.tags if engine else None
    if tags and not litter(tags).search(job.inline.plain):
        text = litter(tags).sub("", text)
    verdict = verify(text, job.requirements)
    polished = _polish(job, text, style)
    if len(verify(polished, job.requirements).missing) <= len(verdict.missing):
        return polished
    # Something in a rendering was touched: polish around the renderings.
    places = sorted(place for place in verdict.places if place)
    shields = [chr(code) for code in range(0xF0000, 0xF0000 + len(places) + len(text)) if chr(code) not in text]
    shielded: list[str] = []
    done = 0
    for shield, place in zip(shields, places, strict=False):
        shielded += [text[done : place.start], shield]
        done = place.end
    around = _polish(job, "".join([*shielded, text[done:]]), style)
    behind = {shield: place.of(text) for shield, place in zip(shields, places, strict=False)}
    return "".join(behind.get(char, char) for char in around)


def _polish(job: _Job, text: str, style: Style) -> str:
    lang = style.language.code
    text = typography.finish(job.inline.plain, typography.tidy(text, lang), lang)
    text = numbers.localise_digits(text, lang, style.digits)
    return joints.mend(text, job.inline.plain, job.requirements, verify(text, job.requirements).places, lang)


def _translation(
    job: _Job, outcome: enforce.Outcome, text: str, alignment: Alignment | None, signature: str, style: Style
) -> Translation:
    verdict = verify(text, job.requirements, source=job.inline.plain)
    findings = list(check.check(job.inline.plain, job.requirements, text, verdict, style.language.code))
    if outcome.verdict.leftover:
        findings.append(
            Finding("tag-leftover", Severity.WARNING, "an annotation tag was left in the text and taken out")
        )
    for i in sorted(outcome.forced):
        if i not in verdict.missing:
            findings.append(check.forced(job.requirements[i]))
    return Translation(
        job.segment.id,
        job.segment.text,
        restore(text, _placed(job, outcome, text, verdict, alignment)),
        style.language.code,
        Origin.MACHINE,
        signature,
        job.requirements,
        outcome.stage,
        repaired=_terms(job, outcome.repaired, verdict),
        forced=_terms(job, outcome.forced, verdict),
        missing=_missing(job, verdict),
        findings=tuple(findings),
    )


def _terms(job: _Job, numbers_of: Iterable[int], verdict: Verdict) -> int:
    """How many of these requirements are terms that are in the text."""
    return sum(job.requirements[i].kind in check.TERM_KINDS and i not in verdict.missing for i in numbers_of)


def _missing(job: _Job, verdict: Verdict) -> int:
    return sum(job.requirements[i].kind in check.TERM_KINDS for i in verdict.missing)


def _partial_marks(inline: Inline) -> list[Mark]:
    return [mark for mark in inline.marks if not mark.verbatim and not _whole(mark, inline.plain)]


def _whole(mark: Mark, plain: str) -> bool:
    return not (plain[: mark.span.start] + plain[mark.span.end :]).strip()


def _placed(
    job: _Job, outcome: enforce.Outcome, text: str, verdict: Verdict, alignment: Alignment | None
) -> list[tuple[Span, Mark]]:
    """Where each emphasis and link goes in the translation."""
    placed: list[tuple[Span, Mark]] = []
    for mark in job.inline.marks:
        if mark.verbatim:
            continue
        if _whole(mark, job.inline.plain):
            placed.append((Span(0, len(text)), mark))
            continue
        span = _of_requirements(mark, job, verdict)
        if span is None and alignment:
            kept = [place for place in verdict.places if place]
            span = repair.project(alignment, _shifted(mark.span, job, outcome), kept, text)
        placed.append((span or Span(0, len(text)), mark))
    return placed


def _of_requirements(mark: Mark, job: _Job, verdict: Verdict) -> Span | None:
    """The place of the requirements that make up the marked text, if nothing else is in it but an article."""
    inside = [
        i for i, requirement in enumerate(job.requirements)
        if mark.span.start <= requirement.span.start and requirement.span.end <= mark.span.end
    ]  # fmt: skip
    places = [verdict.places[i] for i in inside]
    rest = job.inline.plain[mark.span.start : mark.span.end]
    for i in inside:
        rest = rest.replace(job.requirements[i].span.of(job.inline.plain), "", 1)
    if len(inside) != 1 or places[0] is None or rest.strip().lower() not in ("", "the", "a", "an"):
        return None
    return places[0]


def _shifted(span: Span, job: _Job, outcome: enforce.Outcome) -> Span:
    """`span` of the plain source in the annotated source."""

    def move(offset: int) -> int:
        shift = 0
        for requirement, place in zip(job.requirements, outcome.places, strict=True):
            if offset >= requirement.span.end:
                shift = place.end - requirement.span.end
            elif offset > requirement.span.start:
                return place.end
        return offset + shift

    return Span(move(span.start), move(span.end))


def plain_texts(document: Document) -> list[str]:
    """The segments as terms are looked for in them: without markup, escapes and what markup cuts words with."""
    parse = formats.FORMATS[document.format].inline
    return [parse(segment.text).plain for segment in document.segments]


def tasks(document: Document, matcher: Matcher, style: Style) -> list[enforce.Task]:
    """What the engine is asked for each segment of an article; spans refer to its text without markup."""
    return [_task(job, style) for job in _jobs(document, matcher, style)]


def catalogue_segments(article: Article, translations: Sequence[Translation]) -> list[Draft | KeptSegment]:
    """What goes into the article's catalogue: a draft for what was rendered now, the rest stays as it is."""
    name = article.document.name if article.document.name != "-" else "stdin"
    parse = formats.FORMATS[article.document.format].inline
    demanding = _strictest((translation.source, translation) for translation in translations)
    segments: list[Draft | KeptSegment] = []
    for segment in article.document.segments:
        translation = demanding[segment.text]
        references = (f"{name}:{segment.line}",)
        if translation.origin is Origin.MACHINE:
            terms = tuple(_pairs(translation.requirements, parse(segment.text).plain))
            findings = tuple(f"{finding.code} {finding.message}" for finding in translation.findings)
            segments.append(
                Draft(
                    segment.text, translation.target, references, translation.engine, terms, translation.stage, findings
                )
            )
        else:
            segments.append(KeptSegment(segment.text, references))
    return segments


@dataclass(frozen=True, slots=True)
class Count:
    """How the glossary fared in a document: occurrences of approved terms, titles with their names counted as one.

    `required` is `rendered` and `missing` together; `repaired` and `forced` are among the rendered.
    """

    required: int = 0
    rendered: int = 0
    repaired: int = 0
    forced: int = 0
    missing: int = 0


def count_terms(translations: Iterable[Translation]) -> Count:
    """The terms of a document's translations."""
    required = missing = repaired = forced = 0
    for translation in translations:
        required += sum(requirement.kind in check.TERM_KINDS for requirement in translation.requirements)
        missing += translation.missing
        repaired += translation.repaired
        forced += translation.forced
    return Count(required, required - missing, repaired, forced, missing)
