"""The articles marked by hand, and what the extractor must reach on the set-aside ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from glossa import knowledge
from glossa.extraction import acronyms, article

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import annotated

import extraction


def test_there_are_enough_articles_and_their_markup_is_sound() -> None:
    parts = {part: list(annotated.articles(part)) for part in ("tuning", "heldout")}
    assert len(parts["tuning"]) >= 8
    assert len(parts["heldout"]) >= 4
    for each in (*parts["tuning"], *parts["heldout"]):
        assert len(each.text.split()) >= 300
        assert {mark.kind for mark in each.marks} >= {"title", "institution", "person", "place"}


def test_the_set_aside_articles_reach_the_goals() -> None:
    known = knowledge.load()
    score = extraction.Score()
    for each in annotated.articles("heldout"):
        score.add(each, dict(extraction.mentions(each.text, known)))
    assert score.figures(extraction.GROUPS["title, unit, institution"])["exact"]["f1"] >= 0.90
    assert score.figures(extraction.KINDS)["exact"]["f1"] >= 0.85


@pytest.mark.parametrize(
    ("marked", "complaint"),
    [
        ("{rank|Colonel}", "unknown kind"),
        ("{title|the King}", "an article"),
        ("a | b", "outside"),
        ("{person|}", "empty"),
    ],
)
def test_broken_markup_names_its_line(marked: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=rf"x\.txt:2: .*{complaint}"):
        annotated.parse(f"first line\n{marked}\n", "x.txt")


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("RCAF", "Royal Cambodian Armed Forces", True),
        ("MoND", "Ministry of National Defence", True),
        ("MPs", "Members of Parliament", True),
        ("EU", "European Commission", False),
        ("DRC", "Royal Army", False),
    ],
)
def test_the_letters_of_an_acronym_stand_for_its_words(short: str, full: str, fits: bool) -> None:
    assert acronyms.stands_for(short, full) is fits


def test_lists_short_forms_and_headlines() -> None:
    blocks = [
        "FOREIGN MINISTER SOK DARA VISITS KAMPOT",
        "Foreign Minister Sok Dara met the foreign and defence ministries on Monday. Dara thanked the Ministry of Health.",
        "The Ministry paid 20 dollars, Japanese officials said in Khmer.",
    ]
    found = [(m.block, str(m.kind), m.canonical) for m in article.read(blocks, knowledge.load())]
    assert (0, "person", "Sok Dara") in found
    assert (1, "institution", "foreign ministry") in found
    assert (1, "institution", "defence ministry") in found
    assert (1, "person", "Sok Dara") in found
    assert (2, "institution", "Ministry of Health") in found
    assert not {"Monday", "Japanese", "Khmer", "dollars"} & {canonical for _, _, canonical in found}
