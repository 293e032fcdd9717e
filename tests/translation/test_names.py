from __future__ import annotations

import pytest

from glossa import languages
from glossa.model import Kind, Requirement, Span
from glossa.translation.names import Item, compose, find_short, find_unknown, short_names

JA, KM = languages.target("ja"), languages.target("km")

RENDERINGS = {
    "ja": {
        "General": "大将",
        "Lieutenant General": "中将",
        "Prime Minister": "首相",
        "Samdech": "サムデック",
        "deputy commander": "副司令官",
        "Chief of Staff of the Joint Staff": "統合幕僚長",
        "RCAF": "カンボジア王国軍",
        "Hun Manet": "フン・マネット",
        "Koji Yamazaki": "山崎幸二",
        "Hun Sen": "フン・セン",
    },
    "km": {
        "General": "នាយឧត្តមសេនីយ៍",
        "Lieutenant General": "ឧត្តមសេនីយ៍ឯក",
        "Prime Minister": "នាយករដ្ឋមន្ត្រី",
        "Samdech": "សម្តេច",
        "deputy commander": "មេបញ្ជាការរង",
        "Chief of Staff of the Joint Staff": "នាយសេនាធិការចម្រុះ",
        "RCAF": "កងយោធពលខេមរភូមិន្ទ",
        "Hun Manet": "ហ៊ុន ម៉ាណែត",
        "Koji Yamazaki": "កូជិ យ៉ាម៉ាហ្សាគិ",
        "Hun Sen": "ហ៊ុន សែន",
    },
}
KINDS = {"RCAF": Kind.UNIT, "Hun Manet": Kind.PERSON, "Koji Yamazaki": Kind.PERSON, "Hun Sen": Kind.PERSON}


def items(text: str, lang: str) -> list[Item]:
    found = []
    for source, rendering in sorted(RENDERINGS[lang].items(), key=lambda pair: -len(pair[0])):
        at = text.find(source)
        if at >= 0 and not any(Span(at, at + len(source)).overlaps(item.span) for item in found):
            found.append(Item(source, KINDS.get(source, Kind.TITLE), Span(at, at + len(source)), rendering))
    return sorted(found, key=lambda item: item.span)


def composed(text: str, lang: str) -> list[Requirement]:
    return compose(text, items(text, lang), languages.target(lang))


@pytest.mark.parametrize(
    ("text", "ja", "km"),
    [
        ("General Koji Yamazaki arrived.", "山崎幸二大将", "នាយឧត្តមសេនីយ៍ កូជិ យ៉ាម៉ាហ្សាគិ"),
        ("[General] Koji Yamazaki arrived.", "山崎幸二大将", "នាយឧត្តមសេនីយ៍ កូជិ យ៉ាម៉ាហ្សាគិ"),
        (
            "Prime Minister General Hun Manet spoke.",
            "首相のフン・マネット大将",
            "នាយករដ្ឋមន្ត្រី នាយឧត្តមសេនីយ៍ ហ៊ុន ម៉ាណែត",
        ),
        (
            "Hun Manet, deputy commander of the RCAF, spoke.",
            "カンボジア王国軍副司令官のフン・マネット",
            "មេបញ្ជាការរងនៃកងយោធពលខេមរភូមិន្ទ ហ៊ុន ម៉ាណែត",
        ),
        (
            "Lieutenant General Hun Manet, the deputy commander, spoke.",
            "副司令官のフン・マネット中将",
            "មេបញ្ជាការរង ឧត្តមសេនីយ៍ឯក ហ៊ុន ម៉ាណែត",
        ),
        (
            "The Chief of Staff of the Joint Staff, General Koji Yamazaki, came.",
            "統合幕僚長の山崎幸二大将",
            "នាយសេនាធិការចម្រុះ នាយឧត្តមសេនីយ៍ កូជិ យ៉ាម៉ាហ្សាគិ",
        ),
        ("Samdech Hun Sen spoke.", "サムデック・フン・セン", "សម្តេច ហ៊ុន សែន"),
    ],
)
def test_title_and_name_in_the_order_of_the_language(text: str, ja: str, km: str) -> None:
    assert [r.rendering for r in composed(text, "ja")] == [ja]
    assert [r.rendering for r in composed(text, "km")] == [km]


def test_titles_that_stand_alone_stay_alone() -> None:
    requirements = composed("The Prime Minister and Hun Manet met, General aside.", "ja")
    assert [r.rendering for r in requirements] == ["首相", "フン・マネット", "大将"]


def test_a_list_is_not_an_apposition() -> None:
    assert len(composed("Hun Manet, deputy commander Koji Yamazaki and others came.", "ja")) == 2


def test_accepted_forms_are_combined() -> None:
    title = Item("General", Kind.TITLE, Span(0, 7), "大将", ("将軍",))
    person = Item("Koji Yamazaki", Kind.PERSON, Span(8, 21), "山崎幸二", ("山崎",))
    (requirement,) = compose("General Koji Yamazaki", [title, person], JA)
    assert requirement.rendering == "山崎幸二大将"
    assert set(requirement.accept) == {"山崎大将", "山崎幸二将軍", "山崎将軍"}
    assert requirement.sources == ("General", "Koji Yamazaki")


def test_short_names() -> None:
    assert short_names("Hun Manet", "フン・マネット", (), "ja")["Manet"].rendering == "マネット"
    assert short_names("Hun Manet", "ហ៊ុន ម៉ាណែត", (), "km")["Manet"].rendering == "ម៉ាណែត"
    assert short_names("Koji Yamazaki", "山崎幸二", ("山崎",), "ja")["Yamazaki"].rendering == "山崎"
    assert short_names("Kim Jong Un", "金正恩", (), "ja")["Un"].rendering == "金正恩"
    assert short_names("Duch", "ドッチ", (), "ja") == {}
    assert "フン・マネット" in short_names("Hun Manet", "フン・マネット", (), "ja")["Manet"].accept


def test_short_names_are_found_where_they_stand_alone() -> None:
    known = short_names("Hun Manet", "フン・マネット", (), "ja")
    text = "Manet's plan, and Manet Sovann, Manet."
    found = find_short(text, known, [], [])
    assert [item.span for item in found] == [Span(0, 5), Span(32, 37)]
    assert find_short("Hun said", known, [], []) == []
    assert [i.rendering for i in find_short("General Hun said", known, [], [Span(0, 7)])] == ["フン"]


def test_unknown_names_behind_titles_stay_latin() -> None:
    text = "Colonel Dara Sovann's men met Minister J. K. Smith on Monday."
    titles = [Item("Colonel", Kind.TITLE, Span(0, 7), "大佐"), Item("Minister", Kind.TITLE, Span(30, 38), "大臣")]
    unknown = find_unknown(text, titles, [title.span for title in titles])
    assert [item.rendering for item in unknown] == ["Dara Sovann", "J. K. Smith"]
    requirements = compose(text, sorted([*titles, *unknown], key=lambda item: item.span), JA)
    assert [r.rendering for r in requirements] == ["Dara Sovann大佐", "J. K. Smith大臣"]
    assert find_unknown("Prime Minister Monday said", [Item("PM", Kind.TITLE, Span(0, 14), "首相")], []) == []
