"""How an engine is shown what is required: what stands in the source in place of a term.

Packages differ in what they let through. Those trained for it copy a rendering between tags; others copy foreign
script as it is, or a number in brackets; some lose whatever they do not know, and are best given plain English.
`probe.py` finds out which marking suits an engine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from glossa.model import Requirement, Span


class Content(StrEnum):
    """What stands between the marks."""

    RENDERING = "rendering"
    NUMBER = "number"  # a placeholder: the requirement's number
    SOURCE = "source"  # nothing is marked


@dataclass(frozen=True, slots=True)
class Marking:
    """A way to mark a requirement in the source.

    Args:
        content: what stands in place of the term.
        before: the mark before it, with which an engine may also litter its translation.
        after: the mark behind it.
    """

    content: Content
    before: str = ""
    after: str = ""

    @property
    def tags(self) -> tuple[str, str] | None:
        """The marks, where they are tags that must not be left over."""
        return (self.before, self.after) if self.content is Content.RENDERING and self.before else None


@lru_cache(maxsize=64)
def litter(tags: tuple[str, str]) -> re.Pattern[str]:
    """What finds such tags in a text, also half-written ones of the shape `<t>`."""
    names = {match[1] for match in map(_ELEMENT.fullmatch, tags) if match}
    if len(names) == 1:
        return re.compile(rf"</?{names.pop()}\b[^>\w]*>?")
    return re.compile("|".join(re.escape(tag.strip()) for tag in tags if tag.strip()) or "(?!)")


_ELEMENT = re.compile(r"</?([A-Za-z]+)>")

PLAIN = Marking(Content.SOURCE)
BARE = Marking(Content.RENDERING)
PLACEHOLDERS = tuple(Marking(Content.NUMBER, *marks) for marks in (("[", "]"), ("(", ")"), ("{", "}"), ("#", "")))


def of_tags(tags: tuple[str, str] | None) -> Marking:
    """The marking of a package that names its tags; plain English for one that names none."""
    return Marking(Content.RENDERING, *tags) if tags else PLAIN


def mark(source: str, requirements: Sequence[Requirement], marking: Marking) -> tuple[str, tuple[Span, ...]]:
    """The source as the engine reads it.

    Returns:
        The marked text, and for each requirement the characters of it that stand for the requirement.
    """
    pieces: list[str] = []
    spans: list[Span] = []
    done = length = 0
    for number, requirement in enumerate(requirements, 1):
        lead = source[done : requirement.span.start]
        inside = requirement.span.of(source)
        if requirement.annotate and marking.content is not Content.SOURCE:
            shown = requirement.rendering if marking.content is Content.RENDERING else str(number)
            inside = f"{marking.before}{shown}{marking.after}"
        pieces += [lead, inside]
        length += len(lead)
        spans.append(Span(length, length + len(inside)))
        length += len(inside)
        done = requirement.span.end
    return "".join([*pieces, source[done:]]), tuple(spans)


_WIDE = str.maketrans("[](){}#0123456789", "［］（）｛｝＃０１２３４５６７８９")


def unmark(target: str, requirements: Sequence[Requirement], marking: Marking) -> str:
    """`target` with the renderings in place of the placeholders that came through; unchanged for other markings.

    Brackets and digits may have become full-width ones, and blanks may have come between them.
    """
    if marking.content is not Content.NUMBER:
        return target
    wide_before, wide_after = marking.before.translate(_WIDE), marking.after.translate(_WIDE)
    opening = f"[{re.escape(marking.before + wide_before)}]"
    closing = rf"\s*[{re.escape(marking.after + wide_after)}]" if marking.after else "(?![0-9０-９])"
    placeholder = re.compile(rf"{opening}\s*([0-9０-９]{{1,4}}){closing}")

    def rendering(match: re.Match[str]) -> str:
        number = int(match[1]) - 1
        known = 0 <= number < len(requirements) and requirements[number].annotate
        return requirements[number].rendering if known else match[0]

    return placeholder.sub(rendering, target)
