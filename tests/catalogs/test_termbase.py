import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.catalogs import po
from glossa.catalogs.termbase import Domain, Editor, Names, merge
from glossa.model import Candidate, Kind, Proposal, Status
from glossa.terms.glossary import from_po

THEN, NOW, LATER = "2020-01-31 12:00+0700", "2020-02-01 08:30+0700", "2020-02-02 09:00+0700"
LANGS = ("km", "ja")
EMPTY = Domain("visit", None, dict.fromkeys(LANGS))
needs_gettext = pytest.mark.skipif(shutil.which("msgmerge") is None, reason="GNU gettext is not installed")


def candidate(term, kind=Kind.UNIT, *references, **more):
    more = {"count": 1, "documents": 1, "score": 0.9} | more
    return Candidate(term, kind, references=references, **more)


ARMY = candidate(
    "Royal Cambodian Army", Kind.UNIT, "a.md:3", "a.md:9", "b.md:1", acronyms=("RCA",), variants=("RC Army",)
)
PALACE = candidate("Peace Palace", Kind.INSTITUTION, "a.md:4", short_forms=("Palace",))
PROPOSED = {
    "km": {(Kind.UNIT, "Royal Cambodian Army"): Proposal("កងទ័ពជើងគោក", "glossary: Army")},
    "ja": {
        (Kind.UNIT, "Royal Cambodian Army"): Proposal("カンボジア陸軍", "composed: Cambodia + army"),
        (Kind.INSTITUTION, "Peace Palace"): Proposal("平和宮殿", "machine: en-ja 1.0"),
    },
}


def run(domain, *candidates, proposals=PROPOSED, files=("a.md", "b.md"), now=NOW):
    return merge(domain, candidates, proposals, files=files, now=now)


def parse(text):
    return po.parse(text, Path("visit.po"))


def texts(domain):
    files = {None: domain.template, **domain.catalogues}
    return {lang: None if file is None else po.dump(file) for lang, file in files.items()}


def reread(domain):
    again = {lang: None if text is None else parse(text) for lang, text in texts(domain).items()}
    return Domain(domain.name, again.pop(None), again)


def entry(domain, lang, term):
    file = domain.template if lang is None else domain.catalogues[lang]
    return next((e for e in file or () if e.msgid == term), None)


def english(*entries):
    return Domain("visit", parse("\n".join(entries)), dict.fromkeys(LANGS))


def japanese(text, template=None):
    return Domain("visit", None if template is None else parse(template), {"ja": parse(text)})


# merge


def test_new_terms_enter_the_template_and_every_catalogue():
    domain = run(EMPTY, ARMY, PALACE)
    body = po.dump(domain.template).split("\n\n", 1)[1]
    assert body == (
        "#. acronym: RCA\n#. variant: RC Army\n#: a.md:3 a.md:9 b.md:1\n"
        'msgctxt "unit"\nmsgid "Royal Cambodian Army"\nmsgstr ""\n\n'
        '#: a.md:4\nmsgctxt "institution"\nmsgid "Peace Palace"\nmsgstr ""\n'
    )
    body = po.dump(domain.catalogues["ja"]).split("\n\n", 1)[1]
    assert body.startswith(
        "# origin: composed: Cambodia + army\n#. acronym: RCA\n#. variant: RC Army\n#: a.md:3 a.md:9 b.md:1\n"
        '#, fuzzy\nmsgctxt "unit"\nmsgid "Royal Cambodian Army"\nmsgstr "カンボジア陸軍"\n'
    )
    assert (entry(domain, "km", "Peace Palace").msgstr, entry(domain, "km", "Peace Palace").flags) == ("", [])
    assert domain.template.metadata["POT-Creation-Date"] == NOW
    assert domain.catalogues["km"].metadata["PO-Revision-Date"] == NOW
    assert EMPTY.template is None


def test_nothing_found_makes_no_files():
    assert run(EMPTY) == EMPTY


def test_twice_is_once():
    once = run(EMPTY, ARMY, PALACE)
    for domain in (once, reread(once)):
        twice = run(domain, ARMY, PALACE, now=LATER)
        assert texts(twice) == texts(once)
        assert twice.template is domain.template
        assert all(twice.catalogues[lang] is domain.catalogues[lang] for lang in LANGS)


def test_what_is_given_is_not_changed():
    domain = run(EMPTY, ARMY)
    before = texts(domain)
    run(domain, candidate("Royal Cambodian Army", Kind.UNIT, "c.md:1"), PALACE, files=["a.md"])
    editor = Editor(domain, LATER)
    key = ("unit", "Royal Cambodian Army")
    editor.approve(key, "km")
    editor.reject(key)
    editor.put(key, "ja", "陸軍", {"acronym": ["X"]}, {"note": ["hm"]})
    editor.remove(key)
    editor.result()
    assert texts(domain) == before


REVIEWED = """# by Sato
# note: ask again
#. variant: RC Army
#: a.md:1
#, fuzzy, no-wrap
#| msgid "Cambodian Army"
msgctxt "unit"
msgid "Royal Cambodian army"
msgstr "陸軍"
"""


@pytest.mark.parametrize("term", ["Royal Cambodian Army", "Royal  Cambodian ARMY", "RC Army"])
def test_what_is_there_stays_as_it_is(term):
    for text in (REVIEWED, REVIEWED.replace("fuzzy, ", "")):
        domain = run(japanese(text), candidate(term, Kind.UNIT, "a.md:7"))
        (only,) = domain.catalogues["ja"]
        assert po.dump(domain.catalogues["ja"]).endswith(text.replace("a.md:1", "a.md:7"))
        # the template has it now, too, with what was known of it
        assert [(e.msgid, e.comment) for e in domain.template] == [("Royal Cambodian army", "variant: RC Army")]
        assert only.occurrences == [("a.md", "7")]


def test_an_acronym_that_stands_alone_is_the_term_that_has_it():
    domain = run(EMPTY, ARMY)
    proposals = {"km": {(Kind.UNIT, "RCA"): Proposal("អេ", "machine")}}
    entry(domain, "km", "Royal Cambodian Army").msgstr = ""
    domain = run(domain, candidate("RCA", Kind.UNIT, "c.md:1"), proposals=proposals, files=["c.md"])
    assert [e.msgid for e in domain.template] == ["Royal Cambodian Army"]
    assert entry(domain, None, "Royal Cambodian Army").occurrences[-1] == ("c.md", "1")
    assert entry(domain, "km", "Royal Cambodian Army").msgstr == ""


def test_another_kind_of_the_same_name_is_not_added():
    domain = run(EMPTY, candidate("General", Kind.TITLE, "a.md:1"))
    proposals = {"ja": {(Kind.UNIT, "general"): Proposal("一般", "machine")}}
    domain = run(domain, candidate("general", Kind.UNIT, "b.md:2"), proposals=proposals, files=["b.md"])
    assert [(e.msgctxt, e.msgid) for e in domain.template] == [("title", "General")]
    assert entry(domain, "ja", "General").occurrences == [("a.md", "1"), ("b.md", "2")]
    assert entry(domain, "ja", "General").msgstr == ""


def test_an_empty_rendering_gets_a_proposal_and_no_other():
    text = '# origin: long ago\n# hm\nmsgctxt "institution"\nmsgid "Peace Palace"\nmsgstr ""\n'
    found = entry(run(japanese(text), PALACE), "ja", "Peace Palace")
    assert (found.msgstr, found.flags) == ("平和宮殿", ["fuzzy"])
    assert found.tcomment == "origin: machine: en-ja 1.0\nhm"


@pytest.mark.parametrize("fact", ["reject: 平和宮殿", "reject: 平和\u200b宮殿", "forbid: 平和宮殿", "status: rejected"])
def test_what_was_refused_is_not_proposed_again(fact):
    text = f'# {fact}\nmsgctxt "institution"\nmsgid "Peace Palace"\nmsgstr ""\n'
    assert entry(run(japanese(text), PALACE), "ja", "Peace Palace").msgstr == ""
    other = {"ja": {(Kind.INSTITUTION, "Peace Palace"): Proposal("平和館", "machine")}}
    expected = "" if "status" in fact else "平和館"
    assert entry(run(japanese(text), PALACE, proposals=other), "ja", "Peace Palace").msgstr == expected


def test_a_term_rejected_in_the_template_gets_no_proposal_in_any_language():
    domain = run(english('#. status: rejected\nmsgctxt "institution"\nmsgid "Peace Palace"\nmsgstr ""\n'), PALACE)
    assert entry(domain, "ja", "Peace Palace").msgstr == ""
    assert len(domain.template) == 1


def test_references_to_the_files_of_the_run_are_replaced():
    first = run(EMPTY, ARMY, PALACE)
    domain = run(
        first, candidate("Royal Cambodian Army", Kind.UNIT, "b.md:1", "b.md:20", "c.md:5"), files=["b.md", "c.md"]
    )
    for lang in (None, *LANGS):
        assert entry(domain, lang, "Royal Cambodian Army").occurrences == [
            ("a.md", "3"), ("a.md", "9"), ("b.md", "1"), ("b.md", "20"), ("c.md", "5")
        ]  # fmt: skip
        assert entry(domain, lang, "Peace Palace").occurrences == [("a.md", "4")]
    gone = run(domain, files=["a.md", "c.md"])
    assert entry(gone, "ja", "Royal Cambodian Army").occurrences == [("b.md", "1"), ("b.md", "20")]
    assert entry(gone, "ja", "Peace Palace").msgstr == "平和宮殿"
    assert entry(gone, "ja", "Peace Palace").occurrences == []


def test_order_header_and_what_others_wrote_are_kept():
    text = (
        "# Our team's glossary\n"
        'msgid ""\nmsgstr ""\n"X-Generator: Poedit 3.4\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"PO-Revision-Date: 2000-01-01 00:00+0000\\n"\n"X-Team: us\\n"\n\n'
        'msgctxt "unit"\nmsgid "navy"\nmsgstr "海軍"\n\n'
        'msgctxt "unit"\nmsgid "air force"\nmsgstr "空軍"\n\n'
        '#~ msgctxt "unit"\n#~ msgid "cavalry"\n#~ msgstr "騎兵"\n'
    )
    template = 'msgctxt "unit"\nmsgid "air force"\nmsgstr ""\n\nmsgctxt "unit"\nmsgid "marines"\nmsgstr ""\n'
    domain = run(japanese(text, template), PALACE, ARMY)
    catalogue = domain.catalogues["ja"]
    live = [e.msgid for e in catalogue if not e.obsolete]
    # as msgmerge: what the template has and the catalogue lacked; what only the catalogue has stays
    assert live == ["navy", "air force", "marines", "Peace Palace", "Royal Cambodian Army"]
    assert [e.msgid for e in domain.template] == ["air force", "marines", "Peace Palace", "Royal Cambodian Army"]
    assert [e.msgid for e in catalogue if e.obsolete] == ["cavalry"]
    assert catalogue.header == "Our team's glossary"
    assert catalogue.metadata == {
        "X-Generator": "Poedit 3.4",
        "Content-Type": "text/plain; charset=UTF-8",
        "PO-Revision-Date": NOW,
        "X-Team": "us",
    }


def test_an_obsolete_entry_returns_with_its_rendering_as_proposed():
    for msgid in ("Peace Palace", "peace palace"):
        text = (
            f'# note: hm\n#. definition: an office\n#~ msgctxt "institution"\n#~ msgid "{msgid}"\n#~ msgstr "和平宮"\n'
        )
        domain = run(japanese(text), PALACE)
        (found,) = domain.catalogues["ja"]
        assert (found.msgid, found.msgstr, found.flags, found.obsolete) == (msgid, "和平宮", ["fuzzy"], False)
        assert (found.tcomment, found.comment, found.occurrences) == (
            "note: hm",
            "definition: an office",
            [("a.md", "4")],
        )


def test_a_variant_that_is_another_terms_name_is_left_out():
    domain = run(EMPTY, candidate("army", Kind.UNIT))
    more = candidate("Royal Army", Kind.UNIT, variants=("Army", "royal army", "RA\n2", ""), acronyms=("RA", "RA"))
    assert entry(run(domain, more), None, "Royal Army").comment == "acronym: RA\nvariant: RA 2"


def test_what_a_po_file_cannot_hold():
    odd = candidate("a\x00 b\nc\x04", Kind.TERM, "my article.md:1", "x\udc80\n.md:2")
    proposals = {"ja": {(Kind.TERM, odd.term): Proposal("訳\n文\x00", "some\nwhere \\")}}
    domain = run(
        EMPTY, odd, candidate(" \x00", Kind.TERM), proposals=proposals, files=["my article.md", "x\udc80\n.md"]
    )
    again = run(reread(domain), odd, proposals=proposals, files=["my article.md", "x\udc80\n.md"])
    assert texts(again) == texts(domain)
    (found,) = from_po(domain.template, domain.catalogues["ja"], "ja", "visit", Path("visit.po"))
    assert (found.source, found.target, found.origin) == ("a b c", "訳 文", "some where \\")
    assert found.references == ("my article.md:1", "x?_.md:2")


WORDS = st.sampled_from(["army", "Army", "royal army", "RA", "navy", "defence force", "Defense Force", "palace", "DF"])
CANDIDATES = st.lists(
    st.builds(
        candidate,
        WORDS,
        st.sampled_from([Kind.UNIT, Kind.TERM]),
        st.sampled_from(["a.md:1", "a.md:2", "b.md:1"]),
        st.sampled_from(["a.md:3", "c.md:4"]),
        variants=st.lists(WORDS, max_size=2).map(tuple),
        acronyms=st.lists(st.sampled_from(["RA", "DF"]), max_size=1).map(tuple),
    ),
    max_size=6,
)
PROPOSALS = st.fixed_dictionaries(
    {
        lang: st.dictionaries(
            st.tuples(st.sampled_from([Kind.UNIT, Kind.TERM]), WORDS),
            st.builds(Proposal, st.sampled_from(["甲", "乙", "ក", " "]), st.sampled_from(["glossary: x", "CLDR"])),
        )
        for lang in LANGS
    }
)
MARKS = st.sampled_from(["approve", "reject", "reject-ja", "remove", "empty", "leave"])
FILES = st.lists(st.sampled_from(["a.md", "b.md", "c.md"]), unique=True)


@given(st.lists(st.tuples(CANDIDATES, PROPOSALS, FILES, st.lists(MARKS, max_size=6)), min_size=1, max_size=3))
@settings(deadline=None, max_examples=150)
def test_whatever_was_decided_before_twice_is_once_and_decisions_stay(rounds):
    domain = EMPTY
    for found, proposals, files, marks in rounds:
        before = {lang: {(e.msgctxt, e.msgid): e for e in file or ()} for lang, file in domain.catalogues.items()}
        once = merge(domain, found, proposals, files=files, now=NOW)
        twice = merge(reread(once), found, proposals, files=files, now=LATER)
        assert texts(twice) == texts(once)
        for lang in LANGS:
            from_po(once.template, once.catalogues[lang], lang, "visit", Path("visit.po"))
            after = {(e.msgctxt, e.msgid): e for e in once.catalogues[lang] or ()}
            for key, old in before[lang].items():
                new = after[key]
                if old.obsolete:
                    assert new.obsolete or not new.msgstr or "fuzzy" in new.flags
                elif old.msgstr:
                    assert (new.msgstr, new.flags, new.tcomment, new.comment) == (
                        old.msgstr, old.flags, old.tcomment, old.comment
                    )  # fmt: skip
                else:
                    assert "fuzzy" in new.flags or not new.msgstr
            for key in set(after) - set(before[lang]):
                assert "fuzzy" in after[key].flags or not after[key].msgstr
        keys = [(e.msgctxt, e.msgid) for e in once.template or ()]
        editor = Editor(once, LATER)
        for key, mark in zip(keys, marks, strict=False):
            if mark == "approve":
                editor.approve(key, "ja")
            elif mark == "reject":
                editor.reject(key)
            elif mark == "reject-ja":
                editor.reject_rendering(key, "ja")
            elif mark == "remove":
                editor.remove(key)
            elif mark == "empty":
                editor.put(key, "km", "", {}, {})
        domain = reread(editor.result())


@needs_gettext
def test_gettext_agrees(tmp_path):
    text = '#~ msgctxt "unit"\n#~ msgid "cavalry"\n#~ msgstr "騎兵"\n'
    domain = run(Domain("visit", None, {"km": None, "ja": parse(text)}), ARMY, PALACE)
    editor = Editor(domain, LATER)
    editor.approve(("unit", "Royal Cambodian Army"), "ja")
    editor.reject(("institution", "Peace Palace"))
    domain = editor.result()
    for lang, content in texts(domain).items():
        (tmp_path / f"{lang}.po").write_text(content, encoding="utf-8")
    for lang in LANGS:
        subprocess.run(["msgfmt", "--check", "-o", "/dev/null", f"{lang}.po"], cwd=tmp_path, check=True)
        command = ["msgmerge", "-q", "--no-fuzzy-matching", f"{lang}.po", "None.po"]
        merged = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout.decode()
        ours = [e for e in domain.catalogues[lang] if not e.obsolete]
        theirs = [e for e in parse(merged) if not e.obsolete]
        assert [(str(e), e.flags) for e in theirs] == [(str(e), e.flags) for e in ours]


# Decisions


KEY = ("institution", "Peace Palace")


def test_approving():
    editor = Editor(run(EMPTY, PALACE), LATER)
    entry(editor.state(), "ja", "Peace Palace").previous_msgid = "Palace"
    done = editor.approve(KEY, "ja")
    assert (done.action, done.text, done.ok) == ("approved", "平和宮殿", True)
    assert editor.approve(KEY, "ja").action == "already approved"
    assert (editor.approve(KEY, "km").action, editor.approve(KEY, "km").ok) == ("no rendering", False)
    domain = editor.result()
    found = entry(domain, "ja", "Peace Palace")
    assert (found.flags, found.previous_msgid, found.tcomment) == ([], None, "origin: machine: en-ja 1.0")
    assert domain.catalogues["ja"].metadata["PO-Revision-Date"] == LATER
    assert domain.catalogues["km"].metadata["PO-Revision-Date"] == NOW


def test_a_rejected_rendering_is_remembered_until_it_is_right_after_all():
    editor = Editor(run(EMPTY, PALACE), LATER)
    assert editor.reject_rendering(KEY, "ja").text == "平和宮殿"
    found = entry(editor.state(), "ja", "Peace Palace")
    assert (found.msgstr, found.flags, found.tcomment) == ("", [], "reject: 平和宮殿")
    assert editor.reject_rendering(KEY, "ja").action == "already rejected"
    assert editor.reject_rendering(KEY, "km").action == "no rendering"
    domain = editor.result()
    assert texts(run(domain, PALACE, now=LATER)) == texts(domain)
    editor = Editor(domain, LATER)
    assert editor.put(KEY, "ja", "平和宮殿", {}, {}).action == "set"
    assert (found := entry(editor.state(), "ja", "Peace Palace")).tcomment == ""
    assert (found.msgstr, found.flags) == ("平和宮殿", [])


def test_a_rejected_term_is_one_again_when_it_is_approved():
    editor = Editor(run(EMPTY, PALACE), LATER)
    assert (editor.reject(KEY).action, editor.reject(KEY).action) == ("rejected", "already rejected")
    for lang in (None, *LANGS):
        assert entry(editor.state(), lang, "Peace Palace").comment == "status: rejected"
    assert editor.term("ja", KEY).rejected
    assert editor.approve(KEY, "ja").action == "approved"
    for lang in (None, *LANGS):
        assert entry(editor.state(), lang, "Peace Palace").comment == ""
    assert editor.term("ja", KEY).status is Status.APPROVED


def test_setting_a_term_and_its_facts():
    editor = Editor(EMPTY, NOW)
    done = editor.put(
        KEY, "ja", "平和宮殿", {"acronym": ["PP"], "variant": ["Palace of Peace"]}, {"accept": ["和平宮"]}
    )
    assert done.action == "set"
    assert editor.put(KEY, "ja", "平和宮殿", {"acronym": ["PP"]}, {}).action == "already set"
    assert editor.put(KEY, "km", "វិមាន", {"variant": [""]}, {}, proposed=True).action == "proposed"
    domain = editor.result()
    assert [(e.comment, e.tcomment, e.flags) for e in domain.catalogues["ja"]] == [
        ("acronym: PP", "accept: 和平宮", [])
    ]
    assert [(e.comment, e.flags) for e in domain.catalogues["km"]] == [("acronym: PP", ["fuzzy"])]
    assert [e.comment for e in domain.template] == ["acronym: PP"]


def test_setting_an_obsolete_term_revives_it():
    editor = Editor(japanese('#~ msgctxt "institution"\n#~ msgid "Peace Palace"\n#~ msgstr "和平宮"\n'), NOW)
    editor.put(KEY, "ja", "平和宮殿", {}, {})
    (found,) = reread(editor.result()).catalogues["ja"]
    assert (found.msgstr, found.flags, found.obsolete) == ("平和宮殿", [], False)


def test_removing_keeps_what_a_person_wrote():
    editor = Editor(run(EMPTY, PALACE, ARMY), LATER)
    editor.approve(KEY, "ja")
    assert [(done.lang, done.text) for done in editor.remove(KEY)] == [(None, ""), ("ja", "平和宮殿")]
    domain = editor.result()
    assert entry(domain, None, "Peace Palace") is None
    assert entry(domain, "km", "Peace Palace") is None
    found = entry(domain, "ja", "Peace Palace")
    assert (found.obsolete, found.msgstr, found.occurrences) == (True, "平和宮殿", [])
    back = entry(run(reread(domain), PALACE), "ja", "Peace Palace")
    assert (back.obsolete, back.msgstr, back.flags) == (False, "平和宮殿", ["fuzzy"])


def test_names():
    names = Names(run(EMPTY, ARMY, candidate("General", Kind.TITLE), candidate("Defence Force", Kind.UNIT)))
    assert names.find("royal cambodian ARMY") == [("unit", "Royal Cambodian Army")]
    assert names.find("defense force") == [("unit", "Defence Force")]
    assert names.find("rca", other=True) == names.find("RC Army", other=True) == names.find("Royal Cambodian Army")
    assert names.find("General", Kind.UNIT) == []
    twins = 'msgctxt "unit"\nmsgid "army"\nmsgstr ""\n\nmsgctxt "unit"\nmsgid "Army"\nmsgstr ""\n'
    twins += '\nmsgctxt "term"\nmsgid "ARMY"\nmsgstr ""\n'
    names = Names(english(twins))
    assert names.find("Army") == [("unit", "Army"), ("term", "ARMY")]
    assert len(names.find("aRMY")) == 3
