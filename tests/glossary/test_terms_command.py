import contextlib
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from glossa import cli, index, store, workspace
from glossa.catalogs import po
from glossa.catalogs.termbase import Domain, Editor
from glossa.errors import DataError, UsageError

EPOCH = "1600000000"
NOW = "2020-09-13 12:26+0000"


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    """A small glossary in the place of the one that comes with Glossa."""
    directory = tmp_path / "bundled"
    write(
        directory / "organisations.pot",
        '#. acronym: RCN\nmsgctxt "unit"\nmsgid "Royal Cambodian Navy"\nmsgstr ""\n\n'
        '#. definition: a house\nmsgctxt "institution"\nmsgid "Peace Palace"\nmsgstr ""\n',
    )
    write(
        directory / "ja" / "organisations.po",
        '# accept: 海\u200b軍\n#, fuzzy\nmsgctxt "unit"\nmsgid "Royal Cambodian Navy"\nmsgstr "カンボジア海軍"\n\n'
        'msgctxt "institution"\nmsgid "Peace Palace"\nmsgstr "平和宮殿"\n',
    )
    for module in (workspace, index, index.glossary_files):
        monkeypatch.setattr(module, "bundled_glossary", lambda: directory)
    monkeypatch.setenv("GLOSSA_CACHE_DIR", str(tmp_path / "cache"))
    return directory


@pytest.fixture
def root(tmp_path, monkeypatch, bundled):
    """A workspace with two domains, and the current directory."""
    root = tmp_path / "work"
    write(root / "glossa.toml", 'targets = ["km", "ja"]\n')
    pot = '#. acronym: RCA\n#. variant: Cambodian Army\n#: a.md:1\nmsgctxt "unit"\nmsgid "Royal Cambodian Army"\nmsgstr ""\n'
    write(root / "glossary" / "visit.pot", pot)
    write(
        root / "glossary" / "ja" / "visit.po",
        '# origin: composed: Cambodia + army\n#. acronym: RCA\n#. variant: Cambodian Army\n#: a.md:1\n#, fuzzy\n#| msgid "x"\n'
        'msgctxt "unit"\nmsgid "Royal Cambodian Army"\nmsgstr "カンボジア陸軍"\n\n'
        'msgctxt "term"\nmsgid "General"\nmsgstr "一般"\n',
    )
    write(root / "glossary" / "ja" / "titles.po", 'msgctxt "title"\nmsgid "General"\nmsgstr "大将"\n')
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return root


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr ""\n"PO-Revision-Date: 2000-01-01 00:00+0000\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    path.write_text(text if path.suffix == ".toml" else f"{header}\n{text}", encoding="utf-8")


@pytest.fixture
def terms(capsys, monkeypatch):
    """Runs `glossa terms …`; gives the exit code, stdout and stderr."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["glossa", "terms", *arguments])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        out, err = capsys.readouterr()
        return stop.value.code, out, err

    return run


def contents(root):
    return {path: path.read_bytes() for path in sorted((root / "glossary").rglob("*.po*"))}


def entry(path, term):
    found = po.parse(path.read_text(encoding="utf-8"), path)
    return next((entry for entry in found if entry.msgid == term), None)


ARMY = "Royal Cambodian Army"


@pytest.mark.parametrize("name", ["royal cambodian army", "RCA", "cambodian army"])
def test_approving_changes_only_what_it_must(root, terms, name):
    file = root / "glossary" / "ja" / "visit.po"
    before = file.read_text(encoding="utf-8")
    code, out, err = terms("approve", name, "--to", "ja")
    assert (code, err) == (0, "")
    assert out == f"approved  ja  {ARMY} = カンボジア陸軍  ({Path('glossary/ja/visit.po')}:11)\n"
    expected = before.replace('#, fuzzy\n#| msgid "x"\n', "").replace("2000-01-01 00:00+0000", NOW)
    assert file.read_text(encoding="utf-8") == expected
    before = contents(root)
    code, out, err = terms("approve", name, "--to", "ja")
    assert (code, out.split("  ")[0]) == (0, "already approved")
    assert contents(root) == before


def test_what_cannot_be_approved_does_not_hold_up_the_rest(root, terms):
    code, out, err = terms("approve", "No Such Thing", ARMY)
    assert code == 1
    assert "'No Such Thing'" in err
    assert f"'{ARMY}' has no rendering in km" in err
    assert "approved      ja" in out
    assert "no rendering  km" in out
    assert "fuzzy" not in entry(root / "glossary" / "ja" / "visit.po", ARMY).flags
    assert not (root / "glossary" / "km").exists()


def test_what_only_glossa_proposes_is_copied_into_the_workspace(root, terms, bundled):
    before = contents(bundled.parent)
    code, out, _ = terms("approve", "RCN", "peace palace", "--to", "ja")
    assert code == 0
    assert out.splitlines()[0].endswith(f"({Path('glossary/ja/organisations.po')}:18)")
    assert out.splitlines()[1].startswith("already approved  ja  Peace Palace = 平和宮殿")
    assert out.splitlines()[1].endswith(f"({bundled / 'ja' / 'organisations.po'}:13)")
    found = entry(root / "glossary" / "ja" / "organisations.po", "Royal Cambodian Navy")
    assert (found.msgctxt, found.msgstr, found.flags) == ("unit", "カンボジア海軍", [])
    assert (found.comment, found.tcomment) == ("acronym: RCN", "accept: 海\u200b軍")
    assert entry(root / "glossary" / "organisations.pot", "Royal Cambodian Navy").comment == "acronym: RCN"
    assert entry(root / "glossary" / "organisations.pot", "Peace Palace") is None
    assert {path: data for path, data in contents(bundled.parent).items() if path in before} == before


def test_a_term_of_ours_without_rendering_takes_that_of_glossa(root, terms):
    write(root / "glossary" / "visit.pot", 'msgctxt "unit"\nmsgid "Royal Cambodian NAVY"\nmsgstr ""\n')
    code, out, _ = terms("approve", "Royal Cambodian Navy", "--to", "ja")
    assert (code, out.split("  (")[0]) == (0, "approved  ja  Royal Cambodian NAVY = カンボジア海軍")
    assert not (root / "glossary" / "organisations.pot").exists()


def known(root, tmp_path, *, rejected=False):
    environment = {"GLOSSA_CACHE_DIR": str(tmp_path / "cache")}
    found = index.load_terms(workspace.find(root), "ja", environment, tmp_path, rejected=rejected)
    return {term.source: term for term in found}


def test_rejecting_a_rendering(root, terms, tmp_path):
    code, out, _ = terms("reject", ARMY, "Peace Palace", "--to", "ja")
    assert code == 0
    assert [line.split("  (")[0] for line in out.splitlines()] == [
        f"rejected  ja  {ARMY} = カンボジア陸軍",
        "rejected  ja  Peace Palace = 平和宮殿",
    ]
    found = entry(root / "glossary" / "ja" / "visit.po", ARMY)
    assert (found.msgstr, found.flags, found.tcomment) == ("", [], "reject: カンボジア陸軍")
    assert entry(root / "glossary" / "ja" / "organisations.po", "Peace Palace").tcomment == "reject: 平和宮殿"
    found = known(root, tmp_path)
    assert (found["Peace Palace"].target, found["Peace Palace"].definition) == ("", "a house")
    assert "already rejected" in terms("reject", "Peace Palace", "--to", "ja")[1]
    assert terms("approve", "Peace Palace", "--to", "ja")[0] == 1


def test_rejecting_a_term(root, terms, tmp_path):
    code, out, _ = terms("reject", ARMY, "Peace Palace")
    assert code == 0
    assert out.splitlines()[0] == f"rejected  -   {ARMY} [unit]  ({Path('glossary/visit.pot')}:11)"
    for path in ("visit.pot", "ja/visit.po"):
        assert "status: rejected" in entry(root / "glossary" / path, ARMY).comment
    assert entry(root / "glossary" / "ja" / "visit.po", ARMY).msgstr == "カンボジア陸軍"
    assert not (root / "glossary" / "ja" / "organisations.po").exists()
    assert not {ARMY, "Peace Palace"} & set(known(root, tmp_path))
    assert known(root, tmp_path, rejected=True)["Peace Palace"].rejected
    assert "already rejected" in terms("reject", ARMY)[1]
    assert terms("approve", ARMY, "--to", "ja")[0] == 0
    assert ARMY in known(root, tmp_path)


def test_setting(root, terms, tmp_path):
    code, out, _ = terms(
        "set", ARMY, "王国陸軍", "--to", "ja", "--accept", "陸軍", "--accept", "軍", "--acronym", "RCA2"
    )
    assert (code, out.split("  (")[0]) == (0, f"set  ja  {ARMY} = 王国陸軍")
    found = entry(root / "glossary" / "ja" / "visit.po", ARMY)
    assert (found.msgstr, found.flags, found.previous_msgid) == ("王国陸軍", [], None)
    assert found.tcomment == "accept: 陸軍\naccept: 軍"
    term = known(root, tmp_path)[ARMY]
    assert (term.acronyms, term.variants) == (("RCA2",), ("Cambodian Army",))
    assert "already set" in terms("set", ARMY, "王国陸軍", "--to", "ja")[1]
    terms("set", ARMY, "王国陸軍", "--to", "ja", "--accept", "", "--proposed")
    found = entry(root / "glossary" / "ja" / "visit.po", ARMY)
    assert (found.tcomment, found.flags) == ("", ["fuzzy"])


def test_setting_what_is_new(root, terms):
    assert "--kind" in terms("set", "air force", "空軍", "--to", "ja")[2]
    assert "--domain" in terms("set", "air force", "空軍", "--to", "ja", "--kind", "unit")[2]
    before = contents(root)
    common = ("--to", "ja", "--to", "km", "--kind", "unit", "--domain", "forces")
    code, out, _ = terms("set", "air force", "AF", *common, "--note", "hm", "--definition", "flies")
    assert code == 0
    assert [line.split("  ")[1] for line in out.splitlines()] == ["ja", "km"]
    new = set(contents(root)) - set(before)
    assert {path.relative_to(root / "glossary").as_posix() for path in new} == {
        "forces.pot",
        "ja/forces.po",
        "km/forces.po",
    }
    assert all(contents(root)[path] == data for path, data in before.items())
    assert po.parse((root / "glossary/km/forces.po").read_text("utf-8"), Path()).metadata["PO-Revision-Date"] == NOW
    if shutil.which("msgfmt"):
        for path in new:
            subprocess.run(["msgfmt", "--check-format", "-o", os.devnull, path], check=True)


@pytest.mark.parametrize("text", ["", " ", "a\nb", "a\u2028b", "a\x1b[1mb", "\udc80"])
def test_no_rendering_is_empty_or_of_two_lines(root, terms, text):
    before = contents(root)
    for arguments in ((ARMY, text), (text, "x"), (ARMY, "x", "--note", text or "\t")):
        code, _, err = terms("set", *arguments, "--to", "ja")
        assert (code, err.count("\n")) == (2, 1)
    assert contents(root) == before


def test_removing(root, terms):
    terms("approve", ARMY, "--to", "ja")
    code, out, _ = terms("remove", ARMY)
    assert code == 0
    assert [line.split("  (")[0] for line in out.splitlines()] == [
        f"removed  -   {ARMY} [unit]",
        f"removed  ja  {ARMY} = カンボジア陸軍",
    ]
    assert entry(root / "glossary" / "visit.pot", ARMY) is None
    assert entry(root / "glossary" / "ja" / "visit.po", ARMY).obsolete
    assert terms("remove", ARMY)[0] == 1
    code, _, err = terms("remove", "Peace Palace")
    assert (code, "comes with Glossa" in err) == (1, True)


def test_which_one_is_meant(root, terms):
    before = contents(root)
    code, out, err = terms("reject", ARMY, "general")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "General (title in titles), General (term in visit)" in err
    assert contents(root) == before
    assert terms("reject", "general", "--kind", "title")[0] == 0
    assert terms("reject", "general", "--domain", "visit")[0] == 0
    assert terms("reject", "general", "--domain", "visit", "--kind", "unit")[0] == 1


def test_json_and_quiet(root, terms):
    code, out, _ = terms("approve", "rca", "nothing", "--to", "ja", "--json")
    assert (code, json.loads(out)) == (
        1,
        {
            "terms": [
                {
                    "query": "rca",
                    "term": ARMY,
                    "kind": "unit",
                    "domain": "visit",
                    "lang": "ja",
                    "action": "approved",
                    "rendering": "カンボジア陸軍",
                    "ok": True,
                    "path": str(Path("glossary/ja/visit.po")),
                    "line": 11,
                }
            ],
            "not_found": ["nothing"],
            "written": [str(Path("glossary/ja/visit.po"))],
        },
    )
    code, out, err = terms("approve", "rca", "nothing", "--quiet", "--to", "ja")
    assert (code, out, "nothing" in err) == (1, "", True)


def test_lines_fit_on_a_terminal(root, terms, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = terms("reject", ARMY, "--to", "ja")
    assert out.splitlines()[1] == f"              ({Path('glossary/ja/visit.po')}:11)"
    for line in out.splitlines():
        assert sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line) <= 60


def test_without_a_workspace(tmp_path, terms, monkeypatch, bundled):
    (tmp_path / "nowhere").mkdir()
    monkeypatch.chdir(tmp_path / "nowhere")
    code, _, err = terms("approve", "RCN")
    assert (code, "glossa init" in err, err.count("\n")) == (2, True, 1)
    with pytest.raises(UsageError, match="glossa init"):
        store.update_glossaries(Path(store.__file__).parent / "data", None, ("ja",), dict)


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "con", "a.b", "x" * 200])
def test_names_of_domains(root, terms, name):
    before = contents(root.parent)
    code, _, err = terms("set", "a", "b", "--to", "ja", "--kind", "unit", "--domain", name)
    assert (code, "domain" in err) == (2, True)
    assert contents(root.parent) == before


# Files


def test_a_broken_file_is_named_and_nothing_is_written(root, terms):
    file = root / "glossary" / "ja" / "titles.po"
    file.write_text(file.read_text("utf-8").replace('msgctxt "title"', 'msgctxt "titel"'), encoding="utf-8")
    before = contents(root)
    code, _, err = terms("approve", ARMY, "--to", "ja")
    assert (code, f"{file}:7: unknown kind 'titel'" in err) == (2, True)
    file.write_text("msgid\n", encoding="utf-8")
    before = contents(root)
    code, _, err = terms("approve", ARMY, "--to", "ja")
    assert (code, f"{file}:1: " in err) == (2, True)
    assert contents(root) == before
    assert terms("approve", ARMY, "--to", "ja", "--domain", "visit")[0] == 0


def test_a_result_that_is_no_glossary_is_not_written(root):
    def spoil(domain):
        editor = Editor(domain, NOW)
        editor.ensure("ja", ("unit", "x")).comment = "scope: nowhere"
        editor.put(("unit", "y"), "km", "y", {}, {})
        return editor.result()

    before = contents(root)
    with pytest.raises(DataError, match="unknown scope") as caught:
        store.update_glossary(root, "visit", ("km", "ja"), spoil)
    assert (caught.value.path, caught.value.line) == (root / "glossary" / "ja" / "visit.po", 22)
    assert contents(root) == before


def test_a_file_that_may_not_be_written(root, terms, monkeypatch):
    access = os.access
    file = root / "glossary" / "ja" / "visit.po"
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != file and access(path, mode))
    before = contents(root)
    code, _, err = terms("reject", ARMY)  # the template could be written, the catalogue not
    assert (code, f"{file}: cannot be written: permission denied" in err) == (2, True)
    assert contents(root) == before


def test_what_was_written_is_told_and_what_is_the_same_is_not(root):
    assert store.update_glossary(root, "visit", ("km", "ja"), lambda domain: domain) == []

    def put(domain):
        assert domain.catalogues["km"] is None
        editor = Editor(domain, NOW)
        editor.put(("unit", "x"), "km", "y", {}, {})
        return editor.result()

    files = [root / "glossary" / "visit.pot", root / "glossary" / "km" / "visit.po"]
    assert store.update_glossary(root, "visit", ("km",), put) == files
    assert store.update_glossary(root, "new", ("km",), put)[1] == root / "glossary" / "km" / "new.po"


ODD = """# ours
msgid ""
msgstr ""
"X-Generator: Lokalize\\n"
"PO-Revision-Date: 2000-01-01 00:00+0000\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#= fuzzy
msgctxt "unit"
msgid ""
"ar"
"my"
msgstr "陸軍"


#~ msgctxt "unit"
#~ msgid "gone"
#~ msgstr "無"

msgctxt   "unit"
msgid "navy"
msgstr "海軍"
msgctxt "unit"
msgid "air force"
msgstr "空軍"

# Local Variables:
# End:"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_what_is_not_concerned_stays_byte_for_byte(root, terms, newline, end):
    file = root / "glossary" / "ja" / "odd.po"
    file.write_bytes((ODD + end).replace("\n", newline).encode())
    assert terms("reject", "navy", "--to", "ja")[0] == 0
    expected = (ODD + "\n").replace("2000-01-01 00:00+0000", NOW)
    expected = expected.replace(
        'msgctxt   "unit"\nmsgid "navy"\nmsgstr "海軍"', '# reject: 海軍\nmsgctxt "unit"\nmsgid "navy"\nmsgstr ""'
    )
    assert file.read_bytes().decode() == expected.replace("\n", newline)
    terms("set", "marines", "海兵隊", "--to", "ja", "--kind", "unit", "--domain", "odd")
    expected = expected.replace(
        '"空軍"\n', '"空軍"\n\n#. acronym: M\nmsgctxt "unit"\nmsgid "marines"\nmsgstr "海兵隊"\n'
    ).replace("#. acronym: M\n", "")
    assert file.read_bytes().decode() == expected.replace("\n", newline)
    terms("remove", "army")
    text = file.read_bytes().decode()
    assert '#~ msgid "army"' in text
    assert text.replace("\r\n", "\n").endswith("# End:\n")


@pytest.mark.parametrize("action", ["approve", "remove", "reject", "put"])
@pytest.mark.parametrize(
    "text",
    [ODD, ODD.split("\n\n", 1)[1], "\n\n" + ODD.replace("\n\n", "\n"), "", 'msgid ""\nmsgstr "Language: ja\\n"'],
)
def test_patched_text_always_says_what_was_meant(root, text, action):
    file = root / "glossary" / "ja" / "odd.po"
    file.write_text(text, encoding="utf-8")
    results: list[Domain] = []

    def change(domain):
        editor = Editor(domain, NOW)
        for name in ("army", "navy", "air force"):
            if action == "put":
                editor.put(("unit", name), "ja", "新", {"acronym": ["N"]}, {"note": ["x"]})
            elif editor.entry("ja", ("unit", name)):
                arguments = ("ja",) if action == "approve" else ()
                getattr(editor, action)(("unit", name), *arguments)
        results.append(editor.result())
        return results[-1]

    store.update_glossary(root, "odd", ("ja",), change)
    now = po.parse(file.read_text(encoding="utf-8"), file)
    assert po.dump(now) == po.dump(results[0].catalogues["ja"])


def test_two_at_once_lose_nothing(root):
    command = "import sys; from glossa.cli import main; main()"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", command, "terms", "set", f"unit {n}", f"隊{n}", "--to", "ja", "--kind", "unit", "--domain", "many", "-q"],
            cwd=root,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        for n in range(6)
    ]  # fmt: skip
    assert [run.wait() for run in runs] == [0] * 6
    found = po.parse((root / "glossary/ja/many.po").read_text("utf-8"), Path())
    assert sorted(entry.msgstr for entry in found) == [f"隊{n}" for n in range(6)]
    assert len(po.parse((root / "glossary/many.pot").read_text("utf-8"), Path())) == 6
    with contextlib.suppress(FileNotFoundError):
        assert not list((root / "glossary").rglob("*.tmp"))
