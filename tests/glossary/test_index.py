import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from glossa import glossary_files, index
from glossa.errors import DataError
from glossa.model import Kind, Status, Term
from glossa.terms.search import Hit
from glossa.workspace import Config, Workspace

HOME = Path("/nowhere")
SEED_SIZE = 1747


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {"GLOSSA_CACHE_DIR": str(tmp_path_factory.mktemp("cache"))}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A bundled glossary of one term, for tests that build the index again and again."""
    directory = tmp_path / "bundled"
    entry(directory / "ja" / "seed.po", "unit", "army", "陸軍", "#. acronym: ARMY")
    monkeypatch.setattr(glossary_files, "bundled_glossary", lambda: directory)
    monkeypatch.setattr(index, "bundled_glossary", lambda: directory)
    return directory


def entry(path: Path, kind: str, source: str, target: str, *comments: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = (
        path.read_text(encoding="utf-8") if path.exists() else f'msgid ""\nmsgstr "Language: {path.parent.name}\\n"\n'
    )
    lines = [*comments, f'msgctxt "{kind}"', f'msgid "{source}"', f'msgstr "{target}"']
    path.write_text(before + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def place(root: Path | None) -> Workspace:
    return Workspace(root, Config())


def ask(warm: dict[str, str], query: str, **more: object) -> list[Hit]:
    (hits,) = index.search(place(None), [query], warm, HOME, **more)  # type: ignore[arg-type]
    return hits


def first(warm: dict[str, str], query: str, **more: object) -> str:
    hits = ask(warm, query, **more)
    return hits[0].terms[0].source if hits else ""


@pytest.mark.parametrize(
    ("query", "source"),
    [
        ("Peace Palace", "Peace Palace"),
        ("peace palace", "Peace Palace"),
        ("RCAF", "Royal Cambodian Armed Forces"),
        ("rcaf", "Royal Cambodian Armed Forces"),
        ("UN", "United Nations"),
        ("Ministry of National Defense", "Ministry of National Defence"),
        ("counterterrorism", "counter-terrorism"),
        ("Counter Terrorism", "counter-terrorism"),
        ("joint communiqué", "joint communique"),
        ("General", "General"),
        ("Gen.", "General"),
        ("ហ៊ុន សែន", "Hun Sen"),
        ("ហ៊ុន\u200bសែន", "Hun Sen"),
        ("ហ៊ុនម៉ាណែត", "Hun Manet"),
        ("វិមាន\u200bសន្តិភាព", "Peace Palace"),
        ("フン・マネット", "Hun Manet"),
        ("フンマネット", "Hun Manet"),
        ("ﾌﾝ･ﾏﾈｯﾄ", "Hun Manet"),
        ("平和宮殿", "Peace Palace"),
        ("ピースパレス", "Peace Palace"),
        ("統幕長", "Chief of Staff of the Joint Staff"),
        ("Peace Pal", "Peace Palace"),
        ("Palace of Peace", ""),
        ("eace Palac", "Peace Palace"),
        ("Peice Palise", "Peace Palace"),
        ("Pnom Pen", "Phnom Penh"),
        ("Hamoi", "Hanoi"),
        ("フン・マネート", "Hun Manet"),
        ("xyzzyqwerty", ""),
        ("…", ""),
        ("\udc80", ""),
        ("x" * 10000, ""),
    ],
)
def test_the_best_answer(warm: dict[str, str], query: str, source: str) -> None:
    found = first(warm, query)
    assert found == source or (not source and not any(hit.exact for hit in ask(warm, query)))


def test_short_words_of_khmer_and_japanese_are_found_within_others(warm: dict[str, str]) -> None:
    for query in ("軍", "総長", "宮殿", "យោធ", "កង"):
        hits = ask(warm, query, limit=50)
        assert hits
        for hit in hits:
            texts = [text for term in hit.terms for text in (term.target, *term.accept, *(r for _, r in term.only_for))]
            assert any(query in text for text in texts)
    assert "Peace Palace" in {hit.terms[0].source for hit in ask(warm, "宮殿", limit=50)}


def test_answers_are_ordered_by_how_well_they_answer(warm: dict[str, str]) -> None:
    hits = ask(warm, "General", limit=40)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert 0.7 < hits[1].score < 0.9
    acronym, variant, similar = ask(warm, "RCAF")[0], ask(warm, "Gen.")[0], ask(warm, "Pnom Pen")[0]
    part = ask(warm, "eace Palac")[0]
    assert 1.0 > acronym.score > variant.score > hits[1].score > part.score > similar.score > 0
    assert (acronym.exact, variant.exact, part.exact, similar.exact) == (True, True, False, False)
    assert (part.similar, similar.similar) == (False, True)


def test_kind_and_limit(warm: dict[str, str]) -> None:
    assert len(ask(warm, "Minister", limit=3)) == 3
    kinds = {hit.terms[0].kind for hit in ask(warm, "Cambodia", kind=Kind.UNIT)}
    assert kinds == {Kind.UNIT}
    assert {term.lang for term in ask(warm, "Hun Sen")[0].terms} == {"km", "ja"}


def test_what_is_read_is_what_was_indexed(warm: dict[str, str], tmp_path: Path) -> None:
    built = index.load_terms(place(None), "ja", {"GLOSSA_CACHE_DIR": str(tmp_path / "new")}, HOME)
    read = index.load_terms(place(None), "ja", warm, HOME)
    assert built == read
    assert len(read) == SEED_SIZE
    assert all(isinstance(term.kind, Kind) and isinstance(term.status, Status) for term in read)


@pytest.mark.usefixtures("small")
def test_a_rejected_term_is_only_listed(tmp_path: Path) -> None:
    root, environment = tmp_path / "work", {"GLOSSA_CACHE_DIR": str(tmp_path / "cache")}
    entry(root / "glossary" / "ja" / "own.po", "unit", "Army", "", "#. status: rejected")
    entry(root / "glossary" / "ja" / "own.po", "unit", "navy", "", "# reject: 軍", "# origin: CLDR")
    for _ in range(2):  # built, then read
        (navy,) = index.load_terms(place(root), "ja", environment, HOME)
        assert (navy.source, navy.reject, navy.origin) == ("navy", ("軍",), "CLDR")
        listed = index.load_terms(place(root), "ja", environment, HOME, rejected=True)
        assert {term.source: term.rejected for term in listed} == {"Army": True, "navy": False}
        for query in ("army", "陸軍", "ARMY", "arm"):
            assert index.search(place(root), [query], environment, HOME) == [[]]


def load(root: Path | None, cache: Path, *extra: Path) -> dict[str, Term]:
    terms = index.load_terms(place(root), "ja", {"GLOSSA_CACHE_DIR": str(cache)}, HOME, extra)
    return {term.source: term for term in terms}


@pytest.mark.usefixtures("small")
def test_the_workspace_overrides_and_what_is_given_overrides_both(tmp_path: Path) -> None:
    root, cache = tmp_path / "work", tmp_path / "cache"
    entry(root / "glossary" / "ja" / "own.po", "unit", "Army", "当方の陸軍")
    entry(root / "glossary" / "ja" / "own.po", "unit", "navy", "海軍", "#, fuzzy")
    (root / "glossary" / "own.pot").write_text('msgctxt "unit"\nmsgid "marines"\nmsgstr ""\n', encoding="utf-8")
    found = load(root, cache)
    assert set(found) == {"Army", "marines", "navy"}
    assert (found["Army"].target, found["Army"].acronyms) == ("当方の陸軍", ("ARMY",))
    assert [found[source].status for source in ("navy", "marines")] == [Status.PROPOSED] * 2
    single = tmp_path / "single.po"
    single.write_text(
        'msgid ""\nmsgstr "Language: ja\\n"\n\nmsgctxt "unit"\nmsgid "army"\nmsgstr "軍"\n', encoding="utf-8"
    )
    assert load(root, cache, single)["army"].target == "軍"
    assert load(root, cache, root / "glossary", single)["army"].target == "軍"
    assert load(root, cache)["Army"].target == "当方の陸軍"
    with pytest.raises(DataError, match="no such glossary"):
        load(root, cache, tmp_path / "nothing.po")
    single.write_text('msgctxt "unit"\nmsgid "army"\nmsgstr "軍"\n', encoding="utf-8")
    with pytest.raises(DataError, match="Language"):
        load(root, cache, single)


@pytest.mark.usefixtures("small")
def test_the_index_follows_the_files(tmp_path: Path) -> None:
    root, cache = tmp_path / "work", tmp_path / "cache"
    path = root / "glossary" / "ja" / "own.po"
    entry(path, "unit", "navy", "海軍")
    assert "navy" in load(root, cache)
    (made,) = cache.iterdir()
    before = made.stat().st_mtime_ns
    load(root, cache)
    assert made.stat().st_mtime_ns == before  # used, not made again
    entry(path, "unit", "marines", "海兵隊")
    assert "marines" in load(root, cache)
    path.rename(path.with_name("other.po"))
    assert load(root, cache)["marines"].domain == "other"
    path.with_name("other.po").unlink()
    assert list(load(root, cache)) == ["army"]
    assert list(cache.iterdir()) == [made]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("damage", ["empty", "text", "cut", "tables", "zeros"])
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: str) -> None:
    cache = tmp_path / "cache"
    load(None, cache)
    (path,) = cache.iterdir()
    data = path.read_bytes()
    if damage == "empty":
        path.write_bytes(b"")
    elif damage == "text":
        path.write_bytes(b"not a database at all " * 1000)
    elif damage == "cut":
        path.write_bytes(data[: len(data) // 3])
    elif damage == "zeros":
        path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    else:
        connection = sqlite3.connect(path)
        connection.execute("DROP TABLE term")
        connection.commit()
        connection.close()
    assert load(None, cache)["army"].target == "陸軍"
    assert load(None, cache)["army"].target == "陸軍"


@pytest.mark.usefixtures("small")
def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert load(None, blocked / "cache")["army"].target == "陸軍"
    assert load(None, blocked)["army"].target == "陸軍"
    assert blocked.read_text(encoding="utf-8") == ""


def test_two_processes_may_make_it_at_once(tmp_path: Path) -> None:
    cache, root = tmp_path / "cache", tmp_path / "work"
    entry(root / "glossary" / "ja" / "own.po", "unit", "navy of ours", "海軍")
    code = (
        "import os; from pathlib import Path; from glossa import index, workspace\n"
        f"found = workspace.find(Path({str(root)!r}))\n"
        "print(len(index.load_terms(found, 'ja', os.environ, Path.home())))"
    )
    environment = {**os.environ, "GLOSSA_CACHE_DIR": str(cache)}
    running = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [int(process.communicate()[0]) for process in running] == [SEED_SIZE + 1] * 3
    assert [path.suffix for path in cache.iterdir()] == [".sqlite"]


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path("/home/sok")
    assert index.cache_directory({"GLOSSA_CACHE_DIR": "/tmp/g"}, home) == Path("/tmp/g")
    assert index.cache_directory({"XDG_CACHE_HOME": "/var/c"}, home) == Path("/var/c/glossa")
    monkeypatch.setattr(sys, "platform", "linux")
    assert index.cache_directory({"XDG_CACHE_HOME": "relative"}, home) == home / ".cache" / "glossa"
    assert index.cache_directory({}, home) == home / ".cache" / "glossa"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert index.cache_directory({}, home) == home / "Library" / "Caches" / "glossa"
