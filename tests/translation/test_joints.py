from __future__ import annotations

import pytest

from glossa.model import Kind, Requirement, Span
from glossa.translation.joints import mend
from glossa.translation.verify import verify


@pytest.mark.parametrize(
    ("lang", "kind", "rendering", "text", "mended"),
    [
        ("ja", Kind.TERM, "共同コミュニケ", "共同コミュニケ氏は述べた。", "共同コミュニケは述べた。"),
        ("ja", Kind.PERSON, "山崎", "山崎氏は述べた。", "山崎氏は述べた。"),
        ("km", Kind.INSTITUTION, "CMAC", "លោក CMAC បានប្រើ។", "CMAC បានប្រើ។"),
        ("km", Kind.PERSON, "ម៉ាណែត", "លោក ម៉ាណែត បាននិយាយ។", "លោក ម៉ាណែត បាននិយាយ។"),
        ("ja", "time", "4月29日午前9時", "4月29日午前9時9分に迎えた。", "4月29日午前9時に迎えた。"),
        ("ja", "date", "2013年11月", "2013年11月11日に", "2013年11月に"),
        ("km", "name", "ឧត្តមនាវីទោ ដេសម៉ុន អាកវែល", "ជួបលោក ឧត្តមនាវីទោ ដេសម៉ុន អាកវែល។", "ជួបឧត្តមនាវីទោ ដេសម៉ុន អាកវែល។"),
        ("km", "number", "១៧", "ការរំលោភបទឈប់បាញ់១៧ដង", "ការរំលោភបទឈប់បាញ់ ១៧ដង"),
        ("km", "date", "ថ្ងៃទី២៩ ខែមេសា ឆ្នាំ២០២២", "ថ្ងៃទី២៩ ខែមេសា ឆ្នាំ២០២២", "ថ្ងៃទី២៩ ខែមេសា ឆ្នាំ២០២២"),
        ("ja", Kind.UNIT, "儀仗隊", "彼はア儀仗隊を見た。", "彼は儀仗隊を見た。"),
        ("ja", Kind.PLACE, "日本", "タイ日本協会", "タイ日本協会"),
        ("ja", "name", "ソク中将", "ソク中将佐は述べた。", "ソク中将は述べた。"),
        ("ja", Kind.TITLE, "事務局長", "事務局長は述べた。", "事務局長は述べた。"),
        ("ja", Kind.UNIT, "国連軍（UNX）", "警察(国連軍（UNX）は来た。", "警察、国連軍（UNX）は来た。"),
        ("km", Kind.PLACE, "ជប៉ុន", "ជប៉ុននិងកម្ពុជា", "ជប៉ុន និងកម្ពុជា"),
    ],
)
def test_mend(lang: str, kind: str, rendering: str, text: str, mended: str) -> None:
    requirements = [Requirement(Span(0, 1), rendering, kind=kind)]
    assert mend(text, "", requirements, verify(text, requirements).places, lang) == mended
    assert mend(mended, "", requirements, verify(mended, requirements).places, lang) == mended


def test_lists_get_their_commas() -> None:
    source = "They spoke of drug trafficking and human trafficking."
    requirements = [Requirement(Span(14, 30), "薬物密売"), Requirement(Span(35, 52), "人身売買")]
    text = "薬物密売人身売買を話した。"
    assert mend(text, source, requirements, verify(text, requirements).places, "ja") == "薬物密売、人身売買を話した。"
    other = source.replace(" and ", " in  ")
    assert mend(text, other, requirements, verify(text, requirements).places, "ja") == text
