"""Times of the day in English text, and how Japanese and Khmer newspapers write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossa.model import Requirement, Span
from glossa.quantities.datestyle import spread
from glossa.quantities.numerals import unique

_S = r"[ \u00a0\n]"
_HALF = rf"(?:{_S}?(?P<half>[AaPp])(?:\.{_S}?[Mm]\.|\.?[Mm](?![A-Za-z]))|(?<=\d){_S}?(?P<noon>noon|midnight)\b)"
_CLOCK = r"(?P<{0}>0?\d|1\d|2[0-4])(?:[:.](?P<{1}>[0-5]\d))?"
_FIRST, _SECOND = _CLOCK.format("h", "m"), _CLOCK.format("h2", "m2")
_EDGE = r"(?<![\w.,:/$€£¥-])"
_AT = (
    rf"(?<=\b[Aa]t{_S})|(?<=\b[Bb]y{_S})|(?<=\b[Uu]ntil{_S})|(?<=\b[Tt]ill{_S})|(?<=\b[Ff]rom{_S})|(?<=\bbefore{_S})|"
    rf"(?<=\bafter{_S})|(?<=\baround{_S})|(?<=\babout{_S})|(?<=\bto{_S})|(?<=\bsince{_S})|(?<=\bpast{_S})"
)

_RANGE = re.compile(
    rf"(?:(?P<lead>[Ff]rom|[Bb]etween){_S})?{_EDGE}{_FIRST}(?:{_S}?[-–—]{_S}?|{_S}(?:to|and|until){_S}){_SECOND}{_HALF}"
)
_TWELVE = re.compile(rf"{_EDGE}{_FIRST}{_HALF}")
_TWENTY_FOUR = re.compile(
    rf"{_EDGE}(?:(?P<h>[01]\d|2[0-3])|(?:{_AT})(?P<h1>\d)):(?P<m>[0-5]\d)(?P<s>:[0-5]\d)?"
    rf"(?:{_S}?(?:hours|hrs|h)\b)?(?![\w:]|[.,]\d|-\d)"
)
_MILITARY = re.compile(
    rf"{_EDGE}(?:{_AT})(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)"
    rf"(?:{_S}?(?:hours|hrs)\b(?!{_S}of\b)|(?={_S}(?:GMT|UTC|local time)\b))"
)
_OCLOCK = re.compile(rf"{_EDGE}(?P<h>1[0-2]|[1-9]){_S}o['’]clock\b")
_NAMED = re.compile(rf"(?:{_AT})(?P<name>noon|midday|midnight)\b(?!{_S}[a-z]*(?:prayers?|mass|meal)\b)")

_NAMES = {
    ("noon", "ja"): ("正午", "昼の12時", "午後0時", "昼12時"),
    ("midnight", "ja"): ("午前0時", "真夜中", "深夜0時", "深夜", "夜中の12時", "夜中"),
    ("noon", "km"): ("ម៉ោង 12 ថ្ងៃត្រង់", "ថ្ងៃត្រង់", "ម៉ោង 12:00 ថ្ងៃត្រង់"),
    ("midnight", "km"): ("ម៉ោង 12 យប់", "ម៉ោង 12 អធ្រាត្រ", "អធ្រាត្រ", "ពាក់កណ្តាលអធ្រាត្រ", "ពាក់កណ្ដាលអធ្រាត្រ", "ម៉ោង 0"),
}


def find(text: str, lang: str, digits: str) -> Iterator[Requirement]:
    """The times of an English text: 9 a.m., 9:30 p.m., 14:30, at 1430 hours, 9 o'clock, noon."""
    for match in _RANGE.finditer(text):
        yield from _range(match, lang, digits)
    for match in _TWELVE.finditer(text):
        yield from _twelve(match, lang, digits)
    for pattern in (_TWENTY_FOUR, _MILITARY):
        for match in pattern.finditer(text):
            hour = int(match.groupdict().get("h") or match.groupdict().get("h1") or 0)
            forms = _clock(hour, match["m"], lang, digits)
            if pattern is _MILITARY and lang == "km":
                forms = unique((*forms, *spread((match["h"] + match["m"],), digits)))
            if not match.groupdict().get("s"):
                yield _requirement(text, match.span(), forms)
    for match in _OCLOCK.finditer(text):
        yield _requirement(text, match.span(), _clock(int(match["h"]), "", lang, digits))
    for match in _NAMED.finditer(text):
        name = "noon" if match["name"] == "midday" else match["name"]
        yield _requirement(text, match.span(), _named(name, lang, digits))


def _requirement(text: str, place: tuple[int, int], forms: tuple[str, ...]) -> Requirement:
    start, end = place
    # The point of "a.m." ends the sentence as well; it is left to it.
    if text[end - 1] == "." and not text[end:].strip(" \"'”’)"):
        end -= 1
    span = Span(start, end)
    return Requirement(span, forms[0], forms[1:], (), (span.of(text),), "time")


def _named(name: str, lang: str, digits: str) -> tuple[str, ...]:
    forms = _NAMES[name, lang]
    return forms if lang == "ja" else spread(forms, digits)


def _twelve(match: re.Match[str], lang: str, digits: str) -> Iterator[Requirement]:
    hour = int(match["h"])
    if match["noon"]:
        if hour == 12 and match["m"] in (None, "00"):
            yield _requirement(match.string, match.span(), _named(match["noon"], lang, digits))
    elif 1 <= hour <= 12:
        forms = _half_day(hour, match["m"] or "", match["half"].lower(), lang, digits)
        yield _requirement(match.string, match.span(), forms)


def _range(match: re.Match[str], lang: str, digits: str) -> Iterator[Requirement]:
    first, last, half = int(match["h"]), int(match["h2"]), match["half"]
    if not half or not (1 <= first <= 12 and 1 <= last <= 12):
        return
    half, lead = half.lower(), (match["lead"] or "").lower()
    if lang == "ja":
        start = _half_day(first, match["m"] or "", half, lang, digits)[0]
        end = _clock(last, match["m2"] or "", lang, digits)[0]
        until = (f"{start}から{end}まで", f"{start}から{end}")
        dashed = tuple(f"{start}{mark}{end}" for mark in ("〜", "～", "-"))
        forms = (*until, *dashed) if lead == "from" else (until[1], *dashed) if lead else (*dashed, *until)
    else:
        period = _khmer_periods(last % 12 + 12 * (half == "p"))[0]
        head = _khmer_clock(first, match["m"] or "")[0]
        tail = f"{_khmer_clock(last, match['m2'] or '')[0]} {period}"
        bare = tail.removeprefix("ម៉ោង ")
        word = {"from": "ពី", "between": "ចន្លោះ"}.get(lead, "")
        plain = (f"{head} ដល់ {bare}", f"{head} ដល់{tail}", f"{head}-{bare}")
        forms = spread((*(f"{word}{form}" for form in plain), *plain), digits)
    yield _requirement(match.string, match.span(), forms)


def _half_day(hour: int, minute: str, half: str, lang: str, digits: str) -> tuple[str, ...]:
    """A time of the twelve-hour clock; `half` is "a" or "p"."""
    full = hour % 12 + (12 if half == "p" else 0)
    if lang == "ja":
        return _japanese_half(full, minute)
    clocks = _khmer_clock(hour, minute)
    forms = [f"{clock} {period}" for period in _khmer_periods(full) for clock in clocks]
    # "About" may stand between ម៉ោង and the digits.
    bare = [form.removeprefix("ម៉ោង ") for form in forms]
    return spread((*forms, *_khmer_clock(full, minute or "00")[:1], *bare), digits)


def _japanese_half(full: int, minute: str) -> tuple[str, ...]:
    name, hour = ("午前", full) if full < 12 else ("午後", full - 12)
    minutes = "" if minute in ("", "00") else f"{int(minute)}分"
    forms = [f"{name}{hour}時{minutes}"]
    if minute == "30":
        forms.append(f"{name}{hour}時半")
    if full == 12:
        forms = ["正午", "午後0時", "昼の12時", "午後12時"] if not minutes else [*forms, f"午後12時{minutes}"]
    if full == 0:
        forms += [f"午前12時{minutes}", f"深夜0時{minutes}"]
    named = {"朝": 5 <= full < 12, "昼": 12 <= full < 16, "夕方": 16 <= full < 19, "夜": full >= 18, "未明": full < 5}
    forms += [f"{word}{the}{hour}時{minutes}" for word, fits in named.items() if fits for the in ("", "の")]
    forms += [f"{full}時{minutes}", f"{name}{hour}:{minute or '00'}", f"{full}:{minute or '00'}"]
    return unique(forms)


def _clock(hour: int, minute: str, lang: str, digits: str) -> tuple[str, ...]:
    """A time of the twenty-four-hour clock."""
    if lang == "ja":
        minutes = "" if minute in ("", "00") else f"{int(minute)}分"
        half = (f"{hour}時半",) if minute == "30" else ()
        # CLDR writes 14:30 in Japanese, too; newspapers write the units.
        halves = [f"午後{hour - 12}時{minutes}" if hour >= 12 else f"午前{hour}時{minutes}"]
        halves += ["正午"] if hour == 12 and not minutes else []
        clocks = (f"{hour:02}:{minute or '00'}", f"{hour}:{minute or '00'}")
        return unique((f"{hour}時{minutes}", *half, *halves, *clocks))
    forms = list(_khmer_clock(hour, minute))
    if hour > 12:
        periods = _khmer_periods(hour)
        forms += [f"{clock} {period}" for period in periods for clock in _khmer_clock(hour - 12, minute)]
    bare = (f"{hour}:{minute or '00'}", f"{hour:02}:{minute or '00'}")
    return spread((*forms, *bare), digits)


def _khmer_clock(hour: int, minute: str) -> tuple[str, ...]:
    if minute in ("", "00"):
        return (f"ម៉ោង {hour}", f"ម៉ោង {hour}:00")
    forms = [f"ម៉ោង {hour}:{minute}", f"ម៉ោង {hour}:{minute}នាទី", f"ម៉ោង {hour} និង {int(minute)}នាទី"]
    if hour < 10:
        forms.append(f"ម៉ោង 0{hour}:{minute}")
    return tuple(forms)


def _khmer_periods(full: int) -> tuple[str, ...]:
    """What the time of the day is called at an hour from 0 to 23, as newspapers have it, the usual word first."""
    if full < 5:
        return ("យប់", "ព្រឹក", "រំលងអធ្រាត្រ") if full == 0 else ("ព្រឹក", "យប់", "រំលងអធ្រាត្រ", "ទៀបភ្លឺ")
    if full < 12:
        return ("ព្រឹក", "ថ្ងៃ") if full == 11 else ("ព្រឹក",)
    if full == 12:
        return ("ថ្ងៃត្រង់", "ថ្ងៃ", "រសៀល")
    if full < 17:
        return ("រសៀល", "ល្ងាច") if full == 16 else ("រសៀល", "ថ្ងៃ")
    if full < 19:
        return ("ល្ងាច", "រសៀល") if full == 17 else ("ល្ងាច", "យប់")
    return ("យប់", "ល្ងាច") if full == 19 else ("យប់",)
