from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from glossa.model import Requirement, Span
from glossa.translation.verify import occurrences, repetition, verify


def required(*renderings: str, accept: tuple[str, ...] = (), forbid: tuple[str, ...] = ()) -> list[Requirement]:
    return [Requirement(Span(i, i + 1), r, accept, forbid) for i, r in enumerate(renderings)]


def test_counts_occurrences() -> None:
    assert verify("自衛隊は自衛隊と会う。", required("自衛隊", "自衛隊")).missing == ()
    assert verify("自衛隊は会う。", required("自衛隊", "自衛隊")).missing == (1,)


def test_a_longer_rendering_does_not_count_for_a_shorter_one() -> None:
    verdict = verify("カンボジア王国軍が来た。", required("カンボジア", "カンボジア王国軍"))
    assert verdict.missing == (0,)
    assert verify("カンボジア王国軍がカンボジアに来た。", required("カンボジア", "カンボジア王国軍")).missing == ()


def test_accepted_renderings_count() -> None:
    verdict = verify("防衛相が来た。", required("国防相", accept=("防衛相", "国防大臣")))
    assert verdict.missing == ()
    assert verdict.places[0] == Span(0, 3)


def test_zero_width_spaces_and_sign_order_do_not_matter() -> None:
    target = "លោក\u200bនាយក\u200bរដ្ឋមន្ត្រី"
    verdict = verify(target, required("នាយករដ្ឋមន្ត្រី"))
    assert verdict.missing == ()
    place = verdict.places[0]
    assert place
    assert place.of(target) == "នាយក\u200bរដ្ឋមន្ត្រី"


def test_latin_and_numbers_are_whole() -> None:
    assert occurrences("UNICEFとUNとUNの", "UN") == [Span(7, 9), Span(10, 12)]
    assert occurrences("15人と5人と1,500人と5,200人", "5") == [Span(4, 5)]
    assert occurrences("១៥ និង ៥", "៥") == [Span(7, 8)]


def test_khmer_syllables_are_whole() -> None:
    assert occurrences("ខែមីនា និងមីន", "មីន") == [Span(10, 13)]
    assert occurrences("ទស្សនកិច្យ៉ា", "យ៉ា") == []


def test_a_name_that_goes_wrong_is_none() -> None:
    assert verify("山崎幸運が来た。", required("山崎", accept=("山崎幸二",))).missing == (0,)
    assert verify("山崎幸二が来た。", required("山崎", accept=("山崎幸二",))).missing == ()

    given = ("យ៉ាម៉ាហ្សាគិ កូជិ",)
    assert verify("យ៉ាម៉ាហ្សាគិ បានមក", required("យ៉ាម៉ាហ្សាគិ", accept=given)).missing == ()


def test_countries_are_whole_katakana_words() -> None:
    place = [Requirement(Span(0, 5), "インド", kind="place")]
    assert verify("インドネシアを訪問した。", place).missing == (0,)
    assert verify("インドを訪問した。", place).missing == ()
    assert verify("サイバーセキュリティーセンター", required("サイバーセキュリティー")).missing == ()


def test_addresses_are_whole() -> None:
    address = [Requirement(Span(0, 5), "https://example.org/a.b", kind="code")]
    assert verify("https://example.org/a.b..orgを見る", address).missing == (0,)
    assert verify("https://example.org/a.bを見る", address).missing == ()


def test_places_are_shared_out_well() -> None:
    wanted = [
        Requirement(Span(0, 1), "カンボジア王国軍", ("カンボジア軍",)),
        Requirement(Span(2, 3), "カンボジア"),
    ]
    assert verify("カンボジア軍がカンボジアに来た。", wanted).missing == ()
    pushing = [Requirement(Span(0, 1), "丙丙", ("乙乙", "甲")), Requirement(Span(2, 3), "丁丁", ("乙乙",))]
    assert verify("甲と乙乙", pushing).missing == ()


def test_blank_renderings_are_never_met() -> None:
    assert verify("日本", [Requirement(Span(0, 1), " "), Requirement(Span(2, 3), "\u200b")]).missing == (0, 1)


def test_a_number_before_a_number_makes_another() -> None:
    assert verify("1 250万ドルを払った。", required("250万ドル")).missing == (0,)
    assert verify("費用250万ドルを払った。", required("250万ドル")).missing == ()


def test_glued_kanji_cost_a_little() -> None:
    assert verify("自捜索救助隊", required("捜索救助")).glued == 1
    assert verify("日本代表団", required("代表団", "日本")).glued == 0


def test_people_and_countries_may_come_again_with_cause() -> None:
    def surplus(target: str, rendering: str, kind: str, source: str) -> tuple[str, ...]:
        name = source.split(maxsplit=1)[0]
        requirement = Requirement(Span(0, len(name)), rendering, sources=(name,), kind=kind)
        return verify(target, [requirement], source=source).surplus

    assert surplus("山崎は山崎の本を読む。", "山崎", "person", "Yamazaki reads his book.") == ()
    assert surplus("山崎は山崎を読む。", "山崎", "person", "Yamazaki reads it.") == ("山崎",)
    assert surplus("日本は日本人に", "日本", "place", "Japan and Japanese people") == ()
    assert surplus("日本は日本に", "日本", "place", "Japan and people") == ("日本",)


def test_renderings_that_touch() -> None:
    source = "Japan sent CMAC to Laos."
    wanted = [
        Requirement(Span(0, 5), "日本"),
        Requirement(Span(11, 15), "CMAC"),
        Requirement(Span(19, 23), "ラオス"),
    ]
    assert verify("日本CMACをラオスに派遣した。", wanted, source=source).touching == 1
    assert verify("日本はCMACをラオスに派遣した。", wanted, source=source).touching == 0


def test_accepted_forms_cost_a_little() -> None:
    assert verify("防衛相", required("国防相", accept=("防衛相",))).cost == 0.5


def test_forbidden_surplus_leftover() -> None:
    verdict = verify("<t>軍隊と国防省と国防省", required("国防省", forbid=("軍隊",)), ("<t>", "</t>"))
    assert verdict.forbidden == ("軍隊",)
    assert verdict.surplus == ("国防省",)
    assert verdict.leftover
    assert verdict.cost > 30


def test_repetition() -> None:
    assert repetition("2013年以降、2013年以降、2013年以降、述べた。")
    assert repetition("はははは。") == "はは" or not repetition("ははは。")
    assert not repetition("日本とカンボジアは外交関係を樹立した。")
    assert not repetition("-------- 1000000000")


def test_repetition_behind_what_was_asked_for() -> None:
    name = "アジア開発銀行（ADB）"
    verdict = verify(f"{name}は、村の2人、2人、2人、2人だ。", required(name))
    assert verdict.repeated == "2人、"
    assert verify(f"{name}と{name}と{name}だ。", required(name, name, name)).repeated == ""


@given(st.lists(st.sampled_from(["日本", "米国", "自衛隊", "国連", "ក្រសួង"]), max_size=6), st.randoms())
def test_what_is_there_is_found(renderings: list[str], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(renderings)
    random.shuffle(shuffled)
    target = "と".join(shuffled)
    verdict = verify(target, required(*renderings))
    assert verdict.missing == ()
    assert verdict.surplus == ()
    places = sorted(place for place in verdict.places if place)
    assert all(a.end <= b.start for a, b in itertools.pairwise(places))


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_never_raises(target: str, renderings: list[str]) -> None:
    verdict = verify(target, required(*renderings))
    assert len(verdict.places) == len(renderings)
