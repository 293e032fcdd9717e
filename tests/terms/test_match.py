from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.model import Kind, Span, Status, Term
from glossa.terms.match import Matcher, plural, plurals


def term(source: str, kind: Kind = Kind.TERM, **more: object) -> Term:
    return Term(source, kind, f"[{source}]", "ja", Status.APPROVED, **more)  # type: ignore[arg-type]


def found(text: str, *terms: Term) -> list[tuple[str, str]]:
    return [(match.term.source, match.span.of(text)) for match in Matcher(terms).find(text)]


def test_leftmost_longest() -> None:
    army, cambodia = term("Royal Cambodian Army", Kind.UNIT), term("army", Kind.UNIT)
    assert found("The Royal Cambodian Army is an army.", army, cambodia) == [
        ("Royal Cambodian Army", "Royal Cambodian Army"),
        ("army", "army"),
    ]


def test_words_are_whole() -> None:
    assert found("The armyworm ate the car in Nicaragua.", term("army"), term("CAR")) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("counter-terrorism", "counter-terrorism"),
        ("counterterrorism", "counterterrorism"),
        ("counter terrorism", "counter terrorism"),
        ("Counter‑Terrorism", "Counter‑Terrorism"),
        ("counter-\nterrorism", "counter-\nterrorism"),
    ],
)
def test_hyphens(text: str, seen: str) -> None:
    assert found(f"On {text}, he spoke.", term("counter-terrorism")) == [("counter-terrorism", seen)]


def test_a_joined_term_is_found_in_its_hyphenated_form() -> None:
    assert found("a counter-terrorism unit", term("counterterrorism")) == [("counterterrorism", "counter-terrorism")]


@pytest.mark.parametrize(
    "text", ["Peace  Palace", "Peace\nPalace", "Peace\u00a0Palace", "peace palace", "Peace Palace"]
)
def test_blanks_and_case(text: str) -> None:
    assert found(f"at the {text} today", term("Peace Palace", Kind.INSTITUTION)) == [("Peace Palace", text)]


@pytest.mark.parametrize("text", ["Ministry of National Defence", "Ministry of National Defense"])
def test_spelling(text: str) -> None:
    assert found(text, term("Ministry of National Defence"))[0][1] == text
    assert found(text, term("Ministry of National Defense"))[0][1] == text


def test_possessive_stays_outside() -> None:
    assert found("the RCAF's plans and the army’s", term("Force", acronyms=("RCAF",)), term("army")) == [
        ("Force", "RCAF"),
        ("army", "army"),
    ]
    assert found("the People's Liberation Army's", term("People's Liberation Army")) == [
        ("People's Liberation Army", "People's Liberation Army")
    ]


@pytest.mark.parametrize(
    ("singular", "many"),
    [
        ("joint exercise", "joint exercises"),
        ("Chief of Staff", "Chiefs of Staff"),
        ("commander-in-chief", "commanders-in-chief"),
        ("Minister of Defence", "Ministers of Defence"),
        ("Attorney General", "Attorneys General"),
        ("embassy", "embassies"),
        ("spokesman", "spokesmen"),
    ],
)
def test_plurals(singular: str, many: str) -> None:
    assert many in list(plurals(singular))
    assert found(f"two {many} met", term(singular)) == [(singular, many)]


def test_irregular_plurals() -> None:
    words = ("human", "German", "chairman", "hero", "analysis", "chairperson")
    assert [plural(word) for word in words] == ["humans", "Germans", "chairmen", "heroes", "analyses", "chairpersons"]
    assert list(plurals("chairperson")) == ["chairpersons", "chairpeople"]


def test_letters_of_all_kinds() -> None:
    general = term("General", Kind.TITLE, scope="before-name", variants=("Gen.",))
    for text in ("General Özel spoke", "Gen. Ángel spoke", "General Şahin spoke"):
        assert len(found(text, general)) == 1, text
    assert found("the CAMBODIA'S and Cam\u00adbodia", term("Cambodia", Kind.PLACE)) == [
        ("Cambodia", "CAMBODIA"),
        ("Cambodia", "Cam\u00adbodia"),
    ]
    assert found("a communique\u0301 and", term("communiqué")) == [("communiqué", "communique\u0301")]
    assert found("COVID‑19 and COVID–19", term("COVID-19")) == [("COVID-19", "COVID‑19"), ("COVID-19", "COVID–19")]


def test_before_a_name_is_not_before_an_institution() -> None:
    general = term("General", Kind.TITLE, scope="before-name")
    assert found("The General Assembly and General Secretary Lam met.", general) == []


def test_dotted_acronyms_keep_their_case() -> None:
    army = term("U.S. Army", Kind.UNIT, variants=("US Army",))
    assert found("gave us army boots to the US Army and U.S. army", army) == [
        ("U.S. Army", "US Army"),
        ("U.S. Army", "U.S. army"),
    ]


def test_plural_and_dotted_acronyms_are_acronyms() -> None:
    drone = term("unmanned aerial vehicle", acronyms=("UAV",))
    us = term("United States", Kind.PLACE, acronyms=("US",), variants=("U.S.",))
    assert [m.acronym for m in Matcher([drone]).find("Unmanned aerial vehicles (UAVs)")] == [False, True]
    assert [m.acronym for m in Matcher([us]).find("The United States, the US and the U.S.")] == [False, True, True]


def test_indexing_only_what_may_occur_changes_nothing() -> None:
    sources = ["Chief of Staff", "counter-terrorism", "army", "U.S. Army", "Peace Palace", "joint exercise"]
    terms = [term(source, acronyms=("CT",) if source == "counter-terrorism" else ()) for source in sources]
    text = "Chiefs of Staff of the U.S. Army's counterterrorism units (CT) at the Peace Palace's joint exercises."
    assert Matcher(terms, [text]).find(text) == Matcher(terms).find(text)
    assert Matcher(terms, ["Nothing of the kind."]).find(text) == ()


def test_plural_leaves_plurals_alone() -> None:
    assert [plural(word) for word in ("forces", "Staff", "box", "crisis", "1980s")] == [
        "forces", "Staffs", "boxes", "crises", "1980s",
    ]  # fmt: skip


def test_acronyms_are_case_sensitive() -> None:
    who = term("World Health Organization", acronyms=("WHO",))
    us = term("United States", Kind.PLACE, acronyms=("US",), variants=("U.S.",))
    assert found("It told us who came; the WHO and the US did.", who, us) == [
        ("World Health Organization", "WHO"),
        ("United States", "US"),
    ]
    assert found("The U.S. Army", us) == [("United States", "U.S.")]
    assert found("many NGOs", term("non-governmental organization", acronyms=("NGO",))) == [
        ("non-governmental organization", "NGOs")
    ]


def test_acronym_matches_say_so() -> None:
    un = term("United Nations", acronyms=("UN",))
    assert [match.acronym for match in Matcher([un]).find("The United Nations (UN) met.")] == [False, True]


def test_general_only_before_a_name() -> None:
    general = term("General", Kind.TITLE, scope="before-name", variants=("Gen.",))
    assert found(
        "General Yamazaki and Gen. Pisen addressed the general public. In General, it went well.", general
    ) == [
        ("General", "General"),
        ("General", "Gen."),
    ]
    assert found("[General] Yamazaki", general) == [("General", "General")]


def test_names_need_their_capital() -> None:
    assert found("a turkey from Turkey", term("Turkey", Kind.PLACE)) == [("Turkey", "Turkey")]


def test_abbreviated_titles() -> None:
    title = term("Lieutenant General", Kind.TITLE, variants=("Lt. Gen.", "Lt Gen"))
    for text in ("Lt. Gen. Hun Manet", "Lt Gen Hun Manet", "LIEUTENANT GENERAL Hun Manet"):
        assert len(found(text, title)) == 1, text


def test_test_sentences() -> None:
    """Sixty sentences with the terms that a reader finds in them, over the seed glossary."""
    from glossa import index, workspace
    from glossa.workspace import Config, Workspace

    _ = workspace
    here = Workspace(None, Config())
    terms = {
        lang: index.load_terms(here, lang, {"GLOSSA_CACHE_DIR": "/nonexistent"}, Path("/nonexistent"))
        for lang in ("km", "ja")
    }
    approved = {
        lang: {(t.source, t.kind) for t in terms[lang] if t.status is Status.APPROVED and t.target} for lang in terms
    }
    matcher = Matcher(t for t in terms["ja"] if (t.source, t.kind) in approved["km"] & approved["ja"])
    lines = (Path(__file__).parent.parent / "data" / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 60
    for line in lines:
        sentence, _, wanted = line.partition("\t")
        assert [match.term.source for match in matcher.find(sentence)] == [w for w in wanted.split("|") if w], sentence


WORDS = ["red", "blue", "army", "peace", "palace", "joint", "of", "staff"]


def naive(text: str, sources: list[str]) -> list[tuple[str, Span]]:
    """Leftmost-longest by trying every term at every place."""
    at, out = 0, []
    while at < len(text):
        best = None
        for source in sources:
            pattern = r"\s+".join(map(re.escape, source.split()))
            match = re.compile(rf"(?<![\w])(?:{pattern})(?!\w)", re.IGNORECASE).match(text, at)
            if match and (best is None or match.end() > best[1].end):
                best = (source, Span(*match.span()))
        if best:
            out.append(best)
            at = best[1].end
        else:
            at += 1
    return out


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6, unique=True
    ),
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "  ", ", ", ". ", "\n", " “", "” "])), max_size=20
    ),
)
@settings(deadline=None)
def test_agrees_with_a_naive_matcher(sources: list[str], pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    # The naive matcher does not cross quotation marks; neither text has them inside a term's blanks by chance.
    text = text.replace("“", "(").replace("”", ")")
    got = [(m.term.source, m.span) for m in Matcher(term(s) for s in sources).find(text)]
    assert [(s, span) for s, span in got] == naive(text, sources)


def test_linear_in_text_with_many_terms() -> None:
    matcher = Matcher(term(f"unit number{i} alpha", Kind.UNIT) for i in range(20_000))
    text = "The unit number17 alpha and the unit of the army met again. " * 50
    start = time.perf_counter()
    assert len(matcher.find(text)) == 50
    once = time.perf_counter() - start
    start = time.perf_counter()
    assert len(matcher.find(text * 10)) == 500
    assert time.perf_counter() - start < 40 * once + 0.05
