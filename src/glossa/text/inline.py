"""From a segment's text to what an engine reads, and back: markup taken off, its places remembered, put on again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from glossa.model import Span
from glossa.text.markup import is_punctuation, scan
from glossa.text.verbatim import verbatim


@dataclass(frozen=True, slots=True)
class Mark:
    """Markup around, or something untranslatable in, a plain text.

    Args:
        span: the characters of the plain text that it covers.
        open: what stands before them in the marked-up text: `**`, `[`.
        close: what stands after them: `**`, `](https://…)`.
        verbatim: the characters themselves must come through unchanged (code, an address, an image); `open` and
            `close` are then empty and the plain text holds the whole source, such as "`code`".
    """

    span: Span
    open: str
    close: str
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Inline:
    """A text without its markup, and the markup: in order, outer marks before those within them."""

    plain: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A text without its markup and, for each character left, where it comes from.

    Args:
        starts: the offset in the marked-up text of each plain character, and at the end the text's length.
        ends: the offset behind it (an entity is several characters long).
    """

    inline: Inline
    starts: Sequence[int]
    ends: Sequence[int]


def unmark(text: str) -> Unmarked:
    """`markdown(text)` with the places of the plain characters."""
    found = scan(text)
    edits: list[tuple[Span, str]] = list(found.replaced)
    for region in found.regions:
        edits.append((Span(region.outer.start, region.inner.start), ""))
        edits.append((Span(region.inner.end, region.outer.end), ""))
    edits = sorted(edit for edit in edits if edit[0])
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    where = {}  # offset in `text` -> offset in the plain text, for the edges of regions
    wanted = iter(sorted({edge for region in found.regions for edge in (region.inner.start, region.inner.end)}))
    edge = next(wanted, -1)
    at = 0
    for span, char in [*edits, (Span(len(text), len(text)), "")]:
        while at <= edge <= span.start:
            where[edge] = len(starts) + edge - at
            edge = next(wanted, -1)
        plain.append(text[at : span.start] + char)
        starts.extend(range(at, span.start))
        ends.extend(range(at + 1, span.start + 1))
        for _ in char:
            starts.append(span.start)
            ends.append(span.end)
        at = span.end
        while edge == at and span:
            where[edge] = len(starts)
            edge = next(wanted, -1)
    marks = tuple(
        Mark(
            Span(where[region.inner.start], where[region.inner.end]),
            text[region.outer.start : region.inner.start],
            text[region.inner.end : region.outer.end],
            region.verbatim,
        )
        for region in found.regions
    )
    return Unmarked(Inline("".join(plain), marks), [*starts, len(text)], ends)


def markdown(text: str) -> Inline:
    r"""The inline markup of a Markdown segment.

    Emphasis, strong emphasis, strikethrough and links (`[text](…)`, `[text][label]`) are marks that may nest. Code
    spans, images, autolinks, bare addresses, footnote references and raw HTML tags are verbatim. A backslash escape
    or an entity becomes its character where that is safe without it, and stays verbatim where it is not (`\*`,
    `&lt;`); the text put together again then differs from `text` by that backslash or entity only.
    """
    return unmark(text).inline


def plain(text: str) -> Inline:
    """A segment of plain text: only addresses, handles, hashtags, paths and file names are special, all verbatim."""
    return Inline(text, tuple(Mark(span, "", "", verbatim=True) for span in verbatim(text)))


_EMPHASIS = {"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "del"}


def _is_emphasis(mark: Mark) -> bool:
    return mark.open == mark.close and mark.open in _EMPHASIS


def _settled(text: str, placed: Sequence[tuple[Span, Mark]]) -> list[tuple[Span, Mark]]:
    """The marks to write, in order and properly nested, none of them cutting into something verbatim."""
    kept = sorted(span for span, mark in placed if mark.verbatim and span)
    last = [0, *accumulate((span.end for span in kept), max)]  # the furthest end before each of them
    spans: list[tuple[Span, int, Mark]] = []
    for index, (span, mark) in enumerate(placed):
        if mark.verbatim or not (mark.open or mark.close):
            continue
        start, end = max(0, span.start), min(len(text), span.end)
        while kept:  # grow over what is verbatim
            first, behind = bisect_right(last, start) - 1, bisect_left(kept, Span(end, -1))
            grown = min(start, kept[first].start if first < behind else start), max(end, last[behind])
            if grown == (start, end):
                break
            start, end = grown
        if _is_emphasis(mark):
            while start < end and text[start].isspace():
                start += 1
            while start < end and text[end - 1].isspace():
                end -= 1
            if start >= end:
                continue
        spans.append((Span(start, max(start, end)), index, mark))
    spans.sort(key=lambda item: (item[0].start, -item[0].end, item[1]))
    out: list[tuple[Span, Mark]] = []
    open_ones: list[int] = []  # indexes in `out`
    for span, _, mark in spans:
        while open_ones and out[open_ones[-1]][0].end <= span.start:
            open_ones.pop()
        clipped = span
        if open_ones and out[open_ones[-1]][0].end < span.end:
            above, outer = out[open_ones[-1]]
            if not _is_emphasis(outer) and not _is_emphasis(mark) and above.start < span.start:
                out[open_ones[-1]] = (Span(above.start, span.start), outer)  # no link within a link
                open_ones.pop()
            else:
                clipped = Span(span.start, above.end)
        open_ones.append(len(out))
        out.append((clipped, mark))
    return out


def _written(text: str, marks: Sequence[tuple[Span, Mark]]) -> tuple[str, list[Span]]:
    """`text` with the marks around their spans, and where each mark and what it covers came to stand."""
    out: list[str] = []
    at = length = 0
    begun: list[int] = [0] * len(marks)
    places: list[Span] = [Span(0, 0)] * len(marks)
    stack: list[int] = []

    def write(piece: str) -> None:
        nonlocal length
        out.append(piece)
        length += len(piece)

    def close_until(offset: int) -> None:
        nonlocal at
        while stack and marks[stack[-1]][0].end <= offset:
            index = stack.pop()
            write(text[at : marks[index][0].end])
            at = marks[index][0].end
            write(marks[index][1].close)
            places[index] = Span(begun[index], length)

    for index, (span, mark) in enumerate(marks):
        close_until(span.start)
        write(text[at : span.start])
        at = span.start
        begun[index] = length
        write(mark.open)
        stack.append(index)
    close_until(len(text))
    write(text[at:])
    return "".join(out), places


def _tightened(text: str, item: tuple[Span, Mark], others: Sequence[Span]) -> tuple[Span, Mark]:
    """Emphasis that works next to letters: its span without punctuation at its edges, `*` in place of `_`."""
    span, mark = item
    start, end = span.start, span.end
    while start < end and is_punctuation(text[start]) and text[start] != "`":
        start += 1
    while start < end and is_punctuation(text[end - 1]) and text[end - 1] != "`":
        end -= 1
    cut = (Span(span.start, start), Span(end, span.end))
    if start == end or any(part.overlaps(other) for part in cut for other in others):
        start, end = span.start, span.end
    sign = mark.open.replace("_", "*")
    return Span(start, end), replace(mark, open=sign, close=sign)


def _as_html(item: tuple[Span, Mark], placed: Sequence[tuple[Span, Mark]]) -> tuple[Span, Mark]:
    """Emphasis as an HTML element, which works anywhere: around the whole span that was asked for."""
    span, mark = item
    name = _EMPHASIS[mark.open]
    asked = [
        whole
        for whole, other in placed
        if whole.start <= span.start and span.end <= whole.end and _is_emphasis(other) and _EMPHASIS[other.open] == name
    ]
    return min(asked, key=len, default=span), replace(mark, open=f"<{name}>", close=f"</{name}>")


def restore(plain: str, placed: Sequence[tuple[Span, Mark]]) -> str:
    """`plain` (a translation) with the marks put around the given spans of it.

    Spans may touch, nest and cross; crossing ones are clipped so that the markup nests, and nothing verbatim is cut.
    Markdown recognises emphasis only where blanks or punctuation allow it, which Khmer and Japanese often do not
    ("これは_強調_です", "**文。**次"): there punctuation moves outside, `*` stands for `_`, and where that does
    not help either, HTML tags mark the emphasis.

    For an `Inline` of a text without escapes, `restore(x.plain, [(m.span, m) for m in x.marks])` is that text.
    """
    marks = _settled(plain, placed)
    others = [span for span, _ in placed]
    for attempt in range(len(marks) + 3):
        text, places = _written(plain, marks)
        pending = [index for index, (_, mark) in enumerate(marks) if _is_emphasis(mark)]
        if not pending:
            return text
        seen = {region.outer for region in scan(text).regions}
        failed = {index for index in pending if places[index] not in seen}
        if not failed:
            return text
        for index in failed:
            if attempt == 0:
                others_here = [span for span in others if span != marks[index][0]]
                marks[index] = _tightened(plain, marks[index], others_here)
            else:
                marks[index] = _as_html(marks[index], placed)
        marks = _settled(plain, [*marks, *((span, mark) for span, mark in placed if mark.verbatim)])
    return text
