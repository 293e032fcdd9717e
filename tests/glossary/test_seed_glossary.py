import csv
import importlib.util
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from glossa import index
from glossa.catalogs import po as po_text
from glossa.languages import target
from glossa.model import Kind, Status, Term
from glossa.terms.match import Matcher
from glossa.terms.spelling import fold_text
from glossa.text.inline import plain
from glossa.text.normalize import canonical
from glossa.translation.plan import Style, plan
from glossa.workspace import Config, Workspace, bundled_glossary

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT.parent / "shared" / "lexicon" / "glossary.tsv"
FILES = sorted(bundled_glossary().rglob("*.po*"))

needs_table = pytest.mark.skipif(not TABLE.is_file(), reason="the table of terms is not here")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Term, ...]]:
    cache = {"GLOSSA_CACHE_DIR": str(tmp_path_factory.mktemp("cache"))}
    place = Workspace(None, Config())
    return {lang: index.load_terms(place, lang, cache, Path("/nowhere")) for lang in ("km", "ja")}


EXAMPLE = {
    "Royal Cambodian Armed Forces": "RCAF",
    "Royal Cambodian Army": "RCA",
    "Japan Self-Defense Forces": "SDF",
    "Peace Palace": "",
    "Ministry of National Defence": "",
    "United Nations": "UN",
    "Prime Minister": "",
    "General": "",
    "Lieutenant General": "",
    "Chief of Staff of the Joint Staff": "",
    "deputy commander": "",
    "commander-in-chief": "",
    "Hun Sen": "",
    "Hun Manet": "",
    "Vong Pisen": "",
    "Koji Yamazaki": "",
    "free and open Indo-Pacific": "",
    "counter-terrorism": "",
    "disaster rescue": "",
    "humanitarian assistance": "",
    "joint exercise": "",
    "joint communique": "",
    "capacity building": "",
}


@pytest.mark.parametrize("lang", ["km", "ja"])
@pytest.mark.parametrize("source", EXAMPLE)
def test_the_terms_of_the_example_article_are_approved(
    seed: dict[str, tuple[Term, ...]], source: str, lang: str
) -> None:
    found = [
        term
        for term in seed[lang]
        if fold_text(source) in [fold_text(form) for form in (term.source, *term.variants)]
        and term.status is Status.APPROVED
    ]
    assert found
    assert all(term.target for term in found)
    if EXAMPLE[source]:
        assert any(EXAMPLE[source] in term.acronyms for term in found)


def test_ranks_are_those_of_the_country(seed: dict[str, tuple[Term, ...]]) -> None:
    khmer = {term.source: term for term in seed["km"] if term.kind is Kind.TITLE}
    assert khmer["General"].target == "នាយឧត្តមសេនីយ៍"
    assert khmer["General"].scope == "before-name"
    assert "Gen." in khmer["General"].variants
    assert "Gen." not in khmer["Four-star General"].variants
    assert khmer["Lieutenant General"].target == "ឧត្តមសេនីយ៍ឯក"
    (countries, rendering) = khmer["Ambassador"].only_for[0]
    assert "Japanese" in countries.split("|")
    assert rendering == "ឯកអគ្គរាជទូត"
    japanese = {term.source: term for term in seed["ja"] if term.kind is Kind.TITLE}
    assert japanese["Defense Minister"].only_for == (("Japan|Japanese", "防衛相"),)
    assert japanese["Defense Minister"].target == "国防相"


def test_no_form_of_the_seed_belongs_to_two_terms_of_one_kind(seed: dict[str, tuple[Term, ...]]) -> None:
    owners: dict[tuple[str, Kind], set[str]] = {}
    for term in seed["km"]:
        for form in (term.source, *term.variants):
            owners.setdefault((fold_text(form), term.kind), set()).add(term.source)
    assert [form for form, terms in owners.items() if len(terms) > 1] == []


# What the script adds to the table: terms, and renderings and scopes beside those of the table.
ADDED_TERMS = Counter({"title": 4, "unit": 1, "term": 1})
ADDED_ACCEPTED = {"km": 2 + 3 + 1, "ja": (2 + 3 + 1) + (1 + 1 + 3 + 2)}  # of added terms, of ranks
ADDED_SCOPES = 4


@needs_table
def test_counts_are_those_of_the_table_and_of_the_additions(seed: dict[str, tuple[Term, ...]]) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    status = {"ok": Status.APPROVED, "doubtful": Status.PROPOSED}
    added = Counter({(kind, Status.APPROVED): count for kind, count in ADDED_TERMS.items()})
    for lang, terms in seed.items():
        assert len(terms) == len(rows) + ADDED_TERMS.total()
        assert Counter((term.kind.value, term.status) for term in terms) == added + Counter(
            (row["kind"], status[row[f"{lang}_status"]]) for row in rows
        )
        assert sum(len(term.accept) for term in terms) == ADDED_ACCEPTED[lang] + sum(
            len({canonical(form) for form in row[f"{lang}_accept"].split("|") if form} - {canonical(row[lang])})
            for row in rows
        )
        assert sum(bool(term.acronyms) for term in terms) == sum(bool(row["acronyms"]) for row in rows)
        assert sum(bool(term.scope) for term in terms) == ADDED_SCOPES + sum(bool(row["scope"]) for row in rows)


@pytest.mark.parametrize(
    ("kind", "source", "rendering", "accepted"),
    [
        ("term", "courtesy call", "ជំនួបសម្តែងការគួរសម", {"ជួបសម្តែងការគួរសម"}),
        ("unit", "general staff", "អគ្គសេនាធិការដ្ឋាន", {"អគ្គសេនាធិការ"}),
        ("term", "independence", "ឯករាជ្យ", {"ឯករាជ្យភាព"}),
        ("term", "earthquake", "ការរញ្ជួយដី", {"រញ្ជួយដី", "គ្រោះរញ្ជួយដី"}),
        ("title", "Mr.", "លោក", set()),
        ("title", "Mrs.", "លោកស្រី", set()),
        ("title", "Ms.", "លោកស្រី", set()),
        ("title", "Dr.", "លោកបណ្ឌិត", {"បណ្ឌិត", "វេជ្ជបណ្ឌិត"}),
        ("unit", "U.S. Seventh Fleet", "កងនាវាទី៧អាមេរិក", {"កងនាវាទី៧"}),
    ],
)
def test_corrected_renderings_keep_the_old_ones_accepted(
    seed: dict[str, tuple[Term, ...]], kind: str, source: str, rendering: str, accepted: set[str]
) -> None:
    (term,) = [term for term in seed["km"] if term.kind == kind and term.source == source]
    assert term.target == canonical(rendering)
    assert {canonical(form) for form in accepted} <= set(term.accept)


@pytest.fixture(scope="module")
def asked(seed: dict[str, tuple[Term, ...]]) -> Callable[[str], list[str]]:
    """What the seed asks of the Japanese translation of a sentence."""
    matcher = Matcher(term for term in seed["ja"] if term.status is Status.APPROVED)

    def ask(text: str) -> list[str]:
        (requirements,) = plan([plain(text)], matcher, Style(target("ja")))
        return [requirement.rendering for requirement in requirements]

    return ask


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gen Vong Pisen spoke.", ["ボン・ピセン大将"]),
        ("Gen Nakatani spoke.", ["中谷元"]),
        ("Gen Z spoke.", ["Z世代"]),
        ("Lt. Gen Hun Manet spoke.", ["フン・マネット中将"]),
        ("Japanese Lt. Gen. Tanaka spoke.", ["Tanaka陸将"]),
        ("Air Self-Defense Force Lt. Gen. Tanaka spoke.", ["Tanaka空将"]),
        ("The Japanese met Cambodian Lt. Gen. Hun Manet.", ["フン・マネット中将"]),
        ("Cambodian Prime Minister Hun Manet spoke.", ["カンボジアのフン・マネット首相"]),
        ("SDF Major Tanaka spoke.", ["Tanaka3等陸佐"]),
        ("Mr. Hun Manet spoke.", ["フン・マネット氏"]),
        ("Mrs Tanaka spoke.", ["Tanaka氏"]),
        ("Dr. Tanaka spoke.", ["Tanaka博士"]),
        ("Thank you, Mr. President.", ["大統領"]),
        ("It began at 3 PM Monday.", ["午後3時"]),
        ("The U.S. 7th Fleet came.", ["米第7艦隊"]),
        ("The 7th Fleet came.", ["第7艦隊"]),
        ("The General Assembly met.", ["国連総会"]),
        ("A group of 20 came.", []),
        ("Thailand's Ministry of Commerce spoke.", ["商務省"]),
    ],
)
def test_what_is_asked_of_the_translation(asked: Callable[[str], list[str]], text: str, wanted: list[str]) -> None:
    found = asked(text)
    assert all(any(form in rendering for rendering in found) for form in wanted)
    assert not {"大将", "氏", "首相", "G20"} & set(found)


@pytest.mark.parametrize("lang", ["km", "ja"])
def test_titles_can_stand_with_a_name(seed: dict[str, tuple[Term, ...]], lang: str) -> None:
    for term in seed[lang]:
        if term.kind is Kind.TITLE:
            assert not re.search(r"[()\[\]/（）。、។«»]|[のをはがにで]|របស់|ដែល|នៅ", term.target), term.source


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("seed_glossary", ROOT / "scripts" / "seed_glossary.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_table
def test_the_committed_files_are_those_of_the_table() -> None:
    made = script().files(TABLE.read_text(encoding="utf-8"))
    directory = ROOT / "glossary"
    committed = {path.relative_to(directory).as_posix() for path in directory.rglob("*.po*")}
    assert committed == set(made)
    for name, text in made.items():
        assert (directory / name).read_text(encoding="utf-8") == text, (
            f"{name} is not as scripts/seed_glossary.py makes it"
        )


def test_renderings_for_one_country_are_right_everywhere(seed: dict[str, tuple[Term, ...]]) -> None:
    for terms in seed.values():
        for term in terms:
            for _, rendering in term.only_for:
                assert rendering in (term.target, *term.accept), (term.source, rendering)


@needs_table
def test_every_correction_has_a_reason_and_an_effect() -> None:
    module = script()
    rows = {
        (row["kind"], row["english"]): row
        for row in csv.DictReader(
            TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
        )
    }
    for key, forms in module.VARIANTS.items():
        had = rows[key]["variants"].split("|")
        assert forms.why
        assert set(forms.drop) <= set(had), key
        assert set(forms.add).isdisjoint(had), key
    for key, languages in module.RENDERINGS.items():
        for lang, correction in languages.items():
            assert correction.why
            assert correction.main != rows[key][lang]
            assert set(correction.accept).isdisjoint(rows[key][f"{lang}_accept"].split("|")), key


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_files_are_written_as_glossa_writes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert po_text.dump(po_text.parse(text, path)) == text


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")
@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_gettext_accepts_the_files(path: Path) -> None:
    run = subprocess.run(["msgfmt", "--check", "-o", os.devnull, path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    if path.suffix == ".po":
        assert run.stderr == ""
