"""The numeric values that a text states, however it writes them, so that a translation can be held against its source.

A place in a text may be read in more than one way ("9 p.m." is 9 or 21, "៣.៥០០" is 3500 or 3.5), so each carries
all its readings. What is written out in words counts as optional: a translation may turn "two sides" into 2つ or
leave it a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from glossa.quantities import protected

# The numbers inside a code: 1.6 in "1.6Gbps", but 1, 2 and 3 in "1.2.3".
CODE_FIGURES = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])|\d+")
MONTH, DAY, CODE = "month", "day", "code"
# The year before the second, short one of a range: 2021-22, 2012〜13.
SHORT_YEAR = re.compile(r"(?:1[5-9]|20)\d\d年? ?[-–—‑/〜～－] ?$")


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a text.

    Args:
        start: where it begins.
        end: where it ends.
        readings: what it may mean; the first is the likeliest.
        optional: it is written in words, or belongs to a code; its counterpart may be missing.
        kind: "month" for the name or number of a month, "day" for a day of the month or a minute, "code" for a part
            of a code, or "".
    """

    start: int
    end: int
    readings: tuple[Decimal, ...]
    optional: bool = False
    kind: str = ""


def claim(values: Iterable[Value], taken: bytearray) -> Iterator[Value]:
    """The values whose characters nothing before them has claimed; they claim theirs."""
    for value in values:
        if 1 not in taken[value.start : value.end]:
            taken[value.start : value.end] = b"\1" * (value.end - value.start)
            yield value


def ordered(values: Iterable[Value]) -> tuple[Value, ...]:
    """The values in order of place."""
    return tuple(sorted(values, key=lambda value: value.start))


def gathered(text: str, sources: Iterable[Iterable[Value]], dated: Callable[[str, Value], Value]) -> tuple[Value, ...]:
    """The values of all sources in order of place, what comes first claiming its characters; months and days marked.

    Args:
        text: where the values stand.
        sources: the surest first.
        dated: marks a value that is the number of a month or a day.
    """
    taken = bytearray(len(text))
    return ordered(dated(text, value) for values in sources for value in claim(values, taken))


def decimals(*numbers: int | str | Decimal) -> tuple[Decimal, ...]:
    """The numbers as exact decimals, each once."""
    return tuple(dict.fromkeys(Decimal(number) for number in numbers))


def hours(hour: int) -> tuple[Decimal, ...]:
    """An hour on either clock: 9 and 21, 12 and 0 and 24."""
    other = hour - 12 if hour >= 12 else hour + 12
    return decimals(hour, other, *((24,) if hour in (0, 12) else ()))


def clock(pattern: re.Pattern[str], text: str) -> Iterator[Value]:
    """Hours and minutes by the names of a pattern's groups: hour, hour2, …, minute, minute2, …, halfpast."""
    for match in pattern.finditer(text):
        for name, digits in match.groupdict().items():
            if digits and name.startswith("hour"):
                yield Value(*match.span(name), hours(int(digits)))
            elif digits and name.startswith("minute"):
                yield Value(*match.span(name), decimals(int(digits)), optional=int(digits) == 0, kind=DAY)
            elif digits and name == "military":  # 1500 GMT
                place = match.start(name), match.start(name) + 2, match.end(name)
                yield Value(place[0], place[1], (*hours(int(digits[:2])), Decimal(digits)))
                yield Value(place[1], place[2], decimals(int(digits[2:])), optional=True)
            elif digits:
                yield Value(*match.span(name), decimals(30))


def codes(text: str) -> Iterator[Value]:
    """The numbers in codes, addresses and names (COVID-19, 1.2.3)."""
    for start, end in protected.codes(text):
        for match in CODE_FIGURES.finditer(text, start, end):
            yield Value(*match.span(), decimals(match[0]), kind=CODE)


def full_year(text: str, start: int, digits: str) -> tuple[Decimal, ...]:
    """2022 for the 22 of "2021-22", if `digits` at `start` are that."""
    before = SHORT_YEAR.search(text, max(0, start - 8), start) if len(digits) == 2 else None
    return (Decimal(before[0][:2] + digits),) if before else ()
