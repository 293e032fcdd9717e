"""Inline markup: what is taken off, and that it can be put on again, around other words as well."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glossa.model import Span
from glossa.text import inline
from glossa.text.inline import Inline, Mark, restore
from glossa.text.markup import scan
from glossa.text.verbatim import verbatim


def again(parsed: Inline) -> str:
    return restore(parsed.plain, [(mark.span, mark) for mark in parsed.marks])


def shown(parsed: Inline) -> list[tuple[str, ...]]:
    return [
        (mark.span.of(parsed.plain),) if mark.verbatim else (mark.span.of(parsed.plain), mark.open, mark.close)
        for mark in parsed.marks
    ]


@pytest.mark.parametrize(
    ("text", "plain", "marks"),
    [
        (
            "**He left.** _She_ *stayed*.",
            "He left. She stayed.",
            [("He left.", "**", "**"), ("She", "_", "_"), ("stayed", "*", "*")],
        ),
        ("~~gone~~ snake_case 2 * 3 * 4", "gone snake_case 2 * 3 * 4", [("gone", "~~", "~~")]),
        ("***both***", "both", [("both", "*", "*"), ("both", "**", "**")]),
        ("*a **b** c*", "a b c", [("a b c", "*", "*"), ("b", "**", "**")]),
        ("**a*b*", "**ab", [("b", "*", "*")]),
        ("foo*bar*baz_qux_", "foobarbaz_qux_", [("bar", "*", "*")]),
        (
            'the [*Royal* Army](http://a.b/c_d "T (x)") left',
            "the Royal Army left",
            [("Royal Army", "[", '](http://a.b/c_d "T (x)")'), ("Royal", "*", "*")],
        ),
        ("[RCA][ref] and [a](b(c)d)", "RCA and a", [("RCA", "[", "][ref]"), ("a", "[", "](b(c)d)")]),
        ("[a [b](c) d](e)", "[a b d](e)", [("b", "[", "](c)")]),
        ("[General] Yamazaki [sic]", "[General] Yamazaki [sic]", []),
        ("[![alt](p.png)](big.png)", "![alt](p.png)", [("![alt](p.png)", "[", "](big.png)"), ("![alt](p.png)",)]),
        ("run `a *b*` and ``c`d``", "run `a *b*` and ``c`d``", [("`a *b*`",), ("``c`d``",)]),
        ("open ` tick *x*", "open ` tick x", [("x", "*", "*")]),
        (
            "see <http://a.b/*c*>, http://a.b/c_d_e. me@x.org",
            "see <http://a.b/*c*>, http://a.b/c_d_e. me@x.org",
            [("<http://a.b/*c*>",), ("http://a.b/c_d_e",), ("me@x.org",)],
        ),
        ("![map](a.png) done[^1]", "![map](a.png) done[^1]", [("![map](a.png)",), ("[^1]",)]),
        (
            '<b class="x">bold</b> a < b<br/>',
            '<b class="x">bold</b> a < b<br/>',
            [('<b class="x">',), ("</b>",), ("<br/>",)],
        ),
        ("**[link](x)** `[`not](y)", "link `[`not](y)", [("link", "**", "**"), ("link", "[", "](x)"), ("`[`",)]),
        ("[](x)", "[](x)", [("[](x)",)]),
    ],
)
def test_markdown(text: str, plain: str, marks: list[tuple[str, ...]]) -> None:
    parsed = inline.markdown(text)
    assert parsed.plain == plain
    assert shown(parsed) == marks
    assert again(parsed) == text


@pytest.mark.parametrize(
    ("text", "plain", "written"),
    [
        (r"It costs \$5 at a\.b\-c.", "It costs $5 at a.b-c.", "It costs $5 at a.b-c."),
        (r"snake\_case", "snake_case", "snake_case"),
        (r"a \* b, \`x\`, \<b>", r"a \* b, \`x\`, \<b>", r"a \* b, \`x\`, \<b>"),
        (r"so \[not a link\]", "so [not a link]", "so [not a link]"),
        (r"\[not a link](x)", r"\[not a link](x)", r"\[not a link](x)"),
        (r"1\. no list", r"1\. no list", r"1\. no list"),
        (
            "AT&amp;T &mdash; &lt;b&gt; &nbsp;&copy; &amp;lt;",
            "AT&T — &lt;b&gt; \u00a0© &amp;lt;",
            "AT&T — &lt;b&gt; \u00a0© &amp;lt;",
        ),
        ("no &entity; here &", "no &entity; here &", "no &entity; here &"),
    ],
)
def test_escapes_become_characters_where_that_is_safe(text: str, plain: str, written: str) -> None:
    parsed = inline.markdown(text)
    assert parsed.plain == plain
    assert again(parsed) == written
    assert again(inline.markdown(written)) == written


def test_plain_text_keeps_addresses() -> None:
    text = (
        "See https://a.b/c_(d). (www.x.org/y), mailto:me@x.org or me@y.org! @hunmanet #Cambodia #5 and/or 24/7 km/h "
        "/etc/passwd ./run.sh C:\\a\\b.txt report.pdf, rcaf.gov.kh/news *no* `markup` U.S. e.g. Node.js"
    )
    parsed = inline.plain(text)
    assert parsed.plain == text == again(parsed)
    assert [mark.span.of(text) for mark in parsed.marks] == [
        "https://a.b/c_(d)", "www.x.org/y", "mailto:me@x.org", "me@y.org", "@hunmanet", "#Cambodia", "/etc/passwd",
        "./run.sh", "C:\\a\\b.txt", "report.pdf", "rcaf.gov.kh/news", "Node.js",
    ]  # fmt: skip
    assert all(mark.verbatim and not mark.open and not mark.close for mark in parsed.marks)


def put(plain: str, *marks: tuple[str, str, str]) -> str:
    placed = []
    for words, opening, closing in marks:
        at = plain.index(words)
        span = Span(at, at + len(words))
        placed.append((span, Mark(Span(0, 1), opening, closing, verbatim=not opening)))
    return restore(plain, placed)


def test_emphasis_survives_without_spaces() -> None:
    assert put("これは強調です", ("強調", "_", "_")) == "これは*強調*です"
    assert put("これは強調です", ("強調", "**", "**")) == "これは**強調**です"
    assert put("彼は「強調」と", ("「強調」", "**", "**")) == "彼は「**強調**」と"
    assert put("文。次", ("文。", "**", "**")) == "**文**。次"
    assert put("あいう", ("あ", "*", "*"), ("い", "*", "*")) == "<em>あ</em><em>い</em>う"
    assert put("នេះសំខាន់ណាស់", ("សំខាន់", "__", "__")) == "នេះ**សំខាន់**ណាស់"
    assert put("彼は`x`と", ("`x`", "", ""), ("`x`", "**", "**")) == "彼は<strong>`x`</strong>と"


def test_crossing_and_odd_places_nest() -> None:
    assert put("ab cd ef", ("ab cd", "*", "*"), ("cd ef", "[", "](v)")) == "*ab [cd](v)* ef"
    assert put("ab cd ef", ("ab cd", "[", "](u)"), ("cd ef", "[", "](v)")) == "[ab ](u)[cd ef](v)"
    assert put("a `b. c` d", ("`b. c`", "", ""), ("c` d", "*", "*")) == "a *`b. c` d*"
    assert put("ab cd ef", (" cd ", "*", "*")) == "ab *cd* ef"
    link = Mark(Span(0, 1), "[", "](u)", verbatim=False)
    assert restore("ab", [(Span(1, 1), link)]) == "a[](u)b"
    assert restore("ab", [(Span(-3, 99), link)]) == "[ab](u)"


_ATOMS = [
    "*", "**", "***", "_", "__", "~~", "`", "``", "[", "]", "(", ")", "](u)", '](<a b> "t")', "[r]", "![", "[^1]", "a", "b c", " ",
    "!", "<b>", "</b>", "<!-- x -->", ".", ",", "\n", "“", "」", "あ", "ក", "<http://x.y>", "http://x.y/a_b", "me@x.org", "#tag_", "~",
]  # fmt: skip
_MARKED = st.lists(st.sampled_from(_ATOMS), max_size=16).map("".join)


@given(_MARKED)
def test_round_trip_is_exact_without_escapes(text: str) -> None:
    parsed = inline.markdown(text)
    assert again(parsed) == text
    edges = [mark.span for mark in parsed.marks]
    assert all(0 <= span.start < span.end <= len(parsed.plain) for span in edges)
    assert edges == sorted(edges, key=lambda span: (span.start, -span.end))


@given(
    st.text()
    | st.lists(st.sampled_from([*_ATOMS, "\\", "&amp;", "&lt;", "\\*", "\\[", "1\\.", "&#42;"]), max_size=12).map(
        "".join
    )
)
@example("\\")
def test_round_trip_settles_with_escapes(text: str) -> None:
    parsed = inline.markdown(text)
    if "\\" not in text and "&" not in text:
        assert again(parsed) == text
    assert sum(map(str.isalpha, parsed.plain)) <= sum(map(str.isalpha, text)) + text.count("&")


@given(_MARKED, st.data())
def test_marks_put_anywhere_keep_text_and_verbatim_parts(text: str, data: st.DataObject) -> None:
    parsed = inline.markdown(text)
    placed = []
    for mark in parsed.marks:
        span = mark.span
        if not mark.verbatim:
            span = Span(
                *sorted((data.draw(st.integers(0, len(parsed.plain))), data.draw(st.integers(0, len(parsed.plain)))))
            )
        placed.append((span, mark))
    written = restore(parsed.plain, placed)
    letters = [char for char in written if char in parsed.plain]
    remaining = iter(letters)
    assert all(char in remaining for char in parsed.plain)
    for mark in parsed.marks:
        if mark.verbatim:
            assert mark.span.of(parsed.plain) in written


@given(_MARKED)
def test_scanner_agrees_with_markdown_it(text: str) -> None:
    from markdown_it import MarkdownIt

    text = "\n".join(line.strip(" ") for line in text.split("\n"))
    # undefined labels, footnotes and bare addresses are ours alone; markdown-it pairs long runs of ~ in its own way
    if not text.strip() or "\n\n" in text or any(odd in text for odd in ("[r]", "[^1]", "][", "~~~", "x.y/", "@", "#")):
        return
    names = {"em_open": "em", "strong_open": "strong", "s_open": "del", "link_open": "link"}
    kept = {"code_inline", "image", "html_inline"}
    theirs: Counter[str] = Counter()
    for token in MarkdownIt("commonmark").enable("strikethrough").parseInline(text.strip())[0].children or ():
        name = "kept" if token.type in kept or token.info == "auto" else names.get(token.type)
        if name and token.type != "link_close":
            theirs[name] += 1
    ours: Counter[str] = Counter()
    text = text.strip()
    for region in scan(text).regions:
        opening = text[region.outer.start : region.inner.start]
        if region.verbatim and region.outer.of(text).startswith("["):
            ours["link"] += 1  # without a text
        elif region.verbatim:
            ours["kept"] += 1
        else:
            ours[{"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "del", "[": "link"}[opening]] += 1
    assert ours == theirs


@pytest.mark.parametrize(
    "unit",
    ["*", "**a ", "*a", "a*", "_a_ ", "`", "``a ` ", "[", "[a](", "[a](b ", '[a](b "', "[a]", "\\[", "<a b='", "<!--", "\n",
     "[[a](b)", "[a](b)", "![a](b)", "http://a.b ", "http://)", "a.", "a@", "/a", "](", "&a"],
)  # fmt: skip
def test_100_kb_take_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    begin = time.process_time()
    scan(text)
    assert time.process_time() - begin < 5


@given(st.text(alphabet=st.sampled_from("ab.@/#:\\_-()w1 ~,"), max_size=40) | st.text())
def test_verbatim_spans_are_in_order(text: str) -> None:
    at = 0
    for span in verbatim(text):
        assert at <= span.start < span.end <= len(text)
        assert span.of(text).strip() == span.of(text)
        at = span.end


def test_code_inside_emphasis_is_never_touched() -> None:
    strong = Mark(Span(3, 10), "**", "**", verbatim=False)
    assert restore("東京の`x = 1`が", [(Span(3, 10), strong)]) == "東京の<strong>`x = 1`</strong>が"
