"""From English into a language through a third one: two engines in a row that look like one.

argostranslate does the same where no package translates directly (its `CompositeTranslation`), but tries several
intermediate texts. Here a source has one, so that whatever is asked about it later (how its words are aligned, how it
goes on from a given beginning) is about the same text. The requirements are enforced on the way into the target only.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from operator import mul
from typing import Generic, TypeVar

from glossa.translation.engine import Alignment, Engine, Hypothesis, Request
from glossa.translation.marking import PLAIN, Marking

_TEXTS = 8192  # intermediate texts that are kept
_ALIGNMENTS = 512  # alignments of sources with them that are kept; each may take 100 kB
# A second try where an intermediate text is of no use: networks that write without end repeat themselves.
_TRIES = 4
_PENALTY = 1.2

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class _Recent(Generic[_Key, _Value]):
    """The values that were used last, at most `limit` of them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[_Key, _Value] = OrderedDict()

    def get(self, key: _Key) -> _Value | None:
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key]

    def put(self, key: _Key, value: _Value) -> None:
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._limit:
            self._values.popitem(last=False)


class PivotEngine:
    """Two engines, the second of which translates what the first makes of English. Not safe to share between threads.

    Args:
        first: from English into the third language.
        second: from the third language into the target language.
        limit: how many intermediate texts are kept.
        marking: what comes through both.
    """

    def __init__(self, first: Engine, second: Engine, limit: int = _TEXTS, marking: Marking = PLAIN) -> None:
        self._first = first
        self._second = second
        self._marking = marking
        self._texts: _Recent[str, str] = _Recent(limit)
        self._alignments: _Recent[tuple[str, str], Alignment] = _Recent(min(limit, _ALIGNMENTS))

    @property
    def signature(self) -> str:
        """Both signatures, joined by " + "."""
        return f"{self._first.signature} + {self._second.signature}"

    @property
    def marking(self) -> Marking:
        """See `Engine.marking`; plain English unless something else is known to come through both."""
        return self._marking

    @property
    def threads(self) -> int:
        """See `Engine.threads`: one, for what it remembers."""
        return 1

    def fits(self, source: str) -> bool:
        """Whether the first engine can translate the source as one, and the second what the first makes of it.

        To know the latter the source has to be translated. That is done (and kept for `translate`) for sources that
        fill more than half of what the first engine takes; of the others nothing is expected that is too long for the
        second. Where that proves wrong, see `translate`.
        """
        if not self._first.fits(source):
            return False
        known = self._texts.get(source)
        if known is None:
            if self._first.fits(f"{source} {source}"):
                return True
            known = self._intermediate([source])[source]
        return self._second.fits(known)

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1, penalty: float = 1.0
    ) -> list[tuple[Hypothesis, ...]]:
        """See `Engine.translate`; prefix, `hypotheses` and `penalty` are for the second engine, scores are from it.

        Each distinct source is translated once by the first engine; its best hypothesis is the intermediate text of
        the source as long as it is kept, whatever `beam` later calls ask for. Where that is empty or too long for the
        second engine, the first hypothesis of a search with repetition held down that is neither takes its place; if
        there is none, the second engine does with the text what it can. Of an empty intermediate text nothing can be
        made: the translation is the prefix alone, with a score of 0.
        """
        texts = self._intermediate((request.source for request in requests), beam)
        results = [(Hypothesis(request.prefix, 0.0),) for request in requests]
        asked = [i for i, request in enumerate(requests) if texts[request.source]]
        made: list[tuple[Hypothesis, ...]] = []
        if asked:
            made = self._second.translate(
                [Request(texts[requests[i].source], requests[i].prefix) for i in asked],
                beam=beam,
                hypotheses=hypotheses,
                penalty=penalty,
            )
        found: dict[int, tuple[Hypothesis, ...]] = dict(zip(asked, made, strict=True))
        return [found.get(i, result) for i, result in enumerate(results)]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """See `Engine.score`: of each target as a translation of the source's intermediate text, 0 if that is empty.

        How likely the intermediate text is does not count: it is the same for all translations of a source.
        """
        texts = self._intermediate(source for source, _ in pairs)
        asked = [i for i, (source, _) in enumerate(pairs) if texts[source]]
        made = self._second.score([(texts[pairs[i][0]], pairs[i][1]) for i in asked]) if asked else []
        found = dict(zip(asked, made, strict=True))
        return [found.get(i, 0.0) for i in range(len(pairs))]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """See `Engine.align`: the alignments of both engines, composed.

        The source is aligned with its intermediate text by the first engine and this text with the target by the
        second. A target token looks through each token of the intermediate text at what that token looks at in the
        source. The two engines cut the intermediate text differently: a token of the second stands for those of the
        first that it shares characters with, each as much as it shares (see `compose`).

        Returns:
            For each pair the source tokens of the first engine and the target tokens of the second. Each row sums to
            1, or is all zero where nothing leads back to the source, as for every token if the intermediate text is
            empty.
        """
        if not pairs:
            return []
        texts = self._intermediate(source for source, _ in pairs)
        firsts = self._aligned(dict.fromkeys((source, texts[source]) for source, _ in pairs))
        seconds = self._second.align([(texts[source], target) for source, target in pairs])
        return [
            compose(firsts[source, texts[source]], second) for (source, _), second in zip(pairs, seconds, strict=True)
        ]

    def _aligned(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Alignment]:
        """What the first engine says of distinct (source, intermediate text); the repair asks for it many times."""
        found: dict[tuple[str, str], Alignment] = {}
        waiting: list[tuple[str, str]] = []
        for pair in pairs:
            known = self._alignments.get(pair)
            if known is None:
                waiting.append(pair)
            else:
                found[pair] = known
        if waiting:
            for pair, alignment in zip(waiting, self._first.align(waiting), strict=True):
                found[pair] = alignment
                self._alignments.put(pair, alignment)
        return found

    def _intermediate(self, sources: Iterable[str], beam: int = 4) -> dict[str, str]:
        """The intermediate text of each source, "" where there is none; those not known are made, all at once."""
        found: dict[str, str] = {}
        waiting: list[str] = []
        for source in dict.fromkeys(sources):
            known = self._texts.get(source) if source.strip() else ""
            if known is None:
                waiting.append(source)
            else:
                found[source] = known
        made = self._first_best(waiting, beam)
        for source, text in made.items():
            self._texts.put(source, text)
        return found | made

    def _first_best(self, sources: Sequence[str], beam: int) -> dict[str, str]:
        if not sources:
            return {}
        results = self._first.translate([Request(source) for source in sources], beam=beam, hypotheses=1)
        best = {source: _text(hypotheses[0]) for source, hypotheses in zip(sources, results, strict=True)}
        useless = [source for source, text in best.items() if not self._usable(text)]
        if useless:
            results = self._first.translate(
                [Request(source) for source in useless], beam=max(beam, _TRIES), hypotheses=_TRIES, penalty=_PENALTY
            )
            for source, hypotheses in zip(useless, results, strict=True):
                best[source] = next(filter(self._usable, map(_text, hypotheses)), best[source])
        return best

    def _usable(self, text: str) -> bool:
        return bool(text) and self._second.fits(text)


def _text(hypothesis: Hypothesis) -> str:
    return hypothesis.text if hypothesis.text.strip() else ""


def compose(first: Alignment, second: Alignment) -> Alignment:
    """The alignment of a source with a target from those of both with a text between them.

    With B(t, j) how much target token t looks at token j of the text between in `second`, A(i, s) how much its token
    i looks at source token s in `first`, and M(j, i) the share that i has in the characters that j and the tokens of
    `first` have in common, the result is the product B M A. Weight that gets lost (on tokens that cover no character
    or none that the other side covers, or that look at nothing) is spread over what is left of its row.

    Args:
        first: of the source with the text between.
        second: of the text between with the target.

    Returns:
        The source tokens of `first` and the target tokens of `second`; each row sums to 1 or is all zero.
    """
    through = _through(first, second)
    columns = [tuple(row[s] for row in through) for s in range(len(first.source))]
    rows = tuple(_distribution([sum(map(mul, row, column)) for column in columns]) for row in second.weights)
    return Alignment(first.source, second.target, rows)


def _through(first: Alignment, second: Alignment) -> list[tuple[float, ...]]:
    """M A: for each source token of `second`, how much it looks at each source token of `first`."""
    rows = [_distribution(row) for row in first.weights]
    through: list[tuple[float, ...]] = []
    for token in second.source:
        total = [0.0] * len(first.source)
        for other, row in zip(first.target, rows, strict=True):
            shared = min(token.end, other.end) - max(token.start, other.start)
            if shared > 0:
                for s, weight in enumerate(row):
                    total[s] += shared * weight
        through.append(_distribution(total))
    return through


def _distribution(weights: Sequence[float]) -> tuple[float, ...]:
    """`weights` scaled so that they sum to 1; as they are where there is nothing to scale."""
    total = sum(weights)
    return tuple(weight / total for weight in weights) if total > 0 else tuple(weights)
