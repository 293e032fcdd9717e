"""A tiny engine made of rules: it knows what a network does, copies what is annotated, and can fail on purpose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossa.model import Span
from glossa.translation.engine import Alignment, Hypothesis, Request
from glossa.translation.marking import of_tags

_PIECE = re.compile(r"<t>(.*?)</t>|[\w'-]+|[^\w\s]", re.DOTALL)
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
_STOPS = {".": "。", ",": "、", "?": "？", "!": "！"}


def kana(word: str) -> str:
    """A made-up Japanese word for an English one; numbers stay."""
    return word if word.isdigit() else "".join(_KANA[ord(char) % len(_KANA)] for char in word.lower())


class RuleEngine:
    """Renders word by word.

    Args:
        drops: renderings that it leaves out of whatever it decodes freely, as weak networks do.
        second: renderings that only its second hypothesis carries.
        tags: that it knows.
        deaf: ignores prefixes, so that only replacement helps.
    """

    def __init__(
        self,
        drops: Sequence[str] = (),
        second: Sequence[str] = (),
        tags: tuple[str, str] | None = ("<t>", "</t>"),
        *,
        deaf: bool = False,
    ) -> None:
        self.drops = frozenset(drops)
        self.second = frozenset(second)
        self.marking = of_tags(tags)
        self.deaf = deaf
        self.decoded: list[str] = []

    @property
    def signature(self) -> str:
        return "rules 1"

    @property
    def threads(self) -> int:
        return 1

    def fits(self, source: str) -> bool:
        return len(source) < 400

    def _pairs(self, source: str) -> list[tuple[Span, str]]:
        pairs: list[tuple[Span, str]] = []
        for match in _PIECE.finditer(source):
            text = match[1] if match[1] is not None else _STOPS.get(match[0], kana(match[0]))
            pairs.append((Span(*match.span()), text))
        return pairs

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1, penalty: float = 1.0
    ) -> list[tuple[Hypothesis, ...]]:
        results = []
        for request in requests:
            self.decoded.append(request.source)
            texts = [self._one(request, without=self.drops | self.second), self._one(request, without=self.drops)]
            results.append(tuple(Hypothesis(text, -0.1 * i) for i, text in enumerate(texts[:hypotheses])))
        return results

    def _one(self, request: Request, without: frozenset[str]) -> str:
        words = [text for _, text in self._pairs(request.source)]
        done = 0
        if request.prefix and not self.deaf:
            done = max((i + 1 for i, word in enumerate(words) if request.prefix.endswith(word)), default=0)
        rest = "".join(word for word in words[done:] if word not in without)
        return rest if self.deaf else request.prefix + rest

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return [-0.01 * len(target) for _, target in pairs]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        alignments = []
        for source, target in pairs:
            words = self._pairs(source)
            spans: list[Span] = []
            rows: list[tuple[float, ...]] = []
            at = 0
            for i, (_, text) in enumerate(words):
                found = target.find(text, at)
                if found < 0:
                    continue
                spans.append(Span(found, found + len(text)))
                # A word also looks a little at the next one, which it may stand in for.
                rows.append(tuple(0.7 if j == i else 0.3 if j == i + 1 else 0.0 for j in range(len(words))))
                at = found + len(text)
            alignments.append(Alignment(tuple(span for span, _ in words), tuple(spans), tuple(rows)))
        return alignments
