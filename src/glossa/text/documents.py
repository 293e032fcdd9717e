"""Documents: from the bytes of a file to segments, and from translated segments back to text."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from glossa.errors import DataError, UsageError
from glossa.model import Document, Segment, Span
from glossa.text.blocks import BLANK, LINE_END, Block
from glossa.text.formats import FORMATS, Format

# The longer mark first: UTF-32 LE begins with the mark of UTF-16 LE.
_FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# Blanks, or a soft line end with the prefix that quotations carry over it.
_SOFT_GAP = re.compile(r"\s*(?:[\r\n][\s>]*)?")


def _decode(data: bytes, name: str) -> tuple[str, bool]:
    """The text of a file in UTF-8, and whether it had a byte order mark."""
    for mark, encoding in _FOREIGN_MARKS:
        if data.startswith(mark):
            raise DataError(f"the file is in {encoding} (byte order mark at byte 0); save it as UTF-8", name, 1)
    bom = data.startswith(codecs.BOM_UTF8)
    nul = data.find(b"\0")
    if nul >= 0:
        sample = data[: min(len(data), 4096) // 2 * 2]
        fewer, more = sorted((sample[::2].count(0), sample[1::2].count(0)))
        if more > 0.2 * len(sample) and fewer < 0.05 * len(sample):
            hint = "it looks like UTF-16 without a byte order mark; save it as UTF-8"
        else:
            hint = "the file is binary, not text"
        raise DataError(f"NUL byte at byte {nul}: {hint}", name, _line_of(data, nul))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        value = f"0x{data[error.start]:02X}"
        raise DataError(
            f"not UTF-8: byte {value} at byte {error.start}; save the file as UTF-8", name, _line_of(data, error.start)
        ) from None
    return (text[1:], True) if bom else (text, False)


def _line_of(data: bytes, offset: int) -> int:
    before = data[:offset]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def _format(name: str, asked: str | None) -> Format:
    if asked is not None:
        try:
            return FORMATS[asked]
        except KeyError:
            raise UsageError(f"unknown format {asked!r}; Glossa reads {', '.join(FORMATS)}") from None
    lower = name.lower()
    return next((each for each in FORMATS.values() if lower.endswith(each.suffixes)), FORMATS["plain"])


def read(data: bytes, name: str, format: str | None = None) -> Document:  # noqa: A002 - the word users know
    """Take a document apart.

    Args:
        data: the whole file.
        name: its path as the user gave it, or `-`; its suffix chooses the format.
        format: the name of a format, to choose it regardless of the suffix.

    Raises:
        DataError: the file is not UTF-8, or there is nothing but blanks in it.
        UsageError: there is no format of that name.
    """
    chosen = _format(name, format)
    text, bom = _decode(data, name)
    if not text.strip(BLANK):
        raise DataError("nothing to translate: the file is empty", name)
    return Document(name, chosen.name, text, tuple(_segments(chosen, text)), bom)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading or item without its markup, and where its lines begin.

    Args:
        text: what it reads.
        lines: pairs (offset in `text`, line of the document from there on), in order.
    """

    text: str
    lines: tuple[tuple[int, int], ...]

    def line(self, offset: int) -> int:
        """The line of the document, counted from 1, on which the character at `offset` stands."""
        return self.lines[max(0, bisect_right(self.lines, (offset, len(self.text) + 10**9)) - 1)][1]

    def part(self, start: int, end: int) -> Passage:
        """The characters from `start` to `end` as a passage of their own."""
        inside = tuple((at - start, line) for at, line in self.lines if start < at < end)
        return Passage(self.text[start:end], ((0, self.line(start)), *inside))


def passages(data: bytes, name: str, format: str | None = None) -> list[Passage]:  # noqa: A002 - the word users know
    """The passages of a document, for who does not need sentences.

    Args:
        data: the whole file.
        name: its path as the user gave it, or `-`; its suffix chooses the format.
        format: the name of a format, to choose it regardless of the suffix.

    Raises:
        DataError: the file is not UTF-8, or there is nothing but blanks in it.
        UsageError: there is no format of that name.
    """
    chosen = _format(name, format)
    text, _ = _decode(data, name)
    if not text.strip(BLANK):
        raise DataError("no words in it: the file is empty", name)
    ends = [0, *(match.end() for match in LINE_END.finditer(text))]
    found = []
    for block in chosen.blocks(text):
        whole = block.text
        plain = chosen.inline(whole).plain
        lines: list[tuple[int, int]] = []
        at = 0
        for piece in block.pieces:
            line = bisect_right(ends, piece.span.start)
            if not lines or lines[-1][1] != line:
                # Markup that is left out moves what follows by a few characters at most.
                lines.append((at if len(plain) == len(whole) else len(chosen.inline(whole[:at]).plain), line))
            at += len(piece.text)
        if any(map(str.isalpha, plain)):
            found.append(Passage(plain, tuple(lines)))
    return found


def _segments(chosen: Format, text: str) -> Iterator[Segment]:
    lines = [0, *(match.end() for match in LINE_END.finditer(text))]
    number = ident = 0
    for block in chosen.blocks(text):
        whole = block.text
        found = False
        starts = [0, *accumulate(len(piece.text) for piece in block.pieces)]
        for span in chosen.sentences(whole):
            sentence = span.of(whole)
            if _translatable(chosen, sentence):
                place = Span(_place(block, starts, span.start).start, _place(block, starts, span.end - 1).end)
                yield Segment(ident, sentence, place, number, bisect_right(lines, place.start))
                ident += 1
                found = True
        number += found


def _place(block: Block, starts: list[int], offset: int) -> Span:
    """Where the character at `offset` of the block's text stands in the document."""
    index = bisect_right(starts, offset) - 1
    piece = block.pieces[index]
    if len(piece.span) != len(piece.text):
        return piece.span
    start = piece.span.start + offset - starts[index]
    return Span(start, start + 1)


def _translatable(chosen: Format, sentence: str) -> bool:
    """Whether there is a letter in the sentence outside of what is kept verbatim."""
    if not any(map(str.isalpha, sentence)):
        return False
    inline = chosen.inline(sentence)
    at = 0
    for mark in inline.marks:
        if mark.verbatim:
            if any(map(str.isalpha, inline.plain[at : mark.span.start])):
                return True
            at = max(at, mark.span.end)
    return any(map(str.isalpha, inline.plain[at:]))


def render(document: Document, targets: Mapping[int, str], joiner: str) -> str:
    """The text of the document with segments replaced.

    Args:
        document: as `read` returned it.
        targets: translations by segment id; the segments that are not in it stay as they are.
        joiner: what the target language writes between two sentences. It replaces the blanks and the soft line break
            between two translated segments of one block; every other character is copied.
    """
    joint = FORMATS[document.format].joint
    out: list[str] = []
    at = 0
    before: Segment | None = None
    for segment in document.segments:
        gap = document.text[at : segment.span.start]
        target = targets.get(segment.id)
        if (
            target is not None
            and before is not None
            and before.id in targets
            and before.block == segment.block
            and _SOFT_GAP.fullmatch(gap)
        ):
            gap = joint(targets[before.id], target, joiner)
        out.append(gap)
        out.append(segment.span.of(document.text) if target is None else target)
        at = segment.span.end
        before = segment
    out.append(document.text[at:])
    return "".join(out)


def encode(document: Document, text: str) -> bytes:
    """`text` as a file like the one the document came from: UTF-8, with a byte order mark if it had one."""
    return (codecs.BOM_UTF8 if document.bom else b"") + text.encode("utf-8")
