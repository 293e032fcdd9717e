"""The terminology test set of the benchmarks: large enough, varied enough, and true to its own glossary."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import testset


def test_every_reference_carries_what_is_required() -> None:
    assert testset.faults() == []


def test_there_are_enough_sentences_of_every_kind() -> None:
    lines = testset.sentences()
    assert len(lines) >= 300
    counts = Counter(feature for line in lines for feature in line.features)
    assert min(counts[feature] for feature in testset.FEATURES) >= 15


@pytest.mark.parametrize("lang", testset.LANGS)
def test_the_glossary_has_long_and_latin_renderings(lang: str) -> None:
    renderings = [term.target for term in testset.terms(lang)]
    assert sum(len(rendering) >= 30 for rendering in renderings) >= 5
    assert sum(any(char.isascii() and char.isalpha() for char in rendering) for rendering in renderings) >= 20
