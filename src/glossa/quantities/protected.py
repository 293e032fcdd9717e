"""What stands in a text as it is and is never translated, localised or respelt: addresses, code, codes with digits."""

from __future__ import annotations

import re

# Every pattern begins behind a look-behind, so that a long run of letters is gone through once, not once per letter.
URL = r"(?<![A-Za-z0-9])(?:https?://|ftp://|www\.)[!-;=?-~]*[A-Za-z0-9/#&=_~+-]"
EMAIL = r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
CODE = r"`[^`]*`"
TAG = r"</?[A-Za-z][^<>]*>"
LINK_TARGET = r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"
VERSION = r"(?<![\w.])[vV]?(?!\d{1,3}(?:\.\d{3})+(?![\d.]))\d+(?:\.\d+){2,}(?!\w)"
PHONE = (
    r"(?<![\w+])\+\d(?:[ ().-]{0,2}\d){7,14}(?!\d)|(?<![\w-])(?!\d{4}-\d\d-\d\d(?!\d))\d{1,4}(?:-\d{2,4}){2,}(?![\w-])"
)
SERIAL = r"(?<!\d)\d{13,}"
FRACTION = r"(?<![\w/.])\d{1,3}/\d{1,3}(?![\w/])"  # 24/7, 9/11, 1/2

# A letter and a digit in one word, or an upper-case word and digits with a hyphen: COVID-19, F-16, Mi-17, G7, 5G,
# H5N1. Not "mid-1990s", "post-2015", and not a number with a unit or an ending (see SUFFIX).
SUFFIX = (
    r"(?:st|nd|rd|th|s|[ap]\.?m|AM|PM|k|K|m|mn|bn|tn|M|B|km|kg|g|mg|cm|mm|ft|lb|lbs|oz|mph|kph|kmh|kW|MW|GW|ha|"
    r"h|hr|hrs|min|sec|pct|yr|yrs|thousand|million|billion|trillion)(?![A-Za-z0-9])"
)
NAME_WITH_DIGITS = (
    r"(?<![\w.])(?!(?:[A-Z]{2}D|EUR|GBP|JPY|KHR|CNY|THB|VND|RM|Rs|Bt|US)\d)(?:[A-Za-z]*[A-Z][A-Za-z]*[-‑]\d[A-Za-z0-9]*|[A-Za-z]+\d[A-Za-z0-9]*)"
    r"(?:[-‑/][A-Za-z0-9]+)*(?![A-Za-z0-9]|[.,]\d)"
)
DIGITS_WITH_LETTERS = (
    rf"(?<![\w.,])\d+(?:[.,]\d+)*(?!{SUFFIX})[A-Za-z][A-Za-z0-9]*(?:[-‑]\d[A-Za-z0-9]*)?(?![A-Za-z0-9])"
)

_ADDRESS = re.compile(f"{CODE}|{TAG}|{URL}|{EMAIL}|{LINK_TARGET}")
_VERBATIM = re.compile(f"{CODE}|{TAG}|{URL}|{EMAIL}|{LINK_TARGET}|{VERSION}|{PHONE}|{SERIAL}|{FRACTION}", re.ASCII)
_NAMED = re.compile(f"{NAME_WITH_DIGITS}|{DIGITS_WITH_LETTERS}", re.ASCII)
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[-‑]\d{1,4}")


def addresses(text: str) -> list[tuple[int, int]]:
    """Where code in backticks, HTML tags, URLs, e-mail addresses and link targets stand, in order."""
    return [match.span() for match in _ADDRESS.finditer(text)]


def codes(text: str) -> list[tuple[int, int]]:
    """Where digits stand that belong to a code, a name or an address, in order and without overlap."""
    found = [match.span() for match in _VERBATIM.finditer(text)]
    taken = mask(len(text), found)
    for match in _NAMED.finditer(text):
        if not any(taken[match.start() : match.end()]) and not _MONTH.fullmatch(match[0]):
            found.append(match.span())
    return sorted(found)


def mask(length: int, spans: list[tuple[int, int]]) -> bytearray:
    """One byte for each character of a text: 1 where a span covers it."""
    taken = bytearray(length)
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    return taken
