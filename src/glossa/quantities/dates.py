"""Dates in English text: American and British order, weekdays, months, years, decades, centuries, and ranges."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from glossa.model import Requirement, Span
from glossa.quantities import datestyle
from glossa.quantities.datestyle import Date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_S = r"[ \u00a0\n]"
_FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_ANY_MONTH = (
    "(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?\\.?|July?\\.?|Aug(?:ust|\\.)?|"
    "Sep(?:tember|t?\\.?)|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)(?![A-Za-z]|[ ]Day\\b)"
)
_FULL_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ANY_WEEKDAY = f"(?:{_FULL_WEEKDAY}|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\\.?)(?![A-Za-z])"
# Words that are counted: a number before them is neither a day nor a year.
_NO_NOUN = (
    rf"(?!(?:{_S}|-)(?:people|persons?|soldiers|troops|men|women|children|families|households|homes|houses|members|"
    r"officers|students|workers|police|personnel|refugees|victims|dollars|euros|yen|riels?|baht|pounds|percent|per|pct|"
    r"kilomet|met(?:re|er)|miles?|tons|tonnes|hectares|square|cubic|cases|deaths|copies|units|vehicles|cars|other|more|"
    r"million|billion|thousand|hundred|hours|minutes|days|weeks|months|years|[KMGT]B|km|kg)\b)"
)
_TO = rf"(?:{_S}?[-–—‑]{_S}?|{_S}(?:to|through|until|till){_S})"
_JOIN = rf"(?P<sep>{_TO}|{_S}and{_S})"
_LEAD = rf"(?:(?P<lead>[Ff]rom|[Bb]etween){_S})?"
_PART = rf"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)(?:{_S}|[-‑]))?"


def _month(name: str) -> str:
    return rf"(?<![A-Za-z])(?=[A-Z])(?P<{name}>(?i:{_ANY_MONTH}))"


def _weekday(name: str) -> str:
    return rf"(?<![A-Za-z])(?=[A-Z])(?P<{name}>(?i:{_ANY_WEEKDAY}))"


def _day(name: str) -> str:
    ending = r"(?:st|nd|rd|th|ST|ND|RD|TH)?"
    return rf"(?<![\w.,])(?P<{name}>0?[1-9]|[12]\d|3[01]){ending}(?!\w|[.:]\d|,\d{{3}}(?!\d)|{_S}?%){_NO_NOUN}"


def _year(name: str = "y") -> str:
    return rf"(?P<{name}>1\d\d\d|20\d\d|21\d\d)(?!\w|[.,]\d|{_S}?%){_NO_NOUN}"


_BEFORE_YEAR = rf"(?:,{_S}?|{_S}(?:of{_S})?)"
_TIME = "(?P<time>morning|afternoon|evening|night)(?![\\w-])"
_FRONT = rf"(?:{_weekday('w')}(?:{_S}(?:morning|afternoon|evening|night))?,?{_S}(?:the{_S})?)?"
_END = rf"(?:{_BEFORE_YEAR}{_year()})?(?:{_S}\({_weekday('v')}\))?"
_END_YEAR = rf"(?:{_BEFORE_YEAR}{_year()})?"
_AMERICAN_RANGES = (
    rf"{_LEAD}{_month('m')}{_S}{_day('d')}{_JOIN}{_month('m2')}{_S}{_day('d2')}{_END_YEAR}",
    rf"{_LEAD}{_month('m')}{_S}(?:the{_S})?{_day('d')}{_JOIN}(?:the{_S})?{_day('d2')}{_END_YEAR}",
)
_BRITISH_RANGES = (
    rf"{_LEAD}{_day('d')}{_S}(?:of{_S})?{_month('m')}{_JOIN}{_day('d2')}{_S}(?:of{_S})?{_month('m2')}{_END_YEAR}",
    rf"{_LEAD}(?:[Tt]he{_S})?{_day('d')}{_JOIN}(?:the{_S})?{_day('d2')}{_S}(?:of{_S})?{_month('m')}{_END_YEAR}",
)
_AMERICAN = rf"{_FRONT}{_month('m')}{_S}(?:the{_S})?{_day('d')}{_END}"
_BRITISH = rf"{_FRONT}(?:[Tt]he{_S})?{_day('d')}{_S}(?:of{_S})?{_month('m')}{_END}"
_ISO = r"(?<![\w-])(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\w-])"
_SLASHED = r"(?<![\w/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d\d)(?![\w/])"
_MONTH_RANGE = rf"{_LEAD}{_month('m')}{_JOIN}{_month('m2')}{_END_YEAR}(?!{_S}\d)"
_MONTH_YEAR = rf"{_PART}{_month('m')}{_BEFORE_YEAR}{_year()}"
_MONTH_ALONE = (
    rf"(?:(?P<before>(?<![A-Za-z])[A-Za-z]+){_S})?{_PART}(?<![A-Za-z])(?P<m>{_FULL_MONTH})(?![\w-]|{_S}[A-Z\d])"
)
_DECADE = rf"(?<!\w)(?:[Tt]he{_S})?{_PART}(?P<y>(?:1[5-9]|20)\d0|(?<=['’‘])[2-9]0)['’]?s(?!\w)"
_CENTURY = rf"(?<![\w.])(?:the{_S})?(?P<n>\d{{1,2}})(?:st|nd|rd|th)(?:{_S}|-)[Cc]entury(?!\w)"
_FISCAL = rf"(?<![A-Za-z])[Ff]iscal{_S}(?:year{_S})?(?P<y>(?:19|20)\d\d)(?!\w|[.,/]\d|-\w|–)"
_YEAR_RANGE = (
    rf"(?:(?P<before>(?<![A-Za-z])(?![Ff]rom|[Bb]etween)[A-Za-z]+){_S})?{_LEAD}(?<![\w.,$€£¥/-])(?P<y>(?:1[89]|20)\d\d){_JOIN}"
    rf"(?P<y2>(?:1[89]|20)\d\d|\d\d)(?!\w|[.,]\d|-){_NO_NOUN}"
)
_YEAR_ALONE = (
    rf"(?P<before>(?<![A-Za-z’'])[A-Za-z’']+{_S}|\(|(?<![A-Za-z])(?=[EeMmLl])){_PART}(?P<y>(?:1[89]|20)\d\d|2100)"
    rf"(?!\w|[.,/]\d|{_S}?%|-\w|–){_NO_NOUN}"
)
_LIST_END = (
    rf"(?={_S}?[,.;:)\]”\"]|{_S}?$|{_S}(?:in|at|on|for|to|with|when|where|as|by|of|during|after|before|and|that|the|"
    r"was|were|is|will|would|has|had|it|he|she|they)\b)"
)
_WEEKDAY_DAY = rf"{_weekday('w')},?{_S}the{_S}{_day('d')}(?<=[a-z]){_LIST_END}"
_WEEKDAY_ALONE = (
    rf"(?<![A-Za-z-])(?P<w>{_FULL_WEEKDAY})s?(?![\w-])"
    rf"(?!{_S}(?:Times|Post|Mail|Mirror|Herald|Telegraph|Express|Night{_S}[A-Zwi])\b)"
)

_LISTED = re.compile(_LIST_END)
_TIME_OF = re.compile(rf"(?<!\w)[Tt]he{_S}{_TIME}{_S}of{_S}(?:the{_S})?$")
_TIME_AFTER = re.compile(rf"{_S}{_TIME}")
_TIME_INSIDE = re.compile(rf"(?<=day){_S}{_TIME}")
_MONTH_CONTEXT = frozenset(
    (
        "in",
        "since",
        "last",
        "next",
        "this",
        "of",
        "early",
        "late",
        "until",
        "till",
        "through",
        "during",
        "previous",
        "following",
        "every",
    )
)
_YEAR_CONTEXT = frozenset(
    (
        "in",
        "since",
        "until",
        "till",
        "from",
        "by",
        "of",
        "before",
        "after",
        "during",
        "early",
        "late",
        "mid",
        "year",
        "through",
        "for",
    )
)
_YEAR_OWNER = frozenset(("the", "this", "its", "their", "his", "her", "our"))
# "in 2013 cases" may be a count; "in 2013 was" is not.
_PLURAL = re.compile(rf"{_S}(?!was|has|this|plus|across|various|previous|towards|perhaps|besides)[a-z]{{3,}}s\b")
_NAMED_DAY = re.compile(r"(?:Good|Black|Cyber|Bloody|Super|Ash|Palm|Easter|Sheffield|Maundy|Holy|Man)[ ]$")

_Found = tuple[int, Date | tuple[Date, Date, str]] | None  # where it begins, and what it says


def find(text: str, lang: str, digits: str) -> Iterator[Requirement]:
    """The dates of an English text, by kind of pattern, the surest first; later ones may overlap earlier ones."""
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            found = read(match)
            if found is None:
                continue
            start, what = found
            end = match.end()
            if isinstance(what, Date):
                time, start, end = _part_of_day(text, start, end, what)
                forms = datestyle.forms(replace(what, time=time), lang, digits)
            else:
                forms = datestyle.range_forms(*what, lang, digits)
            span = Span(start, end)
            yield Requirement(span, forms[0], forms[1:], (), (span.of(text),), "date")


def _part_of_day(text: str, start: int, end: int, date: Date) -> tuple[str, int, int]:
    """The part of the day that is named with a date, and the span of both: "Friday evening", "the night of May 3"."""
    if date.unit or not (date.day or date.weekday is not None):
        return "", start, end
    before = _TIME_OF.search(text, max(0, start - 30), start)
    if before:
        return before["time"], before.start(), end
    after = _TIME_AFTER.match(text, end)
    if after:
        return after["time"], start, after.end()
    inside = _TIME_INSIDE.search(text, start, end)
    return inside["time"] if inside else "", start, end


def _month_of(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS.index(name[:3].lower()) + 1


def _weekday_of(name: str | None) -> int | None:
    return _WEEKDAYS.index(name[:3].lower()) if name else None


def _valid(date: Date) -> bool:
    try:
        dt.date(date.year or 2000, date.month or 1, date.day or 1)
    except ValueError:
        return False
    return True


def _read_day(match: re.Match[str]) -> _Found:
    groups = match.groupdict()
    year, weekday = groups.get("y"), _weekday_of(groups.get("w") or groups.get("v"))
    date = Date(int(year) if year else None, _month_of(groups["m"]), int(groups["d"]), weekday)
    return (match.start(), date) if _valid(date) else None


def _read_days(match: re.Match[str]) -> _Found:
    year = int(match["y"]) if match["y"] else None
    month = _month_of(match["m"])
    first = Date(year, month, int(match["d"]))
    last = Date(year, _month_of(match.groupdict().get("m2") or match["m"]), int(match["d2"]))
    link = _link(match["lead"], match["sep"])
    if not (link and _valid(first) and _valid(last)) or _order(first) >= _order(last):
        return None
    if link == "and" and not year and not _LISTED.match(match.string, match.end()):
        return None
    return match.start(), (first, last, link)


def _order(date: Date) -> tuple[int, int]:
    return date.month or 0, date.day or 0


def _link(lead: str | None, sep: str) -> str:
    """How two ends are joined (see `datestyle.range_forms`), or "" where the words do not go together."""
    sep = sep.strip(" \u00a0\n")
    if (lead or "").lower() == "between":
        return "between" if sep == "and" or sep in "-–—‑" else ""
    if (lead or "").lower() == "from":
        return "" if sep == "and" else "from"
    return "and" if sep == "and" else "to"


def _read_slashed(match: re.Match[str]) -> _Found:
    """29/04/2022 and 04/29/2022, where the order is beyond doubt."""
    first, second = int(match["a"]), int(match["b"])
    if first != second and (first > 12) == (second > 12):
        return None
    day, month = (first, second) if first > 12 else (second, first)
    date = Date(int(match["y"]), month, day)
    return (match.start(), date) if month and day and _valid(date) else None


def _read_months(match: re.Match[str]) -> _Found:
    year = int(match["y"]) if match["y"] else None
    first, last = _month_of(match["m"]), _month_of(match["m2"])
    link = _link(match["lead"], match["sep"])
    if not link or first == last:
        return None
    return match.start(), (Date(year, first), Date(year, last), link)


def _read_month_year(match: re.Match[str]) -> _Found:
    return match.start(), Date(int(match["y"]), _month_of(match["m"]), part=(match["part"] or "").lower())


def _read_month(match: re.Match[str]) -> _Found:
    """A month alone: "May" and "March" only behind a word that makes it plain; no month behind a name."""
    part, before = match["part"] or "", match["before"] or ""
    if match["m"] in ("May", "March") and not part and before.lower() not in _MONTH_CONTEXT:
        return None
    if before[:1].isupper() and before.lower() not in _MONTH_CONTEXT | {"and", "or", "but", "by", "from"}:
        return None
    return match.start("part" if part else "m"), Date(None, _month_of(match["m"]), part=part.lower())


def _read_decade(match: re.Match[str]) -> _Found:
    year = int(match["y"])
    start = match.start("y") - 1 if year < 100 else match.start()
    return start, Date(year, part=(match["part"] or "").lower(), unit="decade")


def _read_century(match: re.Match[str]) -> _Found:
    return match.start(), Date(int(match["n"]), unit="century")


def _read_fiscal(match: re.Match[str]) -> _Found:
    return match.start(), Date(int(match["y"]), unit="fiscal")


def _read_years(match: re.Match[str]) -> _Found:
    first, second = int(match["y"]), int(match["y2"])
    dash = match["sep"].strip() in "-–—‑"
    in_context = bool(match["lead"]) or (match["before"] or "").lower() in _YEAR_CONTEXT
    if len(match["y2"]) == 2:
        second += first // 100 * 100
        in_context = False
    link = _link(match["lead"], match["sep"])
    if second <= first or not link or not (dash or in_context):
        return None
    return match.start("lead" if match["lead"] else "y"), (Date(first), Date(second), link)


def _read_year(match: re.Match[str]) -> _Found:
    """A year alone, where the word before it leaves little doubt."""
    before, part = match["before"].strip().lower(), (match["part"] or "").lower()
    rest = match.string[match.end() : match.end() + 30]
    if before == "(":
        plain = rest.startswith(")")
    elif before in _YEAR_OWNER or before.endswith(("'s", "’s")):
        plain = bool(re.match(r" [A-Za-z]", rest))
    else:
        plain = before in _YEAR_CONTEXT and not _PLURAL.match(rest)
    if not (plain or part):
        return None
    return match.start("part" if part else "y"), Date(int(match["y"]), part=part)


def _read_the_day(match: re.Match[str]) -> _Found:
    return match.start(), Date(None, None, int(match["d"]), _weekday_of(match.groupdict().get("w")))


def _read_weekday(match: re.Match[str]) -> _Found:
    if _NAMED_DAY.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    return match.start(), Date(weekday=_weekday_of(match["w"]))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Found]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        *((pattern, _read_days) for pattern in (*_AMERICAN_RANGES, *_BRITISH_RANGES)),
        (_AMERICAN, _read_day),
        (_BRITISH, _read_day),
        (_ISO, _read_day),
        (_SLASHED, _read_slashed),
        (_MONTH_RANGE, _read_months),
        (_MONTH_YEAR, _read_month_year),
        (_DECADE, _read_decade),
        (_CENTURY, _read_century),
        (_FISCAL, _read_fiscal),
        (_YEAR_RANGE, _read_years),
        (_WEEKDAY_DAY, _read_the_day),
        (rf"(?<=[Oo]n )the{_S}{_day('d')}(?<=[a-z]){_LIST_END}", _read_the_day),
        (_MONTH_ALONE, _read_month),
        (_YEAR_ALONE, _read_year),
        (_WEEKDAY_ALONE, _read_weekday),
    )
)
