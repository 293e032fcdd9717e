"""What CLDR (through Babel) knows of a language: names of months, weekdays and currencies, separators in numbers."""

from __future__ import annotations

import datetime as dt
from functools import cache

NATIVE = "native"

# CLDR's numbering system for the native digits of a language that has them.
_SYSTEMS = {"km": "khmr"}


@cache
def months(lang: str) -> tuple[str, ...]:
    """The names of the months, January first, as they stand in a date."""
    from babel import Locale

    names = Locale.parse(lang).months["format"]["wide"]
    return tuple(str(names[number]) for number in range(1, 13))


@cache
def weekdays(lang: str) -> tuple[str, ...]:
    """The names of the days of the week, Monday first."""
    from babel import Locale

    names = Locale.parse(lang).days["format"]["wide"]
    return tuple(str(names[number]) for number in range(7))


@cache
def currency(code: str, lang: str) -> str:
    """The name of the currency with that ISO 4217 code, without the zero-width spaces that CLDR puts into Khmer."""
    from babel.numbers import get_currency_name

    return str(get_currency_name(code, locale=lang)).replace("\u200b", "")


@cache
def separators(lang: str, digits: str) -> tuple[str, str]:
    """Group and decimal separator: "." and "," with native Khmer digits, "," and "." with Latin ones."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    system = _SYSTEMS[lang] if digits == NATIVE and lang in _SYSTEMS else "latn"
    return (
        str(get_group_symbol(lang, numbering_system=system)),
        str(get_decimal_symbol(lang, numbering_system=system)),
    )


@cache
def skeleton(pattern: str, day: dt.date, lang: str) -> str:
    """A date in the pattern that CLDR gives for a skeleton ("yMMMd", "MMMd", "yMMM", "y", "d")."""
    from babel.dates import format_skeleton

    return str(format_skeleton(pattern, day, locale=lang))
