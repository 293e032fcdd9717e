"""Numbers as Japanese and Khmer newspapers write them: the house form first, then the other forms that are right.

Japanese newspapers count in 万, 億 and 兆 from ten thousand on (24万6000, 35億) and write no separator below (1200).
Khmer newspapers write big round numbers with a scale word (៥លាន, ២,៥ពាន់លាន); Khmer digits go with "." between
thousands and a decimal comma, as CLDR has it for the numbering system khmr, Latin digits with the English separators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from glossa.quantities import cldr
from glossa.quantities.numerals import grouped, plain, to_latin, to_native, unique

_JAPANESE = ((10**16, "京"), (10**12, "兆"), (10**8, "億"), (10**4, "万"))
# The usual Khmer scale words, and others for the same ("ប៊ីលាន" and "ទ្រីលាន" stand in CLDR).
_KHMER = ((10**12, "ទ្រីលាន"), (10**9, "ពាន់លាន"), (10**6, "លាន"), (10**4, "ម៉ឺន"), (10**3, "ពាន់"))
_KHMER_OTHER = {10**12: ("ពាន់ពាន់លាន", "លានលាន"), 10**9: ("ប៊ីលាន",)}
_KHMER_ONES = ("", "មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ប្រាំមួយ", "ប្រាំពីរ", "ប្រាំបី", "ប្រាំបួន")
_KHMER_TENS = ("", "ដប់", "ម្ភៃ", "សាមសិប", "សែសិប", "ហាសិប", "ហុកសិប", "ចិតសិប", "ប៉ែតសិប", "កៅសិប")
_MOST = 3  # forms of each end that are tried in a range


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or the two ends of a range.

    Args:
        scaled: the English has a scale word ("5 million"), so that Khmer takes one, too.
        separated: the English digits have a thousands separator or need none; the house form follows them.
        worded: the English is in words; then Khmer may be, too.
        link: "from" (from A to B), "between" (between A and B), "to" (A-B, A to B) or "" for a single number.
    """

    values: tuple[Decimal, ...]
    scaled: bool = False
    separated: bool = True
    worded: bool = False
    link: str = ""


def write(amount: Amount, lang: str, digits: str, units: tuple[str, ...] = ("",)) -> tuple[str, ...]:
    """An amount with its unit in a target language.

    Args:
        amount: the number or range.
        lang: "ja" or "km".
        digits: "native" or "latin", for the first form.
        units: what follows the number, the house form first.
    """
    numbers = [forms(value, lang, digits, amount) for value in amount.values]
    if len(numbers) == 1:
        return unique(f"{number}{unit}" for number in numbers[0] for unit in units)
    pairs = list(zip(numbers[0][:_MOST], numbers[1][:_MOST], strict=False))
    write_range = _japanese_range if lang == "ja" else _khmer_range
    return unique(form for pair in pairs for unit in units for form in write_range(*pair, unit, amount.link))


def forms(value: Decimal, lang: str, digits: str, amount: Amount) -> tuple[str, ...]:
    """One number in all its forms; decimals stay as they are (3.50) unless a scale word takes them up."""
    if amount.scaled and value == value.to_integral():
        value = value.quantize(Decimal(1))
    if lang == "ja":
        return _japanese_forms(value, scaled=amount.scaled, separated=amount.separated)
    return _khmer_forms(value, digits, amount)


def _japanese_forms(value: Decimal, *, scaled: bool, separated: bool) -> tuple[str, ...]:
    figures = (grouped(value, "ja", ""), plain(value, "ja", ""))
    # Below ten thousand newspapers write no separator: 1200人.
    if not separated or scaled or value < 10**4:
        figures = figures[::-1]
    if value.as_tuple().exponent != 0:
        # 80,213.90 may stand as 8万213.90 as well.
        whole = int(value)
        counted = (japanese(whole) + f"{value - whole:f}"[1:],) if whole >= 10**4 else ()
        return unique((*figures, *counted))
    if value < 10**4:
        thousands = (f"{value // 1000}千",) if value >= 1000 and value % 1000 == 0 else ()
        return unique((*figures, *thousands))
    counted = (japanese(int(value)),)
    largest, name = next((unit, name) for unit, name in _JAPANESE if value >= unit)
    short = f"{(value / largest).normalize():f}"
    others = [japanese(int(value), commas=True), *([short + name] if len(short) < 6 else [])]
    if value in (10**6, 10**7):
        others.append({10**6: "百万", 10**7: "千万"}[int(value)])
    # A number without separators may be a serial number: 274301番 is not 27万4301番.
    return unique((*counted, *figures, *others) if separated or scaled else (*figures, *counted, *others))


def japanese(value: int, *, commas: bool = False) -> str:
    """A whole number counted in 万, 億, 兆: 246000 is 24万6000."""
    parts = []
    for unit, name in _JAPANESE:
        head, value = divmod(value, unit)
        if head:
            parts.append(f"{head:,}{name}" if commas else f"{head}{name}")
    if value or not parts:
        parts.append(f"{value:,}" if commas else str(value))
    return "".join(parts)


def _japanese_range(low: str, high: str, unit: str, link: str) -> list[str]:
    word = _shared(low, high)
    dashed = [f"{low}{mark}{high}{unit}" for mark in ("〜", "～", "-", "–")]
    once = [f"{low.removesuffix(word)}{mark}{high}{unit}" for mark in ("〜", "～")] if word else []
    spoken = [f"{low}{unit}から{high}{unit}", f"{low}から{high}{unit}", f"{low}{unit}〜{high}{unit}"]
    return [*spoken, *dashed, *once] if link in ("from", "between") else [*dashed, *once, *spoken]


def _shared(low: str, high: str) -> str:
    """The scale word that both ends of a range have and that may stand once: ៥-១០លាន, 500〜1000万."""
    word = re.sub(r"^[\d០-៩.,]+", "", high)
    return word if word and low.endswith(word) else ""


def _khmer_range(low: str, high: str, unit: str, link: str) -> list[str]:
    bare = low.removesuffix(_shared(low, high))
    dashed = [f"{start}{mark}{high}{unit}" for start in unique((bare, low)) for mark in ("-", "–")]
    starts = unique((f"{low}{unit}", low, bare))
    spoken = [f"{start} ដល់{gap}{high}{unit}" for gap in ("", " ") for start in starts]
    led = {"from": "ពី", "between": "ចន្លោះពី"}.get(link, "")
    if led:
        return [*(f"{led}{gap}{form}" for gap in ("", " ") for form in spoken), *spoken, *dashed]
    return [*dashed, *spoken]


def _khmer_forms(value: Decimal, digits: str, amount: Amount) -> tuple[str, ...]:
    other = "latin" if digits == cldr.NATIVE else cldr.NATIVE
    out: list[str] = []
    for style in (digits, other):
        figures = [grouped(value, "km", style), plain(value, "km", style)]
        if not amount.separated:
            figures.reverse()
        words = [f"{number}{gap}{name}" for number, name in _khmer_scaled(value, style) for gap in ("", " ")]
        out += [*words, *figures] if amount.scaled else [*figures, *words]
    # Papers that write Khmer digits with English separators, and the other way round.
    out.append(to_native(grouped(value, "km", "latin"), "km"))
    out.append(to_latin(grouped(value, "km", cldr.NATIVE)))
    if amount.worded:
        out += _khmer_worded(value)
    return unique(out)


def _khmer_scaled(value: Decimal, style: str) -> Iterator[tuple[str, str]]:
    """Mantissa and scale word, the usual one first; none where the digits would go on and on (12,345)."""
    for unit, name in _KHMER:
        mantissa = (value / unit).normalize()
        whole = mantissa == mantissa.to_integral()
        if value < unit or mantissa >= 10**4 or len(f"{mantissa:f}") > 7:
            continue
        if unit < 10**6 and (not whole or value >= 10**6):
            continue
        figures = grouped(mantissa.quantize(Decimal(1)) if whole else mantissa, "km", style)
        for word in (name, *_KHMER_OTHER.get(unit, ())):
            yield figures, word
        if unit == 10**4 and mantissa % 10 == 0:
            yield grouped((mantissa / 10).quantize(Decimal(1)), "km", style), "សែន"


def _khmer_worded(value: Decimal) -> list[str]:
    """A whole number in Khmer words, where it is short: ពីររយ, ប្រាំលាន."""
    if value != value.to_integral() or value < 1:
        return [f"កន្លះ{name}" for unit, name in _KHMER if value * 2 == unit]
    if value < 1000:
        return [_khmer_hundreds(int(value))]
    words = [
        _khmer_hundreds(int(value / unit)) + name
        for unit, name in _KHMER
        if value % unit == 0 and 0 < value / unit < 1000
    ]
    return [*words, *(f"កន្លះ{name}" for unit, name in _KHMER if value * 2 == unit)]


def _khmer_hundreds(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    return (f"{_KHMER_ONES[hundreds]}រយ" if hundreds else "") + _KHMER_TENS[tens] + _KHMER_ONES[ones]
