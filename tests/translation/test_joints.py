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
        ("km", Kind.PLACE, "ជប៉ុន", "ជប៉ុននិងកម្ពុជា", "ជប៉ុន និងកម្ពុជា"),
    ],
)
def test_mend(lang: str, kind: str, rendering: str, text: str, mended: str) -> None:
    requirements = [Requirement(Span(0, 1), rendering, kind=kind)]
    assert mend(text, requirements, verify(text, requirements).places, lang) == mended
    assert mend(mended, requirements, verify(mended, requirements).places, lang) == mended
