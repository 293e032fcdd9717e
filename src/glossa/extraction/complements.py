"""What belongs to a name beside its run: the Bank of Japan, Food and Agriculture Organization."""

from __future__ import annotations

from glossa.extraction import vocabulary as words
from glossa.extraction.heads import OF_PLACES, head_kind
from glossa.extraction.runs import Name, Reader, ordinary, run_end
from glossa.model import Kind

_BODY_OF_BODY = frozenset(
    "office command headquarters secretariat chambers council faculty high staff court presidium bureau chamber school congregation".split()
)


_COMPANIES = frozenset(
    "industries motors group holdings airlines airways foods mills systems technologies textiles garments electric co ltd inc corp logistics".split()
)


_JOINERS_FOR = frozenset("for on against".split())


_IN_HEADS = frozenset(
    "general force mission embassy office chambers consulate delegation representation bureau section operation".split()
)


_TO_HEADS = frozenset("mission delegation".split())


def join_shared(reader: Reader, start: int, end: int, taken: bytearray) -> tuple[bool, int] | None:
    """Join "Food" and "Agriculture Organization" to one run; make "Foreign" and "Defence Ministries" two names."""
    tokens, lexicon = reader.tokens, reader.lexicon
    lower = tokens.lower
    if end + 1 >= len(tokens) or lower[end] not in ("and", ",") or tokens.owns[end - 1]:
        return None
    while start < end and lower[start] in words.NATIONALITIES:
        start += 1
    named = start > 0 and lower[start - 1] == "the"
    if (
        start == end
        or not all(
            (named and not tokens.begins(start)) or ordinary(lexicon, tokens.words[i], lower[i])
            for i in range(start, end)
        )
        or head_kind(lower[start:end], tokens.words[start:end]) is not None
    ):
        return None
    k = end
    parts = [(start, end)]
    while k + 1 < len(tokens) and lower[k] in ("and", ",") and tokens.words[k + 1][0].isupper() and not taken[k + 1]:
        begin = k + 1
        stop = run_end(reader, begin, taken)
        if stop == begin or not all(
            ordinary(lexicon, tokens.words[i], lower[i]) or (named and lower[i] not in words.NATIONALITIES)
            for i in range(begin, max(begin + 1, stop - 1))
        ):
            return None
        parts.append((begin, stop))
        kind = head_kind(lower[begin:stop], tokens.words[begin:stop])
        if (
            kind in (Kind.INSTITUTION, Kind.UNIT)
            and lower[k] == "and"
            and stop - begin > 1
            and lower[begin] not in words.NATIONALITIES
        ):
            plural = lower[stop - 1]
            if plural in ("ministries", "departments", "courts", "committees", "commissions"):
                single = {"ministries": "Ministry"}.get(plural, tokens.words[stop - 1][:-1])
                for low, high in parts[:-1]:
                    reader.found.append(Name(low, high, kind, f"{tokens.quote(low, high)} {single}"))
                reader.found.append(Name(begin, stop, kind, f"{tokens.quote(begin, stop - 1)} {single}"))
                return True, stop
            if len(parts) == 2 and stop - begin < 2:
                return None
            return False, stop
        if kind is not None or lower[k] == "and":
            return None
        k = stop
    return None


def complement_end(reader: Reader, start: int, end: int, kind: Kind | None, taken: bytearray) -> int:
    """The end of a name with what belongs to it behind "of", "for", "on", "in": the Bank of Japan."""
    tokens, _lexicon = reader.tokens, reader.lexicon
    lower, text = tokens.lower, tokens.words
    head = lower[end - 1]
    if lower[start] in words.INSTITUTION_PREFIXES and kind is not Kind.EVENT:
        pass
    stop = end
    depth = 0
    while stop + 1 < len(tokens) and tokens.tied[stop] and not tokens.owns[stop - 1] and depth < 4:
        link = lower[stop]
        if link not in ("of", "for", "on", "against", "in", "to", "de", "du", "des", "di", "with"):
            break
        k = stop + 1
        article = lower[k] == "the"
        k += article
        if k >= len(tokens) or not tokens.tied[k]:
            break
        if taken[k]:
            # Office of the Prime Minister, Council of Ministers
            if link == "of" and head in ("office", "council") and text[k][0].isupper():
                while k < len(tokens) and taken[k] and text[k][0].isupper():
                    k += 1
                stop = k
                continue
            break
        if not text[k][0].isupper() or lower[k] in words.CALENDAR:
            break
        if lower[k] in words.FUNCTION and not (k + 1 < len(tokens) and tokens.tied[k + 1] and text[k + 1][0].isupper()):
            break
        run = run_end(reader, k, taken)
        if run == k:
            break
        if not _links(reader, link, start, end, k, run, kind, article=article, depth=depth):
            break
        if kind is not Kind.PLACE:
            run = _coordinated(reader, k, run, taken, kind)
        stop = run
        depth += 1
        if head == "office" and stop < len(tokens) and taken[stop] and tokens.tied[stop] and text[stop][0].isupper():
            while stop < len(tokens) and taken[stop]:
                stop += 1
    return stop


def _links(
    reader: Reader, link: str, start: int, end: int, k: int, run: int, kind: Kind | None, *, article: bool, depth: int
) -> bool:
    """Whether the run from `k` behind a connector belongs to the name from `start` to `end`."""
    tokens, lexicon = reader.tokens, reader.lexicon
    lower = tokens.lower
    head = lower[end - 1]
    other = head_kind(lower[k:run], tokens.words[k:run])
    common = lower[k] in words.PORTFOLIO or lexicon.names(tokens.words[k]) <= 6
    if kind is Kind.INSTITUTION and head in _COMPANIES and link == "of" and not article:
        return False
    if kind is Kind.PLACE:
        return link == "of" and head in OF_PLACES and not (depth and article)
    if kind in (None, Kind.TERM):
        return link in ("of", "for", "on", "against") and common
    if kind is Kind.EVENT and link in ("of", "on", "for", "against", "in") and (depth or link != "in"):
        return link != "for" or common or lower[k] in words.NATIONALITIES
    if link in ("of", "de", "du", "des", "di"):
        if other in (Kind.INSTITUTION, Kind.UNIT) and article:
            return depth == 0 and (head in _BODY_OF_BODY) and head != "department"
        if depth and article and other is None and not common:
            return lower[k] not in reader.seen or True
        return True
    if link in _JOINERS_FOR:
        if lower[k] in words.NATIONALITIES:
            return link == "for"
        if link == "for" and other is None and lexicon.names(tokens.words[k]) > 6:
            return head in (
                "authority",
                "committee",
                "organisation",
                "organization",
                "agency",
                "network",
                "initiative",
                "board",
                "commission",
                "mission",
                "union",
                "movement",
                "party",
                "alliance",
                "front",
                "centre",
                "center",
                "institute",
                "foundation",
                "council",
                "society",
                "association",
                "fund",
            )
        if link == "on":
            return reader.known.get(lower[k]) is None and tokens.quote(k, run) not in reader.known
        return common and not (tokens.words[k].isupper() and len(tokens.words[k]) > 1)
    if link == "in":
        return (
            head in _IN_HEADS
            and (head != "force" or "interim" in lower[start:end])
            and kind in (Kind.UNIT, Kind.INSTITUTION)
        ) or (depth > 0 and reader.lexicon.common(tokens.words[k]) and not article)
    if link == "to":
        return head in _TO_HEADS or any(word in _TO_HEADS for word in lower[start:end])
    return link == "with" and common and kind is Kind.EVENT


def _coordinated(reader: Reader, k: int, run: int, taken: bytearray, kind: Kind | None) -> int:
    """The end of a complement with what "and" and commas add to it: Agriculture, Forestry and Fisheries."""
    tokens, lexicon = reader.tokens, reader.lexicon
    lower, text = tokens.lower, tokens.words
    stop = run
    if not all(ordinary(lexicon, text[i], lower[i]) or lower[i] in words.POSSESSIVES for i in range(k, run)) and not (
        kind is Kind.EVENT and run - k == 1 and lower[k] not in reader.known
    ):
        return run
    while stop + 1 < len(tokens) and not tokens.owns[stop - 1]:
        if lower[stop] == "and" and text[stop + 1][0].isupper() and not taken[stop + 1]:
            nxt = run_end(reader, stop + 1, taken)
            if nxt == stop + 1 or not all(ordinary(lexicon, text[i], lower[i]) for i in range(stop + 1, nxt)):
                # "Ministry of Culture and Fine Arts Secretary": cut where ordinary words end
                return stop
            if (
                head_kind(lower[stop + 1 : nxt], text[stop + 1 : nxt]) in (Kind.INSTITUTION, Kind.UNIT)
                and lower[nxt - 1] not in words.PORTFOLIO
            ):
                return stop
            stop = nxt
            continue
        if lower[stop] == "," and text[stop + 1][0].isupper() and not taken[stop + 1]:
            at, ok = stop, False
            while at + 1 < len(tokens) and lower[at] == "," and text[at + 1][0].isupper():
                nxt = run_end(reader, at + 1, taken)
                if (
                    nxt == at + 1
                    or not all(ordinary(lexicon, text[i], lower[i]) for i in range(at + 1, nxt))
                    or head_kind(lower[at + 1 : nxt], text[at + 1 : nxt]) in (Kind.INSTITUTION, Kind.UNIT)
                ):
                    break
                at = nxt
                if at + 1 < len(tokens) and lower[at] == "," and lower[at + 1] == "and":
                    at += 1
                if lower[at : at + 1] == ["and"]:
                    ok = (text[at + 1][0].isupper() and lower[at + 1] in words.PORTFOLIO) or (
                        ordinary(lexicon, text[at + 1], lower[at + 1]) and text[at + 1][0].isupper()
                    )
                    break
            if not ok:
                return stop
            stop = at
            continue
        break
    return stop
