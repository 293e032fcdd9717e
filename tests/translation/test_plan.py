from __future__ import annotations

import itertools

import pytest

from glossa import languages
from glossa.model import Kind, Requirement, Status, Term
from glossa.terms.match import Matcher
from glossa.text import inline
from glossa.translation.plan import Style, plan


def term(source: str, kind: Kind, target: str, **more: object) -> Term:
    return Term(source, kind, target, "ja", Status.APPROVED, **more)  # type: ignore[arg-type]


RCAF = term("Royal Cambodian Armed Forces", Kind.UNIT, "カンボジア王国軍", acronyms=("RCAF",), accept=("カンボジア軍",))
MANET = term("Hun Manet", Kind.PERSON, "フン・マネット")
DEFENCE = term("Defense Minister", Kind.TITLE, "国防相", accept=("防衛相",), only_for=(("Japan|Japanese", "防衛相"),))
GENERAL = term("General", Kind.TITLE, "大将", scope="before-name")
TERMS = [RCAF, MANET, DEFENCE, GENERAL, term("Cambodia", Kind.PLACE, "カンボジア"), term("Japan", Kind.PLACE, "日本")]


def planned(*texts: str, acronyms: str = "introduce", lang: str = "ja") -> list[tuple[Requirement, ...]]:
    style = Style(languages.target(lang), "native" if lang == "km" else "latin", acronyms)
    return plan([inline.markdown(text) for text in texts], Matcher(TERMS), style)


def renderings(*texts: str, acronyms: str = "introduce") -> list[list[str]]:
    return [[requirement.rendering for requirement in segment] for segment in planned(*texts, acronyms=acronyms)]


def test_an_acronym_is_introduced_then_used() -> None:
    texts = ("The RCAF met.", "The Royal Cambodian Armed Forces (RCAF) met.", "The RCAF left.")
    assert renderings(*texts) == [["カンボジア王国軍"], ["カンボジア王国軍（RCAF）"], ["RCAF"]]
    assert renderings(*texts, acronyms="full") == [["カンボジア王国軍"]] * 3
    assert renderings(*texts, acronyms="latin") == [["RCAF"], ["カンボジア王国軍（RCAF）"], ["RCAF"]]


def test_the_introduction_asks_for_the_acronym() -> None:
    ((requirement,),) = planned("The Royal Cambodian Armed Forces (RCAF) met.")
    assert "カンボジア王国軍" not in requirement.accept
    assert "カンボジア軍（RCAF）" in requirement.accept
    assert requirement.sources == ("Royal Cambodian Armed Forces",)


def test_a_variant_that_looks_like_an_acronym_is_introduced_as_well() -> None:
    plus = term(
        "ASEAN Defence Ministers' Meeting-Plus",
        Kind.EVENT,
        "拡大国防相会議",
        acronyms=("ADMM-Plus",),
        variants=("ADMM Plus",),
    )
    text = "The ASEAN Defence Ministers' Meeting-Plus (ADMM-Plus) opened."
    (found,) = plan([inline.markdown(text)], Matcher([plus]), Style(languages.target("ja")))
    assert [requirement.rendering for requirement in found] == ["拡大国防相会議（ADMM-Plus）"]


def test_the_span_covers_the_brackets() -> None:
    text = "The Royal Cambodian Armed Forces (RCAF) met."
    ((requirement,),) = planned(text)
    assert requirement.span.of(text) == "Royal Cambodian Armed Forces (RCAF)"


def test_people_are_remembered() -> None:
    texts = ("Manet is unknown here.", "General Hun Manet came.", "General Manet and Manet's men left.")
    assert renderings(*texts) == [[], ["フン・マネット大将"], ["マネット大将", "マネット"]]


def test_unknown_people_are_remembered_in_latin_script() -> None:
    texts = ("General Dara Sovann came.", "Sovann left.", "He is Dara Sovann.")
    assert renderings(*texts) == [["Dara Sovann大将"], ["Sovann"], ["Dara Sovann"]]


@pytest.mark.parametrize(
    ("text", "rendering"),
    [
        ("The Defense Minister came.", "国防相"),
        ("The Japanese Defense Minister came.", "防衛相"),
        ("Japan's defence minister came.", "防衛相"),
        ("The defense minister of Japan came.", "防衛相"),
        ("Japan sent aid. The defense minister came.", "国防相"),
    ],
)
def test_renderings_depend_on_the_country(text: str, rendering: str) -> None:
    title = next(r for segment in planned(text) for r in segment if "Defense Minister" in r.sources)
    assert title.rendering == rendering
    assert {rendering, *title.accept} >= {"国防相", "防衛相"}


def test_the_country_may_be_known_from_the_person() -> None:
    president = term("President", Kind.TITLE, "大統領", accept=("国家主席",), only_for=(("China|Chinese", "国家主席"),))
    xi = term("Xi Jinping", Kind.PERSON, "習近平", definition="Chinese president since 2013")
    style = Style(languages.target("ja"))
    ((requirement,),) = plan([inline.plain("President Xi Jinping spoke.")], Matcher([president, xi]), style)
    assert requirement.rendering == "習近平国家主席"


def test_lesser_offices_are_left_alone() -> None:
    assert renderings("The Vice Defense Minister came.", "A Deputy-Defense Minister came.") == [[], []]
    assert renderings("Director-General Ana Costa and Attorney General Lee Lim came.") == [[]]


def test_nationalities_before_titles() -> None:
    assert renderings("The Cambodian Defense Minister spoke to Cambodian farmers.") == [["カンボジア国防相"]]


def test_an_acronym_is_spelled_out_inside_a_name() -> None:
    texts = ("The Royal Cambodian Armed Forces (RCAF) met.", "Hun Manet, General of the RCAF, spoke.")
    general = term("General", Kind.TITLE, "大将")
    style = Style(languages.target("ja"))
    _, (requirement,) = plan([inline.plain(t) for t in texts], Matcher([RCAF, MANET, general]), style)
    assert requirement.rendering == "カンボジア王国軍大将のフン・マネット"
    assert "RCAF大将のフン・マネット" in requirement.accept


def test_an_amount_wins_over_a_country_in_it() -> None:
    us = term("United States", Kind.PLACE, "米国", acronyms=("US",))
    style = Style(languages.target("ja"))
    ((*requirements,),) = plan([inline.plain("It cost US$25 million.")], Matcher([us]), style)
    assert "米国" not in [r.rendering for r in requirements]


def test_dates_and_terms_do_not_overlap() -> None:
    ((*requirements,),) = planned("General Hun Manet came to Cambodia on April 29, 2022.")
    assert [r.rendering for r in requirements] == ["フン・マネット大将", "カンボジア", "2022年4月29日"]
    for a, b in itertools.pairwise(requirements):
        assert a.span.end <= b.span.start


def test_a_time_and_a_day_are_one() -> None:
    ((requirement,),) = planned("They met at 9 a.m. on April 29.")
    assert requirement.rendering == "4月29日午前9時"
    ((khmer,),) = planned("They met at 9 a.m. on April 29.", lang="km")
    assert khmer.rendering.startswith("ម៉ោង ៩ ព្រឹក ថ្ងៃទី២៩ ខែមេសា")


def test_code_and_addresses_are_copied() -> None:
    ((*requirements,),) = planned("Run `glossa init` or see https://example.org/Japan today.")
    assert [(r.kind, r.rendering) for r in requirements] == [
        ("code", "`glossa init`"),
        ("code", "https://example.org/Japan"),
    ]


def test_unknown_acronyms_stay() -> None:
    assert renderings("The AUKUS pact and the F-35 came up.") == [["AUKUS", "F-35"]]
    assert renderings("The USS Savannah carries MH-60 helicopters.") == [["USS Savannah", "MH-60"]]
    assert renderings("ALL CAPITALS SAY NOTHING") == [[]]
