"""Sentences: golden cases for what makes English hard to cut, and properties for any text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossa.model import Span
from glossa.text.quotes import LIMIT, wholes
from glossa.text.sentences import split

# `|` marks where a sentence ends; the blank after it is where the text is cut.
GOLDEN = [
    # titles, ranks, initials
    "Lt. Gen. Koji Yamazaki arrived.| He met Brig. Gen. Hun Manet, Adm. Sato and Col. A. B. Chan.",
    "He met Maj. Gen. J. K. Smith.| Gen. Vong Pisen was there.| So was Mr. Tea Banh.",
    "H.E. Hun Sen spoke.| He met Samdech Hun Sen.| Then Dr. Martin Luther King Jr. spoke.",
    "He met Prime Minister Hun Sen.| Koji Yamazaki left.",
    "They met U.S. Sen. John McCain.| The senator left.",
    "Mr. & Mrs. Smith came.| Prof. Sok stayed.",
    # dotted acronyms
    "The U.S. Army came.| U.S. President Lincoln spoke.| He returned to the U.S.| The general stayed.",
    "The U.N. General Assembly voted.| It met in Washington, D.C.| In May it met again.",
    "A Ph.D. student wrote it.| He is at point B.| Then he went on to E. Timor.",
    # clock times, dates, numbers
    "It began at 9 a.m.| He left.| At 5 p.m. Monday it ended, at 5 p.m. Tokyo time.",
    "No. 5 Company came.| See Art. 9, Fig. 2 and pp. 3-5.| He said no.| Then he left.",
    "He was born in 1953.| The year 2013 was good.| 5 men left.| It cost $5.5 million.",
    "On Sept. 5 he came.| It rose by 5.8 percent.",
    # firms and the like
    "Toyota Motor Corp. President Akio Toyoda spoke.| He founded Toyota Motor Corp.| The firm grew.",
    "St. Louis won.| He works on Wall St.| The bank closed.| Food, etc. was sold.",
    "Cambodia vs. Japan, e.g. The Game, i.e. football.",
    # quotations and their speakers
    "“One. Two,” he said.| Next one here.",
    '"One. Two," he said.| "I\'m here. You\'re there."| Then he left.',
    "‘One. Two,’ he said.| The soldiers’ base is here.| It’s old.",
    "‘The soldiers’ base is gone. It was big,’ he said.| End.",
    "'Yes. No,' he said.| The soldiers' base is here.| It's old.",
    "“Why?” General Yamazaki asked.| “Stop!”| The general left.| “Help!” he cried.",
    "He said: “We agree. We go on.”| The talks ended.| He said, “Go.”| “Why?” she asked.",
    "“First.”| “Second.”| “Third,” she said.",
    "He called it “a ‘new. Better’ day. A good one.”| Then he left.",
    # unbalanced marks swallow nothing
    '"Oops one.| Two.| Three.',
    "“Oops one.| Two.| Three.",
    "It closed late.”| Then he left.",
    "It is (not closed.| Two.| Three.",
    "Not opened).| Two.| Three.",
    # brackets
    "He left.| (The general stayed. So did I.)| Then it rained.",
    "It (est. 1945. Really.) was gone (today).| Go.",
    "[General] Yamazaki said so.| “The [Royal. Old] army is ready.”| [Gen.] Sato agreed.",
    "The Royal Cambodian Army (RCA).| The Army left.",
    # footnotes, ellipses, several marks
    "He left.[1]| She came.[2][3]| They left.[^note]| End.",
    "Well…| Then he left.| The talks … Yamazaki said, were good.| Wait...| What?!| Yes!!!| No.",
    "The end . . . was near.| It came.",
    "Yahoo! Inc. grew.| Yahoo! Japan grew.",
    # enumerators and dashes
    "1. First thing.| 2. Second thing.| A. The third.",
    "PHNOM PENH, April 29 (AKP) — The general left.| — Koji Yamazaki.",
    # small letters go on
    "Is iPhone? yes, and he left. then he came.| But E-mail me@x.org or see http://a.b/c.d?e=F.| Bye.",
    "",
    "   ",
    "one",
]


@pytest.mark.parametrize("marked", GOLDEN)
def test_golden(marked: str) -> None:
    text = marked.replace("|", "")
    assert [span.of(text) for span in split(text)] == [part.strip() for part in marked.split("|") if part.strip()]


def test_blank_kinds_and_empty_lines() -> None:
    text = "\u00a0One.\u00a0Two.\tThree.\r\nFour\n\nfive\u2029six. "
    assert [span.of(text) for span in split(text)] == ["One.", "Two.", "Three.", "Four", "five", "six."]


def test_whole_spans_are_not_cut() -> None:
    text = "See it. Be. Then “c. He” left. Go."
    assert [span.of(text) for span in split(text, [Span(4, 11)])] == ["See it. Be.", "Then “c. He” left.", "Go."]


def test_quotation_beyond_the_limit_is_cut() -> None:
    text = "“" + "This is a sentence. " * (LIMIT // 20 + 2) + "End,” he said. Next."
    assert len(split(text)) == LIMIT // 20 + 2 + 2
    assert wholes(text) == []


_TEXTS = st.text(
    alphabet=st.sampled_from("ABab é.?!…,;:\"'“”‘’()[]{}1\t\n\r\u00a0\u2028\u2029\x1c\x85—*_\u200b"), max_size=60
) | st.lists(
    st.sampled_from(
        ["Lt.", "Gen.", "U.S.", "The", "he", "said", "“", "”", '"', "(", ")", "[1]", ".", "?", " ", "  ", "9", "a.m."]
    ),
    max_size=30,
).map("".join)


@given(_TEXTS | st.text())
def test_every_character_that_is_no_blank_is_covered_once(text: str) -> None:
    spans = split(text)
    at = 0
    for span in spans:
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        at = span.end
    assert not text[at:].strip()
    assert all(left.end < right.start for left, right in pairwise(spans))


@given(_TEXTS, st.data())
def test_no_cut_within_whole_spans(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    whole = [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    for span in split(text, whole):
        for kept in whole:
            assert not kept.start < span.start < kept.end or not text[kept.start : span.start].strip()
            assert not kept.start < span.end < kept.end or not text[span.end : kept.end].strip()


@pytest.mark.parametrize(
    "unit",
    [
        "Hello there world. ",
        "word ",
        "“",
        '"Q. ',
        "(a. ",
        "Mr. ",
        ". ",
        "' ",
        "A. ",
        "?]]",
        "!:",
        "x",
        "[1]",
        "“A. Bc.” ",
        "\u2028",
    ],
)
def test_a_line_of_200_kb_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    begin = time.process_time()
    split(text)
    assert time.process_time() - begin < 5  # about half a second; quadratic time would be minutes
