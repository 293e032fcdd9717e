"""The document formats Glossa reads: the one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from glossa.model import Span
from glossa.text import inline, markdown, plain, sentences
from glossa.text.blocks import Block
from glossa.text.inline import Inline


def _joint(left: str, right: str, joiner: str) -> str:  # noqa: ARG001 - the shape of `Format.joint`
    return joiner


@dataclass(frozen=True, slots=True)
class Format:
    """How documents of one format are taken apart and put together again. All of it works on strings.

    Args:
        name: as in `Document.format`.
        suffixes: of file names, small letters, dot included.
        blocks: the translatable blocks of a document, in order, their pieces without overlap.
        inline: a segment's text without its markup, and the markup.
        sentences: the sentences of a block's text.
        joint: what to write between two translated sentences, given both and the language's joiner.
    """

    name: str
    suffixes: tuple[str, ...]
    blocks: Callable[[str], Iterable[Block]]
    inline: Callable[[str], Inline]
    sentences: Callable[[str], list[Span]] = sentences.split
    joint: Callable[[str, str, str], str] = _joint


_ALL = (
    Format("plain", (".txt", ".text"), plain.blocks, inline.plain),
    Format(
        "markdown",
        (".md", ".markdown"),
        markdown.blocks,
        inline.markdown,
        sentences=markdown.sentences,
        joint=markdown.joint,
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})
"""The formats by name. A file whose suffix none of them claims is read as plain text."""
