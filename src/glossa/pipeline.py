"""From parsed articles to their translations: the steps of the data flow, with engine and glossary passed in.

1. every segment is parsed for inline markup and planned: which terms, names, dates and numbers are fixed in it;
2. a reviewed entry of the article's catalogue is used as it is, a draft that still holds is used again;
3. the rest, of all articles together, is decoded with what is fixed enforced (`translation.enforce`);
4. each result is finished: digits, punctuation, emphasis and links; and checked once more as it will be read.

Pure but for the engine: no file is read or written here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from glossa.catalogs import drafts
from glossa.catalogs.drafts import Draft, Entry, KeptSegment
from glossa.model import Document, Finding, Kind, Origin, Requirement, Segment, Severity, Span, Translation
from glossa.quantities import numbers
from glossa.terms.match import Matcher
from glossa.text import formats
from glossa.text.inline import Inline, Mark, restore
from glossa.translation import enforce, joints, repair, typography
from glossa.translation.engine import Alignment, Engine
from glossa.translation.plan import Style, plan
from glossa.translation.verify import Verdict, verify

_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
_TERM_KINDS = frozenset({*Kind, "name"})
_FORCED = "term-forced"
_QUANTITIES = frozenset({"date", "time", "number", "money", "percent"})


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

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """What is enforced, as the catalogue records it."""
        plain = self.inline.plain
        return tuple((requirement.span.of(plain), requirement.rendering) for requirement in self.requirements)


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
    results: list[dict[str, Translation]] = []
    waiting: dict[tuple[int, str], _Job] = {}
    for number, article in enumerate(articles):
        done: dict[str, Translation] = {}
        results.append(done)
        for job in _jobs(article.document, matcher, style):
            source = job.segment.text
            entry = article.entries.get(source)
            if source in done or (number, source) in waiting:
                continue  # a catalogue has one entry for a sentence, however often it stands
            if entry and entry.target and drafts.holds(entry, signature, job.terms):
                done[source] = _reused(job, entry, style)
            else:
                waiting[number, source] = job
    rendered = _render(list(waiting.values()), style, open_engine, progress)
    for (number, source), translation in zip(waiting, rendered, strict=True):
        results[number][source] = translation
    return [_in_order(article.document, done) for article, done in zip(articles, results, strict=True)]


def _in_order(document: Document, done: Mapping[str, Translation]) -> tuple[Translation, ...]:
    """One translation per segment; a sentence that stands again reports its findings only once."""
    seen: set[str] = set()
    translations: list[Translation] = []
    for segment in document.segments:
        translation = done[segment.text]
        again = segment.text in seen
        seen.add(segment.text)
        translations.append(
            replace(
                translation,
                segment_id=segment.id,
                findings=() if again else tuple(replace(f, segment_id=segment.id) for f in translation.findings),
            )
        )
    return tuple(translations)


def _jobs(document: Document, matcher: Matcher, style: Style) -> list[_Job]:
    parse = formats.FORMATS[document.format].inline
    inlines = [parse(segment.text) for segment in document.segments]
    planned = plan(inlines, matcher, style)
    return [
        _Job(segment, inline, requirements)
        for segment, inline, requirements in zip(document.segments, inlines, planned, strict=True)
    ]


def _reused(job: _Job, entry: Entry, style: Style) -> Translation:
    origin = Origin.REVIEWED if entry.reviewed else Origin.DRAFT
    verdict = verify(entry.target, job.requirements, source=job.inline.plain)
    findings = [
        *_findings(verdict, job.requirements),
        *_number_findings(job.inline.plain, job.requirements, verdict, entry.target, style),
    ]
    forced = [] if entry.reviewed else [line for line in entry.findings if line.startswith(_FORCED)]
    findings += [Finding(_FORCED, Severity.WARNING, line.removeprefix(_FORCED).strip()) for line in forced]
    return Translation(
        job.segment.id,
        job.segment.text,
        entry.target,
        style.language.code,
        origin,
        entry.engine,
        job.requirements,
        entry.stage,
        forced=len(forced),
        findings=tuple(findings),
    )


def _render(
    jobs: Sequence[_Job],
    style: Style,
    open_engine: Callable[[], Engine],
    progress: Callable[[int, int], None] | None,
) -> list[Translation]:
    tasks = [_task(job, style) for job in jobs]
    outcomes: dict[int, enforce.Outcome] = {}
    for i, task in enumerate(tasks):
        outcome = enforce.direct(task)
        if outcome:
            outcomes[i] = outcome
    to_decode = [i for i in range(len(tasks)) if i not in outcomes]
    engine = open_engine() if to_decode else None
    if engine:
        finished = 0

        def report(count: int) -> None:
            nonlocal finished
            finished += count
            if progress:
                progress(finished, len(to_decode))

        decoded = enforce.enforce(engine, [tasks[i] for i in to_decode], style.language.stop, report)
        outcomes.update(zip(to_decode, decoded, strict=True))
    texts = [_finished(job, outcomes[i], engine, style) for i, job in enumerate(jobs)]
    marked = [i for i, job in enumerate(jobs) if _partial_marks(job.inline)]
    alignments: dict[int, Alignment] = {}
    if engine and marked:
        pairs = [(outcomes[i].annotated, texts[i]) for i in marked]
        alignments = dict(zip(marked, engine.align(pairs), strict=True))
    return [_translation(job, outcomes[i], texts[i], alignments.get(i), engine, style) for i, job in enumerate(jobs)]


def _task(job: _Job, style: Style) -> enforce.Task:
    source = job.inline.plain
    known = set(_LATIN_WORD.findall(source))
    for requirement in job.requirements:
        known.update(_LATIN_WORD.findall(requirement.rendering))

    def fault(target: str) -> float:
        """Digits lost or invented, Latin words from nowhere, nothing at all."""
        strangers = sum(word not in known for word in _LATIN_WORD.findall(target))
        wrong = len(numbers.check(source, target, style.language.code))
        return 3.0 * wrong + 1.0 * strangers + 50.0 * (not target.strip())

    return enforce.Task(source, job.requirements, fault)


def _finished(job: _Job, outcome: enforce.Outcome, engine: Engine | None, style: Style) -> str:
    """The decoded text as it is published, inline markup apart: no tags, localised digits, proper punctuation."""
    text = outcome.target
    for tag in (engine.tags or ()) if engine else ():
        text = text.replace(tag, "")
    polished = _polish(job, text, style)
    if len(verify(polished, job.requirements).missing) <= len(verify(text, job.requirements).missing):
        return polished
    # Something in a rendering was touched: polish around the renderings.
    verdict = verify(text, job.requirements)
    places = sorted(place for place in verdict.places if place)
    shielded: list[str] = []
    done = 0
    for i, place in enumerate(places):
        shielded += [text[done : place.start], chr(0xE000 + i)]
        done = place.end
    around = _polish(job, "".join([*shielded, text[done:]]), style)
    for i, place in enumerate(places):
        around = around.replace(chr(0xE000 + i), place.of(text))
    return around


def _polish(job: _Job, text: str, style: Style) -> str:
    lang = style.language.code
    text = typography.finish(job.inline.plain, typography.tidy(text, lang), lang)
    text = numbers.localise_digits(text, lang, style.digits)
    return joints.mend(text, job.requirements, verify(text, job.requirements).places, lang)


def _translation(
    job: _Job, outcome: enforce.Outcome, text: str, alignment: Alignment | None, engine: Engine | None, style: Style
) -> Translation:
    verdict = verify(text, job.requirements, engine.tags if engine else None, job.inline.plain)
    findings = _findings(verdict, job.requirements)
    for i in sorted(outcome.forced):
        if i not in verdict.missing:
            message = f"put in by force, please review: {_named(job.requirements[i])}"
            findings.append(Finding(_FORCED, Severity.WARNING, message))
    findings += _number_findings(job.inline.plain, job.requirements, verdict, text, style)
    return Translation(
        job.segment.id,
        job.segment.text,
        restore(text, _placed(job, outcome, text, verdict, alignment)),
        style.language.code,
        Origin.MACHINE,
        engine.signature if engine else "",
        job.requirements,
        outcome.stage,
        repaired=sum(job.requirements[i].kind in _TERM_KINDS for i in outcome.repaired),
        forced=len(outcome.forced),
        findings=tuple(findings),
    )


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
            span = repair.project(alignment, _shifted(mark.span, job, outcome), kept)
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


def _named(requirement: Requirement) -> str:
    source = " + ".join(requirement.sources) or requirement.kind
    return f"{source} = {requirement.rendering}"


def _findings(verdict: Verdict, requirements: Sequence[Requirement]) -> list[Finding]:
    findings: list[Finding] = []
    for i in verdict.missing:
        code = "number-missing" if requirements[i].kind in _QUANTITIES else "term-missing"
        findings.append(Finding(code, Severity.ERROR, f"not rendered as approved: {_named(requirements[i])}"))
    for form in verdict.forbidden:
        findings.append(Finding("term-forbidden", Severity.ERROR, f"forbidden rendering used: {form}"))
    for form in verdict.surplus:
        findings.append(Finding("term-surplus", Severity.WARNING, f"stands more often than in the source: {form}"))
    if verdict.leftover:
        findings.append(Finding("tag-leftover", Severity.ERROR, "an annotation tag was left in the text"))
    if verdict.repeated:
        findings.append(Finding("repetition", Severity.WARNING, f"repeats itself: {verdict.repeated}"))
    return findings


def _number_findings(
    source: str, requirements: Sequence[Requirement], verdict: Verdict, target: str, style: Style
) -> list[Finding]:
    """What the check of digits finds and no missing requirement has said already."""
    said = any(requirements[i].kind in _QUANTITIES for i in verdict.missing)
    found = numbers.check(source, target, style.language.code)
    return [finding for finding in found if not (said and finding.code == "number-missing")]


def catalogue_segments(article: Article, translations: Sequence[Translation]) -> list[Draft | KeptSegment]:
    """What goes into the article's catalogue: a draft for what was rendered now, the rest stays as it is."""
    name = article.document.name if article.document.name != "-" else "stdin"
    segments: list[Draft | KeptSegment] = []
    for segment, translation in zip(article.document.segments, translations, strict=True):
        references = (f"{name}:{segment.line}",)
        if translation.origin is Origin.MACHINE:
            plain = formats.FORMATS[article.document.format].inline(segment.text).plain
            terms = tuple((r.span.of(plain), r.rendering) for r in translation.requirements)
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
        verdict = verify(translation.target, translation.requirements)
        required += sum(requirement.kind in _TERM_KINDS for requirement in translation.requirements)
        missing += sum(translation.requirements[i].kind in _TERM_KINDS for i in verdict.missing)
        repaired += translation.repaired
        forced += translation.forced
    return Count(required, required - missing, repaired, forced, missing)
