import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.catalogs import po
from glossa.catalogs.drafts import Draft, KeptSegment, holds, merge, state
from glossa.errors import DataError

PATH = Path("visit.po")
THEN, NOW, LATER = "2020-01-31 12:00+0700", "2020-02-01 08:30+0700", "2020-02-02 09:00+0700"
TERMS = (("Royal Cambodian Army", "カンボジア王国陸軍"), ("deputy commander", "副司令官"))
needs_gettext = pytest.mark.skipif(shutil.which("msgmerge") is None, reason="GNU gettext is not installed")


def draft(source, target="訳", line=1, **more):
    more = {"engine": "en-ja 1.0", "terms": TERMS} | more
    return Draft(source, target, references=(f"visit.md:{line}",), **more)


def run(catalogue, *segments, now=NOW, lang="ja"):
    return merge(catalogue, segments, lang, "visit", now)


def reread(catalogue):
    return po.parse(po.dump(catalogue), PATH)


def entry(catalogue, source):
    return next(e for e in catalogue if e.msgid == source)


def approve(catalogue, source, target=None):
    """What an editor does when a person approves an entry."""
    found = entry(catalogue, source)
    found.flags.remove("fuzzy")
    found.previous_msgid = None
    if target is not None:
        found.msgstr = target
    return found


ONE, TWO, THREE = "The army came.", "He met the deputy commander.", "They left at noon."


def test_a_draft_is_fuzzy_and_says_how_it_was_made():
    catalogue = run(None, draft(ONE, "軍が来た。", 12, stage="forced", findings=("number-missing 1953",)))
    text = po.dump(catalogue)
    assert (
        "# engine: en-ja 1.0\n"
        "# term: Royal Cambodian Army = カンボジア王国陸軍\n"
        "# term: deputy commander = 副司令官\n"
        "# stage: forced\n"
        "# check: number-missing 1953\n"
        "# draft: "
    ) in text
    assert '\n#: visit.md:12\n#, fuzzy\nmsgid "The army came."\nmsgstr "軍が来た。"\n' in text
    found = state(reread(catalogue))[ONE]
    assert (found.target, found.reviewed, found.edited, found.engine) == ("軍が来た。", False, False, "en-ja 1.0")
    assert (found.terms, found.stage, found.findings) == (TERMS, "forced", ("number-missing 1953",))
    assert found.previous is None


def test_a_draft_holds_for_the_same_engine_and_terms_only():
    found = state(run(None, draft(ONE)))[ONE]
    assert holds(found, "en-ja 1.0", TERMS)
    assert not holds(found, "en-ja 1.1", TERMS)
    assert not holds(found, "en-ja 1.0", TERMS[:1])
    assert not holds(state(run(None, draft(ONE, "")))[ONE], "en-ja 1.0", TERMS)


def test_what_a_person_wrote_always_holds():
    catalogue = run(None, draft(ONE), draft(TWO))
    approve(catalogue, ONE)
    entry(catalogue, TWO).msgstr = "訳しかけ"
    found = state(reread(catalogue))
    assert (found[ONE].reviewed, found[ONE].edited) == (True, False)
    assert (found[TWO].reviewed, found[TWO].edited) == (False, True)
    assert holds(found[ONE], "other", ())
    assert holds(found[TWO], "other", ())


def test_an_entry_without_translation_never_holds():
    catalogue = po.new("ja", "visit", THEN)
    catalogue.append(polib.POEntry(msgid=ONE, flags=["fuzzy"]))
    catalogue.append(polib.POEntry(msgid=TWO))
    found = state(catalogue)
    assert not holds(found[ONE], "", ())
    assert not holds(found[TWO], "", ())


def test_a_new_draft_never_replaces_what_a_person_wrote():
    catalogue = run(None, draft(ONE), draft(TWO), draft(THREE))
    approve(catalogue, ONE, "軍隊が来ました。").tcomment += "\nchecked with the embassy"
    entry(catalogue, TWO).msgstr = "訳しかけ"
    catalogue = reread(catalogue)
    again = run(catalogue, draft(ONE, "x", 7), draft(TWO, "y", 8), draft(THREE, "z", 9), now=LATER)
    for source in (ONE, TWO):
        before, after = entry(catalogue, source), entry(again, source)
        assert (before.msgstr, before.flags, before.tcomment) == (after.msgstr, after.flags, after.tcomment)
        assert before.occurrences != after.occurrences
    assert entry(again, THREE).msgstr == "z"
    assert entry(again, ONE).occurrences == [("visit.md", "7")]


def test_a_foreign_fuzzy_translation_counts_as_a_persons():
    catalogue = po.new("ja", "visit", THEN)
    catalogue.append(polib.POEntry(msgid=ONE, msgstr="from elsewhere", flags=["fuzzy"], tcomment="engine: some\nnote"))
    assert state(catalogue)[ONE].edited
    assert entry(run(catalogue, draft(ONE)), ONE).msgstr == "from elsewhere"


def test_comments_and_flags_of_others_stay_on_a_draft_that_is_renewed():
    catalogue = run(None, draft(ONE, stage="forced"))
    found = entry(catalogue, ONE)
    first, *rest = found.tcomment.split("\n")
    found.tcomment = "\n".join(["Ask Dara.", first, "check this: is it so?", *rest, "engine: of the boat"])
    found.comment = "heading"
    found.flags.append("no-wrap")
    again = entry(run(reread(catalogue), draft(ONE, "新訳", engine="en-ja 2.0")), ONE)
    assert again.msgstr == "新訳"
    assert again.flags == ["fuzzy", "no-wrap"]
    assert again.comment == "heading"
    lines = again.tcomment.split("\n")
    assert lines[:2] == ["Ask Dara.", "engine: en-ja 2.0"]
    assert lines[-2:] == ["check this: is it so?", "engine: of the boat"]
    assert "stage: forced" not in lines
    assert state(run(None, draft(ONE)))[ONE].engine == "en-ja 1.0"


def test_entries_stand_in_document_order_one_for_each_source():
    catalogue = run(None, draft(ONE, line=1), draft(TWO, line=2))
    again = run(
        catalogue, draft(THREE, line=1), draft(TWO, line=2), KeptSegment(ONE, ("visit.md:3",)), draft(THREE, line=9)
    )
    assert [e.msgid for e in again] == [THREE, TWO, ONE]
    assert again[0].occurrences == [("visit.md", "1"), ("visit.md", "9")]
    assert again[2].occurrences == [("visit.md", "3")]


def test_a_draft_speaks_for_a_source_that_is_also_kept():
    catalogue = run(run(None, draft(ONE)), KeptSegment(ONE), draft(ONE, "新訳"), draft(ONE, "別訳"))
    assert entry(catalogue, ONE).msgstr == "新訳"


def test_a_kept_segment_whose_entry_someone_deleted_is_untranslated():
    catalogue = run(None, KeptSegment(ONE, ("visit.md:1",)))
    assert (entry(catalogue, ONE).msgstr, entry(catalogue, ONE).flags) == ("", [])
    assert not holds(state(catalogue)[ONE], "en-ja 1.0", TERMS)


def test_a_reviewed_entry_sleeps_while_its_sentence_is_gone_and_returns_with_it():
    catalogue = run(None, draft(ONE), draft(TWO), draft(THREE))
    approve(catalogue, ONE, "軍が来た。")
    entry(catalogue, TWO).msgstr = "訳しかけ"
    without = reread(run(catalogue, draft("Something else entirely, really.")))
    assert [(e.msgid, bool(e.obsolete)) for e in without][1:] == [(ONE, True), (TWO, True)]  # the mere draft is gone
    assert state(without)[ONE].reviewed
    assert po.dump(run(without, draft("Something else entirely, really."))) == po.dump(without)
    back = run(without, draft(ONE, "x"), KeptSegment(TWO))
    assert [(e.msgid, e.msgstr, bool(e.obsolete)) for e in back] == [
        (ONE, "軍が来た。", False),
        (TWO, "訳しかけ", False),
    ]
    assert back[0].flags == []
    assert "fuzzy" in back[1].flags


def test_a_draft_that_a_person_commented_on_is_not_dropped():
    catalogue = run(None, draft(ONE), draft(TWO))
    entry(catalogue, ONE).tcomment += "\nAsk Dara."
    again = reread(run(catalogue, draft(THREE)))
    assert [(e.msgid, bool(e.obsolete)) for e in again] == [(THREE, False), (ONE, True)]
    assert state(again)[ONE].engine == "en-ja 1.0"


def test_a_changed_sentence_carries_the_old_one():
    catalogue = run(None, draft(ONE), draft(TWO))
    approve(catalogue, TWO, "彼は副司令官に会った。")
    changed = "He met the deputy commander in chief."
    again = run(catalogue, draft(ONE), draft(changed))
    assert entry(again, changed).previous_msgid == TWO
    assert state(again)[changed].previous == TWO
    assert f'#, fuzzy\n#| msgid "{TWO}"\nmsgid "{changed}"' in po.dump(again)
    assert entry(again, TWO).obsolete
    third = run(reread(again), draft(ONE), draft(changed, "別訳"))
    assert entry(third, changed).previous_msgid == TWO
    assert not state(third)[changed].edited


def test_old_sentences_are_paired_best_first_and_once():
    old = ["The general visited Phnom Penh on Monday.", "The minister spoke."]
    catalogue = run(None, *map(draft, old))
    new = ["The general visited Phnom Penh on Sunday.", "The general visited Phnom Penh on Monday!", "Rain fell."]
    again = run(catalogue, *map(draft, new))
    assert [e.previous_msgid for e in again] == [None, old[0], None]


def test_a_sentence_that_is_still_there_is_no_ones_previous():
    again = run(run(None, draft("The army came.")), draft("The army came."), draft("The army came!"))
    assert [e.previous_msgid for e in again] == [None, None]


def test_entries_of_other_tools_are_kept():
    catalogue = run(None, draft(ONE))
    catalogue.append(polib.POEntry(msgid="Open", msgctxt="menu", msgstr="開く", occurrences=[("ui.c", "3")]))
    catalogue.append(polib.POEntry(msgid=TWO, msgid_plural="them", msgstr_plural={0: "x"}))
    catalogue.append(polib.POEntry(msgid="Shut", msgctxt="menu", msgstr="閉じる", obsolete=True))
    again = reread(run(catalogue, draft(THREE), draft(TWO)))
    assert [(e.msgctxt, e.msgid) for e in again] == [(None, THREE), ("menu", "Open"), (None, TWO), ("menu", "Shut")]
    assert again[1].occurrences == [("ui.c", "3")]
    assert again[2].msgstr_plural == {0: "x"}
    assert set(state(again)) == {THREE}


def test_the_dates_change_only_when_something_else_does():
    first = run(None, draft(ONE), draft(TWO), now=THEN)
    assert first.metadata["POT-Creation-Date"] == first.metadata["PO-Revision-Date"] == THEN
    same = run(reread(first), draft(ONE), KeptSegment(TWO, ("visit.md:1",)), now=NOW)
    assert po.dump(same) == po.dump(first)
    retranslated = run(reread(first), draft(ONE, "新訳"), draft(TWO), now=NOW)
    assert retranslated.metadata["POT-Creation-Date"] == THEN
    assert retranslated.metadata["PO-Revision-Date"] == NOW
    longer = run(reread(first), draft(ONE), draft(TWO), draft(THREE), now=LATER)
    assert longer.metadata["POT-Creation-Date"] == longer.metadata["PO-Revision-Date"] == LATER


def test_headers_of_others_are_kept_and_missing_ones_supplied():
    catalogue = run(None, draft(ONE), now=THEN)
    catalogue.header = "Translated by the desk"
    catalogue.metadata |= {
        "Last-Translator": "Sok <sok@example.org>",
        "X-Poedit-Basepath": ".",
        "X-Generator": "Poedit 3.4",
    }
    del catalogue.metadata["Plural-Forms"]
    again = run(reread(catalogue), draft(ONE, "新訳"))
    assert again.header == "Translated by the desk"
    assert again.metadata["Last-Translator"] == "Sok <sok@example.org>"
    assert again.metadata["X-Poedit-Basepath"] == "."
    assert again.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert again.metadata["X-Generator"].startswith("Glossa")


def test_merge_leaves_its_argument_alone():
    catalogue = run(None, draft(ONE), draft(TWO))
    approve(catalogue, ONE)
    before = po.dump(catalogue)
    run(catalogue, draft(TWO, "新訳", 99), draft("The army came!"))
    assert po.dump(catalogue) == before


def test_a_source_that_no_catalogue_can_hold_has_no_entry():
    catalogue = run(None, draft("a\0b"), draft("a\x04b"), draft(ONE, "訳\x04です\0"))
    assert [(e.msgid, e.msgstr) for e in catalogue] == [(ONE, "訳です")]
    assert holds(state(reread(catalogue))[ONE], "en-ja 1.0", TERMS)


def test_a_translation_carried_over_from_another_sentence_does_not_hold_until_approved():
    catalogue = po.new("ja", "visit", THEN)
    catalogue.append(polib.POEntry(msgid=ONE, msgstr="前の訳", flags=["fuzzy"], previous_msgid="The navy came."))
    found = state(catalogue)[ONE]
    assert found.edited
    assert found.stale
    assert not holds(found, "en-ja 1.0", TERMS)
    assert entry(run(catalogue, draft(ONE)), ONE).msgstr == "前の訳"
    approve(catalogue, ONE)
    assert holds(state(catalogue)[ONE], "en-ja 1.0", TERMS)


def test_a_segment_without_text_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="without text"):
        run(None, draft(""))


# Whatever the texts are

strange = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from(' =;#:\\\n\t"ក្ម東。ab')
)
long = st.text(st.sampled_from("ab =\\ក្ម東。 "), min_size=60, max_size=300)
strings = strange | long
sources = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04") | st.sampled_from('ab cd "\\\n។ក្ម東。'),
    min_size=1,
) | st.sampled_from(["The army came.", "The army came!", "The navy came.", "x" * 300])
drafts = st.builds(
    Draft,
    source=sources,
    target=strings.map(lambda text: text.replace("\x04", "")),
    references=st.lists(
        st.builds(
            "{}:{}".format, st.sampled_from(["visit.md", "my visit.md", "a-b.md", "訪問.md"]), st.integers(1, 99)
        ),
        max_size=3,
    ).map(tuple),
    engine=strings.filter(bool),
    terms=st.lists(st.tuples(strings, strings), max_size=3).map(tuple),
    stage=st.sampled_from(["", "decode", "forced"]),
    findings=st.lists(strings, max_size=2).map(tuple),
)
kept = st.builds(KeptSegment, source=sources, references=st.just(("visit.md:3",)))
runs = st.lists(drafts | kept, max_size=6)


@given(drafts)
def test_every_fact_of_a_draft_survives(made):
    found = state(reread(run(None, made)))[made.source]
    assert not found.reviewed
    assert not found.edited
    assert (found.target, found.engine, found.terms) == (made.target, made.engine, made.terms)
    assert (found.stage, found.findings) == (made.stage, made.findings)
    assert max(len(line) for line in run(None, made)[0].tcomment.split("\n")) <= 72


@settings(deadline=None)
@given(runs, runs, runs)
def test_merging_the_same_again_changes_nothing(first, second, third):
    catalogue = None
    for segments, now in ((first, THEN), (second, NOW), (third, LATER)):
        catalogue = run(catalogue, *segments, now=now)
        text = po.dump(catalogue)
        assert po.dump(run(po.parse(text, PATH), *segments, now="2030-01-01 00:00+0000")) == text


@settings(deadline=None)
@given(runs, runs, st.data())
def test_what_a_person_wrote_is_never_lost(first, second, data):
    catalogue = run(None, *first)
    written = {}
    for found in catalogue:
        if found.msgstr and data.draw(st.booleans()):
            found.flags = [] if data.draw(st.booleans()) else found.flags
            found.msgstr = "edited " + found.msgstr
            written[found.msgid] = (found.msgstr, list(found.flags))
    gone = run(reread(catalogue), *second)
    again = run(reread(gone), *first)
    for result in (gone, again):
        there = {e.msgid: (e.msgstr, e.flags) for e in result}
        assert {source: there[source] for source in written} == written
        po.parse(po.dump(result), PATH)


@settings(deadline=None)
@given(drafts)
def test_polib_saves_a_draft_without_loss(tmp_path_factory, made):
    if any("\a" in text for text in (made.source, made.target)):
        return  # polib does not know this escape
    catalogue = run(None, made, KeptSegment("b"))
    file = tmp_path_factory.mktemp("polib") / "a.po"
    file.write_bytes(po.dump(catalogue).encode())
    polib.pofile(str(file), encoding="utf-8").save()
    again = po.parse(file.read_text(encoding="utf-8"), file)
    assert state(again) == state(catalogue)
    assert po.dump(run(again, made, KeptSegment("b"))) == po.dump(catalogue)


@needs_gettext
@settings(max_examples=25, deadline=None)
@given(runs, runs)
def test_msgfmt_accepts_whatever_is_written(tmp_path_factory, first, second):
    catalogue = run(run(None, *first, lang="km"), *second, lang="km")
    file = tmp_path_factory.mktemp("msgfmt") / "a.po"
    file.write_bytes(po.dump(catalogue).encode())
    result = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", file], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


# What other tools do to the file


@needs_gettext
@pytest.mark.parametrize("options", [[], ["--previous"], ["--no-fuzzy-matching"]])
def test_msgmerge_keeps_drafts_approvals_and_records(tmp_path, options):
    term = ("Ministry of National Defence = MND; #1", "ក្រសួងការពារជាតិ" * 8)
    catalogue = run(None, draft(ONE, "កងទ័ពបានមក។", terms=(term,)), draft(TWO), draft(THREE), lang="km")
    approve(catalogue, THREE, "ពួកគេបានចាកចេញ។")
    entry(catalogue, TWO).msgstr = "edited"
    template = po.new(None, "visit")
    template.metadata["POT-Creation-Date"] = THEN
    template.extend(
        polib.POEntry(msgid=source, occurrences=[("other.md", "5")]) for source in (THREE, TWO, ONE, "New.")
    )
    old, pot = tmp_path / "a.po", tmp_path / "a.pot"
    old.write_text(po.dump(catalogue), encoding="utf-8")
    pot.write_text(po.dump(template), encoding="utf-8")
    out = subprocess.run(["msgmerge", "-q", *options, old, pot], capture_output=True, check=True).stdout.decode()
    merged = po.parse(out, old)
    before, after = state(catalogue), state(merged)
    assert {source: after[source] for source in before} == before
    assert merged.metadata["X-Generator"] == catalogue.metadata["X-Generator"]
    assert holds(after[ONE], "en-ja 1.0", (term,))


@needs_gettext
def test_a_draft_that_msgmerge_carries_to_another_sentence_does_not_hold(tmp_path):
    catalogue = run(None, draft("The general visited Phnom Penh on Monday."))
    changed = "The general visited Phnom Penh on Sunday."
    template = po.new(None, "visit")
    template.append(polib.POEntry(msgid=changed))
    old, pot = tmp_path / "a.po", tmp_path / "a.pot"
    old.write_text(po.dump(catalogue), encoding="utf-8")
    pot.write_text(po.dump(template), encoding="utf-8")
    out = subprocess.run(["msgmerge", "-q", "--previous", old, pot], capture_output=True, check=True).stdout.decode()
    found = state(po.parse(out, old))[changed]
    assert found.target
    assert not found.edited
    assert not holds(found, "en-ja 1.0", TERMS)
    assert entry(run(po.parse(out, old), draft(changed, "新訳")), changed).msgstr == "新訳"


def test_an_edit_as_poedit_writes_it_survives():
    text = po.dump(run(None, draft(ONE, "軍が来た。", 3), draft(TWO, "会った。", 4), now=THEN))
    edited = text.replace(
        '#, fuzzy\nmsgid "The army came."\nmsgstr "軍が来た。"', 'msgid "The army came."\nmsgstr "軍隊が来た。"'
    )
    edited = edited.replace("Last-Translator: Automatically generated", "Last-Translator: Sok <sok@example.org>")
    edited = edited.replace(f"PO-Revision-Date: {THEN}", f"PO-Revision-Date: {NOW}")
    edited = edited.replace("X-Generator: Glossa 0.1.0", "X-Generator: Poedit 3.4")
    assert edited.count("fuzzy") == 1
    catalogue = po.parse(edited, PATH)
    same = run(catalogue, KeptSegment(ONE, ("visit.md:3",)), draft(TWO, "会った。", 4), now=LATER)
    assert po.dump(same) == edited
    other = po.dump(run(catalogue, draft(ONE, "x", 3), draft(TWO, "面会した。", 4), now=LATER))
    assert 'msgid "The army came."\nmsgstr "軍隊が来た。"' in other
    assert "Sok <sok@example.org>" in other
    assert f"PO-Revision-Date: {LATER}" in other


def test_an_approval_made_while_glossa_translates_is_kept():
    catalogue = run(None, draft(ONE), draft(TWO))
    planned = [draft(ONE, "新しい機械訳", engine="en-ja 2.0"), draft(TWO, "新しい機械訳二", engine="en-ja 2.0")]
    meanwhile = reread(catalogue)
    approve(meanwhile, ONE)
    again = state(run(meanwhile, *planned))
    assert again[ONE].reviewed
    assert again[ONE].target == "訳"
    assert again[TWO].target == "新しい機械訳二"


def test_a_catalogue_with_two_entries_of_one_source_is_refused():
    text = po.dump(run(None, draft(ONE)))
    with pytest.raises(DataError, match="duplicate"):
        po.parse(text + '\nmsgid "The army came."\nmsgstr ""\n', PATH)
