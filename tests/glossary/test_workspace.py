from pathlib import Path

import pytest

from glossa.errors import DataError
from glossa.workspace import Config, find, parse_config

PATH = Path("glossa.toml")


def test_defaults() -> None:
    assert parse_config("", PATH) == Config()
    assert Config().digits == {"km": "native", "ja": "latin"}
    assert Config().acronyms == {"km": "introduce", "ja": "introduce"}
    assert Config().packages == {"km": None, "ja": None}


def test_all_settings() -> None:
    config = parse_config(
        """
source = "en"
targets = ["ja", "km", "ja"]
digits.km = "latin"
[acronyms]
ja = "latin"
[packages]
km = "translate-en_km-1_0"
""",
        PATH,
    )
    assert config.targets == ("ja", "km")
    assert config.digits == {"km": "latin", "ja": "latin"}
    assert config.acronyms == {"km": "introduce", "ja": "latin"}
    assert config.packages == {"km": "translate-en_km-1_0", "ja": None}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('targets = ["km"', 1, "not TOML"),
        ('source = "en"\ntargets = [\n"km" "ja"]\n', 3, "not TOML"),
        ('\ntragets = ["km"]\n', 2, "unknown key 'tragets'"),
        ('targets = "km"\n', 1, "list"),
        ("targets = []\n", 1, "list"),
        ("targets = [1]\n", 1, "list"),
        ('\ntargets = ["xx"]\n', 2, "unknown target language 'xx'"),
        ('source = "fr"\n', 1, "from English only"),
        ("source = 3\n", 1, "from English only"),
        ('[digits]\nkm = "roman"\n', 2, "native, latin"),
        ("digits.km = 3\n", 1, "quotation marks"),
        ('digits = {km = "roman"}\n', 1, "native, latin"),
        ('[acronyms]\nkm = "full"\n\n[digits]\nja = "native"\n', 5, "no other digits"),
        ('[acronyms]\nkm = "never"\n', 2, "introduce, full, latin"),
        ('[acronyms]\nfr = "full"\n', 2, "unknown key 'fr'"),
        ("[packages]\nkm = 1\n", 2, "quotation marks"),
        ('[packages]\nkm = " "\n', 2, "name of a translation package"),
        ('digits = "native"\n', 1, "table"),
        ("[else]\n", 1, "unknown key 'else'"),
    ],
)
def test_mistakes_are_refused_with_file_and_line(text: str, line: int, what: str) -> None:
    with pytest.raises(DataError, match=what) as caught:
        parse_config(text, PATH)
    assert (caught.value.path, caught.value.line) == (PATH, line)


def test_the_nearest_directory_above_is_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "glossary").mkdir()
    inner = tmp_path / "desk" / "2024"
    inner.mkdir(parents=True)
    assert find(inner).root == tmp_path
    (tmp_path / "desk" / "glossa.toml").write_text('targets = ["ja"]\n', encoding="utf-8")
    found = find(inner)
    assert found.root == tmp_path / "desk"
    assert found.glossary == tmp_path / "desk" / "glossary"
    assert found.config.targets == ("ja",)


def test_without_a_workspace_there_is_no_root(tmp_path: Path) -> None:
    found = find(tmp_path)
    assert (found.root, found.glossary, found.config) == (None, None, Config())


def test_settings_in_another_encoding_are_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "glossa.toml"
    path.write_bytes(b'source = "en"\n# caf\xe9\n')
    with pytest.raises(DataError, match="0xE9") as caught:
        find(tmp_path)
    assert (caught.value.path, caught.value.line) == (path, 2)
    path.write_bytes(b'\xef\xbb\xbfsource = "en"\r\n')
    assert find(tmp_path).config == Config()
