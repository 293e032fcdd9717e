"""Make the seed glossary (glossary/*.pot, glossary/km/*.po, glossary/ja/*.po) from the table of terms.

    python scripts/seed_glossary.py ../shared/lexicon/glossary.tsv [DIRECTORY]

The table has one term a line, tab separated, no quoting: kind, english, acronyms, variants, km, km_accept, km_status,
ja, ja_accept, ja_status, definition, scope; `|` stands between several values. Renderings marked "ok" become approved
entries, "doubtful" ones fuzzy. What readers of real output asked for is corrected here, in tables that give their
reasons. The same table gives the same files, byte for byte.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from glossa import store
from glossa.catalogs import po as po_text
from glossa.model import Kind, Status, Term
from glossa.terms.glossary import catalogue_entry, template_entry
from glossa.terms.spelling import fold_text
from glossa.text.normalize import canonical

LANGS = ("km", "ja")
DATE = "2026-01-01 00:00+0000"
GENERATOR = "Glossa seed_glossary.py"
DOMAINS = {
    Kind.TITLE: "titles",
    Kind.UNIT: "organisations",
    Kind.INSTITUTION: "organisations",
    Kind.PERSON: "names",
    Kind.PLACE: "names",
    Kind.EVENT: "names",
    Kind.TERM: "vocabulary",
}
STATUS = {"ok": Status.APPROVED, "doubtful": Status.PROPOSED}

CAMBODIA = "Cambodia|Cambodian"
CHINA = "China|Chinese"
JAPAN = "Japan|Japanese"
SOUTH_KOREA = "South Korea|South Korean"
TAIWAN = "Taiwan|Taiwanese"
US = "United States|U.S.|US|American"
KOREAN_STATES = "Vietnam|Vietnamese|North Korea|North Korean"
MONARCHIES = (
    "Cambodia|Cambodian|Japan|Japanese|Thailand|Thai|Malaysia|Malaysian|Brunei|Bruneian|"
    "United Kingdom|UK|U.K.|Britain|British|Spain|Spanish|Sweden|Swedish|Norway|Norwegian|Denmark|Danish|"
    "Netherlands|Dutch|Belgium|Belgian|Bhutan|Bhutanese|Jordan|Jordanian|Morocco|Moroccan|"
    "Saudi Arabia|Saudi|Kuwait|Kuwaiti|Qatar|Qatari|Bahrain|Bahraini|Oman|Omani"
)

# Officers of the Self-Defense Forces have ranks of their own, those of the air force other ones than the army's. The
# nearest word before the rank decides, so other countries are named as well: a Cambodian lieutenant general whom the
# Japanese receive stays 中将.
GROUND = f"{JAPAN}|SDF|JSDF|Self-Defense Forces|Self-Defence Forces|Ground Self-Defense|Ground Self-Defence|GSDF|JGSDF"
AIR = "Air Self-Defense|Air Self-Defence|ASDF|JASDF"
SEA = "Maritime Self-Defense|Maritime Self-Defence|MSDF|JMSDF"
OTHER_FORCES = f"{CAMBODIA}|RCAF|RCA|Thailand|Thai|Vietnam|Vietnamese|Laos|Lao|{CHINA}|{US}|{SOUTH_KOREA}"


def ranks(usual: str, ground: str, air: str, sea: str = "") -> dict[str, tuple[tuple[str, str], ...]]:
    pairs = ((GROUND, ground), (AIR, air), (SEA, sea), (OTHER_FORCES, usual))
    return {"ja": tuple((words, rendering) for words, rendering in pairs if rendering)}


# What the table has in words only: renderings that belong to one country.
ONLY_FOR: dict[tuple[Kind, str], dict[str, tuple[tuple[str, str], ...]]] = {
    (Kind.TITLE, "Ambassador"): {"km": ((MONARCHIES, "ឯកអគ្គរាជទូត"),)},
    (Kind.TITLE, "Ambassador Extraordinary and Plenipotentiary"): {
        "km": ((MONARCHIES, "ឯកអគ្គរាជទូតវិសាមញ្ញ និងពេញសមត្ថភាព"),)
    },
    (Kind.TITLE, "Army Captain"): ranks("大尉", "1等陸尉", "1等空尉"),
    (Kind.TITLE, "Army Major"): ranks("少佐", "3等陸佐", "3等空佐"),
    (Kind.TITLE, "Captain"): ranks("大尉", "1等陸尉", "1等空尉", "1等海佐"),
    (Kind.TITLE, "Chairman of the Joint Chiefs of Staff"): {
        "km": ((SOUTH_KOREA, "ប្រធានសេនាធិការចម្រុះ"),),
        "ja": ((SOUTH_KOREA, "合同参謀本部議長"),),
    },
    (Kind.TITLE, "Chief of Joint Staff"): {"ja": ((JAPAN, "統合幕僚長"),)},
    (Kind.TITLE, "Chief of the General Staff"): {"ja": ((KOREAN_STATES, "総参謀長"),)},
    (Kind.TITLE, "Colonel"): ranks("大佐", "1等陸佐", "1等空佐"),
    (Kind.TITLE, "Defense Attaché"): {"ja": ((JAPAN, "防衛駐在官"),)},
    (Kind.TITLE, "Defense Minister"): {"ja": ((JAPAN, "防衛相"),)},
    (Kind.TITLE, "General Secretary"): {"ja": ((f"{CHINA}|North Korea|North Korean", "総書記"),)},
    (Kind.TITLE, "Lieutenant Colonel"): ranks("中佐", "2等陸佐", "2等空佐"),
    (Kind.TITLE, "Lieutenant General"): ranks("中将", "陸将", "空将"),
    (Kind.TITLE, "Major"): ranks("少佐", "3等陸佐", "3等空佐"),
    (Kind.TITLE, "Major General"): ranks("少将", "陸将補", "空将補"),
    (Kind.TITLE, "Minister of Justice"): {"ja": ((CAMBODIA, "司法相"),)},
    (Kind.TITLE, "National Security Adviser"): {
        "ja": ((US, "大統領補佐官"), (JAPAN, "国家安全保障局長"), (SOUTH_KOREA, "国家安保室長"))
    },
    (Kind.TITLE, "President"): {
        "km": (("Vietnam|Vietnamese|Laos|Lao", "ប្រធានរដ្ឋ"),),
        "ja": ((f"{CHINA}|Vietnam|Vietnamese|Laos|Lao", "国家主席"),),
    },
    (Kind.TITLE, "President of the National Assembly"): {
        "ja": ((f"Vietnam|Vietnamese|{SOUTH_KOREA}", "国会議長"),),
    },
    (Kind.TITLE, "Secretary of State"): {"ja": ((US, "国務長官"),)},
    (Kind.TITLE, "Speaker of the House of Representatives"): {"ja": ((JAPAN, "衆院議長"),)},
    (Kind.TITLE, "Undersecretary of State"): {"ja": ((US, "国務次官"),)},
    (Kind.UNIT, "coast guard"): {"ja": ((JAPAN, "海上保安庁"), (CHINA, "海警局"), (SOUTH_KOREA, "海洋警察"))},
    (Kind.UNIT, "joint staff"): {"ja": ((JAPAN, "統合幕僚監部"),)},
    (Kind.UNIT, "military band"): {"ja": ((JAPAN, "音楽隊"),)},
    (Kind.INSTITUTION, "Defense Ministry"): {"ja": ((JAPAN, "防衛省"),)},
    (Kind.INSTITUTION, "Ministry of Commerce"): {"ja": ((f"{CHINA}|{US}|Thailand|Thai", "商務省"),)},
    (Kind.INSTITUTION, "Ministry of Justice"): {"ja": ((JAPAN, "法務省"),)},
    (Kind.INSTITUTION, "National Assembly"): {"ja": ((f"Vietnam|Vietnamese|{SOUTH_KOREA}", "国会"),)},
    (Kind.TERM, "destroyer"): {"ja": ((JAPAN, "護衛艦"),)},
    (Kind.TERM, "frigate"): {"ja": ((JAPAN, "護衛艦"),)},
    (Kind.TERM, "presidential election"): {"ja": ((TAIWAN, "総統選"),)},
}


class Forms(NamedTuple):
    """English forms to add to a term of the table and to drop from it."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    why: str = ""


class Rendering(NamedTuple):
    """The rendering that a term of the table gets, "" for the one it has, and more accepted ones.

    One that is replaced stays accepted.
    """

    main: str = ""
    accept: tuple[str, ...] = ()
    why: str = ""


HALF_DOTTED = 'a general\'s rank with one dot only; "Gen" alone is another rank'
COUNTRY_APART = "country and title apart make カンボジアのフン・マネット首相, together フン・マネットカンボジア首相"
ADDRESS = "an address, not a man's name"

VARIANTS: dict[tuple[Kind, str], Forms] = {
    (Kind.TITLE, "Ambassador"): Forms(("Mr. Ambassador",), why=ADDRESS),
    (Kind.TITLE, "Brigadier General"): Forms(("Brig. Gen",), why=HALF_DOTTED),
    (Kind.TITLE, "Chairperson"): Forms(("Mr. Chairman",), why=ADDRESS),
    (Kind.TITLE, "Four-star General"): Forms(drop=("Gen.",), why="the rank before a name is General"),
    (Kind.TITLE, "General"): Forms(("Gen.", "Gen"), why="newspapers abbreviate the rank with and without a dot"),
    (Kind.TITLE, "King of Cambodia"): Forms(drop=("Cambodian King", "Cambodia's King"), why=COUNTRY_APART),
    (Kind.TITLE, "Lieutenant General"): Forms(("Lt. Gen",), why=HALF_DOTTED),
    (Kind.TITLE, "Major General"): Forms(("Maj. Gen",), why=HALF_DOTTED),
    (Kind.TITLE, "Minister"): Forms(("Mr. Minister",), why=ADDRESS),
    (Kind.TITLE, "Police General"): Forms(("Pol. Gen",), why=HALF_DOTTED),
    (Kind.TITLE, "President"): Forms(("Mr. President",), why=ADDRESS),
    (Kind.TITLE, "Prime Minister"): Forms(("Mr. Prime Minister",), why=ADDRESS),
    (Kind.TITLE, "Prime Minister of Cambodia"): Forms(
        drop=("Cambodian Prime Minister", "Cambodia's Prime Minister"), why=COUNTRY_APART
    ),
    (Kind.TITLE, "Secretary-General"): Forms(("Mr. Secretary-General",), why=ADDRESS),
    (Kind.TITLE, "Senior General"): Forms(("Sr. Gen", "Snr. Gen"), why=HALF_DOTTED),
    (Kind.UNIT, "gendarmerie"): Forms(drop=("Royal Gendarmerie",), why="Cambodia's is a term of its own"),
    (Kind.UNIT, "Seventh Fleet"): Forms(
        drop=("U.S. 7th Fleet", "US 7th Fleet", "U.S. Seventh Fleet", "US Seventh Fleet"),
        why="with the country it is a term of its own, rendered with the country",
    ),
    (Kind.INSTITUTION, "Group of Seven"): Forms(drop=("Group of 7",), why="a group of 7 tourists is not the G7"),
    (Kind.INSTITUTION, "Group of Twenty"): Forms(drop=("Group of 20",), why="a group of 20 tourists is not the G20"),
    (Kind.INSTITUTION, "United Nations General Assembly"): Forms(("General Assembly",), why="the usual short form"),
    (Kind.PLACE, "Ishikawa Prefecture"): Forms(drop=("Ishikawa",), why="a common surname"),
}

RENDERINGS: dict[tuple[Kind, str], dict[str, Rendering]] = {
    (Kind.TITLE, "Army Captain"): {"ja": Rendering(accept=("1等空尉",), why="the rank in the air force of Japan")},
    (Kind.TITLE, "Army Major"): {"ja": Rendering(accept=("3等空佐",), why="the rank in the air force of Japan")},
    (Kind.TITLE, "Captain"): {
        "ja": Rendering(accept=("1等陸尉", "1等空尉", "1等海佐"), why="the ranks in Japan's forces")
    },
    (Kind.TITLE, "Chancellor of Germany"): {
        "ja": Rendering("独首相", why="stands behind a name in katakana: ショルツ独首相")
    },
    (Kind.TITLE, "Major"): {"ja": Rendering(accept=("3等陸佐", "3等空佐"), why="the rank in Japan's forces")},
    (Kind.UNIT, "general staff"): {
        "km": Rendering("អគ្គសេនាធិការដ្ឋាន", why="the staff; without the ending it is its chief, too")
    },
    (Kind.TERM, "courtesy call"): {"km": Rendering("ជំនួបសម្តែងការគួរសម", why="a noun, as the English is")},
    (Kind.TERM, "earthquake"): {"km": Rendering("ការរញ្ជួយដី", why="a noun, as the English is")},
    (Kind.TERM, "independence"): {"km": Rendering("ឯករាជ្យ", why="the word that newspapers use")},
}


def row(
    kind: Kind, english: str, variants: str, km: tuple[str, str], ja: tuple[str, str], **more: str
) -> dict[str, str]:
    """A line of the table, approved in both languages; `km` and `ja` are the rendering and the accepted ones."""
    return {
        "kind": kind,
        "english": english,
        "acronyms": "",
        "variants": variants,
        "km": km[0],
        "km_accept": km[1],
        "km_status": "ok",
        "ja": ja[0],
        "ja_accept": ja[1],
        "ja_status": "ok",
        "definition": "",
        "scope": "",
        **more,
    }


# Terms that the table lacks.
ADDED = (
    row(
        Kind.TITLE,
        "Mr.",
        "Mr",
        ("លោក", ""),
        ("氏", ""),
        definition="Courtesy title before a man's name",
        scope="before-name",
    ),
    row(
        Kind.TITLE,
        "Mrs.",
        "Mrs",
        ("លោកស្រី", ""),
        ("氏", ""),
        definition="Courtesy title before a married woman's name",
        scope="before-name",
    ),
    row(
        Kind.TITLE,
        "Ms.",
        "Ms",
        ("លោកស្រី", ""),
        ("氏", ""),
        definition="Courtesy title before a woman's name",
        scope="before-name",
    ),
    row(
        Kind.TITLE,
        "Dr.",
        "Dr",
        ("លោកបណ្ឌិត", "បណ្ឌិត|វេជ្ជបណ្ឌិត"),
        ("博士", "氏|医師"),
        definition="Title before the name of a holder of a doctorate, or of a physician",
        scope="before-name",
    ),
    row(
        Kind.UNIT,
        "U.S. Seventh Fleet",
        "U.S. 7th Fleet|US 7th Fleet|US Seventh Fleet|United States Seventh Fleet|United States 7th Fleet",
        ("កងនាវាទី៧អាមេរិក", "កងនាវាទី៧|កងនាវាចរទី៧អាមេរិក|កងនាវាចរទី៧"),
        ("米第7艦隊", "第7艦隊|米海軍第7艦隊|第七艦隊"),
        definition="U.S. Navy fleet based at Yokosuka, named with its country",
    ),
    # Without it the rank "Gen" would be found in "Gen Z protests".
    row(
        Kind.TERM,
        "Generation Z",
        "Gen Z",
        ("ជំនាន់ Z", "Gen Z"),
        ("Z世代", "ジェネレーションZ"),
        definition="People born between the late 1990s and the early 2010s",
    ),
)


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: seed_glossary.py TABLE [DIRECTORY]")
    directory = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parents[1] / "glossary"
    for name, text in files(Path(sys.argv[1]).read_text(encoding="utf-8")).items():
        store.write_atomic(directory / name, text)


def files(table: str) -> dict[str, str]:
    """The files of the seed glossary, path below its directory -> text."""
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    check((Kind(line["kind"]), clean(line["english"])) for line in rows)
    terms = {lang: [term(line, lang) for line in (*rows, *ADDED)] for lang in LANGS}
    out = {}
    for domain in dict.fromkeys(DOMAINS.values()):
        template = po_text.new(None, f"Glossa glossary: {domain}", DATE)
        template.metadata["X-Generator"] = GENERATOR
        template.extend(template_entry(item) for item in terms[LANGS[0]] if item.domain == domain)
        out[f"{domain}.pot"] = po_text.dump(template)
        for lang in LANGS:
            po = po_text.new(lang, f"Glossa glossary: {domain}", DATE)
            po.metadata["X-Generator"] = GENERATOR
            po.extend(catalogue_entry(item) for item in terms[lang] if item.domain == domain)
            out[f"{lang}/{domain}.po"] = po_text.dump(po)
    return out


def check(keys: Iterable[tuple[Kind, str]]) -> None:
    """Stop where a correction corrects nothing, or a term to be added is in the table."""
    known = set(keys)
    for key in (*ONLY_FOR, *VARIANTS, *RENDERINGS):
        if key not in known:
            sys.exit(f"the table has no {key[0]} {key[1]!r}")
    for line in ADDED:
        if (Kind(line["kind"]), line["english"]) in known:
            sys.exit(f"the table has {line['kind']} {line['english']!r} already")


def term(line: dict[str, str], lang: str) -> Term:
    """The term of one line of the table in one language, corrected."""
    kind, source = Kind(line["kind"]), clean(line["english"])
    forms = VARIANTS.get((kind, source), Forms())
    correction = RENDERINGS.get((kind, source), {}).get(lang, Rendering())
    target = correction.main or clean(line[lang])
    dropped = {fold_text(form) for form in forms.drop}
    variants = [form for form in split(line["variants"]) if fold_text(form) not in dropped]
    accept = [clean(line[lang]), *split(line[f"{lang}_accept"]), *correction.accept]
    return Term(
        source=source,
        kind=kind,
        target=target,
        lang=lang,
        status=STATUS[line[f"{lang}_status"]],
        acronyms=split(line["acronyms"]),
        variants=tuple(form for form in dict.fromkeys([*variants, *forms.add]) if form != source),
        accept=tuple(rendering for rendering in dict.fromkeys(accept) if rendering != target),
        only_for=ONLY_FOR.get((kind, source), {}).get(lang, ()),
        scope=line["scope"],
        definition=clean(line["definition"]),
        domain=DOMAINS[kind],
    )


def split(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(part) for part in value.split("|") if part.strip()))


def clean(text: str) -> str:
    return re.sub(r"\s+", " ", canonical(text)).strip()


if __name__ == "__main__":
    main()
