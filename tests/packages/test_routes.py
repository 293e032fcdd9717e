"""Which packages lead from one language into another, directly or through a third."""

import json

import pytest
from packages_support import contents

from glossa.errors import PackageError
from glossa.translation import packages
from glossa.translation.routes import route


def put(directory, from_code, to_code, version="1.0", name=None):
    """Write a small package from one language into another."""
    name = name or f"translate-{from_code}_{to_code}-{version.replace('.', '_')}"
    for file, data in contents(name).items():
        path = directory / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    metadata = {"package_version": version, "from_code": from_code, "to_code": to_code}
    (directory / name / "metadata.json").write_text(json.dumps(metadata))
    return directory / name


def names(home, to_code, choose=None, from_code="en", environ=None):
    return [package.name for package in route(from_code, to_code, environ or {}, home, choose)]


def test_a_direct_package_is_preferred(home, installed):
    put(installed, "en", "zh", "9.0")
    put(installed, "zh", "ja", "9.0")
    assert route("en", "ja", {}, home) == (packages.find("en", "ja", {}, home),)
    assert names(home, "ja") == ["translate-en_ja-1_0"]
    put(installed, "en", "ja", "0.1", name="older")
    assert names(home, "ja", "older") == ["older"]
    assert names(home, "ja") == ["translate-en_ja-1_0"]


def test_two_packages_through_a_third_language(home, installed):
    put(installed, "en", "de")
    put(installed, "de", "fr")
    assert names(home, "fr") == ["translate-en_de-1_0", "translate-de_fr-1_0"]
    assert [package.to_code for package in route("en", "fr", {}, home)] == ["de", "fr"]


def test_bundled_packages_may_be_a_part(home, installed):
    put(installed, "ja", "ko")
    assert names(home, "ko") == ["translate-en_ja-1_0", "translate-ja_ko-1_0"]


def test_the_newest_package_of_each_pair_is_used(home, installed):
    for version in ("1.9", "1.10", "0.5"):
        put(installed, "en", "de", version)
        put(installed, "de", "fr", version)
    assert names(home, "fr") == ["translate-en_de-1_10", "translate-de_fr-1_10"]


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ({"de": ("1.0", "1.0"), "es": ("1.0", "1.0")}, "de"),
        ({"de": ("1.0", "1.0"), "es": ("1.1", "1.1")}, "es"),
        ({"de": ("1.9", "1.9"), "es": ("1.10", "1.10")}, "es"),
        ({"de": ("1.5", "1.5"), "es": ("1.0", "9.0")}, "de"),  # the older one of a pair counts first
        ({"de": ("1.0", "1.5"), "es": ("1.6", "1.0")}, "es"),
        ({"es": ("1.0", "2.0"), "de": ("2.0", "1.0"), "zh": ("1.0", "2.0")}, "de"),
        ({"de": ("", "2.0"), "es": ("0.1", "0.1")}, "es"),
        ({"de": ("what", "what"), "es": ("", "")}, "de"),
    ],
)
def test_the_pair_with_the_newest_versions_is_used(home, installed, versions, expected):
    for code, (first, second) in versions.items():
        put(installed, "en", code, first)
        put(installed, code, "fr", second)
    assert [package.to_code for package in route("en", "fr", {}, home)] == [expected, "fr"]


def test_the_order_of_directories_does_not_matter(home, tmp_path):
    found = []
    for number, codes in enumerate((["de", "es", "it"], ["it", "es", "de"])):
        directory = tmp_path / str(number)
        for place, code in enumerate(codes):
            put(directory, "en", code, name=f"{place}-in")
            put(directory, code, "fr", name=f"{place}-out")
        found.append(route("en", "fr", {"ARGOS_PACKAGES_DIR": str(directory)}, home))
    assert [[package.to_code for package in packages_] for packages_ in found] == [["de", "fr"], ["de", "fr"]]


def test_other_languages_than_english(home, installed):
    put(installed, "fr", "en")
    assert names(home, "km", from_code="fr") == ["translate-fr_en-1_0", "translate-en_km-1_0"]


def test_languages_of_both_ends_are_no_third_language(home, installed):
    put(installed, "en", "en")
    put(installed, "fr", "fr")
    with pytest.raises(PackageError, match="no package translates en into fr"):
        route("en", "fr", {}, home)


def test_broken_packages_are_passed_over(home, installed):
    put(installed, "en", "de", "2.0")
    put(installed, "de", "fr", "2.0")
    put(installed, "en", "es")
    put(installed, "es", "fr")
    (installed / "translate-de_fr-2_0" / "model" / "model.bin").write_bytes(b"")
    assert names(home, "fr") == ["translate-en_es-1_0", "translate-es_fr-1_0"]


def test_no_route_says_what_there_is(home, installed):
    put(installed, "en", "de")
    put(installed, "es", "fr")
    put(installed, "de", "it")
    put(installed, "it", "fr")  # three packages would lead there
    with pytest.raises(PackageError) as failed:
        route("en", "fr", {}, home)
    with pytest.raises(PackageError) as direct:
        packages.find("en", "fr", {}, home)
    assert str(failed.value) == str(direct.value)
    assert str(failed.value).startswith("no package translates en into fr; there is: translate-de_it-1_0, ")


@pytest.fixture
def chinese(installed):
    put(installed, "en", "zh", "1.0")
    put(installed, "en", "zh", "2.0")
    put(installed, "zh", "ja", "1.0")
    return installed


@pytest.mark.parametrize(
    ("choose", "expected"),
    [
        ("translate-en_zh+translate-zh_ja", ["translate-en_zh-2_0", "translate-zh_ja-1_0"]),
        ("translate-en_zh-1_0+translate-zh_ja", ["translate-en_zh-1_0", "translate-zh_ja-1_0"]),
        ("translate-en_zh=1.0+translate-zh_ja=1", ["translate-en_zh-1_0", "translate-zh_ja-1_0"]),
        ("translate-en_ja", ["translate-en_ja-1_0"]),
    ],
)
def test_choosing(home, chinese, choose, expected):
    assert names(home, "ja", choose) == expected


def test_choosing_by_path(home, chinese, tmp_path):
    first = put(tmp_path / "c++", "en", "zh", name="mine")
    second = put(tmp_path / "c++", "zh", "ja", name="his+hers")
    alone = put(tmp_path / "c++", "en", "ja", name="alone")
    assert names(home, "ja", f"{first}+translate-zh_ja") == ["mine", "translate-zh_ja-1_0"]
    assert names(home, "ja", f"translate-en_zh+{second}") == ["translate-en_zh-2_0", "his+hers"]
    assert names(home, "ja", f"{first}+{second}") == ["mine", "his+hers"]
    assert names(home, "ja", str(alone)) == ["alone"]


def test_choosing_a_version_with_a_plus(home, installed):
    put(installed, "en", "ja", "3.0+ours", name="local")
    assert names(home, "ja", "local=3.0+ours") == ["local"]
    put(installed, "ja", "ko", "1.0+ours", name="next")
    assert names(home, "ko", "local=3.0+ours+next=1.0+ours") == ["local", "next"]


@pytest.mark.parametrize(
    ("choose", "message"),
    [
        ("translate-en_zh", "^package translate-en_zh translates en into zh, not en into ja$"),
        ("nobody", "^no package 'nobody'; there is: "),
        ("", "^no package ''; there is: "),
        ("nobody+translate-zh_ja", "^no package 'nobody'; there is: .*translate-en_zh-2_0"),
        ("translate-en_zh+nobody", "^no package 'nobody'; there is: "),
        ("translate-en_zh+", "^no package ''; there is: "),
        ("translate-en_zh+translate-en_ja", "^package translate-en_ja translates en into ja, not zh into ja$"),
        ("translate-zh_ja+translate-zh_ja", "^package translate-zh_ja translates zh into ja, not en into ja$"),
        ("translate-en_zh+translate-zh_ja+translate-zh_ja", "name one package, or two joined by '\\+'$"),
    ],
)
def test_choosing_what_does_not_lead_there(home, chinese, choose, message):
    with pytest.raises(PackageError, match=message):
        route("en", "ja", {}, home, choose)


def test_nothing_is_created(home):
    assert names(home, "km") == ["translate-en_km-1_0"]
    with pytest.raises(PackageError):
        route("en", "fr", {}, home)
    assert not home.exists()
