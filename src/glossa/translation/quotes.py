"""Quotation marks of a finished translation: 「」 and, within them, 『』 in Japanese, “” and ‘’ in Khmer."""

from __future__ import annotations

import re

from glossa.languages import TARGETS

_SINGLE_PAIR = re.compile(r"(?<![A-Za-z0-9])'([^'\n]*[^'\s])'(?![A-Za-z0-9])")
_FEET_AND_INCHES = re.compile(r"\d'\d+\"")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9])[’‘'](?=[A-Za-z0-9])")


def japanese_quotes(text: str) -> str:
    """Straight and curly quotation marks as 「」, within others as 『』; apostrophes stay."""
    language = TARGETS["ja"]
    return _convert(text, language.quotes, language.inner_quotes, curly=True)


def khmer_quotes(text: str) -> str:
    """Straight quotation marks as “”, within others as ‘’, and Japanese ones likewise; apostrophes and «» stay."""
    language = TARGETS["km"]
    for pair, other in zip(("「」", "『』"), (language.quotes, language.inner_quotes), strict=True):
        text = text.replace(pair[0], other[0]).replace(pair[1], other[1])
    return _convert(text, language.quotes, language.inner_quotes, curly=False)


def _convert(text: str, outer: tuple[str, str], inner: tuple[str, str], *, curly: bool) -> str:
    text = _SINGLE_PAIR.sub(r"‘\1’", text)
    kept = {match.start() for match in _APOSTROPHE.finditer(text)}
    for match in _FEET_AND_INCHES.finditer(text):
        kept |= set(range(match.start(), match.end()))
    roles = _straight_roles(text, [i for i, char in enumerate(text) if char == '"' and i not in kept])
    stack: list[str] = []  # the closing marks of the quotations that are open
    out: list[str] = []
    for i, char in enumerate(text):
        opens = roles.get(i) == "open" or (curly and i not in kept and char in "“‘")
        closes = roles.get(i) == "close" or (curly and i not in kept and char in "”’")
        if opens:
            pair = inner if len(stack) % 2 else outer
            stack.append(pair[1])
            out.append(pair[0])
        elif closes and (stack or char != "’"):
            out.append(stack.pop() if stack else outer[1])
        else:
            out.append(char)
            for pair in (outer, inner):
                if char == pair[0]:
                    stack.append(pair[1])
                elif char == pair[1] and stack and stack[-1] == char:
                    stack.pop()
    return "".join(out)


def _straight_roles(text: str, places: list[int]) -> dict[int, str]:
    """Which straight marks open and which close: in turn, save one that has its partner in another sentence."""
    roles: dict[int, str] = {}
    if len(places) % 2:
        bare = text.strip()
        if bare.startswith('"') and not _closes(text, places[-1]):
            roles[places[0]] = "open"
            places = places[1:]
        elif _closes(text, places[-1]):
            roles[places[-1]] = "close"
            places = places[:-1]
        else:
            places = places[:-1]
    for i, place in enumerate(places):
        roles[place] = "close" if i % 2 else "open"
    return roles


def _closes(text: str, place: int) -> bool:
    """Whether nothing but sentence ends stands behind a mark, and something before it."""
    return not text[place + 1 :].strip(" .。។!?！？") and bool(text[:place].strip())
