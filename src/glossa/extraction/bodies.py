"""Bodies in small letters that a word before the head makes particular: foreign ministry, riot police, bomb squad."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossa.extraction import vocabulary as words
from glossa.extraction.runs import Name
from glossa.extraction.titles import Title
from glossa.extraction.tokens import Tokens
from glossa.model import Kind

_MINISTERIAL = words.PORTFOLIO - frozenset(
    "deputy vice assistant associate acting interim chief executive first second third provincial district commune village municipal city "
    "county regional national local central federal opposition government cabinet state royal ministry head union special "
    "senior general new high public prime bank court company party team group board grand great queen mother war".split()
)
# head -> the words that make it particular, and what it is
_COURTS = frozenset(
    "appeals appeal appellate supreme constitutional high criminal military juvenile family labour labor commercial administrative "
    "magistrates bankruptcy war-crimes civil sharia anti-corruption".split()
)
_POLICE = frozenset(
    "riot traffic border military railway tourist immigration judicial anti-drug anti-narcotics counter-terrorism water secret criminal "
    "transport forest maritime marine mounted cyber environmental economic paramilitary religious customs intervention "
    "anti-terrorism anti-trafficking special harbour harbor airport".split()
)
_SINGULAR: dict[str, tuple[frozenset[str], Kind]] = {
    "ministry": (_MINISTERIAL, Kind.INSTITUTION),
    "court": (_COURTS, Kind.INSTITUTION),
    "tribunal": (frozenset("military war-crimes criminal labour labor arbitration".split()), Kind.INSTITUTION),
    "bank": (frozenset(("central",)), Kind.INSTITUTION),
    "exchange": (frozenset(("stock",)), Kind.INSTITUTION),
    "commission": (frozenset("election electoral anti-corruption truth human-rights boundary".split()), Kind.INSTITUTION),
    "police": (_POLICE, Kind.UNIT),
    "squad": (frozenset("bomb fraud drug drugs vice anti-terror homicide firing murder flying demolition disposal rescue".split()) - {"firing"}, Kind.UNIT),
    "guard": (frozenset("honour honor coast presidential palace republican border national".split()), Kind.UNIT),
    "brigade": (frozenset("fire infantry armoured armored tank artillery intervention airborne mechanised mechanized logistics engineering engineer marine paratrooper".split()), Kind.UNIT),
    "battalion": (frozenset("infantry engineering engineer armoured armored tank artillery medical logistics airborne demining reserve signals transport commando marine".split()), Kind.UNIT),
    "regiment": (frozenset("infantry artillery tank armoured armored engineering parachute cavalry helicopter".split()), Kind.UNIT),
    "division": (frozenset("infantry armoured armored airborne mountain".split()), Kind.UNIT),
    "company": (frozenset("infantry engineering engineer demining".split()), Kind.UNIT),
    "unit": (frozenset("engineering engineer demining medical artillery bodyguard tank commando counter-terrorism counterterrorism anti-terrorism transport logistics infantry reconnaissance "
                       "cybercrime anti-drug anti-trafficking signals intelligence marine bomb-disposal k9 canine airborne helicopter dog rescue diving search-and-rescue".split()), Kind.UNIT),
    "force": (frozenset("air peacekeeping police border multinational rapid-reaction stabilisation stabilization expeditionary standby".split()), Kind.UNIT),
    "forces": (frozenset("armed special security ground naval air land peacekeeping paramilitary government border reserve".split()) - {"government"}, Kind.UNIT),
    "corps": (frozenset("marine army signal engineer engineering diplomatic".split()) - {"diplomatic"}, Kind.UNIT),
    "band": (frozenset("military army".split()), Kind.UNIT),
    "command": (frozenset("high central joint naval cyber".split()) - {"central"}, Kind.UNIT),
    "staff": (frozenset("general joint".split()), Kind.UNIT),
    "department": (frozenset("fire police health".split()) - {"health", "police"}, Kind.UNIT),
    "service": (frozenset(("fire", "coastguard")), Kind.UNIT),
}  # fmt: skip
_PLURAL = {"ministries": "ministry", "courts": "court", "squads": "squad", "brigades": "brigade", "battalions": "battalion", "units": "unit",
           "regiments": "regiment", "tribunals": "tribunal", "commissions": "commission", "divisions": "division"}  # fmt: skip
HEADS = frozenset(_SINGULAR) | frozenset(_PLURAL) | {"gendarmerie"}


def find(tokens: Tokens, titles: Sequence[Title]) -> Iterator[Name]:
    """The bodies in small letters in a text; at a sentence's beginning the first word has a capital."""
    lower, text = tokens.lower, tokens.words
    taken = {i for title in titles for i in range(title.first, title.end)}
    for index in [i for i, word in enumerate(lower) if word in HEADS]:
        word = text[index]
        if not word[0].islower() or index == 0 or index in taken:
            continue
        head = _PLURAL.get(lower[index], lower[index])
        if head not in _SINGULAR:
            continue
        modifiers, kind = _SINGULAR[head]
        first = _left(tokens, index, modifiers, joined=head == "ministry" and lower[index] == head)
        if first == index or (
            first - 1 in taken
            and first - 1 >= 0
            and tokens.tied[first]
            and text[first][0].islower()
            and lower[first - 1] not in words.TITLES
        ):
            continue
        if head == "unit" and lower[first] in words.LOCATIVE:
            continue
        if lower[index] not in _PLURAL:
            yield Name(first, index + 1, kind, _small(tokens, first, index + 1))
            continue
        yield from _listed(tokens, first, index, modifiers, kind, head)
        yield Name(first, index + 1, kind, f"{_small(tokens, first, index)} {head}")


def _left(tokens: Tokens, index: int, modifiers: frozenset[str], *, joined: bool) -> int:
    """The first of the words before `index` that make the head there particular."""
    lower, text = tokens.lower, tokens.words
    first = index
    while first > 0 and tokens.tied[first] and not tokens.owns[first - 1]:
        k = first - 1
        if lower[k] in modifiers and (text[k][0].islower() or tokens.begins(k)):
            first = k
        elif (
            joined
            and lower[k] == "and"
            and first < index
            and k > 0
            and lower[k - 1] in modifiers
            and text[k - 1][0].islower()
        ):
            first = k - 1
        else:
            break
    return first


def _small(tokens: Tokens, first: int, end: int) -> str:
    """The text in small letters where a sentence's beginning gave it a capital."""
    text = tokens.quote(first, end)
    return text[0].lower() + text[1:] if tokens.begins(first) else text


def _listed(tokens: Tokens, first: int, index: int, modifiers: frozenset[str], kind: Kind, head: str) -> Iterator[Name]:
    """What stands before a plural and shares its head: "foreign" in "foreign and defence ministries"."""
    lower = tokens.lower
    found: list[Name] = []
    k = first - 1
    while k > 0 and lower[k] in ("and", ",") and lower[k - 1] in modifiers:
        begin = k - 1
        while begin > 0 and lower[begin - 1] in modifiers and tokens.tied[begin]:
            begin -= 1
        found.append(Name(begin, k, kind, f"{_small(tokens, begin, k)} {head}"))
        k = begin - 1
    yield from reversed(found)
