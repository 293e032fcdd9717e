import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossa.terms.spelling import fold, fold_text

SAME = """
defence defense|offences offenses|licence license|licencing licensing|pretence pretense|organisation organization
organise organize|organisers organizers|analyse analyze|paralysed paralyzed|labour labor|honourable honorable
harbour harbor|neighbouring neighboring|armoury armory|centre center|centred centered|theatre theater
kilometres kilometers|programme program|programmes programs|manoeuvre maneuver|manoeuvred maneuvered
manoeuvring maneuvering|counsellor counselor|councillors councilors|travelled traveled|labelling labeling
fuelled fueled|jewellery jewelry|fulfil fulfill|enrolment enrollment|instalments installments|catalogue catalog
communiqué communique|practise practice|adviser advisor|grey gray|paediatric pediatric|haemorrhage hemorrhage
demilitarisation demilitarization|judgement judgment|ploughs plows
"""
DIFFERENT = """
four for|tours tors|pouring poring|filled filed|polling poling|scoured scored|hour hor|course corse|courts corts
general generals|meeting meting|police polis|force fore|forces fores
"""


def pairs(text: str) -> list[list[str]]:
    return [pair.split() for line in text.split("\n") for pair in line.split("|") if pair.strip()]


@pytest.mark.parametrize(("british", "american"), pairs(SAME))
def test_spellings_of_one_word_have_one_key(british: str, american: str) -> None:
    assert fold(british) == fold(american)


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_text_is_folded_word_by_word() -> None:
    assert fold_text("Ministry of National Defence, Labour-Union") == fold_text(
        "ministry of national defense, labor-union"
    )
    assert fold_text("ហ៊ុន សែន 国防省") == "ហ៊ុន សែន 国防省"


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=14))
def test_a_key_is_its_own_key_nearly_always_and_never_empty(word: str) -> None:
    assert fold(word) == fold(word)
    assert bool(fold(word)) == bool(word)


@given(st.text(max_size=40))
def test_folding_keeps_the_words_apart(text: str) -> None:
    assert len(fold_text(text).split()) == len(text.lower().split())
