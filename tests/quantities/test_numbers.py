"""Digit styles, and the check that no number was lost or invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.model import Severity
from glossa.quantities import localize, numbers, values_khmer
from glossa.quantities.figures import japanese
from glossa.text.normalize import canonical


def codes(source: str, target: str, lang: str) -> list[str]:
    return [finding.code for finding in numbers.check(source, target, lang)]


@pytest.mark.parametrize(
    ("text", "native"),
    [
        ("ថ្ងៃទី29 ខែមេសា", "ថ្ងៃទី២៩ ខែមេសា"),
        ("1,200.5 និង 3.5%", "១.២០០,៥ និង ៣,៥%"),
        ("COVID-19 និង F-16 គ្រឿង 5", "COVID-19 និង F-16 គ្រឿង ៥"),
        ("https://a.b/2022 និង x9@y.org ឆ្នាំ2022", "https://a.b/2022 និង x9@y.org ឆ្នាំ២០២២"),
        ("ម៉ោង 9:30 ព្រឹក", "ម៉ោង ៩:៣០ ព្រឹក"),
        ("កំណែ 1.2.3 `x 1`", "កំណែ 1.2.3 `x 1`"),
        ("ចម្ងាយ 5km", "ចម្ងាយ 5km"),
        ("１２ នាក់", "១២ នាក់"),
    ],
)
def test_native_digits(text, native):
    assert numbers.localise_digits(text, "km", "native") == native
    assert numbers.localise_digits(native, "km", "native") == native


def test_latin_digits():
    assert numbers.localise_digits("ថ្ងៃទី២៩ ១.២០០,៥ COVID-19", "km", "latin") == "ថ្ងៃទី29 1,200.5 COVID-19"
    assert numbers.localise_digits("១,២០០,០០០", "km", "latin") == "1,200,000"


def test_japanese_has_ascii_digits():
    assert numbers.localise_digits("４月２９日、１，２００人の3.5%", "ja", "native") == "4月29日、1200人の3.5%"
    assert (
        numbers.localise_digits("1,234,567と https://a.b/1,200 と1,234.5", "ja", "latin")
        == "1,234,567と https://a.b/1,200 と1234.5"
    )


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2).map(lambda d: f"{d:,}") | st.integers(0, 10**9).map(
    lambda n: f"{n:,}"
)


@given(st.lists(NUMBERS, max_size=4), st.sampled_from(["ខែ ", "លាន ", "។ ", " % "]))
def test_digit_styles_come_back_to_the_same_text(figures, between):
    text = between.join(figures)
    native = numbers.localise_digits(text, "km", "native")
    assert not any(char.isascii() and char.isdigit() for char in native)
    assert numbers.localise_digits(native, "km", "latin") == text


@settings(max_examples=300)
@given(
    st.text(alphabet="012５１២៣.,-:/A9z ក។@`", max_size=25),
    st.sampled_from(["ja", "km"]),
    st.sampled_from(["native", "latin"]),
)
def test_localising_digits_twice_changes_nothing(text, lang, digits):
    once = numbers.localise_digits(text, lang, digits)
    assert numbers.localise_digits(once, lang, digits) == once
    assert lang == "ja" or len(once) == len(text)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("The visit began on April 29.", "訪問は4月29日に始まった。", "ja"),
        ("The visit began on April 29.", "ដំណើរទស្សនកិច្ចបានចាប់ផ្តើមនៅថ្ងៃទី២៩ ខែមេសា។", "km"),
        ("The visit began on April 29.", "訪問は29日に始まった。", "ja"),
        ("at 9:30 p.m. on Nov. 9, 1953", "1953年11月9日午後9時半", "ja"),
        ("at 9:30 p.m.", "21時30分に", "ja"),
        ("at 9 p.m.", "នៅម៉ោង ៩ យប់", "km"),
        ("at 1500 GMT", "グリニッジ標準時15時に", "ja"),
        ("The two sides met.", "両国は会談した。", "ja"),
        ("The two sides met.", "2国間の会談が開かれた。", "ja"),
        ("The two sides met.", "ភាគីទាំង2បានជួបគ្នា។", "km"),
        ("One man and a second one", "1人の男と2人目", "ja"),
        ("a dozen men, half of them", "12人の男、その2分の1", "ja"),
        ("12 men", "十二人の男", "ja"),
        ("5 men", "បុរសប្រាំនាក់", "km"),
        ("3.5 billion yen and 246,000 people", "35億円と24万6000人", "ja"),
        ("3.5 billion yen and 246,000 people", "៣,៥ពាន់លានយ៉េន និង ២៤៦.០០០នាក់", "km"),
        ("25,000 people", "២ម៉ឺន៥ពាន់នាក់", "km"),
        ("1.407 million", "1,407លាន", "km"),
        ("5-10 million people", "500万〜1000万人", "ja"),
        ("5 to 10 million people", "៥-១០លាននាក់", "km"),
        ("two hundred and sixteen soldiers", "兵士216人", "ja"),
        ("in the 1990s and the 1800s", "1990年代と19世紀に", "ja"),
        ("in 2021-22", "2021〜22年に", "ja"),
        ("in 2022", "令和4年に", "ja"),
        ("World War II", "第2次世界大戦", "ja"),
        ("COVID-19 spread", "新型コロナウイルスが広がった", "ja"),
        ("an F-16 jet and version 1.2.3", "F-16戦闘機とバージョン1.2.3", "ja"),
        ("three and a half years", "3年半", "ja"),
        ("two decades ago", "20年前", "ja"),
        ("noon and midnight", "正午と午前0時", "ja"),
        ("the twenty-first meeting", "第21回会合", "ja"),
        ("between three and six million", "300万から600万", "ja"),
        ("8:00 a.m.", "午前8時", "ja"),
        ("April to May", "4〜5月", "ja"),
        ("4 men, in mid-April", "4月中旬、4人の男", "ja"),
        ("on New Year's Day", "1月1日に", "ja"),
        ("in April", "ក្នុងខែ ៤", "km"),
        ("the first day", "ថ្ងៃទី១", "km"),
        ("on April 29", "4/29", "ja"),
        ("1,200 (see https://a.b/77)", "1200（https://a.b/77 を参照）", "ja"),
    ],
)
def test_the_same_numbers(source, target, lang):
    assert numbers.check(source, target, lang) == ()


@pytest.mark.parametrize(
    ("source", "target", "lang", "expected"),
    [
        ("15 officers came", "将校が来た", "ja", ["number-missing"]),
        ("officers came", "15人の将校が来た", "ja", ["number-added"]),
        ("2.5 billion", "2.5億", "ja", ["number-missing", "number-added"]),
        ("300,000 people", "មនុស្ស 30,000 នាក់", "km", ["number-missing", "number-added"]),
        ("in April 2022", "2022年5月に", "ja", ["number-added"]),
        ("in April 2022", "ក្នុងខែឧសភា ឆ្នាំ២០២២", "km", ["number-added"]),
        ("15 men and 15 women", "15人の男性", "ja", ["number-missing"]),
        ("in 2013", "2013年以降、2013年に", "ja", ["number-added"]),
        ("an F-16", "F-35", "ja", ["number-missing", "number-added"]),
        ("at 9:30 p.m.", "午後9時に", "ja", ["number-missing"]),
        ("in mid-April", "4月4日中旬に", "ja", ["number-added"]),
        ("in mid-April", "នៅពាក់កណ្តាលថ្ងៃទី៤ ខែមេសា", "km", ["number-added"]),
        ("in November 2013", "2013年11月11日に", "ja", ["number-added"]),
        ("in January 2013", "2013年1月1日に", "ja", ["number-added"]),
        ("in 2013", "2013年1月に", "ja", ["number-added"]),
        ("in 2013", "ខែមករា ឆ្នាំ២០១៣", "km", ["number-added"]),
        ("at 9 a.m.", "午前9時9分", "ja", ["number-added"]),
        ("at 9 a.m. in April", "4月の午前9時4分", "ja", ["number-added"]),
    ],
)
def test_lost_and_invented_numbers(source, target, lang, expected):
    findings = numbers.check(source, target, lang)
    assert [finding.code for finding in findings] == expected
    assert all(finding.severity is Severity.ERROR for finding in findings)


def test_a_finding_has_its_place_in_the_target():
    target = "ក\u200bងទ័ព ៤២ នាក់"
    (finding,) = numbers.check("Troops", target, "km")
    assert finding.span is not None
    assert finding.span.of(target) == "៤២"
    assert "42" in finding.message or "៤២" in finding.message


def test_khmer_words_are_in_canonical_order():
    words = [*values_khmer._SCALES, *values_khmer._DIGITS, *values_khmer._TENS]
    assert [canonical(word) for word in words] == words


@given(st.integers(1, 10**15))
def test_japanese_counting_is_read_back(value):
    assert numbers.check(f"{value:,}" if value < 10**12 else "x", japanese(value) if value < 10**12 else "", "ja") == ()


PHRASES = st.sampled_from(
    [
        "April 29", "Nov. 9, 1953", "29 April 2022", "from April 27 to 29, 2022", "between April 27 and 29",
        "April 27 to May 3", "Friday, April 29", "the 1990s", "the early 1980s", "the 19th century", "since 2013",
        "from 1975 to 1979", "2021-22 season", "in early May", "at 9 a.m.", "at 9:30 p.m.", "at 12:15 a.m.", "at 14:30",
        "at noon", "at 0900 hours", "from 9 to 11 a.m.", "$5 million", "US$1,200", "3.5 billion yen", "¥10,000",
        "$5-10 million", "five million dollars", "£3.50", "3.5 percent", "40-50 percent", "from 3% to 5%", "five percent",
        "3 million", "2.5 billion", "1.407 million", "300,000", "12,345", "1,200", "7th Fleet", "12th summit",
        "70th anniversary", "25 officers", "007", "two hundred and sixteen", "half a million", "3,500 billion",
        "about 45 minutes", "more than 300,000 troops", "at least five people", "nearly 3.5%", "over 2.5 million tons",
        "some 12,500 hectares", "three days ago", "from 3 to 5 days", "between 2 and 4 weeks", "a three-day visit",
        "2.5 hours", "38°C", "5 square kilometers", "R$10 million", "approximately C$3.5 billion", "1.5 years",
        "the first half of 2025", "the third quarter of 2025", "in the same year", "every year", "last year",
        "by the end of 2025", "before the end of the year", "two-thirds", "more than three-quarters", "Friday evening",
        "the morning of May 3", "Friday morning, May 3, 2024", "the 11th country", "the First Army", "at 5:00 p.m.",
        "between 5 and 10 million people", "dated 2022-04-29", "on the 29th.", "50 cents", "5 percentage points",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PHRASES, min_size=1, max_size=4),
    st.sampled_from(["ja", "km"]),
    st.sampled_from(["native", "latin"]),
    st.randoms(use_true_random=False),
)
def test_a_translation_made_of_the_renderings_passes(phrases, lang, digits, random):
    source = " and so on, ".join(phrases)
    found = localize.find(source, lang, digits)
    for target in (
        " ក ".join(r.rendering for r in found) if lang == "km" else "は、".join(r.rendering for r in found),
        " ក ".join(random.choice((r.rendering, *r.accept)) for r in found),
    ):
        assert numbers.check(source, target, lang) == (), target
        assert numbers.check(source, numbers.localise_digits(target, lang, "native"), lang) == ()


def test_values_are_exact():
    assert values_khmer.find("៣,៥ពាន់លាន")[0].readings[0] == Decimal(3500000000)
