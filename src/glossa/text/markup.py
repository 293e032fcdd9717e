"""Where the inline markup of a Markdown text stands: CommonMark 0.31 (with strikethrough), by character offsets.

markdown-it tells what the markup means but not where it stands; translating needs the places. The scanner follows the
"parsing strategy" appendix of the specification: one pass over the text with a stack of brackets and a list of
delimiter runs. It takes time linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html.entities import html5

from glossa.model import Span
from glossa.text.verbatim import verbatim


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of markup.

    Args:
        outer: with its marks.
        inner: between its opening and its closing mark; equal to `outer` where it is verbatim.
        verbatim: code, an image, an address or raw HTML: nothing in it is translated.
    """

    outer: Span
    inner: Span
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`[label]` or `[label][]`: a link if the document defines the label, otherwise just brackets.

    Args:
        label: the characters of the label.
        tail: the `[]` after it, or an empty span where it would stand.
    """

    label: Span
    tail: Span


@dataclass(frozen=True, slots=True)
class Scan:
    """The inline markup of a text.

    Args:
        regions: in order, outer ones before those within them; they nest or stand apart.
        replaced: backslash escapes and entities, with the character that each stands for.
        breaks: hard line breaks, the line end included.
        shortcuts: what a reference definition may turn into links.
    """

    regions: tuple[Region, ...]
    replaced: tuple[tuple[Span, str], ...]
    breaks: tuple[Span, ...]
    shortcuts: tuple[Shortcut, ...]


PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

_SPECIAL = re.compile(r"[\\`*_~\[\]!<&\n]")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+)>")
_TAG = re.compile(
    r"""<(?:/[A-Za-z][A-Za-z0-9-]*+\s*+|[A-Za-z][A-Za-z0-9-]*+
    (?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*'|"[^"]*"))?+)*+\s*+/?)>""",
    re.VERBOSE,
)
_LONG_HTML = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ENTITY_REST = re.compile(r"[#A-Za-z0-9]{1,32};")
_DESTINATION = re.compile(
    r"""\(\s*+(?:<(?:[^<>\n\\]|\\.)*+>|(?:[^\s()<>\\]|\\.)(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*+\))*+\))*+)?+
    (?:\s++(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+\s*+\)""",
    re.VERBOSE | re.DOTALL,
)
_LABEL = re.compile(r"\[(?=[^\]]*[^\s\]])(?:[^\[\]\\]|\\.){1,999}\]", re.DOTALL)
_FOOTNOTE = re.compile(r"\^[^\s\[\]]+")
_LINK_LIKE = re.compile(r"\]\\?[(\[]")


def is_punctuation(char: str) -> bool:
    """Whether CommonMark takes `char` for punctuation when it decides about emphasis."""
    return char in PUNCTUATION if char.isascii() else unicodedata.category(char)[0] in "PS"


@dataclass(slots=True)
class _Run:
    """A delimiter run; `start` and `end` move inwards as its characters are used."""

    start: int
    end: int
    char: str
    length: int
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Bracket:
    at: int
    image: bool
    runs: int
    regions: int
    replaced: int
    shortcuts: int


def _run(text: str, start: int, end: int) -> _Run:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    left = not after.isspace() and (not is_punctuation(after) or before.isspace() or is_punctuation(before))
    right = not before.isspace() and (not is_punctuation(before) or after.isspace() or is_punctuation(after))
    opens, closes = left, right
    if text[start] == "_":
        opens = left and (not right or is_punctuation(before))
        closes = right and (not left or is_punctuation(after))
    return _Run(start, end, text[start], end - start, opens, closes)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.regions: list[Region] = []
        self.replaced: list[tuple[Span, str]] = []
        self.breaks: list[Span] = []
        self.shortcuts: list[Shortcut] = []
        self.runs: list[_Run] = []
        self.brackets: list[_Bracket] = []
        self.dead = 0  # link brackets below this index of `brackets` may not become links: no link within a link
        self.ticks: dict[int, list[int]] | None = None
        self.link_like = _LINK_LIKE.search(text) is not None
        self.absent: set[str] = set()  # ends of HTML constructs that do not come any more

    def scan(self) -> Scan:
        addresses = iter([*verbatim(self.text), Span(len(self.text) + 1, len(self.text) + 1)])
        address = next(addresses)
        at, upto = 0, -1
        while at < len(self.text):
            if upto < at:
                special = _SPECIAL.search(self.text, at)
                upto = special.start() if special else len(self.text)
            while address.start < at:
                address = next(addresses)
            if address.start <= upto:
                at = self.keep(address)
            else:
                at = self.step(upto, self.text[upto]) if upto < len(self.text) else upto
        self.emphasis(0)
        return Scan(
            tuple(sorted(self.regions, key=lambda region: (region.outer.start, -region.outer.end))),
            tuple(self.replaced),
            tuple(self.breaks),
            tuple(self.shortcuts),
        )

    def keep(self, span: Span) -> int:
        self.regions.append(Region(span, span, verbatim=True))
        return span.end

    def step(self, at: int, char: str) -> int:
        """Deal with the special character at `at`; return where to go on."""
        if char == "\\":
            return self.escape(at)
        if char == "`":
            return self.code(at)
        if char == "<":
            return self.html(at)
        if char == "&":
            return self.entity(at)
        if char == "]":
            return self.close(at)
        if char == "\n":
            body = self.text[max(0, at - 2) : at]
            if body == "  ":
                start = at
                while start and self.text[start - 1] == " ":
                    start -= 1
                self.breaks.append(Span(start, at + 1))
            return at + 1
        if char in "![":
            image = char == "!"
            if image and not self.text.startswith("[", at + 1):
                return at + 1
            counts = (len(self.runs), len(self.regions), len(self.replaced), len(self.shortcuts))
            self.brackets.append(_Bracket(at, image, *counts))
            return at + 1 + image
        end = at
        while end < len(self.text) and self.text[end] == char:
            end += 1
        if char != "~" or end - at == 2:
            self.runs.append(_run(self.text, at, end))
        return end

    def escape(self, at: int) -> int:
        after = self.text[at + 1 : at + 2]
        span = Span(at, at + 2)
        if after == "\n":
            self.breaks.append(span)
        elif not after or after not in PUNCTUATION:
            return at + 1
        elif self.safe(at, after):
            self.replaced.append((span, after))
        else:
            self.keep(span)
        return span.end

    def safe(self, at: int, char: str) -> bool:
        """Whether the escaped character could stand without its backslash."""
        before, after = self.text[max(0, at - 1) : at], self.text[at + 2 : at + 3]
        if char in "*`\\|" or (at == 0 and char in "#>+-=_[:"):
            return False
        if char in "&<":
            return self.harmless(char, at + 2)
        if char == "~":
            return before != "~" and after not in ("~", "\\")
        if char in ".)" and self.text[max(0, at - 10) : at].isdigit():
            return at > 10
        if char == "_":
            return before.isalnum() and after.isalnum()
        if char in "[](":
            return not self.link_like and after not in ("^", "!")
        return char != "!" or after != "["

    def harmless(self, char: str, end: int) -> bool:
        """Whether `&` or `<` means itself before what stands at `end`."""
        if char == "&":
            return _ENTITY_REST.match(self.text, end) is None
        return end == len(self.text) or self.text[end] in " \n0123456789="

    def entity(self, at: int) -> int:
        match = _ENTITY.match(self.text, at)
        if match is None:
            return at + 1
        name = match[0][1:]
        char = html5.get(name, "") if name[0] != "#" else _numbered(name)
        span = Span(*match.span())
        if not char:
            return at + 1
        fine = self.harmless(char, span.end) if char in "&<" else char not in "*_`>\\[]~|#" and char.isprintable()
        if not fine and char != "\u00a0":
            return self.keep(span)
        self.replaced.append((span, char))
        return span.end

    def code(self, at: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for match in _TICKS.finditer(self.text):
                self.ticks.setdefault(len(match[0]), []).append(match.start())
            for starts in self.ticks.values():
                starts.reverse()
        length = len(_TICKS.match(self.text, at)[0])  # type: ignore[index]
        starts = self.ticks.get(length, [])
        while starts and starts[-1] < at + length:
            starts.pop()
        return self.keep(Span(at, starts[-1] + length)) if starts else at + length

    def html(self, at: int) -> int:
        match = _AUTOLINK.match(self.text, at) or _TAG.match(self.text, at)
        if match:
            return self.keep(Span(*match.span()))
        for begin, end in _LONG_HTML:
            if self.text.startswith(begin, at) and (begin != "<!" or self.text[at + 2 : at + 3].isalpha()):
                stop = -1 if end in self.absent else self.text.find(end, at + len(begin))
                if stop >= 0:
                    return self.keep(Span(at, stop + len(end)))
                self.absent.add(end)
        return at + 1

    def close(self, at: int) -> int:
        if not self.brackets:
            return at + 1
        bracket = self.brackets.pop()
        dead = len(self.brackets) < self.dead and not bracket.image
        self.dead = min(self.dead, len(self.brackets))
        if dead:
            return at + 1
        text = self.text
        start = bracket.at + 1 + bracket.image
        if _FOOTNOTE.fullmatch(text, start, at):
            self.forget(bracket)
            return self.keep(Span(bracket.at, at + 1))
        tail = _DESTINATION.match(text, at + 1) or _LABEL.match(text, at + 1)
        if tail is None:
            if at - start <= 999 and _LABEL.fullmatch(text, start - 1, at + 1):
                empty = 2 if text.startswith("[]", at + 1) else 0
                self.shortcuts.append(Shortcut(Span(start, at), Span(at + 1, at + 1 + empty)))
            return at + 1
        if bracket.image or not text[start:at].strip():
            self.forget(bracket)
            return self.keep(Span(bracket.at, tail.end()))
        self.emphasis(bracket.runs)
        del self.shortcuts[bracket.shortcuts :]
        self.regions.append(Region(Span(bracket.at, tail.end()), Span(start, at), verbatim=False))
        self.dead = len(self.brackets)
        return tail.end()

    def forget(self, bracket: _Bracket) -> None:
        """Drop what was found since the bracket opened: it lies in something verbatim."""
        del self.runs[bracket.runs :]
        del self.regions[bracket.regions :]
        del self.replaced[bracket.replaced :]
        del self.shortcuts[bracket.shortcuts :]

    def emphasis(self, bottom: int) -> None:
        """Pair the delimiter runs from index `bottom` on, and drop them: `process emphasis` of the specification."""
        runs = self.runs[bottom:]
        del self.runs[bottom:]
        previous = list(range(-1, len(runs) - 1))
        floor: dict[tuple[str, bool, int], int] = {}
        at = 0
        while at < len(runs):
            closer = runs[at]
            if not closer.closes or closer.start == closer.end:
                at += 1
                continue
            key = (closer.char, closer.opens, closer.length % 3)
            below = previous[at]
            while below > floor.get(key, -1) and not _pairs(runs[below], closer):
                below = previous[below]
            if below <= floor.get(key, -1):
                floor[key] = previous[at]
                at += 1
                continue
            opener = runs[below]
            size = 2 if min(opener.end - opener.start, closer.end - closer.start) >= 2 else 1
            outer = Span(opener.end - size, closer.start + size)
            self.regions.append(Region(outer, Span(opener.end, closer.start), verbatim=False))
            opener.end -= size
            closer.start += size
            previous[at] = below if opener.start < opener.end else previous[below]


def _pairs(opener: _Run, closer: _Run) -> bool:
    if opener.char != closer.char or not opener.opens or opener.start == opener.end:
        return False
    if opener.char != "~" and (opener.closes or closer.opens) and (opener.length + closer.length) % 3 == 0:
        return opener.length % 3 == 0 and closer.length % 3 == 0
    return True


def _numbered(name: str) -> str:
    code = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def scan(text: str) -> Scan:
    """The inline markup of `text`, a paragraph or a part of one; line ends in it are single line feeds."""
    return _Scanner(text).scan()
