from __future__ import annotations

import pytest

from glossa.extraction.cldr_names import name
from glossa.model import Kind


@pytest.mark.parametrize(
    ("term", "kind", "km", "ja"),
    [
        ("Bolivia", Kind.PLACE, "បូលីវី", "ボリビア"),
        ("the Philippines", Kind.PLACE, "ហ្វ៊ីលីពីន", "フィリピン"),
        ("Saint Lucia", Kind.PLACE, "សាំងលូស៊ី", "セントルシア"),
        ("Myanmar", Kind.PLACE, "មីយ៉ាន់ម៉ា", "ミャンマー"),
        ("Southeast Asia", Kind.PLACE, "អាស៊ីអាគ្នេយ៍", "東南アジア"),
        ("Melbourne", Kind.PLACE, "ម៉េលប៊ន", "メルボルン"),
        ("French", Kind.TERM, "បារាំង", "フランス語"),
        ("Khmer language", Kind.TERM, "ភាសាខ្មែរ", "クメール語"),
        ("Cambodian riels", Kind.TERM, "រៀលកម្ពុជា", "カンボジア・リエル"),
        ("U.S. dollar", Kind.TERM, "ដុល្លារអាមេរិក", "米ドル"),
        ("May", Kind.TERM, "ឧសភា", "5月"),
    ],
)
def test_names(term: str, kind: Kind, km: str, ja: str) -> None:
    assert name(term, kind, "km") == km
    assert name(term, kind, "ja") == ja


@pytest.mark.parametrize("lang", ["km", "ja"])
@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("Jordan", Kind.PERSON),
        ("Georgia", Kind.INSTITUTION),
        ("Gotham", Kind.PLACE),
        ("world", Kind.PLACE),
        ("gold", Kind.TERM),
        ("language", Kind.TERM),
        ("", Kind.TERM),
        ("", Kind.PLACE),
    ],
)
def test_no_names(term: str, kind: Kind, lang: str) -> None:
    assert name(term, kind, lang) is None


@pytest.mark.parametrize("lang", ["km", "ja"])
def test_no_english_and_no_zero_width_spaces(lang: str) -> None:
    from glossa.extraction import cldr_names

    for names in (cldr_names._places(lang), cldr_names._words(lang)):
        assert len(names) > 400
        assert not [
            text for text in names.values() if "\u200b" in text or any("a" <= char.lower() <= "z" for char in text)
        ]
