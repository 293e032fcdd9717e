import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossa.catalogs import po
from glossa.errors import DataError, UsageError

PATH = Path("visit.po")
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")

# every character a PO file can hold; the letters come up often
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04") | st.sampled_from(
    ' \n\t\r"\\#=;:.,-។កម្ពុជា\u200b東京「」。、ーabcABC'
)
texts = st.text(characters, max_size=60) | st.text(st.sampled_from('ab -"\\\nក្ម東。'), max_size=400)
words = st.text(st.sampled_from("abc.-_ក東"), min_size=1, max_size=12)
lines = st.lists(st.text(st.sampled_from("ab =;:#ក東"), max_size=100).map(str.strip), min_size=1, max_size=3).map(
    "\n".join
)


@st.composite
def entries(draw):
    plural = draw(st.booleans())
    previous = draw(st.booleans())
    return polib.POEntry(
        msgctxt=draw(st.none() | words),
        msgid=draw(texts.filter(bool)),
        msgstr="" if plural else draw(texts),
        msgid_plural=draw(texts.filter(bool)) if plural else "",
        msgstr_plural={0: draw(texts), 1: draw(texts)} if plural else {},
        obsolete=draw(st.booleans()),
        tcomment=draw(st.just("") | lines),
        flags=draw(st.lists(st.sampled_from(["fuzzy", "no-wrap", "c-format"]), unique=True)),
        occurrences=draw(st.lists(st.tuples(words, st.just("") | st.integers(1, 99).map(str)), max_size=3)),
        previous_msgid=draw(texts) if previous else None,
    )


def facts(entry, *, previous=True):
    return (
        entry.msgctxt,
        entry.msgid,
        entry.msgid_plural,
        entry.msgstr,
        entry.msgstr_plural,
        bool(entry.obsolete),
        entry.flags,
        entry.tcomment.strip("\n"),
        [] if entry.obsolete else entry.occurrences,
        entry.previous_msgid if previous or not entry.obsolete else None,
    )


@st.composite
def catalogues(draw):
    catalogue = po.new(draw(st.sampled_from(["km", "ja"])), "visit", "2020-01-31 12:00+0700")
    key = lambda entry: (entry.msgctxt, entry.msgid)  # noqa: E731
    catalogue.extend(sorted(draw(st.lists(entries(), max_size=4, unique_by=key)), key=lambda e: bool(e.obsolete)))
    return catalogue


@given(catalogues())
def test_what_is_written_is_read_back(catalogue):
    for entry in catalogue:
        if entry.obsolete:
            entry.occurrences = []
        entry.occurrences = po.references(" ".join(n + (f":{at}" if at else "") for n, at in entry.occurrences))
    text = po.dump(catalogue)
    again = po.parse(text, PATH)
    assert [facts(entry) for entry in again] == [facts(entry) for entry in catalogue]
    assert again.metadata == catalogue.metadata
    assert po.dump(again) == text
    assert text.endswith('"\n')


@given(catalogues())
def test_polib_reads_the_same_and_loses_nothing_when_it_saves(tmp_path_factory, catalogue):
    file = tmp_path_factory.mktemp("polib") / "a.po"
    for entry in catalogue:  # polib breaks long comments; what Glossa writes has none, see test_drafts
        entry.tcomment = "\n".join(line[:70].strip() for line in entry.tcomment.split("\n"))
    file.write_bytes(po.dump(catalogue).encode())
    theirs = polib.pofile(str(file), encoding="utf-8")
    ours = po.parse(po.dump(catalogue), PATH)
    # polib does not read the previous msgid of obsolete entries and does not know the escape \a
    plain = [entry for entry in ours if "\a" not in entry.msgid + entry.msgstr + entry.msgid_plural]
    plain = [
        entry for entry in plain if "\a" not in "".join(entry.msgstr_plural.values()) + (entry.previous_msgid or "")
    ]
    if len(plain) < len(ours):
        return
    assert [facts(entry, previous=False) for entry in theirs] == [facts(entry, previous=False) for entry in ours]
    theirs.save()
    again = po.parse(file.read_text(encoding="utf-8"), file)
    assert [facts(entry, previous=False) for entry in again] == [facts(entry, previous=False) for entry in ours]


@needs_gettext
@settings(max_examples=25, deadline=None)
@given(catalogues())
def test_gettext_reads_the_same(tmp_path_factory, catalogue):
    file = tmp_path_factory.mktemp("gettext") / "a.po"
    for entry in catalogue:
        entry.flags = [flag for flag in entry.flags if flag != "c-format"]  # would have its format strings compared
    unique = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    if len(unique) < len(catalogue) or (None, "") in unique:
        return
    file.write_bytes(po.dump(catalogue).encode())
    result = subprocess.run(["msgcat", "--no-wrap", file], capture_output=True, check=True)
    again = po.parse(result.stdout.decode(), file)
    ours = po.parse(po.dump(catalogue), file)
    # gettext drops obsolete entries without translation and takes the fuzzy flag off live ones
    kept = [entry for entry in ours if first_translation(entry) or not entry.obsolete]
    assert [message(entry) for entry in again] == [message(entry) for entry in kept]


def first_translation(entry):
    return entry.msgstr_plural.get(0, entry.msgstr)


def message(entry):
    fuzzy = "fuzzy" in entry.flags and first_translation(entry) != ""
    return entry.msgctxt, entry.msgid, entry.msgstr, entry.msgstr_plural, fuzzy


@needs_gettext
def test_lines_are_wrapped_as_msgcat_wraps_them(tmp_path):
    text = (
        HEADER
        + "# a comment that is longer than a line may be, and stays as it is all the same, since it is a comment\n"
        + "".join(f"#: article.md:{i} b.md:{i}\n" for i in range(30))
        + "#, fuzzy, no-c-format\n"
        + 'msgid "The Royal Cambodian Armed Forces (RCAF) co-operated with the counter-terrorism units of the '
        + 'ASEAN member states, and said: \\"Very well.\\""\n'
        + 'msgstr "カンボジア王国軍は、ASEAN加盟国のテロ対策部隊と協力し、二〇二〇年一月に「平和宮殿」で会談した。'
        + 'そしてその後、ブン・ピセン総司令官は次のように述べた。「とても良い」。"\n\n'
        + 'msgid "one line\\n"\nmsgstr "បន្ទាត់មួយ\\n"\n\n'
        + 'msgid "two\\nlines"\nmsgstr ""\n"បន្ទាត់មួយ\\nកងយោធពលខេមរភូមិន្ទបានសហការជាមួយអង្គភាពប្រឆាំងភេរវកម្ម '
        + 'នៃរដ្ឋជាសមាជិកអាស៊ាន ហើយបាននិយាយថា «ល្អណាស់»។"\n\n'
        + '#~| msgid "old"\n#~ msgid "an entry that is gone, and long enough that it has to be broken into lines, too"\n'
        + '#~ msgstr "x"\n'
    )
    file = tmp_path / "a.po"
    file.write_text(text, encoding="utf-8")
    theirs = subprocess.run(["msgcat", file], capture_output=True, check=True).stdout.decode()
    assert po.dump(po.parse(text, file)) == theirs


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('msgid "a\nmsgstr ""\n', 1, "not closed"),
        ('msgid "a"\nmsgstr "b\n', 2, "not closed"),
        ('msgid "a" b"\nmsgstr ""', 1, "after the closing"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr ""\n', 3, "second msgid"),
        ('msgid "a"\nmsgctxt "b"\nmsgstr ""\n', 2, "before this msgctxt"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, "second msgstr"),
        ('msgstr "b"\n', 1, "without msgid"),
        ('msgid "a"\n', 1, "no msgstr"),
        ('msgid "a"\n# note\nmsgstr "b"\n', 2, "comment within"),
        ('\n"a"\n', 2, "without msgid or msgstr before it"),
        ('msgid "a"\nmsgstr "b"\n\nMSGID "c"\n', 4, "neither a comment nor a keyword"),
        ('msgid "a"\nmsgfoo "b"\n', 2, "unknown keyword msgfoo"),
        ("msgid\n", 1, "msgid without a string"),
        ('msgid "a\\q"\nmsgstr ""\n', 1, "unknown escape \\q"),
        ('msgid "a\\"\nmsgstr ""\n', 1, "not closed"),
        (
            'msgid "a"\nmsgstr "1"\n\nmsgid "b"\nmsgstr ""\n\n\nmsgid "a"\nmsgstr "2"\n',
            8,
            "duplicate entry 'a', first on line 1",
        ),
        ('msgid "a"\nmsgstr "1"\n\n#~ msgid "a"\n#~ msgstr "2"\n', 4, "duplicate entry"),
        (
            'msgid ""\nmsgstr ""\n"Language: ja\\n"\n"Content-Type: text/plain; charset=EUC-JP\\n"\n',
            1,
            "charset EUC-JP",
        ),
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=\\n"\n', 1, "charset (none)"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 3, "msgstr does not go with"),
        ('msgid "a"\nmsgstr[0] "c"\n', 2, "does not go with"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', 3, "out of order"),
        ("Dear editor,\n", 1, "neither a comment"),
        ("# only\n# comments\n", 1, "not a PO file"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text, line, message):
    with pytest.raises(DataError) as caught:
        po.parse(text, PATH)
    assert caught.value.line == line
    assert message in caught.value.message
    assert str(caught.value).startswith(f"visit.po:{line}: ")


@given(st.text(st.sampled_from('ab \n"\\#~|,.:[]0msgidstrctxt_plural'), max_size=80) | st.text())
def test_any_text_is_read_or_refused(text):
    try:
        po.parse(text, PATH)
    except DataError as error:
        place = (error.path, bool(error.line))
        assert place == (PATH, True)


def test_strings_and_line_ends_of_other_tools_are_read():
    text = (
        '\ufeffmsgid ""\r\nmsgstr ""\r\n"Content-Type: text/plain; charset=utf-8\\n"\r\n\r\n'
        'msgctxt\t"menu"\r\n  msgid "\\x41\\101\\a\\"" \r\n"more"\r\nmsgstr""\r\n"\\tx"\r\n'
        '#~ msgid "gone"\n#~ msgstr "weg"\n#~\n# the end'
    )
    first, gone = po.parse(text, PATH)
    assert (first.msgctxt, first.msgid, first.msgstr) == ("menu", 'AA\a"more', "\tx")
    assert gone.obsolete
    assert gone.msgid == "gone"


def test_comments_flags_references_and_header_are_read():
    text = (
        "# Title\n#\n# Second line\n#, fuzzy\n"
        'msgid ""\nmsgstr ""\n"Language: ja\\n"\n"X-Poedit-SearchPath-0: .\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        "#note without blank\n#. extracted\n#: a.c:1 \u2068my file.c\u2069:2\n#: b.c\n#,fuzzy\n#= c-format, fuzzy\n"
        '#| msgctxt "ctx"\n#| msgid "be"\n#| "fore"\nmsgid "now"\nmsgstr "x"\n'
    )
    catalogue = po.parse(text, PATH)
    assert catalogue.header == "Title\n\nSecond line"
    assert catalogue.metadata_is_fuzzy
    assert catalogue.metadata["X-Poedit-SearchPath-0"] == "."
    (entry,) = catalogue
    assert entry.tcomment == "note without blank"
    assert entry.comment == "extracted"
    assert entry.flags == ["fuzzy", "c-format"]
    assert entry.occurrences == [("a.c", "1"), ("my file.c", "2"), ("b.c", "")]
    assert (entry.previous_msgctxt, entry.previous_msgid) == ("ctx", "before")
    assert entry.linenum == 20
    text = po.dump(catalogue)
    assert text.startswith('# Title\n#\n# Second line\n#, fuzzy\nmsgid ""\n')
    assert "#: a.c:1 \u2068my file.c\u2069:2 b.c\n#, fuzzy, c-format\n#| msgctxt" in text


def test_a_text_that_names_a_file_is_still_a_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.po").write_text('msgid "a"\nmsgstr ""\n', encoding="utf-8")
    with pytest.raises(DataError):
        po.parse("a.po", PATH)


def test_an_empty_text_is_an_empty_catalogue():
    assert list(po.parse("", PATH)) == []
    assert po.dump(po.parse("", PATH)) == "\n"


def test_references_with_odd_names_keep_one_line_each():
    catalogue = po.new("km", "visit")
    catalogue.append(polib.POEntry(msgid="a", occurrences=[("my file\n2.txt", "12"), ("b", "")]))
    text = po.dump(catalogue)
    assert "#: \u2068my file_2.txt\u2069:12 b\n" in text
    assert po.dump(po.parse(text, PATH)) == text


def test_a_new_catalogue_has_every_header():
    catalogue = po.new("ja", "visit", "2020-01-31 12:00+0700")
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert catalogue.metadata["Language-Team"] == "Japanese"
    assert catalogue.metadata["X-Generator"].startswith("Glossa ")
    assert po.new(None, "defence").metadata["PO-Revision-Date"] == "YEAR-MO-DA HO:MI+ZONE"
    with pytest.raises(UsageError):
        po.new("xx", "visit")


@needs_gettext
@pytest.mark.parametrize("lang", ["km", "ja"])
def test_msgfmt_finds_no_fault_in_a_new_catalogue(tmp_path, lang):
    file = tmp_path / "a.po"
    file.write_text(po.dump(po.new(lang, "visit", "2020-01-31 12:00+0700")), encoding="utf-8")
    result = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", file], capture_output=True, text=True, check=True)
    assert result.stderr == ""
