import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

HEAVY = ("ctranslate2", "sentencepiece", "argostranslate", "rich")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


def glossa(cache: str, where: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from glossa.cli import main; main()", *arguments],
        cwd=where,
        env={**os.environ, "GLOSSA_CACHE_DIR": cache, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_term_at_length(cache: str, tmp_path: Path) -> None:
    run = glossa(cache, tmp_path, "lookup", "Peace Palace", "RCAF")
    assert (run.returncode, run.stderr) == (0, "")
    for text in (
        "Peace Palace",
        "[institution]",
        "វិមានសន្តិភាព",
        "平和宮殿",
        "(approved)",
        "ピースパレス",
        "កងយោធពលខេមរភូមិន្ទ",
    ):
        assert text in run.stdout
    assert "\033" not in run.stdout


def test_lines_fit_on_a_terminal(cache: str, tmp_path: Path) -> None:
    run = glossa(cache, tmp_path, "lookup", "General", "Ambassador", "United Nations", "coast guard", "大統領", "ក្រសួង")
    for line in run.stdout.splitlines():
        columns = sum(
            0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 1 + (unicodedata.east_asian_width(c) in "WF")
            for c in line
        )
        assert columns <= 80, line


def test_json(cache: str, tmp_path: Path) -> None:
    run = glossa(cache, tmp_path, "lookup", "UN", "Gen.", "--json", "--to", "km", "--limit", "1")
    first, second = json.loads(run.stdout)["matches"]
    assert (first["term"], first["kind"], first["acronym"], first["query"]) == (
        "United Nations",
        "institution",
        "UN",
        "UN",
    )
    assert list(first["renderings"]) == ["km"]
    assert set(first["renderings"]["km"]) >= {"text", "status", "accept", "forbid"}
    assert first["renderings"]["km"]["status"] == "approved"
    assert first["score"] == 0.95
    assert (second["term"], second["acronym"], second["scope"]) == ("General", None, "before-name")


def test_proposed_renderings_say_so(cache: str, tmp_path: Path) -> None:
    run = glossa(cache, tmp_path, "lookup", "Secretary of State", "--json", "--limit", "1")
    (match,) = json.loads(run.stdout)["matches"]
    assert {rendering["status"] for rendering in match["renderings"].values()} == {"proposed"}
    assert "(proposed)" in glossa(cache, tmp_path, "lookup", "Secretary of State").stdout


def test_nothing_found(cache: str, tmp_path: Path) -> None:
    run = glossa(cache, tmp_path, "lookup", "xyzzyqwerty", "Peace Palace")
    assert run.returncode == 1
    assert "Peace Palace" in run.stdout
    assert run.stderr == "glossa: nothing found for 'xyzzyqwerty'\n"
    run = glossa(cache, tmp_path, "lookup", "xyzzyqwerty", "--json")
    assert (run.returncode, json.loads(run.stdout)) == (1, {"matches": []})


def test_wrong_usage(cache: str, tmp_path: Path) -> None:
    run = glossa(cache, tmp_path, "lookup", "UN", "--to", "fr")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("glossa: unknown target language 'fr'")
    assert glossa(cache, tmp_path, "lookup").returncode == 2
    assert glossa(cache, tmp_path, "lookup", "UN", "--kind", "verb").returncode == 2
    assert glossa(cache, tmp_path, "lookup", "UN", "--limit", "0").returncode == 2


def test_similar_words_are_said_to_be_only_that(cache: str, tmp_path: Path) -> None:
    run = glossa(cache, tmp_path, "lookup", "Peice Palise")
    assert run.stdout.startswith("Nothing is written 'Peice Palise'; this is similar:\nPeace Palace")


def test_the_workspace_is_used_and_where_a_term_was_seen_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "glossary" / "km" / "own.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        '# forbid: ខុស\n# note: ask first\n#: visit.md:12\nmsgctxt "institution"\nmsgid "Peace Palace"\nmsgstr "វិមាន"\n',
        encoding="utf-8",
    )
    (tmp_path / "glossa.toml").write_text('targets = ["km"]\n', encoding="utf-8")
    run = glossa(str(tmp_path / "cache"), tmp_path, "lookup", "Peace Palace")
    for text in ("វិមាន  (approved)", "never: ខុស", "note: ask first", "seen: visit.md:12"):
        assert text in run.stdout
    assert "平和宮殿" not in run.stdout


def test_a_broken_glossary_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "glossary" / "ja" / "own.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgctxt "unit"\nmsgid "navy"\nmsgstr "海軍\n', encoding="utf-8")
    run = glossa(str(tmp_path / "cache"), tmp_path, "lookup", "navy")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"glossa: {path}:3: ")
    assert run.stderr.count("\n") == 1
    path.write_text('msgctxt "ship"\nmsgid "navy"\nmsgstr "海軍"\n', encoding="utf-8")
    run = glossa(str(tmp_path / "cache"), tmp_path, "lookup", "navy")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"glossa: {path}:2: unknown kind 'ship'")


@pytest.mark.parametrize("arguments", [["lookup", "Peace Palace"], ["lookup", "Peice Palise"], ["lookup", "--help"]])
def test_lookup_loads_nothing_heavy(cache: str, tmp_path: Path, arguments: list[str]) -> None:
    glossa(cache, tmp_path, "lookup", "UN")
    code = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print(sorted(m for m in {HEAVY} if m in sys.modules), file=sys.stderr))\n"
        "from glossa.cli import main\nmain()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=tmp_path,
        env={**os.environ, "GLOSSA_CACHE_DIR": cache},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "[]\n")


def test_init_makes_a_workspace(cache: str, tmp_path: Path) -> None:
    run = glossa(cache, tmp_path, "init", "desk")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "made desk/glossa.toml\nmade desk/glossary/\nmade desk/locale/\n"
    desk = tmp_path / "desk"
    assert (desk / "glossary" / "km").is_dir()
    assert (desk / "locale" / "ja" / "LC_MESSAGES" / ".gitkeep").is_file()
    assert glossa(cache, desk / "glossary", "lookup", "Peace Palace").returncode == 0
    before = (desk / "glossa.toml").read_bytes()
    run = glossa(cache, desk, "init")
    assert (run.returncode, run.stdout) == (0, "kept glossa.toml\nkept glossary/\nkept locale/\n")
    assert (desk / "glossa.toml").read_bytes() == before


def test_init_keeps_what_is_there(cache: str, tmp_path: Path) -> None:
    (tmp_path / "glossa.toml").write_text('targets = ["km"]\n', encoding="utf-8")
    run = glossa(cache, tmp_path, "init")
    assert run.stdout == "kept glossa.toml\nmade glossary/\nmade locale/\n"
    assert (tmp_path / "glossa.toml").read_text(encoding="utf-8") == 'targets = ["km"]\n'
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "locale").write_text("", encoding="utf-8")
    run = glossa(cache, tmp_path, "init", "other")
    assert (run.returncode, run.stdout) == (2, "")
    assert "locale exists and is not a directory" in run.stderr
    assert not (tmp_path / "other" / "glossa.toml").exists()
    assert glossa(cache, tmp_path, "init", "glossa.toml").returncode == 2


def test_the_settings_that_init_writes_are_the_defaults(cache: str, tmp_path: Path) -> None:
    from glossa.cli.init import CONFIG
    from glossa.workspace import Config, parse_config

    assert parse_config(CONFIG, tmp_path / "glossa.toml") == Config()
