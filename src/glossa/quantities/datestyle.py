"""How Japanese and Khmer newspapers write dates; the house form first, then the other forms that are right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from glossa.quantities import cldr
from glossa.quantities.numerals import to_native, unique


@dataclass(frozen=True, slots=True)
class Date:
    """What a date says; None for what it leaves open.

    Args:
        year: the year, or the number of a century; below 100 for a decade without its century ('90s).
        weekday: 0 for Monday.
        part: "early", "mid", "late" or "".
        month: 1 for January.
        day: the day of the month.
        unit: "decade", "century" or "fiscal" (year) where `year` stands for one.
        time: "morning", "afternoon", "evening", "night" or "".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str = ""
    unit: str = ""
    time: str = ""


# What a part of a month, year or decade is called, the house word first.
_JA_PARTS = {
    ("early", "month"): ("上旬", "初め", "初旬", "前半", "初頭"),
    ("mid", "month"): ("中旬", "半ば", "中頃"),
    ("late", "month"): ("下旬", "末", "終わり", "後半"),
    ("early", "year"): ("初め", "初頭", "前半", "序盤", "年初", "はじめ", "初期"),
    ("mid", "year"): ("半ば", "中頃", "なかば", "中ごろ"),
    ("late", "year"): ("末", "後半", "終わり", "終盤", "遅く"),
    ("early", "decade"): ("初め", "前半", "初頭", "はじめ", "初期"),
    ("mid", "decade"): ("半ば", "中頃", "なかば", "中盤", "中ごろ"),
    ("late", "decade"): ("後半", "末", "終わり", "終盤"),
}
_KM_PARTS = {"early": ("ដើម",), "mid": ("ពាក់កណ្តាល", "ពាក់កណ្ដាល"), "late": ("ចុង",)}
# What a part of a day is called, the house word first.
_JA_TIMES = {
    "morning": ("朝", "午前"),
    "afternoon": ("午後",),
    "evening": ("夜", "夕方", "晩"),
    "night": ("夜", "晩", "深夜"),
}
_KM_TIMES = {
    "morning": ("ព្រឹក",),
    "afternoon": ("រសៀល", "ថ្ងៃរសៀល", "ល្ងាច"),
    "evening": ("ល្ងាច", "យប់"),
    "night": ("យប់",),
}
_KM_DECADES = ("ទសវត្សរ៍ឆ្នាំ", "ទសវត្សរ៍", "ទសវត្សរ៍ ", "ទសវត្សរ៍ទី", "ទសវត្សឆ្នាំ", "ទសវត្ស", "ទសវត្ស ")
_KM_CENTURIES = ("សតវត្សរ៍ទី", "សតវត្សទី", "សតវត្សរ៍ ទី")


def forms(date: Date, lang: str, digits: str) -> tuple[str, ...]:
    """A date as it is written in a target language."""
    written = _japanese(date) if lang == "ja" else _khmer(date)
    if date.time and lang == "ja":
        written = tuple(
            f"{day}{the}{time}" for time in _JA_TIMES[date.time] for the in ("", "の", "、") for day in written
        )
    elif date.time:
        times = _KM_TIMES[date.time]
        before = tuple(f"{time}{gap}{day}" for time in times for gap in ("", " ") for day in written)
        written = (*before, *(f"{day}{gap}{time}" for time in times for gap in (" ", " ពេល", "ពេល") for day in written))
    return written if lang == "ja" else spread(written, digits)


def range_forms(first: Date, last: Date, link: str, lang: str, digits: str) -> tuple[str, ...]:
    """Two dates as one expression.

    Args:
        first: A.
        last: B.
        lang: "ja" or "km".
        digits: "native" or "latin", for the first form.
        link: "from" (from A to B), "to" (A to B, A-B), "between" (between A and B), "and" (A and B).
    """
    return _japanese_range(first, last, link) if lang == "ja" else spread(_khmer_range(first, last, link), digits)


def spread(khmer: Iterable[str], digits: str) -> tuple[str, ...]:
    """Khmer forms with Latin digits, in every digit style and spacing that is in use.

    Spaces may be left out, and papers differ in whether a digit follows ទី or ឆ្នាំ directly.
    """
    out = []
    for form in khmer:
        apart = form.replace("ទី", "ទី ").replace("ឆ្នាំ", "ឆ្នាំ ").replace("ម៉ោង", "ម៉ោង ")
        apart = " ".join(apart.split())
        for spaced in (form, form.replace(" ", ""), apart, form.replace("ឆ្នាំ", "ឆ្នាំ ").replace("  ", " ")):
            native = to_native(spaced, "km")
            out += [native, spaced] if digits == cldr.NATIVE else [spaced, native]
    return unique(out)


def _japanese(date: Date) -> tuple[str, ...]:
    if date.unit == "century":
        return (f"{date.year}世紀",)
    if date.unit == "decade":
        years = [f"{date.year}年代"]
        if date.year is not None and date.year < 100:
            years.append(f"19{date.year}年代")
        return _with_part(years, date.part, "decade")
    if date.unit == "fiscal":
        return (f"{date.year}年度", f"{date.year}会計年度", f"{date.year}財政年度")
    weekday = "" if date.weekday is None else cldr.weekdays("ja")[date.weekday]
    base = _japanese_base(date)
    if not base:
        return (weekday, weekday[:-1])
    if not weekday:
        return _with_part([base], date.part, "month" if date.month else "year")
    short = weekday[0]
    # CLDR has 4月29日金曜日 and, short, 4月29日(金); newspapers put the weekday in full-width brackets.
    return (
        f"{base}（{short}）",
        f"{base}（{weekday}）",
        f"{base}({weekday})",
        f"{base}({short})",
        f"{base}{weekday}",
        f"{base}、{weekday}",
        f"{weekday}の{base}",
        f"{weekday}、{base}",
        f"{weekday}（{base}）",
    )


def _japanese_base(date: Date) -> str:
    """Year, month and day by CLDR's patterns."""
    skeleton = ("y" if date.year else "") + ("MMM" if date.month else "") + ("d" if date.day else "")
    if not skeleton:
        return ""
    return cldr.skeleton(skeleton, dt.date(date.year or 2000, date.month or 1, date.day or 1), "ja")


def _with_part(bases: list[str], part: str, unit: str) -> tuple[str, ...]:
    if not part:
        return tuple(bases)
    return tuple(base + the + word for base in bases for word in _JA_PARTS[part, unit] for the in ("", "の"))


def _japanese_range(first: Date, last: Date, link: str) -> tuple[str, ...]:
    start = _japanese_base(first)
    year = None if first.year == last.year and last.month else last.year
    month = None if first.month == last.month and last.day and year is None else last.month
    whole_end, end = _japanese_base(replace(last, year=year)), _japanese_base(replace(last, year=year, month=month))
    # Where only the last unit differs, it is written once: 4月27〜29日 (CLDR: 4月27日～29日).
    compact = start[:-1] if start[-1] == end[-1] and end[:-1].isdigit() else start
    marks = ("〜", "～", "-", "–", "－")
    dashed = [f"{head}{mark}{end}" for mark in marks for head in unique((compact, start))]
    until = [f"{start}から{tail}" for tail in unique((end, whole_end))]
    if not last.month and not last.day and last.year is not None and first.year is not None:
        seasons = [f"{first.year}{mark}{tail}" for mark in marks for tail in _tails(first.year, last.year)]
        dashed += [f"{season}{unit}" for season in seasons for unit in ("年", "年度", "")]
    if link == "from":
        return unique((f"{until[0]}まで", *(f"{form}まで" for form in until), *until, *dashed))
    if link == "between":
        return unique((*until, *dashed, f"{start}と{end}"))
    if link == "and":
        joined = [
            f"{start}{word}{tail}" for word in ("と", "、", "および", "及び", "、および") for tail in (end, whole_end)
        ]
        return unique((*joined, f"{compact}、{end}", f"{compact}・{end}"))
    return unique((*dashed, *until, *(f"{form}まで" for form in until)))


def _tails(first: int, last: int) -> tuple[str, ...]:
    """The second year of a range in full and, within one century, in two digits."""
    return (str(last), f"{last % 100:02}") if first // 100 == last // 100 else (str(last),)


def _khmer(date: Date) -> tuple[str, ...]:
    """Khmer forms with Latin digits.

    CLDR's patterns ("29 មេសា 2022") are not what newspapers write: they name the unit before each part.
    """
    if date.unit == "century":
        return tuple(f"{word}{date.year}" for word in _KM_CENTURIES)
    if date.unit == "decade":
        years = [f"{word}{date.year}" for word in _KM_DECADES]
        if date.year is not None and date.year < 100:
            years += [f"{word}19{date.year}" for word in _KM_DECADES]
        return _khmer_part(years, date.part)
    if date.unit == "fiscal":
        return tuple(f"{name}{date.year}" for name in ("ឆ្នាំសារពើពន្ធ", "ឆ្នាំសារពើពន្ធ ", "ឆ្នាំ"))
    tail = " ".join(_khmer_tail(date))
    weekdays = _khmer_weekdays(date)
    if not date.day:
        return _khmer_part([tail] if tail else list(weekdays), date.part)
    tail = f" {tail}" if tail else ""
    if not weekdays:
        # A weekday before the date ("on Monday morning, August 8") takes the ថ្ងៃ for both.
        bare = f"ទី{date.day}{tail}"
        return (f"ថ្ងៃ{bare}", bare, *((f"ថ្ងៃទី0{date.day}{tail}",) if date.day < 10 else ()))
    return tuple(f"{name} {the}{date.day}{tail}" for the in ("ទី", "ថ្ងៃទី") for name in weekdays)


def _khmer_weekdays(date: Date) -> tuple[str, ...]:
    if date.weekday is None:
        return ()
    name = cldr.weekdays("km")[date.weekday]
    # CLDR spells Monday as the dictionary does; newspapers mostly leave out the sign.
    return unique((f"ថ្ងៃ{name.replace('ច័ន្ទ', 'ចន្ទ')}", f"ថ្ងៃ{name}"))


def _khmer_tail(date: Date) -> list[str]:
    month = [f"ខែ{cldr.months('km')[date.month - 1]}"] if date.month else []
    return [*month, *([f"ឆ្នាំ{date.year}"] if date.year else [])]


def _khmer_part(bases: list[str], part: str) -> tuple[str, ...]:
    if not part:
        return tuple(bases)
    return tuple(f"{word}{base}" for base in bases for word in _KM_PARTS[part])


def _khmer_range(first: Date, last: Date, link: str) -> tuple[str, ...]:
    same_month, same_year = first.month == last.month, first.year == last.year
    shared_month = bool(first.day) and same_month and same_year
    shared_year = bool(first.month) and same_year
    head = replace(first, month=None if shared_month else first.month, year=None if shared_year else first.year)
    start, end = _khmer(head)[0], _khmer(last)[0]
    if not first.month and not first.day and first.year is not None and last.year is not None:
        return _khmer_years(first.year, last.year, link)
    short = end.removeprefix("ថ្ងៃទី").removeprefix("ខែ")
    if link == "from":
        starts, links = ("ពី", "ចាប់ពី", ""), (" ដល់", " រហូតដល់", " ទៅ")
        return tuple(f"{the}{start}{to}{end}" for the in starts for to in links)
    if link == "between":
        return (f"ចន្លោះ{start} និង{end}", f"ចន្លោះពី{start} ដល់{end}", f"រវាង{start} និង{end}", f"ពី{start} ដល់{end}")
    if link == "and":
        return (f"{start} និង{end.removeprefix('ថ្ងៃ')}", f"{start} និង{end}", f"{start} និង {end}")
    spoken = (f"{start} ដល់{end}", f"ពី{start} ដល់{end}", f"{start} រហូតដល់{end}")
    return (*spoken, *(f"{start}{mark}{short}" for mark in ("-", "–", " ដល់")))


def _khmer_years(first: int, last: int, link: str) -> tuple[str, ...]:
    """A range of years; the word for year is often left out before the second."""
    year = "ឆ្នាំ"
    dashed = tuple(
        f"{name}{first}{mark}{tail}"
        for name in (year, "")
        for mark in ("-", "–", " - ", " – ")
        for tail in _tails(first, last)
    )
    ends = [f"{gap}{name}{last}" for name in (year, "") for gap in ("", " ")]
    spoken = {"from": ("ពី", "ដល់"), "between": ("ចន្លោះ", "និង"), "and": ("", "និង"), "to": ("", "ដល់")}
    start, word = spoken[link]
    main = tuple(f"{start}{year}{first} {word}{end}" for end in ends)
    until = tuple(f"ពី{year}{first} {to}{end}" for to in ("ដល់", "រហូតដល់") for end in ends)
    return (*dashed, *main, *until) if link == "to" else (*main, *until, *dashed)
