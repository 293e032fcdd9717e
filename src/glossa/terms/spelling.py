"""British and American spellings of English words, folded to one key.

The keys are for comparing only: `fold("defence") == fold("defense")`, whatever the key looks like. The rules are
those of the usual lists of differences (-our/-or, -re/-er, -ise/-ize, -ence/-ense, doubled l, ae/oe, -ogue/-og and
single words); a rule is kept narrow where a wider one would make two different words equal (four/for, filled/filed,
pouring/poring).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")

# Single words and stems that follow no rule; the key is a whole word (its plural in -s included).
_WORDS = {
    "ageing": "aging",
    "aluminium": "aluminum",
    "artefact": "artifact",
    "cosy": "cozy",
    "gaol": "jail",
    "grey": "gray",
    "jewellery": "jewelry",
    "manoeuvring": "maneuvering",
    "maneuvring": "maneuvering",
    "mould": "mold",
    "moustache": "mustache",
    "plough": "plow",
    "practice": "practise",
    "practiced": "practised",
    "practicing": "practising",
    "pyjama": "pajama",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "scepticism": "skepticism",
    "skilful": "skillful",
    "sulphur": "sulfur",
    "wilful": "willful",
}

_RE = "cent|theat|met|lit|fib|calib|sab|spect|scept|meag|lust|somb|mit|reconnoit|louv"

# Where in a word the rule may stand, and what it becomes; in order, each at most once.
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("man(?:oe|e)uv(?:red$|ered$)", "maneuvered"),
        ("man(?:oe|e)uv(?:re|er)", "maneuver"),
        ("man(?:oe|e)uvr(?=able|ability)", "maneuver"),
        ("paed(?=ia|o)", "ped"),
        ("(?<=[nkcs])aem(?=i)", "em"),
        ("^haem", "hem"),
        ("^archaeo", "archeo"),
        ("^gynaec", "gynec"),
        ("^foet", "fet"),
        ("rrhoea", "rrhea"),
        ("^oes(?=oph|tr)", "es"),
        ("^mediaev", "mediev"),
        ("^caesar", "cesar"),
        ("^aesthet", "esthet"),
        ("^enquir", "inquir"),
        ("^despatch", "dispatch"),
        ("^(judg|acknowledg|abridg)ement", r"\1ment"),
        ("^advis[eo]r", "advisor"),
        # defence, offence, licence, pretence
        ("(?<=^def|^off|^lic)enc(?=e|ing)", "ens"),
        ("^pretence", "pretense"),
        # -isation, -ise, -yse and their forms
        ("(?<=[a-z]{2})([iy])z(?=(?:e|ed|es|er|ers|ing|ation|ations|ational|able)$)", r"\1s"),
        # colour, honourable, neighbouring; not four, tours, pouring, scoured
        ("(?<=[a-z]{3})our(?=(?:s|ed|ing|er|ers|able|ably|al|ally|ful|hood|hoods|ite|ites|less|y)?$)", "or"),
        # centre, theatre, kilometre, litre, fibre, calibre; with -s and -d
        (f"({_RE})re(?=s?$)", r"\1er"),
        (f"({_RE})red$", r"\1ered"),
        ("centring$", "centering"),
        ("gramme(?=s?$)", "gram"),
        ("logue(?=s?$)", "log"),
        # enrol, fulfil, instalment
        ("^(enro|fulfi|insti|disti)l(?=s?$|ment)", r"\1ll"),
        ("^instalment", "installment"),
        # traveller, labelled, counsellor, councillor, marvellous; the stem has two syllables (not filled, caller)
        ("(?<=[a-z])([aeiouy][^aeiouy]+[ea]|ue|ia|ewe|ci)ll(?=(?:ed|er|ers|ing|ings|or|ors|ist|ists|ous)$)", r"\1l"),
    )
)

# What a word has if a rule applies to it: most words have nothing of it.
_HINT = re.compile(
    "our|ll|[iy]z|re[ds]?$|[ao]e|uv|enc|gramme|logue|^(?:enro|fulfi|inst[ai]|disti|advis|enquir|desp)|gement|ring$"
)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One key for the British and the American spelling of a lower-case English word.

    Accents go too (communiqué, communique). A word without a known difference is its own key.
    """
    if not word.isascii():
        word = unaccented(word)
    if len(word) < 4:
        return word
    known = _WORDS.get(word)
    if known is not None:
        return known
    if word[-1] == "s" and word[:-1] in _WORDS:
        return _WORDS[word[:-1]] + "s"
    if not _HINT.search(word):
        return word
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word, count=1)
    return word


def fold_text(text: str) -> str:
    """`text` in lower case with every word folded; what stands between the words is unchanged."""
    return _WORD.sub(lambda match: fold(match[0]), text.lower())


def unaccented(text: str) -> str:
    """`text` with the accents of Latin letters removed (é to e); other scripts keep their marks."""
    out = []
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        out.append(parts[0] if len(parts) > 1 and parts[0].isascii() else character)
    return "".join(out)
