"""Where packages are looked for, which are seen, and which one is chosen."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packages_support import EMPTY_NETWORK

from glossa.errors import PackageError
from glossa.translation import packages


def put(directory, name, *, metadata=None, **changes):
    """Write a small package into `directory`; `changes` are of the metadata."""
    path = directory / name
    (path / "model").mkdir(parents=True)
    values = {
        "package_version": "1.0",
        "from_code": "en",
        "from_name": "English",
        "to_code": "km",
        "to_name": "Khmer",
        "type": "translate",
        **changes,
    }
    (path / "metadata.json").write_text(metadata if metadata is not None else json.dumps(values))
    (path / "model" / "model.bin").write_bytes(EMPTY_NETWORK)
    (path / "model" / "config.json").write_text("{}")
    (path / "model" / "shared_vocabulary.json").write_text("[]")
    shutil.copy(packages.BUNDLED / "translate-en_km-1_0" / "sentencepiece.model", path)
    return path


def names(found):
    return [package.name for package in found]


def test_bundled_packages_are_there_and_whole(home):
    found, broken = packages.available({}, home)
    assert names(found) == ["translate-en_ja-1_0", "translate-en_km-1_0"]
    assert broken == []
    khmer = found[1]
    assert khmer.bundled
    assert (khmer.from_code, khmer.to_code, khmer.from_name, khmer.to_name) == ("en", "km", "English", "Khmer")
    assert khmer.target_prefix == "<2km>"
    assert khmer.term_tags == ("<t>", "</t>")
    assert khmer.license == "CC BY-SA 4.0"
    assert khmer.version == "1.0"
    assert not home.exists()


def test_signature_is_name_version_and_content(home, installed):
    path = put(installed, "translate-en_km-3_0", package_version="3.0")
    package = packages.find("en", "km", {}, home)
    content = EMPTY_NETWORK + (path / "sentencepiece.model").read_bytes()
    assert package.signature == f"translate-en_km-3_0 3.0 {hashlib.sha256(content).hexdigest()[:12]}"
    (path / "model" / "model.bin").unlink()
    assert package.signature.startswith("translate-en_km-3_0 3.0 ")  # computed once
    with pytest.raises(PackageError, match=r"model\.bin"):
        _ = packages.read(path, bundled=False).signature


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "home/.local/share/argos-translate/packages"),
        ({"XDG_DATA_HOME": ""}, "home/.local/share/argos-translate/packages"),
        ({"XDG_DATA_HOME": "{tmp}/data"}, "data/argos-translate/packages"),
        ({"ARGOS_PACKAGES_DIR": "{tmp}/own"}, "own"),
        ({"ARGOS_PACKAGES_DIR": "{tmp}/own", "XDG_DATA_HOME": "{tmp}/data"}, "own"),
        ({"ARGOS_TRANSLATE_PACKAGE_DIR": "{tmp}/legacy"}, "home/.local/share/argos-translate/packages"),
        ({"SNAP": "{tmp}/snap", "SNAP_USER_DATA": "{tmp}/user"}, "user/.local/share/argos-translate/packages"),
    ],
)
def test_directories_are_those_of_argostranslate(tmp_path, environ, expected):
    environ = {key: value.format(tmp=tmp_path) for key, value in environ.items()}
    assert packages.directories(environ, tmp_path / "home") == [tmp_path / expected]
    assert list(tmp_path.iterdir()) == []
    if environ.get("XDG_DATA_HOME") == "":
        return
    code = "from argostranslate import settings; print(*settings.package_dirs, sep='\\n')"
    env = {"HOME": str(tmp_path / "home"), **environ}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(tmp_path / expected)]


def test_directories_read_the_settings_file(tmp_path):
    home = tmp_path / "home"
    settings = home / ".config" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "set")}))
    assert packages.directories({}, home) == [tmp_path / "set"]
    assert packages.directories({"ARGOS_PACKAGES_DIR": "/own"}, home) == [Path("/own")]
    assert packages.directories({"XDG_CONFIG_HOME": str(tmp_path)}, home)[0].parent.name == "argos-translate"
    for damaged in ("", "[]", "{", '{"ARGOS_PACKAGES_DIR": 5}', "[" * 100_000):
        settings.write_text(damaged)
        assert packages.directories({}, home)[0] == home / ".local/share/argos-translate/packages"


def test_directories_of_a_snap(tmp_path):
    for name in ("packages", "content_snap_packages/a", "content_snap_packages/b"):
        (tmp_path / "snap" / "snap_custom" / name).mkdir(parents=True)
    found = packages.directories({"SNAP": str(tmp_path / "snap")}, tmp_path)
    base = tmp_path / "snap" / "snap_custom"
    assert found[1:] == [base / "packages", base / "content_snap_packages/a", base / "content_snap_packages/b"]


def test_newest_wins_and_versions_are_numbers(home, installed):
    for version in ("1.9", "1.10", "0.5", ""):
        put(installed, f"km{version}", package_version=version)
    found, broken = packages.available({}, home)
    assert broken == []
    khmer = [package for package in found if package.to_code == "km"]
    assert [package.version for package in khmer] == ["1.10", "1.9", "1.0", "0.5", ""]
    assert packages.find("en", "km", {}, home).name == "km1.10"


def test_installed_wins_over_bundled_at_the_same_version(home, installed):
    put(installed, "translate-en_km-1_0")
    found, _ = packages.available({}, home)
    assert [(package.name, package.bundled) for package in found if package.to_code == "km"] == [
        ("translate-en_km-1_0", False),
        ("translate-en_km-1_0", True),
    ]
    assert not packages.find("en", "km", {}, home).bundled


def break_metadata(path):
    (path / "metadata.json").unlink()


def break_json(path):
    (path / "metadata.json").write_text("{")


def break_network(path):
    (path / "model" / "model.bin").write_bytes(EMPTY_NETWORK[:-3])


def empty_network(path):
    (path / "model" / "model.bin").write_bytes(b"")


def no_network(path):
    (path / "model" / "model.bin").unlink()


def no_model(path):
    shutil.rmtree(path / "model")
    (path / "model").write_text("")


def no_vocabulary(path):
    (path / "model" / "shared_vocabulary.json").rename(path / "model" / "source_vocabulary.json")


def no_config(path):
    (path / "model" / "config.json").unlink()


def no_tokenizer(path):
    (path / "sentencepiece.model").unlink()


def empty_tokenizer(path):
    (path / "sentencepiece.model").write_bytes(b"")


def many_variables(path):
    (path / "model" / "model.bin").write_bytes(EMPTY_NETWORK[:-8] + b"\xff" * 4 + bytes(1 << 20))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (break_metadata, "no metadata.json"),
        (break_json, "not valid JSON"),
        (break_network, "cut short"),
        (empty_network, "cut short"),
        (many_variables, "cut short or damaged"),
        (no_network, "no model/model.bin"),
        (no_model, "Not a directory"),
        (no_vocabulary, "no vocabulary"),
        (no_config, "no model/config.json"),
        (no_tokenizer, "no tokenizer"),
        (empty_tokenizer, "no tokenizer"),
    ],
)
def test_half_copied_packages_are_named_and_skipped(home, installed, damage, message):
    path = put(installed, "translate-en_km-9_0", package_version="9.0")
    damage(path)
    found, broken = packages.available({}, home)
    assert names(found) == ["translate-en_ja-1_0", "translate-en_km-1_0"]
    assert len(broken) == 1
    assert broken[0].startswith(f"{path}: ")
    assert message in broken[0]
    assert "\n" not in broken[0]
    assert packages.find("en", "km", {}, home).bundled
    with pytest.raises(PackageError, match=f"^{path}: "):
        packages.find("en", "km", {}, home, str(path))


@pytest.mark.parametrize(
    "metadata",
    [
        "[]",
        "5",
        "{}",
        "[" * 100_000,
        "\xff",
        '{"from_code": "en"}',
        '{"from_code": "en", "to_code": ["km"]}',
        '{"from_code": "en", "to_code": "../km"}',
        '{"from_code": "en", "to_code": "km", "package_version": "1\\n2"}',
        '{"from_code": "en", "to_code": "km", "to_name": "\\u001b[31m"}',
        '{"from_code": "en", "to_code": "km", "target_prefix": 7}',
        " " * (1 << 20) + "{}",
    ],
)
def test_metadata_that_cannot_be_used(home, installed, metadata):
    path = put(installed, "odd", metadata="")
    (path / "metadata.json").write_bytes(metadata.encode("latin-1"))
    _, broken = packages.available({}, home)
    assert len(broken) == 1
    assert broken[0].isprintable()


def test_metadata_may_leave_out_what_is_optional(home, installed):
    put(installed, "lean", metadata='{"from_code": "en", "to_code": "zh_Hans", "glossa": {"term_open": "<t>"}}')
    package = packages.find("en", "zh_Hans", {}, home)
    assert package.version == ""
    assert package.term_tags is None
    assert package.license == ""


def test_old_networks_need_no_config_and_have_two_vocabularies(home, installed):
    path = put(installed, "old", to_code="de")
    (path / "model" / "config.json").unlink()
    (path / "model" / "shared_vocabulary.json").unlink()
    for side in ("source", "target"):
        (path / "model" / f"{side}_vocabulary.txt").write_text("a\n")
    (path / "model" / "model.bin").write_bytes(b"\4" + EMPTY_NETWORK[1:])
    (path / "sentencepiece.model").rename(path / "bpe.model")
    package = packages.find("en", "de", {}, home)
    assert package.tokenizer_file == path / "bpe.model"


def test_other_kinds_of_packages_and_files_are_passed_over(home, installed):
    put(installed, "sbd", type="sbd", from_code=None)
    (installed / ".glossa.lock").write_text("")
    (installed / "notes.txt").write_text("")
    found, broken = packages.available({}, home)
    assert len(found) == 2
    assert broken == []


def test_a_packages_directory_that_is_none(tmp_path):
    (tmp_path / "file").write_text("")
    found, broken = packages.available({"ARGOS_PACKAGES_DIR": str(tmp_path / "file")}, tmp_path)
    assert len(found) == 2
    assert broken == [f"{tmp_path / 'file'}: Not a directory"]


@pytest.mark.parametrize("cut", [0, 3, 30, 5000, 11_000_000, 22_521_598])
def test_a_truncated_real_network_is_noticed(tmp_path, cut):
    path = tmp_path / "p"
    shutil.copytree(packages.BUNDLED / "translate-en_km-1_0", path)
    packages.find("en", "km", {}, tmp_path, str(path))
    os.truncate(path / "model" / "model.bin", cut)
    with pytest.raises(PackageError, match="cut short"):
        packages.find("en", "km", {}, tmp_path, str(path))


def test_choosing(home, installed):
    put(installed, "translate-en_km-2_0", package_version="2.0")
    put(installed, "mine", package_version="1.5")

    def choose(what):
        return packages.find("en", "km", {}, home, what)

    assert choose(None).name == "translate-en_km-2_0"
    assert choose("translate-en_km").name == "translate-en_km-2_0"
    assert choose("mine").name == "mine"
    assert choose("translate-en_km-1_0").bundled
    assert choose("translate-en_km=1.5").name == "mine"
    assert choose("translate-en_km=1").bundled
    assert choose("mine=1.5").name == "mine"
    assert choose(str(installed / "mine")).name == "mine"
    assert choose(str(packages.BUNDLED / "translate-en_km-1_0")).bundled
    for missing in ("mine=2.0", "nobody", "", "translate-en_km=7"):
        with pytest.raises(PackageError, match=r"there is: .*translate-en_km-2_0.*glossa models install"):
            choose(missing)
    with pytest.raises(PackageError, match="en into ja, not en into km"):
        choose("translate-en_ja")
    with pytest.raises(PackageError, match="en into ja, not en into km"):
        choose(str(packages.BUNDLED / "translate-en_ja-1_0"))


def test_choosing_what_is_not_there(home, tmp_path):
    with pytest.raises(PackageError, match="no package translates en into fr; there is: translate-en_ja-1_0"):
        packages.find("en", "fr", {}, home)
    file = tmp_path / "x.argosmodel"
    file.write_bytes(b"PK")
    with pytest.raises(PackageError, match="not installed yet"):
        packages.named(str(file), {}, home)
    put(tmp_path, "sentences", type="sbd")
    with pytest.raises(PackageError, match="not a translation package"):
        packages.named(str(tmp_path / "sentences"), {}, home)


def test_tokenizer_reads_no_setting_and_makes_no_directory(tmp_path):
    code = """
import sys
from pathlib import Path
from glossa.translation import packages
home = Path(sys.argv[1])
tokenizer = packages.tokenizer(packages.find("en", "km", {}, home))
print(tokenizer.decode(tokenizer.encode("The Peace Palace")))
print(sorted(name for name in sys.modules if name.startswith("argostranslate.")))
"""
    environ = {"HOME": str(tmp_path), "ARGOS_PACKAGES_DIR": str(tmp_path / "own")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["The Peace Palace", "['argostranslate.tokenizer']"]
    assert list(tmp_path.iterdir()) == []


def test_tokenizer_of_bytes(home, installed):
    path = put(installed, "bpe", to_code="de")
    (path / "sentencepiece.model").unlink()
    (path / "bpe.model").write_text("#version: 0.2\nt h\nth e</w>\n")
    assert packages.tokenizer(packages.find("en", "de", {}, home)).encode("the") == ["the"]


def test_tokenizer_that_cannot_be_opened(home, installed):
    path = put(installed, "bad", to_code="de")
    (path / "sentencepiece.model").write_bytes(b"nonsense")
    package = packages.find("en", "de", {}, home)
    with pytest.raises(PackageError, match="cannot be opened"):
        packages.tokenizer(package)
    (path / "sentencepiece.model").unlink()
    with pytest.raises(PackageError, match="no tokenizer"):
        packages.tokenizer(package)
