"""Facts about the languages that Glossa knows. Babel supplies what CLDR knows; here stands what it does not."""

from __future__ import annotations

from dataclasses import dataclass

from glossa.errors import UsageError


@dataclass(frozen=True, slots=True)
class Language:
    """How a target language is written.

    Args:
        code: ISO 639-1 code.
        name: its English name.
        joiner: what stands between two sentences of one paragraph.
        stop: the sentence end that answers an English full stop.
        quotes: opening and closing quotation mark.
        inner_quotes: the pair for a quotation within a quotation.
        brackets: opening and closing bracket as written around an acronym, spaces included.
        title_first: whether a title stands before the name.
        title_joiner: what stands between a title and a name.
        time_first: whether a time stands before the day.
        digits: the native digits from 0 to 9, or "" where Latin digits are the only ones in use.
        plural_forms: the catalogue header of that name.
    """

    code: str
    name: str
    joiner: str
    stop: str
    quotes: tuple[str, str]
    inner_quotes: tuple[str, str]
    brackets: tuple[str, str]
    title_first: bool
    title_joiner: str
    time_first: bool
    digits: str = ""
    plural_forms: str = "nplurals=1; plural=0;"


SOURCE = "en"

TARGETS = {
    "km": Language(
        code="km",
        name="Khmer",
        joiner=" ",
        stop="។",
        quotes=("“", "”"),
        inner_quotes=("‘", "’"),
        brackets=(" (", ")"),
        title_first=True,
        title_joiner=" ",
        time_first=True,
        digits="០១២៣៤៥៦៧៨៩",
    ),
    "ja": Language(
        code="ja",
        name="Japanese",
        joiner="",
        stop="。",
        quotes=("「", "」"),
        inner_quotes=("『", "』"),
        brackets=("（", "）"),
        title_first=False,
        title_joiner="",
        time_first=False,
    ),
}


def target(code: str) -> Language:
    """The target language of that code.

    Raises:
        UsageError: Glossa does not translate into it.
    """
    try:
        return TARGETS[code]
    except KeyError:
        known = ", ".join(f"{lang.code} ({lang.name})" for lang in TARGETS.values())
        raise UsageError(f"unknown target language {code!r}; Glossa translates into {known}") from None
