"""Finding the quotations and brackets of an English paragraph that must not be cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from glossa.model import Span

LIMIT = 600
"""Characters: a longer quotation or bracket may be cut between its sentences. It bounds what an engine is asked to
translate at once, and what a forgotten closing mark can do."""

OPENERS = "“‘\"'(\\[{«¿¡„「『（【*_"
CLOSERS = "”’\"')]}»」』）】*_"

_PAIRS = {"”": "“", ")": "(", "]": "[", "}": "{", "»": "«", "」": "「", "』": "『", "）": "（", "】": "【"}
_OPENING = frozenset(_PAIRS.values())
_BEFORE_OPENING = frozenset("([{—–-/“‘\"'«「『（【")
_FIRM = frozenset(".,!?…;:")


def merged(spans: Iterable[Span]) -> list[Span]:
    """`spans` in order, those that overlap joined into one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _outside(length: int, skip: Sequence[Span]) -> Iterable[tuple[int, int]]:
    at = 0
    for span in skip:
        yield at, max(at, span.start)
        at = max(at, span.end)
    yield at, length


def _opens(text: str, at: int) -> bool:
    before_ok = at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE_OPENING
    return before_ok and at + 1 < len(text) and not text[at + 1].isspace()


def _closes(text: str, at: int) -> bool:
    after_ok = at + 1 == len(text) or not text[at + 1].isalnum()
    return after_ok and at > 0 and not text[at - 1].isspace()


class _Singles:
    """Pairs single quotes, whose closing mark is also the apostrophe.

    A closing mark counts if punctuation stands before it (‘One. Two,’ he said) or, failing that, if it is the first
    that is not a plural's possessive (‘the soldiers’ base’).
    """

    def __init__(self) -> None:
        self.open: int | None = None
        self.found: list[Span] = []

    def see(self, text: str, at: int, *, opening: bool, closing: bool) -> None:
        if opening:
            self.open = at
        elif closing and self.open is not None:
            span = Span(self.open, at + 1)
            if text[at - 1] in _FIRM or text[at - 1] not in "sS":
                self.found.append(span)
                self.open = None


def wholes(text: str, skip: Sequence[Span] = ()) -> list[Span]:
    """The quotations and brackets of `text`, marks included, outermost ones only, in order.

    A mark without its partner, or with one further away than `LIMIT`, does not count. What stands within `skip`
    (in order, without overlap) is not looked at. Takes time linear in the text.
    """
    found: list[Span] = []
    stacks: dict[str, list[int]] = {mark: [] for mark in _OPENING}
    straight: int | None = None
    curly, plain = _Singles(), _Singles()
    for start, end in _outside(len(text), skip):
        for at in range(start, end):
            char = text[at]
            if char.isalnum() or char == " ":
                continue
            if char in _OPENING:
                stacks[char].append(at)
            elif char in _PAIRS:
                if stacks[_PAIRS[char]]:
                    found.append(Span(stacks[_PAIRS[char]].pop(), at + 1))
            elif char == '"':
                opening, closing = _opens(text, at), _closes(text, at)
                if straight is not None and (closing or not opening):
                    found.append(Span(straight, at + 1))
                    straight = None
                elif opening:
                    straight = at
            elif char == "‘":
                curly.see(text, at, opening=True, closing=False)
            elif char == "’":
                curly.see(text, at, opening=False, closing=_closes(text, at))
            elif char == "'":
                closing = _closes(text, at)
                plain.see(text, at, opening=_opens(text, at) and not closing, closing=closing)
    found += curly.found + plain.found
    return merged(span for span in found if len(span) <= LIMIT)
