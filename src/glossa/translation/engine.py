"""What Glossa asks of a translation engine, and the types that pass between the two.

An engine knows nothing of terms. It renders a source text, goes on from the beginning of a translation that it is
given, says how likely a translation is, and aligns a translation with its source. `ctranslate.py` holds the engine
for argostranslate packages; tests use a small one made of rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from glossa.model import Span
from glossa.translation.marking import Marking


@dataclass(frozen=True, slots=True)
class Request:
    """A text to translate.

    Args:
        source: English, with annotations where the engine knows them.
        prefix: how the translation must begin; "" leaves it free.
    """

    source: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation that the engine proposes; `score` is the mean log-probability per token, forced ones left out."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Soft word alignment of a source and a target.

    Args:
        source: the characters that each source token covers; empty spans where a token covers none.
        target: the same for the target tokens.
        weights: for each target token, how much it looks at each source token; a row sums to about 1.
    """

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    weights: tuple[tuple[float, ...], ...]

    def mass(self, span: Span) -> tuple[float, ...]:
        """For each target token, how much of it looks into `span` of the source."""
        inside = [i for i, token in enumerate(self.source) if token.overlaps(span)]
        if not inside:
            return (0.0,) * len(self.weights)
        first, last = inside[0], inside[-1] + 1
        return tuple(sum(row[first:last]) for row in self.weights)


class Engine(Protocol):
    """A translator from English into one language."""

    @property
    def signature(self) -> str:
        """What made a draft: changes when the same source could be rendered differently."""

    @property
    def marking(self) -> Marking:
        """How requirements are best marked in what it reads."""

    @property
    def threads(self) -> int:
        """How many threads may call it at once, each of which it serves with a processor of its own."""

    def fits(self, source: str) -> bool:
        """Whether a text is short enough to be translated as one."""

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1, penalty: float = 1.0
    ) -> list[tuple[Hypothesis, ...]]:
        """The best `hypotheses` translations of each request, best first; at least one each, in the order given.

        Args:
            beam: width of the search.
            penalty: above 1 the engine is kept from repeating itself, if it can be (Keskar et al. 2019, CTRL).
        """

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Mean log-probability per token of each (source, target)."""

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """The alignment of each (source, target); at little cost for what the last call of `translate` returned."""


class Tokenizer(Protocol):
    """Subword tokenizer of a package, as argostranslate defines it."""

    def encode(self, sentence: str) -> list[str]:
        """The subword pieces of a text."""

    def decode(self, tokens: list[str]) -> str:
        """The text of subword pieces."""
