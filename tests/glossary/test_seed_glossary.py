import csv
import importlib.util
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from glossa import index
from glossa.catalogs import po as po_text
from glossa.model import Kind, Status, Term
from glossa.terms.spelling import fold_text
from glossa.text.normalize import canonical
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


@needs_table
def test_counts_are_those_of_the_table(seed: dict[str, tuple[Term, ...]]) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    status = {"ok": Status.APPROVED, "doubtful": Status.PROPOSED}
    for lang, terms in seed.items():
        assert len(terms) == len(rows)
        assert Counter((term.kind.value, term.status) for term in terms) == Counter(
            (row["kind"], status[row[f"{lang}_status"]]) for row in rows
        )
        assert sum(len(term.accept) for term in terms) == sum(
            len({canonical(form) for form in row[f"{lang}_accept"].split("|") if form} - {canonical(row[lang])})
            for row in rows
        )
        assert sum(bool(term.acronyms) for term in terms) == sum(bool(row["acronyms"]) for row in rows)
        assert sum(bool(term.scope) for term in terms) == sum(bool(row["scope"]) for row in rows)


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


@needs_table
def test_renderings_for_one_country_are_accepted_everywhere() -> None:
    module = script()
    rows = {
        (row["kind"], row["english"]): row
        for row in csv.DictReader(
            TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
        )
    }
    for (kind, source), languages in module.ONLY_FOR.items():
        for lang, pairs in languages.items():
            for _, rendering in pairs:
                assert rendering in rows[kind, source][f"{lang}_accept"].split("|"), (source, rendering)


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
