"""Make the seed glossary (glossary/*.pot, glossary/km/*.po, glossary/ja/*.po) from the table of terms.

    python scripts/seed_glossary.py ../shared/lexicon/glossary.tsv [DIRECTORY]

The table has one term a line, tab separated, no quoting: kind, english, acronyms, variants, km, km_accept, km_status,
ja, ja_accept, ja_status, definition, scope; `|` stands between several values. Renderings marked "ok" become approved
entries, "doubtful" ones fuzzy. The same table gives the same files, byte for byte.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import replace
from pathlib import Path

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

# What the table has in words only: renderings that belong to one country.
ONLY_FOR: dict[tuple[Kind, str], dict[str, tuple[tuple[str, str], ...]]] = {
    (Kind.TITLE, "Ambassador"): {"km": ((MONARCHIES, "ឯកអគ្គរាជទូត"),)},
    (Kind.TITLE, "Ambassador Extraordinary and Plenipotentiary"): {
        "km": ((MONARCHIES, "ឯកអគ្គរាជទូតវិសាមញ្ញ និងពេញសមត្ថភាព"),)
    },
    (Kind.TITLE, "Chairman of the Joint Chiefs of Staff"): {"ja": ((SOUTH_KOREA, "合同参謀本部議長"),)},
    (Kind.TITLE, "Chief of Joint Staff"): {"ja": ((JAPAN, "統合幕僚長"),)},
    (Kind.TITLE, "Chief of the General Staff"): {"ja": ((KOREAN_STATES, "総参謀長"),)},
    (Kind.TITLE, "Defense Attaché"): {"ja": ((JAPAN, "防衛駐在官"),)},
    (Kind.TITLE, "Defense Minister"): {"ja": ((JAPAN, "防衛相"),)},
    (Kind.TITLE, "General Secretary"): {"ja": ((f"{CHINA}|North Korea|North Korean", "総書記"),)},
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

# Variants that belong to another term than the table has them with: (kind, term) -> what to add, what to drop.
VARIANTS: dict[tuple[Kind, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    (Kind.TITLE, "General"): (("Gen.",), ()),
    (Kind.TITLE, "Four-star General"): ((), ("Gen.",)),
    (Kind.UNIT, "gendarmerie"): ((), ("Royal Gendarmerie",)),
}


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: seed_glossary.py TABLE [DIRECTORY]")
    directory = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parents[1] / "glossary"
    for name, text in files(Path(sys.argv[1]).read_text(encoding="utf-8")).items():
        store.write_atomic(directory / name, text)


def files(table: str) -> dict[str, str]:
    """The files of the seed glossary, path below its directory -> text."""
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    terms = {lang: [term(row, lang) for row in rows] for lang in LANGS}
    known = {(item.kind, item.source) for item in terms[LANGS[0]]}
    for key in (*ONLY_FOR, *VARIANTS):
        if key not in known:
            raise SystemExit(f"the table has no {key[0]} {key[1]!r}")
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


def term(row: dict[str, str], lang: str) -> Term:
    """The term of one line of the table in one language."""
    kind, source = Kind(row["kind"]), clean(row["english"])
    target = clean(row[lang])
    add, drop = VARIANTS.get((kind, source), ((), ()))
    dropped = {fold_text(form) for form in drop}
    variants = [form for form in split(row["variants"]) if fold_text(form) not in dropped]
    result = Term(
        source=source,
        kind=kind,
        target=target,
        lang=lang,
        status=STATUS[row[f"{lang}_status"]],
        acronyms=split(row["acronyms"]),
        variants=tuple(dict.fromkeys([*variants, *add])),
        accept=tuple(rendering for rendering in split(row[f"{lang}_accept"]) if rendering != target),
        only_for=ONLY_FOR.get((kind, source), {}).get(lang, ()),
        scope=row["scope"],
        definition=clean(row["definition"]),
        domain=DOMAINS[kind],
    )
    return replace(result, variants=tuple(form for form in result.variants if form != source))


def split(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(part) for part in value.split("|") if part.strip()))


def clean(text: str) -> str:
    return re.sub(r"\s+", " ", canonical(text)).strip()


if __name__ == "__main__":
    main()
