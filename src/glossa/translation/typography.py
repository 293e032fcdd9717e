"""Punctuation and spacing of a finished translation, as the papers of the target language set them.

Letters and digits are never changed, and what stands in code, tags, link targets and addresses is left alone.
Japanese follows the news agencies: full-width punctuation, no space between Japanese characters or around Latin
words. Khmer keeps ។ at the word, curly quotation marks, and one space around Latin words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from glossa.quantities import protected
from glossa.translation.quotes import japanese_quotes, khmer_quotes
from glossa.translation.sentence_end import finish

__all__ = ["finish", "tidy"]

_JA_LETTER = "\u3005-\u3007\u3041-\u3096\u309d-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_JA_OPEN, _JA_CLOSE = "「『（【《〈［", "」』）】》〉］"
_JA_MARK = "、。！？：；・…〜～" + _JA_OPEN + _JA_CLOSE
_JA = _JA_LETTER + _JA_MARK
_KM = "\u1780-\u17d3\u17d7\u17dc\u17dd\u200b"
# A stand-in for what is left alone: a noncharacter, so that no text has it.
_HOLD = "\ufdd0"
_BLANK = r"[ \t\u00a0]"

_Rule = tuple[re.Pattern[str], str]


def tidy(text: str, lang: str) -> str:
    """A decoded sentence with the punctuation and spacing of its language; doing it twice changes nothing."""
    step = _japanese if lang == "ja" else _khmer
    for _ in range(8):
        tidied = _shielded(text, step)
        if tidied == text:
            break
        text = tidied
    return text


def _shielded(text: str, step: Callable[[str], str]) -> str:
    """`step` applied to a text in which what is to be left alone is hidden."""
    text = unicodedata.normalize("NFC", text).strip()
    kept: list[str] = []
    out, at = [], 0
    for start, end in _left_alone(text):
        out.append(text[at:start] + _HOLD)
        kept.append(text[start:end])
        at = end
    hidden = step("".join(out) + text[at:]).strip()
    pieces = hidden.split(_HOLD)
    return "".join(piece + original for piece, original in zip(pieces, [*kept, ""], strict=True))


def _left_alone(text: str) -> list[tuple[int, int]]:
    spans = protected.addresses(text)
    spans += [match.span() for match in re.finditer(_HOLD, text)]
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def _apply(text: str, rules: tuple[_Rule, ...]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_JA_RULES: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # ASCII marks beside Japanese become full-width; 1,200, 3.5, 9:30 and Latin phrases keep theirs.
        (rf"(?<=[{_JA}]){_BLANK}*,{_BLANK}*", "、"),
        (rf",{_BLANK}*(?=[{_JA_LETTER}{_JA_OPEN}])", "、"),
        (rf"(?<=[{_JA_LETTER}{_JA_CLOSE}]){_BLANK}*\.(?![\w.]|{_BLANK}*[a-z])", "。"),
        (rf"(?<=[{_JA_LETTER}{_JA_CLOSE}]){_BLANK}*\.(?=[{_JA_LETTER}])", "。"),
        (rf"(?<=[{_JA}]){_BLANK}*!|!(?=[{_JA}])", "！"),
        (rf"(?<=[{_JA}]){_BLANK}*\?|\?(?=[{_JA}])", "？"),
        (rf"(?<=[{_JA}]){_BLANK}*:(?!//)|(?<![\d]):(?=[{_JA}])", "："),
        (rf"(?<=[{_JA}]){_BLANK}*;|;(?=[{_JA}])", "；"),
        (rf"(?<=[{_JA}])\(([^()]*)\)|\(([^()]*)\)(?=[{_JA_LETTER}])|\(([^()]*[{_JA_LETTER}][^()]*)\)", r"（\1\2\3）"),
        # Doubled ends.
        ("[、，]+(?=[。！？」』）])", ""),
        ("、{2,}", "、"),
        ("[。．｡](?:[ \t]*[。．｡、])+", "。"),
        ("(?<=[！？])[。、]+", ""),
        # No space beside a Japanese character, be it next to another, a Latin word or a number.
        (rf"(?<=[{_JA}]){_BLANK}+(?=[{_JA}\w])|(?<=[{_JA}\w.%]){_BLANK}+(?=[{_JA}])", ""),
        (rf"{_BLANK}{{2,}}|[\t\u00a0]", " "),
    )
)


def _japanese(text: str) -> str:
    text = _HALF_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _apply(japanese_quotes(text), _JA_RULES)


_FULL_TO_KHMER = str.maketrans("！？（）：；，％", "!?():;,%")
_KM_RULES: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("[。｡]", "។"),
        # A full stop behind a Khmer word ends the sentence; one behind a single letter (ព.ស., ល.ស.) does not.
        (
            (
                rf"(?<=[{_KM}])(?<![ .\u200b][\u1780-\u17b3])(?<!^[\u1780-\u17b3])\.(?=(?:[”’)»\"]*)(?:{_BLANK}|$))"
                rf"|(?<=[{_KM}][”’)»])\.(?={_BLANK}|$)|(?<=[0-9០-៩][”’)»])\.(?=$)"
            ),
            "។",
        ),
        (rf"{_BLANK}+(?=[។៕])", ""),
        # Doubled ends; ។ល។ ("and so on") is no end.
        (rf"(?<!។ល)([។៕])(?:{_BLANK}*[។.](?!ល))+", r"\1"),
        (r"(?<=[^.])\.(?=[។៕])", ""),
        ("(?<=[?!])។+", ""),
        # Spaces: one behind an end, around a Latin word, none inside quotation marks and brackets.
        (rf"([។៕])(?=[{_KM}A-Za-z0-9០-៩“(«])(?!ល។)(?<!។ល។)", r"\1 "),
        (rf"(?<=[{_KM}])(?=[A-Za-z])", " "),
        (r"(?<![A-Za-z0-9-])([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)(?=[\u1780-\u17b3])", r"\1 "),
        (rf"(?<=[“‘(«]){_BLANK}+|{_BLANK}+(?=[”)»])", ""),
        (rf"{_BLANK}{{2,}}|[\t\u00a0]", " "),
    )
)


def _khmer(text: str) -> str:
    return _apply(khmer_quotes(text.translate(_FULL_TO_KHMER)), _KM_RULES)
