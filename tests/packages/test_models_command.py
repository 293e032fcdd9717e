"""`glossa models` as its users meet it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from packages_support import NAME, contents, pack, pack_bundled

from glossa.cli.models import command
from glossa.errors import PackageError
from glossa.translation import installer, packages


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ARGOS_PACKAGES_DIR", "SNAP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(*arguments):
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def glossa(*arguments):
    code = "from glossa.cli import main; main()"
    line = [sys.executable, "-c", code, "models", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_list(home):
    assert run("list").stdout.splitlines() == [
        "  NAME                 LANGUAGES  VERSION  SOURCE",
        "* translate-en_ja-1_0  en -> ja   1.0      bundled",
        "* translate-en_km-1_0  en -> km   1.0      bundled",
    ]
    assert not home.exists()


def test_list_marks_what_is_used_and_names_what_is_broken(home, tmp_path):
    name = "a-package-with-quite-a-long-name-" + "x" * 40
    installer.install(pack(tmp_path / "a", contents(name)), {}, home, load=False)
    installer.install(pack(tmp_path / "a", contents()), {}, home, load=False)
    directory = home / ".local/share/argos-translate/packages"
    (directory / "half\x1b").mkdir()
    result = run("list")
    lines = result.stdout.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert lines[2:] == [
        f"* {name}",
        f"{'':44}en -> km   2.0      installed",
        f"  {NAME:<42}en -> km   2.0      installed",
        f"  {'translate-en_km-1_0':<42}en -> km   1.0      bundled",
    ]
    assert "not a package" in result.stderr
    assert "\x1b" not in result.stderr
    listing = json.loads(run("list", "--json").stdout)
    assert [(one["name"], one["used"]) for one in listing["packages"]] == [
        ("translate-en_ja-1_0", True),
        (name, True),
        (NAME, False),
        ("translate-en_km-1_0", False),
    ]
    assert len(listing["broken"]) == 1


def test_info(home):
    shown = run("info", "translate-en_km").stdout
    facts = dict(line.split(":", 1) for line in shown.split("\n\n")[0].splitlines())
    facts = {key: value.strip() for key, value in facts.items()}
    assert facts["licence"] == "CC BY-SA 4.0"
    assert facts["languages"] == "en -> km (English -> Khmer)"
    assert facts["term tags"] == "<t> </t>"
    assert facts["signature"] == packages.named("translate-en_km", {}, home).signature
    assert facts["path"] == str(packages.BUNDLED / "translate-en_km-1_0")
    assert "# Glossa English → Khmer, version 1.0" in shown
    values = json.loads(run("info", "translate-en_km", "--json").stdout)
    assert values["term_tags"] == ["<t>", "</t>"]
    assert values["size"] == sum(f.stat().st_size for f in Path(values["path"]).rglob("*") if f.is_file())
    assert values["readme"].startswith("# Glossa English → Khmer")
    with pytest.raises(PackageError, match="no package 'nobody'"):
        run("info", "nobody")


def test_info_shows_no_escape_sequences(home, tmp_path):
    files = contents()
    files[f"{NAME}/README.md"] = b"title\x1b[2J\n\xff\n"
    installer.install(pack(tmp_path / "a", files), {}, home, load=False)
    shown = run("info", NAME).stdout
    assert "title" in shown
    assert "\x1b" not in shown


def test_install_list_remove(home, tmp_path, monkeypatch):
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "own"))
    archive = pack_bundled(tmp_path / "package.argosmodel")
    result = run("install", archive)
    assert result.stdout == f"installed {NAME} (en -> km, version 1.0) in {tmp_path / 'own' / NAME}\n"
    assert f"* {NAME}  en -> km   1.0      installed" in run("list").stdout
    result = run("remove", NAME)
    assert result.stdout == f"removed {NAME} (en -> km, version 1.0) from {tmp_path / 'own'}\n"
    assert list((tmp_path / "own").iterdir()) == []
    assert not home.exists()


def test_exit_codes_and_one_line_on_stderr(home, tmp_path):
    truncated = tmp_path / "truncated.argosmodel"
    truncated.write_bytes(pack(tmp_path / "whole", contents()).read_bytes()[:3000])
    done = glossa("list")
    assert (done.returncode, done.stderr) == (0, "")
    for arguments, message in (
        (("install", truncated), f"glossa: {truncated}: cut short"),
        (("install", tmp_path / "absent"), f"glossa: {tmp_path / 'absent'}: "),
        (("install", tmp_path / "whole"), f"glossa: {tmp_path / 'whole'}: the network cannot be loaded"),
        (("remove", "translate-en_km-1_0"), "glossa: package translate-en_km-1_0 comes with Glossa"),
        (("info", "nobody"), "glossa: no package 'nobody'"),
    ):
        done = glossa(*arguments)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.startswith(message)
        assert done.stderr.count("\n") == 1
    assert glossa("nonsense").returncode == 2
    assert not home.exists()


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["info", "translate-en_km"]])
def test_looking_loads_nothing_heavy(home, arguments):
    code = f"""
import sys
from glossa.cli import glossa
glossa(["models", *{arguments}], standalone_mode=False)
heavy = ("ctranslate2", "sentencepiece", "argostranslate", "rich", "numpy", "filelock")
print([name for name in heavy if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
    assert not home.exists()
