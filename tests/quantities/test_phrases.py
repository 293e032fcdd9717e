"""Set phrases of time, fractions, and parts of a day."""

from __future__ import annotations

import pytest

from glossa.quantities import localize


def rendered(text: str, lang: str, digits: str = "native") -> list[tuple[str, str]]:
    return [(r.span.of(text), r.rendering) for r in localize.find(text, lang, digits) if r.annotate]


@pytest.mark.parametrize(
    ("text", "span", "ja", "km"),
    [
        ("in the first half of 2025.", "the first half of 2025", "2025年上半期", "ឆមាសទី១ ឆ្នាំ២០២៥"),
        ("the second half of this year", "the second half of this year", "今年下半期", "ឆមាសទី២ ឆ្នាំនេះ"),
        ("first half of the year", "first half of the year", "上半期", "ឆមាសទី១"),
        ("the third quarter of 2025", "the third quarter of 2025", "2025年第3四半期", "ត្រីមាសទី៣ ឆ្នាំ២០២៥"),
        ("held each year in", "each year", "毎年", "រៀងរាល់ឆ្នាំ"),
        ("Every year, he", "Every year", "毎年", "រៀងរាល់ឆ្នាំ"),
        ("later in the same year he", "in the same year", "同年", "ក្នុងឆ្នាំដដែល"),
        ("next year he", "next year", "来年", "ឆ្នាំក្រោយ"),
        ("Last year's plan", "Last year", "昨年", "ឆ្នាំមុន"),
        ("earlier this year", "this year", "今年", "ឆ្នាំនេះ"),
        ("before the end of the year", "before the end of the year", "年末までに", "មុនចុងឆ្នាំ"),
        ("by the end of the year", "by the end of the year", "年末までに", "មុនចុងឆ្នាំ"),
        ("by the end of 2025", "by the end of 2025", "2025年末までに", "មុនចុងឆ្នាំ២០២៥"),
        ("before the end of next year", "before the end of next year", "来年末までに", "មុនចុងឆ្នាំក្រោយ"),
        ("Two-thirds of it", "Two-thirds", "3分の2", "ពីរភាគបី"),
        ("one-third of it", "one-third", "3分の1", "មួយភាគបី"),
        ("three-quarters", "three-quarters", "4分の3", "បីភាគបួន"),
        ("on Friday evening.", "Friday evening", "金曜日夜", "ល្ងាចថ្ងៃសុក្រ"),
        ("on Saturday afternoon", "Saturday afternoon", "土曜日午後", "រសៀលថ្ងៃសៅរ៍"),
        ("the night of Friday", "the night of Friday", "金曜日夜", "យប់ថ្ងៃសុក្រ"),
        ("on the morning of May 3.", "the morning of May 3", "5月3日朝", "ព្រឹកថ្ងៃទី៣ ខែឧសភា"),
        ("on Friday morning, May 3", "Friday morning, May 3", "5月3日（金）朝", "ព្រឹកថ្ងៃសុក្រ ទី៣ ខែឧសភា"),
    ],
)
def test_phrases(text, span, ja, km):
    assert rendered(text, "ja") == [(span, ja)]
    assert rendered(text, "km") == [(span, km)]


def test_other_forms():
    (evening,) = localize.find("Friday evening", "ja", "latin")
    assert {"金曜夜", "金曜日の夜", "金曜の夜"} <= set(evening.accept)
    (last,) = localize.find("last year", "km", "latin")
    assert "ឆ្នាំទៅ" in last.accept
    (half,) = localize.find("the first half of 2025", "km", "native")
    assert {"ឆមាសទី1 ឆ្នាំ2025", "ឆមាសទីមួយ ឆ្នាំ២០២៥"} <= set(half.accept)


@pytest.mark.parametrize(
    "text",
    [
        "in his last year",
        "the next year",
        "the same year as hers",
        "every year or so",
        "this year-end",
        "the first half of the match",
        "two quarters",
        "the first quarter",
        "one third country",
        "good evening",
    ],
)
def test_what_is_no_set_phrase(text):
    assert rendered(text, "ja") == []
