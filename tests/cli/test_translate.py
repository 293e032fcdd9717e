"""`glossa translate` as a user runs it, on the bundled packages."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

REPOSITORY = Path(__file__).parents[2]
ARTICLE = (REPOSITORY / "examples" / "visit.txt").read_text(encoding="utf-8")
SHORT = (
    "Lieutenant General Hun Manet met General Koji Yamazaki at the Peace Palace on April 29, 2022.\n\n"
    "The Royal Cambodian Armed Forces (RCAF) thanked Japan. The RCAF will send 120 soldiers.\n"
)
MAIN = "from glossa.cli import main; main()"


def glossa(cwd: Path, *args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ARGOS_"))},
        "HOME": str(cwd / "home"),
        "GLOSSA_CACHE_DIR": str(CACHE),
        "PYTHONUTF8": "1",
        **env,
    }
    return subprocess.run(
        [sys.executable, "-c", MAIN, *args], cwd=cwd, input=stdin, capture_output=True, env=environment, check=False
    )


@pytest.fixture(scope="module", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    global CACHE  # noqa: PLW0603
    CACHE = tmp_path_factory.mktemp("cache")


CACHE = Path()


def files(directory: Path) -> set[str]:
    return {str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()}


def test_the_main_job(tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text(SHORT, encoding="utf-8")
    done = glossa(tmp_path, "translate", "short.txt", "--to", "km", "--to", "ja", "--json")
    assert done.returncode in (0, 1), done.stderr.decode()
    report = json.loads(done.stdout)
    assert [(d["source"], d["lang"], d["output"]) for d in report["documents"]] == [
        ("short.txt", "km", "short.km.txt"),
        ("short.txt", "ja", "short.ja.txt"),
    ]
    for entry in report["documents"]:
        assert entry["segments"] == 3
        assert entry["terms"]["required"] == entry["terms"]["rendered"] + entry["terms"]["missing"]
        assert entry["terms"]["missing"] == 0
        assert {"code", "severity", "line", "message"} <= set(entry["findings"][0]) if entry["findings"] else True
    japanese = (tmp_path / "short.ja.txt").read_text(encoding="utf-8")
    for rendering in (
        "フン・マネット中将",
        "山崎幸二大将",
        "平和宮殿",
        "2022年4月29日",
        "カンボジア王国軍（RCAF）",
        "120",
    ):
        assert rendering in japanese
    khmer = (tmp_path / "short.km.txt").read_text(encoding="utf-8")
    for rendering in ("ឧត្តមសេនីយ៍ឯក ហ៊ុន ម៉ាណែត", "វិមានសន្តិភាព", "ថ្ងៃទី២៩ ខែមេសា ឆ្នាំ២០២២", "(RCAF)", "១២០"):
        assert rendering in khmer
    assert files(tmp_path) >= {"locale/km/LC_MESSAGES/short.po", "locale/ja/LC_MESSAGES/short.po"}
    if shutil.which("msgfmt"):
        for lang in ("km", "ja"):
            catalogue = tmp_path / "locale" / lang / "LC_MESSAGES" / "short.po"
            subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(catalogue)], check=True)


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text(SHORT, encoding="utf-8")
    glossa(tmp_path, "translate", "short.txt", "--to", "ja")
    catalogue = tmp_path / "locale" / "ja" / "LC_MESSAGES" / "short.po"
    before, stamp = catalogue.read_bytes(), catalogue.stat().st_mtime_ns
    output = (tmp_path / "short.ja.txt").read_bytes()
    done = glossa(tmp_path, "translate", "short.txt", "--to", "ja", "--json")
    assert json.loads(done.stdout)["documents"][0]["reused"] == 3
    assert (catalogue.read_bytes(), catalogue.stat().st_mtime_ns) == (before, stamp)
    assert (tmp_path / "short.ja.txt").read_bytes() == output


def test_a_review_is_used_and_kept(tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text(SHORT, encoding="utf-8")
    glossa(tmp_path, "translate", "short.txt", "--to", "ja")
    catalogue = tmp_path / "locale" / "ja" / "LC_MESSAGES" / "short.po"
    lines = catalogue.read_text(encoding="utf-8").splitlines()
    at = lines.index('msgid "The RCAF will send 120 soldiers."')
    end = next(i for i in range(at + 1, len(lines)) if lines[i].startswith("msgstr"))
    lines[end] = 'msgstr "RCAFは兵士120人を派遣する。"'
    assert lines[at - 1] == "#, fuzzy"
    del lines[at - 1]
    catalogue.write_text("\n".join(lines) + "\n", encoding="utf-8")
    reviewed = catalogue.read_bytes()
    done = glossa(tmp_path, "translate", "short.txt", "--to", "ja", "--fresh", "--json")
    assert json.loads(done.stdout)["documents"][0]["reviewed"] == 1
    assert "RCAFは兵士120人を派遣する。" in (tmp_path / "short.ja.txt").read_text(encoding="utf-8")
    kept = catalogue.read_bytes()
    assert b'msgstr "RCAF\xe3\x81\xaf\xe5\x85\xb5\xe5\xa3\xab120' in kept
    assert kept.count(b"#, fuzzy") == reviewed.count(b"#, fuzzy")


def test_standard_input_and_output(tmp_path: Path) -> None:
    done = glossa(tmp_path, "translate", "-", "--to", "ja", "-q", stdin=b"Peace Palace\n")
    assert done.returncode == 0
    assert done.stdout.decode() == "平和宮殿\n"
    assert done.stderr == b""
    assert files(tmp_path) == set()


def test_without_the_glossary(tmp_path: Path) -> None:
    done = glossa(tmp_path, "translate", "-", "--to", "ja", "--no-glossary", "--json", stdin=SHORT.encode())
    (entry,) = json.loads(done.stdout)["documents"]
    assert entry["terms"]["required"] <= 2  # the title's names are kept as code or names, not as terms
    assert entry["output"] is None
    assert entry["text"]


def test_a_glossary_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own" / "ja"
    own.mkdir(parents=True)
    (own / "mine.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ja\\n"\n\n'
        'msgctxt "institution"\nmsgid "Peace Palace"\nmsgstr "和平殿"\n\n'
        '#, fuzzy\nmsgctxt "term"\nmsgid "garden gnome"\nmsgstr "庭の小人"\n',
        encoding="utf-8",
    )
    run = ("translate", "-", "--to", "ja", "-q", "--glossary", "own")
    assert glossa(tmp_path, *run, stdin=b"Peace Palace").stdout.decode() == "和平殿"
    assert "庭の小人" not in glossa(tmp_path, *run, stdin=b"Garden gnome").stdout.decode()
    assert glossa(tmp_path, *run, "--proposed", stdin=b"Garden gnome").stdout.decode() == "庭の小人"


def test_markdown_keeps_its_markup(tmp_path: Path) -> None:
    text = "# Peace Palace\n\n```sh\nrun me\n```\n\nSee **Peace Palace** and [Japan](https://example.org/).\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    glossa(tmp_path, "translate", "a.md", "--to", "ja", "-q")
    out = (tmp_path / "a.ja.md").read_text(encoding="utf-8")
    assert out.startswith("# 平和宮殿\n\n```sh\nrun me\n```\n\n")
    assert "**平和宮殿**" in out
    assert "[日本](https://example.org/)" in out


BAD = {
    "latin1.txt": ("caf\xe9".encode("latin-1"), "latin1.txt:1"),
    "utf16.txt": ("Peace".encode("utf-16"), "utf16.txt"),
    "binary.txt": (b"\x00\x01\x02\x03" * 20, "binary.txt"),
    "empty.txt": (b"", "empty.txt"),
    "blank.txt": (b" \n\n\t\n", "blank.txt"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(tmp_path: Path, name: str) -> None:
    data, place = BAD[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("Peace Palace\n", encoding="utf-8")
    before = files(tmp_path)
    done = glossa(tmp_path, "translate", "good.txt", name, "--to", "ja")
    assert done.returncode == 2
    assert place in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
    assert files(tmp_path) == before  # the good one was not half done, either


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("missing.txt", "--to", "ja"), "missing.txt"),
        ((".", "--to", "ja"), "directory"),
        (("good.txt", "--to", "fr"), "fr"),
        (("good.txt", "--to", "ja", "--package", "nosuch"), "nosuch"),
        (("good.txt", "--to", "ja", "--glossary", "nosuch.po"), "nosuch.po"),
        (("good.txt", "--to", "ja", "--format", "docx"), "docx"),
        (("good.txt", "sub/good.txt", "--to", "ja", "-o", "out"), "good"),
        (("good.txt", "--to", "ja", "--nonsense"), "--nonsense"),
        ((), "FILE"),
    ],
)
def test_wrong_usage(tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("good.txt", "sub/good.txt"):
        (tmp_path / name).write_text("Peace Palace\n", encoding="utf-8")
    before = files(tmp_path)
    done = glossa(tmp_path, "translate", *args)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert files(tmp_path) == before


def test_broken_files_in_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "glossary" / "ja").mkdir(parents=True)
    (tmp_path / "glossary" / "ja" / "x.po").write_text('msgid "a"\nmsgstr "b\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("Peace Palace\n", encoding="utf-8")
    done = glossa(tmp_path, "translate", "a.txt", "--to", "ja")
    assert (done.returncode, "x.po:2" in done.stderr.decode()) == (2, True), done.stderr.decode()
    (tmp_path / "glossary" / "ja" / "x.po").unlink()
    catalogue = tmp_path / "locale" / "ja" / "LC_MESSAGES" / "a.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid "Peace Palace"\nnonsense\n', encoding="utf-8")
    done = glossa(tmp_path, "translate", "a.txt", "--to", "ja")
    assert (done.returncode, "a.po:2" in done.stderr.decode()) == (2, True), done.stderr.decode()
    assert catalogue.read_text(encoding="utf-8") == 'msgid "Peace Palace"\nnonsense\n'
    assert not (tmp_path / "a.ja.txt").exists()
    (tmp_path / "glossa.toml").write_text("targets = 5\n", encoding="utf-8")
    done = glossa(tmp_path, "translate", "a.txt", "--to", "ja")
    assert (done.returncode, "glossa.toml" in done.stderr.decode()) == (2, True), done.stderr.decode()


def test_a_directory_that_takes_no_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Peace Palace\n", encoding="utf-8")
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    done = glossa(tmp_path, "translate", "a.txt", "--to", "ja", "-o", "out")
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file"


def test_two_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "glossary").mkdir()
    (tmp_path / "a.txt").write_text(SHORT, encoding="utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", MAIN, "translate", "a.txt", "--to", "ja", "-q", "-o", name],
            cwd=tmp_path,
            env={**os.environ, "GLOSSA_CACHE_DIR": str(tmp_path / "cache")},
        )
        for name in ("one", "two")
    ]
    assert all(process.wait(120) in (0, 1) for process in running)
    outputs = {(tmp_path / name / "a.ja.txt").read_text(encoding="utf-8") for name in ("one", "two")}
    assert len(outputs) == 1
    catalogue = (tmp_path / "locale" / "ja" / "LC_MESSAGES" / "a.po").read_text(encoding="utf-8")
    assert catalogue.count("#, fuzzy") == 3


def test_killed_in_the_middle(tmp_path: Path) -> None:
    sentences = (
        f"The delegation of {count} officers visited the Peace Palace and the old port." for count in range(2, 400)
    )
    (tmp_path / "a.txt").write_text("\n\n".join(sentences), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "translate", "a.txt", "--to", "ja", "-q"],
        cwd=tmp_path,
        env={**os.environ, "GLOSSA_CACHE_DIR": str(CACHE)},
    )
    time.sleep(2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not [name for name in files(tmp_path) if name.endswith((".tmp", ".ja.txt"))]
    (tmp_path / "a.txt").write_text("Peace Palace\n", encoding="utf-8")
    assert glossa(tmp_path, "translate", "a.txt", "--to", "ja", "-q").returncode == 0


def test_errors_reach_the_exit_code(tmp_path: Path) -> None:
    """A reviewed translation without its approved term: used as it is, and reported."""
    (tmp_path / "a.txt").write_text("They met at the Peace Palace.\n", encoding="utf-8")
    catalogue = tmp_path / "locale" / "ja" / "LC_MESSAGES" / "a.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ja\\n"\n\n'
        'msgid "They met at the Peace Palace."\nmsgstr "彼らは宮殿で会った。"\n',
        encoding="utf-8",
    )
    done = glossa(tmp_path, "translate", "a.txt", "--to", "ja", "--json")
    assert done.returncode == 1
    assert [f["code"] for f in json.loads(done.stdout)["documents"][0]["findings"]] == ["term-missing"]
    assert (tmp_path / "a.ja.txt").read_text(encoding="utf-8") == "彼らは宮殿で会った。\n"


def test_nothing_is_begun_that_cannot_be_finished(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Peace Palace\n", encoding="utf-8")
    broken = tmp_path / "locale" / "ja" / "LC_MESSAGES" / "a.po"
    broken.parent.mkdir(parents=True)
    broken.write_text("nonsense\n", encoding="utf-8")
    before = files(tmp_path)
    assert glossa(tmp_path, "translate", "a.txt", "--to", "km", "--to", "ja").returncode == 2
    assert files(tmp_path) == before
    broken.unlink()
    (tmp_path / "out" / "a.ja.txt").mkdir(parents=True)
    assert glossa(tmp_path, "translate", "a.txt", "--to", "km", "--to", "ja", "-o", "out").returncode == 2
    assert files(tmp_path) == {"a.txt"}


def test_a_package_serves_its_own_language(tmp_path: Path) -> None:
    args = ("translate", "-", "--to", "km", "--to", "ja", "--package", "translate-en_ja-1_0", "-q")
    assert "平和宮殿" in glossa(tmp_path, *args, stdin=b"Peace Palace").stdout.decode()
    wrong = glossa(tmp_path, "translate", "-", "--to", "km", "--package", "translate-en_ja-1_0", stdin=b"Peace")
    assert (wrong.returncode, "translates into ja" in wrong.stderr.decode()) == (2, True)


def test_articles_of_one_name_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text("Peace Palace\n", encoding="utf-8")
    (tmp_path / "b" / "a.txt").write_text("Phnom Penh\n", encoding="utf-8")
    assert glossa(tmp_path, "translate", "a.txt", "--to", "ja").returncode == 0
    done = glossa(tmp_path, "translate", "b/a.txt", "--to", "ja")
    assert (done.returncode, "holds the translation of a.txt" in done.stderr.decode()) == (2, True)
    (tmp_path / "a.txt").unlink()  # moved or gone: its catalogue may be taken over
    assert glossa(tmp_path, "translate", "b/a.txt", "--to", "ja").returncode == 0


def test_translations_among_the_files_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Peace Palace\n", encoding="utf-8")
    glossa(tmp_path, "translate", "a.txt", "--to", "ja")
    done = glossa(tmp_path, "translate", "a.ja.txt", "a.txt", "./a.txt", "--to", "ja", "--json")
    assert done.returncode == 0
    assert [d["source"] for d in json.loads(done.stdout)["documents"]] == ["a.txt"]
    assert "a.ja.txt" in done.stderr.decode()


def test_proposed_terms_are_named_in_the_report(tmp_path: Path) -> None:
    own = tmp_path / "glossary" / "ja"
    own.mkdir(parents=True)
    (own / "mine.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ja\\n"\n\n'
        '#, fuzzy\nmsgctxt "term"\nmsgid "garden gnome"\nmsgstr "庭の小人"\n',
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_text("Garden gnome\n", encoding="utf-8")
    done = glossa(tmp_path, "translate", "a.txt", "--to", "ja", "--proposed")
    assert "proposed renderings enforced: 1" in done.stdout.decode()


def test_a_very_long_sentence(tmp_path: Path) -> None:
    text = "The minister went home, and " * 120 + "the army stayed at the Peace Palace."
    done = glossa(tmp_path, "translate", "-", "--to", "ja", "--json", stdin=text.encode())
    assert done.returncode in (0, 1), done.stderr.decode()
    assert "平和宮殿" in json.loads(done.stdout)["documents"][0]["text"]


def test_addresses_are_kept(tmp_path: Path) -> None:
    text = "See https://example.org/my_report_2022 or write to the_press@example.org on Monday."
    done = glossa(tmp_path, "translate", "-", "--to", "ja", "--json", stdin=text.encode())
    entry = json.loads(done.stdout)["documents"][0]
    missing = [f for f in entry["findings"] if f["code"] == "code-missing"]
    for address in ("https://example.org/my_report_2022", "the_press@example.org"):
        assert address in entry["text"] or missing


def test_what_is_done_of_a_long_run_is_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are written group by group: a run that is broken off has kept those before."""
    from glossa.cli import glossa as main
    from glossa.cli import translate

    monkeypatch.setattr(translate, "_TOGETHER", 1)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GLOSSA_CACHE_DIR", str(CACHE))
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text("Peace Palace\n", encoding="utf-8")
    translated = []

    def broken_off(articles, *args):  # type: ignore[no-untyped-def]
        translated.append(articles[0].document.name)
        if len(translated) == 3:
            raise KeyboardInterrupt
        return original(articles, *args)

    from glossa import pipeline

    original = pipeline.translate
    monkeypatch.setattr(pipeline, "translate", broken_off)
    with pytest.raises(click.Abort):
        main(["translate", "a.txt", "b.txt", "c.txt", "--to", "ja", "-q"], standalone_mode=False)
    assert {"a.ja.txt", "b.ja.txt"} <= files(tmp_path)
    assert "c.ja.txt" not in files(tmp_path)


def test_terms_are_found_in_words_that_markup_cuts(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# **Pe**ace Palace\n\njo\u00adint exercise\n", encoding="utf-8")
    done = glossa(tmp_path, "translate", "a.md", "--to", "ja", "--json")
    assert json.loads(done.stdout)["documents"][0]["terms"]["required"] == 2
    out = (tmp_path / "a.ja.md").read_text(encoding="utf-8").replace("*", "")
    assert "平和宮殿" in out
    assert "合同演習" in out
