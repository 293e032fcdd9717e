"""Plain text: which lines belong together."""

from __future__ import annotations

import pytest

from glossa.text import plain


def blocks(text: str) -> list[str]:
    return [block.text for block in plain.blocks(text)]


WRAPPED = """\
The Chief of the Joint Staff of the Japan Self-Defense Forces, General
Koji Yamazaki, arrived in Phnom Penh on Monday, 29 April, and met Hun Sen.
He was received by Lieutenant General Hun Manet, deputy commander-in-chief
of RCAF. He left
"""


def test_soft_wraps() -> None:
    assert blocks("The Royal Cambodian\nArmed Forces met Lt.\nGen. Sato in\r\n2013.\n") == [
        "The Royal Cambodian Armed Forces met Lt. Gen. Sato in 2013."
    ]
    assert blocks(WRAPPED) == [" ".join(WRAPPED.split())]


def test_blank_lines_separate() -> None:
    assert blocks("\n\none\n \t\ntwo\r\n\r\nthree\r\rfour\u2029\u2029five") == ["one", "two", "three", "four", "five"]


def test_lists_and_rules() -> None:
    text = "We need:\n- apples\n  and pears\n- Bread\n* Milk\n• Tea\n\n1. One\n2) Two is\nthree\n(3) Four\n---\nend"
    assert blocks(text) == [
        "We need:",
        "apples and pears",
        "Bread",
        "Milk",
        "Tea",
        "One",
        "Two is three",
        "Four",
        "---",
        "end",
    ]


def test_what_only_looks_like_a_list() -> None:
    assert blocks("He came on April\n29. The talks\n- as planned - went on") == [
        "He came on April 29. The talks - as planned - went on"
    ]
    assert blocks("We need\n- apples\n- pears") == ["We need", "apples", "pears"]


def test_article_with_heading_byline_and_dateline() -> None:
    text = "CAMBODIA, JAPAN DEEPEN\nDEFENCE TIES\nBy Sok Dara and Chan Vuthy\nPHNOM PENH, April 29 (AKP) —\nThe general\nmet him."
    assert blocks(text) == [
        "CAMBODIA, JAPAN DEEPEN DEFENCE TIES", "By Sok Dara and Chan Vuthy", "PHNOM PENH, April 29 (AKP) —", "The general met him.",
    ]  # fmt: skip
    assert blocks("Japan and Cambodia deepen ties\nThe general met the minister.") == [
        "Japan and Cambodia deepen ties", "The general met the minister.",
    ]  # fmt: skip
    assert blocks("Monday, 29 April 2024\nThe end") == ["Monday, 29 April 2024", "The end"]


def test_one_paragraph_per_line() -> None:
    long = "The general said that cooperation had grown and that both sides would go on working together for the good of the whole region."
    text = f"Deeper ties\nSok Dara\n{long} Yes.\n{long} No.\nBackground\n{long} And\nso on."
    assert blocks(text) == [
        "Deeper ties",
        "Sok Dara",
        f"{long} Yes.",
        f"{long} No.",
        "Background",
        f"{long} And so on.",
    ]


def test_short_lines_in_a_wrapped_document() -> None:
    text = (
        WRAPPED
        + "on Tuesday. It was late.\nThe next paragraph follows without a blank line and is as wide as others\nare.\nBackground of the visit\nThe two countries are friends."
    )
    assert blocks(text)[1:] == [
        "The next paragraph follows without a blank line and is as wide as others are.",
        "Background of the visit",
        "The two countries are friends.",
    ]


def test_lines_that_all_end_a_sentence() -> None:
    line = "The general met the minister in Phnom Penh on Monday."
    assert blocks(f"Some heading\n{line}\n{line}\nShort one.") == ["Some heading", line, line, "Short one."]


@pytest.mark.parametrize("text", ["", "\n", "  \n\t", "\u2028"])
def test_nothing(text: str) -> None:
    assert blocks(text) == []
