"""Titles in a text: heads that name an office or a rank, with what makes them precise on either side.

    Deputy Prime Minister · Minister of Labour and Vocational Training · director-general · Chief of Staff ·
    secretary of state for tourism · Lt. Gen. · foreign and defence ministers

A body or place that stands by itself is no part of a title: commander of Military Region 4, UN Secretary-General.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from glossa.extraction import title_words as table
from glossa.extraction import vocabulary as words
from glossa.extraction.english import Lexicon
from glossa.extraction.portfolios import ENDS, fits_alone, headed_run, inside_name, portfolio_behind
from glossa.extraction.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Title:
    """A title among the tokens of a text.

    Args:
        first: its first token.
        end: the token behind its last one.
        canonical: its form in a glossary: singular, abbreviations written out; "" where that is how it is written.
        form: it stands before names only and says little by itself (Mr, Dr).
        weak: the head may mean something else; a name or an article has to bear it out.
    """

    first: int
    end: int
    canonical: str = ""
    form: bool = False


def find(tokens: Tokens, lexicon: Lexicon) -> list[Title]:
    """The titles in a text, in order, without overlap."""
    found: list[Title] = []
    lower = tokens.lower
    at = 0
    for index in [i for i, word in enumerate(lower) if word in table.TRIGGERS]:
        if index < at:
            continue
        for title in _at(tokens, index, lexicon, at):
            found.append(title)
            at = title.end
    return found


def _at(tokens: Tokens, index: int, lexicon: Lexicon, floor: int) -> Iterator[Title]:
    """The titles whose first head is the token at `index`: one, or more where a list shares the head."""
    word, lower = tokens.words[index], tokens.lower
    head = lower[index]
    capital = word[0].isupper()
    small = not capital
    plural = head in table.PLURALS
    single = table.PLURALS.get(head, head)
    if head == "executive" and not (
        index > floor and lower[index - 1] == "chief" and lower[index + 1 : index + 2] != ["officer"]
    ):
        return
    if head == "chargé" and lower[index + 1 : index + 2] != ["d'affaires"]:
        return
    if head in words.FORMS and head not in words.TITLES:
        if small or (title := _form(tokens, index, floor)) is None:
            return
        yield title
        return
    if (
        small
        and (single in table.CAPITAL_ONLY)
        and not (single == "general" and index > floor and lower[index - 1] in table.GENERALS)
    ):
        return
    if (
        word.isupper()
        and len(word) > 1
        and single not in ("mp", "mep", "ceo", "cfo", "coo", "cto")
        and not _capitals(tokens, index)
    ):
        return
    if single in ("mp", "mep", "ceo", "cfo", "coo", "cto") and small:
        return
    if lower[index] == "chiefs" and index and lower[index - 1] == "joint":
        return
    first = _left(tokens, index, floor, single, lexicon)
    end = _right(tokens, index, first)
    complement = end < len(tokens) and lower[end] in ("of", "for") and tokens.tied[end]
    if complement:
        end = portfolio_behind(tokens, end, single, lexicon, capital=capital)
    of = end < len(tokens) and lower[end] == "of"
    precise = first < index or end > index + 1
    if single in words.BARE:
        needs = table.BARE_NEEDS.get(single, frozenset())
        before = lower[index - 1] if index > first else ""
        if not (
            before in needs
            or end > index + 1
            or (single == "chief" and precise and before not in ("deputy", "special"))
            or (single in table.COMPLEMENT and of and not plural)
        ):
            return
        if single == "officer" and before not in needs:
            return
    if plural and not precise and (small or not _capital_plural(tokens, index)):
        return
    named = end < len(tokens) and tokens.tied[end] and tokens.words[end][0].isupper()
    if small and single in table.DOUBTFUL and not precise and not of and not named:
        before = lower[index - 1] if index else ","
        if before not in table.DETERMINERS and before not in words.NATIONALITIES:
            return
    if small and index and lower[first - 1 if first else 0] in table.VERBAL and single in table.DOUBTFUL:
        return
    if capital and inside_name(tokens, first, end, lexicon):
        return
    canonical = _canonical(tokens, first, index, end, single) if plural or _abbreviated(tokens, first, end) else ""
    if plural:
        yield from _shared(tokens, first, index, floor, lexicon)
    yield Title(first, end, canonical)


def _capitals(tokens: Tokens, index: int) -> bool:
    """Whether the text around a word is in capitals too."""
    near = tokens.words[max(0, index - 2) : index + 3]
    return all(word.isupper() for word in near if word.isalpha())


def _capital_plural(tokens: Tokens, index: int) -> bool:
    """Whether a capitalised plural stands before names: "Generals Chea Vuthy and Sok Dara"."""
    return _follows(tokens, index) and not tokens.begins(index)


def _follows(tokens: Tokens, index: int) -> bool:
    """Whether a capitalised word follows directly, or what ends a phrase."""
    return True if index + 1 >= len(tokens) else tokens.tied[index + 1] or not tokens.words[index + 1][0].isalnum()


def _form(tokens: Tokens, index: int, floor: int) -> Title | None:
    """A form of address or an abbreviated rank that begins at `index`."""
    lower = tokens.lower
    if lower[index] in ("excellency", "majesty", "highness", "holiness", "eminence"):
        begin = index - 1
        if begin >= floor and lower[begin] == "royal":
            begin -= 1
        if begin >= floor and lower[begin] in ("his", "her", "your", "their") and tokens.words[begin][0].isupper():
            return Title(begin, index + 1)
        return None
    end = index + 1
    while (
        end < len(tokens)
        and tokens.tied[end]
        and lower[end] in words.FORMS
        and _is_rank(lower[end])
        and _is_rank(lower[index])
    ):
        end += 1
    named = (
        end < len(tokens) and tokens.tied[end] and (tokens.words[end][0].isupper() or lower[end].startswith(_PARTICLES))
    )
    if lower[index] in ("general", "private", "justice"):
        first = index
        if not named and not (index and lower[index - 1] in ("the", "a")):
            return None
        if (
            named
            and lower[end]
            in ENDS | words.NATIONALITIES | {"election", "elections", "assembly", "minister"} | words.CALENDAR
        ):
            return None
        if inside_name(tokens, first, end, None) or (named and headed_run(tokens, end)):
            return None
        left = index
        while (
            left > floor
            and lower[left - 1] in ("police", "chief", "associate", "senior")
            and tokens.tied[left]
            and tokens.words[left - 1][0].isupper()
        ):
            left -= 1
        return Title(left, end)
    if not named and lower[index] not in ("samdech", "oknha"):
        return None
    if lower[index] in ("miss", "father", "brother", "sister", "sir", "lord", "lady", "dame") and (
        tokens.begins(index) and not named
    ):
        return None
    if lower[index] == "samdech":
        while (
            end < len(tokens)
            and tokens.tied[end]
            and lower[end] in ("techo", "krala", "hom", "pichey", "sena", "thipadei", "akka", "moha", "sangha")
        ):
            end += 1
    left = index
    while (
        left > floor
        and tokens.tied[left]
        and lower[left - 1] in ("neak", "lok", "associate", "deputy", "assistant", "police")
        and tokens.words[left - 1][0].isupper()
    ):
        left -= 1
    canonical = (
        " ".join(table.RANKS.get(lower[i], tokens.words[i]) for i in range(left, end))
        if any(lower[i] in table.RANKS for i in range(left, end))
        else {"h.e": "His Excellency"}.get(lower[index], "")
    )
    return Title(left, end, canonical, form=lower[index] in ("mr", "mrs", "ms", "mx", "miss", "dr", "h.e"))


_PARTICLES = ("al-", "el-", "bin", "van", "von", "de")


def _is_rank(word: str) -> bool:
    return word in table.RANKS or word in ("general", "mr", "dr", "prof")


def _left(tokens: Tokens, index: int, floor: int, single: str, lexicon: Lexicon) -> int:
    """The first token of the title whose head stands at `index`."""
    lower, text = tokens.lower, tokens.words
    capital = text[index][0].isupper()
    portfolio = single in words.PORTFOLIO_HEADS or single == "secretary"
    allowed = words.PORTFOLIO if portfolio else words.TITLE_MODIFIERS
    first = index
    while first > floor and tokens.tied[first]:
        k = first - 1
        word = lower[k]
        if tokens.owns[k] and not (portfolio and word in words.POSSESSIVES):
            break
        if word in allowed or (
            word in words.TITLES
            and word
            in (
                "president",
                "king",
                "queen",
                "prince",
                "consul",
                "attorney",
                "secretary",
                "lieutenant",
                "major",
                "brigadier",
                "vice-minister",
                "captain",
                "colonel",
            )
        ):
            if word == "senior" and lower[first] not in (
                "minister",
                "colonel",
                "lieutenant",
                "general",
                "captain",
                "vice",
            ):
                break
            if word in ("national", "international", "royal", "federal", "central", "state") and single not in (
                "president",
                "minister",
                "coach",
                "manager",
                "coordinator",
                "prosecutor",
                "director",
                "chief",
                "adviser",
                "chancellor",
                "secretary",
                "commissioner",
                "governor",
            ):
                break
            if not _same_case(tokens, k, capital):
                break
            first = k
            continue
        if (
            single == "chief"
            and first == index
            and not capital
            and lexicon.speech.get(word, "")[:1] == "n"
            and word not in words.FUNCTION
            and _same_case(tokens, k, capital)
        ):
            first = k
            continue
        if (
            word in ("and", ",")
            and portfolio
            and first < index
            and k > floor
            and lower[k - 1] in words.PORTFOLIO
            and _same_case(tokens, k - 1, capital)
        ):
            if lower[index] in table.PLURALS:
                break
            first = k - 1
            continue
        break
    if (
        first < index
        and lower[first]
        in (
            "head",
            "union",
            "state",
            "first",
            "second",
            "third",
            "high",
            "bank",
            "general",
            "court",
            "company",
            "party",
            "ministry",
            "government",
            "team",
            "project",
            "mission",
            "country",
            "life",
            "lead",
            "force",
            "forces",
        )
        and not fits_alone(tokens, first, index)
    ):
        first += 1
    return first


def _same_case(tokens: Tokens, k: int, capital: bool) -> bool:
    """Whether a word is capitalised as the head is; at the beginning of a sentence any word may be."""
    is_capital = tokens.words[k][0].isupper()
    return is_capital == capital or (is_capital and tokens.begins(k))


def _right(tokens: Tokens, index: int, first: int) -> int:
    """The end of a title behind its head: General, of State, -designate."""
    lower, end = tokens.lower, index + 1
    capital = tokens.words[index][0].isupper()
    if end < len(tokens) and tokens.tied[end]:
        if (
            lower[end] == "general"
            and lower[index]
            in table.GENERALS | {"prosecutor", "commissioner", "comptroller", "secretaries", "registrar"}
            and tokens.words[end][0].isupper() == capital
        ):
            end += 1
        elif lower[end] in ("major", "designate") and lower[index] in ("sergeant", "ambassador"):
            end += 1
        elif lower[index] == "samdech":
            pass
    if end + 1 < len(tokens) and lower[end] == "of" and tokens.tied[end + 1] and lower[end + 1] in words.OF_TITLES:
        if tokens.words[end + 1][0].isupper() == capital or not capital:
            end += 2
    if lower[index] == "chargé" or (lower[index] == "queen" and lower[end : end + 1] == ["mother"]):
        end += 1
    if end + 1 < len(tokens) and lower[end] == "in" and lower[end + 1] in ("chief", "charge"):
        end += 2
    return end


def _abbreviated(tokens: Tokens, first: int, end: int) -> bool:
    return any(tokens.lower[i] in table.RANKS for i in range(first, end))


def _canonical(tokens: Tokens, first: int, index: int, end: int, single: str) -> str:
    """The title with its head in the singular and its abbreviations written out."""
    head = single.upper() if single in ("mp", "mep") else single
    if tokens.words[index][0].isupper() and single not in ("mp", "mep"):
        head = head[0].upper() + head[1:]
    before = tokens.text[tokens.starts[first] : tokens.starts[index]]
    after = tokens.text[tokens.ends[index] : tokens.ends[end - 1]] if end > index + 1 else ""
    for i in range(first, index):
        if tokens.lower[i] in table.RANKS:
            before = before.replace(tokens.quote(i, i + 1), table.RANKS[tokens.lower[i]])
    if (
        not tokens.words[index][0].isupper()
        and tokens.begins(first)
        and tokens.words[first][0].isupper()
        and first < index
    ):
        before = before[0].lower() + before[1:]
    return before + head + after


def _shared(tokens: Tokens, first: int, index: int, floor: int, lexicon: Lexicon) -> Iterator[Title]:
    """The titles before a plural one that share its head: "foreign" in "foreign and defence ministers"."""
    lower = tokens.lower
    single = table.PLURALS[lower[index]]
    k = first - 1
    found: list[Title] = []
    while k > floor and lower[k] in ("and", ","):
        if lower[k] == "," and not found and lower[k - 1] == "and":
            break
        stop = k
        begin = stop
        while begin > floor and lower[begin - 1] in words.PORTFOLIO and (begin == stop or tokens.tied[begin]):
            begin -= 1
        if begin == stop:
            break
        head = tokens.text[tokens.starts[begin] : tokens.ends[stop - 1]]
        if tokens.words[begin][0].isupper() and not tokens.words[index][0].isupper():
            head = head[0].lower() + head[1:]
        name = single[0].upper() + single[1:] if tokens.words[index][0].isupper() else single
        found.append(Title(begin, stop, f"{head} {name}"))
        k = begin - 1
    yield from reversed(found)
