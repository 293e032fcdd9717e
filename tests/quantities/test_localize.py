"""Dates, times, money and numbers of real English sentences, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.model import Requirement
from glossa.quantities import localize


def only(text: str, lang: str, digits: str = "native") -> Requirement:
    found = localize.find(text, lang, digits)
    assert len(found) == 1, found
    return found[0]


def rendered(text: str, lang: str, digits: str = "native") -> list[tuple[str, str]]:
    return [(r.span.of(text), r.rendering) for r in localize.find(text, lang, digits)]


@pytest.mark.parametrize(
    ("text", "span", "ja", "km"),
    [
        ("on April 29.", "April 29", "4月29日", "ថ្ងៃទី២៩ ខែមេសា"),
        ("on Nov. 9, 1953, independence", "Nov. 9, 1953", "1953年11月9日", "ថ្ងៃទី៩ ខែវិច្ឆិកា ឆ្នាំ១៩៥៣"),
        ("on 9 November 1953 the", "9 November 1953", "1953年11月9日", "ថ្ងៃទី៩ ខែវិច្ឆិកា ឆ្នាំ១៩៥៣"),
        ("on April 29th the", "April 29th", "4月29日", "ថ្ងៃទី២៩ ខែមេសា"),
        ("on the 29th of April.", "the 29th of April", "4月29日", "ថ្ងៃទី២៩ ខែមេសា"),
        ("in April 2022, he", "April 2022", "2022年4月", "ខែមេសា ឆ្នាំ២០២២"),
        ("On Friday, April 29, 2022, he", "Friday, April 29, 2022", "2022年4月29日（金）", "ថ្ងៃសុក្រ ទី២៩ ខែមេសា ឆ្នាំ២០២២"),
        ("on Friday April 29 he", "Friday April 29", "4月29日（金）", "ថ្ងៃសុក្រ ទី២៩ ខែមេសា"),
        ("April 29 (Friday) is", "April 29 (Friday)", "4月29日（金）", "ថ្ងៃសុក្រ ទី២៩ ខែមេសា"),
        ("Monday's talks", "Monday", "月曜日", "ថ្ងៃចន្ទ"),
        ("dated 2022-04-29 and", "2022-04-29", "2022年4月29日", "ថ្ងៃទី២៩ ខែមេសា ឆ្នាំ២០២២"),
        ("dated 29/04/2022.", "29/04/2022", "2022年4月29日", "ថ្ងៃទី២៩ ខែមេសា ឆ្នាំ២០២២"),
        ("held April 27-29 in", "April 27-29", "4月27〜29日", "ថ្ងៃទី២៧ ដល់ថ្ងៃទី២៩ ខែមេសា"),
        ("was here from April 27 to 29.", "from April 27 to 29", "4月27日から29日まで", "ពីថ្ងៃទី២៧ ដល់ថ្ងៃទី២៩ ខែមេសា"),
        ("from 27 to 29 April 2022", "from 27 to 29 April 2022", "2022年4月27日から29日まで", "ពីថ្ងៃទី២៧ ដល់ថ្ងៃទី២៩ ខែមេសា ឆ្នាំ២០២២"),
        ("between April 27 and 29,", "between April 27 and 29", "4月27日から29日", "ចន្លោះថ្ងៃទី២៧ និងថ្ងៃទី២៩ ខែមេសា"),
        ("from April 27 to May 3", "from April 27 to May 3", "4月27日から5月3日まで", "ពីថ្ងៃទី២៧ ខែមេសា ដល់ថ្ងៃទី៣ ខែឧសភា"),
        ("on April 27 and 29.", "April 27 and 29", "4月27日と29日", "ថ្ងៃទី២៧ និងទី២៩ ខែមេសា"),
        ("during the 1990s.", "the 1990s", "1990年代", "ទសវត្សរ៍ឆ្នាំ១៩៩០"),
        ("in the early 1980s", "the early 1980s", "1980年代初め", "ដើមទសវត្សរ៍ឆ្នាំ១៩៨០"),
        ("in the 19th century", "the 19th century", "19世紀", "សតវត្សរ៍ទី១៩"),
        ("grown since 2013.", "2013", "2013年", "ឆ្នាំ២០១៣"),
        ("the 2022 budget", "2022", "2022年", "ឆ្នាំ២០២២"),
        ("from 1975 to 1979", "from 1975 to 1979", "1975年から1979年まで", "ពីឆ្នាំ១៩៧៥ ដល់ឆ្នាំ១៩៧៩"),
        ("the 2021-22 season", "2021-22", "2021〜2022年", "ឆ្នាំ២០២១-២០២២"),
        ("in fiscal 2022", "fiscal 2022", "2022年度", "ឆ្នាំសារពើពន្ធ២០២២"),
        ("by late 2022", "late 2022", "2022年末", "ចុងឆ្នាំ២០២២"),
        ("in early April", "early April", "4月上旬", "ដើមខែមេសា"),
        ("last May, he", "May", "5月", "ខែឧសភា"),
        ("in March.", "March", "3月", "ខែមីនា"),
        ("in December the", "December", "12月", "ខែធ្នូ"),
        ("arrived on the 29th.", "the 29th", "29日", "ថ្ងៃទី២៩"),
        ("on Friday the 13th.", "Friday the 13th", "13日（金）", "ថ្ងៃសុក្រ ទី១៣"),
    ],
)  # fmt: skip
def test_dates(text, span, ja, km):
    assert rendered(text, "ja") == [(span, ja)]
    assert rendered(text, "km") == [(span, km)]
    assert only(text, "ja").kind == "date"
    assert only(text, "ja").annotate


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said so.",
        "They march on.",
        "He may come.",
        "Good Friday, Black Friday",
        "The Sunday Times reported it.",
        "a second visit, the first of two",
        "February 30 and June 31",
        "on May Day",
        "the sun rose and he sat",
    ],
)
def test_no_dates(text):
    assert [r for r in localize.find(text, "ja", "latin") if r.kind == "date"] == []


def test_a_count_is_no_year():
    for text in ("by 2000 people", "in 2013 cases", "of 1900 soldiers"):
        assert [r.kind for r in localize.find(text, "ja", "latin")] == ["number"], text


@pytest.mark.parametrize(
    ("text", "span", "ja", "km"),
    [
        ("at 9 a.m. on", "9 a.m.", "午前9時", "ម៉ោង ៩ ព្រឹក"),
        ("at 9:30 p.m. in", "9:30 p.m.", "午後9時30分", "ម៉ោង ៩:៣០ យប់"),
        ("at 9AM today", "9AM", "午前9時", "ម៉ោង ៩ ព្រឹក"),
        ("at 2 pm he", "2 pm", "午後2時", "ម៉ោង ២ រសៀល"),
        ("at 5:15 pm he", "5:15 pm", "午後5時15分", "ម៉ោង ៥:១៥ ល្ងាច"),
        ("at 12:30 p.m. he", "12:30 p.m.", "午後0時30分", "ម៉ោង ១២:៣០ ថ្ងៃត្រង់"),
        ("at 12 p.m. he", "12 p.m.", "正午", "ម៉ោង ១២ ថ្ងៃត្រង់"),
        ("at 14:30 he", "14:30", "14時30分", "ម៉ោង ១៤:៣០"),
        ("at 0900 hours he", "0900 hours", "9時", "ម៉ោង ៩"),
        ("at 17:00 he", "17:00", "17時", "ម៉ោង ១៧"),
        ("at 5:00 pm he", "5:00 pm", "午後5時", "ម៉ោង ៥ ល្ងាច"),
        ("at 9 o'clock he", "9 o'clock", "9時", "ម៉ោង ៩"),
        ("at noon, he", "noon", "正午", "ម៉ោង ១២ ថ្ងៃត្រង់"),
        ("at midnight he", "midnight", "午前0時", "ម៉ោង ១២ យប់"),
        ("from 9 to 11 a.m. he", "from 9 to 11 a.m.", "午前9時から11時まで", "ពីម៉ោង ៩ ដល់ ១១ ព្រឹក"),
    ],
)
def test_times(text, span, ja, km):
    assert rendered(text, "ja") == [(span, ja)]
    assert rendered(text, "km") == [(span, km)]
    assert only(text, "km").kind == "time"


def test_the_point_of_a_last_abbreviation_is_left_to_the_sentence():
    assert rendered("It began at 9 a.m.", "ja") == [("9 a.m", "午前9時")]
    assert rendered('"We met at 9 a.m."', "ja") == [("9 a.m", "午前9時")]


def test_a_time_is_accepted_on_either_clock_and_with_or_without_spaces():
    assert {"21時30分", "午後9時半"} <= set(only("at 9:30 p.m. in", "ja").accept)
    assert {"ម៉ោង9:30យប់", "ម៉ោង ៩:៣០នាទី យប់"} <= set(only("at 9:30 p.m. in", "km").accept)


@pytest.mark.parametrize(
    ("text", "ja", "km", "km_latin"),
    [
        ("$5 million", "500万ドル", "៥លានដុល្លារ", "5លានដុល្លារ"),
        ("US$1,200", "1200ドル", "១.២០០ដុល្លារអាមេរិក", "1,200ដុល្លារអាមេរិក"),
        ("3.5 billion yen", "35億円", "៣,៥ពាន់លានយ៉េន", "3.5ពាន់លានយ៉េន"),
        ("¥10,000", "1万円", "១០.០០០យ៉េន", "10,000យ៉េន"),
        ("10 million riel", "1000万リエル", "១០លានរៀល", "10លានរៀល"),
        ("250,000 euros", "25万ユーロ", "២៥០.០០០អឺរ៉ូ", "250,000អឺរ៉ូ"),
        ("£3.50", "3.50ポンド", "៣,៥០ផោន", "3.50ផោន"),
        ("$1.25bn", "12億5000万ドル", "១,២៥ពាន់លានដុល្លារ", "1.25ពាន់លានដុល្លារ"),
        ("five million dollars", "500万ドル", "៥លានដុល្លារ", "5លានដុល្លារ"),
        ("$5-10 million", "500万〜1000万ドル", "៥-១០លានដុល្លារ", "5-10លានដុល្លារ"),
        ("US$25 billion", "250億ドル", "២៥ពាន់លានដុល្លារអាមេរិក", "25ពាន់លានដុល្លារអាមេរិក"),
        ("US $3 million", "300万ドル", "៣លានដុល្លារអាមេរិក", "3លានដុល្លារអាមេរិក"),
        ("C$2 million", "200万カナダドル", "២លានដុល្លារកាណាដា", "2លានដុល្លារកាណាដា"),
        ("HK$ 40 million", "4000万香港ドル", "៤០លានដុល្លារហុងកុង", "40លានដុល្លារហុងកុង"),
        ("R$10 million", "1000万レアル", "១០លានរេអាល់", "10លានរេអាល់"),
        ("A$3 million", "300万豪ドル", "៣លានដុល្លារអូស្ត្រាលី", "3លានដុល្លារអូស្ត្រាលី"),
    ],
)
def test_money(text, ja, km, km_latin):
    assert rendered(text, "ja") == [(text, ja)]
    assert rendered(text, "km") == [(text, km)]
    assert rendered(text, "km", "latin") == [(text, km_latin)]
    assert only(text, "ja").kind == "money"


def test_the_name_of_a_currency_may_be_shorter_or_longer():
    assert "3លានដុល្លារ" in only("US$3 million", "km").accept
    assert "300万加ドル" in only("C$3 million", "ja").accept
    assert "300万オーストラリアドル" in only("A$3 million", "ja").accept


def test_pounds_and_won_are_money_only_where_it_is_plain():
    assert [r.kind for r in localize.find("He weighs 200 pounds", "ja", "latin")] == ["number"]
    assert [r.kind for r in localize.find("Of 12 won by Japan", "ja", "latin")] == ["number"]
    assert only("2,000 pounds", "ja").rendering == "2000ポンド"
    assert only("5 billion won", "ja").rendering == "50億ウォン"


@pytest.mark.parametrize(
    ("text", "ja", "km"),
    [
        ("3.5 percent", "3.5%", "៣,៥ភាគរយ"),
        ("3.5%", "3.5%", "៣,៥%"),
        ("40 per cent", "40%", "៤០ភាគរយ"),
        ("five percent", "5%", "៥ភាគរយ"),
        ("40-50 percent", "40〜50%", "៤០-៥០ភាគរយ"),
        ("from 3.8% to 4.6%", "3.8%から4.6%", "ពី៣,៨% ដល់៤,៦%"),
        ("5 percentage points", "5ポイント", "៥ពិន្ទុភាគរយ"),
    ],
)
def test_percentages(text, ja, km):
    assert rendered(text, "ja") == [(text, ja)]
    assert rendered(text, "km") == [(text, km)]
    assert {"៣,៥%", "3.5%", "៣,៥ ភាគរយ", "3.5 %"} <= set(only("3.5 percent", "km").accept)


@pytest.mark.parametrize(
    ("text", "span", "ja", "km", "annotated"),
    [
        ("25 officers", "25", "25", "២៥", False),
        ("1,200 troops", "1,200", "1200", "១.២០០", False),
        ("12,500 troops", "12,500", "1万2500", "១២.៥០០", True),
        ("300,000 troops", "300,000", "30万", "៣០០.០០០", True),
        ("3 million voters", "3 million", "300万", "៣លាន", True),
        ("2.5 billion users", "2.5 billion", "25億", "២,៥ពាន់លាន", True),
        ("two thousand men", "two thousand", "2000", "២ពាន់", True),
        ("two hundred and sixteen men", "two hundred and sixteen", "216", "២១៦", True),
        ("half a million voters", "half a million", "50万", "៥០ម៉ឺន", True),
        ("the 7th Fleet", "7th", "第7", "ទី៧", True),
        ("the 11th Infantry Brigade", "11th", "第11", "ទី១១", True),
        ("the First Infantry Division", "First", "第1", "ទី១", True),
        ("the 11th country", "11th", "11番目", "ទី១១", True),
        ("the 12th ASEAN summit", "12th", "第12回", "លើកទី១២", True),
        ("the 70th anniversary", "70th anniversary", "70周年", "ខួបលើកទី៧០", True),
        ("a 20-year-old man", "20", "20", "២០", False),
        ("a 10m wall", "10", "10", "១០", False),
        ("magnitude 6.0 quake", "6.0", "6.0", "៦,០", False),
        ("case 007 was", "007", "007", "០០៧", False),
    ],
)
def test_numbers(text, span, ja, km, annotated):
    assert rendered(text, "ja") == [(span, ja)]
    assert rendered(text, "km") == [(span, km)]
    assert only(text, "ja").annotate is annotated


def test_every_right_form_of_a_number_is_accepted():
    assert {"1,200"} <= set(only("1,200 troops", "ja").accept)
    assert {"300,000", "300000"} <= set(only("300,000 troops", "ja").accept)
    forms = set(only("300,000 troops", "km").accept)
    assert {"៣០០០០០", "300,000", "300000", "៣០០,០០០", "300.000", "៣០ម៉ឺន", "៣សែន", "30 ម៉ឺន"} <= forms
    assert {"ប្រាំលាន", "5លាន", "៥.០០០.០០០"} <= set(only("five million voters", "km").accept)


def test_the_weekday_in_brackets_has_other_forms():
    forms = only("on Monday, March 4, 2024, he", "ja")
    assert forms.rendering == "2024年3月4日（月）"
    assert {"2024年3月4日（月曜日）", "2024年3月4日月曜日"} <= set(forms.accept)


def test_small_numbers_in_words_are_left_to_the_translator():
    assert localize.find("Two officers and ten men of both sides had a hundred reasons", "ja", "latin") == ()


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19, F-16, Mi-17, G7, 5G, H5N1, A320neo",
        "version 1.2.3 of it",
        "call +855 23 123 456 now",
        "see https://example.org/2022/04/29?a=5 and a9@b8.org",
        "run `sleep 5` now",
        "open 24/7",
        "no 1234567890123456 here",
    ],
)
def test_codes_and_addresses_are_not_touched(text):
    assert localize.find(text, "ja", "latin") == ()


def test_sources_and_digits_of_a_requirement():
    requirement = only("on April 29.", "km", "latin")
    assert requirement.sources == ("April 29",)
    assert requirement.rendering == "ថ្ងៃទី29 ខែមេសា"
    assert "ថ្ងៃទី២៩ ខែមេសា" in requirement.accept


WORDS = (
    "April May 29 29th 2022 , . - – to from between and the of Friday Mon. $ US$ ¥ million billion percent % 5 12 1,200 "
    "3.5 300,000 9 a.m. p.m. : 30 1990s at in five hundred thousand dollars yen 5th century anniversary COVID-19 1.2.3 "
    "people ( ) / early noon o'clock GMT 0900 hours 10km about more than over At least nearly days three -day weeks °C "
    "first half quarter same year each last end by before morning evening one- thirds two First Army C$ R$"
)  # fmt: skip
PIECES = st.sampled_from(WORDS.split())
SENTENCES = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", " "])), max_size=25).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@settings(max_examples=250, deadline=None)
@given(SENTENCES | st.text(max_size=40), st.sampled_from(["ja", "km"]), st.sampled_from(["native", "latin"]))
def test_requirements_are_in_order_and_never_overlap(text, lang, digits):
    found = localize.find(text, lang, digits)
    ends = [0]
    for requirement in found:
        assert ends[-1] <= requirement.span.start < requirement.span.end <= len(text)
        assert requirement.rendering
        assert requirement.rendering not in requirement.accept
        assert len(set(requirement.accept)) == len(requirement.accept)
        ends.append(requirement.span.end)
