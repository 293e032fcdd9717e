"""The engine on the bundled packages, and the pieces of its alignment."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossa.errors import PackageError
from glossa.model import Span
from glossa.translation import packages
from glossa.translation.ctranslate import CTranslateEngine, open_network, piece_spans
from glossa.translation.engine import Request
from glossa.translation.network import Heads


@pytest.fixture(scope="module", params=["km", "ja"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CTranslateEngine:
    home = tmp_path_factory.mktemp("home")
    package = packages.find("en", request.param, {"PATH": os.environ["PATH"]}, home)
    return CTranslateEngine(package, packages.tokenizer(package), open_network(package.path / "model"))


SOURCE = "He met the delegation in Phnom Penh."


def test_hypotheses_come_best_first(engine: CTranslateEngine) -> None:
    (hypotheses,) = engine.translate([Request(SOURCE)], hypotheses=4)
    assert len(hypotheses) == 4
    assert all(a.score >= b.score for a, b in itertools.pairwise(hypotheses))
    assert all(hypothesis.text and "<2" not in hypothesis.text for hypothesis in hypotheses)


def test_a_batch_keeps_its_order(engine: CTranslateEngine) -> None:
    requests = [Request("Peace."), Request(SOURCE), Request("He came.")]
    together = [hypotheses[0].text for hypotheses in engine.translate(requests, hypotheses=1)]
    alone = [engine.translate([request], hypotheses=1)[0][0].text for request in requests]
    assert together == alone
    assert engine.translate([], hypotheses=1) == []


def test_it_goes_on_from_a_prefix(engine: CTranslateEngine) -> None:
    prefix = engine.translate([Request(SOURCE)], hypotheses=1)[0][0].text[:4]
    for hypothesis in engine.translate([Request(SOURCE, prefix)], hypotheses=2)[0]:
        assert hypothesis.text.startswith(prefix)


def test_a_likely_translation_scores_higher(engine: CTranslateEngine) -> None:
    good = engine.translate([Request(SOURCE)], hypotheses=1)[0][0].text
    scores = engine.score([(SOURCE, good), (SOURCE, good[::-1])])
    assert scores[0] > scores[1]


def test_alignments_cover_the_text(engine: CTranslateEngine) -> None:
    target = engine.translate([Request(SOURCE)], hypotheses=1)[0][0].text
    (alignment,) = engine.align([(SOURCE, target)])
    assert len(alignment.weights) == len(alignment.target)
    assert all(len(row) == len(alignment.source) for row in alignment.weights)
    assert "".join(span.of(target) for span in alignment.target).replace(" ", "") == target.replace(" ", "")
    assert "".join(span.of(SOURCE) for span in alignment.source) == SOURCE.replace(" ", "")
    assert all(0 <= weight <= 1.01 for weight in alignment.mass(Span(0, len(SOURCE))))


def test_tags_and_signature(engine: CTranslateEngine) -> None:
    assert engine.marking.tags == ("<t>", "</t>")
    assert engine.signature.startswith("translate-en_")


def test_pieces_of_bytes_and_bpe() -> None:
    assert piece_spans("a 鵺 b", ["▁a", "▁", "<0xE9>", "<0xB5>", "<0xBA>", "▁b"]) == (
        Span(0, 1), Span(1, 1), Span(2, 3), Span(2, 3), Span(2, 3), Span(4, 5),
    )  # fmt: skip
    assert piece_spans("low lower", ["low", "low@@", "er"]) == (Span(0, 3), Span(4, 7), Span(7, 9))
    assert piece_spans("日本", ["<unk>", "日本"]) == (Span(0, 0), Span(0, 2))


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=4), max_size=12), st.data())
def test_pieces_tile_the_text(words: list[str], data) -> None:  # type: ignore[no-untyped-def]
    """However a text is cut into pieces, their spans are in order and spell it."""
    text = " ".join(words)
    pieces = []
    for word in words:
        cut = data.draw(st.integers(0, len(word)))
        pieces += ["▁" + word[:cut], *([word[cut:]] if word[cut:] else [])]
    spans = piece_spans(text, pieces)
    assert len(spans) == len(pieces)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert "".join(span.of(text) for span in spans) == "".join(words)


def test_a_broken_network_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"nonsense")
    with pytest.raises(PackageError, match="cannot be loaded"):
        open_network(tmp_path)
    with pytest.raises(PackageError, match="cannot be loaded"):
        open_network(tmp_path, heads=Heads(0, 1))
