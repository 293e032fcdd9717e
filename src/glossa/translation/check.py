"""What is wrong with a finished translation, as findings: the checks that `glossa translate` makes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossa.model import Finding, Kind, Requirement, Severity, Span
from glossa.quantities import numbers
from glossa.translation.verify import Verdict

TERM_KINDS = frozenset({*Kind, "name"})
"""Kinds of requirement that come from the glossary; "name" is a title with a name."""

FORCED = "term-forced"
"""Code of the finding that a rendering was put in by replacement."""

_BLOT = "\ufffc"
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


def check(
    source: str, requirements: Sequence[Requirement], target: str, verdict: Verdict, lang: str
) -> tuple[Finding, ...]:
    """All findings on a translation.

    Args:
        source: plain English, markup apart.
        requirements: what was fixed in it.
        target: its translation, markup apart.
        verdict: of `verify` on `target`.
        lang: the language of `target`.
    """
    findings = [_missing(requirements[i]) for i in verdict.missing]
    for form in verdict.forbidden:
        findings.append(Finding("term-forbidden", Severity.ERROR, f"forbidden rendering used: {form}"))
    for form in verdict.surplus:
        findings.append(Finding("term-surplus", Severity.WARNING, f"stands more often than in the source: {form}"))
    if verdict.touching:
        findings.append(Finding("term-touching", Severity.WARNING, "renderings run together without a word between"))
    if verdict.repeated:
        findings.append(Finding("repetition", Severity.WARNING, f"repeats itself: {verdict.repeated}"))
    if not target.strip():
        findings.append(Finding("empty", Severity.ERROR, "nothing was translated"))
    strange = strangers(source, requirements, target)
    if strange:
        findings.append(Finding("latin-added", Severity.WARNING, f"not in the source: {', '.join(strange)}"))
    # A missing date says all that the check of digits would say about it.
    excused = any(_is_quantity(requirements[i]) for i in verdict.missing)
    findings += [
        finding
        for finding in digits(source, requirements, target, verdict, lang)
        if not (excused and finding.code == numbers.MISSING)
    ]
    return tuple(findings)


def digits(
    source: str, requirements: Sequence[Requirement], target: str, verdict: Verdict, lang: str
) -> tuple[Finding, ...]:
    """Numbers lost or invented, terms apart.

    An approved rendering may drop a number of its term (September 11 attacks), or have one of its own (F-35B).
    """
    terms = [i for i, requirement in enumerate(requirements) if requirement.kind in TERM_KINDS]
    spans = [place for i in terms if (place := verdict.places[i])]
    return numbers.check(_blotted(source, [requirements[i].span for i in terms]), _blotted(target, spans), lang)


def _blotted(text: str, spans: Sequence[Span]) -> str:
    """`text` with the digits of these spans blotted out, everything else where it was."""
    for span in spans:
        inside = "".join(_BLOT if char.isdigit() else char for char in span.of(text))
        text = text[: span.start] + inside + text[span.end :]
    return text


def strangers(source: str, requirements: Sequence[Requirement], target: str) -> list[str]:
    """Words in Latin script that neither the source nor anything required has."""
    forms = (form for r in requirements for form in (r.rendering, *r.accept))
    known = {word for text in (source, *forms) for word in _LATIN_WORD.findall(text)}
    return [word for word in _LATIN_WORD.findall(target) if word not in known]


def forced(requirement: Requirement) -> Finding:
    """That this requirement was put in by force."""
    return Finding(FORCED, Severity.WARNING, f"put in by force, please review: {_named(requirement)}")


def _missing(requirement: Requirement) -> Finding:
    if requirement.kind in TERM_KINDS:
        return Finding("term-missing", Severity.ERROR, f"not rendered as approved: {_named(requirement)}")
    if requirement.kind == "code":
        return Finding("code-missing", Severity.ERROR, f"not kept as it is: {requirement.rendering}")
    return Finding("number-missing", Severity.ERROR, f"not in the translation: {requirement.rendering}")


def _is_quantity(requirement: Requirement) -> bool:
    return requirement.kind not in TERM_KINDS and requirement.kind != "code"


def _named(requirement: Requirement) -> str:
    return f"{' + '.join(requirement.sources) or requirement.kind} = {requirement.rendering}"
