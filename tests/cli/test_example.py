"""The example article: every approved term is right in both translations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from glossa import index, languages, workspace
from glossa.model import Kind, Status
from glossa.terms.match import Matcher
from glossa.text import documents
from glossa.workspace import Workspace

EXAMPLE = Path(__file__).parents[2] / "examples" / "visit.txt"


@pytest.mark.parametrize("lang", ["km", "ja"])
def test_every_approved_term_is_rendered(lang: str, tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_bytes(EXAMPLE.read_bytes())
    environment = {**os.environ, "HOME": str(tmp_path), "GLOSSA_CACHE_DIR": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", "from glossa.cli import main; main()", "translate", "visit.txt", "--to", lang, "--json"],
        cwd=tmp_path, capture_output=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr.decode()
    (report,) = json.loads(done.stdout)["documents"]
    assert report["segments"] >= 40
    assert report["terms"]["required"] >= 100
    assert report["terms"]["missing"] == 0
    assert not [f for f in report["findings"] if f["code"] in ("term-missing", "term-forbidden", "tag-leftover")]
    text = (tmp_path / f"visit.{lang}.txt").read_text(encoding="utf-8")
    assert languages.target(lang).stop in text
    assert "<t>" not in text


def test_it_shows_what_glossa_does(tmp_path: Path) -> None:
    here = Workspace(None, workspace.Config())
    terms = index.load_terms(here, "ja", {"GLOSSA_CACHE_DIR": str(tmp_path)}, tmp_path)
    matcher = Matcher(term for term in terms if term.status is Status.APPROVED and term.target)
    document = documents.read(EXAMPLE.read_bytes(), "visit.txt")
    found = {match.term.source for segment in document.segments for match in matcher.find(segment.text)}
    assert len(document.segments) >= 40
    assert len(found) >= 25
    kinds = {match.term.kind for segment in document.segments for match in matcher.find(segment.text)}
    assert kinds >= {Kind.TITLE, Kind.UNIT, Kind.INSTITUTION, Kind.PERSON, Kind.PLACE, Kind.TERM}
