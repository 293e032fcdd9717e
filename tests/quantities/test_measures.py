"""Numbers with a unit, and the words before them that make them inexact."""

from __future__ import annotations

import pytest

from glossa.model import Requirement
from glossa.quantities import localize


def only(text: str, lang: str, digits: str = "native") -> Requirement:
    found = localize.find(text, lang, digits)
    assert len(found) == 1, found
    return found[0]


def forms(text: str, lang: str) -> set[str]:
    requirement = only(text, lang)
    return {requirement.rendering, *requirement.accept}


@pytest.mark.parametrize(
    ("text", "span", "ja", "km"),
    [
        ("for 45 minutes.", "45 minutes", "45分", "៤៥នាទី"),
        ("3 hours of talks", "3 hours", "3時間", "៣ម៉ោង"),
        ("lasted three days", "three days", "3日間", "៣ថ្ងៃ"),
        ("three days ago", "three days", "3日", "៣ថ្ងៃ"),
        ("five days a week", "five days", "5日", "៥ថ្ងៃ"),
        ("for one day", "one day", "1日", "១ថ្ងៃ"),
        ("two weeks later", "two weeks", "2週間", "២សប្ដាហ៍"),
        ("after 3 months", "3 months", "3カ月", "៣ខែ"),
        ("the last five years", "five years", "5年", "៥ឆ្នាំ"),
        ("25 kilometers away", "25 kilometers", "25キロ", "២៥គីឡូម៉ែត្រ"),
        ("25 km away", "25 km", "25キロ", "២៥គីឡូម៉ែត្រ"),
        ("a 10km road", "10km", "10キロ", "១០គីឡូម៉ែត្រ"),
        ("a 25-kilometre road", "25-kilometre", "25キロ", "២៥គីឡូម៉ែត្រ"),
        ("a three-day visit", "three-day", "3日間", "៣ថ្ងៃ"),
        ("300 metres high", "300 metres", "300メートル", "៣០០ម៉ែត្រ"),
        ("12 miles off", "12 miles", "12マイル", "១២ម៉ាយល៍"),
        ("10 kg of rice", "10 kg", "10キログラム", "១០គីឡូក្រាម"),
        ("2.5 million tons", "2.5 million tons", "250万トン", "២,៥លានតោន"),
        ("1,200 hectares", "1,200 hectares", "1200ヘクタール", "១.២០០ហិកតា"),
        ("5 square kilometers", "5 square kilometers", "5平方キロ", "៥គីឡូម៉ែត្រការ៉េ"),
        ("38 degrees Celsius", "38 degrees Celsius", "38度", "៣៨អង្សាសេ"),
        ("38°C in the shade", "38°C", "38度", "៣៨អង្សាសេ"),
        ("12,500 people", "12,500 people", "1万2500人", "១២.៥០០នាក់"),
        ("two people died", "two people", "2人", "២នាក់"),
        ("half a million people", "half a million people", "50万人", "៥០ម៉ឺននាក់"),
        ("from 3 to 5 days", "from 3 to 5 days", "3〜5日間", "ពី៣ថ្ងៃ ដល់៥ថ្ងៃ"),
        ("5-10 km", "5-10 km", "5〜10キロ", "៥-១០គីឡូម៉ែត្រ"),
    ],
)
def test_units(text, span, ja, km):
    for lang, rendering in (("ja", ja), ("km", km)):
        requirement = only(text, lang)
        assert (requirement.span.of(text), requirement.rendering) == (span, rendering)
        assert requirement.annotate


def test_other_forms_of_units():
    assert {"3日", "三日間"} <= forms("for three days", "ja")
    assert {"3か月", "3ヶ月", "3カ月間"} <= forms("for 3 months", "ja")
    assert {"5年間"} <= forms("for 5 years", "ja")
    assert {"25キロメートル", "25km"} <= forms("25 km", "ja")
    assert {"2時間半"} <= forms("2.5 hours", "ja")
    assert {"២សប្តាហ៍", "២ សប្ដាហ៍", "2សប្តាហ៍"} <= forms("2 weeks", "km")
    assert {"៥ នាក់", "មនុស្ស ៥នាក់", "5នាក់", "ប្រាំនាក់"} <= forms("five people", "km")


@pytest.mark.parametrize(
    "text",
    [
        "He is 25 years old",
        "a 20-year-old man and a 3-day-old baby",
        "at 60 km per hour, 100 km/h",
        "One day he left",
        "two or three days",
        "as one people",
        "5 other people",
        "Hun Sen, 71, said",
        "at -5°C",
    ],
)
def test_what_is_no_measure(text):
    assert not any(requirement.annotate for requirement in localize.find(text, "ja", "latin"))


@pytest.mark.parametrize(
    ("text", "span", "ja", "km"),
    [
        ("for about 45 minutes", "about 45 minutes", "約45分", "ប្រមាណ ៤៥នាទី"),
        ("Around 300 people", "Around 300 people", "約300人", "ប្រមាណ ៣០០នាក់"),
        ("some 3.5 percent", "some 3.5 percent", "約3.5%", "ប្រមាណ ៣,៥ភាគរយ"),
        ("approximately US$25 billion", "approximately US$25 billion", "約250億ドル", "ប្រមាណ ២៥ពាន់លានដុល្លារអាមេរិក"),
        ("More than 1,200 people", "More than 1,200 people", "1200人以上", "ជាង ១.២០០នាក់"),
        ("over 50%", "over 50%", "50%以上", "ជាង ៥០%"),
        ("for over 20 years", "over 20 years", "20年以上", "ជាង ២០ឆ្នាំ"),
        ("nearly 20 km", "nearly 20 km", "約20キロ", "ជិត ២០គីឡូម៉ែត្រ"),
        ("almost $5 million", "almost $5 million", "約500万ドル", "ជិត ៥លានដុល្លារ"),
        ("at least five people", "at least five people", "少なくとも5人", "យ៉ាងតិច ៥នាក់"),
        ("more than two-thirds", "more than two-thirds", "3分の2以上", "ជាង ពីរភាគបី"),
    ],
)
def test_inexact_quantities(text, span, ja, km):
    for lang, rendering in (("ja", ja), ("km", km)):
        requirement = only(text, lang)
        assert (requirement.span.of(text), requirement.rendering) == (span, rendering)
        assert requirement.annotate
        assert requirement.sources == (span,)


def test_the_inexact_word_is_required():
    assert {"およそ45分"} <= forms("about 45 minutes", "ja")
    assert "45分" not in forms("about 45 minutes", "ja")
    assert {"ប្រហែល ៤៥នាទី", "ប្រមាណជា ៤៥ នាទី", "ប្រមាណ45នាទី"} <= forms("about 45 minutes", "km")
    assert "៤៥នាទី" not in forms("about 45 minutes", "km")
    assert {"300人超", "300人を超える"} <= forms("more than 300 people", "ja")
    assert {"30万人以上"} <= forms("more than 300,000 troops", "ja")
    assert "លើសពី ៣០០នាក់" in forms("more than 300 people", "km")
    assert "ほぼ300人" in forms("nearly 300 people", "ja")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("no more than 5 days", "5 days"),
        ("talks over 3 days", "3 days"),
        ("a dispute over $5 million", "$5 million"),
        ("spread over 300 hectares", "300 hectares"),
        ("about 45 officers", "45"),
        ("whereabout 5 days", "5 days"),
    ],
)
def test_words_that_are_not_part_of_the_quantity(text, span):
    assert only(text, "ja").span.of(text) == span
