"""Punctuation, spacing and sentence ends."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.translation.typography import finish, tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "フン・マネット中将 は 4月29日 , プノンペン で 会談 した .",
            "フン・マネット中将は4月29日、プノンペンで会談した。",
        ),
        ('彼は"こんにちは"と述べた。。', "彼は「こんにちは」と述べた。"),
        ("彼は“はい”と述べた、。", "彼は「はい」と述べた。"),
        ("\"彼は'はい'と言った\"と述べた.", "「彼は『はい』と言った」と述べた。"),
        ("国連(UN)は 1,200 人, 3.5% と述べた", "国連（UN）は1,200人、3.5%と述べた"),
        ("本当か? はい! 時間は 9:30 です:", "本当か？はい！時間は9:30です："),
        ("ｶﾝﾎﾞｼﾞｱ､ﾌﾟﾉﾝﾍﾟﾝ｡", "カンボジア、プノンペン。"),
        ("U.S. Army Corp. の Boeing 737 は", "U.S. Army Corp.のBoeing 737は"),
        ("Cambodia's の F-16", "Cambodia'sのF-16"),
        ("`a , b` と https://x.jp/a,b を 参照 , した", "`a , b` と https://x.jp/a,b を参照、した"),
        ("[平和宮殿](https://x.y/a_(b)) で 会談", "[平和宮殿](https://x.y/a_(b)) で会談"),
        ('<a href="x, y">は</a> "何"', '<a href="x, y">は</a> 「何」'),
        ('"行く。', "「行く。"),
        ('来た。"', "来た。」"),
        ("  は  ", "は"),
        ("高さ5'10\"です", "高さ5'10\"です"),
    ],
)
def test_japanese(text, expected):
    assert tidy(text, "ja") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("លោក ហ៊ុន ម៉ាណែត បានជួប ។", "លោក ហ៊ុន ម៉ាណែត បានជួប។"),
        ("លោក  បានជួប.", "លោក បានជួប។"),
        ("លោកបានជួប。", "លោកបានជួប។"),
        ('លោកថា៖ "បាទ" ។ ។', "លោកថា៖ “បាទ”។"),
        ("លោកថា “ បាទ ”។.", "លោកថា “បាទ”។"),
        ("របស់UN និង Smithបាន COVID-19របស់", "របស់ UN និង Smith បាន COVID-19 របស់"),
        ("ព.ស. ២៥៦៦ ល.ស. នេះ.", "ព.ស. ២៥៦៦ ល.ស. នេះ។"),
        ("អញ្ចឹង។គាត់", "អញ្ចឹង។ គាត់"),
        ("អង្ករ។ល។ ពីរ", "អង្ករ។ល។ ពីរ"),
        ("តើអ្វី? ឈប់! មែន！", "តើអ្វី? ឈប់! មែន!"),
        ("「បាទ」 『ទេ』", "“បាទ” ‘ទេ’"),
        ("ចំនួន 1,200.5 និង 3.5", "ចំនួន 1,200.5 និង 3.5"),
        ("`x។y` https://a.b/c.d។", "`x។y` https://a.b/c.d។"),
    ],
)  # fmt: skip
def test_khmer(text, expected):
    assert tidy(text, "km") == expected


@pytest.mark.parametrize(
    ("source", "target", "lang", "expected"),
    [
        ("He came.", "彼は来た", "ja", "彼は来た。"),
        ("He came.", "彼は来た。。", "ja", "彼は来た。"),
        ("He came.", "彼は来た、", "ja", "彼は来た。"),
        ("He came.", "គាត់បានមក", "km", "គាត់បានមក។"),
        ("He came.", "គាត់បានមក ។", "km", "គាត់បានមក។"),
        ("It was 2022.", "ឆ្នាំ2022.", "km", "ឆ្នាំ2022។"),
        ("He came.", "គាត់បានមក៕", "km", "គាត់បានមក៕"),
        ("Who?", "誰。", "ja", "誰？"),
        ("Who?", "អ្នកណា។", "km", "អ្នកណា?"),
        ("Stop!", "止まれ", "ja", "止まれ！"),
        ("A headline", "見出し。", "ja", "見出し"),
        ("A headline", "ចំណងជើង។", "km", "ចំណងជើង"),
        ("The following:", "次の通り。", "ja", "次の通り："),
        ("The following:", "ដូចខាងក្រោម។", "km", "ដូចខាងក្រោម៖"),
        ("aid;", "支援。", "ja", "支援；"),
        ('He said: "Yes."', "彼は「はい」と述べた", "ja", "彼は「はい」と述べた。"),
        ('"Yes."', "「はい」", "ja", "「はい」"),
        ('"Yes."', "「はい。」", "ja", "「はい。」"),
        ('"Yes."', "“បាទ”", "km", "“បាទ។”"),
        ('"Why?"', "「なぜ」", "ja", "「なぜ？」"),
        ('He said "yes".', "គាត់ថា “បាទ”", "km", "គាត់ថា “បាទ”។"),
        ('He said "yes".', "彼は言った「はい」。。", "ja", "彼は言った「はい」。"),
        ("He came (late).", "彼は来た（遅れて）", "ja", "彼は来た（遅れて）。"),
        ("**Bold.**", "**太字**", "ja", "**太字。**"),
        ("**Note:**", "**注**", "ja", "**注：**"),
        ("He left the U.S.", "彼は米国を去った。", "ja", "彼は米国を去った。"),
        ("Visit to the U.S.", "訪米", "ja", "訪米"),
        ("And then...", "そして……", "ja", "そして……"),
        ("a cell", "នៅ U.S.", "km", "នៅ U.S."),
        ("He came.", "", "ja", ""),
    ],
)
def test_sentence_ends(source, target, lang, expected):
    assert finish(source, target, lang) == expected


JA_TEXT = st.text(alphabet="あア漢aB5.,、。!?！？:;()（）「」『』\"'“”‘’ \u00a0\n`*_<>[]ｶﾞｰ%-/@\ufdd0", max_size=30)
KM_TEXT = st.text(alphabet="កខា្ំaB5៥.,។៕៖!?:;()«»“”‘’\"' 「」。\u200b`*_<>[]%-/@\ufdd0ល", max_size=30)


def letters(text: str) -> str:
    return re.sub(r"[^a-zA-Z0-9ក-ៜ០-៩あ-んァ-ヶ漢]", "", text.replace("។", "").replace("៕", "").replace("៖", ""))


@settings(max_examples=400)
@given(JA_TEXT)
def test_tidying_japanese_twice_changes_nothing(text):
    once = tidy(text, "ja")
    assert tidy(once, "ja") == once
    if not re.search("[ｶﾞｰ]", text):
        assert letters(once) == letters(text)


@settings(max_examples=400)
@given(KM_TEXT)
def test_tidying_khmer_twice_changes_nothing(text):
    once = tidy(text, "km")
    assert tidy(once, "km") == once
    assert letters(once) == letters(text)


@settings(max_examples=300)
@given(st.text(alphabet="ab.!?:;…\"')*_ US", max_size=10), JA_TEXT | KM_TEXT, st.sampled_from(["ja", "km"]))
def test_finishing_twice_changes_nothing(source, target, lang):
    once = finish(source, target, lang)
    assert finish(source, once, lang) == once
    assert letters(once) == letters(target)


@given(
    st.text(alphabet="あア漢aBកខា", min_size=1, max_size=10),
    st.text(alphabet="。．.។、 ", max_size=4).filter(lambda junk: "..." not in junk),
)
def test_a_sentence_ends_exactly_once(body, junk):
    assert finish("He came.", body + junk, "ja") == body + "。"
    assert finish("He came.", body + junk, "km") == body + "។"
