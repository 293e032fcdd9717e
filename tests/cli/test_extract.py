"""`glossa extract` as a user runs it: what it lists, writes and refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossa import knowledge
from glossa.cli import glossa
from glossa.errors import DataError, UsageError
from glossa.extraction.tally import Tally
from glossa.model import Kind
from glossa.text import documents

EXAMPLE = Path(__file__).parents[2] / "examples" / "visit.txt"
ARTICLE = (
    "Colonel Sok Ratana of the Lotus Rescue Brigade (LRB) met the Deputy Mayor of Takhmau on Monday.\n\n"
    "Ratana said that the LRB would join a flood drill.\n"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GLOSSA_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    work = tmp_path / "work"
    work.mkdir()
    (work / "glossa.toml").write_text("", encoding="utf-8")
    (work / "a.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(work)
    return work


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(glossa, ["extract", *args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_json_has_terms_with_forms_places_and_status(place: Path) -> None:
    code, out = run("a.txt", "--json", "--no-machine", "--known")
    terms = {(term["kind"], term["term"]): term for term in json.loads(out)["terms"]}
    assert code == 0
    brigade = terms["unit", "Lotus Rescue Brigade"]
    assert (brigade["acronym"], brigade["count"], brigade["references"]) == ("LRB", 3, ["a.txt:1", "a.txt:3"])
    assert brigade["status"] == {"km": "new", "ja": "new"}
    assert terms["person", "Sok Ratana"]["variants"] == ["Ratana"]
    colonel = terms["title", "Colonel"]
    assert (colonel["status"]["km"], colonel["persons"]) == ("approved", ["Sok Ratana"])


def test_writing_twice_changes_nothing_and_proposals_are_fuzzy(place: Path) -> None:
    assert run("a.txt", "--write", "drill", "--no-machine")[0] == 0
    files = {path: path.read_bytes() for path in sorted(place.glob("glossary/**/*.po*"))}
    assert [path.name for path in files] == ["drill.pot", "drill.po", "drill.po"] or len(files) == 3
    assert b'msgid "Lotus Rescue Brigade"' in files[place / "glossary" / "drill.pot"]
    assert run("a.txt", "--write", "drill", "--no-machine")[0] == 0
    assert files == {path: path.read_bytes() for path in files}


def test_an_approved_rendering_is_never_touched(place: Path) -> None:
    run("a.txt", "--write", "drill", "--no-machine")
    path = place / "glossary" / "ja" / "drill.po"
    text = path.read_text(encoding="utf-8")
    mine = text.replace('msgid "Lotus Rescue Brigade"\nmsgstr ""', 'msgid "Lotus Rescue Brigade"\nmsgstr "蓮救助旅団"')
    assert mine != text
    path.write_text(mine, encoding="utf-8")
    run("a.txt", "--write", "drill", "--no-machine")
    assert 'msgstr "蓮救助旅団"' in path.read_text(encoding="utf-8")
    code, out = run("a.txt", "--missing", "ja", "--no-machine", "--kind", "unit", "--json")
    assert (code, json.loads(out)["terms"]) == (0, [])


def test_missing_renderings_stop_a_publication(place: Path) -> None:
    code, out = run("a.txt", "--missing", "ja", "--no-machine", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 1
    assert "Lotus Rescue Brigade" in [row["term"] for row in rows]
    assert "Colonel" not in [row["term"] for row in rows]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00a", b"caf\xe9", b"", b"a\x00b", b" \n"])
def test_what_is_no_text_is_refused(place: Path, data: bytes) -> None:
    (place / "bad.txt").write_bytes(data)
    with pytest.raises(DataError, match=r"bad\.txt"):
        run("bad.txt")


def test_formats_exclude_one_another(place: Path) -> None:
    with pytest.raises(UsageError):
        run("a.txt", "--csv", "--json")


def test_the_names_of_the_example_article_are_found_without_a_glossary() -> None:
    tally = Tally(knowledge.load())
    tally.add("visit.txt", documents.passages(EXAMPLE.read_bytes(), "visit.txt"))
    found = {each.term: each for each in tally.candidates()}
    for term, acronym in {
        "Royal Cambodian Armed Forces": "RCAF", "Royal Cambodian Army": "RCA", "Japan Self-Defense Forces": "SDF",
        "Peace Palace": "", "Ministry of National Defence": "", "United Nations": "UN", "Prime Minister": "", "General": "",
        "Lieutenant General": "", "Chief of Staff of the Joint Staff": "", "deputy commander": "", "commander-in-chief": "",
        "Hun Sen": "", "Hun Manet": "", "Vong Pisen": "", "Koji Yamazaki": "", "humanitarian assistance": "",
        "joint exercise": "", "joint communique": "", "capacity building": "", "freedom of navigation": "",
        "Cambodian Mine Action Centre": "CMAC", "Independence Monument": "", "search and rescue": "",
    }.items():  # fmt: skip
        assert term in found, term
        assert found[term].acronyms == ((acronym,) if acronym else ())
    assert found["Hun Manet"].short_forms == ("Manet",)


def test_an_acronym_that_another_article_explains_is_tied_to_it() -> None:
    tally = Tally(knowledge.load())
    tally.add("b.txt", documents.passages(b"The LRB sent boats to the village.", "b.txt"))
    tally.add("a.txt", documents.passages(ARTICLE.encode(), "a.txt"))
    (brigade,) = [each for each in tally.candidates() if each.term == "Lotus Rescue Brigade"]
    assert (brigade.kind, brigade.documents, brigade.count) == (Kind.UNIT, 2, 4)
    assert "LRB" not in [each.term for each in tally.candidates()]


def test_a_long_line_is_read_in_parts() -> None:
    tally = Tally(knowledge.load())
    text = "The Ministry of Health met Sok Dara in Kampot. " * 6000
    tally.add("long.txt", documents.passages(text.encode(), "long.txt"))
    (ministry,) = [each for each in tally.candidates() if each.term == "Ministry of Health"]
    assert ministry.count == 6000
    assert ministry.references == ("long.txt:1",)
