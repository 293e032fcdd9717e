"""Titles composed with names, countries and organisations, in the order of the target language.

English: [former] [Thai | Thailand's] TITLE [and TITLE] [of the ORGANISATION][,] NAME[, TITLE of the ORGANISATION,]

Japanese puts the nearest title behind the name and all else before it (タイのスリサク・タナラット外相,
カンボジア王国軍副司令官のフン・マネット中将); Khmer puts all titles first, each followed by its country
(រដ្ឋមន្ត្រីការបរទេសថៃ …, មេបញ្ជាការរង ឧត្តមសេនីយ៍ឯក ហ៊ុន ម៉ាណែត).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from glossa.languages import Language
from glossa.model import Kind, Requirement, Span

_MOST_ACCEPTED = 60
_MOST_FORMS = 6

_BESIDE = re.compile(r"\]?\s+")
_COMMA = re.compile(r",\s+")
_AND = re.compile(r"\s+and\s+")
_APPOSED = re.compile(r",\s+(?:(?:the|a|an|then)\s+)?")
_OF = re.compile(r"\s+(?:of|at|in|for)\s+(?:the\s+)?")
_CLOSED = re.compile(r"\s*(?:[,.;:)\]]|$)|\s+and\b")
_COUNTRY = re.compile(r"(?:['’]s)?\s+(?:[Nn]ew\s+|[Tt]hen\s+)?")
_FORMER = re.compile(r"(?:\b[Ff]ormer\s+|\b[Ee]x-)$")
_ACTING = re.compile(r"\b[Aa]cting\s+$")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s+$")
_COURTESY = frozenset({"Mr.", "Mrs.", "Ms.", "Dr."})
_KATAKANA = re.compile("[ァ-ヺー・]+")

# (before the title, behind the title) by language
_MODIFIERS = {
    "ja": {"former": ("元", ""), "acting": ("", "代行")},
    "km": {"former": ("អតីត", ""), "acting": ("", "ស្តីទី")},
}
_ALSO = {"ja": "兼", "km": " និងជា"}


@dataclass(frozen=True, slots=True)
class Item:
    """A term found in a segment with what may stand for it: the raw material of composition.

    Args:
        kind: a `Kind` value, or "nationality" for an adjective that counts only before a title.
        span: its characters in the segment.
        rendering: the approved rendering, chosen for the country where that matters.
        accept: what counts as right besides.
        full: what it is called inside a longer name, where the rendering is an acronym; "" for the rendering.
        national: the rendering says by itself which country is meant (防衛相).
    """

    source: str
    kind: str
    span: Span
    rendering: str
    accept: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    full: str = ""
    national: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """What it may be called inside a longer name, the best first."""
        return tuple(dict.fromkeys((self.full or self.rendering, self.rendering, *self.accept)))[:_MOST_FORMS]


NATIONALITY = "nationality"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A title with what belongs to it.

    Args:
        members: numbers of the items.
        title: its forms, "former" and "acting" included.
        lead: forms of the country or organisation, empty if there is none; "" among them if it may be left out.
        country: the lead is a country.
    """

    members: tuple[int, ...]
    span: Span
    title: tuple[str, ...]
    lead: tuple[str, ...] = ()
    country: bool = False

    def forms(self, language: Language) -> tuple[str, ...]:
        """The phrase as it stands without a name."""
        if not self.lead:
            return self.title
        if language.title_first:
            links = ("", "នៃ") if self.country else ("នៃ", "")
            made = [title + _khmer_link(link, lead) for link in links for lead in self.lead for title in self.title]
        else:
            made = [
                lead + (link if lead else "") + title
                for link in ("", "の")
                for lead in self.lead
                for title in self.title
            ]
        return tuple(dict.fromkeys(made))[: 2 * _MOST_FORMS]


def _khmer_link(link: str, lead: str) -> str:
    """Khmer runs words together, but not with Latin letters."""
    if not lead:
        return ""
    return link + (" " if lead[0].isascii() else "") + lead


def compose(text: str, items: Sequence[Item], language: Language) -> list[Requirement]:
    """Requirements of the items, titles composed with what they stand with.

    Args:
        items: in order, without overlap.
    """
    composer = _Composer(text, items, language)
    return composer.requirements()


class _Composer:
    """One segment's items on their way to requirements."""

    def __init__(self, text: str, items: Sequence[Item], language: Language) -> None:
        self.text = text
        self.items = items
        self.language = language
        self.used: set[int] = set()

    def requirements(self) -> list[Requirement]:
        made: list[Requirement] = []
        for index, item in enumerate(self.items):
            if item.kind == Kind.PERSON:
                made += self._person(index)
        for index, item in enumerate(self.items):
            if item.kind == Kind.TITLE and index not in self.used:
                phrase = self._phrase(index, of=False)
                if phrase.span != item.span:
                    self.used.update(phrase.members)
                    made.append(self._made(phrase.span, phrase.members, phrase.forms(self.language), "title"))
        for index, item in enumerate(self.items):
            if index not in self.used and item.kind != NATIONALITY:
                made.append(
                    Requirement(item.span, item.rendering, item.accept, item.forbid, (item.source,), str(item.kind))
                )
        return sorted(made, key=lambda requirement: requirement.span)

    def _person(self, person: int) -> list[Requirement]:
        before = self._before(person)
        after = self._after(person)
        if not before and not after:
            return []
        phrases = [*(phrase for phrase, _ in before), *after]
        members = sorted({person, *(member for phrase in phrases for member in phrase.members)})
        self.used.update(members)
        start = min(self.items[person].span.start, *(phrase.span.start for phrase in phrases))
        end = max(self.items[person].span.end, *(phrase.span.end for phrase in phrases))
        forms = self._order(before, self.items[person].forms, after)
        return [self._made(Span(start, end), members, forms, "name")]

    def _made(self, span: Span, members: Iterable[int], forms: Sequence[str], kind: str) -> Requirement:
        items = [self.items[member] for member in members]
        forbid = tuple(form for item in items for form in item.forbid)
        sources = tuple(item.source for item in items)
        return Requirement(span, forms[0], tuple(forms[1:]), forbid, sources, kind)

    # what stands with what

    def _phrase(self, title: int, *, of: bool) -> _Phrase:
        item = self.items[title]
        start, members = item.span.start, [title]
        modifier = self._modifier(start)
        start = modifier[1] if modifier else start
        lead: tuple[str, ...] = ()
        country = False
        if title > 0 and title - 1 not in self.used and self.items[title - 1].kind in (Kind.PLACE, NATIONALITY):
            place = self.items[title - 1]
            if _COUNTRY.fullmatch(self.text[place.span.end : start]):
                lead, country = place.forms, True
                if item.national:
                    lead = ("", *lead)
                start, members = place.span.start, [title - 1, title]
                if not modifier:
                    modifier = self._modifier(start)
                    start = modifier[1] if modifier else start
        end = item.span.end
        if of and not lead and title + 1 < len(self.items):
            whole = self.items[title + 1]
            if whole.kind in (Kind.UNIT, Kind.INSTITUTION, Kind.PLACE) and _OF.fullmatch(
                self.text[end : whole.span.start]
            ):
                lead, country = whole.forms, whole.kind == Kind.PLACE
                end, members = whole.span.end, [title, title + 1]
        return _Phrase(tuple(members), Span(start, end), self._modified(item.forms, modifier), lead, country)

    def _modifier(self, start: int) -> tuple[str, int] | None:
        for name, pattern in (("former", _FORMER), ("acting", _ACTING)):
            found = pattern.search(self.text[:start])
            if found:
                return name, found.start()
        return None

    def _modified(self, forms: Sequence[str], modifier: tuple[str, int] | None) -> tuple[str, ...]:
        before, behind = _MODIFIERS[self.language.code][modifier[0]] if modifier else ("", "")
        return tuple(before + form + behind for form in forms)

    def _before(self, person: int) -> list[tuple[_Phrase, bool]]:
        """The title phrases before a name, each with whether an "and" ties it to the next one."""
        phrases: list[tuple[_Phrase, bool]] = []
        reached = self.items[person].span.start
        at = person - 1
        while at >= 0 and at not in self.used:
            phrase = self._ending_at(at)
            if phrase is None:
                break
            gap = self.text[phrase.span.end : reached]
            tied = False
            if not phrases:
                apposed = _COMMA.fullmatch(gap) and _CLOSED.match(self.text, self.items[person].span.end)
                if not _BESIDE.fullmatch(gap) and not apposed:
                    break
            elif _AND.fullmatch(gap) and self._bare(phrase) and not self._courtesy(phrases[0][0]):
                tied = True
            elif not _BESIDE.fullmatch(gap) and not _COMMA.fullmatch(gap):
                break
            phrases.insert(0, (phrase, tied))
            reached = phrase.span.start
            at = phrase.members[0] - 1
        return phrases

    def _ending_at(self, last: int) -> _Phrase | None:
        """The title phrase whose last item is that one."""
        if self.items[last].kind == Kind.TITLE:
            return self._phrase(last, of=False)
        if last > 0 and last - 1 not in self.used and self.items[last - 1].kind == Kind.TITLE:
            phrase = self._phrase(last - 1, of=True)
            return phrase if phrase.members[-1] == last else None
        return None

    def _courtesy(self, phrase: _Phrase) -> bool:
        """Mr., Mrs.: whoever it belongs to holds no office by it ("the Prime Minister and Mrs. Hun Sen")."""
        return any(self.items[member].source in _COURTESY for member in phrase.members)

    def _bare(self, phrase: _Phrase) -> bool:
        """Whether "X and Y NAME" is one person: X has no article, and nobody's name before it."""
        before = self.text[: phrase.span.start]
        return self.text[phrase.span.start].isupper() and not _ARTICLE.search(before)

    def _after(self, person: int) -> list[_Phrase]:
        phrases: list[_Phrase] = []
        reached = self.items[person].span.end
        at = person + 1
        while at < len(self.items):
            title = at if self.items[at].kind == Kind.TITLE else at + 1
            if title >= len(self.items) or self.items[title].kind != Kind.TITLE:
                break
            phrase = self._phrase(title, of=True)
            if phrase.members[0] != at and title != at:
                break
            if not _APPOSED.fullmatch(self.text[reached : phrase.span.start]) or not _CLOSED.match(
                self.text, phrase.span.end
            ):
                break
            phrases.append(phrase)
            reached, at = phrase.span.end, phrase.members[-1] + 1
        return phrases

    # in which order

    def _order(
        self, before: Sequence[tuple[_Phrase, bool]], name: Sequence[str], after: Sequence[_Phrase]
    ) -> tuple[str, ...]:
        if self.language.title_first:
            return self._titles_first(before, name, after)
        return self._titles_last(before, name, after)

    def _titles_first(
        self, before: Sequence[tuple[_Phrase, bool]], name: Sequence[str], after: Sequence[_Phrase]
    ) -> tuple[str, ...]:
        joiner = self.language.title_joiner
        parts: list[Sequence[str]] = [phrase.forms(self.language) for phrase in after]
        links = [joiner] * len(after)
        for phrase, tied in before:
            parts.append(phrase.forms(self.language))
            links.append(_ALSO[self.language.code] if tied else joiner)
        options = itertools.islice(itertools.product(*parts, name), _MOST_ACCEPTED)
        made = ("".join(itertools.chain(*zip(choice, [*links, ""], strict=True))) for choice in options)
        return tuple(dict.fromkeys(made))

    def _titles_last(
        self, before: Sequence[tuple[_Phrase, bool]], name: Sequence[str], after: Sequence[_Phrase]
    ) -> tuple[str, ...]:
        tied = list(itertools.takewhile(lambda pair: pair[1], reversed(before[:-1])))[::-1]
        loose = before[: len(before) - len(tied) - 1] if before else []
        leads = [phrase.forms(self.language) for phrase in (*after, *(phrase for phrase, _ in loose))]
        nearest = [phrase for phrase, _ in (*tied, *before[-1:])]
        whose = next((phrase.lead for phrase in nearest if phrase.lead), ("",))
        titles = [phrase.title for phrase in nearest]
        options = itertools.islice(itertools.product(*leads, whose, name, *titles), _MOST_ACCEPTED)
        made: list[str] = []
        for choice in options:
            lead = "".join(form + "の" for form in choice[: len(leads)])
            country, called, *behind = choice[len(leads) :]
            lead += country + "の" if country else ""
            if behind and _KATAKANA.fullmatch(behind[-1]):
                # an honorific left in its own language stands first: サムデック・フン・セン
                made.append(f"{lead}{behind[-1]}・{called}")
            else:
                made.append(lead + _seamed(called, _ALSO["ja"].join(behind)))
        return tuple(dict.fromkeys(made))


def _seamed(name: str, title: str) -> str:
    """A Japanese title behind a name, kept apart where both are in katakana or in Latin script."""
    if not title:
        return name
    if _KATAKANA.match(name[-1]) and _KATAKANA.match(title[0]):
        return f"{name}・{title}"
    if (name[-1] + title[0]).isascii() and title[0].isalpha():
        return f"{name} {title}"
    return name + title
