"""Plain text: which lines belong together.

Blank lines separate paragraphs. Within a paragraph a line end is a soft wrap, and reads as a space, unless the line
before it is complete by itself:

- the next line is a list item (`-`, `*`, `•`, `1.`, `2)`, …), or either line is a rule of dashes or stars;
- it is a byline ("By Sok Dara"), a dateline or date alone, or a heading in capitals;
- the paragraph has lines of more than 120 characters, which nobody wraps, or several lines of a fair length that all
  end a sentence: every line is a paragraph;
- it ends a sentence although the next word would have fitted into the width at which the document is wrapped;
- it is far shorter than that width, ends without punctuation, and the next line begins with a capital: a heading;
- it opens the paragraph, ends without punctuation, and the next line begins with "The", "He", "In", …: a headline.

Where the next line begins with a small letter the line end is always soft. Where no rule is sure the line end is soft:
a heading that runs on can still be read, a sentence cut in two cannot be translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossa.model import Span
from glossa.text.abbreviations import STRONG_STARTERS
from glossa.text.blocks import Block, fold

LONG = 120
"""Characters: a paragraph with a longer line is not wrapped."""
NARROW = 50
"""Characters: nobody wraps prose at less."""

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_MARKER = re.compile(r"(?:[-*•‣◦▪●·]|\(?(?P<number>\d{1,3})[.)]|\(?[a-z]\))[ \t\u00a0]+(?=\S)")
_TERMINAL = re.compile(r"[.?!:;…][”’\"')\]]*$")
_OPEN_END = re.compile(
    r"(?:[,(\[“‘&/–—-]|(?:^|\s)(?:a|an|the|and|or|but|nor|of|in|on|at|by|for|from|with|to|into|as|that|than|between|under|"
    r"over|after|before|during|near|is|are|was|were|be|been|has|have|had|will|would|his|her|its|their|our|this|these|"
    r"Mr\.|Mrs\.|Ms\.|Dr\.|Gen\.|Lt\.|Maj\.|Brig\.|Col\.|Capt\.|Adm\.|H\.E\.))$"
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)?|Sept(?:ember|\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DATE_LINE = re.compile(
    rf"{_WEEKDAY}{_DAY}(?:,? (?:at )?\d{{1,2}}[:.]\d\d(?: ?[ap]\.?m\.?)?)?"
    rf"|[A-Z][A-Z .’'-]{{2,40}}(?: \([A-Z]+\))?,? {_WEEKDAY}{_DAY}(?: \([A-Z]+\))?(?: ?[-–—]+)?"
)
_BYLINE = re.compile(
    r"(?:By|BY|Text by|Story by|Reported by|Written by|Photos? by)(?: [A-Z][\w.’'-]*,?| and| AND| in| &){1,9}"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: where its text begins and ends, without blanks; its indentation."""

    start: int
    end: int
    indent: int
    text: str

    @property
    def length(self) -> int:
        return self.indent + len(self.text)


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    lines: list[_Line] = []
    start = 0
    ends = [*((match.start(), match.end()) for match in _LINE_END.finditer(text)), (len(text), len(text))]
    for end, after in ends:
        line = text[start:end]
        body = line.strip()
        if body:
            indent = len(line) - len(line.lstrip())
            lines.append(_Line(start + indent, start + indent + len(body), indent, body))
        elif lines:
            yield lines
            lines = []
        start = after
    if lines:
        yield lines


def _wrap_width(paragraphs: Sequence[Sequence[_Line]]) -> int:
    """The width at which the document is wrapped, 0 where there is no sign that it is."""
    lengths = [line.length for lines in paragraphs if _longest(lines) <= LONG for line in lines[:-1]]
    width = max(lengths, default=0)
    full = sum(length >= 0.85 * width for length in lengths)
    return width if width >= NARROW and full >= 3 else 0


def _longest(lines: Sequence[_Line]) -> int:
    return max(line.length for line in lines)


def _is_unwrapped(lines: Sequence[_Line]) -> bool:
    """Whether every line of the paragraph is a paragraph itself."""
    fair = [line for line in lines if line.length >= NARROW]
    return _longest(lines) > LONG or (len(fair) > 1 and all(_TERMINAL.search(line.text) for line in fair))


def _is_caps(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= 4


def _first_word(text: str) -> str:
    return text.split(None, 1)[0].strip("“‘\"'([")


def _ends_block(line: _Line, following: _Line, *, width: int, long: bool, begins: bool, opens: bool) -> bool:
    """Whether the end of `line` separates blocks: the rules at the top of this module, in order.

    Args:
        line: a line of a paragraph.
        following: the one after it.
        width: what `_wrap_width` says.
        long: the lines of the paragraph are not wrapped.
        begins: `line` begins a block.
        opens: `line` is the first of its paragraph.
    """
    here, there = line.text, following.text
    if not any(map(str.isalnum, here)) or not any(map(str.isalnum, there)):
        return True
    if _BYLINE.fullmatch(there) or (begins and (_BYLINE.fullmatch(here) or _DATE_LINE.fullmatch(here))):
        return True
    word = _first_word(there)
    if word[:1].islower() or _OPEN_END.search(here) or (here.endswith("No.") and there[0].isdigit()):
        return False
    if begins and _is_caps(here) and not _is_caps(there) and " " in here:
        return True
    if long:
        return True
    room = width - line.length - 1 - len(there.split(None, 1)[0])
    if _TERMINAL.search(here):
        return (width > 0 and room >= 0) or following.indent > line.indent + 1
    if begins and width > 0 and room >= 10 and word[:1].isupper():
        return True
    return opens and here.count(" ") >= 2 and word.istitle() and word.lower() in STRONG_STARTERS - {"mr", "mrs", "ms"}


def _marker(line: _Line, before: _Line | None, number: int, *, more: bool) -> tuple[int, int] | None:
    """The length of the list marker that `line` begins with and its number; None: it is no list item.

    In the middle of a paragraph "29. The" may be the rest of a sentence: a number counts if it is 1, follows the
    item before it, or follows a finished line; a dash before a small letter counts if another item follows.
    """
    match = _MARKER.match(line.text)
    if match is None:
        return None
    mine = int(match["number"] or 0)
    if before is not None and not _TERMINAL.search(before.text) and not number:
        if match["number"] and mine != 1:
            return None
        if match[0][0] in "-*·" and line.text[match.end()].islower() and not more:
            return None
    if match["number"] and number > 0 and mine not in (1, number + 1):
        return None
    return match.end(), mine or -1


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a plain text, in order; list markers stay outside."""
    paragraphs = list(_paragraphs(text))
    width = _wrap_width(paragraphs)
    for lines in paragraphs:
        long = _is_unwrapped(lines)
        start = 0  # of the block
        begin = 0  # the index of the line on which it begins
        number = 0  # of the list item that the lines belong to; -1: it has none; 0: no list
        items = [_MARKER.match(line.text) is not None for line in lines]
        for index, line in enumerate(lines):
            before = lines[index - 1] if index else None
            marker = _marker(line, before, number, more=any(items[index + 1 : index + 2]))
            hard = (
                before is None
                or marker is not None
                or _ends_block(before, line, width=width, long=long, begins=begin == index - 1, opens=index == 1)
            )
            if hard:
                if before is not None:
                    yield Block(tuple(fold(text, Span(start, before.end))))
                begin, start = index, line.start
                if marker:
                    start, number = line.start + marker[0], marker[1]
        yield Block(tuple(fold(text, Span(start, lines[-1].end))))
