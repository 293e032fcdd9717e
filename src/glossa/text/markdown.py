"""Markdown: markdown-it (CommonMark with tables and strikethrough) finds the blocks, this module their characters.

Markers, table pipes, code, HTML blocks, front matter and link definitions stay outside of the blocks; so does
emphasis or a link that holds a whole block, which can then be cut into sentences like any other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from glossa.model import Span
from glossa.text import sentences as english
from glossa.text.blocks import LINE_END, Block, Piece, fold, trimmed
from glossa.text.inline import unmark
from glossa.text.markup import Region, Scan, scan
from glossa.text.quotes import merged

_TOML_FRONT_MATTER = re.compile(r"\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+[ \t]*(?:\n|\Z)")
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+")
# What may begin a block and is no text: a footnote's label, a task's box, the title of a GitHub alert.
_LEAD = re.compile(r"\s*(?:\[\^[^\]\s]+\]:|\[[ xX]\](?=\s)|\[![A-Z]+\][ \t]*(?:\n|$))\s*")
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}\n]*\}\s*$")


@dataclass(frozen=True, slots=True)
class _View:
    """The text of a paragraph as CommonMark sees it, and where each of its lines begins, here and in the document."""

    text: str
    starts: Sequence[int]
    places: Sequence[int]

    def place(self, offset: int) -> int:
        line = bisect_right(self.starts, offset) - 1
        return self.places[line] + offset - self.starts[line]


def _tokens(text: str) -> tuple[list[Any], Mapping[str, Any]]:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])  # no inline parsing: it would tell no places
    env: dict[str, Any] = {}
    return parser.parse(text, env), env.get("references", {})


def _paragraph(content: str, text: str, lines: Sequence[Span]) -> _View | None:
    """Locate the lines of a paragraph or heading: each is the end of its source line, trailing blanks aside."""
    starts: list[int] = []
    places: list[int] = []
    view: list[str] = []
    length = 0
    wanted = content.split("\n")
    if len(wanted) > len(lines):
        return None
    for index, piece in enumerate(wanted):
        line = lines[index]
        body = piece.strip()
        end = line.start + len(line.of(text).rstrip())
        if text[end - len(body) : end] != body or end - len(body) < line.start:
            return None
        # trailing blanks matter to hard line breaks, but those of the last line do not
        body = text[end - len(body) : line.end if index < len(wanted) - 1 else end]
        starts.append(length)
        places.append(end - len(piece.strip()))
        view.append(body)
        length += len(body) + 1
    return _View("\n".join(view), starts, places)


def _views(tokens: Sequence[Any], text: str, lines: Sequence[Span]) -> Iterator[_View]:
    cell_at = 0
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            cell_at = lines[token.map[0]].start
        if token.type != "inline" or not token.content.strip() or token.map is None:
            continue
        kind = tokens[index - 1]
        first, last = token.map
        if kind.type in ("th_open", "td_open"):
            written = token.content.replace("|", "\\|")
            found = text.find(written, cell_at, lines[first].end)
            if found >= 0:
                cell_at = found + len(written)
                yield _View(written, [0], [found])
        elif kind.type == "heading_open" and kind.markup.startswith("#"):
            mark = _HEADING_MARK.search(text, lines[first].start, lines[first].end)
            found = text.find(token.content, mark.end(), lines[first].end) if mark else -1
            if found >= 0:
                yield _View(token.content, [0], [found])
        else:
            view = _paragraph(token.content, text, lines[first : max(last, first + 1 + token.content.count("\n"))])
            if view is not None:
                yield view


def _peeled(text: str, found: Scan) -> Span:
    """`text` without what is no text at its edges, and without marks around all of it."""
    lead = _LEAD.match(text)
    attributes = _ATTRIBUTES.search(text)
    start = lead.end() if lead else 0
    end = attributes.start() if attributes else len(text)
    end = max(start, end)
    for region in found.regions:
        edges = trimmed(text, Span(start, end))
        if region.verbatim or region.outer != edges:
            if region.outer.start > edges.start:
                break
            continue
        start, end = region.inner.start, region.inner.end
    return Span(start, end)


def _parts(span: Span, found: Scan) -> Iterator[Span]:
    """`span` cut at its hard line breaks; a break within emphasis or a link counts as a soft one."""
    around = merged(region.outer for region in found.regions if _within(region.inner, span))
    at = span.start
    for cut in found.breaks:
        behind = bisect_right(around, Span(cut.end, -1)) - 1  # the last that begins before the break's end
        if _within(cut, span) and not (behind >= 0 and around[behind].overlaps(cut)):
            yield Span(at, cut.start)
            at = cut.end
    yield Span(at, span.end)


def _within(inner: Span, span: Span) -> bool:
    return span.start <= inner.start and inner.end <= span.end


def _defined(found: Scan, text: str, references: Mapping[str, Any]) -> Iterator[tuple[Span, str]]:
    """Where `[label]` and `[label][]` are links: what makes them `[label][label]`, so that the text may change."""
    from markdown_it.common.utils import normalizeReference

    for shortcut in found.shortcuts:
        label = shortcut.label.of(text)
        if normalizeReference(label) in references:
            yield shortcut.tail, "[" + " ".join(label.split()) + "]"


def _tail_start(tail: tuple[Span, str]) -> int:
    return tail[0].start


def _block(view: _View, part: Span, kept: Sequence[Span], tails: Sequence[tuple[Span, str]]) -> Block:
    pieces: list[Piece] = []
    part = trimmed(view.text, part)
    at = part.start
    first = bisect_left(tails, part.start, key=_tail_start)
    last = bisect_right(tails, part.end, lo=first, key=_tail_start)
    for tail, written in [*tails[first:last], (Span(part.end, part.end), "")]:
        pieces += fold(view.text, Span(at, tail.start), view.place, kept)
        if written:
            pieces.append(Piece(Span(view.place(tail.start - 1) + 1, view.place(tail.end - 1) + 1), written))
        at = tail.end
    return Block(tuple(pieces))


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown document, in order: headings, paragraphs, cells. A hard line break ends one.

    Reference links by their text alone (`[label]`, `[label][]`) read `[label][label]`, so that the text can be
    translated and the link still found.
    """
    ends = [*((match.start(), match.end()) for match in LINE_END.finditer(text)), (len(text), len(text))]
    lines = [
        Span(start, end) for start, end in zip([0, *(after for _, after in ends)], [at for at, _ in ends], strict=False)
    ]
    source = LINE_END.sub("\n", text).replace("\0", "\ufffd")
    front = _TOML_FRONT_MATTER.match(source)
    if front:
        source = "\n" * front[0].count("\n") + source[front.end() :]
    tokens, references = _tokens(source)
    for view in _views(tokens, text, lines):
        found = scan(view.text)
        kept = [region.outer for region in found.regions if region.verbatim]
        tails = list(_defined(found, view.text, references))
        for part in _parts(_peeled(view.text, found), found):
            yield _block(view, part, kept, tails)


def sentences(text: str) -> list[Span]:
    """The sentences of a block, markup included: cut as its plain text is, but not within marks or code."""
    unmarked = unmark(text)
    plain = unmarked.inline.plain
    spans = english.split(plain, [mark.span for mark in unmarked.inline.marks])
    return [Span(_start(unmarked.ends, span.start), unmarked.starts[span.end]) for span in spans]


def _start(ends: Sequence[int], offset: int) -> int:
    return ends[offset - 1] if offset else 0


def joint(left: str, right: str, joiner: str) -> str:
    """`joiner`, or a space where two translations that touch would not keep their emphasis (**文。**次)."""
    if joiner or not left or not right or not (left[-1] in "*_~" or right[0] in "*_~"):
        return joiner
    apart = [region.outer for region in scan(left).regions]
    apart += [Span(region.outer.start + len(left), region.outer.end + len(left)) for region in scan(right).regions]
    return "" if apart == _outer(scan(left + right).regions) else " "


def _outer(regions: Sequence[Region]) -> list[Span]:
    return [region.outer for region in regions]
