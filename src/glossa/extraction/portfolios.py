"""The portfolio behind the head of a title: Minister of Labour and Vocational Training, director of public health."""

from __future__ import annotations

from glossa.extraction import vocabulary as words
from glossa.extraction.english import Lexicon
from glossa.extraction.tokens import Tokens

_PORTFOLIO_LOWER = words.PORTFOLIO_HEADS | frozenset(
    "director head chief commissioner adviser advisor professor manager coordinator dean inspector officer attaché counsellor "
    "director-general commandant registrar prosecutor governor".split()
)


ENDS = words.INSTITUTIONS | words.UNITS | words.EVENTS | words.PLACES


def portfolio_behind(tokens: Tokens, at: int, head: str, lexicon: Lexicon, *, capital: bool) -> int:
    """The end of a title whose head is followed by "of" or "for" at `at`: behind a portfolio, or `at` itself."""
    lower, text = tokens.lower, tokens.words
    k = at + 1
    article = k < len(tokens) and lower[k] == "the"
    k += article
    if k >= len(tokens) or not tokens.tied[k]:
        return at
    if text[k][0].isupper():
        if not head.endswith("minister") and (headed_run(tokens, k) or (article and head not in words.PORTFOLIO_HEADS)):
            return at
        if head not in words.PORTFOLIO_HEADS and not _portfolio_run(tokens, k):
            return at
        if article and lower[k] in words.INSTITUTIONS | words.UNITS:
            return at
        end = portfolio_end(tokens, k, lexicon)
        return end if end > k else at
    if article or head not in _PORTFOLIO_LOWER or not _noun(lower[k], lexicon) or lower[k] in words.UNITS | {"state"}:
        return at
    end = k
    if head == "governor" and lower[at] != "for":
        return at
    while (
        end < len(tokens) and (end == k or tokens.tied[end]) and text[end][0].islower() and _noun(lower[end], lexicon)
    ):
        if tokens.owns[end] and lower[end] not in words.POSSESSIVES:
            return at
        end += 1
        if end + 1 < len(tokens) and lower[end] == "and" and lower[end + 1] in words.PORTFOLIO and tokens.tied[end + 1]:
            end += 1
    return end


def _noun(word: str, lexicon: Lexicon) -> bool:
    speech = lexicon.speech.get(word, "")
    return word not in words.FUNCTION and bool(speech) and (speech[0] in "nj" or word in words.PORTFOLIO)


def _portfolio_run(tokens: Tokens, k: int) -> bool:
    """Whether all capitalised words from `k` are those of a portfolio."""
    end = k
    while end < len(tokens) and (end == k or tokens.tied[end]) and tokens.words[end][0].isupper():
        if tokens.lower[end] not in words.PORTFOLIO:
            return False
        end += 1
    return True


def portfolio_end(tokens: Tokens, k: int, lexicon: Lexicon) -> int:
    """The end of a portfolio in capitals that begins at `k`: Labour and Vocational Training, but not the name behind."""
    lower, text = tokens.lower, tokens.words
    end = k
    while end < len(tokens):
        if end > k and not tokens.tied[end]:
            if lower[end] == "," and end + 1 < len(tokens) and _goes_on(tokens, end + 1):
                end += 1
                continue
            break
        word = lower[end]
        if (
            word == "and"
            and end + 1 < len(tokens)
            and end > k
            and text[end + 1][0].isupper()
            and _of_portfolio(word=lower[end + 1], lexicon=lexicon)
            and not tokens.owns[end - 1]
        ):
            if (
                lower[end + 1] in words.TITLES
                or headed_run(tokens, end + 1)
                or (end + 2 < len(tokens) and lower[end + 2] in words.TITLES and text[end + 2][0].isupper())
            ):
                break
            end += 1
            continue
        if not text[end][0].isupper() or not _of_portfolio(word, lexicon) or word in words.TITLES:
            break
        if word in words.FORMS and end > k and end + 1 < len(tokens) and text[end + 1][0].isupper():
            break
        if end > k and tokens.owns[end - 1] and lower[end - 1] not in words.POSSESSIVES:
            break
        end += 1
    # The first word of a name may be an ordinary one: "Minister of Justice Sun Chanthol"
    if (
        k < end < len(tokens)
        and tokens.tied[end]
        and text[end][0].isupper()
        and end - 1 > k
        and lower[end - 1] not in words.PORTFOLIO
    ):
        if not (end + 1 < len(tokens) and tokens.tied[end + 1] and text[end + 1][0].isupper() and not tokens.owns[end]):
            end -= 1
    while end > k and lower[end - 1] in ("and", ","):
        end -= 1
    return end


def _goes_on(tokens: Tokens, k: int) -> bool:
    """Whether a list of portfolios goes on behind a comma: ", Forestry and Fisheries"."""
    at = k
    while at < min(len(tokens), k + 8):
        if tokens.lower[at] == "and":
            return at > k and at + 1 < len(tokens) and tokens.lower[at + 1] in words.PORTFOLIO
        if not (tokens.words[at][0].isupper() and tokens.lower[at] in words.PORTFOLIO) and tokens.words[at] != ",":
            return False
        at += 1
    return False


def _of_portfolio(word: str, lexicon: Lexicon) -> bool:
    return word in words.PORTFOLIO or (
        lexicon.names(word) <= 5
        and word not in words.FUNCTION
        and word not in words.NATIONALITIES
        and word not in words.CALENDAR
    )


def headed_run(tokens: Tokens, k: int) -> bool:
    """Whether the capitalised words from `k` end with the head of a body, a place or an event."""
    end = k
    while end < len(tokens) and (end == k or tokens.tied[end]) and tokens.words[end][0].isupper():
        end += 1
        if tokens.owns[end - 1] and tokens.lower[end - 1] not in words.POSSESSIVES:
            break
    return end > k and tokens.lower[end - 1] in ENDS


def fits_alone(tokens: Tokens, first: int, index: int) -> bool:
    """Whether a word that may belong to what stands before it is a modifier of the title here."""
    lower = tokens.lower
    word, after = lower[first], lower[first + 1]
    if word == "head":
        return after in ("coach", "teacher", "prosecutor", "nurse", "judge")
    if word in (
        "company",
        "ministry",
        "court",
        "team",
        "party",
        "bank",
        "government",
        "mission",
        "project",
        "force",
        "forces",
    ):
        if word in ("ministry", "court", "bank", "government"):
            return False
        return after in (
            "commander",
            "leader",
            "leaders",
            "manager",
            "coordinator",
            "captain",
            "secretary",
            "president",
            "chairman",
            "director",
            "sergeant",
            "chief",
            "chair",
        ) and not (
            first and tokens.tied[first] and tokens.words[first - 1][0].isupper() and tokens.words[first][0].isupper()
        )
    return True


def inside_name(tokens: Tokens, first: int, end: int, lexicon: Lexicon | None) -> bool:
    """Whether what looks like a title is part of a longer name: Prince Norodom University, Prime Minister's Office."""
    if end >= len(tokens) or not tokens.tied[end] or not tokens.words[end][0].isupper():
        return False
    last = tokens.lower[end - 1]
    if tokens.owns[end - 1] and last not in words.POSSESSIVES:
        return False
    k = end
    while k < len(tokens) and (k == end or tokens.tied[k]) and tokens.words[k][0].isupper():
        k += 1
        if tokens.owns[k - 1]:
            break
    tail = tokens.lower[k - 1]
    if tail in ("police", "army", "navy"):
        return k - end == 1 and last == "general"
    return tail in ENDS
