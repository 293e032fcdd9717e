"""Runs of capitalised words: where they end, and what their own words tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from glossa.extraction import vocabulary as words
from glossa.extraction.english import Lexicon
from glossa.extraction.heads import head_kind, of_kind
from glossa.extraction.titles import Title
from glossa.extraction.tokens import Tokens
from glossa.model import Kind

_NUMBERED = frozenset(
    "team detachment region brigade division regiment battalion expo route road highway street district zone ward channel group unit terminal gate "
    "base checkpoint corps army fleet squadron wing company school lot tv studio radio task force olympics cup games asiad "
    "championship k9 boulevard avenue pier camp site bridge".split()
)


_PARTICLES = frozenset("al bin bint ibn de da del della di dos das du van von der den la le ter ten y e".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name among the tokens of a text.

    Args:
        first: its first token.
        end: the token behind its last one.
        kind: what its words say it is, or None.
        canonical: its form in a glossary, or "" where that is how it is written.
        sure: whether the kind is certain; a guess may be overruled.
    """

    first: int
    end: int
    kind: Kind | None
    canonical: str = ""
    sure: bool = True


@dataclass(slots=True)
class Reader:
    """A text being read: its tokens, its titles, what is known, and the names found so far."""

    tokens: Tokens
    lexicon: Lexicon
    titles: Sequence[Title]
    seen: frozenset[str]
    known: Mapping[str, Kind]
    found: list[Name] = field(default_factory=list)


def lettered(word: str) -> bool:
    """Whether a word that begins with a digit is a name's: 3J, 7NEWS."""
    return word[0].isdigit() and len(word) > 1 and word[-1].isupper()


_COMPOUND_ENDS = frozenset(
    "based led born backed funded made style speaking owned run wide era bound educated controlled held registered trained occupied "
    "sponsored brokered area flagged built level only like friendly related listed hosted organised organized type free long day month year".split()
)


def compound(word: str) -> bool:
    """Whether a word with a hyphen only begins with a name: Tokyo-based, Thai-Cambodian, post-Soviet."""
    parts = word.lower().split("-")
    last = parts[-1]
    if last in _COMPOUND_ENDS:
        return True
    if (
        len(parts) == 2
        and last in words.NATIONALITIES
        and (
            parts[0] in words.NATIONALITIES
            or parts[0]
            in (
                "sino",
                "anglo",
                "franco",
                "russo",
                "indo",
                "afro",
                "euro",
                "pan",
                "trans",
                "post",
                "pro",
                "anti",
                "non",
            )
        )
    ):
        return True
    return parts[0] in ("pro", "anti", "non", "pre", "post", "ex", "mid") and word[0].islower()


def run_end(reader: Reader, at: int, taken: bytearray) -> int:
    """The end of the run of capitalised words from `at`."""
    tokens = reader.tokens
    end = at
    size = len(tokens)
    while end < size and not taken[end]:
        word, lower = tokens.words[end], tokens.lower[end]
        if lower in words.FUNCTION and word.isupper() and len(word) > 2:
            lower = word
        if end > at and not tokens.tied[end]:
            if word == "&" or (tokens.words[end - 1] == "&"):
                pass
            elif (
                word == ","
                and end + 1 < size
                and tokens.lower[end + 1] in words.COMPANY_ENDS
                and tokens.lower[end - 1] in ("co", "corp", "pte", "pty", "company")
            ):
                end += 2
                continue
            else:
                break
        if word[0].isupper():
            if end > at and ((lower in words.CALENDAR and lower != "may") or ("-" in word and compound(word))):
                break
            if end > at and (word == "I" or (lower in words.FUNCTION and tokens.begins(end))):
                break
        elif word == "&" and end > at and end + 1 < size and tokens.words[end + 1][0].isupper():
            pass
        elif (
            word[0].isdigit()
            and end > at
            and (
                tokens.lower[end - 1] in _NUMBERED or (len(word) == 4 and tokens.lower[end - 1] in words.EVENT_PREFIXES)
            )
        ):
            end += 1
            if not (end < size and tokens.tied[end] and tokens.words[end][0].isupper()):
                break
            continue
        elif end > at and _foreign(reader, end, at):
            pass
        elif lettered(word):
            pass
        elif lower in _PARTICLES or lower.startswith(("al-", "el-", "d'")):
            k = end + 1
            while k < size and tokens.lower[k] in _PARTICLES:
                k += 1
            if not (
                (end > at and k < size and tokens.tied[k] and (tokens.words[k][0].isupper()))
                or (lower.startswith(("al-", "el-", "d'")) and end > at)
            ):
                break
        else:
            break
        end += 1
        if tokens.owns[end - 1] and not (
            (tokens.lower[end - 1] in words.POSSESSIVES or _plural_owner(reader, end - 1))
            and end < size
            and tokens.tied[end]
            and tokens.words[end][0].isupper()
        ):
            break
    while end > at and (
        (tokens.words[end - 1][0].islower() and tokens.words[end - 1][0].islower()) or tokens.words[end - 1] == "&"
    ):
        end -= 1
    return end


_FOREIGN = frozenset(
    "de du des la le les pour sans et en avec sur aux au del las los el al para por sin con que e da do dos das di della dei delle van het voor der "
    "den und ohne für von zum zur zu ng na sa mga nang dan untuk y l d".split()
) - {"do", "con", "e", "d", "l"}


def _foreign(reader: Reader, at: int, first: int) -> bool:
    """Whether a small word within a name is of another language, and the name goes on behind it: Brunnen ohne Grenzen."""
    tokens = reader.tokens
    for k in range(at, min(at + 3, len(tokens))):
        if not tokens.tied[k] or (tokens.owns[k - 1]):
            return False
        word = tokens.words[k]
        if word[0].isupper():
            return k > at and reader.lexicon.names(tokens.words[first]) > 4 and word not in words.NO_ACRONYMS
        if not word.isalpha() and "'" not in word:
            return False
        if word not in _FOREIGN and (
            word in reader.lexicon.speech
            or word in words.CONNECTORS
            or word in words.PLACES | words.INSTITUTIONS | words.UNITS | words.EVENTS
        ):
            return False
    return False


def _plural_owner(reader: Reader, k: int) -> bool:
    """Whether a plural possessive stands within a name: the Young Inventors' Fair."""
    tokens = reader.tokens
    return (
        tokens.lower[k].endswith("s")
        and tokens.text[tokens.ends[k] : tokens.ends[k] + 2] in ("' ", "’ ")
        and reader.lexicon.names(tokens.words[k]) < 6
    )


def ordinary(lexicon: Lexicon, word: str, lower: str) -> bool:
    """Whether a word is an ordinary one, of a portfolio or usually in small letters."""
    return word == "&" or (
        (lower in words.PORTFOLIO or lexicon.names(word) <= 5)
        and lower not in words.NATIONALITIES
        and lower not in words.FUNCTION
        and not (word.isupper() and len(word) > 1)
    )


def kind_of(reader: Reader, start: int, end: int) -> Kind | None:
    """The kind that the words of a run tell; a single head counts where a complement follows."""
    tokens = reader.tokens
    kind = head_kind(tokens.lower[start:end], tokens.words[start:end])
    if kind is None or end - start == 1:
        after = (
            end + 1 < len(tokens) and tokens.lower[end] in ("of", "for", "on", "against") and not tokens.owns[end - 1]
        )
        if after:
            k = end + 1 + (tokens.lower[end + 1] == "the")
            if k < len(tokens) and tokens.words[k][0].isupper() and tokens.lower[k] not in words.CALENDAR:
                return of_kind(tokens.lower[end - 1]) or kind
    return kind
