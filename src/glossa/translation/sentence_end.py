"""The end of a translated segment: it answers the end of the source."""

from __future__ import annotations

import re

_ENDS = {
    "ja": {".": "。", "?": "？", "!": "！", ":": "：", ";": "；"},
    "km": {".": "។", "?": "?", "!": "!", ":": "៖", ";": ";"},
}
_STOPS = "。．.។៕"
_LIVELY = "？！?!"
_FAR = 200  # no sentence ends in more marks than that
_SOURCE_END = re.compile(r"(?P<inner>[.!?:;…]*)(?P<close>[\"'”’»)\]*_]*)(?P<outer>[.!?:;…]*)$")
_MARKS = r"[。．.។៕!?！？:;：；៖…、 \u00a0]*"
_TARGET_END = re.compile(rf"(?P<inner>{_MARKS})(?P<close>[\"'”’»」』）)\]］】*_]*)(?P<outer>{_MARKS})$")
# Their full stop may end the sentence as well, or not.
_ABBREVIATION = re.compile(
    r"(?<![A-Za-z])(?:(?:[A-Z]\.){2,}|(?:[ap]\.m|Inc|Ltd|Co|Corp|etc|Jr|Sr|No|vs|Bros)\.)(?P<close>[\"'”’»)\]*_]*)$"
)
_PAIRS = {"「": "」", "『": "』", "“": "”", "‘": "’", '"': '"', "«": "»", "（": "）", "(": ")"}


def finish(source: str, target: str, lang: str) -> str:
    """`target` with the sentence end that answers the source's; doing it twice changes nothing.

    Only the last characters are looked at. A source without an end (a headline, a cell) asks for a target without
    a full stop; an ellipsis, and an abbreviation that may or may not end the sentence ("U.S."), ask for nothing.
    Where a target ends in a quotation, its end may stand on either side of the closing mark; a Japanese one that ends
    where the source's quotation ends needs none, as newspapers have it (「はい」).
    """
    mark, inside = _source_end(source)
    for _ in range(8):
        finished = _answer(mark, target.rstrip(), lang, inside=inside)
        if finished == target:
            break
        target = finished
    return target


def _answer(mark: str, target: str, lang: str, *, inside: bool) -> str:
    body, inner, close, outer = _split(target)
    if mark == "…" or not body or "…" in inner + outer or "..." in inner + outer:
        return target
    if not mark:
        return body + _without_stops(inner, keep=bool(close)) + close + _without_stops(outer, keep=False)
    wanted = "៕" if mark == "." and "៕" in inner + outer else _ENDS[lang][mark]
    if not close:
        return body + wanted
    lively = "".join(char for char in inner if char in _LIVELY)
    if mark != ".":
        within = wanted in inner or (inside and not outer)
        return body + wanted + close if within else body + lively + close + wanted
    if outer:
        return body + lively + close + wanted
    if set(inner) & set(_STOPS) or (inside and not close.strip("*_")):
        return body + wanted + close
    if inside and lively:
        return body + lively + close
    if lang == "ja" and (inside or (target[0] in "「『" and _whole(target))):
        return body + close
    return body + wanted + close if inside and _whole(target) else body + lively + close + wanted


def _source_end(source: str) -> tuple[str, bool]:
    """The mark that ends an English segment, and whether a closing quotation mark or bracket follows.

    The mark is "" where there is none, "…" where it asks for nothing.
    """
    text = source.rstrip()
    match = _SOURCE_END.search(text, max(0, len(text) - _FAR))
    if match is None:  # the pattern matches the empty end, too
        return "", False
    marks = match["outer"] or match["inner"]
    inside = bool(match["close"]) and not match["outer"]
    if not marks:
        return "", False
    if "…" in marks or "..." in marks or (marks == "." and _ABBREVIATION.search(text)):
        return "…", inside
    return ("?" if "?" in marks else marks[-1]), inside


def _split(target: str) -> tuple[str, str, str, str]:
    """The body of a target, the marks behind it, what closes a quotation or bracket, and the marks behind that."""
    match = _TARGET_END.search(target, max(0, len(target) - _FAR))
    if match is None:
        return target, "", "", ""
    start = match.start()
    body, inner = target[:start], match["inner"]
    if inner.startswith(".") and _ABBREVIATION.search(body + "."):
        body, inner = body + ".", inner[1:]
    return body, inner.replace(" ", "").replace("\u00a0", ""), match["close"], match["outer"].strip(" \u00a0")


def _without_stops(marks: str, *, keep: bool) -> str:
    return marks if keep else "".join(char for char in marks if char not in _STOPS + "、")


def _whole(target: str) -> bool:
    """Whether a quotation or bracket opens at the beginning and closes at the very end."""
    opening = target[:1]
    closing = _PAIRS.get(opening)
    if closing is None or not target.endswith(closing):
        return False
    if opening == closing:
        return target.count(opening) == 2
    depth = 0
    for i, char in enumerate(target):
        depth += (char == opening) - (char == closing)
        if depth == 0:
            return i == len(target) - 1
    return False
