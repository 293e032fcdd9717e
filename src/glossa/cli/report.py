"""The report of `glossa translate`, for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from glossa.model import Document, Finding, Origin, Translation

if TYPE_CHECKING:
    from glossa.pipeline import Count


@dataclass(frozen=True, slots=True)
class Job:
    """One article in one language, done.

    Args:
        text: the translation of the whole document.
        output: the file it went to, or None for standard output.
        count: how the glossary fared.
        proposed: English terms that were enforced although their rendering is only proposed.
    """

    document: Document
    lang: str
    translations: tuple[Translation, ...]
    text: str
    output: Path | None
    count: Count
    proposed: frozenset[str] = frozenset()

    @property
    def findings(self) -> list[tuple[int, Finding]]:
        """(line of the source, finding), in order."""
        lines = {segment.id: segment.line for segment in self.document.segments}
        return [(lines[t.segment_id], finding) for t in self.translations for finding in t.findings]

    @property
    def proposals(self) -> int:
        """How many terms with a proposed rendering were enforced."""
        return sum(
            source in self.proposed
            for translation in self.translations
            for requirement in translation.requirements
            for source in requirement.sources
        )

    def origins(self, *origins: Origin) -> int:
        """How many segments come from there."""
        return sum(translation.origin in origins for translation in self.translations)

    @property
    def stages(self) -> dict[str, int]:
        """How many of the segments translated now each stage of enforcement served, the cheapest first."""
        from glossa.translation.enforce import STAGES

        made = Counter(translation.stage for translation in self.translations if translation.origin is Origin.MACHINE)
        return {stage: made[stage] for stage in STAGES if made[stage]}


def print_texts(done: Sequence[Job]) -> None:
    """The translations that go to standard output, under a heading each where there are several."""
    printed = [job for job in done if job.output is None]
    for job in printed:
        if len(printed) > 1:
            click.echo(f"== {job.document.name} ({job.lang}) ==\n")
        click.echo(job.text, nl=not job.text.endswith("\n") and len(printed) > 1)
        if len(printed) > 1:
            click.echo()


def print_json(done: Sequence[Job], seconds: float) -> None:
    """The report as JSON on standard output."""
    documents: list[dict[str, Any]] = []
    for job in done:
        count = job.count
        documents.append(
            {
                "source": job.document.name,
                "lang": job.lang,
                "output": str(job.output) if job.output else None,
                **({} if job.output else {"text": job.text}),
                "segments": len(job.translations),
                "reused": job.origins(Origin.REVIEWED, Origin.DRAFT),
                "reviewed": job.origins(Origin.REVIEWED),
                "terms": {
                    "required": count.required,
                    "rendered": count.rendered,
                    "repaired": count.repaired,
                    "forced": count.forced,
                    "missing": count.missing,
                },
                "stages": job.stages,
                "proposed": job.proposals,
                "findings": [
                    {"code": f.code, "severity": str(f.severity), "line": line, "message": f.message}
                    for line, f in job.findings
                ],
            }
        )
    click.echo(json.dumps({"documents": documents, "seconds": round(seconds, 2)}, ensure_ascii=False, indent=2))


def print_report(done: Sequence[Job], seconds: float) -> None:
    """The report for people: on standard output, or on stderr where that holds a translation."""
    err = any(job.output is None for job in done)
    for job in done:
        name = job.document.name
        reviewed, drafts = job.origins(Origin.REVIEWED), job.origins(Origin.DRAFT)
        new = len(job.translations) - reviewed - drafts
        count = job.count
        click.echo(f"{name} → {job.output or f'standard output ({job.lang})'}", err=err)
        click.echo(
            f"  segments: {len(job.translations)} ({new} new, {drafts} drafts reused, {reviewed} reviewed)", err=err
        )
        click.echo(
            f"  terms: {count.required} required, {count.rendered} rendered "
            f"({count.repaired} repaired, {count.forced} forced), {count.missing} missing",
            err=err,
        )
        if job.stages:
            click.echo(f"  stages: {', '.join(f'{count} {stage}' for stage, count in job.stages.items())}", err=err)
        if job.proposed:
            click.echo(f"  proposed renderings enforced: {job.proposals} (not approved by anybody yet)", err=err)
        for line, finding in job.findings:
            click.echo(f"  {name}:{line}: {finding.severity} {finding.code}: {finding.message}", err=err)
    click.echo(f"{seconds:.1f} s", err=err)
