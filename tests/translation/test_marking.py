"""How requirements are shown to an engine, and how the renderings come back where placeholders stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossa.model import Requirement, Span
from glossa.translation.marking import BARE, PLACEHOLDERS, PLAIN, Content, Marking, mark, of_tags, unmark

TAGS = Marking(Content.RENDERING, "<t>", "</t>")
MARKINGS = (PLAIN, BARE, TAGS, *PLACEHOLDERS)
# Neither digits nor anything that could be taken for the number of a placeholder.
WORDS = st.text(st.sampled_from("abc DE.,'[](){}#<>/東京កខ្\u200b"), max_size=12)
RENDERINGS = st.text(st.sampled_from("abZ 12[](){}#\\<t>東京大将ក្រុម។"), min_size=1, max_size=10)


@st.composite
def tasks(draw: st.DrawFn) -> tuple[str, tuple[Requirement, ...]]:
    """A source, and requirements in it: touching or apart, at its edges or not, marked or only verified."""
    source = draw(WORDS)
    requirements: list[Requirement] = []
    for _ in range(draw(st.integers(0, 14))):
        term = draw(st.text(st.sampled_from("ab[ c"), min_size=1, max_size=6))
        span = Span(len(source), len(source) + len(term))
        requirements.append(Requirement(span, draw(RENDERINGS), annotate=draw(st.booleans())))
        source += term + draw(WORDS)
    return source, tuple(requirements)


def between(text: str, spans: tuple[Span, ...]) -> list[str]:
    """What of `text` no span covers."""
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


@given(tasks(), st.sampled_from(MARKINGS))
def test_spans_cover_what_stands_for_each_requirement(
    task: tuple[str, tuple[Requirement, ...]], marking: Marking
) -> None:
    source, requirements = task
    text, spans = mark(source, requirements, marking)
    assert len(spans) == len(requirements)
    assert between(text, spans) == between(source, tuple(requirement.span for requirement in requirements))
    for number, (span, requirement) in enumerate(zip(spans, requirements, strict=True), 1):
        shown = {Content.RENDERING: requirement.rendering, Content.NUMBER: str(number)}.get(marking.content)
        if shown is None or not requirement.annotate:
            assert span.of(text) == requirement.span.of(source)
        else:
            assert span.of(text) == marking.before + shown + marking.after


@given(tasks())
def test_plain_english_is_left_as_it_is(task: tuple[str, tuple[Requirement, ...]]) -> None:
    source, requirements = task
    assert mark(source, requirements, PLAIN) == (source, tuple(requirement.span for requirement in requirements))


@pytest.mark.parametrize("marking", PLACEHOLDERS)
@given(task=tasks())
def test_renderings_come_back_where_placeholders_stood(
    task: tuple[str, tuple[Requirement, ...]], marking: Marking
) -> None:
    source, requirements = task
    text, _ = mark(source, requirements, marking)
    expected, _ = mark(source, requirements, BARE)
    assert unmark(text, requirements, marking) == expected


@given(st.integers(1, 14), st.sampled_from(PLACEHOLDERS), st.sampled_from(["", " ", "  "]), st.booleans())
def test_placeholders_may_come_back_wide_and_with_blanks(count: int, marking: Marking, blank: str, wide: bool) -> None:
    requirements = tuple(Requirement(Span(i, i + 1), f"大将{chr(0x4E00 + i)}") for i in range(count))
    inside = blank if marking.after else ""
    made = "".join(f"他{marking.before}{blank}{i}{inside}{marking.after}" for i in range(1, count + 1)) + "他"
    if wide:
        made = made.translate(str.maketrans("[](){}#0123456789", "［］（）｛｝＃０１２３４５６７８９"))
    expected = "".join(f"他{requirement.rendering}" for requirement in requirements) + "他"
    assert unmark(made, requirements, marking) == expected


@given(st.text(st.sampled_from("ab 0179[](){}#［］（）０９大将ក។"), max_size=30), st.sampled_from(MARKINGS))
def test_text_of_others_is_unchanged(text: str, marking: Marking) -> None:
    """Without requirements, or with none that was marked, every bracket and every number is the text's own."""
    assert unmark(text, (), marking) == text
    assert unmark(text, (Requirement(Span(0, 1), "大将", annotate=False),) * 20, marking) == text


@given(st.text(st.sampled_from("ab 12[]大将ក។"), max_size=30), tasks(), st.sampled_from([PLAIN, BARE, TAGS]))
def test_without_placeholders_nothing_is_put_back(
    text: str, task: tuple[str, tuple[Requirement, ...]], marking: Marking
) -> None:
    assert unmark(text, task[1], marking) == text


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("[3]は[1]。", "[3]は大将。"),  # there is no third
        ("[0][2]", "[0]国防相"),
        ("[1", "[1"),
        ("1]", "1]"),
        ("[1,000]", "[1,000]"),
        ("[12]", "[12]"),
        ("[[1]]", "[大将]"),
        ("[1][1]", "大将大将"),
        ("［１］が [ 2 ]を", "大将が 国防相を"),
        ("[００１]", "大将"),
        ("(1)", "(1)"),
    ],
)
def test_only_known_numbers_between_the_right_marks_are_placeholders(target: str, expected: str) -> None:
    requirements = (Requirement(Span(0, 1), "大将"), Requirement(Span(2, 3), "国防相"))
    assert unmark(target, requirements, PLACEHOLDERS[0]) == expected


def test_a_mark_without_an_end_takes_the_whole_number_and_no_blank() -> None:
    requirements = tuple(Requirement(Span(i, i + 1), f"<{i + 1}>") for i in range(12))
    assert unmark("#1 #12 #123 ＃１１、#2", requirements, PLACEHOLDERS[3]) == "<1> <12> #123 <11>、<2>"


def test_a_rendering_is_put_back_to_the_letter() -> None:
    requirement = Requirement(Span(0, 1), r"\1 \g<0> [1] \\")
    assert unmark("a[1]b", (requirement,), PLACEHOLDERS[0]) == rf"a{requirement.rendering}b"


def test_tags_are_what_may_be_left_over() -> None:
    assert TAGS.tags == ("<t>", "</t>")
    assert [marking.tags for marking in (PLAIN, BARE, *PLACEHOLDERS)] == [None] * 6
    assert of_tags(("<t>", "</t>")) == TAGS
    assert of_tags(None) == PLAIN
