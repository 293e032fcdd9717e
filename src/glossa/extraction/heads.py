"""What the words of a name say of its kind: its head, which in English is the last word, or the first of some."""

from __future__ import annotations

from collections.abc import Sequence

from glossa.extraction import vocabulary as words
from glossa.model import Kind

_MILITARY = frozenset(
    "infantry artillery armoured armored mountain airborne tank engineer engineering cavalry intervention rapid paratrooper paratroop marine naval "
    "army air special division military".split()
)
_LEAGUES = frozenset(
    "premier champions super football national first pro v c cambodian j volleyball basketball a women's nations europa t20".split()
)
_CIVIL_UNITS = frozenset(
    "anti-corruption support implementation intelligence economist policy research planning delivery commercial business management anti-money".split()
)
_NUMBERED_UNITS = frozenset("detachment division brigade regiment battalion squadron corps group".split())
_STAFFS = frozenset("joint general chiefs high".split())
_FORCES = frozenset(
    "armed self-defense self-defence defense defence special security air ground maritime peacekeeping police task naval interim border rapid reaction coalition expeditionary strike joint protection multinational reserve state land volunteer democratic liberation support disengagement verification stabilization stabilisation assistance".split()
)
_EVENT_BEFORE = frozenset("summit dialogue ministerial annual world international".split())


def head_kind(lower: Sequence[str], text: Sequence[str]) -> Kind | None:
    """The kind of the name with these words, or None where they do not tell.

    Args:
        lower: its words in small letters.
        text: the words as they are written.
    """
    size = len(lower)
    if not size:
        return None
    if " ".join(text) in words.SEATS:
        return Kind.INSTITUTION
    last = size - 1
    while last > 0 and (
        lower[last][0].isdigit() or (len(text[last]) <= 4 and text[last].isupper() and set(text[last]) <= set("IVX"))
    ):
        last -= 1
    head = lower[last]
    before = lower[last - 1] if last else ""
    if size == 1 and text[0].isupper() and len(text[0]) > 1:
        return None
    if head in words.NOT_KINDS:
        # "World Food Programme" is a body, "Basic Health Programme" a programme
        return Kind.INSTITUTION if head in ("programme", "program") and lower[0] in ("world", "united", "un") else None
    if size > 1 and (head in words.COMPANY_ENDS or "&" in lower):
        return Kind.INSTITUTION
    if last < size - 1 and last == 0 and head in _NUMBERED_UNITS:
        return Kind.UNIT
    special = _special(lower, last, head, before, size)
    if special is not None:
        return special
    if head in words.EVENTS and (
        size > 1
        or head
        in ("easter", "christmas", "ramadan", "diwali", "songkran", "vesak", "tet", "olympics", "paralympics", "eid")
    ):
        return Kind.EVENT
    if size > 1 and (
        lower[0] in words.EVENT_PREFIXES
        or (lower[0] in ("tropical", "super", "severe") and lower[1] in words.EVENT_PREFIXES)
    ):
        return Kind.EVENT
    if head in words.UNITS:
        return (
            Kind.UNIT
            if size > 1 or head in ("gendarmerie", "army", "navy", "coastguard", "marines", "police")
            else None
        )
    if head in words.INSTITUTIONS and (size > 1 or head in _SINGLE):
        return Kind.INSTITUTION
    if head in words.PLACES and size > 1:
        return Kind.PLACE
    if (
        size > 1
        and lower[0] in words.INSTITUTION_PREFIXES
        and lower[0]
        in (
            "banque",
            "institut",
            "école",
            "ecole",
            "universität",
            "université",
            "médecins",
            "hôpital",
            "hopital",
            "radio",
            "agence",
            "société",
            "movement",
            "fondation",
            "croix",
            "comité",
        )
    ):
        return Kind.INSTITUTION
    if (
        size > 1
        and lower[0] in words.PLACE_PREFIXES
        and lower[0]
        not in (
            "north",
            "south",
            "east",
            "west",
            "northern",
            "southern",
            "eastern",
            "western",
            "central",
            "upper",
            "lower",
            "greater",
            "santa",
            "ho",
            "nam",
            "los",
            "las",
            "san",
            "khao",
            "mae",
            "via",
            "rue",
        )
    ):
        return Kind.PLACE
    return None


_SINGLE = frozenset(
    "ministry parliament senate congress cabinet bundestag duma knesset diet treasury committee commission council "
    "tribunal authority secretariat court agency institute university bank party union department academy foundation society association "
    "federation assembly".split()
)


def of_kind(word: str) -> Kind | None:
    """The kind of a name that begins with this word alone and goes on with "of" or "for": Treaty, Gulf, Network."""
    if word in words.EVENTS and word not in (
        "assembly",
        "congress",
        "week",
        "open",
        "year",
        "talks",
        "fair",
        "meeting",
    ):
        return Kind.EVENT
    if word in words.INSTITUTIONS or word in words.INSTITUTION_PREFIXES:
        return Kind.INSTITUTION
    if word in OF_PLACES:
        return Kind.PLACE
    return Kind.UNIT if word in ("command", "headquarters", "army", "corps", "force", "commissariat") else None


OF_PLACES = frozenset(
    "gulf bay strait straits sea province city kingdom republic state isle cape port district temple union federation bridge "
    "mouth lakes church house cathedral hill hills rock cave tomb".split()
)


def _special(lower: Sequence[str], last: int, head: str, before: str, size: int) -> Kind | None:
    """The kind where the head alone would mislead."""
    if head == "league":
        return (Kind.EVENT if before in _LEAGUES else Kind.INSTITUTION) if size > 1 else None
    if head == "assembly":
        return Kind.INSTITUTION
    if head == "congress":
        return Kind.EVENT if before in ("world", "party", "international") else Kind.INSTITUTION
    if head == "house":
        if before in ("white", "blue", "upper", "lower") or (last == 0):
            return Kind.INSTITUTION if size > 1 else None
        return Kind.PLACE
    if head == "hall" and before in ("city", "town"):
        return Kind.INSTITUTION
    if head == "palace":
        return (
            Kind.PLACE
            if "royal" in lower or "imperial" in lower
            else Kind.INSTITUTION
            if before in ("peace", "presidential", "élysée", "elysee", "malacañang")
            else Kind.PLACE
        )
    if head in ("unit", "units"):
        return (
            (Kind.INSTITUTION if before in _CIVIL_UNITS or any(word in _CIVIL_UNITS for word in lower) else Kind.UNIT)
            if size > 1
            else None
        )
    if head == "division":
        ordinal = size > 1 and (
            before in _MILITARY or lower[0][:1].isdigit() or lower[0] in ("first", "second", "third", "fourth", "fifth")
        )
        return Kind.UNIT if ordinal else Kind.INSTITUTION if size > 1 else None
    if head in ("region", "zone", "area", "sector") and (
        before in ("military", "army", "operational", "operations", "naval")
        or (head != "region" and "military" in lower)
    ):
        return Kind.UNIT
    if head == "chiefs":
        return Kind.UNIT if before == "joint" else None
    if head == "region":
        return Kind.PLACE if size > 1 else None
    if head == "staff":
        return Kind.UNIT if before in _STAFFS or "chiefs" in lower else None
    if head == "force":
        return Kind.UNIT if size > 1 else None
    if head == "brigade" and before == "fire":
        return Kind.UNIT
    if head in ("service", "services"):
        return Kind.UNIT if "fire" in lower else Kind.INSTITUTION if size > 1 else None
    if head == "group" and size > 1:
        return Kind.UNIT if before in ("strike", "army", "battle") else Kind.INSTITUTION
    if head == "union" and before == "soviet":
        return Kind.PLACE
    if head == "bank" and before in ("west", "left", "right"):
        return Kind.PLACE
    if head in ("states", "emirates") and before in ("united", "arab"):
        return Kind.PLACE
    if head == "nations":
        return Kind.INSTITUTION if before in ("united", "asian") or "league" in lower else None
    if head == "post" and size > 1:
        return Kind.PLACE if before in ("border", "check", "command", "guard") else Kind.INSTITUTION
    if head in ("open", "masters") and size == 1:
        return None
    if head in ("headquarters", "command") and size > 1:
        return Kind.UNIT
    if (head == "station" and size > 1) or (head in ("center", "centre") and before == "convention"):
        return Kind.PLACE
    if head == "mission" and size > 1:
        return (
            Kind.UNIT
            if any(w in ("peacekeeping", "stabilization", "stabilisation", "assistance", "un", "united") for w in lower)
            else Kind.INSTITUTION
        )
    if size > 1 and "task" in lower[:-1] and lower[lower.index("task") + 1] == "force":
        return Kind.UNIT
    if (
        size > 1
        and lower[0] in ("squadron", "brigade", "battalion", "detachment", "regiment")
        and head not in words.INSTITUTIONS
    ):
        return Kind.UNIT
    if head == "general" and before == "consulate":
        return Kind.INSTITUTION
    if head == "team" and before in (
        "rescue",
        "relief",
        "landing",
        "response",
        "disposal",
        "k9",
        "tactical",
        "swat",
        "assault",
        "dog",
        "diving",
        "medical",
    ):
        return Kind.UNIT
    if head == "team":
        return Kind.INSTITUTION if size > 2 or before == "national" else None
    if head == "cross":
        return Kind.INSTITUTION if before == "red" else None
    if head == "crescent":
        return Kind.INSTITUTION if before == "red" else None
    if head == "year":
        return Kind.EVENT if before == "new" else None
    if head in {"security", "capital"}:
        return Kind.INSTITUTION if size > 2 else None
    if head == "united" and size > 1:
        return Kind.INSTITUTION
    if head == "star" and size > 1:
        return None
    if head in ("pass", "falls", "camp", "base", "complex", "square", "tower", "gate", "ring") and size == 1:
        return None
    if head == "day" and size > 1 and before in ("the", "a"):
        return None
    return None
