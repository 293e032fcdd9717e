"""Documents: reading, refusing, and putting together again, for every format."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossa.errors import DataError, UsageError
from glossa.model import Document
from glossa.text import documents
from glossa.text.formats import FORMATS


def read(text: str, name: str = "a.txt") -> Document:
    return documents.read(text.encode(), name)


def texts(document: Document) -> list[str]:
    return [segment.text for segment in document.segments]


def test_the_suffix_or_the_caller_chooses_the_format() -> None:
    for name, expected in [
        ("a.md", "markdown"), ("dir.md/A.MARKDOWN", "markdown"), ("a.txt", "plain"), ("-", "plain"), ("README", "plain"),
    ]:  # fmt: skip
        assert read("*Hello*", name).format == expected
    assert documents.read(b"# Hello", "-", "markdown").segments[0].text == "Hello"
    with pytest.raises(UsageError, match="unknown format 'docx'; Glossa reads plain, markdown"):
        documents.read(b"Hello", "a.txt", "docx")


def test_byte_order_mark_is_remembered() -> None:
    document = documents.read(b"\xef\xbb\xbfHello.\r\n", "a.txt")
    assert (document.text, document.bom) == ("Hello.\r\n", True)
    assert (
        documents.encode(document, documents.render(document, {0: "やあ。"}, ""))
        == b"\xef\xbb\xbf" + "やあ。\r\n".encode()
    )
    assert documents.encode(read("x"), "y") == b"y"


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"Hello\r\nThe \x93general\x94", 2, "not UTF-8: byte 0x93 at byte 11; save the file as UTF-8"),
        (b"a\rb\rc\xff", 3, "not UTF-8: byte 0xFF at byte 5"),
        (b"\xef\xbb\xbfcaf\xe9", 1, "byte 0xE9 at byte 6"),
        (b"half \xe2\x80", 1, "byte 0xE2 at byte 5"),
        ("Hello".encode("utf-16"), 1, "the file is in UTF-16 (byte order mark at byte 0); save it as UTF-8"),
        (b"\xfe\xff\0H", 1, "UTF-16"),
        ("Hello".encode("utf-32"), 1, "UTF-32"),
        ("Hello\nworld".encode("utf-16-le"), 1, "NUL byte at byte 1: it looks like UTF-16 without a byte order mark"),
        (b"PK\x03\x04\n\n\0\0\0\0\0\0", 3, "NUL byte at byte 6: the file is binary, not text"),
    ],
)
def test_other_encodings_are_refused(data: bytes, line: int, message: str) -> None:
    with pytest.raises(DataError, match=re.escape(message)) as caught:
        documents.read(data, "dir/a.txt")
    assert (caught.value.path, caught.value.line) == ("dir/a.txt", line)
    assert str(caught.value).startswith(f"dir/a.txt:{line}: ")


@pytest.mark.parametrize(
    "data", [b"", b"\n", b" \t\r\n\xc2\xa0\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\xe2\x80\x8b\n"]
)
def test_nothing_to_translate(data: bytes) -> None:
    with pytest.raises(DataError, match=r"^a\.md: nothing to translate: the file is empty$"):
        documents.read(data, "a.md")


def test_a_document_without_letters_has_no_segments() -> None:
    for name in ("a.txt", "a.md"):
        document = read("* * *\n\n1953 --- 5,000\n\nhttp://x.y/z\n", name)
        assert document.segments == ()
        assert documents.render(document, {}, " ") == document.text


def test_render_replaces_segments_and_joins_sentences_of_a_block() -> None:
    document = read("One is.  Two\nis. Three.\n\n- Four.\n- Five. 5! Six.\n")
    assert texts(document) == ["One is.", "Two is.", "Three.", "Four.", "Five.", "Six."]
    every = {segment.id: f"<{segment.id}>" for segment in document.segments}
    assert documents.render(document, every, "") == "<0><1><2>\n\n- <3>\n- <4> 5! <5>\n"
    assert documents.render(document, every, " ") == "<0> <1> <2>\n\n- <3>\n- <4> 5! <5>\n"
    assert documents.render(document, {1: "X", 4: "Y"}, "") == "One is.  X Three.\n\n- Four.\n- Y 5! Six.\n"


def test_soft_line_break_between_sentences() -> None:
    document = read("> One is.\n> Two is.\n", "a.md")
    assert documents.render(document, {0: "一。", 1: "二。"}, "") == "> 一。二。\n"
    assert documents.render(document, {0: "一。"}, "") == "> 一。\n> Two is.\n"


def test_joined_sentences_keep_their_emphasis() -> None:
    document = read("**One is.** Two is.\n", "a.md")
    assert documents.render(document, {0: "**一。**", 1: "二。"}, "") == "**一。** 二。\n"
    assert documents.render(document, {0: "**一**。", 1: "*二*。"}, "") == "**一**。*二*。\n"


def test_blanks_and_invisible_characters_are_folded_in_the_segment_only() -> None:
    text = "Co\u00adopera\u200btion\u00a0 is\t\tgood \u2003 now.\r\n"
    document = read(text)
    assert texts(document) == ["Cooperation is good now."]
    assert documents.render(document, {}, "") == text
    assert document.segments[0].span.of(text) == text.strip()


_LINES = [
    "# Head *a* #", "Head", "===", "---", "> ", ">", "- ", "  - ", "1. ", "    code", "\t", "```", "~~~", "<div>", "<b>x</b>", "| a | b |",
    "|---|---|", "[a]: http://x", "[a]", "[a][]", '[b](c "d")', "*One. Two.*", "**bold**", "One. Two.", "Lt.", "Gen. He", "`x. Y`", "\\",
    "  ", " ", "\u00a0", "\u2028", "\x0b", "\x85", "\u00ad", "—", "+++", "[^1]: ", "[x] ", "![a](b)", "<!--", "-->", "{#id}", "\\|", "`a\\|b`", "&amp;", "By A. B", "PHNOM PENH, April 29", "x" * 130, "the general and", "“Go. On,”", "\ufeff", "\0",
]  # fmt: skip
_ENDS = ["\n", "\n\n", "\r\n", "\r", "", " ", "\r\n\r\n", "\n> ", "\n  "]
_DOCUMENTS = st.lists(st.sampled_from(_LINES) | st.sampled_from(_ENDS), max_size=24).map("".join) | st.text()


@pytest.mark.parametrize("name", list(FORMATS))
@given(text=_DOCUMENTS)
def test_lossless(name: str, text: str) -> None:
    # every string is a document here: NUL bytes and empty files are refused before
    chosen = FORMATS[name]
    document = Document("x", name, text, tuple(documents._segments(chosen, text)))
    assert documents.render(document, {}, " ") == text
    at = block = 0
    for number, segment in enumerate(document.segments):
        assert segment.id == number
        assert at <= segment.span.start < segment.span.end <= len(text)
        assert segment.block in (block, block + 1) if number else segment.block == 0
        assert segment.line == len(re.findall(r"\r\n|\r|\n", text[: segment.span.start])) + 1
        assert segment.text == " ".join(segment.text.split()) or "`" in segment.text or "<" in segment.text
        assert any(map(str.isalpha, segment.text))
        source = segment.span.of(text)
        assert source == source.strip()
        letters = [char for char in source if char.isalpha()]
        assert letters == [char for char in segment.text if char.isalpha()] or "[" in source
        at, block = segment.span.end, segment.block
    same = {segment.id: segment.span.of(text) for segment in document.segments if segment.id % 2}
    assert documents.render(document, same, " ") == text
    marked = documents.render(document, {segment.id: "\ue000" for segment in document.segments}, "\ue001")
    assert marked.count("\ue000") == len(document.segments) + text.count("\ue000") - sum(
        segment.span.of(text).count("\ue000") for segment in document.segments
    )


@pytest.mark.parametrize("name", list(FORMATS))
def test_200_kb_on_one_line_and_on_many(name: str) -> None:
    sentence = 'Lt. Gen. Sato met **Hun Sen** at [home](http://a.b/c). "One. Two," he said. '
    for unit in (sentence, sentence + "\n", sentence + "\n\n", "word "):
        begin = time.process_time()
        document = documents.read((unit * (200_000 // len(unit))).encode(), "x", name)
        documents.render(document, {segment.id: segment.text for segment in document.segments}, " ")
        assert time.process_time() - begin < 5
