"""What is fixed in each segment of an article before it is translated: the requirements.

Planning goes through the article once, from its beginning, because what a segment asks for depends on what came
before: which acronyms have been introduced, which persons have been named in full.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from glossa.languages import Language
from glossa.model import Kind, Requirement, Span, Term, TermMatch
from glossa.quantities import localize
from glossa.terms.match import Matcher
from glossa.terms.nationality import COUNTRIES
from glossa.text.inline import Inline
from glossa.translation import people, titles
from glossa.translation.people import ShortName
from glossa.translation.titles import Item

# An acronym nobody has explained to Glossa stays as it is; a network would only garble it.
_ACRONYM = re.compile(r"(?<![\w.-])(?:[A-Z]+-[0-9]+[A-Z]*|[A-Z]{2,}[A-Z0-9]*)(?![\w])")
# What makes another office of the title behind it; a title that the glossary does not have with it is left alone.
_LESSER = re.compile(
    r"\b(?:vice|deputy|assistant|associate|junior|shadow|second|state|under|sub|co)[\s-]+$", re.IGNORECASE
)
_SHIP = re.compile(r"\b(?:USS|HMS|HMAS|HMCS|JS|INS|KRI|BRP|RSS|KD)\s+[A-Z][\w-]+(?:\s[A-Z][\w-]+)?")
_NATIONALITY = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(COUNTRIES, key=len, reverse=True))})(?!\w)")
_ON = re.compile(r"\s+on\s+(?:the\s+)?|,\s+")
_COUNTRY_BEFORE = 40
_COUNTRY_AFTER = 25


@dataclass(frozen=True, slots=True)
class Style:
    """House style of one language.

    Args:
        language: the target language.
        digits: "native" or "latin".
        acronyms: what "Full Form (ACRONYM)" and the acronym after it become. "introduce": the rendering with the
            acronym in brackets, then the acronym in Latin script; "full": always the rendering alone;
            "latin": as "introduce", and an acronym that was not introduced stays in Latin script, too.
    """

    language: Language
    digits: str = "latin"
    acronyms: str = "introduce"


@dataclass(slots=True)
class _Article:
    """What the article has said so far."""

    introduced: set[str] = field(default_factory=set)
    people: dict[str, ShortName] = field(default_factory=dict)


def plan(segments: Iterable[Inline], matcher: Matcher, style: Style) -> list[tuple[Requirement, ...]]:
    """The requirements of every segment of one article, in order of place and without overlap.

    Args:
        segments: all segments of the article in order, parsed for inline markup; spans refer to `Inline.plain`.
        matcher: over the terms that are to be enforced.
    """
    article = _Article()
    return [_segment(segment, matcher, style, article) for segment in segments]


def _segment(segment: Inline, matcher: Matcher, style: Style, article: _Article) -> tuple[Requirement, ...]:
    text = segment.plain
    verbatim = [
        Requirement(mark.span, mark.span.of(text), kind="code") for mark in segment.marks if mark.verbatim and mark.span
    ]
    taken = [requirement.span for requirement in verbatim]
    # Plain digits, too, are better copied than read: a network of this size loses or repeats them.
    quantities = [
        replace(quantity, annotate=True)
        for quantity in localize.find(text, style.language.code, style.digits)
        if not quantity.span.overlaps_any(taken)
    ]
    # A term wins over a number in it ("7th Fleet"), an amount over a term in it ("US$25 billion").
    inside = [quantity.span for quantity in quantities]
    matches = [
        match
        for match in matcher.find(text)
        if not match.span.overlaps_any(taken)
        and not any(_within(match.span, span) for span in inside)
        and not (match.term.kind is Kind.TITLE and _LESSER.search(text[: match.span.start]))
    ]
    items = _introductions(text, matches, style, article)
    taken += [item.span for item in items]
    quantities = [quantity for quantity in quantities if not quantity.span.overlaps_any(taken)]
    taken += [quantity.span for quantity in quantities]
    ranks = [item.span for item in items if item.kind == Kind.TITLE]
    items += people.find_short(text, article.people, taken, ranks)
    taken += [item.span for item in items]
    unknown = people.find_unknown(text, sorted(items, key=lambda item: item.span), taken)
    for item in unknown:
        for word, name in people.latin_names(item.source).items():
            article.people.setdefault(word, name)
    items += unknown
    taken += [item.span for item in unknown]
    nationalities = _nationalities(text, matcher, taken)
    kept = [] if text.isupper() else _unknown_acronyms(text, taken)
    items = sorted([*items, *nationalities], key=lambda item: item.span)
    requirements = [*verbatim, *titles.compose(text, items, style.language), *kept]
    covered = [requirement.span for requirement in requirements]
    quantities = _moments(text, quantities, style.language)
    requirements += [quantity for quantity in quantities if not quantity.span.overlaps_any(covered)]
    return tuple(sorted(requirements, key=lambda requirement: requirement.span))


def _within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end and len(span) < len(other)


def _nationalities(text: str, matcher: Matcher, taken: Sequence[Span]) -> list[Item]:
    """Adjectives of nationality as countries; `titles.compose` uses those that belong to a title."""
    found: list[Item] = []
    for adjective in _NATIONALITY.finditer(text):
        span = Span(*adjective.span())
        country = next(iter(matcher.find(COUNTRIES[adjective[0]])), None)
        if country and not span.overlaps_any(taken):
            term = country.term
            found.append(Item(term.source, titles.NATIONALITY, span, term.target, term.accept, term.forbid))
    return found


def _moments(text: str, quantities: Sequence[Requirement], language: Language) -> list[Requirement]:
    """A time and the day after it as one: "at 9 a.m. on April 29" is 4月29日午前9時, ម៉ោង ៩ ព្រឹក ថ្ងៃទី២៩ ខែមេសា."""
    joined: list[Requirement] = []
    for quantity in quantities:
        last = joined[-1] if joined else None
        if (
            last
            and (last.kind, quantity.kind) == ("time", "date")
            and _ON.fullmatch(text[last.span.end : quantity.span.start])
        ):
            pairs = list(itertools.product((last.rendering, *last.accept), (quantity.rendering, *quantity.accept)))
            time_first = [time + language.title_joiner + day for time, day in pairs]
            day_first = [day + language.title_joiner + time for time, day in pairs]
            forms = [*time_first, *day_first] if language.time_first else [*day_first, *time_first]
            span = Span(last.span.start, quantity.span.end)
            joined[-1] = Requirement(span, forms[0], tuple(dict.fromkeys(forms[1:])), kind="time")
        else:
            joined.append(quantity)
    return joined


def _unknown_acronyms(text: str, taken: Sequence[Span]) -> list[Requirement]:
    found: list[Requirement] = []
    for match in itertools.chain(_SHIP.finditer(text), _ACRONYM.finditer(text)):
        span = Span(*match.span())
        if not span.overlaps_any([*taken, *(requirement.span for requirement in found)]):
            found.append(Requirement(span, match[0], kind="code"))
    return found


def _introductions(text: str, matches: Sequence[TermMatch], style: Style, article: _Article) -> list[Item]:
    """The matches as items: "Full Form (ACRONYM)" as one, acronyms by house style, countries considered."""
    items: list[Item] = []
    skip = -1
    for index, match in enumerate(matches):
        if index == skip:
            continue
        term = match.term
        person = matches[index + 1].term if index + 1 < len(matches) else None
        hint = person.definition if person and person.kind is Kind.PERSON else ""
        rendering = _for_country(term, text, match.span, hint)
        accept = tuple(form for form in (term.target, *term.accept) if form != rendering)
        span = match.span
        acronym = text[span.start : span.end] if match.acronym else ""
        follower = matches[index + 1] if index + 1 < len(matches) else None
        if follower and not match.acronym and _introduces(text, match, follower):
            skip = index + 1
            span = Span(span.start, text.index(")", follower.span.end) + 1)
            acronym = follower.span.of(text).replace(".", "")
            if style.acronyms != "full" and acronym not in rendering:
                pairs = (style.language.brackets, (" (", ")"), ("(", ")"))
                forms = [
                    form + opening + acronym + closing for opening, closing in pairs for form in (rendering, *accept)
                ]
                rendering, *others = dict.fromkeys(forms)
                accept = tuple(others)
            article.introduced.add(term.source)
        elif match.acronym and (
            style.acronyms == "latin" or (style.acronyms == "introduce" and term.source in article.introduced)
        ):
            accept = (rendering, *accept)
            rendering = acronym.replace(".", "")
        items.append(
            Item(
                term.source,
                term.kind,
                span,
                rendering,
                accept,
                term.forbid,
                full=term.target if match.acronym else "",
                national=bool(term.only_for) and rendering != term.target,
            )
        )
        if term.kind is Kind.PERSON:
            short = people.short_names(term.source, term.target, term.accept, style.language.code)
            for word, name in short.items():
                known = article.people.get(word)
                if known is None or known.person == term.source or word == term.source.split()[-1]:
                    article.people[word] = name
    return items


def _introduces(text: str, match: TermMatch, follower: TermMatch) -> bool:
    between = text[match.span.end : follower.span.start]
    short = follower.span.of(text)
    return (
        (follower.acronym or short.isupper() or "-" in short)  # a variant may look like an acronym: ADMM-Plus
        and follower.term.source == match.term.source
        and bool(re.fullmatch(r"\s*\(", between))
        and bool(re.match(r"\s*\)", text[follower.span.end :]))
    )


def _for_country(term: Term, text: str, span: Span, hint: str) -> str:
    """The rendering for the country that the term belongs to where it stands; else the usual one.

    The country is the nearest one named before the term in the same clause ("Japan's defence minister") or right
    after it ("the defence minister of Japan"), or the one that `hint`, what is known of the person who follows, names.
    """
    before = re.split(r"[.;:!?]", text[max(0, span.start - _COUNTRY_BEFORE) : span.start])[-1]
    after = re.match(r"\s+(?:of|in|from)\s+(?:the\s+)?(.*)", text[span.end : span.end + _COUNTRY_AFTER])
    countries = [
        (re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.split('|')))})(?!\w)"), special)
        for words, special in term.only_for
    ]
    for country, special in countries:
        if country.search(hint):
            return special
    best, rendering = -1, term.target
    for country, special in countries:
        if after and country.match(after[1]):
            return special
        places = [found.start() for found in country.finditer(before)]
        if places and places[-1] > best:
            best, rendering = places[-1], special
    return rendering
