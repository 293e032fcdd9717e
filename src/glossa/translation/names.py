"""People in an article: short names of persons introduced in full, and titles composed with names.

English writes title, name, and further titles between commas behind it. Japanese puts the nearest title after the
name and everything else before it (カンボジア王国軍副司令官のフン・マネット中将); Khmer puts all titles first
(មេបញ្ជាការរង ឧត្តមសេនីយ៍ឯក ហ៊ុន ម៉ាណែត).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glossa.languages import Language
from glossa.model import Kind, Requirement, Span

_MOST_ACCEPTED = 48
_NAME = re.compile(
    r"(?:[A-Z][\w’'-]*[\w]|[A-Z]\.)(?:[ \u00a0]+(?:(?:bin|al|van|von|de|da|der|la) )?(?:[A-Z][\w’'-]*[\w]|[A-Z]\.))*"
)
_BLANK = re.compile(r"\s+")
_BEFORE = re.compile(r"(?:\s+|,\s+)")
_APPOSED = re.compile(r",\s+(?:(?:the|a|an|then)\s+)?")
_OF = re.compile(r"\s+(?:of|at|in|for)\s+(?:the\s+)?")
_CLOSED = re.compile(r"\s*(?:[,.;:)\]]|$)|\s+and\b")
_KATAKANA = re.compile("[ァ-ヺー・]+")
_NOT_NAMES = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "The",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "In",
        "On",
        "At",
        "But",
        "And",
        "For",
        "From",
        "With",
        "As",
        "By",
    ]
)


@dataclass(frozen=True, slots=True)
class Item:
    """A term found in a segment with what may stand for it: the raw material of composition.

    Args:
        kind: a `Kind` value.
        span: its characters in the segment.
        rendering: the approved rendering, chosen for the country where that matters.
        accept: what counts as right besides.
    """

    source: str
    kind: str
    span: Span
    rendering: str
    accept: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortName:
    """How a person named in full earlier in the article is rendered when only a part of the name is given.

    `titled` restricts it to places right behind a title: the first part of a name ("President Xi") is often a word
    of its own.
    """

    person: str
    rendering: str
    accept: tuple[str, ...]
    titled: bool = False


def short_names(source: str, rendering: str, accept: Sequence[str], lang: str) -> Mapping[str, ShortName]:
    """The short forms under which a person may appear again: the last part of the name, and the first.

    The rendering of a part is the same part of the full rendering where both have as many parts; otherwise an
    accepted rendering that begins or ends the full one (山崎 of 山崎幸二), otherwise the full rendering.
    """
    words = source.split()
    if len(words) < 2:
        return {}
    parts = re.split("・" if lang == "ja" else r"\s+", rendering)
    surnames = [form for form in accept if form and (rendering.startswith(form) or rendering.endswith(form))]
    short: dict[str, ShortName] = {}
    for index in (len(words) - 1, 0):
        word = words[index]
        if word in short or not word[:1].isupper() or word.endswith("."):
            continue
        if len(parts) == len(words):
            best = parts[index]
        elif surnames and index == len(words) - 1:
            best = min(surnames, key=len)
        else:
            best = rendering
        others = (rendering, *accept, *(_part(form, index, len(words), lang) for form in accept))
        accepted = tuple(dict.fromkeys(other for other in others if other and other != best))
        short[word] = ShortName(source, best, accepted, titled=index == 0)
    return short


def _part(form: str, index: int, count: int, lang: str) -> str:
    parts = re.split("・" if lang == "ja" else r"\s+", form)
    return parts[index] if len(parts) == count else ""


def find_short(text: str, known: Mapping[str, ShortName], taken: Sequence[Span], titles: Sequence[Span]) -> list[Item]:
    """The short names in `text`, outside of what is taken and not part of a longer name.

    Args:
        taken: places that stand for something else already.
        titles: where the titles of the text are.
    """
    items: list[Item] = []
    for match in re.finditer(r"[A-Z][\w’'-]*\w", text):
        word = match[0].removesuffix("'s").removesuffix("’s")
        name = known.get(word)
        span = Span(match.start(), match.start() + len(word))
        if name is None or any(span.overlaps(other) for other in taken):
            continue
        if name.titled and not any(text[title.end : span.start].isspace() for title in titles if title < span):
            continue
        if re.match(r"\s+[A-Z]\w", text[span.end :]) and not re.match(r"['’]s", text[span.end :]):
            follows = _NAME.match(text, span.end + 1)
            beyond = Span(span.end + 1, follows.end()) if follows else None
            if beyond and not any(beyond.overlaps(other) for other in taken):
                continue
        items.append(Item(name.person, Kind.PERSON, span, name.rendering, name.accept))
    return items


def find_unknown(text: str, items: Sequence[Item], taken: Sequence[Span]) -> list[Item]:
    """Names that no glossary knows, right behind a title: they are kept in Latin script rather than guessed at."""
    found: list[Item] = []
    for item in items:
        if item.kind != Kind.TITLE:
            continue
        gap = re.compile(r"\]?\s+").match(text, item.span.end)
        name = _NAME.match(text, gap.end()) if gap else None
        if name is None:
            continue
        words = list(itertools.takewhile(lambda word: word not in _NOT_NAMES, name[0].split()))
        if not words or (len(words) == 1 and words[0].isupper()):
            continue
        full = re.compile(r"\s+".join(map(re.escape, words))).match(text, name.start())
        if full is None:
            continue
        end = full.end() - 2 if full[0].endswith(("'s", "’s")) else full.end()
        span = Span(full.start(), end)
        if any(span.overlaps(other) for other in taken):
            continue
        plain = " ".join(span.of(text).split())
        found.append(Item(plain, Kind.PERSON, span, plain))
    return found


def compose(text: str, items: Sequence[Item], language: Language) -> list[Requirement]:
    """Requirements of the items, titles composed with the names they stand with, in the target's order.

    Args:
        items: in order, without overlap.
    """
    requirements: list[Requirement] = []
    used: set[int] = set()
    for index, item in enumerate(items):
        if item.kind != Kind.PERSON:
            continue
        before = _titles_before(text, items, index, used)
        after = _titles_after(text, items, index)
        if not before and not after:
            continue
        group = [*before, index, *(i for title in after for i in title)]
        used.update(group)
        start = items[group[0]].span.start
        end = items[group[-1]].span.end
        requirements.append(
            _composed(
                Span(start, end),
                [items[i] for i in before],
                item,
                [[items[i] for i in title] for title in after],
                language,
            )
        )
    for index, item in enumerate(items):
        if index not in used:
            requirements.append(
                Requirement(item.span, item.rendering, item.accept, item.forbid, (item.source,), str(item.kind))
            )
    return sorted(requirements, key=lambda requirement: requirement.span)


def _titles_before(text: str, items: Sequence[Item], person: int, used: set[int]) -> list[int]:
    titles: list[int] = []
    at = person
    while at > 0 and at - 1 not in used and items[at - 1].kind == Kind.TITLE:
        gap = text[items[at - 1].span.end : items[at].span.start]
        # Next to the name only blanks (and a bracket: "[General] Yamazaki"); between titles a comma, too.
        if not (re.fullmatch(r"\]?\s+", gap) if at == person else _BEFORE.fullmatch(gap)):
            break
        titles.insert(0, at - 1)
        at -= 1
    return titles


def _titles_after(text: str, items: Sequence[Item], person: int) -> list[list[int]]:
    titles: list[list[int]] = []
    at = person
    while at + 1 < len(items) and items[at + 1].kind == Kind.TITLE:
        gap = text[items[at].span.end : items[at + 1].span.start]
        if not _APPOSED.fullmatch(gap):
            break
        title = [at + 1]
        if (
            at + 2 < len(items)
            and items[at + 2].kind in (Kind.UNIT, Kind.INSTITUTION, Kind.PLACE)
            and _OF.fullmatch(text[items[at + 1].span.end : items[at + 2].span.start])
        ):
            title.append(at + 2)
        if not _CLOSED.match(text, items[title[-1]].span.end):
            break
        titles.append(title)
        at = title[-1]
    return titles


def _composed(
    span: Span, before: Sequence[Item], person: Item, after: Sequence[Sequence[Item]], language: Language
) -> Requirement:
    appositions = [_of(title, language) for title in after]
    options: list[tuple[str, ...]] = [*appositions, *(_forms(title) for title in before), _forms(person)]
    choices = list(itertools.islice(itertools.product(*options), _MOST_ACCEPTED))
    count = len(before)
    forms = [_order(choice[: -1 - count], choice[len(after) : -1], choice[-1], language) for choice in choices]
    rendering = forms[0]
    accept = dict.fromkeys(form for form in forms[1:] if form != rendering)
    forbid = tuple(form for item in (*before, person) for form in item.forbid)
    members = [*before, person, *(item for title in after for item in title)]
    return Requirement(
        span, rendering, tuple(accept), forbid, tuple(member.source for member in members), "name", annotate=True
    )


def _forms(item: Item) -> tuple[str, ...]:
    return (item.rendering, *item.accept[:6])


def _of(title: Sequence[Item], language: Language) -> tuple[str, ...]:
    if len(title) == 1:
        return _forms(title[0])
    head, whole = title
    if language.title_first:
        # Khmer runs words together, but not with Latin letters.
        joined = [
            h + joint + (" " if w[0].isascii() else "") + w
            for joint in ("នៃ", "")
            for w in _forms(whole)
            for h in _forms(head)
        ]
    else:
        joined = [w + joint + h for joint in ("", "の") for w in _forms(whole) for h in _forms(head)]
    return tuple(joined[:8])


def _order(after: Sequence[str], before: Sequence[str], name: str, language: Language) -> str:
    if language.title_first:
        return language.title_joiner.join([*after, *before, name])
    lead = "".join(title + "の" for title in (*after, *before[:-1]))
    if not before:
        return lead + name
    if _KATAKANA.fullmatch(before[-1]):  # an honorific left in its own language stands first: サムデック・フン・セン
        return f"{lead}{before[-1]}・{name}"
    return lead + name + language.title_joiner + before[-1]
