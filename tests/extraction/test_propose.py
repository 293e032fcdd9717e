from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from glossa.extraction.propose import Glossary, clean, propose
from glossa.model import Candidate, Kind, Proposal, Status, Term


def term(source: str, target: str, kind: Kind = Kind.INSTITUTION, lang: str = "ja", **facts: object) -> Term:
    return Term(source, kind, target, lang, Status.APPROVED, **facts)  # type: ignore[arg-type]


def candidate(text: str, kind: Kind = Kind.INSTITUTION, **facts: object) -> Candidate:
    return Candidate(text, kind, 1, 1, 0.5, **facts)  # type: ignore[arg-type]


RCAF = term(
    "Royal Cambodian Armed Forces",
    "カンボジア王国軍",
    Kind.UNIT,
    acronyms=("RCAF",),
    variants=("Cambodian Armed Forces",),
)
DEFENCE = term("Ministry of National Defence", "国防省", acronyms=("MND",))


@pytest.mark.parametrize(
    ("found", "origin"),
    [
        (candidate("Royal Cambodian Armed Forces", Kind.UNIT), "glossary: Royal Cambodian Armed Forces"),
        (candidate("royal cambodian armed force", Kind.UNIT), "glossary: Royal Cambodian Armed Forces"),
        (candidate("Cambodian Armed Forces", Kind.UNIT), "glossary: Royal Cambodian Armed Forces"),
        (candidate("RCAF", Kind.UNIT), "glossary: Royal Cambodian Armed Forces"),
        (candidate("Royal Cambodian Armed Forces", Kind.TERM), "glossary: Royal Cambodian Armed Forces"),
        (candidate("Cambodian Royal Army", Kind.UNIT, variants=("RCAF",)), "glossary: Royal Cambodian Armed Forces"),
    ],
)
def test_the_whole_is_approved(found: Candidate, origin: str) -> None:
    assert propose(found, Glossary([RCAF, DEFENCE], "ja")) == Proposal("カンボジア王国軍", origin)


def test_spelling_does_not_matter() -> None:
    proposal = propose(candidate("Ministry of National Defense"), Glossary([DEFENCE], "ja"))
    assert proposal == Proposal("国防省", "glossary: Ministry of National Defence")


def test_a_shared_acronym_needs_shared_words_and_countries() -> None:
    glossary = Glossary([term("Ministry of Defense of Japan", "防衛省", acronyms=("MOD",))], "ja")
    assert propose(candidate("Japan Ministry of Defence", acronyms=("MOD",)), glossary) is not None
    assert propose(candidate("Ministry of Defence of Thailand", acronyms=("MOD",)), glossary) is None
    assert propose(candidate("Museum of Design", acronyms=("MOD",)), glossary) is None


def test_its_own_kind_comes_first_and_nobody_is_a_thing() -> None:
    glossary = Glossary(
        [
            term("Victory", "勝利", Kind.TERM),
            term("Victory", "ビクトリー", Kind.EVENT),
            term("Jordan", "ジョーダン", Kind.PERSON),
            term("General", "大将", Kind.TITLE, scope="before-name"),
        ],
        "ja",
    )
    assert propose(candidate("Victory", Kind.EVENT), glossary) == Proposal("ビクトリー", "glossary: Victory")
    assert propose(candidate("Jordan", Kind.PLACE), glossary) == Proposal("ヨルダン", "CLDR")
    assert propose(candidate("General", Kind.TERM), glossary) is None
    assert propose(candidate("General", Kind.TITLE), glossary) == Proposal("大将", "glossary: General")


def test_only_what_is_approved_is_used() -> None:
    proposed = replace(DEFENCE, status=Status.PROPOSED)
    dismissed = replace(DEFENCE, rejected=True)
    for unusable in (proposed, dismissed):
        assert propose(candidate("Ministry of National Defence"), Glossary([unusable], "ja")) is None


def test_the_sources_in_their_order() -> None:
    reviewed = {"bolivia": ("ボリビア多民族国", "visit")}
    assert propose(candidate("Bolivia", Kind.PLACE), Glossary([], "ja", reviewed)) == Proposal(
        "ボリビア多民族国", "catalogue: visit"
    )
    assert propose(candidate("Bolivia", Kind.PLACE), Glossary([], "ja")) == Proposal("ボリビア", "CLDR")
    approved = term("Bolivia", "ボリヴィア", Kind.PLACE)
    assert propose(candidate("Bolivia", Kind.PLACE), Glossary([approved], "ja", reviewed)) == Proposal(
        "ボリヴィア", "glossary: Bolivia"
    )


def test_what_was_rejected_or_forbidden_is_not_proposed_again() -> None:
    open_term = Term("Bolivia", Kind.PLACE, "", "ja", Status.PROPOSED, reject=("ボリビア多民族国",))
    reviewed = {"bolivia": ("ボリビア多民族国", "visit")}
    assert propose(candidate("Bolivia", Kind.PLACE), Glossary([open_term], "ja", reviewed)) == Proposal(
        "ボリビア", "CLDR"
    )
    both = replace(open_term, forbid=("ボリビア",))
    assert propose(candidate("Bolivia", Kind.PLACE), Glossary([both], "ja", reviewed)) is None


def test_composed_and_said_so() -> None:
    glossary = Glossary(
        [
            term("navy", "海軍", Kind.UNIT),
            term("army", "陸軍", Kind.UNIT),
            term("Royal Cambodian Army", "カンボジア陸軍", Kind.UNIT),
        ],
        "ja",
    )
    assert propose(candidate("Royal Cambodian Navy", Kind.UNIT), glossary) == Proposal(
        "カンボジア海軍", "composed: Royal Cambodian Army + navy"
    )


def test_nothing_known_nothing_proposed() -> None:
    assert propose(candidate("Lotus Foundation"), Glossary([RCAF, DEFENCE], "ja")) is None


@pytest.mark.parametrize(
    ("source", "text", "lang", "result"),
    [
        ("hospital", "病院。", "ja", "病院"),
        ("hospital", "「病院」", "ja", "病院"),
        ("hospital", "មន្ទីរពេទ្យ។", "km", "មន្ទីរពេទ្យ"),
        ("spokeswoman", "អ្នកនាំពាក្យម្នាក់", "km", "អ្នកនាំពាក្យ"),
        ("ABC Bank", "ABC銀行", "ja", "ABC銀行"),
        ("ABC Bank", "ABC Bank", "ja", ""),
        ("Lotus Bank", "Lotus銀行", "ja", ""),
        ("hospital", "<t>病院</t>", "ja", ""),
        ("hospital", "病院に運ばれた。", "ja", ""),
        ("hospital", "彼は病院に行きました", "ja", ""),
        ("where", "どこ？ここ", "ja", ""),
        ("hospital", "病院病院", "ja", ""),
        ("hospital", "病院の病院", "ja", ""),
        ("closed door", "បិទទ្វារទ្វារ", "km", ""),
        ("infantry regiment", "ថ្មើរជើង វរសេនាធំ", "km", ""),
        ("day", "とても長い長い一日のことを指していう言葉の一つ", "ja", ""),
        ("Battambang Rice Mill Owners Association of Cambodia", "協会", "ja", ""),
        ("hospital", "", "ja", ""),
        ("hospital", "...", "km", ""),
    ],
)
def test_what_a_translator_made_is_cleaned(source: str, text: str, lang: str, result: str) -> None:
    assert clean(source, text, lang) == result


def test_a_rendering_that_says_something_else_is_foreign() -> None:
    glossary = Glossary(
        [
            term("Supreme Court", "最高裁", accept=("最高裁判所",)),
            term("Siem Reap", "シェムリアップ", Kind.PLACE),
            term("tourism", "観光", Kind.TERM),
        ],
        "ja",
    )
    assert glossary.foreign("Court of First Instance", "最高裁判所")  # another term's
    assert glossary.foreign("Senior Prosecutor", "シェムリアップ検事")  # a place from nowhere
    assert not glossary.foreign("Siem Reap Hotel", "シェムリアップホテル")
    assert not glossary.foreign("tourist", "観光客")  # of one family with tourism
    assert not glossary.foreign("hospital", "病院")


def test_the_same_input_gives_the_same_and_quickly() -> None:
    chance = random.Random(7)
    words = [
        a + b + c for a in ("bor", "cam", "dal", "fen", "gar") for b in ("an", "el", "ir", "or") for c in "bdfgklmnp"
    ]
    terms = [
        term(
            " ".join(chance.choices(words, k=chance.randint(1, 4))),
            "".join(chance.choices("防衛省国連軍部隊長官事務局", k=4)),
            chance.choice(list(Kind)),
        )
        for _ in range(2000)
    ]
    found = [candidate(" ".join(chance.choices(words, k=chance.randint(2, 5)))) for _ in range(1000)]
    begin = time.perf_counter()
    first = [propose(each, Glossary(terms, "ja")) for each in found[:2]]
    glossary = Glossary(terms, "ja")
    everything = [propose(each, glossary) for each in found]
    assert time.perf_counter() - begin < 6  # half a second; the margin is for a machine that is busy
    assert everything[:2] == first
