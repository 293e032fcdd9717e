"""Texts in pieces: nothing is lost between them, and what is required is never cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossa.model import Requirement, Span
from glossa.translation.clauses import fitting, halves

Task = tuple[str, tuple[Requirement, ...]]

WORDS = st.sampled_from(
    'and but which who the general met ministers, soldiers; at – home: "away" “here” now. 日本 កម្ពុជា a'.split()
)
BLANKS = st.sampled_from([" ", " ", " ", "  ", "\n", "\u00a0"])


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """A text of words, and requirements that begin and end with words or in the middle of them."""
    source = "".join(word + blank for word, blank in draw(st.lists(st.tuples(WORDS, BLANKS), max_size=40))).strip()
    edges = sorted(draw(st.sets(st.integers(0, len(source)), max_size=12)))
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    return source, tuple(Requirement(span, f"rendering {number}") for number, span in enumerate(spans))


def limit(size: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= size


def same_words(task: Task, pieces: list[Task]) -> None:
    """The pieces make up the text, and every requirement is in one of them and covers what it covered."""
    source, requirements = task
    assert "".join(text for text, _ in pieces) == source
    assert [each.rendering for _, own in pieces for each in own] == [each.rendering for each in requirements]
    before = 0
    moved: list[Span] = []
    for text, own in pieces:
        assert all(0 <= each.span.start <= each.span.end <= len(text) for each in own)
        moved += [Span(each.span.start + before, each.span.end + before) for each in own]
        before += len(text)
    assert moved == [each.span for each in requirements]


@given(tasks(), st.integers(1, 80))
def test_pieces_make_up_the_text(task: Task, size: int) -> None:
    pieces = fitting(*task, limit(size))
    same_words(task, pieces)
    assert len(pieces) == 1 or all(text for text, _ in pieces)


@given(tasks(), st.integers(1, 80))
def test_pieces_fit_if_they_can_be_cut_at_all(task: Task, size: int) -> None:
    for text, requirements in fitting(*task, limit(size)):
        blanks = [i for i, char in enumerate(text) if char.isspace() and not text[i + 1 : i + 2].isspace()]
        cuts = [i + 1 for i in blanks if i + 1 < len(text)]
        free = [cut for cut in cuts if not any(each.span.start < cut < each.span.end for each in requirements)]
        assert len(text) <= size or not free


@given(tasks())
def test_what_fits_is_not_cut(task: Task) -> None:
    assert fitting(*task, limit(len(task[0]))) == [task]


@given(tasks())
def test_halves_are_one_or_two_of_four_words_each(task: Task) -> None:
    pieces = halves(*task)
    same_words(task, pieces)
    assert len(pieces) in (1, 2)
    if len(pieces) == 2:
        assert all(len(text.split()) >= 4 for text, _ in pieces)


@given(tasks())
def test_halves_leave_quotations_whole(task: Task) -> None:
    (first, _), *rest = halves(*task)
    assert not rest or sum(first.count(mark) for mark in '"“”„«»') % 2 == 0


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ("The minister went home at noon, and the army stayed in camp.", "The minister went home at noon, "),
        ("The minister went home at noon and the army stayed in camp.", "The minister went home at noon "),
        ("The minister who went home early said that it was late.", None),  # no clause of four words before
        ("The minister went home, at noon.", None),
        ("The minister said he would go; the army stayed, and the navy left.", "The minister said he would go; "),
        ('The minister said "we go home at noon, and the army stays".', None),
        ("One two three four and five six and seven eight nine ten.", "One two three four and five six "),
        ("aaaa bbbb cccc dddd, eeee fffffff and gggg hhhh iiii jjj", "aaaa bbbb cccc dddd, "),  # worth a detour
        ("aaaa bbbb cccc ddddd eeee fffffff and gggg hhhh iiii jjj", "aaaa bbbb cccc ddddd eeee fffffff "),
        ("The sandwich and Andorra were sold in the big market hall.", None),
    ],
)
def test_where_a_sentence_is_cut(source: str, first: str | None) -> None:
    assert halves(source, ())[0][0] == (first or source)


def test_a_requirement_may_stand_at_the_cut_but_not_across_it() -> None:
    source = "The minister went home at noon, and the army stayed in camp."
    at = source.index("and")

    def required(start: int, end: int) -> tuple[Requirement, ...]:
        return (Requirement(Span(start, end), "x"),)

    assert [own for _, own in halves(source, required(at, at + 3))] == [(), required(0, 3)]
    assert [own for _, own in halves(source, required(at - 6, at - 1))] == [required(at - 6, at - 1), ()]
    across = required(at - 6, at + 3)
    assert halves(source, across) == [(source, across)]


def test_a_word_longer_than_what_fits_stays_whole() -> None:
    assert [text for text, _ in fitting("a extraordinary b", (), limit(4))] == ["a ", "extraordinary ", "b"]


def test_one_long_requirement_is_not_cut() -> None:
    task = ("the joint working group of the ministry", (Requirement(Span(0, 39), "x"),))
    assert fitting(*task, limit(5)) == [task]


def test_very_long_texts() -> None:
    source = "word " * 3000
    pieces = fitting(source, (), limit(100))
    assert "".join(text for text, _ in pieces) == source
    assert max(len(text) for text, _ in pieces) <= 100
    assert len(pieces) < 500
