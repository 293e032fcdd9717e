"""Two engines in a row: one intermediate text for a source, and alignments that lead through it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pytest
from engines import RuleEngine, kana
from hypothesis import given
from hypothesis import strategies as st

from glossa import languages
from glossa.model import Requirement, Span
from glossa.translation import clauses, enforce
from glossa.translation.engine import Alignment, Engine, Hypothesis, Request
from glossa.translation.marking import PLAIN
from glossa.translation.pivot import PivotEngine, compose


class Words:
    """Renders word by word from a list, what is not in it backwards, and keeps what it was asked.

    Args:
        renderings: of words; a word rendered as "" is left out.
        size: characters of a token of its alignments; 0 makes each word a token.
        room: characters that it takes.
        others: all hypotheses of a source, instead of the rendering.
    """

    tags = ("<t>", "</t>")

    def __init__(
        self,
        renderings: dict[str, str] | None = None,
        size: int = 0,
        room: int = 100,
        others: dict[str, list[str]] | None = None,
        name: str = "words",
    ) -> None:
        self.renderings = renderings or {}
        self.size = size
        self.room = room
        self.others = others or {}
        self.signature = name
        self.translated: list[Request] = []
        self.options: list[tuple[int, int, float]] = []
        self.scored: list[tuple[str, str]] = []
        self.aligned: list[tuple[str, str]] = []

    def fits(self, source: str) -> bool:
        return len(source) <= self.room

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1, penalty: float = 1.0
    ) -> list[tuple[Hypothesis, ...]]:
        self.translated += requests
        self.options.append((beam, hypotheses, penalty))
        results = []
        for request in requests:
            words = [self.renderings.get(word, word[::-1]) for word in request.source.split()]
            texts = self.others.get(request.source, [" ".join(filter(None, words))] * hypotheses)[:hypotheses]
            results.append(tuple(Hypothesis(request.prefix + text[len(request.prefix) :], -0.5) for text in texts))
        return results

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.scored += pairs
        return [-1.0 * len(source) for source, _ in pairs]

    def tokens(self, text: str) -> tuple[Span, ...]:
        if self.size:
            return tuple(Span(i, min(i + self.size, len(text))) for i in range(0, len(text), self.size))
        spans, at = [], 0
        for word in text.split():
            at = text.index(word, at)
            spans.append(Span(at, at + len(word)))
            at += len(word)
        return tuple(spans)

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        self.aligned += pairs
        found = []
        for source, target in pairs:
            left, right = self.tokens(source), self.tokens(target)
            rows = [tuple(float(i * len(left) // len(right) == j) for j in range(len(left))) for i in range(len(right))]
            found.append(Alignment(left, right, tuple(rows)))
        return found


class Rules(RuleEngine):
    """The rules of the other tests, asked as the protocol has it."""

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1, penalty: float = 1.0
    ) -> list[tuple[Hypothesis, ...]]:
        del beam
        return super().translate(requests, hypotheses=hypotheses, penalty=penalty)


FRENCH = {"The": "La", "fleet": "flotte", "sails": "navigue", "today.": "aujourd'hui."}
SOURCE = "The fleet sails today."
BETWEEN = "La flotte navigue aujourd'hui."


def test_it_is_an_engine() -> None:
    engine: Engine = PivotEngine(Words(name="en_fr 1"), Words(name="fr_ja 2"))
    assert engine.signature == "en_fr 1 + fr_ja 2"
    assert engine.marking == PLAIN
    for asked in (engine.translate, engine.score, engine.align):
        assert asked([]) == []


def test_a_source_goes_through_its_intermediate_text() -> None:
    first, second = Words(FRENCH), Rules()
    (hypotheses,) = PivotEngine(first, second).translate([Request(SOURCE)])
    assert second.decoded == [BETWEEN]
    assert hypotheses == second.translate([Request(BETWEEN)])[0]
    assert hypotheses[0].text.startswith(kana("La") + kana("flotte"))


def test_each_distinct_source_is_translated_once() -> None:
    first, second = Words(FRENCH), Words()
    engine = PivotEngine(first, second)
    requests = [Request(SOURCE), Request("The fleet"), Request(SOURCE, "aL "), Request(SOURCE, "x")]
    results = engine.translate(requests, beam=2, hypotheses=3, penalty=1.2)
    assert first.translated == [Request(SOURCE), Request("The fleet")]
    assert first.options == [(2, 1, 1.0)]
    assert second.translated == [
        Request(BETWEEN), Request("La flotte"), Request(BETWEEN, "aL "), Request(BETWEEN, "x"),
    ]  # fmt: skip
    assert second.options == [(2, 3, 1.2)]
    assert [len(hypotheses) for hypotheses in results] == [3, 3, 3, 3]
    assert [hypotheses[0].text for hypotheses in results[:3]] == [
        "aL ettolf eugivan .iuh'druojua", "aL ettolf", "aL ettolf eugivan .iuh'druojua",
    ]  # fmt: skip

    engine.translate([Request(SOURCE, "aL")], beam=1)
    engine.score([(SOURCE, "a"), ("The fleet", "b")])
    engine.align([(SOURCE, "aL ettolf"), (SOURCE, "aL")])
    assert len(first.translated) == 2
    assert second.scored == [(BETWEEN, "a"), ("La flotte", "b")]
    assert first.aligned == [(SOURCE, BETWEEN)]
    assert second.aligned == [(BETWEEN, "aL ettolf"), (BETWEEN, "aL")]
    engine.align([(SOURCE, "aL ettolf")])
    assert first.aligned == [(SOURCE, BETWEEN)]


def test_scores_are_those_of_the_second_engine() -> None:
    engine = PivotEngine(Words(FRENCH), Words())
    assert engine.score([("fleet", "x"), ("today.", "x")]) == [-len("flotte"), -len("aujourd'hui.")]


def test_score_and_align_translate_what_is_new() -> None:
    first = Words(FRENCH)
    engine = PivotEngine(first, Words())
    engine.align([("The", "aL")])
    engine.score([("The", "aL"), ("fleet", "ettolf")])
    assert first.translated == [Request("The"), Request("fleet")]


def test_what_was_not_used_for_longest_is_forgotten() -> None:
    first = Words()
    engine = PivotEngine(first, Words(), limit=2)
    engine.translate([Request("one"), Request("two")])
    engine.translate([Request("one")])
    engine.translate([Request("three")])  # two goes
    engine.translate([Request("one")])
    assert [request.source for request in first.translated] == ["one", "two", "three"]
    engine.translate([Request("two")])
    assert [request.source for request in first.translated] == ["one", "two", "three", "two"]


def test_a_call_may_ask_for_more_than_is_kept() -> None:
    words = [f"w{i}" for i in range(20)]
    engine = PivotEngine(Words(), Words(), limit=3)
    results = engine.translate([Request(word) for word in words])
    assert [hypotheses[0].text for hypotheses in results] == words
    assert engine.score([(word, "x") for word in words]) == [-float(len(word)) for word in words]
    assert len(engine.align([(word, word) for word in words])) == 20


def test_an_empty_intermediate_text_leaves_the_prefix() -> None:
    first, second = Words({"well": "", "so": " "}), Words()
    engine = PivotEngine(first, second)
    results = engine.translate([Request("well", "ja "), Request("one"), Request("well"), Request("so")], hypotheses=2)
    assert results[0] == (Hypothesis("ja ", 0.0),)
    assert [hypothesis.text for hypothesis in results[1]] == ["one", "one"]
    assert results[2:] == [(Hypothesis("", 0.0),)] * 2
    assert second.translated == [Request("eno")]
    assert engine.score([("well", "x"), ("one", "x")]) == [0.0, -3.0]
    (alignment,) = engine.align([("well", "ja da")])
    assert alignment == Alignment((Span(0, 4),), (Span(0, 2), Span(3, 5)), ((0.0,), (0.0,)))


@pytest.mark.parametrize("source", ["", " "])
def test_an_empty_source_asks_no_engine(source: str) -> None:
    first, second = Words(), Words()
    assert PivotEngine(first, second).translate([Request(source, "x")]) == [(Hypothesis("x", 0.0),)]
    assert not first.translated
    assert not second.translated


@pytest.mark.parametrize("best", ["", "  ", "on and " * 30])
def test_another_hypothesis_stands_in_for_a_useless_one(best: str) -> None:
    first = Words(others={"odd": [best, "on " * 60, "good", "better"]})
    second = Words()
    assert PivotEngine(first, second).translate([Request("odd"), Request("even")])[0][0].text == "doog"
    assert first.options == [(4, 1, 1.0), (4, 4, 1.2)]
    assert first.translated == [Request("odd"), Request("even"), Request("odd")]


def test_an_intermediate_text_too_long_is_used_if_there_is_no_other() -> None:
    long = "on " * 60
    second = Words()
    PivotEngine(Words(others={"odd": [long]}), second).translate([Request("odd")])
    assert second.translated == [Request(long)]


def test_a_source_must_fit_the_first_engine() -> None:
    assert not PivotEngine(Words(room=10), Words()).fits("x" * 11)


def test_fitting_asks_the_second_engine_where_it_may_be_tight() -> None:
    first, second = Words(room=20), Words(room=15)
    engine = PivotEngine(first, second)
    assert engine.fits("x" * 9)  # short enough to be trusted
    assert not first.translated
    assert not engine.fits("x" * 16)
    assert engine.fits("y" * 12)
    assert [request.source for request in first.translated] == ["x" * 16, "x" * 16, "y" * 12]
    engine.translate([Request("y" * 12)])
    assert len(first.translated) == 3


def test_fitting_remembers_a_runaway() -> None:
    engine = PivotEngine(Words(others={"odd": ["on " * 60]}), Words())
    assert engine.fits("odd")
    engine.translate([Request("odd")])
    assert not engine.fits("odd")


def test_a_long_source_is_split_until_its_intermediate_texts_fit() -> None:
    first, second = Words({"war": "krieg-und-frieden"}, room=60), Words(room=60)
    engine = PivotEngine(first, second)
    pieces = clauses.fitting("war war war war, war war war war.", (), engine.fits)
    assert len(pieces) > 1
    assert "".join(source for source, _ in pieces) == "war war war war, war war war war."
    engine.translate([Request(source) for source, _ in pieces])
    assert all(second.fits(request.source) for request in second.translated)


def test_alignment_leads_through_the_intermediate_text() -> None:
    engine = PivotEngine(Words(FRENCH), Words())
    target = engine.translate([Request(SOURCE)])[0][0].text
    (alignment,) = engine.align([(SOURCE, target)])
    assert [span.of(SOURCE) for span in alignment.source] == SOURCE.split()
    assert [span.of(target) for span in alignment.target] == target.split()
    assert alignment.weights == tuple(tuple(float(i == j) for j in range(4)) for i in range(4))
    assert alignment.mass(Span(4, 9)) == (0.0, 1.0, 0.0, 0.0)


def test_an_approved_term_is_put_in() -> None:
    engine = PivotEngine(Words(FRENCH), Words())
    task = enforce.Task(SOURCE, (Requirement(Span(4, 9), "艦隊"),))
    (outcome,) = enforce.enforce(engine, [task], languages.target("ja"))
    assert "艦隊" in outcome.target
    assert not outcome.verdict.missing


def test_tokens_that_are_cut_differently_share_by_characters() -> None:
    first = Alignment((Span(0, 1), Span(1, 2)), (Span(0, 3), Span(3, 6)), ((1.0, 0.0), (0.0, 1.0)))
    second = Alignment((Span(0, 4), Span(4, 6)), (Span(0, 1), Span(1, 2)), ((1.0, 0.0), (0.5, 0.5)))
    weights = compose(first, second).weights
    assert weights[0] == pytest.approx((3 / 4, 1 / 4))
    assert weights[1] == pytest.approx((3 / 8, 5 / 8))


def test_lost_weight_is_spread_over_the_rest() -> None:
    first = Alignment((Span(0, 1), Span(1, 2)), (Span(0, 2), Span(2, 2), Span(2, 4)), ((0.5, 0.5), (1.0, 0.0), (0, 0)))
    # The first token covers nothing, the third looks at nothing, the last lies beyond all that the other side covers.
    between = (Span(0, 0), Span(0, 2), Span(2, 4), Span(5, 9))
    second = Alignment(between, (Span(0, 1),) * 3, ((0.6, 0.2, 0.1, 0.1), (0.9, 0.0, 0.0, 0.1), (0.0, 0.0, 1.0, 0.0)))
    assert compose(first, second) == Alignment(
        first.source, second.target, ((0.5, 0.5), (0.0, 0.0), (0.0, 0.0)),
    )  # fmt: skip


def test_tokens_of_one_character_share_it() -> None:
    """The bytes of a character that a vocabulary lacks all cover that character."""
    same = (Span(0, 1),) * 3
    first = Alignment((Span(0, 1), Span(1, 2)), same, ((1.0, 0.0), (1.0, 0.0), (0.0, 1.0)))
    second = Alignment((Span(0, 1),), (Span(0, 1),), ((1.0,),))
    assert compose(first, second).weights[0] == pytest.approx((2 / 3, 1 / 3))


def test_rows_may_be_empty() -> None:
    nothing = Alignment((), (), ())
    some = Alignment((Span(0, 1),), (Span(0, 1),), ((1.0,),))
    assert compose(nothing, nothing) == nothing
    assert compose(some, nothing) == Alignment(some.source, (), ())
    assert compose(nothing, some) == Alignment((), some.target, ((),))
    to_nothing = Alignment(some.source, (), ())
    from_nothing = Alignment((), some.target, ((),))
    assert compose(to_nothing, from_nothing) == Alignment(some.source, some.target, ((0.0,),))


@st.composite
def tilings(draw: st.DrawFn, length: int) -> tuple[Span, ...]:
    """The tokens of a text of that length, in one way of many; no character is left out."""
    cuts = sorted(draw(st.sets(st.integers(1, length - 1)))) if length > 1 else []
    edges = [0, *cuts, length] if length else []
    return tuple(Span(start, end) for start, end in itertools.pairwise(edges))


@st.composite
def tokens(draw: st.DrawFn) -> tuple[Span, ...]:
    """Tokens as tokenizers make them at worst: with gaps, empty ones, several over one character."""
    pairs = draw(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4)), max_size=6))
    return tuple(Span(start, start + length) for start, length in sorted(pairs))


weight = st.floats(0.01, 1.0)


@st.composite
def alignments(draw: st.DrawFn, source: tuple[Span, ...], target: tuple[Span, ...]) -> Alignment:
    """Any alignment of these tokens: each row sums to 1, or is all zero."""
    rows = []
    for _ in target:
        row = [draw(st.just(0.0) | weight) for _ in source]
        total = sum(row)
        rows.append(tuple(value / total for value in row) if total else tuple(row))
    return Alignment(source, target, tuple(rows))


def identity(spans: tuple[Span, ...]) -> Alignment:
    return Alignment(spans, spans, tuple(tuple(float(i == j) for j in range(len(spans))) for i in range(len(spans))))


def near(one: Alignment, other: Alignment) -> bool:
    return (one.source, one.target) == (other.source, other.target) and all(
        a == pytest.approx(b) for a, b in zip(one.weights, other.weights, strict=True)
    )


@given(st.data())
def test_rows_sum_to_one_or_are_all_zero(data: st.DataObject) -> None:
    first = data.draw(alignments(data.draw(tokens()), data.draw(tokens())))
    second = data.draw(alignments(data.draw(tokens()), data.draw(tokens())))
    result = compose(first, second)
    assert (result.source, result.target) == (first.source, second.target)
    assert len(result.weights) == len(result.target)
    for row in result.weights:
        assert len(row) == len(result.source)
        assert all(0 <= value <= 1 + 1e-9 for value in row)
        assert not any(row) or math.isclose(sum(row), 1)


@given(st.data(), st.integers(0, 12))
def test_nothing_is_lost_where_all_is_covered(data: st.DataObject, length: int) -> None:
    """With two tokenisations of the same text and rows that all look somewhere, all rows look somewhere."""
    sides = [data.draw(tilings(length)) for _ in range(3)]
    source = data.draw(tilings(5))
    first = Alignment(source, sides[0], tuple(tuple(1 / len(source) for _ in source) for _ in sides[0]))
    second = Alignment(sides[1], sides[2], tuple(tuple(1 / len(sides[1]) for _ in sides[1]) for _ in sides[2]))
    for row in compose(first, second).weights:
        assert row == pytest.approx(tuple(1 / len(source) for _ in source))


@given(st.data(), st.integers(1, 12))
def test_the_identity_changes_nothing(data: st.DataObject, length: int) -> None:
    source, target = data.draw(tilings(length)), data.draw(tilings(length))
    alignment = data.draw(alignments(source, target))
    assert near(compose(identity(source), alignment), alignment)
    assert near(compose(alignment, identity(target)), alignment)


@given(st.data(), st.integers(1, 12))
def test_a_finer_cut_of_the_text_between_changes_nothing(data: st.DataObject, length: int) -> None:
    """Through single characters, each of which looks where its token looks, the way is the same."""
    between = data.draw(tilings(length))
    first = data.draw(alignments(data.draw(tilings(4)), between))
    second = data.draw(alignments(between, data.draw(tilings(4))))
    characters = tuple(Span(i, i + 1) for i in range(length))
    rows = tuple(
        next(row for token, row in zip(between, first.weights, strict=True) if token.overlaps(character))
        for character in characters
    )
    assert near(compose(Alignment(first.source, characters, rows), second), compose(first, second))


@given(st.lists(st.sampled_from(["The", "fleet", "sails", "ox", "-"]), min_size=1, max_size=6), st.integers(0, 4))
def test_any_two_tokenisations_of_the_intermediate_text(words: list[str], size: int) -> None:
    source = " ".join(words)
    engine = PivotEngine(Words(FRENCH), Words(size=size))
    target = engine.translate([Request(source)])[0][0].text
    (alignment,) = engine.align([(source, target)])
    assert [span.of(source) for span in alignment.source] == words
    assert "".join(span.of(target) for span in alignment.target).replace(" ", "") == target.replace(" ", "")
    for span, row in zip(alignment.target, alignment.weights, strict=True):
        assert math.isclose(sum(row), 1) or (not any(row) and not span.of(target).strip())
