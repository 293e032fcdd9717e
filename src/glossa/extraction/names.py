"""The capitalised names in a text, cut where one ends and the next begins, with the kind that their own words tell.

A run of capitalised words is cut at titles, nationalities and possessives; heads like Ministry, Brigade or Treaty take
what follows behind "of", "for", "on"; "and" joins what shares a head. What the words do not tell (Kep, Alpenbahn) is
left open: `kinds` decides from the company a name keeps in its article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from glossa.extraction import vocabulary as words
from glossa.extraction.complements import complement_end, join_shared
from glossa.extraction.english import Lexicon
from glossa.extraction.heads import head_kind
from glossa.extraction.runs import Name, Reader, compound, kind_of, lettered, ordinary, run_end
from glossa.extraction.titles import Title
from glossa.extraction.tokens import Tokens
from glossa.model import Kind

_ORDINAL_WORDS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth annual inaugural".split()
)
_GENERIC_AFTER_NATION = frozenset(
    "ministry embassy parliament government cabinet consulate senate congress treasury department police army navy military presidency "
    "republic".split()
)


def find(
    tokens: Tokens,
    titles: Sequence[Title],
    lexicon: Lexicon,
    seen: frozenset[str] = frozenset(),
    known: Mapping[str, Kind] | None = None,
) -> list[Name]:
    """The names in a text, in order, without overlap, and none of them within a title.

    Args:
        tokens: the text.
        titles: the titles in it.
        lexicon: what is known of ordinary words.
        seen: words that stand with a capital within sentences of the article, in small letters.
        known: the kinds of names that are known, by the name in small letters.
    """
    reader = Reader(tokens, lexicon, titles, seen, known or {})
    taken = bytearray(len(tokens) + 1)
    for title in titles:
        for i in range(title.first, title.end):
            taken[i] = 1
    at = 0
    size = len(tokens)
    text = tokens.words
    while at < size:
        word = text[at]
        if not taken[at] and word[0].islower():
            end = _particles(tokens, at) if at and taken[at - 1] and tokens.tied[at] else at
            if end > at:
                stop = (
                    run_end(reader, end, taken) if end < size and text[end][0].isupper() and tokens.tied[end] else end
                )
                reader.found.append(Name(at, stop, None))
                at = stop
            else:
                at += 1
            continue
        if taken[at] or not (word[0].isupper() or lettered(word)) or not _may_begin(reader, at, taken):
            at += 1
            continue
        end = run_end(reader, at, taken)
        if end == at:
            at += 1
            continue
        at = max(_read(reader, at, end, taken), at + 1)
    return reader.found


def _particles(tokens: Tokens, at: int) -> int:
    """The end of the small words with which a name behind a title begins: al-Hashemi, van der Velde; `at` if it does not."""
    if tokens.lower[at].startswith(("al-", "el-", "d'", "d’")):
        return at + 1
    end = at
    while end < len(tokens) and tokens.words[end] in (
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "bin",
        "al",
        "la",
        "le",
        "ten",
        "ter",
    ):
        end += 1
    return end if end < len(tokens) and tokens.words[end][0].isupper() else at


def _may_begin(reader: Reader, at: int, taken: bytearray) -> bool:
    """Whether a capitalised word may be the first of a name."""
    tokens, lexicon = reader.tokens, reader.lexicon
    word, lower = tokens.words[at], tokens.lower[at]
    if len(word) == 1 and not (
        at + 1 < len(tokens) and tokens.tied[at + 1] and tokens.ends[at] > tokens.starts[at] + 1
    ):
        return False
    if "-" in word and compound(word):
        return False
    following = (
        at + 1 < len(tokens)
        and tokens.tied[at + 1]
        and not tokens.owns[at]
        and not taken[at + 1]
        and tokens.words[at + 1][0].isupper()
    )
    if lower in words.CALENDAR and not (
        following
        and lower in ("may", "march", "april", "june", "august")
        and tokens.lower[at + 1] not in words.CALENDAR
        and lexicon.names(tokens.words[at + 1]) > 7
    ):
        return (
            following
            and tokens.lower[at + 1] in ("day", "agreement", "revolution", "movement")
            and lower in ("may", "friday", "sunday")
        )
    if lower in words.CALENDAR_SHORT and at + 1 < len(tokens) and tokens.words[at + 1][0].isdigit():
        return False
    if lower in words.FUNCTION:
        if word.isupper() and len(word) > 2:
            return True
        if not following or tokens.begins(at) or tokens.lower[at + 1] in words.NATIONALITIES:
            return False
        if lexicon.names(tokens.words[at + 1]) > 7:
            return True
        stop = run_end(reader, at, taken)
        return head_kind(tokens.lower[at:stop], tokens.words[at:stop]) is not None
    if not tokens.begins(at):
        return True
    if word.isupper() and len(word) > 1:
        return True
    if lower in words.ADJECTIVES_LEFT_OUT:
        return lower == "new" and following and lexicon.names(tokens.words[at + 1]) > 7
    if lexicon.names(word) >= 5 and not (
        lexicon.speech.get(lower, "") and lexicon.names(word) < 8 and not following and lower not in reader.seen
    ):
        return True
    if lower in words.SPEECH:
        return False
    speech = lexicon.speech.get(lower, "")
    if lower not in lexicon.capital and not speech:
        return True
    if not following:
        after = tokens.lower[at + 1] if at + 1 < len(tokens) else ""
        return (
            lower in reader.seen
            and (speech[:1] in ("n", "j", "") or after in words.SPEECH or tokens.owns[at])
            and lower not in _GENERIC_STARTS
        )
    if speech[:1] in ("V", "G", "S", "r", "v") and lower not in reader.seen and lower not in words.EVENT_PREFIXES:
        return False
    if (
        lower in words.INSTITUTIONS | words.UNITS | words.EVENT_PREFIXES | words.PLACE_PREFIXES
        and lower not in words.LOCATIVE
    ):
        return True
    last = at + 1
    while (
        last + 1 < len(tokens)
        and tokens.tied[last + 1]
        and tokens.words[last + 1][0].isupper()
        and not taken[last + 1]
        and not tokens.owns[last]
    ):
        last += 1
    headed = head_kind(tokens.lower[at : last + 1], tokens.words[at : last + 1]) is not None
    connected = last + 1 < len(tokens) and tokens.lower[last + 1] in ("of", "for")
    if lower in reader.seen and speech[:1] in ("n", "j"):
        return True
    return (
        (headed or (connected and speech[:1] == "j"))
        and speech[:1] in ("n", "j")
        and not (lower.endswith("s") and speech[:1] == "n")
    )


_GENERIC_STARTS = words.UNITS | words.PLACES | words.EVENTS | words.INSTITUTIONS | words.TITLES


def _read(reader: Reader, first: int, end: int, taken: bytearray) -> int:
    """Make names of the run from `first` to `end`; returns the token to go on with."""
    tokens, _lexicon = reader.tokens, reader.lexicon
    lower = tokens.lower
    # Food and Agriculture Organization: words that share the head of the next run
    joined = join_shared(reader, first, end, taken)
    if joined:
        shared, end = joined
        if shared:
            return end
    familiar = reader.known.get(tokens.quote(first, end).lower()) if end - first > 1 else None
    addressed = first > 0 and taken[first - 1] and tokens.tied[first] and not familiar
    start = first if familiar or addressed else _without_nation(reader, first, end)
    if start >= end:
        return end
    if lower[end - 1] in words.NOT_KINDS and head_kind(lower[start:end], tokens.words[start:end]) is None:
        return complement_end(reader, start, end, Kind.TERM, taken)
    kind = familiar or kind_of(reader, start, end)
    stop = end
    if kind is not None or lower[start] in words.INSTITUTION_PREFIXES or _ordinary_run(reader, start, end):
        stop = complement_end(reader, start, end, kind, taken)
    if kind is Kind.PLACE and stop > end and lower[end] == "of":
        other = head_kind(lower[end + 1 : stop], tokens.words[end + 1 : stop])
        kind = other if other in (Kind.UNIT, Kind.INSTITUTION) else kind
    if kind in (Kind.EVENT, None) or lower[end - 1] in ("exchange", "dialogue", "assembly", "congress"):
        numbered = _with_number(reader, start, first)
        if numbered < start and (kind is not None or not lower[numbered].isdigit()):
            start, kind = numbered, Kind.UNIT if lower[end - 1] in words.UNITS else Kind.EVENT
    if (
        kind is Kind.INSTITUTION
        and start == first
        and start
        and lower[start - 1][:1].isdigit()
        and lower[start - 1].endswith(("st", "nd", "rd", "th"))
        and lower[end - 1] in ("group", "wing", "company", "team", "service", "division", "office")
    ):
        kind = Kind.UNIT
    if (
        kind is Kind.UNIT
        and start
        and (lower[start - 1][:1].isdigit() and lower[start - 1].endswith(("st", "nd", "rd", "th")))
        and tokens.tied[start]
    ):
        start -= 1
    canonical = ""
    if stop < len(tokens) and tokens.tied[stop] and not tokens.owns[stop - 1]:
        following = lower[stop]
        if (
            (kind is None or (kind is Kind.PLACE and lower[stop - 1] not in words.PLACES))
            and following in _PLACE_TYPES
            and tokens.words[stop][0].islower()
        ):
            stop += 1
            if following == "border" or (following in ("land", "railway", "bus", "train", "power", "fishing")):
                if stop < len(tokens) and lower[stop] in (
                    "gate",
                    "crossing",
                    "checkpoint",
                    "station",
                    "port",
                    "village",
                ):
                    stop += 1
                else:
                    stop -= 1
            if lower[stop - 1] in _PLACE_TYPES and stop > end:
                kind = Kind.PLACE
    if (
        kind is None
        and end - start == 1
        and (lower[start] in words.NATIONALITIES or tokens.words[start] in words.NO_ACRONYMS)
    ):
        return stop
    reader.found.append(Name(start, stop, kind, canonical))
    return stop


_PLACE_TYPES = words.PLACES - frozenset(
    "region coast base state park? delta area square market hall wharf pier reef complex settlement republic kingdom federation ring heights monument quarter "
    "khan territory territories terminal castle memorial shrine palace road highway hotel coast islands mountains hills suburb neighbourhood corridor mall "
    "zone station tower gate garden pass wetlands church resort airport? forest court plateau sea".split()
) | {"border", "airport", "park", "station", "sea", "forest", "hotel", "gate"}


def _without_nation(reader: Reader, first: int, end: int) -> int:
    """The first word of a run behind nationalities that are no part of the name."""
    tokens = reader.tokens
    lower = tokens.lower
    start = first
    while start < end and (
        (lower[start] in words.NATIONALITIES and lower[start + 1 : start + 2] != ["arabia"])
        or (
            lower[start] in ("north", "south", "sri", "saudi", "new")
            and start + 1 < end
            and lower[start + 1]
            in (
                "korean",
                "koreans",
                "african",
                "africans",
                "lankan",
                "vietnamese",
                "arabian",
                "sudanese",
                "zealander",
                "zealanders",
                "american",
            )
        )
    ):
        start += (
            2 if lower[start] in ("north", "south", "sri", "new") and lower[start] not in words.NATIONALITIES else 1
        )
    if start == first:
        return first
    if start >= end:
        # Nationalities alone, unless a complement follows or a capital name: nothing
        return end
    kind = kind_of(reader, start, end)
    if kind in (Kind.INSTITUTION, Kind.UNIT, Kind.EVENT, Kind.PLACE):
        tail = lower[end - 1]
        generic = tail in _GENERIC_AFTER_NATION and all(
            word in words.PORTFOLIO or word in _GENERIC_AFTER_NATION for word in lower[start : end - 1]
        )
        bare = start == end - 1 and tail in _GENERIC_AFTER_NATION
        if (
            generic
            and tail
            in (
                "ministry",
                "embassy",
                "parliament",
                "government",
                "cabinet",
                "consulate",
                "senate",
                "congress",
                "treasury",
                "department",
            )
        ) or (
            bare
            and tail
            in (
                "ministry",
                "embassy",
                "parliament",
                "government",
                "cabinet",
                "consulate",
                "senate",
                "congress",
                "department",
            )
        ):
            return start
        return first
    if kind is None and end - start >= 1:
        if lower[start] in words.INSTITUTION_PREFIXES:
            return start
        if all(reader.lexicon.common(word) for word in tokens.words[start:end]) and end - start > 1:
            return first
        return start
    return start


def _ordinary_run(reader: Reader, start: int, end: int) -> bool:
    """Whether a run within a sentence is made of ordinary words only: Hands for Relief, Friends of the Earth."""
    tokens = reader.tokens
    return not tokens.begins(start) and all(
        ordinary(reader.lexicon, tokens.words[i], tokens.lower[i]) for i in range(start, end)
    )


def _with_number(reader: Reader, start: int, first: int) -> int:
    """The first token of an event with the ordinal or year before it."""
    tokens = reader.tokens
    if start != first or start == 0 or not tokens.tied[start]:
        return start
    before = tokens.lower[start - 1]
    if before[:1].isdigit() and (before.endswith(("st", "nd", "rd", "th")) or (len(before) == 4 and before.isdigit())):
        return start - 1
    if before in _ORDINAL_WORDS and tokens.words[start - 1][0].isupper():
        return start - 1
    return start
