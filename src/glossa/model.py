"""The types that every part of Glossa shares: frozen, slotted, without behaviour beyond small helpers.

Offsets are counted in characters (code points) of the text they refer to; a span is half open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters from `start` up to, not including, `end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def overlaps_any(self, others: Iterable[Span]) -> bool:
        """Whether it shares a character with one of `others`."""
        return any(self.overlaps(other) for other in others)

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


class Kind(StrEnum):
    """What a term names; the `msgctxt` of its glossary entry."""

    TITLE = "title"
    UNIT = "unit"
    INSTITUTION = "institution"
    PERSON = "person"
    PLACE = "place"
    EVENT = "event"
    TERM = "term"


class Status(StrEnum):
    """Whether a person has approved a rendering (a PO entry that is not fuzzy) or a machine proposed it."""

    APPROVED = "approved"
    PROPOSED = "proposed"


class Severity(StrEnum):
    """An error makes a command exit with 1; a warning and an info do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Origin(StrEnum):
    """Where a translation came from."""

    REVIEWED = "reviewed"  # a catalogue entry that a person approved
    DRAFT = "draft"  # a fuzzy catalogue entry that still holds: nothing it depends on has changed
    MACHINE = "machine"  # the engine, now


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document that is translated as one: a sentence, a heading, a table cell.

    Args:
        id: position among the segments of the document, from 0.
        text: the source as translators see it, line breaks and runs of blanks folded to one space, inline
            markup kept; the `msgid` of its catalogue entry.
        span: where it stands in `Document.text`.
        block: number of the block (paragraph, list item, cell); segments of one block follow one another.
        line: the line it begins on, counted from 1.
    """

    id: int
    text: str
    span: Span
    block: int
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A source text and its segments, in order and without overlap; what lies between them is never translated.

    Args:
        name: the path as the user gave it, or `-`.
        format: key of `glossa.text.formats.FORMATS`.
        text: the whole text, line ends as they are in the file, without the byte order mark.
        bom: whether the file began with a byte order mark.
    """

    name: str
    format: str
    text: str
    segments: tuple[Segment, ...]
    bom: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One English term with its rendering in one target language (`glossa lookup` joins the languages).

    Args:
        source: the English term, the `msgid`.
        target: its rendering, or "" where the language has none yet; equal to `source`: do not translate.
        acronyms: English acronyms, the usual one first; matched case-sensitively.
        variants: other English forms that mean the same.
        accept: renderings that count as right besides `target`.
        forbid: renderings that must not stand for the term.
        only_for: pairs (country words separated by `|`, rendering) that replace `target` where the term
            belongs to that country: ("Japan|Japanese", "防衛相").
        scope: "" or "before-name": a term only where a person's name follows.
        references: places where it was seen, "file:line".
        domain: the glossary domain (file name without suffix) it stands in.
        rejected: someone said that it is no term; it is then neither matched nor looked up, only listed.
        reject: renderings that someone refused, not to be proposed again.
        origin: where a proposed rendering came from, as `Proposal.origin`.
    """

    source: str
    kind: Kind
    target: str
    lang: str
    status: Status
    acronyms: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    only_for: tuple[tuple[str, str], ...] = ()
    scope: str = ""
    definition: str = ""
    note: str = ""
    references: tuple[str, ...] = ()
    domain: str = ""
    rejected: bool = False
    reject: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """An occurrence of a term in an English text.

    Args:
        span: the characters of the term itself, without an article before or a possessive ending after it.
        acronym: the match is by one of the term's acronyms.
    """

    term: Term
    span: Span
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something in a source segment whose rendering is fixed: a term, a title with a name, a date, a number, code.

    Args:
        span: the characters of the source segment that it stands for.
        rendering: what the translation must carry; what annotation asks the engine for.
        accept: renderings that count as right as well.
        forbid: renderings that must not appear.
        sources: the English terms it is made of, for the report ("Lieutenant General", "Hun Manet").
        kind: a `Kind` value, or "name" (title and person), "date", "time", "number", "money", "percent", "code".
        annotate: whether it is marked in what the engine reads; plain digits are only verified.
    """

    span: Span
    rendering: str
    accept: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kind: str = "term"
    annotate: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a user's text, with its place.

    Args:
        code: short, stable, kebab-case; documented in docs/checks.md.
        segment_id: the segment it concerns, or None for the whole document.
        span: characters of the target that it concerns, if they are known.
    """

    code: str
    severity: Severity
    message: str
    segment_id: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment rendered in one language.

    Args:
        target: the text, inline markup restored.
        engine: the signature of the engine that made it, "" where none did.
        requirements: what was fixed in it.
        stage: the step that satisfied the requirements, one of `translation.enforce.STAGES`, or "" where no engine ran.
        repaired: how many terms an engine's first hypothesis lacked and a later step brought in.
        forced: how many terms were put in by replacement, to be reviewed.
        missing: how many terms are not rendered as approved.
    """

    segment_id: int
    source: str
    target: str
    lang: str
    origin: Origin
    engine: str = ""
    requirements: tuple[Requirement, ...] = ()
    stage: str = ""
    repaired: int = 0
    forced: int = 0
    missing: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term that the extractor found in English articles.

    Args:
        term: its canonical form, as a glossary would have it: the full form, singular, in its usual case.
        acronyms: acronyms that the articles use for it, the commonest first.
        variants: other forms that mean the same wherever they stand (Lt. Gen., a full form without its country).
        short_forms: forms that mean it in their articles only (Manet, Ministry).
        persons: for a title, the persons it stands with.
        count: how often it stands in the articles, all forms together.
        documents: in how many articles.
        score: how much of a term it seems to be, from 0 to 1.
        references: every place where it was seen, "file:line", in the order of the articles.
        context: a sentence in which it stands.
    """

    term: str
    kind: Kind
    count: int
    documents: int
    score: float
    acronyms: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rendering that a machine proposes for a term; never enforced before a person approves it.

    Args:
        text: the rendering.
        origin: where it comes from, for people: "glossary: Royal Cambodian Army", "composed: Army + Navy",
            "catalogue: visit", "CLDR", "machine: translate-en_km 1.0".
    """

    text: str
    origin: str
