"""Find the terms of a glossary in an English text: leftmost-longest, on word boundaries, in linear time.

Every form of a term (the term itself, variants, acronyms, their plurals, hyphenated words written apart and
together) is indexed under its tokens, spelling folded. A text is read as tokens once; at each token the longest
run that is a form of some term wins. The work per token is bounded by the longest form that begins with it, so the
whole is linear in the text however large the glossary.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from glossa.model import Kind, Span, Term, TermMatch
from glossa.terms.spelling import fold

# A dotted acronym (U.S.), a word with inner apostrophes (People's), or one other visible character.
_WORD = r"(?:[^\W_][\u0300-\u036f\u00ad]*)+"
_TOKEN = re.compile(rf"(?:[A-Za-z]\.){{2,}}|{_WORD}(?:['’ʼ]{_WORD})*|[^\s\u200b\u00ad]")
_HYPHENS = "-‐‑‒–"
# "Director-General", "Attorney General": offices of their own, none of them a general's.
_COMPOUND = re.compile(
    f"[{_HYPHENS}]$|(?:Adjutant|Attorney|Auditor|Commissioner|Comptroller|Consul|Director|Governor|Inspector|"
    r"Postmaster|Prosecutor|Secretary|Solicitor|Surgeon)\s+$"
)
_DASH = re.compile(f"[{_HYPHENS}]")
_HYPHEN = re.compile(f"[{_HYPHENS}]\\s*")
_SILENT = frozenset("'’ʼ‘\"“”")
_POSSESSIVE = re.compile("['’ʼ][sS]$")
_LONGEST_ABBREVIATION = 4
_HEADS = frozenset({"of", "in", "for", "at", "to", "on", "and", "general"})
_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "foot": "feet", "hero": "heroes", "veto": "vetoes"}
_NO_MEN = ("human", "german", "roman", "norman", "oman", "shaman", "ottoman", "talisman")
_PROPER = frozenset({Kind.PERSON, Kind.PLACE})
_NAME_AHEAD = re.compile(r"[\])]?\s+[\[(]?([^\W\d_][\w'’-]*)")
# Capitalised words that are no names: days, sentence beginnings, and the nouns with which "General", "Major" and
# "Private" form the names of institutions (General Assembly, General Secretary).
NOT_NAMES = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December The A An He She It They We I In On At But And For From With As By To Of
    Assembly Association Attorney Authority Bank Border Bureau Center Centre Command Commissariat Commission
    Committee Conference Congress Cooperation Council Court Department Directorate Director Division Dynamics
    Election Elections Electric Forum Group Headquarters Hospital House Inspectorate Manager Meeting Mills Ministry
    Motors Office Operations Order Party Police Post Republic Secretary Sector Secretariat Service Services Staff
    State Statement Summit Union University Act Islands League Street
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Token:
    key: str  # folded; a hyphen never is a token
    possessive: str  # the key without 's, or ""
    span: Span
    raw: str
    hyphen: bool = False  # a hyphen ties it to the token before
    dot: bool = False  # a dot follows that may be an abbreviation's

    @property
    def full_key(self) -> str:
        return self.key + "." if self.dot else self.key


@dataclass(frozen=True, slots=True)
class _Form:
    term: Term
    text: str
    exact: bool  # case-sensitive
    capital: bool  # must begin with a capital letter
    rank: int  # 0 the term itself, 1 variants, 2 acronyms, 3 derived forms; lower wins
    acronym: bool = False
    firm: tuple[str, ...] = ()  # acronyms within it, which keep their case: the U.S. of U.S. Army


class Matcher:
    """An index of terms, made once, asked for every segment.

    Args:
        terms: what to find.
        texts: where they will be looked for, if that is known: terms whose first word is in none of them are left
            out, which makes a large glossary quick to index.
    """

    def __init__(self, terms: Iterable[Term], texts: Iterable[str] | None = None) -> None:
        self._forms: dict[str, list[_Form]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        words = None if texts is None else {word for text in texts for word in _first_keys(text, every=True)}
        for term in terms:
            for form in _forms(term, words):
                for key in _keys(form):
                    forms = self._forms[" ".join(key)]
                    forms.append(form)
                    self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def find(self, text: str) -> tuple[TermMatch, ...]:
        """The terms in `text`, in order, without overlap: at each place the longest form, then on behind it."""
        apart = _tokens(text)
        together = _joined(apart, text)
        position = {token.span.start: i for i, token in enumerate(together)}
        matches: list[TermMatch] = []
        i = 0
        while i < len(apart):
            best = self._longest_at(apart, i, text)
            at = position.get(apart[i].span.start)
            if at is not None:
                other = self._longest_at(together, at, text)
                if other and (not best or other.span.end > best.span.end):
                    best = other
            if best is None:
                i += 1
                continue
            matches.append(best)
            while i < len(apart) and apart[i].span.start < best.span.end:
                i += 1
        return tuple(matches)

    def _longest_at(self, tokens: Sequence[_Token], start: int, text: str) -> TermMatch | None:
        first = tokens[start]
        limit = max(self._longest.get(key, 0) for key in (first.key, first.full_key, first.possessive))
        keys: list[str] = []
        found: TermMatch | None = None
        for token in tokens[start : start + limit]:
            for last, end in _endings(token):
                forms = self._forms.get(" ".join([*keys, last]))
                if forms:
                    span = Span(first.span.start, end)
                    form = _choose(forms, text, span)
                    if form:
                        found = TermMatch(form.term, span, acronym=form.acronym)
            keys.append(token.full_key)
        return found


def _endings(token: _Token) -> Iterator[tuple[str, int]]:
    """The keys that the last token of a form may have, with the end of the match.

    A possessive counts without its 's; a dot belongs to an abbreviation ("Gen.") or else ends the sentence.
    """
    if token.possessive:
        yield token.possessive, token.span.end - 2
    yield token.key, token.span.end
    if token.dot:
        yield token.full_key, token.span.end + 1


def _choose(forms: Sequence[_Form], text: str, span: Span) -> _Form | None:
    seen = span.of(text)
    fitting = [form for form in forms if _fits(form, seen, text, span)]
    return min(fitting, key=lambda form: (form.rank, form.text != seen)) if fitting else None


def _fits(form: _Form, seen: str, text: str, span: Span) -> bool:
    if form.exact and not _same_acronym(seen, form.text):
        return False
    if form.firm and not all(acronym in _bare(seen) for acronym in form.firm):
        return False
    if form.capital and not seen[:1].isupper() and not seen[:1].isdigit():
        return False
    if form.term.scope != "before-name":
        return True
    return before_name(text, span.end) and not _COMPOUND.search(text[max(0, span.start - 20) : span.start])


def before_name(text: str, end: int) -> bool:
    """Whether a capitalised word, as of a person's name, follows directly at `end`."""
    ahead = _NAME_AHEAD.match(text, end)
    return ahead is not None and ahead[1][0].isupper() and ahead[1] not in NOT_NAMES


def _same_acronym(seen: str, form: str) -> bool:
    return _bare(seen) in (_bare(form), _bare(form) + "s")


def _bare(text: str) -> str:
    """`text` without dots, with one kind of hyphen."""
    return _DASH.sub("-", text.replace(".", "").replace("\u00ad", ""))


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    hyphen = False
    for match in _TOKEN.finditer(text):
        raw = match[0]
        span = Span(*match.span())
        touches = bool(tokens) and tokens[-1].span.end == span.start
        if raw in _HYPHENS:
            hyphen = touches  # blanks may follow: a line is broken at a hyphen
            if not touches:
                tokens.append(_Token(raw, "", span, raw))
            continue
        if raw in _SILENT:
            hyphen = False
            continue
        if raw == "." and touches and len(tokens[-1].raw) <= _LONGEST_ABBREVIATION and tokens[-1].raw.isalpha():
            tokens[-1] = replace(tokens[-1], dot=True)  # "Lt. Gen." is read as two tokens
            continue
        tokens.append(_Token(*_key(raw), span, raw, hyphen=hyphen))
        hyphen = False
    return tokens


def _key(raw: str) -> tuple[str, str]:
    if "." in raw:
        return raw.replace(".", "").lower(), ""
    plain = raw.replace("’", "'").replace("ʼ", "'").replace("\u00ad", "")
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    possessive = fold(plain[:-2].lower()) if _POSSESSIVE.search(plain) and len(plain) > 2 else ""
    return fold(plain.lower()), possessive


def _joined(tokens: Sequence[_Token], text: str) -> list[_Token]:
    """The same tokens with hyphenated words read as one: counter-terrorism as counterterrorism."""
    joined: list[_Token] = []
    chain: list[_Token] = []
    for token in [*tokens, None]:
        if token is not None and (not chain or token.hyphen):
            chain.append(token)
            continue
        if len(chain) > 1:
            span = Span(chain[0].span.start, chain[-1].span.end)
            raw = _HYPHEN.sub("", span.of(text))
            joined.append(_Token(*_key(raw), span, raw, hyphen=chain[0].hyphen, dot=chain[-1].dot))
        else:
            joined += chain
        chain = [token] if token is not None else []
    return joined


def _first_keys(text: str, *, every: bool = False) -> set[str]:
    """The keys with which a form may begin that begins where `text` does; with `every`, anywhere in it."""
    apart = _tokens(text)
    together = _joined(apart, text)
    chosen = [*apart, *together] if every else [*apart[:1], *together[:1]]
    return {key for token in chosen for key in (token.key, token.full_key, token.possessive) if key}


def _forms(term: Term, words: set[str] | None = None) -> Iterator[_Form]:
    """The forms of a term; only those that begin with one of `words`, if they are given."""
    texts = [(term.source, 0), *((variant, 1) for variant in term.variants)]
    bare = {_bare(acronym) for acronym in term.acronyms}
    for text, rank in texts:
        if not text.strip() or (words is not None and _absent(text, words)):
            continue
        tokens = _tokens(text)
        exact = _is_acronym(text)
        capital = text[:1].isupper() and (
            term.kind in _PROPER
            or term.scope == "before-name"
            or text.endswith(".")
            or (len(tokens) == 1 and term.kind is not Kind.TITLE)
        )
        firm = tuple(_bare(token.raw) for token in tokens if token.raw.isupper() and len(token.raw) > 1)
        yield _Form(
            term,
            text,
            exact,
            capital,
            rank,
            acronym=exact and _bare(text) in bare,
            firm=firm if len(tokens) > 1 else (),
        )
        if not exact and term.kind is not Kind.PERSON:
            for form in plurals(text):
                yield _Form(term, form, exact, capital, 3, firm=firm if len(tokens) > 1 else ())
    for acronym in term.acronyms:
        if words is None or not _absent(acronym, words) or not _absent(acronym + "s", words):
            yield _Form(term, acronym, exact=True, capital=False, rank=2, acronym=True)
            yield _Form(term, acronym + "s", exact=True, capital=False, rank=3, acronym=True)


def _absent(text: str, words: set[str]) -> bool:
    """Whether no text with these words can hold a form that begins as `text` does."""
    first = text.split(None, 1)[0] if text.strip() else ""
    keys = _first_keys(first)
    # The plural of a first word ("Chiefs of Staff") begins otherwise than the term.
    return not (keys & words or _first_keys(plural(first.rstrip(",."))) & words) if first else True


def _is_acronym(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return " " not in text and len(letters) > 1 and all(c.isupper() for c in letters)


def _keys(form: _Form) -> Iterator[tuple[str, ...]]:
    apart = _tokens(form.text)
    if not apart:
        return
    together = _joined(apart, form.text)
    keys = {tuple(token.full_key for token in tokens) for tokens in (apart, together)}
    if len(apart) > 1:  # "Lt Gen" is as good as "Lt. Gen."; a single "Gen" is a name
        keys |= {tuple(token.key for token in tokens) for tokens in (apart, together)}
    yield from sorted(keys)


def plurals(text: str) -> Iterator[str]:
    """The plural forms of an English noun phrase: of its last word, and of its head before "of", "in", "General"."""
    words = text.split(" ")
    yield " ".join([*words[:-1], plural(words[-1])])
    if words[-1].lower().endswith("person"):
        yield " ".join([*words[:-1], words[-1][:-6] + ("people" if words[-1][-6].islower() else "People")])
    for i, word in enumerate(words[1:], start=1):
        if word.lower() in _HEADS:
            yield " ".join([*words[: i - 1], plural(words[i - 1]), *words[i:]])
            break
    head, hyphen, rest = text.partition("-in-")
    if hyphen and " " not in head:
        yield plural(head) + "-in-" + rest


def plural(word: str) -> str:
    """The regular English plural of a noun (and of a few irregular ones); words that look plural stay."""
    lower = word.lower()
    for singular, many in _IRREGULAR.items():
        if lower.endswith(singular) and not lower.endswith(_NO_MEN):
            return word[: len(word) - len(singular)] + many
    if lower.endswith("sis"):
        return word[:-2] + "es"
    if not lower[-1:].isalpha() or (lower.endswith("s") and not lower.endswith(("ss", "us", "is"))):
        return word
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
