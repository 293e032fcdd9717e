"""What every document format delivers: blocks, each a stretch of text that is cut into sentences by itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from glossa.model import Span

# Line ends as editors count them.
LINE_END = re.compile(r"\r\n|\r|\n")

# Blanks become one space; soft hyphens and zero-width characters that only guide line breaking disappear.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_FOLD = re.compile(rf"[\s{_INVISIBLE}]+")
BLANK = (
    _INVISIBLE
    + "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What disappears at the edges of a block: white space and what is invisible."""
_FOLD_KEPT = re.compile(r"[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a document and how they read in a block: as they are, or as one space, or not at all."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or cell: what its pieces read, one after the other. They are in order."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The block as translators see it."""
        return "".join(piece.text for piece in self.pieces)


def trimmed(text: str, span: Span) -> Span:
    """`span` of `text` without what folds away at its edges."""
    inside = span.of(text)
    start = len(inside) - len(inside.lstrip(BLANK))
    return Span(span.start + start, span.start + max(start, len(inside.rstrip(BLANK))))


def fold(text: str, span: Span, place: Callable[[int], int] = int, kept: Sequence[Span] = ()) -> Iterator[Piece]:
    """The pieces of a stretch of a text, its blanks folded.

    Args:
        text: the document, or a text made from lines of it.
        span: the stretch of `text`.
        place: the offset in the document of an offset in `text`; within a line of `text` it only adds.
        kept: spans of `text`, in order, in which only line ends are folded.
    """
    for stretch, rule in _stretches(span, kept):
        at = stretch.start
        for match in rule.finditer(text, stretch.start, stretch.end):
            if match.start() > at:
                yield Piece(Span(place(at), place(match.start() - 1) + 1), text[at : match.start()])
            blank = match[0].strip(_INVISIBLE)
            yield Piece(Span(place(match.start()), place(match.end())), " " if blank else "")
            at = match.end()
        if at < stretch.end:
            yield Piece(Span(place(at), place(stretch.end - 1) + 1), text[at : stretch.end])


def _stretches(span: Span, kept: Sequence[Span]) -> Iterator[tuple[Span, re.Pattern[str]]]:
    at = span.start
    first = max(0, bisect_right(kept, Span(at, at)) - 1)
    for inner in (kept[index] for index in range(first, len(kept))):
        if inner.start >= span.end:
            break
        start, end = max(at, inner.start), min(inner.end, span.end)
        if start < end:
            yield Span(at, start), _FOLD
            yield Span(start, end), _FOLD_KEPT
            at = end
    yield Span(at, span.end), _FOLD
