"""People in an article: short names of persons introduced in full, and names that no glossary knows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from glossa.model import Kind, Span
from glossa.terms.match import NOT_NAMES
from glossa.translation.titles import Item

_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\w|[A-Z]\.)"
_NAME = re.compile(rf"{_WORD}(?:[ \u00a0]+(?:(?:bin|al|van|von|de|da|der|la) )?{_WORD})*")
_GAP = re.compile(r"\]?\s+|,\s+")
_CLOSED = re.compile(r"\s*(?:[,.;:)\]]|$)")


@dataclass(frozen=True, slots=True)
class ShortName:
    """How a person named in full earlier in the article is rendered when only a part of the name is given.

    Args:
        person: the full name.
        titled: only right behind a title: the first part of a name ("President Xi") is often a word of its own.
        given: what stands before the part in the full name, where the matcher does not know the full name; with it
            the rendering is `full`.
    """

    person: str
    rendering: str
    accept: tuple[str, ...]
    titled: bool = False
    given: str = ""
    full: str = ""


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


def latin_names(source: str) -> Mapping[str, ShortName]:
    """The short forms of a name that no glossary knows: they stay in Latin script, as the name does."""
    words = source.split()
    if len(words) < 2 or len(words[-1]) < 3:
        return {}
    given = source.removesuffix(words[-1]).strip()
    return {words[-1]: ShortName(source, words[-1], (source,), given=given, full=source)}


def find_short(text: str, known: Mapping[str, ShortName], taken: Sequence[Span], titles: Sequence[Span]) -> list[Item]:
    """The short names in `text`, outside of what is taken and not part of a longer name.

    Args:
        text: plain text of a segment.
        known: by the part of the name.
        taken: places that stand for something else already.
        titles: where the titles of the text are.
    """
    items: list[Item] = []
    for match in re.finditer(_WORD, text):
        word = match[0].removesuffix("'s").removesuffix("’s")
        name = known.get(word)
        span = Span(match.start(), match.start() + len(word))
        if name is None or span.overlaps_any(taken):
            continue
        if name.titled and not any(text[title.end : span.start].isspace() for title in titles if title < span):
            continue
        if _goes_on(text, span, taken):
            continue
        item = Item(name.person, Kind.PERSON, span, name.rendering, name.accept)
        lead = re.search(rf"{re.escape(name.given)}\s+$", text[: span.start]) if name.given else None
        if lead:
            item = replace(item, span=Span(lead.start(), span.end), rendering=name.full, accept=())
        items.append(item)
    return items


def _goes_on(text: str, span: Span, taken: Sequence[Span]) -> bool:
    """Whether another name goes on from here: "Manet Sovann" is not Hun Manet."""
    if not re.match(r"\s+[A-Z]\w", text[span.end :]):
        return False
    follows = _NAME.match(text, span.end + 1)
    return follows is not None and not Span(*follows.span()).overlaps_any(taken)


def find_unknown(text: str, items: Sequence[Item], taken: Sequence[Span]) -> list[Item]:
    """Names that no glossary knows, right behind a title: they are kept in Latin script rather than guessed at.

    Behind a title and a comma only a name of two words or more that a comma or the sentence's end closes.
    """
    found: list[Item] = []
    for item in items:
        if item.kind != Kind.TITLE:
            continue
        gap = _GAP.match(text, item.span.end)
        name = _NAME.match(text, gap.end()) if gap else None
        if gap is None or name is None:
            continue
        words = list(itertools.takewhile(lambda word: word not in NOT_NAMES, name[0].split()))
        if not words or (len(words) == 1 and (words[0].isupper() or _after_article(text, item))):
            continue
        full = re.compile(r"\s+".join(map(re.escape, words))).match(text, name.start())
        if full is None:
            continue
        end = full.end() - 2 if full[0].endswith(("'s", "’s")) else full.end()
        span = Span(full.start(), end)
        if gap[0].startswith(",") and (len(words) < 2 or not _CLOSED.match(text, end)):
            continue
        if span.overlaps_any(taken):
            continue
        plain = " ".join(span.of(text).split())
        found.append(Item(plain, Kind.PERSON, span, plain))
    return found


def _after_article(text: str, item: Item) -> bool:
    """Behind "the General", one capitalised word is an institution's rather than a person's."""
    return bool(re.search(r"\b[Tt]he\s+$", text[: item.span.start]))
