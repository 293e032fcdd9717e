from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossa.extraction import analogy
from glossa.extraction.analogy import Part, key, make_edit, make_pattern
from glossa.extraction.compose import Phrasebook
from glossa.model import Kind, Status, Term


def terms(lang: str, kind: Kind, **renderings: str) -> list[Term]:
    return [Term(name.replace("_", " "), kind, text, lang, Status.APPROVED) for name, text in renderings.items()]


def best(book: Phrasebook, term: str, kind: Kind = Kind.INSTITUTION) -> str:
    made = book.compose(term, kind)
    return made[0].text if made else ""


JA_UNITS = terms(
    "ja",
    Kind.UNIT,
    army="陸軍",
    navy="海軍",
    Royal_Cambodian_Army="カンボジア陸軍",
    Royal_Thai_Navy="タイ海軍",
    Military_Region_5="第5軍管区",
    Brigade_70="第70旅団",
)
KM_UNITS = terms(
    "km",
    Kind.UNIT,
    army="កងទ័ពជើងគោក",
    navy="កងទ័ពជើងទឹក",
    Royal_Cambodian_Army="កងទ័ពជើងគោកកម្ពុជា",
    Military_Region_5="យោធភូមិភាគទី៥",
    demining_unit="អង្គភាពបោសសម្អាតមីន",
)
KM_PLACES = terms(
    "km",
    Kind.PLACE,
    Kampong_Cham="កំពង់ចាម",
    Kampong_Speu="កំពង់ស្ពឺ",
    Kampong_Speu_Province="ខេត្តកំពង់ស្ពឺ",
    Cambodia="កម្ពុជា",
    Thailand="ថៃ",
    Japan="ជប៉ុន",
)
JA_PLACES = terms("ja", Kind.PLACE, Cambodia="カンボジア", Thailand="タイ", Japan="日本", India="インド")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the Royal Cambodian Armed Forces", ("royal", "cambodian", "armed", "force")),
        ("Secretary-General", ("secretary", "general")),
        ("King's Birthday", ("king", "birthday")),
        ("U.S. Navy", ("=US", "navy")),
        ("Ministry of Defence", key("ministry of defense")),
        ("Communiqués", key("communique")),
        ("", ()),
    ],
)
def test_key(text: str, words: tuple[str, ...]) -> None:
    assert key(text) == words


def test_a_part_is_exchanged_in_a_model() -> None:
    assert best(Phrasebook(JA_UNITS, "ja"), "Royal Cambodian Navy") == "カンボジア海軍"
    assert best(Phrasebook(KM_UNITS, "km"), "Royal Cambodian Navy") == "កងទ័ពជើងទឹកកម្ពុជា"


def test_what_it_was_composed_from_is_said() -> None:
    (composed,) = Phrasebook(KM_UNITS, "km").compose("Royal Cambodian Navy", Kind.UNIT)
    assert composed.sources == ("Royal Cambodian Army", "navy")
    assert 0 < composed.score < 1


@pytest.mark.parametrize(
    ("term", "ja", "km"),
    [
        ("Military Region 6", "第6軍管区", "យោធភូមិភាគទី៦"),
        ("Military Region 12", "第12軍管区", "យោធភូមិភាគទី១២"),
        ("Brigade 71", "第71旅団", ""),
    ],
)
def test_numbers_are_written_as_in_the_model(term: str, ja: str, km: str) -> None:
    assert best(Phrasebook(JA_UNITS, "ja"), term) == ja
    assert best(Phrasebook(KM_UNITS, "km"), term) == km


def test_ordinals_have_models_of_their_own() -> None:
    book = Phrasebook(terms("ja", Kind.UNIT, U_S__Seventh_Fleet="米第7艦隊", First_Army="第一軍"), "ja")
    assert best(book, "Second Army") == "第二軍"
    assert best(book, "Army 2") == ""


def test_a_province_after_another() -> None:
    assert best(Phrasebook(KM_PLACES, "km"), "Kampong Cham Province", Kind.PLACE) == "ខេត្តកំពង់ចាម"


def test_countries_by_name_nationality_and_acronym() -> None:
    us = Term("United States", Kind.PLACE, "សហរដ្ឋអាមេរិក", "km", Status.APPROVED, acronyms=("US",), accept=("អាមេរិក",))
    navy = terms("km", Kind.UNIT, U_S__Army="កងទ័ពជើងគោកអាមេរិក", Thai_Navy="កងទ័ពជើងទឹកថៃ")
    navy[0] = Term("U.S. Army", Kind.UNIT, navy[0].target, "km", Status.APPROVED)
    book = Phrasebook([*KM_PLACES, us, *navy], "km")
    assert best(book, "Japanese Navy") == "កងទ័ពជើងទឹកជប៉ុន"
    # the rendering that the place has inside of other names
    assert best(book, "US Navy") == "កងទ័ពជើងទឹកអាមេរិក"
    assert best(book, "Thai Army") == "កងទ័ពជើងគោកថៃ"


def test_two_parts_in_one_model() -> None:
    japan = terms("ja", Kind.INSTITUTION, Embassy_of_Japan_in_Cambodia="在カンボジア日本大使館")
    book = Phrasebook([*JA_PLACES, *japan], "ja")
    assert best(book, "Embassy of Japan in Thailand") == "在タイ日本大使館"
    assert best(book, "Embassy of India in Thailand") == "在タイインド大使館"


def test_words_are_exchanged_around_whatever_they_stand_with() -> None:
    ministries = terms("ja", Kind.INSTITUTION, Ministry_of_Health="保健省", Ministry_of_Justice="司法省")
    ministries += terms("ja", Kind.INSTITUTION, Ministry_of_Planning="計画省")
    ministers = terms("ja", Kind.TITLE, Minister_of_Health="保健相", Minister_of_Justice="司法相")
    book = Phrasebook([*ministries, *ministers], "ja")
    assert best(book, "Minister of Planning", Kind.TITLE) == "計画相"
    back = Phrasebook([*ministries[:2], *ministers, *terms("ja", Kind.TITLE, Minister_of_Trade="通商相")], "ja")
    assert best(back, "Ministry of Trade") == "通商省"


def test_one_pair_is_no_rule() -> None:
    book = Phrasebook(
        [
            *terms("ja", Kind.INSTITUTION, Ministry_of_Health="保健省", Ministry_of_Planning="計画省"),
            *terms("ja", Kind.TITLE, Minister_of_Health="保健相"),
        ],
        "ja",
    )
    assert best(book, "Minister of Planning", Kind.TITLE) == ""


def test_a_short_form_does_not_give_its_stem_away() -> None:
    names = terms(
        "ja", Kind.TITLE, Minister_of_Health="保健相", Minister_of_Justice="司法相", Minister_of_Interior="内相"
    )
    names += terms("ja", Kind.INSTITUTION, Ministry_of_Health="保健省", Ministry_of_Justice="司法省")
    assert best(Phrasebook(names, "ja"), "Ministry of Interior") == ""


def offices(lang: str, **renderings: str) -> list[Term]:
    return terms(lang, Kind.TITLE, **renderings)


def test_office_and_institution() -> None:
    ja = [
        *offices("ja", Spokesperson="報道官", Commander="司令官", Judge="裁判官", Rector="学長"),
        *offices(
            "ja",
            Commander_of_the_Fleet="艦隊司令官",
            Judge_of_the_Court="裁判所裁判官",
            Rector_of_the_Academy="学院学長",
        ),
        *terms("ja", Kind.INSTITUTION, Fleet="艦隊", Court="裁判所", Academy="学院", Ministry_of_Health="保健省"),
    ]
    assert best(Phrasebook(ja, "ja"), "spokesperson for the Ministry of Health", Kind.TITLE) == "保健省報道官"
    km = [
        *offices("km", Spokesperson="អ្នកនាំពាក្យ", Commander="មេបញ្ជាការ", Judge="ចៅក្រម", Adviser="ទីប្រឹក្សា"),
        *offices("km", Commander_of_the_Navy="មេបញ្ជាការកងទ័ពជើងទឹក", Judge_of_the_Court="ចៅក្រមតុលាការ"),
        *offices("km", Adviser_to_the_Senate="ទីប្រឹក្សាព្រឹទ្ធសភា"),
        *terms("km", Kind.INSTITUTION, Navy="កងទ័ពជើងទឹក", Court="តុលាការ", Senate="ព្រឹទ្ធសភា"),
        *terms("km", Kind.INSTITUTION, Ministry_of_Health="ក្រសួងសុខាភិបាល"),
    ]
    book = Phrasebook(km, "km")
    assert best(book, "spokesperson for the Ministry of Health", Kind.TITLE) == "អ្នកនាំពាក្យក្រសួងសុខាភិបាល"


def test_an_office_with_several_names_is_left_alone() -> None:
    book = Phrasebook(
        [
            *offices("ja", President="大統領", President_of_the_Senate="上院議長", President_of_the_Bank="銀行総裁"),
            *terms("ja", Kind.INSTITUTION, Senate="上院", Bank="銀行", Red_Cross="赤十字"),
        ],
        "ja",
    )
    assert book.compose("President of the Red Cross", Kind.TITLE) == []


def test_khmer_verbal_nouns_lose_their_prefix_inside() -> None:
    book = Phrasebook(
        [
            *KM_UNITS[:4],
            *terms("km", Kind.UNIT, tank_unit="អង្គភាពរថក្រោះ", artillery_unit="អង្គភាពកាំភ្លើងធំ"),
            *terms(
                "km", Kind.TERM, tank="រថក្រោះ", artillery="កាំភ្លើងធំ", peacekeeping="ការរក្សាសន្តិភាព", defense="ការពារជាតិ"
            ),
        ],
        "km",
    )
    assert best(book, "peacekeeping unit") == "អង្គភាពរក្សាសន្តិភាព"
    assert best(book, "defense unit") == "អង្គភាពការពារជាតិ"


def test_latin_letters_stand_apart_in_khmer() -> None:
    summits = terms("km", Kind.EVENT, NATO_Summit="កិច្ចប្រជុំកំពូលណាតូ", G7_Summit="កិច្ចប្រជុំកំពូល G7")
    bodies = [
        Term("NATO", Kind.INSTITUTION, "ណាតូ", "km", Status.APPROVED),
        Term("Group of Seven", Kind.INSTITUTION, "ក្រុម G7", "km", Status.APPROVED, acronyms=("G7",), accept=("G7",)),
        Term("APEC", Kind.INSTITUTION, "APEC", "km", Status.APPROVED),
        Term("ASEAN", Kind.INSTITUTION, "អាស៊ាន", "km", Status.APPROVED),
    ]
    book = Phrasebook([*summits, *bodies], "km")
    assert best(book, "APEC Summit", Kind.EVENT) == "កិច្ចប្រជុំកំពូល APEC"
    assert best(book, "ASEAN Summit", Kind.EVENT) == "កិច្ចប្រជុំកំពូលអាស៊ាន"


def test_katakana_and_syllables_are_not_cut() -> None:
    assert analogy.find("インドネシア軍", Part("place", "place", "India", ("インド",))) is None
    assert analogy.find("ក្រុម", Part("term", "term", "x", ("ក",))) is None
    assert analogy.find("インド軍", Part("place", "place", "India", ("インド",))) == (0, 3, 0)


def test_the_rendering_for_a_country_is_used_where_the_country_is_named() -> None:
    minister = Term(
        "Defense Minister", Kind.TITLE, "国防相", "ja", Status.APPROVED, only_for=(("Japan|Japanese", "防衛相"),)
    )
    former = offices("ja", Former_President="元大統領", President="大統領", Former_Judge="元裁判官", Judge="裁判官")
    book = Phrasebook([minister, *former], "ja")
    assert best(book, "Former Defense Minister", Kind.TITLE) == "元国防相"
    assert "防衛相" not in best(book, "Former Thai Defense Minister", Kind.TITLE)


def test_persons() -> None:
    people = [
        *terms("km", Kind.PERSON, Hun_Sen="ហ៊ុន សែន", Sar_Kheng="ស ខេង", Hun_Many="ហ៊ុន ម៉ានី", Sar_Sokha="ស សុខា"),
        *offices("km", King="ព្រះមហាក្សត្រ"),
    ]
    book = Phrasebook(people, "km")
    assert best(book, "Hun Sokha", Kind.PERSON) == "ហ៊ុន សុខា"
    assert best(book, "King Hun Sen", Kind.PERSON) == "ព្រះមហាក្សត្រ ហ៊ុន សែន"
    assert best(book, "Hun Sitha", Kind.PERSON) == ""
    ja = Phrasebook(
        [*terms("ja", Kind.PERSON, Hun_Sen="フン・セン"), *offices("ja", Samdech="サムデック", King="国王")], "ja"
    )
    assert best(ja, "Samdech Hun Sen", Kind.PERSON) == "サムデック・フン・セン"
    assert best(ja, "King Hun Sen", Kind.PERSON) == "フン・セン国王"


def test_a_japanese_word_of_the_vocabulary_asks_for_two_models() -> None:
    words = terms("ja", Kind.TERM, press_release="プレスリリース", exercise="演習", joint_exercise="合同演習")
    assert best(Phrasebook(words, "ja"), "joint press release", Kind.TERM) == ""
    more = [*words, *terms("ja", Kind.TERM, patrol="パトロール", joint_patrol="合同パトロール")]
    assert best(Phrasebook(more, "ja"), "joint press release", Kind.TERM) == "合同プレスリリース"


@pytest.mark.parametrize("term", ["", "army", "unknown words here", "of the", "x " * 40])
def test_nothing_comes_of_nothing(term: str) -> None:
    assert Phrasebook(JA_UNITS, "ja").compose(term, Kind.TERM) == []
    assert Phrasebook([], "km").compose(term, Kind.TERM) == []


RENDERINGS = st.text("防衛省国軍カンボジアー第7AB ", min_size=1, max_size=8)


@given(RENDERINGS, RENDERINGS)
def test_an_edit_leads_from_one_to_the_other(before: str, after: str) -> None:
    edit = make_edit(before, after)
    if edit:
        made = analogy.edited(before, edit, [after])
        assert made in ("", after)


@given(RENDERINGS, RENDERINGS, RENDERINGS)
def test_a_pattern_filled_with_what_it_was_made_from_is_the_whole(before: str, part: str, behind: str) -> None:
    whole = before + part + behind
    pattern = make_pattern(whole, [Part("term", "term", "x", (part,))], "ja")
    if pattern:
        assert "".join(piece if isinstance(piece, str) else part for piece in pattern) == whole


@given(st.lists(st.sampled_from("abcd"), min_size=1))
def test_a_winner_has_most_votes(votes: list[str]) -> None:
    found = analogy.winner(Counter(votes), 1)
    if found:
        assert votes.count(found[0]) > len(votes) / 2
        assert 0 < found[1] < 1
