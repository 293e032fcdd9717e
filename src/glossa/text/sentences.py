"""Cutting an English paragraph into sentences.

A cut is made in blanks only, after a stop and before what can begin a sentence. The rules here decide where titles,
initials, dotted acronyms, quotations, speaker tags, brackets and footnote numbers are concerned; for every other word
with a full stop the `sentencex` library is asked, which knows hundreds of abbreviations. It is asked about that word
alone: over whole texts it takes quadratic time at some marks and stops the interpreter at U+2028.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from glossa.model import Span
from glossa.text import abbreviations as words
from glossa.text.quotes import CLOSERS, OPENERS, merged, wholes

_BLANKS = re.compile(r"\s+")
_LOOK_BACK = 64
_LOOK_AHEAD = 100

# "… left.”", "… left.[12]", "… left.)": the end marks of a sentence, and what may close after them
_NOTE = r"\[(?:\d{1,3}|\^[^\s\[\]]{1,40})\]"  # a reference to a footnote
_FOOTNOTE = re.compile(_NOTE)
_STOPS = ".?!…。！？"
_STOP = re.compile(rf"(?P<stop>[{_STOPS}]+)(?P<close>(?:[{re.escape(CLOSERS)}]|{_NOTE})*)$")
_NO_HEAD = frozenset(_STOPS + ",;:%)")
_MAY_STOP = frozenset(_STOPS + CLOSERS)
_WORD = re.compile(r"\w+(?:[.&’'-]\w+)*")
_HEAD = re.compile(rf"[{OPENERS}]*")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?![\w.])")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,5})[.)\]]+")
_ASKABLE = re.compile(r"[A-Za-z](?:[A-Za-z.-]{0,10}[A-Za-z])?")
_SHOUTED = frozenset(("Yahoo", "Jeopardy", "Yum", "Chips Ahoy"))  # names with an exclamation mark
_CITY_TIME = re.compile(r"(?:[A-Z][\w-]+\s+){1,2}[Tt]ime\b|[A-Z]{2,4}\b")
_SPEAKER = re.compile(r"((?:[A-Z][\w.’'-]*\s+){1,6})(\w+)")
_CLOSING_QUOTES = frozenset("”’\"'»」』")
_CLOSING_BRACKETS = frozenset(")]}）】")


def _first_word(after: str) -> str:
    """The capitalised word that `after` begins with, in lower case; "" where none does or it is abbreviated."""
    match = _FIRST_WORD.match(after)
    return match[0].lower() if match is not None and match[0][0].isupper() else ""


def _last_word(body: str) -> str:
    """The word that `body` ends with, inner full stops included ("U.S", "Lt"); "" where it ends with none."""
    if not body or not body[-1].isalnum():
        return ""
    for match in _WORD.finditer(body, body.rfind(" ") + 1):
        if match.end() == len(body):
            return match[0]
    return ""


def _speaker_follows(after: str) -> bool:
    match = _SPEAKER.match(after)
    return match is not None and match[2] in words.SPEECH_VERBS and _first_word(after) not in words.STARTERS


def _abbreviated(word: str, body: str, head: str) -> bool | None:
    """Whether a sentence ends between `body`, `word`, a full stop and `head`; None: the word says nothing."""
    lower = word.lower()
    first = _first_word(head)
    if body and body[-1] in "=/&?@#\\_%+":
        return None  # the end of an address
    if lower in words.NEVER:
        return False
    if lower in words.TITLES:
        return first in words.STRONG_STARTERS or (word == "Sen" and body.endswith("Hun "))
    if lower in words.NUMBERED and head[:1].isdigit():
        return False
    if lower in words.CLOCK:
        return not (first in words.DAYS_AND_MONTHS or _CITY_TIME.match(head))
    if len(word) == 1 and word.isalpha():
        plain = body.rstrip()[-1:].islower()  # "at point B. Then", not "J. K. So"
        return first in (words.STARTERS if plain or word == "I" else words.STRONG_STARTERS)
    if lower in words.EITHER and (word[0].isupper() or "." in word):
        return first in words.STARTERS
    if _INITIALS.fullmatch(word):
        return first in words.STARTERS
    return None


def _is_abbreviation(word: str) -> bool:
    """Whether sentencex would go on after `word` and a full stop."""
    if not _ASKABLE.fullmatch(word):
        return False
    from sentencex import segment

    return len(segment("en", f"As {word}. Then it went.")) == 1


def _ends(before: str, after: str, *, bracket_began: bool) -> bool:
    """Whether a sentence ends between `before` and `after`, which blanks separate.

    Args:
        before: the end of what may be a sentence.
        after: the beginning of what follows.
        bracket_began: the bracket that closes `before`, if one does, began a sentence of its own.
    """
    match = _STOP.search(before, before.rfind(" ") + 1) if before[-1] in _MAY_STOP else None
    if match is None:
        return False
    stop, close = match["stop"], _FOOTNOTE.sub("", match["close"])
    head = after[len(_HEAD.match(after)[0]) :]  # type: ignore[index]
    body = before[: match.start()]
    if head[:1].islower() or head[:1] in _NO_HEAD or not any(map(str.isalnum, body)):
        return False
    if body[-1].isspace() and (stop[-1] in "….。" and (stop not in ".。" or body.rstrip()[-1] == ".")):
        return False  # an ellipsis in the middle of a sentence
    last = _last_word(body)
    verdict = _abbreviated(last, body[: -len(last)], head) if stop == "." and last else None
    if verdict is False:
        return False
    if _CLOSING_BRACKETS.intersection(close):
        return bracket_began
    if _CLOSING_QUOTES.intersection(close):
        return stop == "." or not _speaker_follows(head)
    if stop in ("!", "."):
        return bool(verdict or close) or not (_is_abbreviation(last) if stop == "." else last in _SHOUTED)
    return True


def split(text: str, whole: Sequence[Span] = ()) -> list[Span]:
    """The sentences of a paragraph, in order: every character that is no blank lies in one of them.

    Args:
        text: one paragraph; an empty line in it ends a sentence.
        whole: spans that must not be cut (links, code), in any order.

    Quotations and brackets of up to `quotes.LIMIT` characters stay whole. Takes time linear in the text.
    """
    fixed = merged(whole)
    pairs = wholes(text, [span for span in fixed if span])
    kept = merged([*fixed, *pairs])
    closing = {span.end: span.start for span in pairs}
    first = _BLANKS.match(text)
    start = first.end() if first else 0
    cuts: list[tuple[int, int]] = []
    upcoming = iter([*kept, Span(len(text) + 1, len(text) + 1)])
    current = next(upcoming)
    for blanks in _BLANKS.finditer(text, start):
        while current.end <= blanks.start():
            current = next(upcoming)
        if blanks.end() == len(text):
            break
        if current.start <= blanks.start():
            continue
        before = text[max(start, blanks.start() - _LOOK_BACK) : blanks.start()]
        after = text[blanks.end() : blanks.end() + _LOOK_AHEAD]
        paragraph = blanks[0].count("\n") > 1 or "\u2029" in blanks[0]
        if not paragraph and (
            _ENUMERATOR.fullmatch(before)
            or not _ends(
                before,
                after,
                bracket_began=closing.get(blanks.start(), start) == start,
            )
        ):
            continue
        cuts.append((blanks.start(), blanks.end()))
        start = blanks.end()
    return _between(text, cuts)


def _between(text: str, cuts: Sequence[tuple[int, int]]) -> list[Span]:
    end = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    if start >= end:
        return []
    edges = [(start, start), *cuts, (end, end)]
    return [Span(left[1], right[0]) for left, right in pairwise(edges)]
