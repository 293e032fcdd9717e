from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.catalogs import po as po_text
from glossa.errors import DataError
from glossa.model import Kind, Status, Term
from glossa.terms.glossary import (
    EXTRACTED,
    TRANSLATORS,
    catalogue_entry,
    facts,
    from_po,
    join,
    override,
    template_entry,
    with_facts,
)
from glossa.text.normalize import canonical

PATH = Path("glossary/ja/test.po")
POT = Path("glossary/test.pot")


def parse(text: str, path: Path = PATH) -> polib.POFile:
    return po_text.parse(text, path)


def terms(text: str, template: str | None = None) -> tuple[Term, ...]:
    pot = None if template is None else parse(template, POT)
    return from_po(pot, parse(text), "ja", "test", PATH, template_path=POT)


def term(source: str, target: str = "訳", **more: object) -> Term:
    status = Status.APPROVED if target else Status.PROPOSED
    facts: dict[str, object] = {"kind": Kind.TERM, "status": status, **more}
    return Term(source, target=target, lang="ja", **facts)  # type: ignore[arg-type]


def test_an_entry_with_everything() -> None:
    (found,) = terms(
        """
# accept: 国防相たち
# Just a remark: nothing for Glossa.
# forbid: 防衛省
# note: ask Mr. Sato
# only-for: Japan | Japanese = 防衛相
#. definition: Head of a ministry
#. acronym: DM
#. acronym: DefMin
#. variant: Minister of Defence
#. scope: before-name
#: visit.md:12 visit.md:30
msgctxt "title"
msgid "Defence Minister"
msgstr "国防相"
"""
    )
    assert found == Term(
        "Defence Minister",
        Kind.TITLE,
        "国防相",
        "ja",
        Status.APPROVED,
        acronyms=("DM", "DefMin"),
        variants=("Minister of Defence",),
        accept=("国防相たち",),
        forbid=("防衛省",),
        only_for=(("Japan|Japanese", "防衛相"),),
        scope="before-name",
        definition="Head of a ministry",
        note="ask Mr. Sato",
        references=("visit.md:12", "visit.md:30"),
        domain="test",
    )


def test_fuzzy_and_empty_entries_are_proposed_and_obsolete_ones_are_gone() -> None:
    found = terms(
        """
# accept: 陸軍部隊
#, fuzzy
msgctxt "unit"
msgid "army"
msgstr "陸軍"

msgctxt "unit"
msgid "navy"
msgstr ""

#~ msgctxt "unit"
#~ msgid "air force"
#~ msgstr "空軍"
"""
    )
    assert [(t.source, t.target, t.status) for t in found] == [
        ("army", "陸軍", Status.PROPOSED),
        ("navy", "", Status.PROPOSED),
    ]
    assert found[0].accept == ("陸軍部隊",)


def test_the_template_adds_terms_and_rules_over_extracted_comments() -> None:
    template = """
#. definition: new
#. acronym: N
#: a.md:1
msgctxt "unit"
msgid "navy"
msgstr ""

msgctxt "unit"
msgid "army"
msgstr ""
"""
    found = terms(
        """
# variant: Navy of ours
#. definition: old
#: b.md:2
msgctxt "unit"
msgid "navy"
msgstr "海軍"
""",
        template,
    )
    assert [t.source for t in found] == ["navy", "army"]
    assert found[0].definition == "new"
    assert found[0].acronyms == ("N",)
    assert found[0].variants == ("Navy of ours",)
    assert found[0].references == ("a.md:1", "b.md:2")
    assert (found[1].target, found[1].status) == ("", Status.PROPOSED)


def test_texts_are_compared_in_one_form() -> None:
    (found,) = terms('msgctxt "person"\nmsgid "Hun  Sen"\nmsgstr "ហ៊ុន\u200b សែន "\n')
    assert (found.source, found.target) == ("Hun Sen", "ហ៊ុន សែន")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('msgid "army"\nmsgstr "陸軍"\n', 1, "no kind"),
        ('\nmsgctxt "titel"\nmsgid "army"\nmsgstr "陸軍"\n', 3, "unknown kind 'titel'"),
        ('msgctxt "unit"\nmsgid ""\nmsgstr "陸軍"\n', 2, "without text"),
        ('msgctxt "unit"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "陸軍"\n', 2, "plural"),
        ('# only-for: Japan 防衛相\nmsgctxt "unit"\nmsgid "a"\nmsgstr "b"\n', 3, "only-for"),
        ('#. scope: after-name\nmsgctxt "unit"\nmsgid "a"\nmsgstr "b"\n', 3, "scope"),
        ('#. status: done\nmsgctxt "unit"\nmsgid "a"\nmsgstr "b"\n', 3, "unknown status 'done'"),
    ],
)
def test_what_is_not_a_term_is_refused_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(DataError, match=what) as caught:
        terms(text)
    assert (caught.value.path, caught.value.line) == (PATH, line)


def test_a_mistake_in_the_template_names_the_template() -> None:
    with pytest.raises(DataError) as caught:
        terms("", '#. scope: x\nmsgctxt "unit"\nmsgid "a"\nmsgstr ""\n')
    assert (caught.value.path, caught.value.line) == (POT, 3)


def test_comments_broken_by_polib_are_put_together_again() -> None:
    long = "the joint staff of all services of the armed forces, which plans counter-terrorism and disaster relief"
    before = term("joint staff", "統合参謀本部", definition=long, note=long, accept=("統合幕僚監部",), domain="test")
    catalogue = po_text.new("ja", "test")
    catalogue.append(catalogue_entry(before))
    saved = str(polib.pofile(po_text.dump(catalogue)))  # polib breaks long comments at 78 columns
    assert long not in saved
    assert terms(saved) == (before,)


SIGNS = "abcXYZ éő-'.&() 0123:|=#\"\\\\ កខហុ៊្រា 国防・ーカ"
WORDS = (
    st.text(alphabet=SIGNS, min_size=1, max_size=20).map(lambda text: " ".join(canonical(text).split())).filter(bool)
)
LISTS = st.lists(WORDS, max_size=3, unique=True)
COUNTRIES = st.lists(st.sampled_from(["Japan", "Japanese", "South Korea", "U.S."]), min_size=1, unique=True)


@st.composite
def made_up(draw: st.DrawFn) -> Term:
    source, target = draw(WORDS), draw(st.one_of(st.just(""), WORDS))
    return Term(
        source,
        draw(st.sampled_from(Kind)),
        target,
        "ja",
        draw(st.sampled_from(Status)) if target else Status.PROPOSED,
        acronyms=tuple(text for text in draw(LISTS) if text != source),
        variants=tuple(text for text in draw(LISTS) if text != source),
        accept=tuple(text for text in draw(LISTS) if text != target),
        forbid=tuple(draw(LISTS)),
        only_for=tuple(dict.fromkeys(("|".join(draw(COUNTRIES)), text) for text in draw(LISTS))),
        scope=draw(st.sampled_from(["", "before-name"])),
        definition=draw(st.one_of(st.just(""), WORDS)),
        note="\n".join(draw(LISTS)),
        references=tuple(draw(st.lists(st.sampled_from(["a.md:1", "b c.md:12", "d.txt", "e:3"]), unique=True))),
        domain="test",
        rejected=draw(st.booleans()),
        reject=tuple(draw(LISTS)),
        origin=draw(st.one_of(st.just(""), WORDS)),
    )


@given(st.lists(made_up(), max_size=4, unique_by=lambda one: (one.source, one.kind)))
@settings(deadline=None)
def test_terms_survive_the_files(all_terms: list[Term]) -> None:
    template, catalogue = po_text.new(None, "test"), po_text.new("ja", "test")
    template.extend(map(template_entry, all_terms))
    catalogue.extend(map(catalogue_entry, all_terms))
    assert terms(po_text.dump(catalogue), po_text.dump(template)) == tuple(all_terms)
    assert terms(po_text.dump(catalogue)) == tuple(all_terms)


def test_a_rendering_overrides_and_english_facts_are_kept() -> None:
    base = term("Ministry of Defence", "国防省", acronyms=("MOD",), variants=("Defence Ministry",), accept=("防衛省",))
    over = term("Ministry of Defense", "防衛省")
    (found,) = override([base], [over])
    assert (found.source, found.target, found.accept) == ("Ministry of Defense", "防衛省", ())
    assert (found.acronyms, found.variants) == (("MOD",), ("Defence Ministry",))


def test_a_proposed_rendering_suspends_and_an_empty_one_does_not() -> None:
    base = term("army", "陸軍")
    (suspended,) = override([base], [term("army", "軍", status=Status.PROPOSED)])
    assert (suspended.target, suspended.status) == ("軍", Status.PROPOSED)
    (kept,) = override([base], [term("army", "", references=("a.md:1",))])
    assert (kept.target, kept.status, kept.references) == ("陸軍", Status.APPROVED, ("a.md:1",))


def test_kinds_are_different_terms() -> None:
    found = override([term("General", kind=Kind.TITLE)], [term("general", kind=Kind.TERM)])
    assert len(found) == 2


def test_acronyms_and_variants_go_to_the_term_that_overrides() -> None:
    base = term("Prime Minister", acronyms=("PM", "P.M."), variants=("Premier", "head of government"))
    over = term("Provincial Militia", acronyms=("PM",), variants=("premier",))
    first, second = override([base], [over])
    assert (first.acronyms, first.variants) == (("P.M.",), ("head of government",))
    assert second == over
    unapproved = term("Provincial Militia", "民兵", status=Status.PROPOSED, acronyms=("PM",))
    assert override([base], [unapproved])[0] == base


def test_within_one_glossary_the_approved_entry_counts() -> None:
    proposed = term("army", "軍", status=Status.PROPOSED, acronyms=("A",))
    approved = term("Army", "陸軍")
    for order in ([proposed], [approved]), ([approved], [proposed]):
        (found,) = join(order)
        assert (found.target, found.acronyms) == ("陸軍", ("A",))


def test_what_was_rejected_says_so() -> None:
    entry = 'msgctxt "unit"\nmsgid "army"\nmsgstr "陸軍"\n'
    assert not terms(f"# status: not yet read\n{entry}")[0].rejected
    assert terms(f"# status: rejected\n{entry}")[0].rejected
    (found,) = terms(f"# reject: 軍\n# origin: machine: en-ja 1.0\n#. status: Rejected\n{entry}")
    assert (found.rejected, found.reject, found.origin) == (True, ("軍",), "machine: en-ja 1.0")
    template = 'msgctxt "unit"\nmsgid "army"\nmsgstr ""\n'
    assert terms(entry, "#. status: rejected\n" + template)[0].rejected
    assert not terms("#. status: rejected\n" + entry, template)[0].rejected  # the template was edited


def test_a_rejected_term_hides_the_one_below_and_claims_nothing() -> None:
    base = term("army", "陸軍", acronyms=("A",)), term("Axis", acronyms=("PM",))
    rejected = term("Army", "軍", rejected=True, acronyms=("PM",))
    found = override(base, [rejected])
    assert found == (rejected, base[1])
    (back,) = override([rejected], [term("army", "陸軍")])
    assert (back.target, back.rejected) == ("陸軍", False)
    assert override([rejected], [term("army", "")])[0].rejected


def test_a_refused_rendering_is_gone() -> None:
    base = term("army", "陸軍", accept=("軍",), acronyms=("A",))
    (found,) = override([base], [term("army", "", reject=("陸軍", "兵"))])
    assert (found.target, found.status, found.accept) == ("", Status.PROPOSED, ())
    assert (found.acronyms, found.reject) == (("A",), ("陸軍", "兵"))
    (found,) = override([base], [term("army", "", reject=("兵",))])
    assert (found.target, found.status, found.reject) == ("陸軍", Status.APPROVED, ("兵",))


def test_within_one_glossary_a_rejection_counts_more_than_a_proposal() -> None:
    rejected = term("army", "軍", rejected=True)
    proposed = term("Army", "陸軍", status=Status.PROPOSED)
    for order in ([proposed], [rejected]), ([rejected], [proposed]):
        assert join(order) == (rejected,)
    approved = term("Army", "陸軍")
    for order in ([approved], [rejected]), ([rejected], [approved]):
        (found,) = join(order)
        assert (found.target, found.rejected) == ("陸軍", False)


def test_facts_are_changed_where_they_stand() -> None:
    comment = "accept: ក\u200bខ\nby Sato\nreject: x\naccept: b\nhm"
    assert with_facts(comment, "accept", ["កខ", "b"], TRANSLATORS) == comment
    changed = with_facts(comment, "accept", ["c", "កខ"], TRANSLATORS)
    assert changed == "accept: c\naccept: ក\u200bខ\nby Sato\nreject: x\nhm"
    assert with_facts(comment, "accept", [], TRANSLATORS) == "by Sato\nreject: x\nhm"
    assert with_facts("", "note", ["a \\"], TRANSLATORS) == "note: a \\\u200b"


@given(
    st.lists(
        st.one_of(
            WORDS,
            WORDS.map("accept: {}".format),
            WORDS.map("note: {}".format),
            st.sampled_from(["x" * 90, "note: " + "y" * 75]),
        ),
        max_size=5,
    ),
    st.lists(st.one_of(WORDS, st.just("long " * 20)), max_size=3),
)
def test_changing_one_sort_of_facts_leaves_the_others(lines: list[str], values: list[str]) -> None:
    comment = "\n".join(lines)
    for sort in (EXTRACTED, TRANSLATORS):
        changed = with_facts(comment, "accept", values, sort)
        assert facts(changed, "accept", sort) == tuple(dict.fromkeys(" ".join(value.split()) for value in values))
        assert facts(changed, "note", sort) == facts(comment, "note", sort)
        assert with_facts(changed, "accept", values, sort) == changed
